"""How much gradient reaches each layer: |δ| on a logarithmic axis, and the factors along a path."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from engine.network.flow import LayerFlow, Route
from gui.plots.axes import GAP, RAISED, Axes, Tick, short
from gui.plots.flow_view import FlowView
from gui.plots.steady import LEAST_USED
from gui.theme import Appearance

FLOOR = -30.0  # what is smaller than ten to this stands at the floor
DOT = 4.0
GRASP = 9.0


class FlowAxes(Axes):
    """A bar for each layer, a dot for each neuron, two lines for the products along the path."""

    #: The path is to go through this neuron of this layer.
    neuron_chosen = Signal(int, str)
    #: The path is to be the strongest one again.
    path_freed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._seen: FlowView | None = None
        self._heights: tuple[int, int] | None = None
        self._layer = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def seen(self) -> FlowView | None:
        """What is drawn."""
        return self._seen

    def show_flow(self, seen: FlowView) -> None:
        """Draw another flow."""
        before, self._seen = self._seen, seen
        layers = seen.flow.layers
        if before is None or [each.neurons for each in before.flow.layers] != [
            each.neurons for each in layers
        ]:
            self._heights = None
            self._layer = 0
        heights = [_log(size) for layer in layers for size in (layer.mean, *layer.sizes) if size]
        if seen.route is not None:
            products = (*seen.route.slope_products, *seen.route.products)
            heights += [_log(abs(each)) for each in products if each]
        low, high = (min(heights), max(heights)) if heights else (-1.0, 0.0)
        bottom, top = self._hold(low, high)
        self.set_range(0.4, len(layers) + 0.6, bottom, top)
        self.set_names("", "|δ| and products, logarithmic", headed=True)
        self.set_ticks(self._layer_ticks(), _powers(bottom, top))
        self.update()

    def _layer_ticks(self) -> list[Tick]:
        """Return a mark for every layer: ``layer 2: 0.034``, or as much of it as there is room."""
        metrics = QFontMetricsF(self._small())
        room = self.inner().width() / (len(self._layers()) + 0.2) - GAP
        for form in ("layer {0}: {1}", "{0}: {1}", "{0}"):
            words = [form.format(e.number, short(e.mean, 2)) for e in self._layers()]
            if max(map(metrics.horizontalAdvance, words)) <= room:
                break
        return [Tick(n, each) for n, each in enumerate(words, start=1)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write at the layers what there is room for."""
        super().resizeEvent(event)
        if self._seen is not None:
            self.set_ticks(self._layer_ticks(), self._ticks["y"])

    def _hold(self, low: float, high: float) -> tuple[int, int]:
        """Return whole powers of ten around two; as before where they will do, else one more."""
        before = self._heights
        if before is not None:
            bottom, top = before
            if bottom <= low and high <= top and high - low >= LEAST_USED * (top - bottom) - 1:
                return before
        more = 0 if before is None else 1
        bottom = math.floor(low) - (more if before and low < before[0] else 0)
        top = math.ceil(high) + (more if before and high > before[1] else 0)
        self._heights = bottom, max(top, bottom + 1)
        return self._heights

    def table(self) -> list[tuple[str, list[float]]]:
        """Return |δ| of layers and neurons, and the products along the path, as named columns."""
        seen = self._seen
        if seen is None:
            return []
        layers = seen.flow.layers
        found = [
            ("layer", [float(layer.number) for layer in layers]),
            ("mean |δ|", [layer.mean for layer in layers]),
        ]
        for layer in layers:
            for name, size in zip(layer.neurons, layer.sizes, strict=True):
                found.append((f"mean |δ| of {seen.shown.get(name, name)}", [size]))
        if seen.route is not None:
            found.append(("path: layer", [float(each) for each in seen.route.layers]))
            found.append((f"path: ∏ {seen.slope_name}", list(seen.route.slope_products)))
            found.append((f"path: ∏ {seen.slope_name}·w", list(seen.route.products)))
        return found

    # --------------------------------------------------------------------------- drawing

    def paint_inside(self, painter: QPainter) -> None:
        """Draw bars, dots and lines, and what each of them is."""
        seen = self._seen
        if seen is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = self.inner()
        self._paint_focus(painter, inner)
        for place, layer in enumerate(seen.flow.layers):
            self._paint_bar(painter, place, layer.mean)
        if seen.route is not None:
            self._paint_route(painter, seen.route)
        self._paint_neurons(painter, seen)
        self._paint_key(painter, seen, inner)

    def _paint_bar(self, painter: QPainter, place: int, mean: float) -> None:
        bar = self._bar(place, mean)
        colour = QColor(self.theme.backward)
        colour.setAlphaF(0.22)
        painter.fillRect(bar, colour)
        painter.setPen(QPen(QColor(self.theme.backward), 2.0))
        if mean:
            painter.drawLine(QLineF(bar.left(), bar.top(), bar.right(), bar.top()))

    def _bar(self, place: int, mean: float) -> QRectF:
        inner = self.inner()
        wide = min(inner.width() / len(self._layers()) * 0.62, 90.0)
        top = self._height(mean)
        middle = self.pixel(place + 1.0, self.range[2]).x()
        return QRectF(middle - wide / 2, top, wide, inner.bottom() - top)

    def _paint_neurons(self, painter: QPainter, seen: FlowView) -> None:
        states = {each.neuron: each.state for each in seen.health}
        on_path = set(seen.route.neurons) if seen.route is not None else set()
        theme = self.theme
        open_, full = QPolygonF(), QPolygonF()
        for name, place in self._dots().items():
            state = states.get(name, "working")
            if state == "working":
                (full if name in on_path else open_).append(place)
                continue
            ink = theme.paper if name not in on_path else theme.backward
            self._paint_ill(painter, state, place, ink)
        cap, solid = Qt.PenCapStyle.RoundCap, Qt.PenStyle.SolidLine
        for polygon, inside in ((open_, theme.paper), (full, theme.backward)):
            for colour, width in ((theme.backward, 2 * DOT + 1.4), (inside, 2 * DOT - 1.4)):
                painter.setPen(QPen(QColor(colour), width, solid, cap))
                painter.drawPoints(polygon)

    def _paint_ill(self, painter: QPainter, state: str, place: QPointF, inside: str) -> None:
        """Draw a neuron in a bad way: a cross for a dead one, a flat box for a saturated one."""
        if state == "dead":
            painter.setPen(QPen(QColor(self.theme.ink), 2.0))
            for way in (1, -1):
                painter.drawLine(place + QPointF(-4, -4 * way), place + QPointF(4, 4 * way))
            return
        painter.setPen(QPen(QColor(self.theme.backward), 1.4))
        painter.setBrush(QColor(inside))
        painter.drawRect(QRectF(place.x() - 5.5, place.y() - 2.0, 11.0, 4.0))

    def _dots(self) -> dict[str, QPointF]:
        """Return where the dot of each neuron is."""
        found: dict[str, QPointF] = {}
        inner = self.inner()
        _, _, bottom, top = self.range
        for number, layer in enumerate(self._layers()):
            bar = self._bar(number, layer.mean)
            count = len(layer.neurons)
            for place, (name, size) in enumerate(zip(layer.neurons, layer.sizes, strict=True)):
                share = min(max((_log(size) - bottom) / (top - bottom), 0.0), 1.0)
                y = inner.bottom() - max(share * inner.height(), 5.0)
                found[name] = QPointF(bar.left() + (place + 0.5) / count * bar.width(), y)
        return found

    def _paint_route(self, painter: QPainter, route: Route) -> None:
        theme = self.theme
        layers = [layer.number for layer in self._layers()]
        for products, dashed in ((route.products, True), (route.slope_products, False)):
            line = QPolygonF(
                [
                    QPointF(self.pixel(layers.index(layer) + 1.0, 0).x(), self._height(abs(each)))
                    for layer, each in zip(route.layers, products, strict=True)
                ]
            )
            pen = QPen(QColor(theme.ink if not dashed else theme.quiet), 1.5)
            if dashed:
                pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(line)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.ink if not dashed else theme.quiet))
            for place in line:
                side = QRectF(place.x() - 2.5, place.y() - 2.5, 5, 5)
                if dashed:
                    painter.drawRect(side)
                else:
                    painter.drawEllipse(side)

    def _paint_key(self, painter: QPainter, seen: FlowView, inner: QRectF) -> None:
        """Write what the signs are, at the upper right; shorter where there is little room."""
        metrics = QFontMetricsF(self._small())
        room = inner.width() - metrics.horizontalAdvance(self._names["y"]) - 2 * GAP
        every, shorter = self._signs(seen, " on the path"), self._signs(seen, "")
        choices = (every, every[1:], shorter, shorter[1:], shorter[-2:])
        for rows in choices:
            width = sum(metrics.horizontalAdvance(words) + 22 + GAP for _, words in rows)
            if width <= room:
                break
        else:
            return
        x = inner.right()
        for sign, words in reversed(rows):
            x -= metrics.horizontalAdvance(words)
            painter.setPen(QColor(self.theme.quiet))
            painter.drawText(QPointF(x, 1.0 + metrics.ascent()), words)
            x -= 22
            self._paint_sign(painter, sign, QPointF(x + 9, 1.0 + metrics.height() / 2))
            x -= GAP

    def _signs(self, seen: FlowView, where: str) -> list[tuple[str, str]]:
        states = {each.state for each in seen.health}
        rows = [("bar", "mean |δ|"), ("dot", "a neuron")]
        rows += [(state, state) for state in ("saturated", "dead") if state in states]
        if seen.route is not None:
            rows.append(("line", f"∏ {seen.slope_name}{where}"))
            rows.append(("dashed", f"∏ {seen.slope_name}·w{where}"))
        return rows

    def _paint_sign(self, painter: QPainter, sign: str, place: QPointF) -> None:
        theme = self.theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if sign in ("line", "dashed"):
            pen = QPen(QColor(theme.ink if sign == "line" else theme.quiet), 1.5)
            if sign == "dashed":
                pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.drawLine(place - QPointF(8, 0), place + QPointF(8, 0))
            return
        if sign in ("dead", "saturated"):
            self._paint_ill(painter, sign, place, theme.paper)
            return
        painter.setPen(QPen(QColor(theme.backward), 1.4 if sign != "bar" else 2.0))
        if sign == "bar":
            painter.drawLine(place - QPointF(8, 0), place + QPointF(8, 0))
        else:
            painter.drawEllipse(place, DOT, DOT)

    def _paint_focus(self, painter: QPainter, inner: QRectF) -> None:
        if not self.keyed:
            return
        painter.setPen(QPen(QColor(self.theme.ink), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        bar = self._bar(self._layer, self._layers()[self._layer].mean)
        painter.drawRect(QRectF(bar.left() - 4, inner.top(), bar.width() + 8, inner.height()))

    def _height(self, size: float) -> float:
        """Return how far up |δ| is; 0 lies at the floor."""
        inner = self.inner()
        _, _, bottom, top = self.range
        share = (_log(size) - bottom) / (top - bottom) if size else 0.0
        return inner.bottom() - min(max(share, 0.0), 1.0) * inner.height()

    def _layers(self) -> tuple[LayerFlow, ...]:
        return self._seen.flow.layers if self._seen is not None else ()

    # -------------------------------------------------------------------------- choosing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Lead the path through the neuron under the pointer."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        name = self._neuron_at(event.position())
        if name and event.button() == Qt.MouseButton.LeftButton:
            self._choose(name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a neuron can be pressed, and which one it is."""
        name = self._neuron_at(event.position())
        shape = Qt.CursorShape.PointingHandCursor if name else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setToolTip(self._spoken(name) if name else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go through the layers, up and down through the neurons of one."""
        key, layers = Qt.Key(event.key()), self._layers()
        if not layers:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = 1 if key == Qt.Key.Key_Right else -1
            self._layer = min(max(self._layer + by, 0), len(layers) - 1)
            self._came_by_keys = True
            self._announce()
            self.update()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            names = layers[self._layer].neurons
            on_path = self._on_path(self._layer)
            place = names.index(on_path) if on_path else 0
            by = 1 if key == Qt.Key.Key_Down else -1
            self._choose(names[(place + by) % len(names)])
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Home):
            self.path_freed.emit()
        else:
            super().keyPressEvent(event)

    def _neuron_at(self, position: QPointF) -> str:
        for name, place in self._dots().items():
            away = place - position
            if math.hypot(away.x(), away.y()) <= GRASP:
                return name
        return ""

    def _choose(self, name: str) -> None:
        for number, layer in enumerate(self._layers()):
            if name in layer.neurons:
                self._layer = number
                self.neuron_chosen.emit(layer.number, name)
        self._announce()

    def _on_path(self, number: int) -> str:
        route = self._seen.route if self._seen is not None else None
        names = self._layers()[number].neurons
        return next((name for name in (route.neurons if route else ()) if name in names), "")

    def _spoken(self, name: str) -> str:
        seen = self._seen
        if seen is None:
            return ""
        shown = seen.shown.get(name, name)
        size = next(
            size
            for layer in seen.flow.layers
            for one, size in zip(layer.neurons, layer.sizes, strict=True)
            if one == name
        )
        health = next((each for each in seen.health if each.neuron == name), None)
        ill = health is not None and health.state != "working"
        return health.words(shown) if ill and health else f"{shown}: mean |δ| = {size:.3g}"

    def describe(self) -> None:
        """Tell a screen reader the verdict, and while the keys are here, the layer they are in."""
        seen = self._seen
        if seen is not None and self.hasFocus():
            self._announce()
        elif seen is not None:
            self.setAccessibleDescription(seen.flow.words)

    def _announce(self) -> None:
        name = self._on_path(self._layer)
        layer = self._layers()[self._layer]
        words = f"Layer {layer.number}, mean |δ| {layer.mean:.3g}"
        words = f"{words}; on the path: {self._spoken(name)}" if name else f"{words}."
        verdict = self._seen.flow.words if self._seen is not None else ""
        self.setAccessibleDescription(f"{words} {verdict}".strip())


def _log(size: float) -> float:
    return max(math.log10(size), FLOOR) if size > 0 and math.isfinite(size) else FLOOR


def _powers(bottom: float, top: float) -> list[Tick]:
    """Return marks at powers of ten, at most seven."""
    step = max(1, math.ceil((top - bottom) / 6))
    first = math.ceil(bottom / step) * step
    return [
        Tick(power, "1" if power == 0 else f"10{str(power).translate(RAISED)}")
        for power in range(first, math.floor(top) + 1, step)
    ]
