"""The command that trains without a window, with a bar that grows and a history as CSV."""

from __future__ import annotations

import argparse
import csv
import math
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import EngineError
from gui.training_options import add_training_options, scene_document, with_data, with_options

if TYPE_CHECKING:
    from engine.network.runs import Run
    from engine.network.until import Until
    from engine.workspace.document import Document

#: The bar has so many places, and moves as often.
WIDTH = 40


def register(commands: Any) -> None:
    """Add the command to the parser's subcommands."""
    train = commands.add_parser("train", help="train a network and write the history as CSV")
    train.add_argument(
        "file", nargs="?", default="", help="a scene file, or a ready scene such as xor"
    )
    train.add_argument("--steps", type=int, default=1000, help="how many updates, at most")
    train.add_argument("--until-loss", type=float, metavar="J", help="stop when J is below")
    train.add_argument("--until-gradient", type=float, metavar="G", help="stop when it is shorter")
    train.add_argument("--epochs", type=int, help="stop when all samples were seen so often")
    add_training_options(train)
    train.add_argument("--output", type=Path, metavar="FILE", help="history as .csv; - prints it")
    train.add_argument("--save", type=Path, metavar="FILE", help="the trained scene")
    train.add_argument(
        "--flow", action="store_true", help="the gradient of each layer, and neurons in a bad way"
    )
    train.set_defaults(run=_train)


def _train(options: argparse.Namespace) -> int:
    from engine.network.runs import Run
    from engine.workspace.store import save
    from engine.workspace.training import settings_of

    if options.steps < 1:
        raise EngineError("A training takes one step or more.", hint="Write --steps 1000.")
    document, split = with_data(with_options(scene_document(options.file), options), options)
    run = Run(document.network, split.train, split.test, settings_of(document))
    reached = _go(run, options.steps, _end(options))
    print(_summary(run, reached), file=sys.stderr)
    if options.flow:
        print(*_flow(run, document), sep="\n")
    if options.output is not None:
        _write_history(options.output, run)
    if options.save is not None:
        kept = _kept(document, run)
        save(replace(kept, scene=options.save.name.partition(".")[0]), options.save)
    if run.divergence is not None:
        print(run.divergence.message, run.divergence.hint, sep="\n", file=sys.stderr)
        return 2
    return 0


def _end(options: argparse.Namespace) -> Until | None:
    """Return where it is to stop before its steps are made."""
    from engine.network.until import Until

    ends = [
        Until(kind, value)
        for kind, value in (
            ("loss", options.until_loss),
            ("gradient", options.until_gradient),
            ("epoch", options.epochs),
        )
        if value is not None
    ]
    if len(ends) > 1:
        raise EngineError("Say one end: a cost, a gradient, or a number of epochs.")
    return ends[0] if ends else None


def _go(run: Run, steps: int, until: Until | None) -> bool:
    """Train with a bar that grows; nothing is drawn where no one watches."""
    from engine.network.until import advance_until

    watched = sys.stderr.isatty()
    stretch = max(1, steps // WIDTH)
    reached = False
    while run.length < steps and run.divergence is None and not reached:
        reached = advance_until(run, min(stretch, steps - run.length), until)
        if watched:
            done = WIDTH if reached else round(WIDTH * run.length / steps)
            bar = "█" * done + "·" * (WIDTH - done)
            cost = f"J {run.last_cost:.4g}"
            print(f"\r{bar} {run.length}/{steps}  {cost:12}", end="", file=sys.stderr, flush=True)
    if watched:
        print(file=sys.stderr)
    return reached


def _summary(run: Run, reached: bool) -> str:
    if not run.length:
        return "No step could be taken."
    words = f"{run.length} steps: J went from {run.losses[0]:.6g} to {run.last_cost:.6g}."
    if run.test is not None:
        words += f" The test cost is {run.judged('test'):.6g}."
    return words + (" The end that was asked for is reached." if reached else "")


def _flow(run: Run, document: Document) -> list[str]:
    """Return how much of the gradient reaches each layer, in the words of the window's plot."""
    from engine.formula.names import name as name_of
    from engine.formula.plaintext import plaintext
    from engine.network.flow import flow_of
    from engine.network.health import health_of
    from engine.network.readings import Readings
    from gui.board import cast_of

    settings, network = run.settings, run.seen_network
    readings = Readings(
        network, run.train.inputs, run.train.targets,
        loss=settings.loss, penalty=settings.penalty, samples=settings.samples,
    )  # fmt: skip
    readings.measure()
    flow, cast = flow_of(readings), cast_of(document)
    lines = [f"layer {layer.number}: mean |δ| {layer.mean:.4g}" for layer in flow.layers]
    ill = [each for each in health_of(readings) if each.state != "working"]
    names = {each.name: each.output for each in network.neurons}
    shown = {
        key: plaintext(name_of(value, document.notation, cast)) for key, value in names.items()
    }
    return [*lines, flow.words, *(each.words(shown[each.neuron]) for each in ill)]


def _kept(document: Document, run: Run) -> Document:
    """Return the document with what was reached, as the window would keep it."""
    from engine.network.settings import Outcome
    from engine.workspace import learning
    from engine.workspace.edits import finish_run
    from engine.workspace.training import Way

    reached = tuple(run.standing.parameters.tolist())
    if document.data.source or run.loss_stride > 1:
        return learning.reach(document, reached, Way(run.start, run.length))
    outcome = Outcome(reached, tuple(run.losses.tolist()), (), run.divergence)
    return finish_run(document, outcome)


def _write_history(path: Path, run: Run) -> None:
    """Write a row for each step: J, and the test cost where it was noted."""
    rows: list[tuple[object, ...]] = [("step", "J")]
    losses = enumerate(run.losses.tolist())
    rows += [(place * run.loss_stride, repr(cost)) for place, cost in losses]
    if run.test is not None:
        noted = {place * run.notes.stride: cost for place, cost in enumerate(run.notes.test)}
        rows = [("step", "J", "test"), *((*row, _noted(noted, row[0])) for row in rows[1:])]
    if str(path) == "-":
        csv.writer(sys.stdout).writerows(rows)
        return
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _noted(noted: dict[int, float], step: object) -> str:
    cost = noted.get(step, math.nan) if isinstance(step, int) else math.nan
    return "" if math.isnan(cost) else repr(cost)
