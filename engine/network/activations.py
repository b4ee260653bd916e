"""Activations: rows of the table of functions, some with a number, and softmax over a layer.

A name is a row's (``tanh``), ``linear``, ``softmax``, or one with a parameter behind a colon
(``leaky relu:0.2``, ``elu:0.5``, ``swish:2``). Spaces, underscores and capitals do not matter.
Derivatives come from the table, or by the rules of `engine.calculus`; softmax alone, which takes a
whole layer, has its own pair here (Bridle 1990; Goodfellow, Bengio and Courville, *Deep Learning*,
§6.2.2.3), and a test holds it against the rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from engine.calculus.expression import (
    Constant,
    Expression,
    Function,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Variable,
    add,
    subtract,
)
from engine.calculus.functions import NAMES, TABLE
from engine.errors import EngineError

#: The activation that changes nothing: ``a = z``.
LINEAR = "linear"

#: The activation that shares 1 among the neurons of a layer.
SOFTMAX = "softmax"

_OTHER_NAMES = {"identity": LINEAR, "sine": "sin", "cosine": "cos", "atan": "arctan"}

#: Families with a number ``p``, ``q = 1 − p``: what they are, and for which number the table has a
#: row. At a corner they take the slope of the left side, as the rows do.
_FAMILIES = {
    "leakyrelu": ("{p}·u + {q}·relu(u)", Fraction("0.01")),
    "elu": ("relu(u) + {p}·(e^(u - relu(u)) - 1)", Fraction(1)),
    "swish": ("u·sigmoid({p}·u)", Fraction(1)),
}

_U = Variable("u")


@dataclass(frozen=True, slots=True)
class Activation:
    """How a neuron turns z into a.

    Parameters
    ----------
    name : str
        As it is called in a network.
    plain : str
        The name of its row in the table, ``linear`` or ``softmax``; empty where it has a parameter
        that no row has.
    expression : Expression
        a, in ``u``; for softmax only a stand-in.
    slope : Expression
        Its derivative, in ``u`` and the value ``y``; for softmax only a stand-in.
    """

    name: str
    plain: str
    expression: Expression
    slope: Expression

    @property
    def kind(self) -> tuple[bool, Expression]:
        """Equal for two names of the same thing."""
        return self.whole_layer, self.expression

    @property
    def whole_layer(self) -> bool:
        """Whether it takes all z of a layer at once."""
        return self.plain == SOFTMAX

    @property
    def flat(self) -> bool:
        """Whether its derivative is 0 wherever there is one, so that nothing can be learnt."""
        return self.slope == Number("0")

    def of(self, name: str) -> Expression:
        """Return a in the name of its z."""
        return self.expression.substitute({"u": Variable(name)})


def is_activation(name: str) -> bool:
    """Tell whether there is an activation of that name."""
    try:
        activation_called(name)
    except EngineError:
        return False
    return True


@lru_cache(maxsize=256)
def activation_called(name: str) -> Activation:
    """Return the activation of that name.

    Raises
    ------
    EngineError
        Where there is none, or its parameter is not a number from 0 up.

    Examples
    --------
    >>> from engine.calculus.write import as_text
    >>> as_text(activation_called("leaky_relu:0.2").expression)
    '0.2·u + 0.8·relu(u)'
    """
    kind, _, parameter = name.partition(":")
    plain = "".join(each for each in kind.lower() if each not in " _-")
    plain = _OTHER_NAMES.get(plain, plain)
    plain = NAMES.get(plain, plain)
    if plain in (LINEAR, SOFTMAX) and not parameter:
        return Activation(name, plain, _U, Number("1"))
    if plain not in TABLE or TABLE[plain].arguments != 1:
        raise EngineError(
            f"“{name}” is not an activation.",
            hint="Choose for example sigmoid, tanh, relu, softplus, softmax or linear.",
        )
    if not parameter:
        return Activation(name, plain, Function(plain, (_U,)), TABLE[plain].derivative_expression())
    number = _parameter(name, plain, parameter)
    text, usual = _FAMILIES[plain]
    if number == usual:
        return Activation(name, plain, Function(plain, (_U,)), TABLE[plain].derivative_expression())
    return _with_parameter(name, text, number)


def softmax(names: Sequence[str], place: int) -> Expression:
    """Return one output of softmax in the names of all z: ``e^(z1)/(e^(z1) + e^(z2))``."""
    powers = [_exp(Variable(name)) for name in names]
    return Quotient(powers[place], add(*powers))


def softmax_computed(names: Sequence[str], place: int) -> Expression:
    """Return the same, divided by the largest of the powers, so that none is too large."""
    powers = [_exp(subtract(Variable(name), largest(names))) for name in names]
    return Quotient(powers[place], add(*powers))


def softmax_slope(output: str, other: str) -> Expression:
    """Return ∂output/∂(the z of other): ``a·(1 − a)`` for its own z, else ``−a·a′``."""
    a = Variable(output)
    if output == other:
        return Product((a, subtract(Number("1"), a)))
    return Negative(Product((a, Variable(other))))


def largest(names: Sequence[str]) -> Expression:
    """Return the greatest of several names."""
    values = tuple(Variable(name) for name in names)
    return values[0] if len(values) == 1 else Function("max", values)


def _exp(exponent: Expression) -> Expression:
    return Power(Constant("e"), exponent)


def _parameter(name: str, plain: str, text: str) -> Fraction:
    if plain not in _FAMILIES:
        raise EngineError(
            f"“{name}”: {TABLE[plain].shown} takes no number.", hint=f"Write {plain} alone."
        )
    try:
        number = Fraction(text)
    except (ValueError, ZeroDivisionError):
        number = Fraction(-1)
    if number < 0 or not text.isascii() or len(text) > 24:
        raise EngineError(
            f"“{name}”: behind the colon stands a number from 0 up.",
            hint=f"Write for example {plain}:0.1.",
        )
    return number


def _with_parameter(name: str, text: str, number: Fraction) -> Activation:
    from engine.calculus.differentiate import differentiate
    from engine.calculus.parse import parse

    filled = text.format(p=_decimal(number), q=f"({_decimal(1 - number)})")
    if number <= 1:
        filled = text.format(p=_decimal(number), q=_decimal(1 - number))
    expression = parse(filled).expression
    return Activation(name, "", expression, differentiate(expression, "u").answer)


def _decimal(number: Fraction) -> str:
    """Write a number in digits; in full where it has an end, else as precisely as a float."""
    from decimal import Decimal

    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{exact:f}".replace("-", "- ") if exact >= 0 else f"-{-exact:f}"
