"""Tables of gradients on the command line: of every sample, and of one slope's nudges."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.workspace.document import Document
    from engine.workspace.training import Split

Row = tuple[str, list[float]]

#: A longer table is not drawn.
MOST_DRAWN = 60


def print_samples(options: argparse.Namespace, document: Document, split: Split) -> int:
    """Print the gradient of every sample, and the row they come to."""
    from engine.network.per_sample import SampleTable
    from engine.workspace.training import settings_of

    settings, train = settings_of(document), split.train
    table = SampleTable(document.network, train.inputs, train.targets, settings)
    found = [table.row(place) for place in range(len(table))]
    if options.format == "json" and options.output is None:
        given = zip(train.inputs.tolist(), train.targets.tolist(), found, strict=True)
        data: dict[str, Any] = {
            "names": table.names,
            "samples": [
                {"inputs": x, "targets": y, "outputs": row.outputs.tolist(), "loss": row.loss,
                 "gradient": row.gradient.tolist()}
                for x, y, row in given
            ],
            settings.samples: table.together.tolist(),
            "penalty": table.penalty.tolist(),
            "gradient": table.whole.tolist(),
            "J": table.cost,
        }  # fmt: skip
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return 0
    rows: list[Row] = [
        (str(place), [row.loss, *row.gradient.tolist()]) for place, row in enumerate(found, start=1)
    ]
    losses = [row.loss for row in found]
    plain = sum(losses) / (len(losses) if settings.samples == "mean" else 1)
    rows.append((settings.samples, [plain, *table.together.tolist()]))
    if settings.penalty is not None:
        rows.append(("penalty", [table.cost - plain, *table.penalty.tolist()]))
        rows.append(("together", [table.cost, *table.whole.tolist()]))
    _give(options, ["sample", "loss", *table.names], rows, document=document)
    return 0


def print_nudges(options: argparse.Namespace, document: Document, split: Split) -> int:
    """Print what nudges of every width say of one slope."""
    from engine.network.nudges import check_slope
    from engine.workspace.training import settings_of

    train = split.train
    found = check_slope(
        document.network, train.inputs, train.targets, settings_of(document), options.weight
    )
    if options.format == "json" and options.output is None:
        nudges = [
            {"h": each.width, "forward": each.forward, "central": each.central,
             "error": each.error(found.slope)}
            for each in found.nudges
        ]  # fmt: skip
        print(json.dumps({"slope": found.slope, "agrees": found.agrees, "nudges": nudges}))
        return 0
    if options.format == "text" and options.output is None:
        print(f"∂J/∂{found.name} = {found.slope:.12g} at {found.name} = {found.value:g}")
    rows = [
        (f"{each.width:.1e}", [each.forward, each.central, each.error(found.slope)])
        for each in found.nudges
    ]
    head = ["h", "(J(w+h)−J(w))/h", "(J(w+h)−J(w−h))/2h", "error"]
    _give(options, head, rows, 12, document=document)
    if options.format == "text" and options.output is None:
        print("agree ✓" if found.agrees else "do not agree ✕")
    return 0


def _give(
    options: argparse.Namespace,
    head: Sequence[str],
    rows: Sequence[Row],
    digits: int = 6,
    *,
    document: Document,
) -> None:
    """Print a table as text or LaTeX, draw it, or write it as CSV with every digit."""
    if options.output is not None and Path(options.output).suffix.lower() == ".csv":
        _write(Path(options.output), head, rows)
        return
    if options.output is not None:
        _draw(options, head, rows, document)
        return
    cells = [[name, *(f"{value:.{digits}g}" for value in values)] for name, values in rows]
    if head[-1] == "error":
        for cell, (_, values) in zip(cells, rows, strict=True):
            cell[-1] = f"{values[-1]:.1e}"
    if options.format == "latex":
        print(_latex(head, cells))
        return
    widths = [max(map(len, column)) + 2 for column in zip(head, *cells, strict=True)]
    for line in (head, *cells):
        print("".join(f"{cell:>{width}}" for cell, width in zip(line, widths, strict=True)))


def _write(path: Path, head: Sequence[str], rows: Sequence[Row]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows([name, *map(repr, values)] for name, values in rows)
    print(path)


def _draw(
    options: argparse.Namespace, head: Sequence[str], rows: Sequence[Row], document: Document
) -> None:
    """Write a table as one card in any format of cards."""
    from engine.formula.card import Card
    from engine.formula.constructs import Grid
    from engine.formula.formula import Symbol
    from engine.formula.number import number
    from engine.workspace.rounds import observation_of
    from gui.board import scribe_of
    from gui.command_output import write_pictures

    if len(rows) > MOST_DRAWN:
        raise EngineError(
            f"{len(rows)} rows are too many for a picture.", hint="Write the table as .csv."
        )
    found = observation_of(document)
    scribe = scribe_of(document, found)
    names = [
        scribe.gradient(name) if name in found.gradients else Symbol(name, "upright")
        for name in head
    ]
    cells = [
        (Symbol(name, "upright"), *(number(v, document.notation) for v in values))
        for name, values in rows
    ]
    table = Grid((tuple(names), *cells), "", "")
    card = Card(
        "Σ",
        "backward",
        "The gradient of every sample, and what they come to."
        if options.samples
        else f"∂J/∂{options.weight} against nudges of every width.",
        table,
        table,
        table,
    )
    written = write_pictures(
        (card,), document.scene, options.output, each=options.each, theme=options.theme,
        scale=options.scale, options=options, document=document,
    )  # fmt: skip
    print("\n".join(map(str, written)))


def _latex(head: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """Return a tabular; names of weights stand in text with their lines escaped."""
    lines = [f"\\begin{{tabular}}{{{'r' * len(head)}}}"]
    for place, row in enumerate((head, *cells)):
        written = [cell.replace("_", "\\_").replace("−", "-") for cell in row]
        lines.append(" & ".join(written) + r" \\" + (r" \hline" if place == 0 else ""))
    return "\n".join([*lines, "\\end{tabular}"])
