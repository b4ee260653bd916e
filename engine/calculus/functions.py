"""The table of functions: the one place in the program where a derivative is written down.

A row says how a function is computed, what its derivative is, where it is defined, how it is
written and how it is spoken. Derivatives and definitions are texts in the program's own notation,
with ``u`` for the argument and ``y`` for the function's own value (σ′ = y(1 − y)); a base is ``b``,
and ``v`` is what else the greatest or the least is taken of. They become expressions when first
asked for. The steps read this table, the graph reads it, and the training
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
    family : str
        The kind of function: ``trig``, ``hyperbolic``, ``ln``.
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
    family: str = ""

    @property
    def shown(self) -> str:
        """The name as a formula shows it."""
        return self.display or self.name

    @property
    def in_latex(self) -> str:
        """The name in LaTeX."""
        return self.latex or rf"\operatorname{{{self.name}}}"

    def applied(self) -> Expression:
        """Return the function of the letters that the row is written in: ``sin(u)``."""
        from engine.calculus.expression import Function, Variable

        letters = {0: "uv", 1: "u", 2: "bu"}[self.arguments]
        return Function(self.name, tuple(map(Variable, letters)))

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
    Row("exp", "y", "exp", latex=r"\exp", spoken="the exponential of",
        family="exp"),
    Row("ln", "1/u", "log", domain="a positive number", latex=r"\ln",
        spoken="the natural logarithm of",
        family="ln"),
    Row("log", "1/u", "log", domain="a positive number", latex=r"\log", spoken="the logarithm of",
        family="ln"),
    Row("logb", "1/(u·ln(b))", "log_to_base", domain="a positive number",
        definition="ln(u)/ln(b)", display="log", latex=r"\log", spoken="the logarithm of",
        arguments=2,
        family="log_base"),
    # trigonometric
    Row("sin", "cos(u)", "sin", latex=r"\sin", spoken="the sine of", aliases=("sen",),
        family="trig"),
    Row("cos", "-sin(u)", "cos", latex=r"\cos", spoken="the cosine of",
        family="trig"),
    Row("tan", "sec(u)^2", "tan", domain="no odd multiple of π/2", definition="sin(u)/cos(u)",
        latex=r"\tan", spoken="the tangent of", aliases=("tg",),
        family="trig"),
    Row("cot", "-csc(u)^2", "=cos(u)/sin(u)", domain="no multiple of π",
        definition="cos(u)/sin(u)", latex=r"\cot", spoken="the cotangent of",
        aliases=("cotan", "ctg", "cotg"),
        family="trig"),
    Row("sec", "sec(u)·tan(u)", "=1/cos(u)", domain="no odd multiple of π/2",
        definition="1/cos(u)", latex=r"\sec", spoken="the secant of",
        family="trig"),
    Row("csc", "-csc(u)·cot(u)", "=1/sin(u)", domain="no multiple of π", definition="1/sin(u)",
        latex=r"\csc", spoken="the cosecant of", aliases=("cosec",),
        family="trig"),
    # inverse trigonometric
    Row("arcsin", "1/√(1 - u^2)", "arcsin", domain="a number between −1 and 1", latex=r"\arcsin",
        spoken="the inverse sine of", aliases=("asin",),
        family="inverse_trig"),
    Row("arccos", "-1/√(1 - u^2)", "arccos", domain="a number between −1 and 1", latex=r"\arccos",
        spoken="the inverse cosine of", aliases=("acos",),
        family="inverse_trig"),
    Row("arctan", "1/(1 + u^2)", "arctan", latex=r"\arctan", spoken="the inverse tangent of",
        aliases=("atan", "arctg"),
        family="inverse_trig"),
    Row("arccot", "-1/(1 + u^2)", "=π/2 - arctan(u)", definition="π/2 - arctan(u)",
        spoken="the inverse cotangent of", aliases=("acot", "arcctg"),
        family="inverse_trig"),
    Row("arcsec", "1/(|u|·√(u^2 - 1))", "=arccos(1/u)",
        domain="a number of at least 1 or at most −1",
        definition="arccos(1/u)", spoken="the inverse secant of", aliases=("asec",),
        family="inverse_trig"),
    Row("arccsc", "-1/(|u|·√(u^2 - 1))", "=arcsin(1/u)",
        domain="a number of at least 1 or at most −1",
        definition="arcsin(1/u)", spoken="the inverse cosecant of", aliases=("acsc", "arccosec"),
        family="inverse_trig"),
    # hyperbolic
    Row("sinh", "cosh(u)", "sinh", definition="(e^u - e^(-u))/2", latex=r"\sinh",
        spoken="the hyperbolic sine of", aliases=("sh",),
        family="hyperbolic"),
    Row("cosh", "sinh(u)", "cosh", definition="(e^u + e^(-u))/2", latex=r"\cosh",
        spoken="the hyperbolic cosine of", aliases=("ch",),
        family="hyperbolic"),
    Row("tanh", "1 - y^2", "tanh", definition="sinh(u)/cosh(u)", latex=r"\tanh",
        spoken="the hyperbolic tangent of", aliases=("th", "tgh"),
        family="hyperbolic"),
    Row("coth", "-csch(u)^2", "=1/tanh(u)", domain="any number but 0",
        definition="cosh(u)/sinh(u)",
        latex=r"\coth", spoken="the hyperbolic cotangent of", aliases=("cth",),
        family="hyperbolic"),
    Row("sech", "-sech(u)·tanh(u)", "=1/cosh(u)", definition="1/cosh(u)",
        spoken="the hyperbolic secant of",
        family="hyperbolic"),
    Row("csch", "-csch(u)·coth(u)", "=1/sinh(u)", domain="any number but 0", definition="1/sinh(u)",
        spoken="the hyperbolic cosecant of", aliases=("cosech",),
        family="hyperbolic"),
    # inverse hyperbolic
    Row("arsinh", "1/√(u^2 + 1)", "arcsinh", spoken="the inverse hyperbolic sine of",
        aliases=("asinh", "arcsinh", "arsh"),
        family="inverse_hyperbolic"),
    Row("arcosh", "1/√(u^2 - 1)", "arccosh", domain="a number of at least 1",
        spoken="the inverse hyperbolic cosine of", aliases=("acosh", "arccosh", "arch"),
        family="inverse_hyperbolic"),
    Row("artanh", "1/(1 - u^2)", "arctanh", domain="a number strictly between −1 and 1",
        spoken="the inverse hyperbolic tangent of", aliases=("atanh", "arctanh", "arth"),
        family="inverse_hyperbolic"),
    Row("arcoth", "1/(1 - u^2)", "=artanh(1/u)", domain="a number above 1 or below −1",
        definition="artanh(1/u)", spoken="the inverse hyperbolic cotangent of",
        aliases=("acoth", "arccoth"),
        family="inverse_hyperbolic"),
    Row("arsech", "-1/(u·√(1 - u^2))", "=arcosh(1/u)", domain="a positive number up to 1",
        definition="arcosh(1/u)", spoken="the inverse hyperbolic secant of",
        aliases=("asech", "arcsech"),
        family="inverse_hyperbolic"),
    Row("arcsch", "-1/(|u|·√(1 + u^2))", "=arsinh(1/u)", domain="any number but 0",
        definition="arsinh(1/u)",
        spoken="the inverse hyperbolic cosecant of", aliases=("acsch", "arccsch"),
        family="inverse_hyperbolic"),
    # corners and steps
    Row("abs", "sgn(u)", "abs", kink="0", latex=r"\left|", spoken="the absolute value of",
        family="abs"),
    Row("sgn", "0", "sign", kink="0", latex=r"\operatorname{sgn}", spoken="the sign of",
        aliases=("sign",),
        family="sgn"),
    Row("step", "0", "=max(0, sgn(u))", kink="0", spoken="the step of", aliases=("heaviside",),
        family="step"),
    Row("floor", "0", "floor", kink="every whole number", spoken="the floor of",
        family="floor"),
    Row("max", "step(u - v)", "maximum", kink="u = v", definition="(u + v + |u - v|)/2",
        latex=r"\max", spoken="the greatest of", arguments=0,
        family="piecewise"),
    Row("min", "step(v - u)", "minimum", kink="u = v", definition="(u + v - |u - v|)/2",
        latex=r"\min", spoken="the least of", arguments=0,
        family="piecewise"),
    # activations
    Row("sigmoid", "y·(1 - y)", "=1/(1 + e^(-u))", definition="1/(1 + e^(-u))",
        display="σ", latex=r"\sigma", spoken="sigma of", aliases=("logistic", "σ"),
        family="sigmoid"),
    Row("softplus", "sigmoid(u)", "=max(u, 0) + ln(1 + e^(-|u|))", definition="ln(1 + e^u)",
        spoken="softplus of",
        family="activation"),
    Row("relu", "step(u)", "=max(0, u)", kink="0", definition="max(0, u)", display="ReLU",
        latex=r"\operatorname{ReLU}", spoken="rectified",
        family="piecewise"),
    Row("erf", "2/√π·e^(-u^2)", "erf", spoken="the error function of",
        family="erf"),
    Row("swish", "y + sigmoid(u)·(1 - y)", "=u·sigmoid(u)", definition="u·sigmoid(u)",
        spoken="swish of", aliases=("silu",),
        family="activation"),
    Row("gelu", "(1 + erf(u/√2))/2 + u·e^(-u^2/2)/√(2π)", "=u·(1 + erf(u/√2))/2",
        definition="u·(1 + erf(u/√2))/2", display="GELU", latex=r"\operatorname{GELU}",
        spoken="the Gaussian error linear unit of",
        family="activation"),
    Row("mish", "tanh(softplus(u)) + u·(1 - tanh(softplus(u))^2)·sigmoid(u)",
        "=u·tanh(softplus(u))", definition="u·tanh(softplus(u))", spoken="mish of",
        family="activation"),
    Row("leakyrelu", "step(u) + 0.01·(1 - step(u))", "=max(u, 0) + 0.01·min(u, 0)", kink="0",
        definition="max(u, 0) + 0.01·min(u, 0)", display="leakyReLU",
        latex=r"\operatorname{leakyReLU}", spoken="leaky rectified",
        family="piecewise"),
    Row("elu", "e^(min(u, 0))", "=max(u, 0) + e^(min(u, 0)) - 1",
        definition="max(u, 0) + e^(min(u, 0)) - 1", display="ELU",
        latex=r"\operatorname{ELU}", spoken="the exponential linear unit of",
        family="activation"),
    Row("selu", "1.0507009873554805·(step(u) + (1 - step(u))·1.6732632423543772·e^(min(u, 0)))",
        "=1.0507009873554805·(max(u, 0) + 1.6732632423543772·(e^(min(u, 0)) - 1))", kink="0",
        definition="1.0507009873554805·(max(u, 0) + 1.6732632423543772·(e^(min(u, 0)) - 1))",
        display="SELU", latex=r"\operatorname{SELU}",
        spoken="the scaled exponential linear unit of",
        family="activation"),
    Row("hardtanh", "step(u + 1)·step(1 - u)", "=max(-1, min(1, u))", kink="−1 and 1",
        definition="max(-1, min(1, u))", display="hardtanh",
        latex=r"\operatorname{hardtanh}", spoken="hard tanh of",
        family="activation"),
    Row("softsign", "1/(1 + |u|)^2", "=u/(1 + |u|)", definition="u/(1 + |u|)",
        spoken="softsign of",
        family="activation"),
    Row("gelutanh",
        "(1 + tanh(√(2/π)·(u + 0.044715·u^3)))/2"
        " + u/2·(1 - tanh(√(2/π)·(u + 0.044715·u^3))^2)·√(2/π)·(1 + 0.134145·u^2)",
        "=u/2·(1 + tanh(√(2/π)·(u + 0.044715·u^3)))",
        definition="u/2·(1 + tanh(√(2/π)·(u + 0.044715·u^3)))", display="GELUtanh",
        latex=r"\operatorname{GELUtanh}",
        spoken="the tanh form of the Gaussian error linear unit of",
        family="activation"),
    Row("gaussian", "-2·u·y", "=e^(-u^2)", definition="e^(-u^2)", spoken="the bell curve of",
        family="activation"),
    # losses
    Row("huber", "hardtanh(u)", "=min(|u|, 1)·(|u| - min(|u|, 1)/2)",
        definition="min(|u|, 1)·(|u| - min(|u|, 1)/2)", display="Huber",
        latex=r"\operatorname{Huber}", spoken="the Huber loss of",
        family="activation"),
    Row("logcosh", "tanh(u)", "=|u| + ln((1 + e^(-2·|u|))/2)", definition="ln(cosh(u))",
        spoken="the logarithm of the hyperbolic cosine of",
        family="activation"),
)  # fmt: skip

#: Every function by its name.
TABLE: dict[str, Row] = {row.name: row for row in _ROWS}

#: The function each readable name stands for, aliases included.
NAMES: dict[str, str] = {
    alias: row.name
    for row in _ROWS
    for alias in (row.name, *row.aliases)
    if row.name not in ("logb", "step")
} | {
    "sqrt": "sqrt",
    "cbrt": "cbrt",
    "lg": "lg",
    "lb": "lb",
    "step": "step",
    "heaviside": "step",
    "cases": "cases",
}

#: The function that undoes another, for ``sin⁻¹``.
INVERSES: dict[str, str] = {
    "sin": "arcsin", "cos": "arccos", "tan": "arctan", "cot": "arccot", "sec": "arcsec",
    "csc": "arccsc", "sinh": "arsinh", "cosh": "arcosh", "tanh": "artanh", "coth": "arcoth",
    "sech": "arsech", "csch": "arcsch",
}  # fmt: skip
