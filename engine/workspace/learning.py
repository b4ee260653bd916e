"""Edits to what is learned from and how, beside `engine.workspace.edits`: data and choices.

A change of the choices keeps the weights. A change of what J means (other data, another penalty)
ends the way behind them, since its costs are those of another problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from engine.errors import EngineError
from engine.network.losses import Penalty
from engine.network.network import Network
from engine.workspace.document import Document, Trail
from engine.workspace.placement import carried
from engine.workspace.training import (
    SAMPLE,
    TABLE,
    Data,
    Training,
    TrainingError,
    Way,
    as_table,
    samples_of,
)

if TYPE_CHECKING:
    from engine.network.settings import Settings


# ----------------------------------------------------------------------------------- choices


def set_optimizer(document: Document, optimizer: str) -> Document:
    """Change weights by another rule: ``momentum``, or ``adam:β1=0.8`` with other numbers."""
    slip = document.training.slip and optimizer == Training().optimizer
    return set_training(document, replace(document.training, optimizer=optimizer, slip=slip))


def set_schedule(document: Document, schedule: str) -> Document:
    """Let the learning rate change in another way: ``constant``, ``step:γ=0.5,n=100``."""
    return set_training(document, replace(document.training, schedule=schedule))


def set_penalty(document: Document, penalty: Penalty | None) -> Document:
    """Let the size of the weights add to the cost, or no longer; the way behind ends."""
    if penalty == document.training.penalty:
        return document
    after = set_training(document, replace(document.training, penalty=penalty))
    return replace(after, way=Way())


def set_samples(document: Document, samples: Literal["mean", "sum"]) -> Document:
    """Let J be the mean or the sum of the losses of the samples; the way behind ends."""
    if samples == document.training.samples:
        return document
    after = set_training(document, replace(document.training, samples=samples))
    return replace(after, way=Way())


def set_batch(document: Document, batch: int) -> Document:
    """Let an update see so many samples; 0 for all."""
    return set_training(document, replace(document.training, batch=batch))


def set_shuffle(document: Document, shuffle: bool, seed: int | None = None) -> Document:
    """Draw the order of the samples anew in every epoch, from a seed, or keep it."""
    seed = document.training.seed if seed is None else seed
    return set_training(document, replace(document.training, shuffle=shuffle, seed=seed))


def set_slip(document: Document, slip: bool) -> Document:
    """Make the famous slip of using the already updated weights, or the right update."""
    return set_training(document, replace(document.training, slip=slip))


def set_held(document: Document, held: Sequence[str]) -> Document:
    """Hold some weights and biases where they are."""
    unknown = set(held) - document.network.parameters().keys()
    if unknown:
        raise EngineError(f"There is no weight or bias “{min(unknown)}”.")
    return set_training(document, replace(document.training, held=tuple(held)))


def set_training(document: Document, training: Training) -> Document:
    """Take other choices; the weights stay."""
    return document if training == document.training else replace(document, training=training)


def set_decimals(document: Document, decimals: int) -> Document:
    """Round every result to so many decimals and carry it on, as by hand; 0 for exact."""
    return document if decimals == document.decimals else replace(document, decimals=decimals)


# ----------------------------------------------------------------------------------- weights


def draw_weights(document: Document, initializer: str | None = None, draw: int = 0) -> Document:
    """Give every weight a new value, drawn from a seed; biases are 0 and the way behind ends.

    Parameters
    ----------
    document : Document
    initializer : str, optional
        See `engine.network.initializers`; the one chosen before, unless given.
    draw : int
        The seed: the same one gives the same weights, always.
    """
    from engine.network.initializers import initialized

    kind = document.training.initializer if initializer is None else initializer
    return replace(
        document,
        network=initialized(document.network, kind, draw),
        training=replace(document.training, initializer=kind, draw=draw),
        step=0,
        trail=Trail(),
        way=Way(),
    )


def reach(
    document: Document, parameters: Sequence[float], way: Way, settings: Settings | None = None
) -> Document:
    """Keep the weights a training in the descent lab has reached, and where it began.

    Parameters
    ----------
    document : Document
    parameters : sequence of float
        In the order of `Network.parameters`.
    way : Way
    settings : Settings, optional
        What holds at that step, where that is not what the document says: earlier on the way it
        may have been trained in another way.
    """
    names = document.network.parameters()
    network = document.network.with_parameters(dict(zip(names, parameters, strict=True)))
    if settings is not None:
        document = _as_trained(document, settings)
    if network == document.network and way == document.way:
        return document
    return replace(document, network=network, way=way, step=0, trail=Trail())


def _as_trained(document: Document, settings: Settings) -> Document:
    chosen = replace(
        document.training,
        optimizer=settings.optimizer, schedule=settings.schedule, batch=settings.batch,
        shuffle=settings.shuffle, seed=settings.seed, slip=settings.slip, held=settings.held,
    )  # fmt: skip
    after = set_training(document, chosen)
    if settings.learning_rate == after.learning_rate:
        return after
    return replace(after, learning_rate=settings.learning_rate)


# -------------------------------------------------------------------------------------- data


def set_data(document: Document, data: Data, *, fit: bool = False) -> Document:
    """Learn from other data; its first sample comes into focus and the way behind ends.

    Parameters
    ----------
    document : Document
    data : Data
    fit : bool
        Whether a network with other inputs or outputs is replaced by one that fits: see `fitted`.
    """
    if data == document.data:
        return fit_network(document) if fit else document
    after = replace(document, data=data, focus=-1, way=Way())
    if fit:
        after = fit_network(after)
    try:
        samples_of(after)
    except TrainingError:
        return after  # the lab says so, and what can be done
    return after if data.source == SAMPLE else focus(after, 0)


def fit_network(document: Document) -> Document:
    """Give the network as many inputs and outputs as the data has; hidden layers keep their size.

    Where it fits already, nothing changes.
    """
    from engine.workspace.training import split_of

    if document.data.source == SAMPLE:
        return document
    whole = split_of(document.data).whole
    wide, wanted = whole.inputs.shape[1], whole.targets.shape[1]
    network = fitted(document.network, wide, wanted)
    if network is document.network:
        return document
    x, y = whole.sample(0)
    return replace(
        document, network=network, x=x, y=y, step=0, trail=Trail(), way=Way(),
        placement=carried(document.placement, document.network, network),
        scene=f"A {'-'.join(map(str, network.sizes))} network",
        training=replace(document.training, held=()),
    )  # fmt: skip


def fitted(network: Network, inputs: int, outputs: int) -> Network:
    """Return a layered network of so many inputs and outputs, else as this one is."""
    from engine.network.network import layered

    if (len(network.inputs), len(network.outputs)) == (inputs, outputs):
        return network
    hidden = [len(column) for column in network.columns[:-1]]
    kinds = [column[0].activation for column in network.columns]
    return layered((inputs, *hidden, outputs), kinds, seed=1)


def focus(document: Document, place: int) -> Document:
    """Look at another sample of the data: x and y become its numbers."""
    whole = samples_of(document).whole
    if not 0 <= place < len(whole):
        raise EngineError(f"There are {len(whole)} samples; there is no number {place + 1}.")
    x, y = whole.sample(place)
    if (x, y, place) == (document.x, document.y, document.focus):
        return document
    way = document.way if document.data.source != SAMPLE else Way()
    return replace(document, x=x, y=y, focus=place, step=0, trail=Trail(), way=way)


def add_sample(document: Document, x: Sequence[float], y: Sequence[float]) -> Document:
    """Add a sample; a classic set becomes a table of one's own."""
    data = as_table(document)
    return _tabled(document, data, (*data.rows, (*map(float, x), *map(float, y))))


def change_sample(
    document: Document,
    place: int,
    x: Sequence[float] | None = None,
    y: Sequence[float] | None = None,
) -> Document:
    """Give a sample other inputs or other wanted values."""
    data = as_table(document)
    _check_place(data, place)
    given = len(data.columns) - data.wanted
    old = data.rows[place]
    new = (*(old[:given] if x is None else map(float, x)),
           *(old[given:] if y is None else map(float, y)))  # fmt: skip
    return _tabled(document, data, (*data.rows[:place], new, *data.rows[place + 1 :]))


def remove_samples(document: Document, places: Sequence[int]) -> Document:
    """Take samples away; one stays."""
    data = as_table(document)
    for place in places:
        _check_place(data, place)
    gone = set(places)
    rows = tuple(row for place, row in enumerate(data.rows) if place not in gone)
    if not rows:
        raise TrainingError("A network learns from one sample at least.")
    return _tabled(document, data, rows)


def hold_back(document: Document, share: float) -> Document:
    """Keep a part of the samples for the test; the data's seed says which."""
    data = document.data
    if data.source == SAMPLE:
        raise TrainingError(
            "There is one sample, and nothing to hold back.", hint="Choose data first."
        )
    changed = replace(data, test_share=share)
    return document if changed == data else replace(document, data=changed, way=Way())


def _tabled(document: Document, data: Data, rows: tuple[tuple[float, ...], ...]) -> Document:
    """Put a table with other rows in the place of the data; the sample in focus stays in it."""
    after = replace(data, source=TABLE, rows=rows, count=len(rows))
    if after == document.data:
        return document
    place = min(max(document.focus, 0), len(rows) - 1)
    return focus(replace(document, data=after, focus=-1, way=Way()), place)


def _check_place(data: Data, place: int) -> None:
    if not 0 <= place < len(data.rows):
        raise EngineError(f"There are {len(data.rows)} samples; there is no number {place + 1}.")
