"""The table of functions: the one place in the program where a derivative is written down.

A row says how a function is computed, what its derivative is, where it is defined, how it is
written and how it is spoken. Derivatives and definitions are texts in the program's own notation,
with ``u`` for the argument and ``y`` for the function's own value (σ′ = y(1 − y)); they become
expressions when first asked for. The steps read this table, the graph reads it, and the training
program records its expressions as numpy calls.

Sources for the derivatives: Abramowitz and Stegun, *Handbook of Mathematical Functions*, §4.3.105
to §4.3.110 (trigonometric), §4.4.52 to §4.4.57 (inverse), §4.5.71 to §4.5.76 (hyperbolic), §4.6.37
to §4.6.42 (inverse hyperbolic), §7.1.19 (erf).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.calculus.expression import Expression


@dataclass(frozen=True, slots=True)
class Row:
    """One function of the table.

    Parameters
    ----------
    name : str
        The name in expressions, and the one that is read and written in plain text.
    derivative : str
        The derivative with respect to the argument ``u``; may use the function's own value ``y``.
        Empty for the functions of several arguments, whose rules are in `differentiate`.
    computed : str
        The name of a numpy function (``"sin"``), or, behind an ``=``, an expression in ``u`` that
        is safe to compute (``"=1/cos(u)"``).
    domain : str
        What the argument must be, as the end of a sentence; empty where every real number will do.
    kink : str
        Where the function is defined and not differentiable, with the value that networks use
        there; empty where there is no such place.
    definition : str
        The function in more elementary ones, where it is defined so; empty otherwise.
    display : str
        The name as a formula shows it.
    latex : str
        The name in LaTeX.
    spoken : str
        The name as it is read aloud, before its argument.
    aliases : tuple of str
        Other names that are read as this function.
    arguments : int
        How many arguments it takes; 0 means two or more.
    """

    name: str
    derivative: str
    computed: str
    domain: str = ""
    kink: str = ""
    definition: str = ""
    display: str = ""
    latex: str = ""
    spoken: str = ""
    aliases: tuple[str, ...] = ()
    arguments: int = 1

    @property
    def shown(self) -> str:
        """The name as a formula shows it."""
        return self.display or self.name

    @property
    def in_latex(self) -> str:
        """The name in LaTeX."""
        return self.latex or rf"\operatorname{{{self.name}}}"

    def derivative_expression(self) -> Expression:
        """Return the derivative as an expression in the variables ``u`` and ``y``."""
        return _read(self.derivative)

    def computed_expression(self) -> Expression | None:
        """Return the expression in ``u`` the function is computed by; None for numpy's own."""
        return _read(self.computed[1:]) if self.computed.startswith("=") else None

    def definition_expression(self) -> Expression | None:
        """Return the definition as an expression in ``u``, where there is one."""
        return _read(self.definition) if self.definition else None


@cache
def _read(text: str) -> Expression:
    from engine.calculus.parse import parse

    return parse(text).expression


_ROWS = (
    # exponential and logarithm
    Row("exp", "y", "exp", latex=r"\exp", spoken="the exponential of"),
    Row("ln", "1/u", "log", domain="a positive number", latex=r"\ln",
        spoken="the natural logarithm of"),
    Row("log", "1/u", "log", domain="a positive number", latex=r"\log", spoken="the logarithm of"),
    Row("logb", "", "", domain="a positive number", display="log", latex=r"\log",
        spoken="the logarithm of", arguments=2),
    # trigonometric
    Row("sin", "cos(u)", "sin", latex=r"\sin", spoken="the sine of", aliases=("sen",)),
    Row("cos", "-sin(u)", "cos", latex=r"\cos", spoken="the cosine of"),
    Row("tan", "1/cos(u)^2", "tan", domain="no odd multiple of π/2", definition="sin(u)/cos(u)",
        latex=r"\tan", spoken="the tangent of", aliases=("tg",)),
    Row("cot", "-1/sin(u)^2", "=cos(u)/sin(u)", domain="no multiple of π",
        definition="cos(u)/sin(u)", latex=r"\cot", spoken="the cotangent of",
        aliases=("cotan", "ctg", "cotg")),
    Row("sec", "sec(u)·tan(u)", "=1/cos(u)", domain="no odd multiple of π/2",
        definition="1/cos(u)", latex=r"\sec", spoken="the secant of"),
    Row("csc", "-csc(u)·cot(u)", "=1/sin(u)", domain="no multiple of π", definition="1/sin(u)",
        latex=r"\csc", spoken="the cosecant of", aliases=("cosec",)),
    # inverse trigonometric
    Row("arcsin", "1/√(1 - u^2)", "arcsin", domain="between −1 and 1", latex=r"\arcsin",
        spoken="the inverse sine of", aliases=("asin",)),
    Row("arccos", "-1/√(1 - u^2)", "arccos", domain="between −1 and 1", latex=r"\arccos",
        spoken="the inverse cosine of", aliases=("acos",)),
    Row("arctan", "1/(1 + u^2)", "arctan", latex=r"\arctan", spoken="the inverse tangent of",
        aliases=("atan", "arctg")),
    Row("arccot", "-1/(1 + u^2)", "=π/2 - arctan(u)", definition="π/2 - arctan(u)",
        spoken="the inverse cotangent of", aliases=("acot", "arcctg")),
    Row("arcsec", "1/(|u|·√(u^2 - 1))", "=arccos(1/u)", domain="at least 1 or at most −1",
        definition="arccos(1/u)", spoken="the inverse secant of", aliases=("asec",)),
    Row("arccsc", "-1/(|u|·√(u^2 - 1))", "=arcsin(1/u)", domain="at least 1 or at most −1",
        definition="arcsin(1/u)", spoken="the inverse cosecant of", aliases=("acsc", "arccosec")),
    # hyperbolic
    Row("sinh", "cosh(u)", "sinh", definition="(e^u - e^(-u))/2", latex=r"\sinh",
        spoken="the hyperbolic sine of", aliases=("sh",)),
    Row("cosh", "sinh(u)", "cosh", definition="(e^u + e^(-u))/2", latex=r"\cosh",
        spoken="the hyperbolic cosine of", aliases=("ch",)),
    Row("tanh", "1 - y^2", "tanh", definition="sinh(u)/cosh(u)", latex=r"\tanh",
        spoken="the hyperbolic tangent of", aliases=("th", "tgh")),
    Row("coth", "-1/sinh(u)^2", "=1/tanh(u)", domain="not 0", definition="cosh(u)/sinh(u)",
        latex=r"\coth", spoken="the hyperbolic cotangent of", aliases=("cth",)),
    Row("sech", "-sech(u)·tanh(u)", "=1/cosh(u)", definition="1/cosh(u)",
        spoken="the hyperbolic secant of"),
    Row("csch", "-csch(u)·coth(u)", "=1/sinh(u)", domain="not 0", definition="1/sinh(u)",
        spoken="the hyperbolic cosecant of", aliases=("cosech",)),
    # inverse hyperbolic
    Row("arsinh", "1/√(u^2 + 1)", "arcsinh", spoken="the inverse hyperbolic sine of",
        aliases=("asinh", "arcsinh", "arsh")),
    Row("arcosh", "1/√(u^2 - 1)", "arccosh", domain="at least 1",
        spoken="the inverse hyperbolic cosine of", aliases=("acosh", "arccosh", "arch")),
    Row("artanh", "1/(1 - u^2)", "arctanh", domain="strictly between −1 and 1",
        spoken="the inverse hyperbolic tangent of", aliases=("atanh", "arctanh", "arth")),
    Row("arcoth", "1/(1 - u^2)", "=artanh(1/u)", domain="greater than 1 or less than −1",
        definition="artanh(1/u)", spoken="the inverse hyperbolic cotangent of",
        aliases=("acoth", "arccoth")),
    Row("arsech", "-1/(u·√(1 - u^2))", "=arcosh(1/u)", domain="positive and at most 1",
        definition="arcosh(1/u)", spoken="the inverse hyperbolic secant of",
        aliases=("asech", "arcsech")),
    Row("arcsch", "-1/(|u|·√(1 + u^2))", "=arsinh(1/u)", domain="not 0", definition="arsinh(1/u)",
        spoken="the inverse hyperbolic cosecant of", aliases=("acsch", "arccsch")),
    # corners and steps
    Row("abs", "sgn(u)", "abs", kink="0", latex=r"\left|", spoken="the absolute value of"),
    Row("sgn", "0", "sign", kink="0", latex=r"\operatorname{sgn}", spoken="the sign of",
        aliases=("sign",)),
    Row("step", "0", "=max(0, sgn(u))", kink="0", spoken="the step of", aliases=("heaviside",)),
    Row("floor", "0", "floor", kink="every whole number", spoken="the floor of"),
    Row("max", "", "maximum", latex=r"\max", spoken="the greatest of", arguments=0),
    Row("min", "", "minimum", latex=r"\min", spoken="the least of", arguments=0),
    # activations
    Row("sigmoid", "y·(1 - y)", "=e^(min(u, 0))/(1 + e^(-|u|))", definition="1/(1 + e^(-u))",
        display="σ", latex=r"\sigma", spoken="sigma of", aliases=("logistic", "σ")),
    Row("softplus", "sigmoid(u)", "=max(u, 0) + ln(1 + e^(-|u|))", definition="ln(1 + e^u)",
        spoken="softplus of"),
    Row("relu", "step(u)", "=max(0, u)", kink="0", definition="max(0, u)", display="ReLU",
        latex=r"\operatorname{ReLU}", spoken="rectified"),
    Row("erf", "2/√π·e^(-u^2)", "erf", spoken="the error function of"),
    Row("swish", "y + sigmoid(u)·(1 - y)", "=u·sigmoid(u)", definition="u·sigmoid(u)",
        spoken="swish of", aliases=("silu",)),
    Row("gelu", "(1 + erf(u/√2))/2 + u·e^(-u^2/2)/√(2π)", "=u·(1 + erf(u/√2))/2",
        definition="u·(1 + erf(u/√2))/2", display="GELU", latex=r"\operatorname{GELU}",
        spoken="the Gaussian error linear unit of"),
    Row("softsign", "1/(1 + |u|)^2", "=u/(1 + |u|)", definition="u/(1 + |u|)",
        spoken="softsign of"),
)  # fmt: skip

#: Every function by its name.
TABLE: dict[str, Row] = {row.name: row for row in _ROWS}

#: The function each readable name stands for, aliases included.
NAMES: dict[str, str] = {
    alias: row.name
    for row in _ROWS
    for alias in (row.name, *row.aliases)
    if row.name not in ("logb", "step")
} | {"sqrt": "sqrt", "cbrt": "cbrt", "lg": "lg", "lb": "lb", "step": "step", "heaviside": "step"}

#: The function that undoes another, for ``sin⁻¹``.
INVERSES: dict[str, str] = {
    "sin": "arcsin", "cos": "arccos", "tan": "arctan", "cot": "arccot", "sec": "arcsec",
    "csc": "arccsc", "sinh": "arsinh", "cosh": "arcosh", "tanh": "artanh", "coth": "arcoth",
    "sech": "arsech", "csch": "arcsch",
}  # fmt: skip
