"""How a network is trained, as options of a command: each is the edit the window would make."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.network.datasets import Samples
    from engine.workspace.document import Document
    from engine.workspace.training import Split


def add_training_options(parser: argparse.ArgumentParser) -> None:
    """Let a command take data, cost and update other than the scene's."""
    parser.add_argument("--data", help="a CSV file, or a set such as xor; the scene's data else")
    parser.add_argument("--count", type=int, help="how many samples of a set (default: 200)")
    parser.add_argument("--noise", type=float, help="spread of a set's error (default: 0)")
    parser.add_argument("--test-share", type=float, help="part held back for the test, such as 0.2")
    parser.add_argument("--learning-rate", type=float, help="η")
    parser.add_argument("--optimizer", help="adam, momentum:μ=0.8 …")
    parser.add_argument("--schedule", help="how η changes: step:γ=0.5,n=100 …")
    parser.add_argument("--loss", help="half squared error, binary cross-entropy, huber:0.5 …")
    parser.add_argument("--l1", type=float, default=0.0, help="penalty: times the sum of |w|")
    parser.add_argument("--l2", type=float, default=0.0, help="penalty: times the sum of w²")
    parser.add_argument(
        "--sum", action="store_true", help="J is the sum over samples, not the mean"
    )
    parser.add_argument(
        "--outputs", choices=("mean", "sum"), help="what J takes over several outputs"
    )
    parser.add_argument("--batch", type=int, help="samples an update sees (default: all)")
    parser.add_argument("--seed", type=int, help="of the order of the samples, and of a set")
    parser.add_argument("--in-order", action="store_true", help="take the samples as they stand")
    parser.add_argument("--slip", action="store_true",
                        help="the famous slip: use weights that are already updated")  # fmt: skip
    parser.add_argument("--hold", default="", metavar="NAMES", help="never changed: b1,b2")
    parser.add_argument("--begin", metavar="HOW", help="draw new weights: he normal, uniform:0.5 …")
    parser.add_argument("--draw", type=int, help="the seed of that draw")


def scene_document(scene: str) -> Document:
    """Return a scene: ``chapter``, a ready one by its key, or one in a file, exported ones too."""
    from engine.workspace.document import Document
    from engine.workspace.scenes import SCENES, take_scene
    from engine.workspace.store import load, loads
    from gui.export.embedded import scene_in
    from gui.export.files import WITH_SCENE

    if scene in ("", "chapter"):
        return Document()
    if scene in {each.key for each in SCENES}:
        return replace(take_scene(Document(), scene), workspace="network")
    return loads(scene_in(scene)) if scene.lower().endswith(WITH_SCENE) else load(scene)


def with_options(document: Document, options: argparse.Namespace) -> Document:
    """Return the document with what the options ask for."""
    from engine.network.losses import Penalty
    from engine.workspace import edits, learning

    if options.l1 and options.l2:
        raise EngineError("Choose one penalty, L1 or L2.")
    if options.loss is not None:
        document = edits.set_loss(document, options.loss)
    if options.outputs is not None:
        document = edits.set_outputs(document, options.outputs)
    if options.learning_rate is not None:
        document = edits.set_learning_rate(document, options.learning_rate)
    if options.optimizer is not None:
        document = learning.set_optimizer(document, options.optimizer)
    if options.schedule is not None:
        document = learning.set_schedule(document, options.schedule)
    if options.l1 or options.l2:
        kind = "L1" if options.l1 else "L2"
        document = learning.set_penalty(document, Penalty(kind, options.l1 or options.l2))
    if options.sum:
        document = learning.set_samples(document, "sum")
    if options.batch is not None:
        document = learning.set_batch(document, options.batch)
    if options.seed is not None or options.in_order:
        document = learning.set_shuffle(document, not options.in_order, options.seed)
    if options.slip:
        document = learning.set_slip(document, True)
    held = [name.strip() for name in options.hold.split(",") if name.strip()]
    if held:
        document = learning.set_held(document, held)
    if options.begin is not None or options.draw is not None:
        document = learning.draw_weights(document, options.begin, options.draw or 0)
    return document


def with_data(document: Document, options: argparse.Namespace) -> tuple[Document, Split]:
    """Return the document with the data that is asked for, and its samples.

    A table too long for a scene is used, and the document keeps the data it had.
    """
    from engine.network.csv_files import load_csv
    from engine.network.datasets import DATASETS
    from engine.workspace import learning
    from engine.workspace.training import (
        Data,
        Split,
        TrainingError,
        from_samples,
        samples_of,
    )
    from engine.workspace.training_checks import MOST_NUMBERS

    name = options.data
    if name in DATASETS:
        data = Data(name, options.count or 200, options.noise or 0.0, options.seed or 0)
        document = learning.set_data(document, data)
    elif name is not None:
        found = load_csv(name, len(document.network.outputs))
        for note in found.notes:
            _note(note)
        if found.inputs.size + found.targets.size > MOST_NUMBERS:
            _check_widths(found, document)
            return document, Split(found, found, None, tuple(range(len(found))), ())
        document = learning.set_data(document, from_samples(found, str(name)))
    elif document.data.source in DATASETS and (options.count or options.noise):
        data = replace(
            document.data,
            count=options.count or document.data.count,
            noise=document.data.noise if options.noise is None else options.noise,
        )
        document = learning.set_data(document, data)
    if options.test_share is not None:
        document = learning.hold_back(document, options.test_share)
    try:
        return document, samples_of(document)
    except TrainingError as problem:
        raise EngineError(
            problem.message, hint="Choose a scene or a table that fit each other."
        ) from problem


def _check_widths(found: Samples, document: Document) -> None:
    network = document.network
    if found.inputs.shape[1] != len(network.inputs):
        raise EngineError(
            f"The network has {len(network.inputs)} inputs, the data {found.inputs.shape[1]}.",
            hint="Choose a scene or a table that fit each other.",
        )


def _note(note: str) -> None:
    import sys

    sys.stderr.write(f"{note}\n")
