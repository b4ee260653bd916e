"""The plots that are shown in a part of the window, found without asking them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from gui.widgets.plot_numbers import Column, plotted_columns
from gui.widgets.plot_pictures import PlotPicture

_CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)


def plots_in(root: QWidget) -> list[PlotPicture]:
    """Return every plot that is shown in a part of the window, in the order of reading.

    A frame around a figure (with ``figure`` and ``entry``) names it and has its numbers.
    """
    framed = list(_framed(root))
    found: dict[QWidget, QWidget] = {}
    for core in (root, *root.findChildren(QWidget)):
        if not _is_plot(core) or not _is_shown(core, root):
            continue
        if any(_within(core, each.widget) for each in framed):
            continue
        while (above := core.parentWidget()) is not None and core is not root:
            if not _is_plot(above):
                break
            core = above
        found.setdefault(core, _with_words(core, root))
    pictures = framed
    for core, whole in found.items():
        name = core.accessibleName() or whole.accessibleName() or "Plot"
        said = core.accessibleDescription() or whole.accessibleDescription()
        table = _table_of(core, whole)
        pictures.append(PlotPicture(whole, name, f"{name}. {said}" if said else name, table))

    def place(picture: PlotPicture) -> tuple[int, int]:
        corner = (
            picture.widget.mapTo(root, QPoint(0, 0)) if picture.widget is not root else QPoint()
        )
        return corner.y(), corner.x()

    return sorted(pictures, key=place)


def _framed(root: QWidget) -> Iterator[PlotPicture]:
    for frame in root.findChildren(QWidget):
        figure, entry = getattr(frame, "figure", None), getattr(frame, "entry", None)
        if hasattr(figure, "table") and hasattr(entry, "title") and _is_shown(frame, root):
            yield PlotPicture(figure.widget, entry.title, entry.words, figure.table)


def _is_plot(widget: QWidget) -> bool:
    return bool(widget.property("plot")) or (
        isinstance(widget, QGraphicsView) and hasattr(widget, "getPlotItem")
    )


def _is_shown(widget: QWidget, root: QWidget) -> bool:
    return widget is root or widget.isVisibleTo(root)


def _with_words(core: QWidget, root: QWidget) -> QWidget:
    """Return the largest part around a plot that holds no other plot and no control."""
    whole = core
    while whole is not root and (above := whole.parentWidget()) is not None:
        others = [each for each in above.findChildren(QWidget) if not _within(each, core)]
        if isinstance(above, (QSplitter, QStackedWidget)) or above.isWindow():
            break
        if any(isinstance(each, _CONTROLS) or _is_plot(each) for each in others):
            break
        whole = above
        if whole is root:
            break
    return whole


def _within(widget: QWidget, outer: QWidget) -> bool:
    return widget is outer or outer.isAncestorOf(widget)


def _table_of(*widgets: QWidget) -> Callable[[], Sequence[Column]]:
    for widget in widgets:
        own = getattr(widget, "table", None)
        if callable(own):
            return own
    return lambda: plotted_columns(widgets[0])
