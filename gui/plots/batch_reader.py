"""The readings of a moment: every neuron over the samples that are learned from, and at one."""

from __future__ import annotations

import numpy as np

from engine.calculus.functions import TABLE
from engine.network.activations import activation_called
from engine.network.network import Network
from engine.network.readings import Readings
from gui.moment import Moment

#: Of more samples than these, every second one is read, or every third.
MOST_READ = 2000


class BatchReader:
    """Measures moments one after another; its buffers are made anew only for another network."""

    def __init__(self) -> None:
        self._made: tuple[object, ...] = ()
        self._batch: Readings | None = None
        self._single: Readings | None = None
        self._single_key: tuple[object, ...] = ()

    def read(self, moment: Moment) -> Readings:
        """Return the readings over the samples; they hold until the next call."""
        train, settings = moment.split.train, moment.settings
        key = (shape_of(moment.network), settings.loss, settings.penalty, settings.samples)
        if self._batch is None or self._made[1:] != key or self._made[0] is not train:
            every = 1 + (len(train) - 1) // MOST_READ
            self._batch = Readings(
                moment.network, train.inputs[::every], train.targets[::every],
                loss=settings.loss, penalty=settings.penalty, samples=settings.samples,
            )  # fmt: skip
            self._made = (train, *key)
        self._batch.measure(moment.standing.parameters)
        return self._batch

    def read_focus(self, moment: Moment) -> Readings:
        """Return the readings at the sample in focus alone; they hold until the next call."""
        document = moment.document
        key = (shape_of(moment.network), document.x, document.y, moment.settings.loss)
        if self._single is None or self._single_key != key:
            self._single = Readings(
                moment.network, [document.x], [document.y], loss=moment.settings.loss
            )
            self._single_key = key
        self._single.measure(moment.standing.parameters)
        return self._single


def shape_of(network: Network) -> tuple[object, ...]:
    """Return what a network is but for its numbers."""
    return (
        network.inputs,
        network.outputs,
        tuple((n.name, n.layer, n.activation, n.bias is None) for n in network.neurons),
        tuple((each.name, each.source, each.target) for each in network.connections),
    )


class NeuronOptions:
    """Every neuron for a chooser: its layer, its name, how its activation is written."""

    def __init__(self) -> None:
        self._known: tuple[tuple[object, ...], list[tuple[str, str, str]]] | None = None

    def of(self, moment: Moment) -> list[tuple[str, str, str]]:
        """Return them; made anew only for another network or another way of writing."""
        key = (shape_of(moment.network), moment.document.notation)
        if self._known is None or self._known[0] != key:
            self._known = (key, _options(moment))
        return self._known[1]


def _options(moment: Moment) -> list[tuple[str, str, str]]:
    network = moment.network
    outputs = [("", name, moment.symbol(network.neuron(name).output)) for name in network.outputs]
    return outputs + [
        (f"Layer {each.layer}", each.name, moment.symbol(each.output))
        for each in network.neurons
        if each.name not in network.outputs
    ]


def written(activation: str) -> str:
    """Return how an activation is written: ``σ``, ``tanh``, ``ReLU``."""
    plain = activation_called(activation).plain
    return TABLE[plain].shown if plain in TABLE else activation


def finite(values: np.ndarray) -> np.ndarray:
    """Return the finite ones of some values."""
    return values[np.isfinite(values)]
