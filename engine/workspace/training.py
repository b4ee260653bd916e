"""What is learned from and how, as a document keeps it: plain numbers and names, all frozen.

`samples_of` turns the data into tables, `settings_of` the choices into what a `Trainer` takes.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.errors import EngineError, counted
from engine.network.method import Method

if TYPE_CHECKING:
    from engine.network.datasets import Samples
    from engine.network.settings import Settings
    from engine.workspace.document import Document

#: The data is a table of one's own, or nothing but the sample on the network's page.
TABLE, SAMPLE = "table", ""


class TrainingError(EngineError):
    """Data or choices that no training can be made with."""


@dataclass(frozen=True, slots=True)
class Training(Method):
    """How the network is trained, beside its cost and learning rate, and how it began.

    Parameters
    ----------
    initializer : str
        How new weights are drawn; see `engine.network.initializers`.
    draw : int
        The seed of that draw.
    """

    initializer: str = "xavier uniform"
    draw: int = 0


@dataclass(frozen=True, slots=True)
class Data:
    """What is learned from.

    Parameters
    ----------
    source : str
        ``""`` for the sample on the network's page alone, the name of a classic set (see
        `engine.network.datasets`), or ``"table"``.
    count, noise, seed : int, float, int
        Of a classic set: how many samples, the spread of their error, the draw.
    columns : tuple of str
        Of a table: what its columns are called, inputs first.
    rows : tuple of tuple of float
        Of a table: a sample each, inputs first.
    wanted : int
        Of a table: how many of the last columns are wanted values.
    origin : str
        Of a table: the file it was read from; empty where it was typed.
    test_share : float
        Which part of the samples is held back for the test, 0 to 0.9; chosen by `seed`.
    """

    source: str = SAMPLE
    count: int = 200
    noise: float = 0.0
    seed: int = 0
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[float, ...], ...] = ()
    wanted: int = 1
    origin: str = ""
    test_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Way:
    """The training that lies behind the present weights, in the descent lab.

    Parameters
    ----------
    start : tuple of float
        Weights and biases at step 0, in the order of `Network.parameters`; empty where the
        present weights are the start.
    step : int
        How many updates were made since.
    """

    start: tuple[float, ...] = ()
    step: int = 0


#: The choices, the data and the way at the start.
PLAIN, ALONE, UNTRAINED = Training(), Data(), Way()


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """The samples that are learned from, and those that are held back; the places are the data's.

    `whole` is all samples in the order of the data.
    """

    whole: Samples
    train: Samples
    test: Samples | None
    train_places: tuple[int, ...]
    test_places: tuple[int, ...]


def settings_of(document: Document) -> Settings:
    """Return what a `Trainer` takes: cost, learning rate and choices of a document."""
    from engine.network.settings import Settings

    chosen = {each.name: getattr(document.training, each.name) for each in fields(Method)}
    return Settings(loss=document.loss, learning_rate=document.learning_rate, **chosen)


def samples_of(document: Document) -> Split:
    """Return the samples a document's network is trained with.

    Raises
    ------
    EngineError
        Where the network has other inputs or outputs than the data.
    """
    data = document.data
    split = _alone(document.x, document.y) if data.source == SAMPLE else split_of(data)
    wide, wanted = split.whole.inputs.shape[1], split.whole.targets.shape[1]
    network = document.network
    if (wide, wanted) != (len(network.inputs), len(network.outputs)):
        raise TrainingError(
            f"The data has {counted(wide, 'input')} and {counted(wanted, 'wanted value')}; the "
            f"network has {counted(len(network.inputs), 'input')} and "
            f"{counted(len(network.outputs), 'output')}.",
            hint="Choose other data, or fit the network to it.",
        )
    return split


@lru_cache(maxsize=8)
def split_of(data: Data) -> Split:
    """Return the samples of a classic set or a table, some of them held back for the test."""
    import numpy as np

    whole = _whole(data)
    held = min(round(data.test_share * len(whole)), len(whole) - 1)
    if not held:
        return Split(whole, whole, None, tuple(range(len(whole))), ())
    order = np.random.default_rng([data.seed, 1]).permutation(len(whole))
    test, train = sorted(order[:held].tolist()), sorted(order[held:].tolist())
    return Split(whole, _chosen(whole, train), _chosen(whole, test), tuple(train), tuple(test))


def as_table(document: Document) -> Data:
    """Return the document's data as a table, a row each, so that its samples can be changed."""
    data = document.data
    if data.source == TABLE:
        return data
    whole = samples_of(document).whole
    rows = tuple(
        (*x, *y) for x, y in zip(whole.inputs.tolist(), whole.targets.tolist(), strict=True)
    )
    wanted = whole.targets.shape[1]
    return Data(
        TABLE, len(rows), seed=data.seed, columns=whole.names, rows=rows, wanted=wanted,
        test_share=data.test_share,
    )  # fmt: skip


def from_samples(samples: Samples, origin: str = "") -> Data:
    """Return a table that was read as a document's data."""
    rows = tuple(
        (*x, *y) for x, y in zip(samples.inputs.tolist(), samples.targets.tolist(), strict=True)
    )
    wanted = samples.targets.shape[1]
    return Data(TABLE, len(rows), columns=samples.names, rows=rows, wanted=wanted, origin=origin)


def _whole(data: Data) -> Samples:
    from engine.network.datasets import Samples, dataset, table

    if data.source != TABLE:
        return dataset(data.source, data.count, data.noise, data.seed)
    given = len(data.columns) - data.wanted
    found = table([row[:given] for row in data.rows], [row[given:] for row in data.rows])
    return Samples(found.inputs, found.targets, data.columns)


@lru_cache(maxsize=4)
def _alone(x: tuple[float, ...], y: tuple[float, ...]) -> Split:
    from engine.network.datasets import table

    whole = table([x], [y])
    return Split(whole, whole, None, (0,), ())


def _chosen(samples: Samples, places: list[int]) -> Samples:
    from engine.network.datasets import Samples

    return Samples(samples.inputs[places], samples.targets[places], samples.names)
