"""Scenes as code: a readable script that computes the same numbers, with numpy or with PyTorch.

The script says what the steps say, in their order: a line forward for each equation of the graph,
a line backward for each of its names, a line for each update.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from engine.calculus.decompose import decompose
from engine.calculus.expression import Expression, Number
from engine.calculus.graph import Graph
from engine.calculus.parse import parse
from engine.calculus.write import as_python, python_name
from engine.workspace.document import Document
from engine.workspace.rounds import graph_of
from engine.workspace.script_updates import update_lines

#: Functions that numpy and PyTorch have not under that name, or not for single numbers.
_FROM_MATH = frozenset({"erf", "erfc", "gamma", "lgamma"})
_BUILT_IN = frozenset({"abs", "max", "min", "round", "float", "int"})
#: A function of a mere number, which PyTorch leaves to the math module.
_OF_A_NUMBER = re.compile(r"\b([a-z_][a-z0-9_]*)\(((?:[\d\s.+*/-]|\bpi\b|\be\b)+)\)")
_RECTIFIED = re.compile(r"\bmax\((?:0, )?([a-z_]\w*)(?:, 0)?\)")
_SIGN = re.compile(r"\(\((?P<u>.+?) > 0\) - \((?P=u) < 0\)\)")
_CALL = re.compile(r"(?<![\w.])(?:([a-z_][a-z0-9_]*)\(|(pi|e)\b)")


def numpy_script(document: Document) -> str:
    """Return a Python script that needs numpy alone and prints what the steps show.

    Parameters
    ----------
    document : Document
        The scene; its open side is written.

    Returns
    -------
    str
    """
    graph, given, learned = _parts(document)
    forward = list(_forward(graph))
    backward = list(_backward(graph, _wanted(graph, learned)))
    result = graph.output
    update = [] if document.workspace == "function" else update_lines(document, learned, result)
    lines = [
        f'"""{_title(document)}: forward and backward, one small step a line."""',
        "",
        *_imports("numpy", forward + backward + update),
        "# What is given",
        *_given(given),
        "",
        "# Forward",
        *forward,
        "",
        f"# Backward: d{result}_dz stands for the derivative of {result} by z",
        *backward,
        "",
    ]
    for name in learned:
        own = python_name(name)
        lines.append(f'print("d{result}/d{own} =", {_adjoint(result, name)})')
    if document.workspace != "function":
        lines += ["", "# Update", *update, ""]
        lines += [f'print("{python_name(name)} =", {python_name(name)})' for name in learned]
    lines.append(f'print("{result} =", {python_name(result)})')
    return "\n".join(lines) + "\n"


def torch_script(document: Document) -> str:
    """Return a Python script that lets PyTorch find the gradients; see `numpy_script`."""
    graph, given, learned = _parts(document)
    forward = [_for_torch(line) for line in _forward(graph)]
    result = python_name(graph.output)
    update = [] if document.workspace == "function" else update_lines(document, learned, result)
    lines = [
        f'"""{_title(document)}: forward by hand, backward by PyTorch."""',
        "",
        *(["import math"] if any("math." in line for line in forward) else []),
        "import torch",
        *_imports("torch", forward + update),
        "# What is given",
    ]
    for name, value in given.items():
        asked = ", requires_grad=True" if name in learned else ""
        number = f"{value!r}, dtype=torch.float64{asked}"
        lines.append(f"{python_name(name)} = torch.tensor({number})")
    lines += ["", "# Forward", *forward, ""]
    reached = graph.output in _wanted(graph, learned)
    if reached:
        lines += ["# Backward", f"{result}.backward()", ""]
    for name in learned:
        own = python_name(name)
        lines.append(f'print("d{graph.output}/d{own} =", {own}.grad.item())')
    if document.workspace != "function":
        lines += ["", "# Update", "with torch.no_grad():"]
        for name in learned:
            own = python_name(name)
            lines.append(f"    {_adjoint(result, name)} = {own}.grad")
        lines += [*(f"    {line}" for line in update), ""]
        lines += [f'print("{python_name(name)} =", {python_name(name)}.item())' for name in learned]
    lines.append(f'print("{graph.output} =", float({result}))')
    return "\n".join(lines) + "\n"


def links_of(document: Document) -> Graph:
    """Return the document's function as named links."""
    expression = parse(document.reading).expression
    output = next(each for each in ("h", "f", "y", "F", "H") if each not in expression.variables())
    return decompose(expression, output)


def _title(document: Document) -> str:
    text = document.scene if document.workspace != "function" else document.reading
    return text.replace("\\", "/").replace('"', "'")


def _parts(document: Document) -> tuple[Graph, dict[str, float], tuple[str, ...]]:
    """Return the graph, the values of its inputs, and the names whose gradients are asked for."""
    if document.workspace != "function":
        parameters = document.network.parameters()
        whole: Graph = graph_of(document)
        return whole, document.sample | parameters, tuple(parameters)
    graph = links_of(document)
    values = {name: document.values.get(name, 0.0) for name in graph.inputs}
    values.setdefault(document.variable, document.values[document.variable])
    return graph, values, tuple(name for name in graph.inputs if name == document.variable)


def _given(given: dict[str, float]) -> Iterator[str]:
    for name, value in given.items():
        yield f"{python_name(name)} = {value!r}"


def _imports(module: str, lines: Iterable[str]) -> list[str]:
    """Return the imports of the functions that are called."""
    used = {word or constant for line in lines for word, constant in _CALL.findall(line)}
    used -= _BUILT_IN
    constants = used & {"e", "pi"}
    special = used & _FROM_MATH
    from_math = sorted(constants | special if module == "numpy" else constants)
    places = {"math": from_math, module: sorted(used - constants - special)}
    if module == "torch":
        places["torch.special"] = sorted(special)
    return [
        f"from {place} import {', '.join(names)}" for place, names in places.items() if names
    ] + [""]


def _forward(graph: Graph) -> Iterator[str]:
    for equation in graph.equations:
        yield f"{python_name(equation.name)} = {_python(equation.expression)}"


def _python(expression: Expression) -> str:
    """Write an expression; a sign by its name, since arrays of truths are not subtracted."""
    return _SIGN.sub(r"sign(\g<u>)", as_python(expression))


def _for_torch(line: str) -> str:
    """Let the math module compute what PyTorch takes only of tensors: ``math.log(3)``.

    Python's ``max`` of 0 and a negative tensor is a mere 0, which has no gradient: it is ``relu``.
    """
    line = _RECTIFIED.sub(r"relu(\1)", line)
    return _OF_A_NUMBER.sub(
        lambda call: call[0] if call[1] in _BUILT_IN else f"math.{call[0]}", line
    )


def _wanted(graph: Graph, learned: tuple[str, ...]) -> set[str]:
    """Return the names on the way from what is learned to the output."""
    wanted = set(learned)
    for equation in graph.equations:
        if wanted & set(graph.parents(equation.name)):
            wanted.add(equation.name)
    return wanted


def _backward(graph: Graph, wanted: set[str]) -> Iterator[str]:
    """Yield a line for each name's derivative, from the output back."""
    order = [equation.name for equation in reversed(graph.equations)]
    order += [name for name in graph.inputs if name in wanted]
    for name in order:
        if name not in wanted or name == graph.output:
            continue
        terms = [
            _term(graph.local_derivative(child, name), child, graph.output)
            for child in graph.children(name)
            if child in wanted
        ]
        yield f"{_adjoint(graph.output, name)} = {' + '.join(terms) or '0.0'}"


def _term(local: Expression, child: str, output: str) -> str:
    text = _python(local)
    bare = re.fullmatch(r"\w+|\(.*\)", text) is not None and text.count("(") <= 1
    if child == output:
        return text if bare or isinstance(local, Number) else f"({text})"
    if isinstance(local, Number) and local.text == "1":
        return _adjoint(output, child)
    return f"{_adjoint(output, child)} * {text if bare else f'({text})'}"


def _adjoint(output: str, name: str) -> str:
    return f"d{python_name(output)}_d{python_name(name)}"
