"""The rules by name: what each is called and what it states, for panels, pages and speech."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from engine.calculus.expression import Function
from engine.calculus.functions import TABLE, Row

_COUNTS = "step(u) is 1 where u > 0, else 0"
_GREATEST = f"max(f, g)′ is f′ where f > g, else g′; {_COUNTS}"
_LEAST = f"min(f, g)′ is f′ where f < g, else g′; {_COUNTS}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of differentiation, or a step of working.

    Parameters
    ----------
    name : str
        What a course calls it, in small letters.
    statement : str
        What it states, as plain mathematics; or one sentence.
    family : str
        The kind of rule, in one word for programs: ``chain``, ``trig``, ``constant_multiple``;
        empty for mere working.
    """

    name: str
    statement: str
    family: str = ""


#: Every rule a step can name, but the rows of the table.
RULES: dict[str, Rule] = {
    "constant": Rule(
        "constant", "c′ = 0: what does not contain the variable does not change.", "constant"
    ),
    "hold constant": Rule("partial derivative", "All other letters are held constant.", "partial"),
    "dependent": Rule("a function of the variable", "dy/dx is written y′.", "dependent"),
    "variable": Rule("the variable itself", "dx/dx = 1", "variable"),
    "constant multiple": Rule("constant multiple", "(c·f)′ = c·f′", "constant_multiple"),
    "take out the constant": Rule("constant multiple", "(c·f)′ = c·f′"),
    "sum": Rule("sum", "(f + g)′ = f′ + g′", "sum"),
    "split the sum": Rule("sum", "(f + g)′ = f′ + g′"),
    "split the product": Rule("product", "Give each half of a long product a name."),
    "product": Rule("product", "(f·g)′ = f′·g + f·g′", "product"),
    "apply the product rule": Rule("product", "(f·g)′ = f′·g + f·g′"),
    "quotient": Rule("quotient", "(f/g)′ = (f′·g − f·g′)/g²", "quotient"),
    "apply the quotient rule": Rule("quotient", "(f/g)′ = (f′·g − f·g′)/g²"),
    "reciprocal": Rule("reciprocal", "(c/u)′ = −c/u²", "reciprocal"),
    "power": Rule("power", "(uⁿ)′ = n·uⁿ⁻¹", "power"),
    "root": Rule("root", "(√u)′ = 1/(2√u)", "root"),
    "exponential": Rule("exponential", "(eᵘ)′ = eᵘ", "exp"),
    "general exponential": Rule("exponential to a base", "(aᵘ)′ = aᵘ·ln a", "general_exp"),
    "chain": Rule("chain", "h(x) = f(g(x)) has h′(x) = f′(g(x))·g′(x)", "chain"),
    "name": Rule("name the parts", "Give the inner part a name, and write the outer one with it."),
    "multiply": Rule("chain", "dh/dx = dh/dg · dg/dx"),
    "put back": Rule("put back", "Put the inner part back in the place of its name."),
    "logarithmic differentiation": Rule(
        "logarithmic differentiation", "h = uᵛ has ln h = v·ln u, so h′ = h·(v·ln u)′", "log_diff"
    ),
    "take logarithms": Rule(
        "logarithmic differentiation", "h = uᵛ has ln h = v·ln u, so h′ = h·(v·ln u)′"
    ),
    "change of base": Rule("change of base", "log_b u = ln u / ln b", "variable_base"),
    "rewrite the logarithm": Rule("change of base", "log_b u = ln u / ln b", "log_base"),
    "pieces": Rule(
        "piecewise", "Each piece has its own derivative, inside its own interval.", "piecewise"
    ),
    "piece by piece": Rule(
        "piecewise", "Each piece has its own derivative, inside its own interval."
    ),
    "max": Rule("greatest and least", _GREATEST, "piecewise"),
    "min": Rule("greatest and least", _LEAST, "piecewise"),
    "compare for max": Rule("greatest and least", _GREATEST),
    "compare for min": Rule("greatest and least", _LEAST),
    "implicit": Rule(
        "implicit differentiation",
        "Differentiate both sides; y is a function of x, so each y brings a factor y′.",
        "implicit",
    ),
    "both sides": Rule("implicit differentiation", "Differentiate both sides."),
    "collect the slope": Rule("collect", "Bring the terms with y′ to one side and take y′ out."),
    "divide by its factor": Rule("divide", "Divide both sides by the factor of y′."),
    "multivariable chain": Rule(
        "chain rule with several variables",
        "dz/dt = ∂z/∂x · dx/dt + ∂z/∂y · dy/dt",
        "multivariable_chain",
    ),
    "sum over the paths": Rule(
        "chain rule with several variables",
        "One product for each path from t to z, then the sum.",
        "chain",
    ),
    "tidy": Rule("tidy up", "Only the form changes, not the value.", "tidy"),
}

_REWRITES = {
    "product": "u/v = u·v⁻¹",
    "exponential": "uᵛ = e^(v·ln u)",
    "logarithm-laws": "ln(a·b) = ln a + ln b, ln(a/b) = ln a − ln b, ln(aⁿ) = n·ln a",
    "definition": "The function is replaced by its definition.",
    "expand": "The brackets are multiplied out.",
}

_NAMES = {
    "sin": "sine", "cos": "cosine", "tan": "tangent", "cot": "cotangent", "sec": "secant",
    "csc": "cosecant", "ln": "logarithm", "log": "logarithm", "logb": "logarithm to a base",
    "exp": "exponential", "abs": "absolute value", "sigmoid": "sigmoid", "sgn": "sign",
}  # fmt: skip


def rule(key: str) -> Rule:
    """Return the rule of a step; rows of the table are rules as well (``table:sin``).

    Examples
    --------
    >>> rule("table:cos")
    Rule(name='cosine', statement='cos(u)′ = -sin(u)', family='trig')
    """
    known = RULES.get(key)
    if known is not None:
        return known
    kind, _, detail = key.partition(":")
    if kind == "tidy":
        return Rule(detail, RULES["tidy"].statement, "tidy")
    if kind == "rewrite":
        return Rule("rewrite", _REWRITES[detail], "rewrite")
    if kind != "table":
        raise KeyError(key)
    return _of_row(TABLE[detail])


@cache
def _of_row(row: Row) -> Rule:
    from engine.calculus.write import as_text

    slope = as_text(row.derivative_expression())
    derivative = row.derivative_expression()
    note = f", where y = {row.shown}(u)" if derivative.depends_on("y") else ""
    if any(isinstance(one, Function) and one.name == "step" for one in derivative.walk()):
        note += f"; {_COUNTS}"
    called = as_text(row.applied()) if row.arguments != 1 else f"{row.shown}(u)"
    return Rule(_NAMES.get(row.name, row.shown), f"{called}′ = {slope}{note}", row.family)
