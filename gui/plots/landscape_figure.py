"""The landscape of the cost as a figure of the descent lab."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.network.training import Trainer
from engine.workspace import learning
from engine.workspace.document import Document
from engine.workspace.training import Way
from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.moment import Moment
from gui.plots.landscape_plot import LandscapePlot
from gui.plots.landscape_view import LandscapeView
from gui.plots.moment_ground import Symbols, landscapes, pair_of, way_of

AHEAD = 60  # steps of a run that are tried while a start is carried along
MOST_AHEAD = 60_000  # samples seen by them, at most


class LandscapeFigure(Figure):
    """J over two parameters; a start set in it is the start of the next run."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._wished = ("", "")
        self._grounds, self._symbols = landscapes(), Symbols()
        self._moment: Moment | None = None
        self.plot = LandscapePlot(workbench.appearance)
        self.widget = self.plot
        self.plot.start_chosen.connect(self._start_at)
        self.plot.pair_chosen.connect(self._look_at)

    def show_moment(self, moment: Moment) -> None:
        """Draw the ground under this step, and the way to it."""
        self._moment = moment
        pair = pair_of(moment.names, self._wished)
        if pair is None:
            self.plot.show_nothing("A landscape needs two weights; this network has one.")
            return
        landscape = self._grounds.of(moment, pair)
        path = way_of(moment, pair)
        notation = moment.document.notation
        here = float(path[-1, 0]), float(path[-1, 1])
        plain = moment.settings.optimizer.startswith("gradient descent")
        self.plot.set_parameters(self._symbols.offered(moment))
        first, second = (self._symbols.one(moment, name) for name in pair)
        self.plot.show_landscape(
            LandscapeView(
                landscape,
                (first, second),
                path,
                moment.step,
                float(moment.course.noted.train[0]),
                moment.train_cost,
                landscape.slope(*here),
                moment.standing.learning_rate if plain else None,
                self._ahead,
                moment.running,
                notation.cost,
                notation.partial,
            )
        )

    def complete(self, until: float) -> bool:
        """Measure the ground under this step."""
        return self.plot.complete(until)

    def table(self) -> Sequence[Column]:
        """Return the ground and the way over it."""
        return tuple(self.plot.columns().items())

    def _ahead(self, across: float, up: float) -> NDArray[np.float64]:
        """Return the way the run would take from another start."""
        moment, seen = self._moment, self.plot.shown
        assert moment is not None
        assert seen is not None
        pair, train = seen.landscape.pair, moment.split.train
        network = moment.network.with_parameters(dict(zip(pair, (across, up), strict=True)))
        trainer = Trainer(network, train.inputs, train.targets, settings=moment.settings)
        places = [moment.names.index(name) for name in pair]
        way = [trainer.program.parameters[places]]
        for _ in range(max(5, min(AHEAD, MOST_AHEAD // len(train)))):
            if not trainer.run(1):
                break
            way.append(trainer.program.parameters[places])
        return np.array(way)

    def _start_at(self, across: float, up: float) -> None:
        moment, seen = self._moment, self.plot.shown
        if moment is None or seen is None:
            return
        fresh = dict(zip(moment.names, moment.standing.parameters.tolist(), strict=True))
        fresh |= zip(seen.landscape.pair, (across, up), strict=True)

        def edit(document: Document) -> Document:
            return learning.reach(document, list(fresh.values()), Way())

        first, second = seen.symbols
        self._workbench.settle()
        self._workbench.apply(f"Start at {first} {across:.4g}, {second} {up:.4g}", edit)

    def _look_at(self, across: str, up: str) -> None:
        self._wished = (across, up)
        if self._moment is not None:
            self.show_moment(self._moment)
