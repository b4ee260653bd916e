"""An expression as named links: one operation, one box.

``log(2 + cos x)`` becomes ``u1 = cos x``, ``u2 = 2 + u1``, ``h = log u2``. Parts that contain no
variable stay inside their box. Equal parts become one box, so that a value used twice has two
paths.
"""

from __future__ import annotations

from engine.calculus.expression import Expression, Variable, rebuild
from engine.calculus.graph import Equation, Graph

_LETTERS = "uvwsrpq"


def decompose(expression: Expression, output: str = "h") -> Graph:
    """Write an expression as a graph of named operations.

    Parameters
    ----------
    expression : Expression
        Any expression; one that is a mere variable or constant becomes a single equation.
    output : str
        The name of the last equation; must not be a variable of the expression.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.calculus.write import as_text
    >>> graph = decompose(parse("log(2 + cos x)").expression)
    >>> [(one.name, as_text(one.expression)) for one in graph.equations]
    [('u1', 'cos(x)'), ('u2', '2 + u1'), ('h', 'log(u2)')]
    """
    inputs = expression.variables()
    letters = {name[0] for name in (*inputs, output)}
    letter = next((one for one in _LETTERS if one not in letters), "u")
    known: dict[Expression, str] = {}
    equations: list[Equation] = []

    def link(node: Expression, operands: tuple[Expression, ...]) -> Expression:
        if isinstance(node, Variable) or not any(operand.letters for operand in operands):
            return node
        written = node.with_children(operands)
        if written not in known:
            known[written] = f"{letter}{len(known) + 1}"
            equations.append(Equation(known[written], written))
        return Variable(known[written])

    last = rebuild(expression, link)
    if equations and last == Variable(equations[-1].name):
        equations[-1] = Equation(output, equations[-1].expression)
    else:
        equations.append(Equation(output, expression))
    return Graph(inputs, tuple(equations))
