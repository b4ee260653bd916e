"""The commands about networks: their gradients in every form, and training without a window."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import EngineError
from gui.command_output import (
    add_output_options,
    notation_of,
    print_cards,
    print_latex,
    wanted,
    write_pictures,
)

if TYPE_CHECKING:
    from engine.formula.card import Card
    from engine.formula.notation import Notation
    from engine.network.datasets import Samples
    from engine.workspace.document import Document

CHAPTER = "The chapter’s 1-1-1"


def register(commands: Any) -> None:
    """Add the commands to the parser's subcommands."""
    gradients = commands.add_parser("gradients", help="the gradients of a network, step by step")
    gradients.add_argument("file", nargs="?", default="", help="a scene file (default: chapter)")
    gradients.add_argument("--scene", default="chapter", help="chapter, or a scene file")
    gradients.add_argument("--at-step", default="all", help="all, a number, or a label such as B3")
    gradients.add_argument("--weight", help="one weight, bias, input, z or a: w2")
    gradients.add_argument("--paths", action="store_true", help="each path, the sum, factored out")
    gradients.add_argument(
        "--form",
        choices=("names", "formulas", "numbers", "delta", "matrix"),
        help="one rendering (default: names, formulas and numbers)",
    )
    gradients.add_argument(
        "--by-hand", type=int, choices=range(1, 11), metavar="3", help="round to so many decimals"
    )
    gradients.set_defaults(run=_gradients)
    add_output_options(gradients)
    train = commands.add_parser("train", help="train a network and write the history as CSV")
    train.add_argument("file", nargs="?", default="", help="a scene file (default: chapter)")
    train.add_argument("--steps", type=int, default=1000, help="how many updates")
    train.add_argument("--data", help="a CSV file, or a set such as xor; the scene's sample else")
    train.add_argument("--learning-rate", type=float, help="η (default: the scene's)")
    train.add_argument("--optimizer", default="gradient descent", help="adam, momentum:μ=0.8 …")
    train.add_argument("--schedule", default="constant", help="how η changes: step:γ=0.5,n=100 …")
    train.add_argument("--l1", type=float, default=0.0, help="penalty: times the sum of |w|")
    train.add_argument("--l2", type=float, default=0.0, help="penalty: times the sum of w²")
    train.add_argument("--batch", type=int, default=0, help="samples an update (default: all)")
    train.add_argument("--seed", type=int, default=0, help="of the order of the samples")
    train.add_argument("--output", type=Path, metavar="FILE", help="history as .csv; - prints it")
    train.add_argument("--save", type=Path, metavar="FILE", help="the trained scene")
    train.set_defaults(run=_train)


def scene_cards(scene: str, notation: Notation | None = None) -> tuple[Card, ...]:
    """Return all steps of a scene: ``chapter``, or a file."""
    from engine.network.walkthrough import walkthrough

    document = _document(scene, notation)
    return walkthrough(
        document.network,
        document.x,
        document.y,
        loss=document.loss,
        learning_rate=document.learning_rate,
        notation=document.notation,
    )


def _document(scene: str, notation: Notation | None = None) -> Document:
    from engine.workspace.document import Document
    from engine.workspace.store import load

    document = Document() if scene in ("", "chapter") else load(scene)
    return document if notation is None else replace(document, notation=notation)


# gradients


def _gradients(options: argparse.Namespace) -> int:
    scene = options.file or options.scene
    if options.form == "matrix":
        return _matrix_form(scene, options)
    if options.weight is None and (options.paths or options.form):
        raise EngineError(
            "Say which derivative: the forms and paths are those of one quantity.",
            hint="Add for example --weight w2.",
        )
    document = _document(scene, notation_of(options))
    if options.weight is not None:
        told = _one_derivative(document, options)
        title = f"{document.scene}: {options.weight}"
    else:
        told = _chosen(_walk(document, options.by_hand), options.at_step)
        told = wanted(told, options)
        title = document.scene
    if options.output is not None:
        written = write_pictures(
            told, title, options.output, each=options.each, theme=options.theme,
            scale=options.scale, options=options, document=document,
        )  # fmt: skip
        print("\n".join(str(path) for path in written))
    elif options.format == "latex":
        print_latex(told)
    elif options.format == "json":
        print(json.dumps(_as_data(document, told, options), ensure_ascii=False, indent=2))
    else:
        print_cards(told, sys.stdout)
    return 0


def _walk(document: Document, decimals: int | None) -> tuple[Card, ...]:
    from engine.network.schedule import schedule
    from engine.network.walkthrough import Teller

    notation = document.notation if decimals is None else _hand(document.notation)
    teller = Teller(
        document.network,
        document.x,
        document.y,
        loss=document.loss,
        learning_rate=document.learning_rate,
        notation=notation,
        decimals=decimals,
    )
    return tuple(teller.card(step) for step in schedule(document.network))


def _hand(notation: Notation) -> Notation:
    """Show rounded numbers as they are."""
    return replace(notation, significant=12)


def _one_derivative(document: Document, options: argparse.Namespace) -> tuple[Card, ...]:
    from engine.network.factors import Scribe
    from engine.network.observation import observe
    from engine.network.telling import EVERY_FORM, derivative_card, path_cards

    found = observe(
        document.network, document.x, document.y, document.loss, decimals=options.by_hand
    )
    scribe = Scribe(
        document.network,
        found.graph,
        found.values,
        found.local,
        found.gradients,
        document.learning_rate,
        document.notation if options.by_hand is None else _hand(document.notation),
    )
    if options.paths:
        return path_cards(scribe, found, options.weight)
    forms = EVERY_FORM if options.form is None else (options.form,)
    return (derivative_card(scribe, found, options.weight, forms),)


def _chosen(told: tuple[Card, ...], which: str) -> tuple[Card, ...]:
    if which == "all":
        return told
    for place, card in enumerate(told, start=1):
        if which in (card.label, str(place)):
            return (card,)
    raise EngineError(
        f"There is no step {which}.",
        hint=f"Say all, a number from 1 to {len(told)}, or a label such as {told[-1].label}.",
    )


def _as_data(
    document: Document, told: tuple[Card, ...], options: argparse.Namespace
) -> dict[str, Any]:
    from engine.formula.latex import latex
    from engine.formula.plaintext import plaintext
    from engine.network.accounts import account
    from engine.network.observation import observe

    steps = [
        {
            "label": card.label,
            "phase": card.phase,
            "sentence": card.sentence,
            "text": plaintext(card.full),
            "latex": latex(card.full),
        }
        for card in told
    ]
    data: dict[str, Any] = {"scene": options.file or options.scene, "steps": steps}
    if options.weight is not None:
        found = observe(
            document.network, document.x, document.y, document.loss, decimals=options.by_hand
        )
        given = account(found, options.weight)
        data["derivative"] = {
            "of": "J",
            "by": given.name,
            "value": given.value,
            "path_count": given.path_count,
            "paths": [
                {"names": path.names, "factors": path.factors, "product": path.product}
                for path in given.paths
            ],
            "multiplications": {"paths": given.along_paths, "backward": given.backward},
        }
    return data


def _matrix_form(scene: str, options: argparse.Namespace) -> int:
    from engine.formula.latex import latex
    from engine.formula.plaintext import plaintext
    from engine.network.matrices import matrix_lines

    document = _document(scene)
    lines = matrix_lines(document.network, [document.x], [document.y], document.loss)
    if options.output is not None:
        raise EngineError("The matrix form is printed as text, LaTeX or JSON, not drawn.")
    if options.format == "json":
        data = [
            {"name": each.name, "text": plaintext(each.formula), "latex": latex(each.formula),
             "shape": each.shape, "value": each.value.tolist()}
            for each in lines
        ]  # fmt: skip
        print(json.dumps({"scene": scene, "lines": data}, ensure_ascii=False, indent=2))
        return 0
    for each in lines:
        if options.format == "latex":
            print(f"\\[ {latex(each.formula)} \\]")
            continue
        print(plaintext(each.formula))
        for values in each.value.tolist():
            print("   " + "  ".join(f"{value: .6g}" for value in values))
    return 0


# train


def _train(options: argparse.Namespace) -> int:
    from engine.network.losses import Penalty
    from engine.network.training import Settings, Trainer
    from engine.workspace.edits import finish_run
    from engine.workspace.store import save

    if options.steps < 1:
        raise EngineError("A training takes one step or more.", hint="Write --steps 1000.")
    document = _document(options.file)
    samples = _samples(options.data, document)
    rate = document.learning_rate if options.learning_rate is None else options.learning_rate
    if options.l1 and options.l2:
        raise EngineError("Choose one penalty, L1 or L2.")
    penalty = None
    if options.l1 or options.l2:
        penalty = Penalty("L1" if options.l1 else "L2", options.l1 or options.l2)
    settings = Settings(
        document.loss, rate, options.optimizer, options.schedule, penalty,
        batch=options.batch, seed=options.seed,
    )  # fmt: skip
    for note in samples.notes:
        print(note, file=sys.stderr)
    trainer = Trainer(document.network, samples.inputs, samples.targets, settings=settings)
    _run(trainer, options.steps)
    losses = trainer.losses
    print(
        f"{trainer.round} steps: J went from {losses[0]:.6g} to {trainer.program.evaluate():.6g}."
        if len(losses)
        else "No step could be taken.",
        file=sys.stderr,
    )
    if options.output is not None:
        _write_history(options.output, trainer.losses.tolist(), trainer.stride)
    if options.save is not None:
        kept = finish_run(document, trainer.outcome())
        save(replace(kept, scene=options.save.name.partition(".")[0]), options.save)
    if trainer.divergence is not None:
        print(trainer.divergence.message, trainer.divergence.hint, sep="\n", file=sys.stderr)
        return 2
    return 0


def _samples(name: str | None, document: Document) -> Samples:
    from engine.network.csv_files import load_csv
    from engine.network.datasets import DATASETS, dataset, table

    if name is None:
        return table([document.x], [document.y])
    found = dataset(name) if name in DATASETS else load_csv(name, len(document.y))
    if found.inputs.shape[1] != len(document.x) or found.targets.shape[1] != len(document.y):
        raise EngineError(
            f"The network has {len(document.x)} inputs and {len(document.y)} outputs, the data "
            f"{found.inputs.shape[1]} and {found.targets.shape[1]} columns for them.",
            hint="Choose a scene or a table that fit each other.",
        )
    return found


def _run(trainer: Any, steps: int) -> None:
    """Train with a bar that grows; nothing is drawn where no one watches."""
    watched = sys.stderr.isatty()
    stretch = max(1, steps // 50)
    while trainer.round < steps and trainer.divergence is None:
        trainer.run(min(stretch, steps - trainer.round))
        if watched:
            done = round(40 * trainer.round / steps)
            bar = "█" * done + "·" * (40 - done)
            print(f"\r{bar} {trainer.round}/{steps}", end="", file=sys.stderr, flush=True)
    if watched:
        print(file=sys.stderr)


def _write_history(path: Path, losses: list[float], stride: int) -> None:
    rows = [("step", "J"), *((place * stride, repr(cost)) for place, cost in enumerate(losses))]
    if str(path) == "-":
        csv.writer(sys.stdout).writerows(rows)
        return
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
