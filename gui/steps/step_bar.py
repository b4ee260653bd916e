"""The bar at the foot of a workspace: one dot for each step, and the buttons that walk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QSizePolicy, QWidget

from gui.steps.step_dots import MARGIN, Phase, StepDots
from gui.theme import Appearance

NEXT = "Next  Space"


class StepBar(QWidget):
    """The dots, and the buttons Back, Next and Run; it only says what was asked for.

    `leading` stands before the dots (the slider of a point), `trailing` before the buttons (the
    learning rate). What is `optional` of them goes, with Auto, where there is no room; in the
    simple bar there is no Auto. The menu offers all of it too.
    """

    step_chosen = Signal(int)
    back_requested = Signal()
    next_requested = Signal()
    run_requested = Signal()
    #: The steps are to follow by themselves, or no longer.
    auto_requested = Signal()

    def __init__(
        self,
        appearance: Appearance,
        run_text: str,
        *,
        leading: QWidget | None = None,
        trailing: QWidget | None = None,
        optional: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._optional, self._simple = tuple(optional), False
        self.dots = StepDots(appearance)
        self.back_button = QPushButton("Back")
        self.next_button = QPushButton(NEXT)
        self.run_button = QPushButton(run_text)
        self.auto_button = QPushButton("Auto")
        self.auto_button.setProperty("kind", "quiet")
        self.show_pace(2.0, playing=False)
        self.next_button.setProperty("kind", "filled")
        self.next_button.setAccessibleName("Next step")
        self.back_button.setAccessibleName("Previous step")
        row = QHBoxLayout(self)
        row.setContentsMargins(18 - round(MARGIN), 7, 18, 7)
        row.setSpacing(18)
        if leading is not None:
            row.addWidget(leading)
        row.addWidget(self.dots, 1)
        if trailing is not None:
            row.addWidget(trailing)
        row.addWidget(self.auto_button)
        for button in (self.back_button, self.next_button, self.run_button):
            row.addWidget(button)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetDefaultConstraint)
        self.setMinimumHeight(62)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.dots.step_chosen.connect(self.step_chosen)
        self.back_button.clicked.connect(self.back_requested)
        self.next_button.clicked.connect(self.next_requested)
        self.run_button.clicked.connect(self.run_requested)
        self.auto_button.clicked.connect(self.auto_requested)

    def set_simple(self, simple: bool) -> None:
        """Offer what one needs at the beginning only, or all."""
        self._simple = simple
        self._fit()

    def show_pace(self, seconds: float, *, playing: bool) -> None:
        """Say whether steps follow by themselves, and how fast."""
        self.auto_button.setText("Stop" if playing else f"Auto {seconds:g} s")
        spoken = "Stop playing" if playing else f"Play: a step every {seconds:g} seconds"
        self.auto_button.setAccessibleName(spoken)
        self.auto_button.setToolTip(f"{spoken} (Ctrl+Space)")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out, where there is no room, what the menu offers too."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Other letters take another room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        row = self.layout()
        if row is None:
            return
        optional = (self.auto_button, *self._optional)
        for part in optional:
            part.setVisible(part is not self.auto_button or not self._simple)
        self.next_button.setText(NEXT)
        for part in optional:
            if self._spare(row) < self.dots.comfortable_width():
                part.setVisible(False)
        if self._spare(row) < self.dots.comfortable_width():
            self.next_button.setText(NEXT.split()[0])

    def _spare(self, row: QLayout) -> int:
        """Return how wide the dots are."""
        row.invalidate()
        return self.width() - row.minimumSize().width() + self.dots.minimumSizeHint().width()

    def set_phases(self, phases: Sequence[Phase]) -> None:
        """Say which steps there are."""
        self.dots.set_phases(phases)

    def set_step(self, step: int, *, can_go_on: bool = True) -> None:
        """Show that `step` steps are taken.

        Parameters
        ----------
        step : int
            0 before the first.
        can_go_on : bool
            False where Next has nothing left to do.
        """
        self.dots.set_step(step)
        self.back_button.setEnabled(step > 0)
        self.next_button.setEnabled(can_go_on)
