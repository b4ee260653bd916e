"""The command about networks: their gradients in every form."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
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
from gui.gradient_table_commands import print_nudges, print_samples
from gui.training_options import add_training_options, scene_document, with_data, with_options

if TYPE_CHECKING:
    from engine.formula.card import Card
    from engine.formula.notation import Notation
    from engine.network.observation import Observation
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
    gradients.add_argument(
        "--samples", action="store_true", help="the gradient of every sample, and their mean"
    )
    gradients.add_argument(
        "--check", action="store_true", help="nudge the --weight by every width, and compare"
    )
    add_training_options(gradients)
    add_output_options(gradients)


def scene_cards(scene: str, notation: Notation | None = None) -> tuple[Card, ...]:
    """Return all steps of a scene: ``chapter``, a ready scene, or a file."""
    document = scene_document(scene)
    if notation is not None:
        document = replace(document, notation=notation)
    return _walk(document)


# gradients


def _gradients(options: argparse.Namespace) -> int:
    if options.form == "matrix":
        return _matrix_form(options)
    if options.samples:
        return print_samples(options, *with_data(_asked(options), options))
    if options.weight is None and (options.paths or options.form or options.check):
        raise EngineError(
            "Say which derivative: the forms, paths and checks are those of one quantity.",
            hint="Add for example --weight w2.",
        )
    if options.check:
        return print_nudges(options, *with_data(_asked(options), options))
    document = _asked(options)
    if options.weight is not None:
        told = _one_derivative(document, options)
        title = f"{document.scene}: {options.weight}"
    else:
        told = _chosen(_walk(document), options.at_step)
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


def _asked(options: argparse.Namespace) -> Document:
    """Return the scene with everything the options change."""
    from engine.workspace import learning

    document = with_options(scene_document(options.file or options.scene), options)
    notation = notation_of(options)
    if notation is not None:
        document = replace(document, notation=notation)
    if options.by_hand is not None:
        document = learning.set_decimals(document, options.by_hand)
    return document


def _walk(document: Document) -> tuple[Card, ...]:
    from engine.network.schedule import schedule
    from gui.board import teller_of

    teller = teller_of(document)
    return tuple(teller.card(step) for step in schedule(document.network))


def _observed(document: Document) -> Observation:
    from engine.workspace.rounds import observation_of

    return observation_of(document)


def _one_derivative(document: Document, options: argparse.Namespace) -> tuple[Card, ...]:
    from engine.network.telling import EVERY_FORM, derivative_card, path_cards
    from gui.board import scribe_of

    found = _observed(document)
    scribe = scribe_of(document, found)
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
        given = account(_observed(document), options.weight)
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


def _matrix_form(options: argparse.Namespace) -> int:
    from engine.formula.latex import latex
    from engine.formula.plaintext import plaintext
    from engine.network.matrices import matrix_lines
    from engine.network.matrix_cards import matrix_cards
    from engine.workspace.training import settings_of
    from gui.board import by_hand

    document, split = with_data(_asked(options), options)
    samples = split.train
    lines = matrix_lines(
        document.network, samples.inputs.tolist(), samples.targets.tolist(),
        settings_of(document), by_hand(document), document.decimals or None,
    )  # fmt: skip
    scene = options.file or options.scene
    if options.output is not None:
        told = wanted(matrix_cards(lines, by_hand(document)), options)
        written = write_pictures(
            told, f"{document.scene}: matrices", options.output, each=options.each,
            theme=options.theme, scale=options.scale, options=options, document=document,
        )  # fmt: skip
        print("\n".join(map(str, written)))
        return 0
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
