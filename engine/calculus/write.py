"""Expression to text: plain mathematics that reads back to the same tree, and Python."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import reduce

from engine.calculus.exact import rational
from engine.calculus.expression import (
    Cases,
    Constant,
    Derivative,
    Equation,
    Expression,
    Function,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Variable,
    rebuild,
)
from engine.calculus.functions import TABLE

#: How tightly what a node writes holds together.
_SUM, _MINUS, _PRODUCT, _POWER, _ATOM = range(5)

_ENGLISH = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "eps", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lam", "μ": "mu", "ν": "nu", "ξ": "xi",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi",
    "ω": "omega",
}  # fmt: skip

#: A written piece with its binding.
_Piece = tuple[str, int]


def _bracketed(piece: _Piece, least: int) -> str:
    text, binding = piece
    return text if binding >= least else f"({text})"


def as_text(expression: Expression) -> str:
    """Write an expression as plain text that `parse` reads back to the same tree.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> as_text(parse("-sin x/(2+cos x)").expression)
    '-sin(x)/(2 + cos(x))'
    """
    return rebuild(expression, _text_piece)[0]


def _text_piece(node: Expression, parts: tuple[_Piece, ...]) -> _Piece:
    match node:
        case Number():
            return node.text, _ATOM
        case Constant() | Variable():
            return node.name, _ATOM
        case Sum():
            return _signed_sum(node, parts, _MINUS), _SUM
        case Negative():
            return "-" + _bracketed(parts[0], _PRODUCT), _MINUS
        case Product():
            first = _bracketed(parts[0], _PRODUCT)
            if isinstance(node.factors[0], Product):
                first = f"({parts[0][0]})"
            rest = zip(node.factors[1:], parts[1:], strict=True)
            return "·".join([first, *(_factor(factor, piece) for factor, piece in rest)]), _PRODUCT
        case Quotient():
            above = _bracketed(parts[0], _PRODUCT)
            return f"{above}/{_factor(node.denominator, parts[1])}", _PRODUCT
        case Power():
            return _text_power(node, parts), _POWER
        case Root():
            return _text_root(node, parts), _ATOM if node.index <= 4 else _POWER
        case Function(name="abs"):
            return f"|{parts[0][0]}|", _ATOM
        case Function(name="logb"):
            base = node.arguments[0]
            if isinstance(base, Number) or (
                isinstance(base, Variable | Constant) and len(base.name) == 1
            ):
                return f"log_{parts[0][0]}({parts[1][0]})", _ATOM
            return f"log({parts[1][0]}, {parts[0][0]})", _ATOM
        case Function():
            return f"{node.name}({', '.join(text for text, _ in parts)})", _ATOM
        case Derivative():
            return f"d/d{node.variable}[{parts[0][0]}]", _POWER
        case Equation():
            return f"{parts[0][0]} = {parts[1][0]}", _SUM
        case Cases():
            return _text_cases(node, [text for text, _ in parts]), _ATOM
    raise TypeError(f"no text for {type(node).__name__}")


def _factor(node: Expression, piece: _Piece) -> str:
    if isinstance(node, Product | Quotient):
        return f"({piece[0]})"
    return _bracketed(piece, _POWER)


def _signed_sum(node: Sum, parts: tuple[_Piece, ...], least: int) -> str:
    written = [_bracketed(parts[0], least)]
    for sign, piece in zip(node.signs[1:], parts[1:], strict=True):
        written.append("+" if sign > 0 else "-")
        written.append(_bracketed(piece, _PRODUCT))
    return " ".join(written)


def _conditions(node: Cases, texts: list[str]) -> list[str]:
    first, count = len(node.values), len(node.relations)
    sides = zip(texts[first : first + count], node.relations, texts[first + count :], strict=True)
    return [f"{left} {relation} {right}" for left, relation, right in sides]


def _text_cases(node: Cases, texts: list[str]) -> str:
    pieces: list[str] = []
    for place, condition in enumerate(_conditions(node, texts)):
        pieces += [texts[place], condition]
    return f"cases({', '.join([*pieces, *texts[len(node.relations) : len(node.values)]])})"


def _python_cases(node: Cases, texts: list[str]) -> str:
    last = texts[len(node.values) - 1] if len(node.values) > len(node.relations) else "nan"
    for place, condition in reversed(list(enumerate(_conditions(node, texts)))):
        plain = condition.replace("≤", "<=").replace("≥", ">=")
        last = f"({texts[place]} if {plain} else {last})"
    return last


def _text_power(node: Power, parts: tuple[_Piece, ...]) -> str:
    base = _bracketed(parts[0], _ATOM)
    if isinstance(node.base, Function) and node.base.name == "abs":
        base = parts[0][0]
    simple = isinstance(node.exponent, Number | Variable | Constant)
    return f"{base}^{parts[1][0]}" if simple else f"{base}^({parts[1][0]})"


def _text_root(node: Root, parts: tuple[_Piece, ...]) -> str:
    sign = {2: "√", 3: "∛", 4: "∜"}.get(node.index)
    return f"{sign}({parts[0][0]})" if sign else f"({parts[0][0]})^(1/{node.index})"


def python_name(name: str) -> str:
    """Return the Python identifier for a variable: ``λ`` is ``lam``, ``w1`` stays."""
    return _ENGLISH.get(name[0], name[0]) + name[1:]


def as_python(expression: Expression, forms: Mapping[str, str] | None = None) -> str:
    """Write an expression for a Python interpreter that has done ``from math import *``.

    Parameters
    ----------
    expression : Expression
    forms : mapping of str to str, optional
        How functions are written for another module, with ``{0}`` and ``{1}`` for what they are
        taken of: ``{"max": "maximum({0}, {1})"}``.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> as_python(parse("σ(x)·√x").expression)
    '(1/(1 + exp(-x)))*sqrt(x)'
    """
    own = {**_PYTHON_FORMS, **(forms or {})}
    return rebuild(expression, lambda node, parts: _python_piece(node, parts, own))[0]


_PYTHON_NAMES = {
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arsinh": "asinh",
    "arcosh": "acosh", "artanh": "atanh",
}  # fmt: skip
_LONE_U = re.compile(r"\bu\b")
_IN_PYTHON = frozenset({"tan", "sinh", "cosh", "tanh", "max", "min"})
_PYTHON_FORMS = {"sgn": "(({0} > 0) - ({0} < 0))", "step": "(1 if {0} > 0 else 0)"}


def _python_piece(node: Expression, parts: tuple[_Piece, ...], forms: Mapping[str, str]) -> _Piece:
    match node:
        case Number():
            digits = node.text.lstrip("0")
            return (digits if digits[:1].isdigit() else f"0{digits}"), _ATOM
        case Constant():
            return ("pi" if node.name == "π" else "e"), _ATOM
        case Variable():
            return python_name(node.name), _ATOM
        case Sum():
            return _signed_sum(node, parts, _MINUS), _SUM
        case Negative():
            return "-" + _bracketed(parts[0], _PRODUCT), _MINUS
        case Product():
            return "*".join(_bracketed(piece, _POWER) for piece in parts), _PRODUCT
        case Quotient():
            return f"{_bracketed(parts[0], _POWER)}/{_bracketed(parts[1], _POWER)}", _PRODUCT
        case Power():
            if node.base == Constant("e"):
                return f"exp({parts[1][0]})", _ATOM
            return _python_power(node, parts), _POWER
        case Root(index=2):
            return f"sqrt({parts[0][0]})", _ATOM
        case Root():
            inner = _bracketed(parts[0], _ATOM)
            if node.index % 2 == 0:
                return f"{inner}**(1/{node.index})", _POWER
            return f"copysign(abs({inner})**(1/{node.index}), {inner})", _ATOM
        case Function(name="logb"):
            return f"(log({parts[1][0]})/log({parts[0][0]}))", _ATOM
        case Cases():
            return _python_cases(node, [text for text, _ in parts]), _ATOM
        case Function():
            written = [text for text, _ in parts]
            form = forms.get(node.name)
            if form:
                first, *others = (_bracketed(piece, _ATOM) for piece in parts)
                return reduce(form.format, others, first) if others else form.format(first), _ATOM
            definition = TABLE[node.name].definition_expression()
            if definition is not None and node.name not in _IN_PYTHON:
                inner = _bracketed(parts[0], _ATOM)
                return f"({_LONE_U.sub(lambda _: inner, as_python(definition, forms))})", _ATOM
            return f"{_PYTHON_NAMES.get(node.name, node.name)}({', '.join(written)})", _ATOM
    raise TypeError(f"no Python for {type(node).__name__}")


def _python_power(node: Power, parts: tuple[_Piece, ...]) -> str:
    base, exponent = _bracketed(parts[0], _ATOM), _bracketed(parts[1], _ATOM)
    size = rational(node.exponent)
    if size is not None and size.denominator % 2 and size.denominator > 1:
        power = f"abs({parts[0][0]})**{exponent}"
        return f"copysign({power}, {parts[0][0]})" if size.numerator % 2 else power
    return f"{base}**{exponent}"
