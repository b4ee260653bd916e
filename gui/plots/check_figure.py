"""One slope checked by nudges: the error of the difference against its width, as a V."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from engine.network.nudges import SlopeCheck, check_slope
from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.moment import Moment
from gui.plots.axes import Axes, Tick
from gui.theme import Appearance
from gui.widgets.beside import Beside
from gui.widgets.caption import Caption
from gui.widgets.choice import Choice
from gui.widgets.figure_table import Figure as Cell
from gui.widgets.figure_table import FigureTable

LOWEST = -13.0  # of both axes, as powers of ten
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class ErrorCurve(Axes):
    """The relative error of a central difference against its width, both as powers of ten."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._found: SlopeCheck | None = None
        self.setAccessibleName("Error of the difference against its width")
        self.set_names("width h", "error", headed=True)
        self.set_range(LOWEST, -1.0, LOWEST, 0.5)
        powers = [Tick(float(n), f"10{str(n).translate(RAISED)}") for n in range(-12, 1, 3)]
        self.set_ticks(powers, powers)

    def show_check(self, found: SlopeCheck | None) -> None:
        """Draw another curve, or none."""
        self._found = found
        words = "Not computed while training runs"
        if found is not None:
            best = found.best
            words = f"Least error {best.error(found.slope):.1g} at width {best.width:.0e}"
        self.setAccessibleDescription(words)
        self.update()

    def paint_inside(self, painter: QPainter) -> None:
        """Draw the curve, and a dot where it is lowest."""
        found = self._found
        if found is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = [
            self.pixel(math.log10(nudge.width), _power(nudge.error(found.slope)))
            for nudge in found.nudges
        ]
        painter.setPen(QPen(QColor(self.theme.ink), 1.4))
        painter.drawPolyline(QPolygonF(places))
        best = places[found.nudges.index(found.best)]
        painter.setBrush(QColor(self.theme.backward))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(best, 4.5, 4.5)
        painter.setPen(QColor(self.theme.quiet))
        inner = self.inner()
        width = inner.width() / 2 - 8
        if width < painter.fontMetrics().horizontalAdvance("the arithmetic’s, ε/h"):
            return  # no room for words
        for words, x, side in (
            ("the arithmetic’s, ε/h", inner.left() + 8, Qt.AlignmentFlag.AlignLeft),
            ("the formula’s, h²", inner.right() - width - 8, Qt.AlignmentFlag.AlignRight),
        ):
            painter.drawText(QRectF(QPointF(x, inner.top() + 2), QPointF(x + width, best.y())),
                             side | Qt.TextFlag.TextWordWrap, words)  # fmt: skip


class CheckFigure(Figure):
    """Nudges one weight, when the run rests, and compares with the computed gradient."""

    def __init__(self, workbench: Workbench) -> None:
        appearance = workbench.appearance
        self._parameter = ""
        self._moment: Moment | None = None
        self._found: SlopeCheck | None = None
        self.widget = page = Beside(appearance)
        self.caption = Caption(appearance)
        self.choice = Choice(appearance, "checked")
        self.curve = ErrorCurve(appearance)
        self.numbers = FigureTable(appearance, ("h", "central", "one-sided", "error"))
        self.numbers.setAccessibleName("Nudges")
        row = QHBoxLayout()
        row.addWidget(self.caption, 1)
        row.addWidget(self.choice)
        across = QHBoxLayout()
        across.addWidget(self.curve, 3)
        across.addWidget(self.numbers, 3)
        page.spare = self.numbers
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(14, 2, 8, 8)
        column.setSpacing(4)
        column.addLayout(row)
        column.addLayout(across, 1)
        self.choice.chosen.connect(self._choose)

    @property
    def found(self) -> SlopeCheck | None:
        """What was found last; None while training runs."""
        return self._found

    def show_moment(self, moment: Moment) -> None:
        """Check the slope at this step; while training runs, nothing is shown."""
        self._moment = moment
        if self._parameter not in moment.names:
            weights = [each for each in moment.names if each.startswith("w")]
            self._parameter = weights[-1] if weights else moment.names[-1]
        self.choice.set_offers([(name, moment.symbol(name)) for name in moment.names])
        self.choice.set_chosen(self._parameter)
        if moment.running:
            self._found = None
            self.curve.show_check(None)
            self.numbers.set_rows([])
            self.caption.setText("computed when the run rests")
            return
        train = moment.split.train
        found = self._found = check_slope(
            moment.network, train.inputs, train.targets, moment.settings, self._parameter
        )
        self.curve.show_check(found)
        self.numbers.set_rows(
            [
                [Cell(f"10{str(round(math.log10(each.width))).translate(RAISED)}"),
                 Cell(_written(each.central, 7), "backward"), Cell(_written(each.forward, 7)),
                 Cell(f"{each.error(found.slope):.0e}".replace("-", "−"))]
                for each in found.nudges[::2]
            ]
        )  # fmt: skip
        d, cost = moment.document.notation.partial, moment.document.notation.cost
        tick = "✓" if found.agrees else "✕"
        words = f"step {moment.step}: {d}{cost}/{d}{moment.symbol(self._parameter)} = "
        words += f"{_written(found.slope)} {tick}, at best {found.best.error(found.slope):.0e} off"
        self.caption.setText(words.replace("e-", "e−"))

    def table(self) -> Sequence[Column]:
        """Return the nudges."""
        if self._found is None:
            return ()
        nudges, slope = self._found.nudges, self._found.slope
        return (
            ("h", [each.width for each in nudges]),
            ("central", [each.central for each in nudges]),
            ("one-sided", [each.forward for each in nudges]),
            ("error", [each.error(slope) for each in nudges]),
        )

    def _choose(self) -> None:
        self._parameter = self.choice.value
        if self._moment is not None:
            self.show_moment(self._moment)


def _power(error: float) -> float:
    """Return the power of ten of an error, within the axis."""
    if not math.isfinite(error):
        return 0.5
    return min(max(math.log10(error) if error else LOWEST, LOWEST), 0.5)


def _written(value: float, digits: int = 9) -> str:
    return f"{value:.{digits}g}".replace("-", "−")
