"""Parts side by side, with a thin line between them that can be moved."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget


def splitter(
    orientation: Qt.Orientation, parts: tuple[QWidget, ...], shares: tuple[int, ...]
) -> QSplitter:
    """Put parts side by side, or one above the other, in these shares."""
    whole = QSplitter(orientation)
    whole.setHandleWidth(1)
    whole.setChildrenCollapsible(False)
    for place, part in enumerate(parts):
        whole.addWidget(part)
        whole.setStretchFactor(place, shares[place])
    whole.setSizes(list(shares))
    return whole
