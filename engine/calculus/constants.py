"""Constants a course works out on sight: ``ln e``, ``cos 0``, ``√4``, ``log_2 8``."""

from __future__ import annotations

from engine.calculus.exact import rational
from engine.calculus.exact_number import Exact, ratio
from engine.calculus.expression import Constant, Expression, Function, Number, Root, number

_AT_ZERO = {
    **dict.fromkeys(
        ("sin", "tan", "arcsin", "arctan", "sinh", "tanh", "arsinh", "artanh", "erf", "relu"), 0
    ),
    **dict.fromkeys(("exp", "cos", "sec", "cosh", "sech"), 1),
}
_LARGEST = 10**6


def tidy_constant(node: Expression) -> Expression:
    """Return the number a root or a function of a number is, where it is a plain one.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.calculus.write import as_text
    >>> [as_text(tidy_constant(parse(text).expression)) for text in ("ln e", "√9", "log_2 8")]
    ['1', '3', '3']
    """
    if node.letters and not (isinstance(node, Function) and node.name == "logb"):
        return node
    match node:
        case Root(radicand=radicand, index=index):
            return _root(node, rational(radicand), index)
        case Function(name="ln" | "log", arguments=(argument,)):
            if argument == Constant("e"):
                return Number("1")
            return Number("0") if rational(argument) == 1 else node
        case Function(name="logb", arguments=(base, argument)):
            return _logarithm(node, base, argument)
        case Function(arguments=(argument,)) if rational(argument) == 0:
            return Number(str(_AT_ZERO[node.name])) if node.name in _AT_ZERO else node
    return node


def _root(node: Root, radicand: Exact | None, index: int) -> Expression:
    if radicand is None or not 0 <= radicand <= _LARGEST:
        return node
    above, below = (round(part ** (1 / index)) for part in radicand.as_integer_ratio())
    exact = ratio(above, below or 1)
    return number(exact) if exact**index == radicand else node


def _logarithm(node: Function, base: Expression, argument: Expression) -> Expression:
    if base == argument:
        return Number("1")
    if base == Constant("e"):
        return tidy_constant(Function("ln", (argument,)))
    value, size = rational(argument), rational(base)
    if value == 1:
        return Number("0")
    if value is None or size is None or size.denominator != 1 or not 1 < size <= _LARGEST:
        return node
    power: Exact = 1
    exponent = 0
    while power < value <= _LARGEST:
        power, exponent = power * size, exponent + 1
    return Number(str(exponent)) if power == value else node
