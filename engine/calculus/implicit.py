"""Implicit differentiation: both sides of an equation, with y a function of x.

Source: Stewart, *Calculus*, §3.5. The chain rule gives each y its y′; what comes out is linear in
y′ and is solved for it.
"""

from __future__ import annotations

from engine.calculus.derivation import Derivation, Step
from engine.calculus.exact import rational
from engine.calculus.expression import (
    Equation,
    Expression,
    Negative,
    Number,
    Product,
    Quotient,
    Sum,
    Variable,
    slope_of,
    subtract,
)
from engine.calculus.rulebook import Rules
from engine.calculus.tidy import tidy
from engine.errors import EngineError


def differentiate_implicitly(equation: Equation, variable: str, dependent: str) -> Derivation:
    """Find dy/dx from an equation between x and y.

    Parameters
    ----------
    equation : Equation
        As written.
    variable, dependent : str
        x and y; every other letter is a constant.

    Returns
    -------
    Derivation
        Its answer is the slope, in x and y.

    Raises
    ------
    EngineError
        When the equation does not depend on y.

    Examples
    --------
    >>> from engine.calculus.parse import parse_equation
    >>> from engine.calculus.write import as_text
    >>> circle, _ = parse_equation("x^2 + y^2 = 25")
    >>> as_text(differentiate_implicitly(circle, "x", "y").answer)
    '-x/y'
    """
    if not equation.depends_on(dependent):
        raise EngineError(
            f"{dependent} does not occur in the equation.",
            hint=f"Type an equation between {variable} and {dependent}, or choose another letter.",
        )
    letters = {name[0] for name in (*equation.variables(), variable)}
    rules = Rules(variable, letters, (dependent,))
    asked = Equation(rules.asked(equation.left), rules.asked(equation.right))
    left, right = rules.derive(equation.left), rules.derive(equation.right)
    both = Equation(left[-1].after, right[-1].after)
    slope = slope_of(dependent)
    left_factor, left_rest = _linear(both.left, slope)
    right_factor, right_rest = _linear(both.right, slope)
    factor = tidy(subtract(left_factor, right_factor))
    rest = tidy(subtract(right_rest, left_rest))
    if rational(factor) == 0:
        raise EngineError(
            f"The slope of {dependent} drops out of this equation.", hint="Type another equation."
        )
    collected = Equation(tidy(Product((factor, slope))), rest)
    divided = Equation(slope, Quotient(rest, factor))
    answer = tidy(divided.right)
    final = Equation(slope, answer)
    substeps = [
        *left,
        *right,
        Step("both sides", asked, both),
        Step("collect the slope", both, collected),
        Step("divide by its factor", collected, divided),
    ]
    if final != divided:
        substeps.append(Step("tidy", divided, final))
    root = Step("implicit", asked, final, substeps=tuple(substeps))
    return Derivation(equation, variable, (root,), answer, (dependent,))


def _linear(node: Expression, slope: Variable) -> tuple[Expression, Expression]:
    """Write an expression that is linear in y′ as ``factor·y′ + rest``."""
    zero = Number("0")
    if not node.depends_on(slope.name):
        return zero, node
    match node:
        case Variable():
            return Number("1"), zero
        case Negative():
            factor, rest = _linear(node.operand, slope)
            return Negative(factor), Negative(rest)
        case Sum():
            parts = [_linear(term, slope) for term in node.terms]
            factors, rests = (tuple(part[place] for part in parts) for place in (0, 1))
            return node.with_children(factors), node.with_children(rests)
        case Quotient():
            factor, rest = _linear(node.numerator, slope)
            return Quotient(factor, node.denominator), Quotient(rest, node.denominator)
        case Product():
            place = next(
                place for place, one in enumerate(node.factors) if one.depends_on(slope.name)
            )
            parts_ = _linear(node.factors[place], slope)
            first, second = (
                node.with_children((*node.factors[:place], part, *node.factors[place + 1 :]))
                for part in parts_
            )
            return first, second
    raise EngineError("The slope does not stand in a sum of products.", hint="Simplify it first.")
