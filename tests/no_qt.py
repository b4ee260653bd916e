"""A pytest plugin that makes Qt impossible to import: the engine must not notice.

./run.sh test -p no:pytest-qt -p tests.no_qt engine tests/engine
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec

import pytest

ABSENT = {"PySide6", "shiboken6", "pyqtgraph", "gui"}


class Absence:
    """An import finder that finds nothing, and says so before the real ones are asked."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: object = None
    ) -> ModuleSpec | None:
        """Refuse the modules in `ABSENT`, and leave all others to the next finder."""
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"{name} is absent on purpose: the engine knows no Qt")
        return None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the settings of pytest-qt, which is not there to know them itself."""
    for name in ("qt_api", "qt_default_raising", "qt_log_level_fail", "qt_log_ignore"):
        parser.addini(name, "a setting of pytest-qt, without effect")


def pytest_configure() -> None:
    """Make Qt absent; it must not have been imported yet, or the tests would prove nothing."""
    present = ABSENT & sys.modules.keys()
    assert not present, f"already imported: {present}; pass -p no:pytest-qt as well"
    sys.meta_path.insert(0, Absence())
