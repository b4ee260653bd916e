"""The third phase: from the outputs back, δ by δ, each computed once and used by all before it."""

from __future__ import annotations

from functools import partial

import numpy as np

from engine.network.activations import LINEAR, SOFTMAX, Activation
from engine.network.buffers import Buffers
from engine.network.costs import Errors
from engine.network.forward import Curve, slope_in_value
from engine.network.recording import LONG, Array, Call, Recorder, filling
from engine.network.updates import EarlyUpdate


def record_backward(
    buffers: Buffers,
    curves: list[Curve],
    errors: Errors,
    calls: list[Call],
    early: EarlyUpdate | None = None,
    *,
    apart: bool = False,
) -> list[Array]:
    """Record ∂J/∂z of every column and the gradients of all weights; return the δ by column.

    A long δ takes the place of f′, unless they are to stand `apart`.
    """
    slopes = _slopes(buffers, [each for each in curves if each is not errors.fused], calls)
    upstream = _start(buffers, errors, calls)
    last = len(buffers.columns) - 1
    deltas: list[Array] = []
    whole = {c.place: slopes[id(c)] for c in curves if id(c) in slopes and not apart}
    for place in range(last, -1, -1):
        column = buffers.columns[place]
        delta = column.pre_activation_gradient
        if whole.get(place, delta[:0]).shape == delta.shape and delta.size >= LONG:
            delta = whole[place]  # it is read once, for this
        above = (
            upstream if upstream is not None and place == last else buffers.gradients[column.rows]
        )
        if above is upstream and (errors.fused is not None or column.linear):
            delta = above
        else:
            for curve in curves:
                if curve.place != place:
                    continue
                if curve is errors.fused:
                    calls.append(partial(np.copyto, delta[curve.here], errors.slope))
                else:
                    _through(curve, slopes, above[curve.here], delta[curve.here], buffers, calls)
        deltas.insert(0, delta)
        sources = buffers.values[column.sources]
        if errors.summing and place == last:  # with the error, which stands behind the output
            sources = buffers.values[column.sources.start :]
            calls.append(partial(delta.dot, sources.T, buffers.last_product))
        else:
            calls.append(partial(delta.dot, sources.T, column.weight_gradient))
        if early is not None:
            early.record(column, calls)
        if place == 0:
            continue
        below = buffers.gradients[column.sources]  # and of the ones, which no one reads
        if buffers.plain and len(delta) == 1:  # one neuron above: nothing for the ones
            calls.append(partial(column.weights[:, :-1].T.dot, delta, below[:-1]))
        elif buffers.plain:
            calls.append(partial(column.weights.T.dot, delta, below))
        else:
            part = np.zeros_like(below)
            calls.append(partial(column.weights.T.dot, delta, part))
            calls.append(partial(np.add, below, part, below))
    calls.extend(errors.penalty)
    calls.extend(partial(_share, buffers.slope, places) for places in buffers.shared)
    if buffers.mask is not None:
        calls.append(partial(np.multiply, buffers.slope, buffers.mask, buffers.slope))
    return deltas


def _start(buffers: Buffers, errors: Errors, calls: list[Call]) -> Array | None:
    """Return ∂J/∂(last column); where the outputs stand elsewhere, put it there and return None."""
    if buffers.plain:
        return errors.slope
    calls.append(partial(buffers.gradients.fill, 0.0))
    if errors.fused is None:
        calls.append(partial(buffers.gradients.__setitem__, buffers.outputs, errors.slope))
    return None


def _slopes(buffers: Buffers, curves: list[Curve], calls: list[Call]) -> dict[int, Array]:
    """Record f′ of every curve that needs one; return them by the curves' identity.

    Curves of one kind in neighbouring columns whose derivative is written in their own values are
    taken in one go, with the rows of ones between.
    """
    found: dict[int, Array] = {}
    waiting: list[Curve] = []

    def flush() -> None:
        if waiting:
            found.update(_block(buffers, waiting, calls))
            waiting.clear()

    for curve in curves:
        kind = curve.activation
        if kind.plain in (LINEAR, SOFTMAX):
            continue
        if not slope_in_value(kind):
            curve.recorder.calls = calls
            found[id(curve)] = curve.recorder.value(kind.slope)
            continue
        if waiting and not _adjoining(buffers, waiting[-1], curve):
            flush()
        waiting.append(curve)
    flush()
    return found


def _adjoining(buffers: Buffers, left: Curve, right: Curve) -> bool:
    """Tell whether only a row of ones lies between two curves of one kind."""
    ends = left.here.stop == len(buffers.columns[left.place].neurons)
    near = right.place == left.place + 1 and right.here.start == 0
    return ends and near and left.activation.kind == right.activation.kind


def _block(buffers: Buffers, curves: list[Curve], calls: list[Call]) -> dict[int, Array]:
    rows = [_rows(buffers, curve) for curve in curves]
    first = rows[0].start
    values = buffers.values[first : rows[-1].stop]
    slope = Recorder({"y": values}, calls, once=True).value(curves[0].activation.slope)
    return {
        id(curve): slope[here.start - first : here.stop - first]
        for curve, here in zip(curves, rows, strict=True)
    }


def _rows(buffers: Buffers, curve: Curve) -> slice:
    start = buffers.columns[curve.place].rows.start
    return slice(start + curve.here.start, start + curve.here.stop)


def _through(
    curve: Curve,
    slopes: dict[int, Array],
    above: Array,
    delta: Array,
    buffers: Buffers,
    calls: list[Call],
) -> None:
    """Record ∂J/∂z from ∂J/∂a of one curve."""
    kind: Activation = curve.activation
    if kind.plain == SOFTMAX:
        _through_softmax(buffers.values[_rows(buffers, curve)], above, delta, calls)
    elif kind.plain == LINEAR:
        if delta.ctypes.data != above.ctypes.data:
            calls.append(partial(np.copyto, delta, above))
    else:
        calls.append(filling(np.multiply, delta, above, slopes[id(curve)]))


def _through_softmax(a: Array, above: Array, delta: Array, calls: list[Call]) -> None:
    """∂J/∂z = a · (∂J/∂a − Σ a · ∂J/∂a), the sum over the layer of its known derivatives."""
    product, total = np.empty_like(a), np.empty(a.shape[1], a.dtype)
    calls += [
        partial(np.multiply, a, above, product),
        partial(np.add.reduce, product, 0, None, total),
        partial(np.subtract, above, total, product),
        partial(np.multiply, a, product, delta),
    ]


def _share(gradient: Array, places: Array) -> None:
    """Give a shared weight's places the sum of their gradients."""
    gradient[places] = gradient[places].sum()
