"""The descent lab: a training as it goes, in figures that all show the same step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.network.runs import Run
from engine.workspace import edits, learning
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.figure_grid import FigureGrid
from gui.figure_list import FigureList
from gui.network_workspace import rule
from gui.steps.step_panel import StepPanel
from gui.training.control_bar import ControlBar
from gui.training.elsewhere import Elsewhere
from gui.training.session import Session
from gui.training.settings_panel import SettingsPanel
from gui.widgets.regions import Regions

SHARE = 0.38  # of the width, that the settings take at most beside the figures
QWIDGETSIZE_MAX = (1 << 24) - 1  # Qt's, which PySide6 leaves out


class DescentWorkspace(QWidget):
    """Everything about a training: the list of figures, the figures, and the bar.

    Parameters
    ----------
    workbench : Workbench
    cards : callable
        Returns the panel whose steps are exported and copied from here.
    """

    def __init__(
        self,
        workbench: Workbench,
        cards: Callable[[], StepPanel],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._cards = cards
        self.pace = Elsewhere(workbench.said.emit, self)
        self.grid = FigureGrid(workbench)
        self.session = Session(workbench, self.pace, self.grid, parent=self)
        self.list = FigureList(self.grid)
        self.bar = ControlBar(workbench, self.session)
        self.trouble = Trouble()
        self.stopped = Stopped()
        self.pages = QStackedWidget()
        self.scroll = QScrollArea()
        self.scroll.setWidget(self.grid)
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pages.addWidget(self.scroll)
        self.pages.addWidget(self.trouble)
        self.settings = SettingsPanel(workbench, self.session)
        self.settings.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._build()
        self.session.advanced.connect(self._show)
        self.grid.step_wished.connect(self._look_at)
        self.trouble.fit.clicked.connect(self.fit_network)
        self.stopped.look.clicked.connect(self.last_step)
        self.stopped.calm.clicked.connect(self.calm_down)
        self.list.settings_wished.connect(self._make_room)
        workbench.appearance.changed.connect(self._make_room)
        workbench.showing.changed.connect(self.show_view)
        self._show()

    def _build(self) -> None:
        self._column = right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.list)
        right.addWidget(rule())
        right.addWidget(self.pages, 1)
        right.addWidget(self.stopped)
        self._line = rule()
        self._line.setFixedHeight(QWIDGETSIZE_MAX)
        self._line.setFixedWidth(1)
        self._across = across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.settings)
        across.addWidget(self._line)
        across.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(across, 1)
        column.addWidget(rule())
        column.addWidget(self.bar)

    #: Parts that take turns as on the other pages: none, the settings have a word of their own.
    all_regions: tuple[Regions, ...] = ()

    def show_view(self) -> None:
        """Offer everything, or what one needs at the beginning."""
        simple = not self._workbench.showing.view.full
        self.grid.set_simple(simple)
        self.bar.set_simple(simple)
        self.settings.set_simple(simple)

    def _make_room(self) -> None:
        """Show the settings beside the figures; where that leaves too little, one of the two."""
        room, needed = self.width(), self.settings.sizeHint().width()
        beside = needed <= SHARE * room
        wished = self.list.settings.isChecked()
        self.list.offer_settings(not beside)
        self.settings.setVisible(beside or wished)
        self._line.setVisible(beside)
        self.pages.setVisible(beside or not wished)
        if beside:
            self._across.insertWidget(0, self.settings)
        else:
            self._column.insertWidget(2, self.settings, 1)

    @property
    def panel(self) -> StepPanel:
        """The steps that are exported and copied from here: those of the network."""
        return self._cards()

    def views(self) -> tuple[QWidget, ...]:
        """The parts of the page F6 walks through."""
        return (
            self.settings.data if self.settings.isVisible() else self.list.settings,
            *(frame.figure.widget for frame in self.grid.shown),
            self.bar.scrubber,
            self.bar.step_button,
        )

    # -------------------------------------------------------------------------- commands

    def next_step(self) -> None:
        """Make one step of training."""
        self.session.step()

    def previous_step(self) -> None:
        """Look at the step before."""
        self.session.step_back()

    def next_phase(self) -> None:
        """Make ten steps."""
        self.session.steps(10)

    def first_step(self) -> None:
        """Look at the start."""
        self.session.restart()

    def last_step(self) -> None:
        """Look at the last step that was made."""
        if self.session.run is not None:
            self.session.go_to(self.session.run.length)

    def show_figure(self, key: str) -> None:
        """Give one figure the page."""
        self.session.pause()
        if self.grid.large != key:
            self.grid.enlarge(key)

    def fit_network(self) -> None:
        """Give the network the inputs and outputs of the data."""
        self._workbench.apply("Fit the network to the data", learning.fit_network)

    def calm_down(self) -> None:
        """Begin again from the same weights with a tenth of the learning rate."""
        rate = self._workbench.document.learning_rate / 10
        self.session.restart()

        def edit(document: Document) -> Document:
            return edits.set_learning_rate(document, rate)

        self._workbench.apply(f"Set the learning rate to {rate:g}", edit)

    # ------------------------------------------------------------------------- listening

    def _look_at(self, step: int) -> None:
        """Look at a step that was pointed at in a figure; the document follows a little later."""
        self.session.go_to(step, resting=False)

    def _show(self) -> None:
        run = self.session.run
        self.stopped.show_run(run, self._workbench.document.learning_rate)
        moment = self.session.moment()
        self.pages.setCurrentWidget(self.trouble if moment is None else self.scroll)
        if moment is None:
            self.trouble.words.setText(self.session.trouble)
        else:
            self.grid.show_moment(moment)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the document again."""
        super().showEvent(event)
        self.session.set_active(True)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)  # where Space is Step

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest; nothing is trained that is not seen."""
        super().hideEvent(event)
        self.session.set_active(False)
        self.pace.close()


class Stopped(QWidget):
    """Why a run could not go on, and the ways out; hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.look = QPushButton("Show the last finite step")
        self.calm = QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 18, 8)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.look)
        row.addWidget(self.calm)
        self.hide()

    def show_run(self, run: Run | None, rate: float) -> None:
        """Say why a run stopped."""
        divergence = run.divergence if run is not None else None
        self.setVisible(divergence is not None)
        if run is None or divergence is None:
            return
        self.words.setText(f"{divergence.message} {divergence.hint}")
        self.look.setVisible(run.step != run.length)
        self.calm.setText(f"Restart with {rate / 10:.3g}")
        self.calm.setVisible(rate > 0)


class Trouble(QWidget):
    """What stands in the figures' place while the data does not fit the network."""

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fit = QPushButton("Fit the network to the data")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.fit)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self.words)
        column.addSpacing(12)
        column.addLayout(row)
        column.addStretch(2)
