"""Optimisers side by side as a figure of the descent lab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from engine.network.optimizers import optimizer_called
from engine.network.race import MOST_STEPS, Entrant, Race, entrants
from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.moment import Moment
from gui.plots.moment_ground import Symbols, landscapes, pair_of
from gui.plots.race_plot import RacePlot
from gui.plots.race_view import RaceView, lane_view

AT_ONCE, AT_REST = 0.001, 0.012  # seconds of a moment, and of a turn at rest, for taking steps
USUAL = 0.1  # of gradient descent, where the run has another rule


class RaceFigure(Figure):
    """All optimisers from the start of the run; the run's own one with its own numbers."""

    def __init__(self, workbench: Workbench) -> None:
        self._wished = ("", "")
        self._rates: dict[str, float] = {}
        self._grounds, self._symbols = landscapes(), Symbols()
        self._race: Race | None = None
        self._key: tuple[object, ...] = ()
        self._moment: Moment | None = None
        self.plot = RacePlot(workbench.appearance)
        self.widget = self.plot
        self.plot.pair_chosen.connect(self._look_at)
        self.plot.rate_chosen.connect(self._change_rate)

    def show_moment(self, moment: Moment) -> None:
        """Draw all ways up to this step, as far as they have been taken."""
        self._moment = moment
        pair = pair_of(moment.names, self._wished)
        if pair is None:
            self._race = None
            self.plot.show_nothing("A landscape needs two weights; this network has one.")
            return
        start = moment.course.noted.parameters[0]
        landscape = self._grounds.of(moment, pair, start)
        places = [moment.names.index(name) for name in pair]
        begin = float(start[places[0]]), float(start[places[1]])
        field = self._field(moment)
        key = landscape, begin, tuple(field)
        if self._race is None or key != self._key:
            self._race = self._raced(key)
            self._key = key
        self._take(moment.step, AT_ONCE)
        self._draw(moment)

    def refine(self) -> bool:
        """Take more of the steps that are missing."""
        moment, race = self._moment, self._race
        if moment is None or race is None:
            return False
        before = _steps(race, moment.step)
        if before >= min(moment.step, MOST_STEPS):
            return False
        self._take(moment.step, AT_REST)
        self._draw(moment)
        return _steps(race, moment.step) > before

    def table(self) -> Sequence[Column]:
        """Return the ways of all optimisers."""
        return tuple(self.plot.columns())

    def _field(self, moment: Moment) -> list[Entrant]:
        """Return who takes part: the run's own optimiser as the run has it."""
        settings = moment.settings
        own = optimizer_called(settings.optimizer).name
        plain = settings.learning_rate if own == "gradient descent" else USUAL
        field = []
        for each in entrants(plain):
            if each.optimizer == own:
                each = Entrant(settings.optimizer, settings.learning_rate)
            rate = self._rates.get(optimizer_called(each.optimizer).name)
            field.append(each if rate is None else replace(each, learning_rate=rate))
        return field

    def _raced(self, key: tuple[object, ...]) -> Race:
        """Return a race; where only some take part anew, the others go on."""
        landscape, begin, field = key
        before = self._key
        if self._race is not None and before[:2] == key[:2]:
            for place, entrant in enumerate(field):
                if self._race.lanes[place].entrant != entrant:
                    self._race.exchange(place, entrant)
            return self._race
        return Race(landscape, begin, field)

    def _take(self, step: int, seconds: float) -> None:
        """Take steps up to one, as long as there is time."""
        race = self._race
        assert race is not None
        ends = perf_counter() + seconds
        here = _steps(race, step)
        while here < min(step, MOST_STEPS) and perf_counter() < ends:
            here += 1
            race.run_to(here)

    def _draw(self, moment: Moment) -> None:
        race = self._race
        assert race is not None
        step = _steps(race, moment.step)
        notation = moment.document.notation
        first, second = (self._symbols.one(moment, name) for name in race.landscape.pair)
        self.plot.set_parameters(self._symbols.offered(moment))
        self.plot.show_race(
            RaceView(
                race.landscape,
                (first, second),
                tuple(lane_view(lane, step) for lane in race.lanes),
                step,
                moment.step,
                float(race.lanes[0].costs[0]),
                moment.running,
                0 < moment.settings.batch < len(moment.split.train),
                notation.cost,
                notation.learning_rate,
            )
        )

    def _look_at(self, across: str, up: str) -> None:
        self._wished = (across, up)
        if self._moment is not None:
            self.show_moment(self._moment)

    def _change_rate(self, place: int, rate: float) -> None:
        if self._race is not None and self._moment is not None:
            self._rates[self._race.lanes[place].rule.name] = rate
            self.show_moment(self._moment)


def _steps(race: Race, wanted: int) -> int:
    """Return how many steps of those wanted have been taken by all that have not run away."""
    running = [lane.steps for lane in race.lanes if lane.stopped is None]
    return min([wanted, *running])
