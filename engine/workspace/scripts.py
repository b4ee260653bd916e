"""Scenes as code: a readable script that computes the same numbers, with numpy or with PyTorch.

The script says what the steps say, in their order: a line forward for each equation of the graph,
a line backward for each of its names, a line for each update.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite

from engine.calculus.decompose import decompose
from engine.calculus.evaluate import evaluate
from engine.calculus.expression import Expression, Number
from engine.calculus.graph import Graph
from engine.calculus.parse import parse
from engine.calculus.write import as_python, python_name
from engine.network.network_graph import NetworkGraph
from engine.workspace.document import Document
from engine.workspace.rounds import graph_of
from engine.workspace.script_updates import update_lines

#: Functions that numpy and PyTorch have not under that name, or not for single numbers.
_FROM_MATH = frozenset({"erf", "erfc", "gamma", "lgamma"})
_BUILT_IN = frozenset({"abs", "max", "min", "round", "float", "int"})
#: A function of a mere number, which PyTorch leaves to the math module.
_OF_A_NUMBER = re.compile(r"\b([a-z_][a-z0-9_]*)\(((?:[\d\s.+*/-]|\bpi\b|\be\b)+)\)")
_NUMPY_FORMS = {"sgn": "sign({0})"}  # arrays of truths are not subtracted
#: Whatever is cut off or a step keeps its gradient of 0: a mere number would end the way back.
_TORCH_FORMS = {
    "sgn": "sign({0})",
    "step": "where({0} > 0, 1 + 0*{0}, 0*{0})",
    "max": "where({0} > {1}, {0}, {1})",
    "min": "where({0} < {1}, {0}, {1})",
}
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
    forms, slopes = _computed(graph, given)
    forward = list(_forward(graph, forms))
    backward = list(_backward(graph, _wanted(graph, learned), slopes))
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
    forms, _ = _computed(graph, given)
    forward = [_for_torch(line) for line in _forward(graph, forms, _TORCH_FORMS)]
    result = python_name(graph.output)
    update = (
        []
        if document.workspace == "function"
        else update_lines(document, learned, result, "torch.tensor({}, dtype=torch.float64)")
    )
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
    reaching = {name for name in learned if graph.output in _wanted(graph, (name,))}
    if reaching:
        lines += ["# Backward", f"{result}.backward()", ""]
    for name in learned:
        own = python_name(name)
        slope = f"{own}.grad.item()" if name in reaching else "0.0"
        lines.append(f'print("d{graph.output}/d{own} =", {slope})')
    if document.workspace != "function":
        lines += ["", "# Update", "with torch.no_grad():"]
        for name in learned:
            own = python_name(name)
            slope = f"{own}.grad" if name in reaching else f"torch.zeros_like({own})"
            lines.append(f"    {_adjoint(result, name)} = {slope}")
        lines += [*(f"    {line}" for line in update), ""]
        lines += [f'print("{python_name(name)} =", {python_name(name)}.item())' for name in learned]
    reached = f"{result}.item()" if reaching else f"float({result})"
    lines.append(f'print("{graph.output} =", {reached})')
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


def _computed(
    graph: Graph, given: Mapping[str, float]
) -> tuple[Mapping[str, Expression], Mapping[str, Expression]]:
    """Return what stands for equations, and for slopes, that as written have no value here.

    That is so where an output is saturated, 0 · ln 0, or a power too large for a number.
    """
    if not isinstance(graph, NetworkGraph):
        return {}, {}
    values = graph.values(given)

    def failing(expression: Expression) -> bool:
        return not isfinite(evaluate(expression, values))

    forms = {name: form for name, form in graph.computed.items() if failing(graph.expression(name))}
    out = graph.output
    known = graph.shortcuts if out in graph.computed else {}
    slopes = (graph.local_derivative(out, each) for each in graph.parents(out))
    if known and (out in forms or any(map(failing, slopes))):
        return {**forms, out: graph.computed[out]}, known
    return forms, {}


def _forward(
    graph: Graph, others: Mapping[str, Expression], forms: Mapping[str, str] = _NUMPY_FORMS
) -> Iterator[str]:
    for name, expression in ((each.name, each.expression) for each in graph.equations):
        yield f"{python_name(name)} = {as_python(others.get(name, expression), forms)}"


def _for_torch(line: str) -> str:
    """Let the math module compute what PyTorch takes only of tensors: ``math.log(3)``."""
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


def _backward(graph: Graph, wanted: set[str], slopes: Mapping[str, Expression]) -> Iterator[str]:
    """Yield a line for each name's derivative, from the output back."""
    order = [equation.name for equation in reversed(graph.equations)]
    order += [name for name in graph.inputs if name in wanted]
    for name in order:
        if name not in wanted or name == graph.output:
            continue
        if name in slopes:
            yield f"{_adjoint(graph.output, name)} = {as_python(slopes[name], _NUMPY_FORMS)}"
            continue
        if slopes and graph.children(name) == (graph.output,) and name not in graph.inputs:
            continue  # it is skipped by the joint derivative
        terms = [
            _term(graph.local_derivative(child, name), child, graph.output)
            for child in graph.children(name)
            if child in wanted
        ]
        yield f"{_adjoint(graph.output, name)} = {' + '.join(terms) or '0.0'}"


def _term(local: Expression, child: str, output: str) -> str:
    text = as_python(local, _NUMPY_FORMS)
    bare = re.fullmatch(r"\w+|\(.*\)", text) is not None and text.count("(") <= 1
    if child == output:
        return text if bare or isinstance(local, Number) else f"({text})"
    if isinstance(local, Number) and local.text == "1":
        return _adjoint(output, child)
    return f"{_adjoint(output, child)} * {text if bare else f'({text})'}"


def _adjoint(output: str, name: str) -> str:
    return f"d{python_name(output)}_d{python_name(name)}"
