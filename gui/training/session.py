"""A training under way: plays, stops, goes back; tells what is to be seen, once a frame.

The run is no part of the document while it plays. When it rests, the weights of the step that is
looked at become one edit; edits of one run that follow each other are one entry of the history.
The other way round, an edit of the document (undo too) is followed: settings change the run at the
step that is looked at, weights that belong to a run that is known lead back to it, other weights
begin another run.
"""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.errors import EngineError
from engine.network.runs import Run
from engine.network.settings import Settings
from engine.network.until import Until
from engine.workspace import learning
from engine.workspace.document import Document
from engine.workspace.training import Split, Way, samples_of, settings_of
from gui.bridge import Workbench
from gui.moment import Moment
from gui.training.courses import Kept
from gui.training.drive import Drive
from gui.training.pace import SPEEDS, Pace
from gui.training.screening import Page, Screening
from gui.training.shelf import Shelf, begun, problem_of, stands

FRAME = 16  # milliseconds
LEAST = 0.004  # seconds for drawing, however long training took
DRAWN = 0.005  # seconds of a frame after which no figure begins to be drawn
REST = 300  # milliseconds after which a scrub becomes an edit


class Session(QObject):
    """The run at hand, and those that are kept.

    Parameters
    ----------
    workbench : Workbench
    pace : Pace, optional
        Who makes the steps when it goes as fast as it can.
    page : Page, optional
        What draws the moments; while it draws one, training goes on, and `moment` is still the one
        before.
    """

    #: Another moment is on the screen, or (at rest, or without a page) to be drawn.
    advanced = Signal()
    #: The run is longer; what is on the screen is still the moment before.
    went_on = Signal()
    #: It began or ceased to play, or the list of runs is another one.
    turned = Signal()

    def __init__(
        self,
        workbench: Workbench,
        pace: Pace | None = None,
        page: Page | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self.drive = Drive(pace)
        self._screening = Screening(self._look, page)
        self._own = False
        self._active, self._stale = True, False
        self._told: tuple[int, int] | None = None  # run and step the document stands at
        self._split: Split | None = None
        self._shelf = Shelf()
        self._now: Kept | None = None
        self.trouble = ""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self.tick)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.commit)
        workbench.changed.connect(self._changed)
        workbench.gathering.connect(self.commit)
        self._follow(workbench.document)

    # ----------------------------------------------------------------------------- reading

    @property
    def run(self) -> Run | None:
        """The run at hand; None while the data does not fit the network."""
        return self._now.run if self._now else None

    @property
    def kept(self) -> tuple[Kept, ...]:
        """All runs that are known, oldest first; the one at hand among them."""
        return tuple(self._shelf.runs)

    @property
    def at_hand(self) -> Kept | None:
        """The run at hand in the list of runs."""
        return self._now

    @property
    def playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    @property
    def speed(self) -> int:
        """Which of `SPEEDS` it plays with."""
        return self.drive.speed

    @property
    def until(self) -> Until | None:
        """Where it is to stop."""
        return self.drive.until

    def moment(self) -> Moment | None:
        """Return everything of the step that is seen; None without a run."""
        return self._screening.seen

    def _look(self) -> Moment | None:
        kept, split = self._now, self._split
        if kept is None or split is None:
            return None
        run = kept.run
        return Moment(
            document=self._workbench.document,
            network=run.seen_network,
            step=run.step,
            standing=run.standing,
            settings=run.settings,
            split=split,
            train_cost=run.judged(),
            test_cost=run.judged("test"),
            course=kept.course(),
            others=tuple(each.course(kept) for each in self._shelf.runs if each is not kept),
            running=self.playing,
            divergence=run.divergence if run.step == run.length else None,
        )

    # ------------------------------------------------------------------------------ going

    def play(self, until: Until | None = None) -> None:
        """Go on by itself, until it is told to stop or comes to an end."""
        if self.run is None:
            return
        self.drive.until = until
        self.drive.count_anew(1.0)
        self._engage()
        self._timer.start()
        self.turned.emit()
        self.tick()

    def pause(self) -> None:
        """Stop here; what has been reached becomes an edit."""
        if not self.playing:
            return
        self._timer.stop()
        self.drive.disengage()
        self.drive.until = None
        self.commit()
        self.turned.emit()
        self._tell()

    def play_or_pause(self) -> None:
        """Play where it rests, rest where it plays."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def step(self) -> None:
        """Make one step and rest."""
        self.steps(1)

    def steps(self, count: int) -> None:
        """Make so many steps at once and rest."""
        self.pause()
        if self.run is not None:
            self.run.advance(count)
            self._stand()

    def step_back(self) -> None:
        """Look at the step before."""
        self.go_to(self.run.step - 1 if self.run else 0)

    def go_to(self, step: int, *, resting: bool = True) -> None:
        """Look at a step that has been made.

        Parameters
        ----------
        step : int
        resting : bool
            False while a scrubber is dragged: the document follows a little later.
        """
        self.pause()
        run = self.run
        if run is None or min(max(step, 0), run.length) == run.step:
            return
        run.go_to(min(step, run.length))
        if resting:
            self._stand()
        else:
            self._rest.start()
            self._tell()

    def restart(self) -> None:
        """Go back to the weights it began with."""
        self.go_to(0)

    def set_speed(self, speed: int) -> None:
        """Play with another of `SPEEDS`."""
        self.drive.disengage()
        self.drive.speed = min(max(speed, 0), len(SPEEDS) - 1)
        self.drive.count_anew(0.0)
        if self.playing:
            self._engage()
        self.turned.emit()

    def tick(self) -> None:
        """Make the steps of one frame, and draw for the rest of it."""
        begun, run, drive = perf_counter(), self.run, self.drive
        if run is None or not drive.engaged:
            self.pause()
            return
        before = run.step
        drive.advance(briefly=self._screening.painting)
        if run.step != before:
            self._tell()
        if not drive.working:
            self._ended(run)
        elif self._screening.go_on(max(begun + DRAWN, perf_counter() + LEAST)):
            self.advanced.emit()
        elif run.step != before:
            self.went_on.emit()
        wait = 0 if self._screening.painting else FRAME
        if self.playing and self._timer.interval() != wait:
            self._timer.start(wait)  # what is drawn is painted at once: that takes a whole frame

    def _engage(self) -> None:
        if self.run is not None:
            self.drive.engage(self.run)

    def _ended(self, run: Run) -> None:
        words = ""
        if run.divergence is not None:
            words = f"{run.divergence.message} {run.divergence.hint}"
        elif self.drive.until is not None:
            words = f"Stopped at step {run.step}."
        self.pause()
        if words:
            self._workbench.said.emit(words)

    # ------------------------------------------------------------------------------- runs

    def branch(self) -> None:
        """Go on from the step that is looked at as another run; this one is kept."""
        self.pause()
        if self._now is not None:
            self._take(self._now.run.branch(), self._now.problem)
            self._stand()

    def turn_to(self, kept: Kept) -> None:
        """Look at another of the runs; one of another cost or other data undo leads back to."""
        self.pause()
        if self._now is None or kept.problem != self._now.problem:
            self._workbench.said.emit(f"{kept.name.capitalize()} has another cost or other data.")
        elif kept in self._shelf.runs and kept is not self._now:
            self._now = kept
            self._stand()

    def forget(self, kept: Kept) -> None:
        """Take a run off the list; the one at hand stays."""
        if kept is not self._now and kept in self._shelf.runs:
            self._shelf.forget(kept)
            self._tell()
            self.turned.emit()

    def _take(self, run: Run, problem: object) -> None:
        """Look at a run that was not known; one before it that was never begun is forgotten."""
        self._now = self._shelf.put(run, problem, self._now)
        self.turned.emit()

    # --------------------------------------------------------------------------- document

    def commit(self) -> None:
        """Make the weights of the step that is looked at those of the document."""
        self._rest.stop()
        if self._now is None or self._told == (self._now.number, self._now.run.step):
            return
        run, number = self._now.run, self._now.number
        if self.playing:
            self.drive.rest()  # so that the run is whole; it goes on with the next frame
        way = Way(run.start, run.step) if run.step else Way()
        parameters, settings = run.standing.parameters.tolist(), run.settings

        def edit(document: Document) -> Document:
            return learning.reach(document, parameters, way, settings)

        self._own = True
        try:
            self._workbench.apply(_title, edit, f"run {number}")
        finally:
            self._own = False
        self._told = number, run.step
        if self.playing:
            self.drive.resume(run)

    def _stand(self) -> None:
        """Show the step that is looked at, at rest."""
        self.commit()
        self._tell()
        self.turned.emit()

    def _changed(self, before: Document, after: Document) -> None:
        if self._own:
            return
        parts = ("network", "loss", "learning_rate", "training", "data", "x", "y", "way",
                 "notation", "focus")  # fmt: skip
        if any(getattr(before, part) is not getattr(after, part) for part in parts):
            if self._active:
                self._follow(after)
            else:
                self._stale = True

    def set_active(self, active: bool) -> None:
        """Follow the document, or let it go its way until the lab is open again."""
        if active == self._active:
            return
        if not active:
            self.pause()
        self._active = active
        if active and self._stale:
            self._follow(self._workbench.document)

    def _follow(self, document: Document) -> None:
        """Look at what the document says."""
        self._stale = False
        try:
            self._split = samples_of(document)
            self.trouble = ""
        except EngineError as error:
            self.pause()
            self._now = None
            self._screening.renew()
            self.trouble = f"{error.message} {error.hint}"
            self.advanced.emit()
            self.turned.emit()
            return
        problem, settings = problem_of(document), settings_of(document)
        weights = tuple(document.network.parameters().values())
        at_hand = self._now
        if at_hand is None or at_hand.problem != problem or not stands(at_hand.run, weights):
            was_playing = self.playing
            self.pause_quietly()
            found = self._shelf.recognised(problem, document.way, weights)
            if found is not None:
                self._now = found
            else:
                self._take(begun(document, self._split, settings), problem)
            if was_playing:
                self.turned.emit()
        assert self._now is not None
        if self._now.run.settings != settings:
            self._change(self._now, settings)
        self._told = self._now.number, self._now.run.step
        self._tell()

    def _change(self, kept: Kept, settings: Settings) -> None:
        """Go on with other settings; a run that had gone further stays as it is in the list."""
        playing = self.playing
        self.drive.disengage()
        other = kept.run.change(settings)
        if other is not kept.run:
            self._take(other, kept.problem)
        if playing:
            self._engage()
        self.turned.emit()

    def pause_quietly(self) -> None:
        """Stop without an edit: the document has gone elsewhere."""
        self._timer.stop()
        self.drive.disengage()
        self._rest.stop()

    def _tell(self) -> None:
        """Say that there is another moment; while it plays, the page comes to it by itself."""
        if self.playing and self._screening.page is not None:
            self._screening.notice()
            return
        self._screening.renew()
        self.advanced.emit()


def _title(before: Document, after: Document) -> str:
    return f"Train, step {before.way.step} → {after.way.step}"
