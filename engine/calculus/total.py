"""The total derivative: a function of several variables that all depend on one.

``dz/dt = ∂z/∂x · dx/dt + ∂z/∂y · dy/dt``: the sum over the paths from t to z, each a product.
Source: Stewart, *Calculus*, §14.5.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.calculus.derivation import Derivation, Step
from engine.calculus.expression import (
    Derivative,
    Expression,
    Product,
    add,
)
from engine.calculus.rulebook import Rules
from engine.errors import EngineError


def differentiate_totally(
    expression: Expression, substitutions: Mapping[str, Expression], variable: str
) -> Derivation:
    """Differentiate ``z(x(t), y(t))`` for t.

    Parameters
    ----------
    expression : Expression
        z, in the variables of `substitutions` and perhaps in t itself.
    substitutions : mapping of str to Expression
        x(t), y(t), …; none may mention another one.
    variable : str
        t.

    Returns
    -------
    Derivation
        Its expression and its answer are in t alone.

    Raises
    ------
    EngineError
        When no path leads from the variable to the expression.
    """
    for name, part in substitutions.items():
        inside = [other for other in substitutions if part.depends_on(other)]
        if inside:
            raise EngineError(
                f"What is put in for {name} contains {inside[0]}, which is replaced itself.",
                hint="Use other letters on the right side, such as t.",
            )
    used = {name: part for name, part in substitutions.items() if expression.depends_on(name)}
    paths = [name for name, part in used.items() if part.depends_on(variable)]
    whole = expression.substitute(dict(used))
    if not paths:
        raise EngineError(
            f"Nothing that is put in depends on {variable}.",
            hint=f"Write, for example, x=sin({variable}).",
        )
    letters = {name[0] for name in (*expression.variables(), *whole.variables(), variable)}
    names: list[str] = []

    def derive(part: Expression, by: str) -> tuple[Step, ...]:
        return Rules(by, letters, names=names).derive(part)

    asked: list[Expression] = []
    found: list[Expression] = []
    parts: list[Step] = []
    for name in paths:
        outer, inner = derive(expression, name), derive(used[name], variable)
        parts += [*outer, *inner]
        asked.append(Product((Derivative(expression, name), Derivative(used[name], variable))))
        found.append(Product((outer[-1].after, inner[-1].after)))
    if expression.depends_on(variable) and variable not in used:
        direct = derive(expression, variable)
        parts += direct
        asked.append(Derivative(expression, variable))
        found.append(direct[-1].after)
    before = Derivative(whole, variable)
    multiplied = add(*found)
    put_back = multiplied.substitute(dict(used))
    bindings = tuple(used.items())
    root = Step(
        "multivariable chain",
        before,
        put_back,
        bindings,
        (
            Step("name", whole, expression, bindings),
            Step("sum over the paths", before, add(*asked)),
            *parts,
            Step("multiply", before, multiplied),
            Step("put back", multiplied, put_back),
        ),
    )
    steps = Rules(variable, letters).tidied(root)
    return Derivation(whole, variable, steps, steps[-1].after)
