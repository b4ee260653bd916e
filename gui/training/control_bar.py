"""The bar at the foot of the descent lab: where the run stands, and the buttons that make it go."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from engine.formula.number import number_text
from engine.workspace import edits
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.training.pace import SPEEDS
from gui.training.session import Session
from gui.widgets.number_field import NumberField
from gui.widgets.numbers import Range

RATE = Range(step=0.1, low=0.0, high=1000.0)
SIDE = 18


class ControlBar(QWidget):
    """A scrubber along the run, and under it what one can do.

    Parameters
    ----------
    workbench : Workbench
    session : Session
    """

    #: A menu is wanted at a button: its key (``"run"``, ``"runs"``, ``"weights"``).
    menu_requested = Signal(str)

    def __init__(
        self, workbench: Workbench, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._session = session
        self._showing = self._simple = self._fitting = False
        appearance = workbench.appearance
        self.step_field = NumberField(
            appearance, "step", spoken="step that is looked at", allowed=Range(10.0, 0.0, 1e12)
        )
        self.scrubber = QSlider(Qt.Orientation.Horizontal)
        self.scrubber.setAccessibleName("Step of the run")
        self.scrubber.setSingleStep(1)
        self.end = _quiet("")
        self.cost = _quiet("")
        self.restart_button = _word("Restart", "Back to the weights it began with")
        self.weights_button = _word("New weights", "Begin with other weights")
        self.branch_button = _word("Branch", "Go on from this step as another run; keep this one")
        self.runs_button = _word("Runs", "The runs so far, to compare and to go back to")
        self.run_button = _word("Run…", "So many steps, or until something is reached")
        self.speed = QSlider(Qt.Orientation.Horizontal)
        self.speed.setRange(0, len(SPEEDS) - 1)
        self.speed.setPageStep(1)
        self.speed.setFixedWidth(110)
        self.speed.setAccessibleName("Speed")
        self.speed_words = _quiet("")
        self.rate = NumberField(appearance, "η", spoken="learning rate", allowed=RATE)
        self.back_button = QPushButton("Back")
        self.back_button.setAccessibleName("One step back")
        self.step_button = QPushButton("Step  Space")
        self.step_button.setProperty("kind", "filled")
        self.step_button.setAccessibleName("One step of training")
        self.play_button = QPushButton("Play")
        self._build()
        self._connect()
        self._restyle()

    def _build(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(10)
        upper.addWidget(self.step_field)
        upper.addWidget(self.scrubber, 1)
        for label in (self.end, self.cost):
            upper.addWidget(label)
        self._lower = lower = QHBoxLayout()
        lower.setSpacing(6)
        for word in (
            self.restart_button, self.weights_button, self.branch_button, self.runs_button,
            self.run_button,
        ):  # fmt: skip
            lower.addWidget(word)
        lower.addStretch(1)
        lower.addWidget(self.speed)
        lower.addWidget(self.speed_words)
        lower.addSpacing(8)
        lower.addWidget(self.rate)
        lower.addSpacing(8)
        for button in (self.back_button, self.step_button, self.play_button):
            lower.addWidget(button)
            lower.addSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE - 7, 6, SIDE - 6, 7)
        column.setSpacing(2)
        column.addLayout(upper)
        column.addLayout(lower)

    def _connect(self) -> None:
        session = self._session
        session.advanced.connect(self.show_session)
        session.went_on.connect(self._follow)
        session.turned.connect(self.show_session)
        self._workbench.appearance.changed.connect(self._restyle)
        self.scrubber.valueChanged.connect(self._scrubbed)
        self.scrubber.sliderReleased.connect(session.commit)
        self.step_field.value_changed.connect(self._step_typed)
        self.step_field.refused.connect(self._workbench.said)
        self.speed.valueChanged.connect(self._speed_chosen)
        self.rate.value_changed.connect(self._rate_chosen)
        self.rate.settled.connect(self._workbench.settle)
        self.rate.refused.connect(self._workbench.said)
        self.restart_button.clicked.connect(session.restart)
        self.branch_button.clicked.connect(session.branch)
        self.back_button.clicked.connect(session.step_back)
        self.step_button.clicked.connect(session.step)
        self.play_button.clicked.connect(session.play_or_pause)
        for key, button in (
            ("run", self.run_button), ("runs", self.runs_button), ("weights", self.weights_button)
        ):  # fmt: skip
            button.clicked.connect(lambda _=False, key=key: self.menu_requested.emit(key))

    def show_session(self) -> None:
        """Show where the run stands."""
        session, document = self._session, self._workbench.document
        run, moment = session.run, session.moment()
        step = moment.step if moment is not None else 0
        length = run.length if run is not None else 0
        self._showing = True
        self.step_field.set_value(step)
        self.scrubber.setRange(0, length)
        self.scrubber.setPageStep(max(1, length // 20))
        self.scrubber.setValue(step)
        self.speed.setValue(session.speed)
        self._showing = False
        self._count(length)
        self.scrubber.setEnabled(length > 0)
        self.cost.setText(words := self._costs())
        _make_room(self.cost, words)
        self.speed_words.setText(speed_in_words(session.speed))
        self.speed.setToolTip(speed_in_words(session.speed))
        self.speed.setAccessibleDescription(speed_in_words(session.speed))
        self.speed_words.setFixedWidth(self._room_for_speed())
        self.rate.set_name(document.notation.learning_rate)
        self.rate.set_value(document.learning_rate)
        ready = run is not None
        stuck = ready and run.divergence is not None and step == length
        for button in (self.step_button, self.play_button, self.run_button):
            button.setEnabled(ready and not stuck)
        for button in (self.back_button, self.restart_button):
            button.setEnabled(step > 0)
        self.branch_button.setEnabled(ready and length > 0)
        self.play_button.setText("Pause" if session.playing else "Play")
        self.play_button.setAccessibleName("Pause" if session.playing else "Play")
        self.runs_button.setText(f"Runs ({len(session.kept)})" if len(session.kept) > 1 else "Runs")

    def _follow(self) -> None:
        """Show how long the run is by now; the step that is seen stays."""
        length = self._session.run.length if self._session.run is not None else 0
        self._showing = True
        self.scrubber.setMaximum(length)
        self._showing = False
        self._count(length)

    def _count(self, length: int) -> None:
        self.end.setText(words := f"of {length}" if length else "")
        _make_room(self.end, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what fits."""
        super().resizeEvent(event)
        self._fit()

    def _restyle(self) -> None:
        for slider in (self.scrubber, self.speed):
            slider.setMinimumHeight(round(self._workbench.appearance.pixels(20)))
        self.show_session()
        self._fit()

    def _fit(self) -> None:
        """Leave out, one after another, what the menu offers too, until the bar fits."""
        spare = (self.speed_words, self.branch_button, self.weights_button, self.runs_button,
                 self.speed, self.run_button, self.restart_button)  # fmt: skip
        if self._fitting:  # what is shown grows the bar, and that asks again
            return
        self._fitting = True
        rare = {self.branch_button, self.weights_button}
        rare |= set() if len(self._session.kept) > 1 else {self.runs_button}
        for part in spare:
            part.setVisible(not (self._simple and part in rare))
        for part in spare:
            if self._needed() <= self.width():
                break
            part.setVisible(False)
        self._fitting = False

    def set_simple(self, simple: bool) -> None:
        """Offer what one needs at the beginning only, or all; the menu offers all."""
        self._simple = simple
        self._fit()

    def _needed(self) -> int:
        self._lower.invalidate()
        return self._lower.minimumSize().width() + 2 * SIDE

    def _costs(self) -> str:
        moment = self._session.moment()
        if moment is None:
            return ""
        letter = moment.document.notation.cost
        words = f"{letter} {number_text(moment.train_cost)}"
        if moment.split.test is not None:
            words += f"   test {number_text(moment.test_cost)}"
        if moment.settings.batch:
            words += f"   epoch {moment.standing.epoch}"
        return words

    def _room_for_speed(self) -> int:
        metrics = self.speed_words.fontMetrics()
        return max(metrics.horizontalAdvance(speed_in_words(n)) for n in range(len(SPEEDS))) + 4

    def _scrubbed(self, step: int) -> None:
        if not self._showing:
            self._session.go_to(step, resting=False)

    def _step_typed(self, step: float) -> None:
        run = self._session.run
        if run is not None and step > run.length:
            self._workbench.said.emit(f"The run has {run.length} steps so far.")
        self._session.go_to(round(step), resting=False)
        self.show_session()

    def _speed_chosen(self, speed: int) -> None:
        if not self._showing:
            self._session.set_speed(speed)

    def _rate_chosen(self, value: float) -> None:
        def edit(document: Document) -> Document:
            return edits.set_learning_rate(document, value)

        self._workbench.apply(_rate_title, edit, "learning rate")


def speed_in_words(place: int) -> str:
    """Say how fast it plays: ``1 step in 2 seconds``, ``60 steps a second``."""
    speed = SPEEDS[place]
    if speed == float("inf"):
        return "as fast as it goes"
    if speed < 1:
        return f"1 step in {1 / speed:g} seconds"
    return f"{speed:g} step{'s' if speed > 1 else ''} a second"


def _rate_title(before: Document, after: Document) -> str:
    letter = after.notation.learning_rate
    return f"Set {letter} {before.learning_rate:g} → {after.learning_rate:g}"


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "quiet")
    label.setProperty("rank", "caption")
    return label


def _make_room(label: QLabel, words: str) -> None:
    """Keep the label as large as it is while the words are about as long.

    A label that takes another size with every frame has the whole window placed anew each time.
    """
    metrics = label.fontMetrics()
    wide, high = metrics.horizontalAdvance(words), metrics.height()
    if not wide <= label.width() <= 1.5 * wide + 2 * high or label.height() != high:
        label.setFixedSize(wide + high if wide else 0, high)


def _word(text: str, words: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", "quiet")
    button.setToolTip(words)
    return button
