"""Any plot on its own, as a drawing that is the same in every format.

Works on every widget that holds a plot of pyqtgraph's or paints one itself (with the property
``plot`` set), so that a new plot can leave the window without a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QRegion
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QAbstractButton,
    QGraphicsView,
    QWidget,
)

from gui.widgets.drawn_svg import drawn_svg
from gui.widgets.plot_numbers import Column
from gui.widgets.svg_shapes import definitions

#: Plots smaller than this on the screen are drawn larger, so that their marks have room.
LEAST = QSize(360, 240)


@dataclass(frozen=True, slots=True)
class PlotPicture:
    """A plot that is somewhere in the window.

    Parameters
    ----------
    widget : QWidget
        The plot, with the words around it that belong to it.
    name : str
        As a list would write it.
    words : str
        What is to be seen, for those who do not see it.
    table : callable
        Returns what is drawn as columns of numbers.
    """

    widget: QWidget
    name: str
    words: str
    table: Callable[[], Sequence[Column]]

    @property
    def size(self) -> QSize:
        """The size it is drawn at, in pixels."""
        return self.widget.size().expandedTo(LEAST)

    @property
    def bounds(self) -> QRectF:
        """The same as an area."""
        return QRectF(QRect(QPoint(0, 0), self.size))

    def paint(self, painter: QPainter) -> None:
        """Draw the plot, in the painter's own units; its lines grow with them."""
        for layer in layers(self.widget, self.size):
            painter.save()
            if layer.clip is not None:
                painter.setClipRect(layer.clip, Qt.ClipOperation.IntersectClip)
            reader = QSvgRenderer(QByteArray(_file(layer.svg, self.size).encode()))
            reader.render(painter, self.bounds)
            painter.restore()

    def elements(self, *, text: bool = False) -> str:
        """Return the plot as the elements of an SVG; words are outlines unless `text`."""
        parts = []
        for number, layer in enumerate(layers(self.widget, self.size, text=text), start=1):
            if layer.clip is None:
                parts.append(layer.svg)
                continue
            area = " ".join(
                f'{name}="{value:g}"'
                for name, value in zip(
                    ("x", "y", "width", "height"), layer.clip.getRect(), strict=True
                )
            )
            parts.append(
                f'<clipPath id="plot{number}"><rect {area}/></clipPath>'
                f'<g clip-path="url(#plot{number})">{layer.svg}</g>'
            )
        return "\n".join(parts)


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of a plot as SVG elements; `clip` is what it may not be drawn beyond."""

    svg: str
    clip: QRectF | None = None


def layers(widget: QWidget, size: QSize, *, text: bool = False) -> list[Layer]:
    """Return a plot's parts from the ground up, as it would look at a size.

    Qt's SVG knows no clipping, so what pyqtgraph draws is a layer of its own. Layers are what plots
    are painted from in every format: a line that has the same width at any size on the screen is as
    wide in a picture as its letters are high. What can only be pressed is left out.
    """
    with _without_controls(widget):
        return _layers(widget, size, text)


def _layers(widget: QWidget, size: QSize, text: bool) -> list[Layer]:
    before = widget.size()
    if size != before:
        widget.resize(size)
    widget.ensurePolished()
    ground = QColor(widget.palette().color(QPalette.ColorRole.Window))

    def paint_ground(painter: QPainter) -> None:
        painter.fillRect(QRect(QPoint(0, 0), size), ground)

    across, down = size.width(), size.height()
    found = [Layer(drawn_svg(paint_ground, across, down, text=text))]
    for each, place in _shown(widget, QPoint(0, 0)):
        clip = None

        def paint(painter: QPainter, each: QWidget = each, place: QPoint = place) -> None:
            with _sharp(each, painter):
                if isinstance(each, QGraphicsView):
                    each.render(painter, QRectF(QRect(place, each.viewport().size())))
                else:
                    each.render(painter, place, QRegion(), QWidget.RenderFlag(0))

        if isinstance(each, QGraphicsView):
            clip = QRectF(QRect(place, each.viewport().size()))
        found.append(Layer(drawn_svg(paint, across, down, text=text), clip))
    if size != before:
        widget.resize(before)
    return [layer for layer in found if layer.svg.strip()]


@contextmanager
def _without_controls(widget: QWidget) -> Iterator[None]:
    """Leave out what can only be pressed: buttons, and rows with the property ``control``."""
    controls = [
        each
        for each in widget.findChildren(QWidget)
        if not each.isHidden() and (isinstance(each, QAbstractButton) or each.property("control"))
    ]
    policies = [each.sizePolicy() for each in controls]
    for each in controls:
        kept = each.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # or the plot would grow into their place
        each.setSizePolicy(kept)
        each.hide()
    try:
        yield
    finally:
        for each, policy in zip(controls, policies, strict=True):
            each.show()
            each.setSizePolicy(policy)


def _shown(widget: QWidget, place: QPoint) -> Iterator[tuple[QWidget, QPoint]]:
    """Yield a widget and all shown ones in it with their places, from the ground up."""
    yield widget, place
    if isinstance(widget, QGraphicsView):
        return
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isHidden() and not child.isWindow():
            yield from _shown(child, place + child.pos())


def _file(inside: str, size: QSize) -> str:
    box = f'viewBox="0 0 {size.width()} {size.height()}"'
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {box}><defs>{definitions(inside)}</defs>{inside}</svg>"


@contextmanager
def _sharp(widget: QWidget, painter: QPainter) -> Iterator[None]:
    """Let pyqtgraph draw shapes: on the screen, points and the ground are copied from pixels."""
    graphics = [widget] if isinstance(widget, QGraphicsView) else []
    caches = [view.cacheMode() for view in graphics]
    items = [each for view in graphics for each in view.items() if hasattr(each, "setExportMode")]
    for view in graphics:
        view.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
    for item in items:
        item.setExportMode(True, {"antialias": True, "resolutionScale": 1.0, "painter": painter})
    try:
        yield
    finally:
        for item in items:
            item.setExportMode(False)
        for view, cache in zip(graphics, caches, strict=True):
            view.setCacheMode(cache)
