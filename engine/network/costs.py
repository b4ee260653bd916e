"""The second phase: the cost, and the derivatives with respect to the outputs it hands back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from engine.calculus.expression import Expression, Number, Power, Variable, subtract
from engine.network.activations import SOFTMAX
from engine.network.buffers import Buffers
from engine.network.equations import fusion_of, weight_names
from engine.network.forward import Curve
from engine.network.fusions import Fusion
from engine.network.losses import Loss, Penalty
from engine.network.network import Network
from engine.network.recording import Array, Call, Recorder, buffer, factored, filling

_ERROR = subtract(Variable("a"), Variable("y"))


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """What the loss hands back.

    Parameters
    ----------
    slope : ndarray of shape (outputs, batch)
        ∂J/∂a of the outputs, or ∂J/∂z where `fused`, up to `factor`.
    fused : Curve or None
        The curve of the outputs, where it was taken together with the loss.
    penalty : list of callable
        Calls that add the slope of the penalty to the gradient of the weights.
    scale : float
        J is what stands in the place of the cost times this, so that a step saves a call.
    factor : float
        So is a gradient what the backward phase leaves times this.
    summing : list of callable
        Calls that leave J / `scale` in the place of the cost, where otherwise the backward phase
        does; empty where the loss phase has done so.
    """

    slope: Array
    fused: Curve | None
    penalty: list[Call]
    scale: float
    factor: float
    summing: list[Call] = field(default_factory=list)


def record_loss(
    network: Network,
    buffers: Buffers,
    curves: list[Curve],
    targets: Array,
    loss: Loss,
    penalty: Penalty | None,
    share: int,
    cost: Array,
    calls: list[Call],
    backward: list[Call],
    lazy: bool,
) -> Errors:
    """Record J into `cost`, up to a factor, and its derivatives into the backward phase.

    They too are left without their factor where `lazy`.
    """
    fusion = fusion_of(network, loss.name)
    if loss.mean:
        share *= len(network.outputs)
    rows = buffers.outputs
    outputs = buffers.values[rows]
    if not isinstance(rows, slice):
        calls.append(partial(np.take, buffers.values, rows, 0, outputs, "clip"))
    if cost is buffers.square:
        return _squares(loss, buffers, share, calls, backward, lazy)
    curve = _curve_of_outputs(buffers, curves) if fusion is not None else None
    factor = 1.0
    if fusion is not None and curve is not None:
        scale, recorder, delta = _fused(
            fusion, buffers, curve, outputs, targets, share, cost, calls
        )
        recorder.calls = backward
        slope, factor = record_scaled(delta, recorder, share, targets.shape, lazy)
    elif loss.separable:
        recorder = Recorder({"a": outputs, "y": targets}, calls)
        scale = record_total(loss.computed_expression, recorder, share, cost)
        recorder.calls = backward
        slope, factor = record_scaled(loss.computed_slope, recorder, share, targets.shape, lazy)
    else:
        scale, slope = _together(network, loss, outputs, targets, share, cost, calls, backward)
    if penalty is None or not penalty.coefficient:
        return Errors(slope, curve, [], scale, factor)
    calls.append(partial(np.multiply, cost, np.array(scale, cost.dtype), cost))
    return Errors(slope, curve, _penalty(network, buffers, penalty, cost, calls), 1.0, 1.0)


def squares_its_error(buffers: Buffers, loss: Loss, penalty: Penalty | None) -> bool:
    """Tell whether J is a factor times the squares of the error of one linear output."""
    last = buffers.columns[-1]
    alone = buffers.plain and last.linear and len(last.neurons) == 1
    if not (alone and penalty is None and loss.separable):
        return False
    body = factored(loss.expression)[1]
    return isinstance(body, Power) and body.exponent == Number("2") and body.base == _ERROR


def _squares(
    loss: Loss,
    buffers: Buffers,
    share: int,
    calls: list[Call],
    backward: list[Call],
    lazy: bool,
) -> Errors:
    """Record the error of one output, whose squares the backward phase adds up: Σ δ · (a − y)."""
    last = buffers.columns[-1]
    sources = buffers.values[last.sources.start : last.rows.stop]
    calls.append(partial(buffers.last_weights.dot, sources, buffers.error))
    error, square = buffers.error, buffers.square
    steepness = factored(loss.slope)[0] / share
    row, slope = error.reshape(-1), error
    summing: list[Call] = [partial(row.dot, row, square)]
    if not lazy and steepness != 1:
        slope, scale = buffer(error.shape, error.dtype), np.array(steepness, error.dtype)
        backward.append(filling(np.multiply, slope, error, scale))
        summing.append(partial(np.multiply, square, scale, square))
    steepness = steepness if slope is error else 1.0
    factor = factored(loss.expression)[0] / factored(loss.slope)[0]
    return Errors(slope, None, [], factor * steepness, steepness, summing)


def _curve_of_outputs(buffers: Buffers, curves: list[Curve]) -> Curve | None:
    """Return the curve that all outputs, and only they, are sent through; None without one."""
    for curve in curves:
        start = buffers.columns[curve.place].rows.start
        if buffers.outputs == slice(start + curve.here.start, start + curve.here.stop):
            return curve
    return None


def record_total(expression: Expression, recorder: Recorder, share: float, out: Array) -> float:
    """Record the sum of an expression over all its places; return by what it is to be multiplied.

    That is for the expression's own factor, and a division by `share`. A sum of squares is one
    product of a vector with itself.
    """
    factor, body = factored(expression)
    if isinstance(body, Power) and body.exponent == Number("2"):
        parts = other = recorder.value(body.base).reshape(-1)
    else:
        parts = recorder.value(body).reshape(-1)
        other = np.ones_like(parts)
    recorder.calls.append(partial(parts.dot, other, out))
    return factor / share


def record_scaled(
    expression: Expression,
    recorder: Recorder,
    share: float,
    shape: tuple[int, ...],
    lazy: bool = False,
) -> tuple[Array, float]:
    """Record an expression divided by `share`; return where it will stand, up to a factor, and it.

    The factor is 1 unless `lazy`.
    """
    factor, body = factored(expression)
    found = recorder.value(body)
    if found.shape == shape and (lazy or factor == share):
        return found, factor / share
    out = buffer(shape, found.dtype)
    scale = np.array(factor / share, found.dtype)
    recorder.calls.append(filling(np.multiply, out, found, scale))
    return out, 1.0


def _fused(
    fusion: Fusion,
    buffers: Buffers,
    curve: Curve,
    outputs: Array,
    targets: Array,
    share: int,
    cost: Array,
    calls: list[Call],
) -> tuple[float, Recorder, Expression]:
    """Record the cost of last activation and loss together, and return their δ.

    See `engine.network.fusions`.
    """
    z = buffers.columns[curve.place].pre_activation[curve.here]
    names = {"z": z, "y": targets, "a": outputs}
    delta = fusion.delta_expression
    if curve.activation.plain == SOFTMAX and curve.centred is not None and curve.total is not None:
        logarithm = np.empty_like(curve.total)
        calls.append(partial(np.log, curve.total, logarithm))
        wanted = targets.sum(axis=0)
        names |= {"z": curve.centred, "s": logarithm, "t": wanted}
        if (wanted == 1).all():
            delta = delta.substitute({"t": Number("1")})
    recorder = Recorder(names, calls)
    return record_total(fusion.cost_expression, recorder, share, cost), recorder, delta


def _together(
    network: Network,
    loss: Loss,
    outputs: Array,
    targets: Array,
    share: int,
    cost: Array,
    calls: list[Call],
    backward: list[Call],
) -> tuple[float, Array]:
    """Record a loss whose outputs cannot be taken one by one."""
    from engine.calculus.differentiate import differentiate

    letters = [f"a{n}" for n in range(1, len(outputs) + 1)]
    wanted = [f"y{n}" for n in range(1, len(outputs) + 1)]
    whole = replace(loss, mean=False).over(letters, wanted)  # `share` says it
    names = dict(zip((*letters, *wanted), (*outputs, *targets), strict=True))
    recorder = Recorder(names, calls)
    factor = record_total(whole, recorder, share, cost)
    recorder.calls = backward
    slope = np.empty_like(targets)
    scale = np.array(1 / share, targets.dtype)
    for letter, row in zip(letters, slope, strict=True):
        found = recorder.value(differentiate(whole, letter).answer)
        backward.append(partial(np.multiply, found, scale, row))
    return factor, slope


def _penalty(
    network: Network, buffers: Buffers, penalty: Penalty, cost: Array, calls: list[Call]
) -> list[Call]:
    """Record what the weights add to the cost; return the calls that add its slope."""
    weights, marks = buffers.weights, buffers.first_places(weight_names(network))
    if marks is not None:
        chosen = np.empty_like(weights)
        calls.append(partial(np.multiply, weights, marks, chosen))
        weights = chosen
    recorder = Recorder({"w": weights}, calls)
    own = np.zeros_like(cost)
    scale = record_total(penalty.expression, recorder, 1 / penalty.coefficient, own)
    calls.append(partial(np.multiply, own, np.array(scale, own.dtype), own))
    calls.append(partial(np.add, cost, own, cost))
    after: list[Call] = []
    recorder.calls = after
    slope, _ = record_scaled(penalty.slope, recorder, 1 / penalty.coefficient, weights.shape)
    after.append(partial(np.add, buffers.slope, slope, buffers.slope))
    return after
