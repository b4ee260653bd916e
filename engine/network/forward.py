"""The first phase: every column's z by one product, and the curves it is sent through."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.calculus.expression import Variable
from engine.network.activations import LINEAR, Activation, activation_called
from engine.network.buffers import Buffers, Column
from engine.network.recording import Array, Call, Recorder, buffer


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Neighbours of one column that share an activation, with what was recorded for them.

    `place` is the column, `here` their stretch of it. `centred` and `total`, for softmax only,
    hold z less the largest z and the sum of all powers.
    """

    activation: Activation
    place: int
    here: slice
    recorder: Recorder
    centred: Array | None = None
    total: Array | None = None


def record_forward(buffers: Buffers, calls: list[Call]) -> list[Curve]:
    """Record every column's z and a; return the curves, for the slopes to share their parts.

    An output that is aimed at y is left to the loss.
    """
    curves: list[Curve] = []
    for place, column in enumerate(buffers.columns):
        if buffers.aimed and column is buffers.columns[-1]:
            break
        sources = buffers.values[column.sources]
        calls.append(partial(column.weights.dot, sources, column.pre_activation))
        for activation, here in runs_of(column):
            z, a = column.pre_activation[here], buffers.values[column.rows][here]
            recorder = Recorder({"u": z, "y": a}, calls)
            if activation.whole_layer:
                curves.append(_softmax(activation, place, here, recorder, z, a))
                continue
            if activation.plain != LINEAR:
                recorder.into(activation.of("u"), a)
            elif not column.linear:
                calls.append(partial(np.copyto, a, z))
            curves.append(Curve(activation, place, here, recorder))
    return curves


def _softmax(
    activation: Activation, place: int, here: slice, recorder: Recorder, z: Array, a: Array
) -> Curve:
    """Record softmax with the largest z taken off first, so that no power is too large."""
    top, total = (buffer(z.shape[1:], z.dtype) for _ in range(2))
    centred = buffer(z.shape, z.dtype)
    recorder.calls += [
        partial(np.maximum.reduce, z, 0, None, top),
        partial(np.subtract, z, top, centred),
        partial(np.exp, centred, a),
        partial(np.add.reduce, a, 0, None, total),
        partial(np.divide, a, total, a),
    ]
    return Curve(activation, place, here, recorder, centred, total)


def runs_of(column: Column) -> list[tuple[Activation, slice]]:
    """Return stretches of neighbours with the same activation."""
    runs: list[tuple[Activation, slice]] = []
    for place, neuron in enumerate(column.neurons):
        found = activation_called(neuron.activation)
        if runs and runs[-1][0].kind == found.kind:
            runs[-1] = (found, slice(runs[-1][1].start, place + 1))
        else:
            runs.append((found, slice(place, place + 1)))
    return runs


def slope_in_value(activation: Activation) -> bool:
    """Tell whether the derivative is written in the function's own value alone."""
    return set(activation.slope.variables()) == {Variable("y").name}
