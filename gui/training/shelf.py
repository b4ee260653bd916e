"""The runs that are known: numbered, found again by the weights they lead to, forgotten in turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from time import perf_counter

from engine.network.runs import Run
from engine.network.settings import Settings
from engine.workspace.document import Document
from engine.workspace.training import Split, Way
from gui.training.courses import Kept

MOST_KEPT = 8

#: A run that lies behind the weights of a file is made again if it takes no longer than this, in
#: seconds; else the run begins at those weights.
PATIENCE = 0.4
_PIECE = 100


@dataclass(slots=True)
class Shelf:
    """All runs that are known, oldest first."""

    runs: list[Kept] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def put(self, run: Run, problem: object, instead: Kept | None = None) -> Kept:
        """Keep a run; one that was never begun gives it its place and its number."""
        number = 0
        if instead is not None and instead.run.length == 0 and instead in self.runs:
            number = instead.number
            self.runs.remove(instead)
        kept = Kept(number or next(self._numbers), run, problem)
        self.runs.append(kept)
        del self.runs[:-MOST_KEPT]
        return kept

    def forget(self, kept: Kept) -> None:
        """Take a run off."""
        self.runs.remove(kept)

    def recognised(self, problem: object, way: Way, weights: tuple[float, ...]) -> Kept | None:
        """Return the run that leads to these weights, and look at them; None without one."""
        start, step = (way.start, way.step) if way.start else (weights, 0)
        for kept in reversed(self.runs):
            run = kept.run
            if kept.problem == problem and run.start == start and step <= run.length:
                before = run.step
                run.go_to(step)
                if stands(run, weights):
                    return kept
                run.go_to(before)
        return None


def begun(document: Document, split: Split, settings: Settings) -> Run:
    """Return a run that stands at the document's weights.

    The way behind them is made again where it can be: it must be short, and lead to exactly these
    weights. Otherwise they are its start.
    """
    network, way = document.network, document.way
    weights = tuple(network.parameters().values())
    if way.step and len(way.start) == len(weights):
        names = network.parameters()
        start = network.with_parameters(dict(zip(names, way.start, strict=True)))
        run = Run(start, split.train, split.test, settings)
        end = perf_counter() + PATIENCE
        while run.step < way.step and perf_counter() < end:
            if not run.advance(min(_PIECE, way.step - run.step)):
                break
        if run.step == way.step and stands(run, weights):
            return run
    return Run(network, split.train, split.test, settings)


def stands(run: Run, weights: tuple[float, ...]) -> bool:
    """Tell whether a run looks at exactly these weights."""
    return tuple(run.standing.parameters.tolist()) == weights


def problem_of(document: Document) -> object:
    """Return what J is a function of, beside the weights: equal ones can be compared."""
    network = document.network
    empty = network.with_parameters(dict.fromkeys(network.parameters(), 0.0))
    sample = () if document.data.source else (document.x, document.y)
    chosen = document.training
    return empty, document.loss, chosen.penalty, chosen.samples, document.data, sample
