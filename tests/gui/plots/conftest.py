from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from gui.theme import LIGHT, Appearance


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    """Light paper, before the test and after it."""
    appearance = Appearance()
    appearance.dress()
    yield appearance
    appearance.set_theme(LIGHT)
