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
    equations, _ = _links(expression, output)
    return Graph(expression.variables(), tuple(equations))


def named_parts(expression: Expression, output: str = "h") -> dict[Expression, str]:
    """Return the parts of an expression that `decompose` names, each with its name."""
    return _links(expression, output)[1]


def _links(expression: Expression, output: str) -> tuple[list[Equation], dict[Expression, str]]:
    letters = {name[0] for name in (*expression.letters, output)}
    letter = next((one for one in _LETTERS if one not in letters), "u")
    known: dict[Expression, str] = {}
    parts: dict[Expression, str] = {}
    equations: list[Equation] = []

    def link(node: Expression, operands: tuple[Expression, ...]) -> Expression:
        if isinstance(node, Variable) or not node.letters:
            return node
        name = parts.get(node)
        if name is None:
            written = node.with_children(operands)
            name = known.get(written)
            if name is None:
                name = known[written] = f"{letter}{len(known) + 1}"
                equations.append(Equation(name, written))
            parts[node] = name
        return Variable(name)

    last = rebuild(expression, link)
    if equations and last == Variable(equations[-1].name):
        equations[-1] = Equation(output, equations[-1].expression)
    else:
        equations.append(Equation(output, expression))
    parts[expression] = output
    return equations, parts
