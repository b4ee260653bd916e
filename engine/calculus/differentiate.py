"""Derivatives of an expression: to one variable, again and again, and to several."""

from __future__ import annotations

from collections.abc import Sequence

from engine.calculus.derivation import Derivation, Step, renamed
from engine.calculus.expression import Derivative, Expression
from engine.calculus.links import names_one_part
from engine.calculus.rulebook import Rules

#: The name of a part where only one has a name: ``f(g(x))``.
LONE = "g"


def differentiate(expression: Expression, variable: str) -> Derivation:
    """Differentiate an expression with respect to a variable; all other letters are constants.

    Parameters
    ----------
    expression : Expression
        As written; it is not simplified first.
    variable : str
        The name of a variable, which need not occur.

    Returns
    -------
    Derivation
        With every step; its answer is tidied.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.calculus.write import as_text
    >>> as_text(differentiate(parse("log(2 + cos x)").expression, "x").answer)
    '-sin(x)/(2 + cos(x))'
    """
    steps = apply_rules(expression, variable)
    if variable in expression.letters and len(expression.letters) > 1:
        asked = Derivative(expression, variable)
        steps = (Step("hold constant", asked, asked), *steps)
    return Derivation(expression, variable, steps, steps[-1].after)


def apply_rules(
    expression: Expression, variable: str, along: tuple[str, ...] = ()
) -> tuple[Step, ...]:
    """Return the steps from ``d/dx expression`` to its derivative, where `along` follow x."""
    letters = {name[0] for name in (*expression.letters, variable)}
    alone = LONE if LONE not in letters and names_one_part(expression, {variable, *along}) else None
    rules = Rules(variable, letters, along, alone)
    steps = rules.derive(expression)
    if len(rules.names) == 1 and LONE not in letters:
        return renamed(steps, rules.names[0], LONE)
    if rules.names[:1] == [LONE]:
        return renamed(steps, LONE, rules.numbered(1))
    return steps


def differentiate_repeatedly(
    expression: Expression, variables: Sequence[str]
) -> tuple[Derivation, ...]:
    """Differentiate again and again: ``("x", "x")`` is the second derivative, ``("x", "y")`` mixed.

    Parameters
    ----------
    expression : Expression
        As written.
    variables : sequence of str
        By which, in order; at least one.

    Returns
    -------
    tuple of Derivation
        One for each variable; each begins with the answer of the one before.
    """
    derivations: list[Derivation] = []
    for variable in variables:
        derivations.append(differentiate(expression, variable))
        expression = derivations[-1].answer
    return tuple(derivations)
