"""Any plot on its own: as pixels, as drawing, and as the numbers it shows.

Works on every widget that holds a plot of pyqtgraph's or paints one itself (with the property
``plot`` set), so that a new plot can leave the window without a line of its own.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from math import ceil
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QRegion
from PySide6.QtSvg import QSvgRenderer
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

from gui.widgets.drawn_svg import drawn_svg
from gui.widgets.svg_shapes import definitions, svg_file

#: A name and its numbers; columns may differ in length.
Column = tuple[str, Sequence[float]]

#: Plots smaller than this on the screen are drawn larger, so that their marks have room.
LEAST = QSize(360, 240)

_CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)


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


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of a plot as SVG elements; `clip` is what it may not be drawn beyond."""

    svg: str
    clip: QRectF | None = None


def layers(widget: QWidget, size: QSize, *, text: bool = False) -> list[Layer]:
    """Return a plot's parts from the ground up, as it would look at a size.

    Qt's SVG knows no clipping, so what pyqtgraph draws is a layer of its own. Layers are what plots
    are painted from in every format: a line that has the same width at any size on the screen is as
    wide in a picture as its letters are high.
    """
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


def plot_png(picture: PlotPicture, scale: float) -> bytes:
    """Return a plot as a PNG file, `scale` pixels to the point."""
    size = picture.size
    image = QImage(
        ceil(size.width() * scale), ceil(size.height() * scale), QImage.Format.Format_RGB32
    )
    image.fill(picture.widget.palette().color(QPalette.ColorRole.Window))
    image.setText("Title", picture.name)
    image.setText("Description", picture.words)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        picture.paint(painter)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.data())


def plot_svg(picture: PlotPicture, *, text: bool = False) -> bytes:
    """Return a plot as an SVG file."""
    width, height = picture.size.width(), picture.size.height()
    inside = picture.elements(text=text)
    return svg_file(inside, width, height, picture.name, picture.words).encode()


def plotted_columns(widget: QWidget) -> list[Column]:
    """Return the numbers of every curve and every set of points of pyqtgraph's in a widget."""
    names = getattr(widget, "_names", None) or {"x": "x", "y": "y"}
    columns: list[Column] = []
    for place, (name, x, y) in enumerate(_series(widget), start=1):
        number = f" ({place})" if place > 1 else ""
        columns += [
            (f"{names['x'] or 'x'}{number}", x),
            (name or f"{names['y'] or 'y'}{number}", y),
        ]
    return columns


def _series(widget: QWidget) -> Iterator[tuple[str, Sequence[float], Sequence[float]]]:
    views: list[Any] = [widget, *widget.findChildren(QGraphicsView)]
    for view in views:
        if not hasattr(view, "getPlotItem"):
            continue
        for item in view.getPlotItem().items:
            if not hasattr(item, "getData") or not item.isVisible():
                continue
            data = item.getData()
            if len(data) != 2 or data[0] is None or not len(data[0]):
                continue
            name = item.name() if callable(getattr(item, "name", None)) else ""
            yield name or "", [float(each) for each in data[0]], [float(each) for each in data[1]]


def csv_bytes(columns: Sequence[Column]) -> bytes:
    """Write columns as CSV: names in the first line, nothing where a column has ended."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([name for name, _ in columns])
    for values in zip_longest(*(values for _, values in columns), fillvalue=math.nan):
        writer.writerow([None if math.isnan(each) else repr(float(each)) for each in values])
    return out.getvalue().encode("utf-8")
