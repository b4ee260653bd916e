"""The stage: one step, as large as the screen, for the back row of a classroom.

It is a window of its own over the whole screen, on the second one where there are two, and shows
what the main window is at: the sentence, the formula, the diagram, and how far one is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QCursor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from engine.formula.formula import EMPTY
from engine.formula.layout import layout
from gui.autoplay import AutoPlay
from gui.bridge import Workbench
from gui.diagram.boxes import BoxesDiagram
from gui.diagram.network_diagram import NetworkDiagram
from gui.highlight import Highlight
from gui.network_workspace import WELCOME
from gui.sides import Sides, Walking
from gui.stage_cover import Corner, Cover
from gui.stage_keys import stage_commands
from gui.steps.current_card import factors_of
from gui.theme import DIMMED, role_colour
from gui.widgets.formula_painting import MARGIN
from gui.widgets.formula_view import FormulaView

if TYPE_CHECKING:
    from gui.sides import Side

#: A point on a screen of the usual density, in pixels.
POINT = 96 / 72
#: Words and the smallest letters; the formula, in points, where there is room.
WORDS, FORMULA = 28, 48
#: The largest share of the height the formula takes, and room around everything, in pixels.
SHARE, SIDE = 0.4, 30
LABELS = {"forward": "forward", "backward": "backward", "derive": "backward"}


class Stage(QWidget):
    """Shows the step at hand over a whole screen.

    Parameters
    ----------
    workbench : Workbench
    sides : Sides
        Whose open side is shown and walked.
    autoplay : AutoPlay
    """

    #: It was left.
    closed = Signal()

    def __init__(
        self,
        workbench: Workbench,
        sides: Sides,
        autoplay: AutoPlay,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._workbench, self._sides, self._autoplay = workbench, sides, autoplay
        self._walking = Walking(sides, self)
        self.setWindowTitle("Chain Rule Lab")
        self.setAccessibleName("Stage: one step at a time")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(640, 400)
        highlight = sides.network.highlight
        self.formula = FormulaView(workbench.appearance, self)
        self.formula.term_hovered.connect(self._point)
        self.network = NetworkDiagram(workbench, highlight, self)
        self.boxes: BoxesDiagram | None = None
        self.network.on_stage = True
        self.network.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words = self._label = ""
        self.place = Corner(self)
        self.cover = Cover(self)
        for signal in (
            workbench.changed, workbench.showing.changed, workbench.appearance.changed,
            highlight.changed, autoplay.changed,
        ):  # fmt: skip
            signal.connect(self.refresh)
        self.refresh()

    def show_over(self, screen: QScreen | None) -> None:
        """Cover a screen, with the keyboard here."""
        if screen is not None:
            self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.activateWindow()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------- commands

    def blank_black(self) -> None:
        """Black, so that the class looks at the teacher; and back."""
        self.cover.blank("#000000")

    def blank_white(self) -> None:
        """White, to write on; and back."""
        self.cover.blank("#ffffff")

    def spotlight(self) -> None:
        """Dim all but what the step is about, or show all alike."""
        self._workbench.showing.toggle_spotlight()

    def hide_values(self) -> None:
        """Hide what the steps come out at, or show it."""
        self._workbench.showing.toggle_values()

    def focus(self) -> None:
        """Fade what is not on the path, or show all alike."""
        self._workbench.showing.toggle_focus()

    def zoom(self) -> None:
        """Enlarge the diagram at the pointer, or show it whole."""
        canvas = self.boxes.canvas if self._on_function and self.boxes else self.network
        if canvas.lens.fitted:
            at = QPointF(canvas.mapFromGlobal(QCursor.pos()))
            canvas.enlarge(2.0, at if QRectF(canvas.rect()).contains(at) else None)
        else:
            canvas.fit()

    def draw(self) -> None:
        """Draw with the pointer, or stop and wipe it off."""
        self.cover.toggle_pen()

    def auto_play(self) -> None:
        """Let the steps follow by themselves, or stop."""
        self._autoplay.auto_play()

    def undo(self) -> None:
        """Take the last edit back."""
        self._sides.want()
        self._workbench.undo()

    def redo(self) -> None:
        """Bring the last undone edit back."""
        self._sides.want()
        self._workbench.redo()

    def leave(self) -> None:
        """Go back to the main window, at the same step."""
        self.close()

    # ------------------------------------------------------------------------- listening

    @property
    def _on_function(self) -> bool:
        return self._workbench.document.workspace == "function"

    @property
    def _bus(self) -> Highlight:
        function = self._sides.function
        return (
            function.highlight if self._on_function and function else self._sides.network.highlight
        )

    def _point(self, term: str) -> None:
        self._bus.hover(term)

    @property
    def _side(self) -> Side:
        if self._on_function and self._sides.function is not None:
            return self._sides.function
        return self._sides.network

    @property
    def where(self) -> str:
        """How far one is: ``B3 · 8 / 17``."""
        return self._label

    @property
    def words(self) -> str:
        """The sentence of the step."""
        return self._words

    def refresh(self) -> None:
        """Show what the main window is at."""
        panel = self._side.panel
        step, count = panel.step, len(panel.cards)
        card = panel.cards[step - 1] if 0 < step <= count else None
        self._words = card.sentence if card else WELCOME.partition(".")[0] + "."
        asked = panel.current.question.question
        if asked is not None and panel.waits_for_an_answer:
            self._words = asked.words  # the class votes
        role = LABELS.get(card.phase, "ink") if card else "ink"
        self._label = f"{card.label}  ·  {step} / {count}" if card else f"{step} / {count}"
        if self._autoplay.playing:
            self._label += f"  ·  every {self._autoplay.pace:g} s"
        self.formula.set_formula(card.full if card else EMPTY)
        lit = self._bus.lit or (factors_of(card) if card else frozenset())
        self.formula.set_lit(lit)
        dims = self._workbench.showing.view.spotlight and lit & self.formula.formula.terms()
        self.formula.set_rest(DIMMED if dims else 1.0)
        self.place.say(
            self._label, role_colour(self._workbench.appearance.theme, role), self._font()
        )
        self.setAccessibleDescription(f"{self._label}. {self._words}")
        self._show_boxes()
        self._arrange()
        self.update()

    def _show_boxes(self) -> None:
        function = self._sides.function
        self.network.setVisible(not self._on_function)
        if not self._on_function or function is None:
            if self.boxes is not None:
                self.boxes.hide()
            return
        if self.boxes is None:
            self.boxes = BoxesDiagram(self._workbench.appearance, function.highlight, self)
            self.boxes.canvas.on_stage = True
            self.boxes.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.boxes.value_changed.connect(function.boxes.value_changed)
            self.boxes.settled.connect(function.boxes.settled)
            function.highlight.changed.connect(self.refresh)
        if function.boxes.canvas.view is not None:
            self.boxes.show_graph(function.boxes.canvas.view)
            self.boxes.show()
        self.cover.raise_()

    def _arrange(self) -> None:
        """Give the formula what it needs in large letters, and the diagram the rest."""
        words = self._words_height()
        room = QRectF(self.rect()).adjusted(SIDE, SIDE, -SIDE, -SIDE)
        high = max(0.0, room.height() * SHARE)
        size = self.formula_size(room.width(), high)
        self.formula.set_size(size)
        hint = self.formula.sizeHint()
        top = room.top() + words
        left = round(room.left() + max(0.0, (room.width() - hint.width()) / 2))
        self.formula.setGeometry(left, round(top), hint.width(), hint.height())
        below = top + (hint.height() if self.formula.formula != EMPTY else 0)
        place = QRectF(0, below, self.width(), self.height() - below).toRect()
        self.network.setGeometry(place)
        if self.boxes is not None:
            self.boxes.setGeometry(place)
        size = self.place.sizeHint()
        corner = self.rect().bottomRight() - QPoint(size.width() + SIDE, size.height() + SIDE // 2)
        self.place.setGeometry(QRect(corner, size))
        self.place.raise_()
        self.cover.setGeometry(self.rect())
        self.cover.raise_()

    def formula_size(self, width: float, height: float) -> float:
        """Return the size of the formula, in pixels an em: large, but within its room."""
        boxes = layout(self.formula.formula)
        across = width / (boxes.width + 2 * MARGIN)
        down = height / (boxes.height + boxes.depth + 2 * MARGIN)
        return max(12.0, min(FORMULA * POINT, across, down))

    def _words_height(self) -> float:
        return self._words_box().height() + 8

    def _words_box(self) -> QRectF:
        metrics = QFontMetricsF(self._font())
        room = QRectF(SIDE, SIDE, self.width() - 2 * SIDE, self.height())
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        return metrics.boundingRect(room, flags, self._words)

    def _font(self) -> QFont:
        font = self._workbench.appearance.font()
        font.setPixelSize(round(WORDS * POINT))
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the sentence above and how far one is below."""
        del event
        theme = self._workbench.appearance.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.paper))
            painter.setFont(self._font())
            painter.setPen(role_colour(theme, "ink"))
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            room = QRectF(SIDE, SIDE, self.width() - 2 * SIDE, self._words_height())
            painter.drawText(room, int(flags), self._words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill another screen."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key is for; a blank screen is left by any of them."""
        pressed = event.keyCombination()
        key = Qt.Key.Key_Return if pressed.key() == Qt.Key.Key_Enter else pressed.key()
        modifiers = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
        command = stage_commands().get(QKeySequence(modifiers | key).toString())
        if command is None:
            super().keyPressEvent(event)
        elif self.cover.blanked and not command.key.startswith("blank"):
            self.cover.blank("")
        else:
            doer = self if hasattr(self, command.key) else self._walking
            getattr(doer, command.key)()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave nothing dimmed or hidden behind."""
        self._autoplay.stop()
        super().closeEvent(event)
        self.closed.emit()


def other_screen(window: QWidget) -> QScreen | None:
    """Return the screen a window is not on; its own where there is one alone."""
    here = window.screen()
    return next((each for each in QGuiApplication.screens() if each is not here), here)
