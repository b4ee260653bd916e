"""The gradients of a layered network in matrix form, with shapes, and the mean over a batch.

Features stand in rows, samples in columns: ``Z = W A + b``. Source: Nielsen, *Neural Networks and
Deep Learning*, ch. 2, equations BP1 to BP4, with ⊙ for the product place by place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.errors import EngineError
from engine.formula.formula import (
    EQUALS,
    Fenced,
    Formula,
    Fraction,
    Script,
    Symbol,
    Text,
    brackets,
    digits,
    letter,
    row,
)
from engine.network.activations import activation_called
from engine.network.datasets import Table
from engine.network.equations import fusion_of
from engine.network.losses import Penalty
from engine.network.network import Network, Neuron
from engine.network.observation import observe

_TIMES_PLACES = Symbol("⊙", "upright", "binary")
_T = Symbol("T", "upright")


@dataclass(frozen=True, slots=True, eq=False)
class MatrixLine:
    """One equation between matrices.

    Parameters
    ----------
    name : str
        ``Z1``, ``A1``, ``Δ2``, ``∂J/∂W2``, ``∂J/∂b2``.
    formula : Formula
        The equation, with the shapes behind it.
    shape : tuple of int
    value : ndarray of that shape
    """

    name: str
    formula: Formula
    shape: tuple[int, ...]
    value: Table


@dataclass(frozen=True, slots=True, eq=False)
class GradientTable:
    """The gradient of every parameter for every sample, and their mean (or sum).

    Parameters
    ----------
    names : tuple of str
        Weights and biases, one for each column.
    rows : ndarray of shape (samples, parameters)
    total : ndarray of shape (parameters,)
    """

    names: tuple[str, ...]
    rows: Table
    total: Table


def gradient_table(
    network: Network,
    x: Sequence[Sequence[float]],
    y: Sequence[Sequence[float]],
    loss: str = "half squared error",
    penalty: Penalty | None = None,
    *,
    mean: bool = True,
) -> GradientTable:
    """Return every sample's gradient of its own cost, and what the batch makes of them."""
    names = tuple(network.parameters())
    found = [observe(network, a, b, loss, penalty).gradients for a, b in zip(x, y, strict=True)]
    rows = np.array([[each[name] for name in names] for each in found])
    return GradientTable(names, rows, rows.mean(axis=0) if mean else rows.sum(axis=0))


def matrix_lines(
    network: Network,
    x: Sequence[Sequence[float]],
    y: Sequence[Sequence[float]],
    loss: str = "half squared error",
) -> tuple[MatrixLine, ...]:
    """Return forward and backward of a batch as equations between matrices; J is the mean.

    Raises
    ------
    EngineError
        Where the network is not layered: an arrow is missing, skips a column or shares a weight.
    """
    _check_layered(network)
    seen = [observe(network, a, b, loss) for a, b in zip(x, y, strict=True)]
    batch, columns = len(seen), network.columns
    incoming = network.incoming()

    def stacked(names: Sequence[str], *, gradient: bool = False) -> Table:
        source = [each.gradients if gradient else each.values for each in seen]
        table = np.array([[numbers[name] for numbers in source] for name in names])
        return table / batch if gradient else table

    def summed(names: Sequence[str]) -> Table:
        return np.array([sum(each.gradients[name] for each in seen) / batch for name in names])

    lines: list[MatrixLine] = []
    for layer, column in enumerate(columns, start=1):
        z, a = _z(column), [each.output for each in column]
        shapes = [(len(column), network.sizes[layer - 1]), (network.sizes[layer - 1], batch)]
        parts: list[Formula] = [_matrix("W", layer), _matrix("A", layer - 1)]
        if column[0].bias is not None:
            parts += [Symbol("+", "upright", "binary"), _matrix("b", layer)]
        lines.append(_line(f"Z{layer}", _matrix("Z", layer), parts, shapes, stacked(z)))
        curve = [_curve(column), brackets(_matrix("Z", layer))]
        lines.append(_line(f"A{layer}", _matrix("A", layer), curve, [], stacked(a)))
    for layer in range(len(columns), 0, -1):
        column, before = columns[layer - 1], network.sizes[layer - 1]
        delta = stacked(_z(column), gradient=True)
        lines.append(_delta_line(network, layer, loss, batch, delta))
        weights = [each.name for neuron in column for each in incoming[neuron.name]]
        transposed = Script(_matrix("A", layer - 1), superscript=_T)
        lines.append(
            _line(
                f"∂J/∂W{layer}",
                _slope("W", layer),
                [_matrix("Δ", layer), transposed],
                [(len(column), batch), (batch, before)],
                summed(weights).reshape(len(column), before),
            )
        )
        if column[0].bias is not None:
            biases = summed([each.bias_name for each in column])[:, None]
            ones: list[Formula] = [_matrix("Δ", layer), Symbol("1", "bold")]
            shapes = [(len(column), batch), (batch, 1)]
            lines.append(_line(f"∂J/∂b{layer}", _slope("b", layer), ones, shapes, biases))
    return tuple(lines)


def _delta_line(network: Network, layer: int, loss: str, batch: int, delta: Table) -> MatrixLine:
    columns = network.columns
    column = columns[layer - 1]
    left, name = _matrix("Δ", layer), f"Δ{layer}"
    steep: list[Formula] = [
        _TIMES_PLACES,
        _curve(column, prime=True),
        brackets(_matrix("Z", layer)),
    ]
    if layer < len(columns):
        above = columns[layer]
        back: list[Formula] = [Script(_matrix("W", layer + 1), superscript=_T)]
        shapes = [(len(column), len(above)), (len(above), batch)]
        first = [*back, _matrix("Δ", layer + 1)]
        whole = [Fenced(row(*first)), *steep] if len(steep) else first
        return _line(name, left, whole, shapes, delta)
    kind = activation_called(column[0].activation)
    if kind.whole_layer or fusion_of(network, loss) is not None:
        return _line(name, left, [_slope("Z", layer)], [], delta)
    return _line(name, left, [_slope("A", layer), *steep], [], delta)


def _line(
    name: str,
    left: Formula,
    right: Sequence[Formula],
    factors: Sequence[tuple[int, int]],
    value: Table,
) -> MatrixLine:
    shape = (int(value.shape[0]), int(value.shape[1]))
    said = " · ".join(map(_size, factors))
    shapes = f"   {_size(shape)} = {said}" if said else f"   {_size(shape)}"
    return MatrixLine(name, row(left, EQUALS, *right, Text(shapes)), shape, value)


def _size(shape: tuple[int, int]) -> str:
    return f"({shape[0]} × {shape[1]})"


def _matrix(name: str, layer: int) -> Formula:
    if name == "A" and layer == 0:
        return Symbol("X", "bold")
    return Script(Symbol(name, "bold"), subscript=digits(str(layer)))


def _slope(name: str, layer: int) -> Formula:
    return Fraction(row(letter("∂"), letter("J")), row(letter("∂"), _matrix(name, layer)))


def _curve(column: Sequence[Neuron], *, prime: bool = False) -> Formula:
    mark = Symbol("′", "upright") if prime else None
    return Script(letter("f"), subscript=digits(str(column[0].layer)), superscript=mark)


def _z(column: Sequence[Neuron]) -> list[str]:
    return [each.pre_activation for each in column]


def _check_layered(network: Network) -> None:
    incoming = network.incoming()
    previous: list[str] = list(network.inputs)
    whole = len({each.name for each in network.connections}) == len(network.connections)
    for column in network.columns:
        for neuron in column:
            sources = [each.source for each in incoming[neuron.name]]
            whole = whole and sources == previous
        whole = whole and len({each.bias is None for each in column}) == 1
        previous = [each.name for each in column]
    if not whole or tuple(previous) != network.outputs:
        raise EngineError(
            "The matrix form is for layered networks: every neuron fed by all of the column "
            "before, and by nothing else.",
            hint="Ask for the form with δ; it serves every network.",
        )
