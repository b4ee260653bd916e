"""The code of a scene computes the scene's numbers."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from engine.calculus.decompose import decompose
from engine.calculus.parse import parse
from engine.network.network import Connection, Network, Neuron, layered
from engine.network.optimizers import OPTIMIZERS
from engine.network.relations import relate
from engine.workspace import edits, learning
from engine.workspace.document import Document
from engine.workspace.scripts import numpy_script, torch_script

WIDE = Document(network=layered((2, 3, 2)), x=(0.5, -1.0), y=(0.1, 0.9))
LOOSE = Network(  # a neuron nothing reads, one that jumps, one cut off, a weight used twice
    ("x1", "x2"),
    (Neuron("1_1", 1, "step"), Neuron("1_2", 1, "relu", -3.0), Neuron("1_3", 1, "elu"),
     Neuron("2_1", 2, "selu"), Neuron("2_2", 2, "hard tanh")),
    (Connection("p", "x1", "1_1", 0.5), Connection("q", "x2", "1_2", 0.7),
     Connection("r", "x1", "1_3", -0.6), Connection("s", "1_1", "2_1", 0.4),
     Connection("t", "1_2", "2_1", 0.9), Connection("r", "1_3", "2_2", -0.6)),
    ("2_1",),
)  # fmt: skip
CORNERS = Document(network=LOOSE, x=(0.5, 1.0), y=(-1.0,), loss="squared hinge")
SATURATED = Document(
    network=layered((1, 1), "sigmoid", weights=[[[40.0]]]), x=(1.0,), y=(1.0,),
    loss="binary cross-entropy",
)  # fmt: skip
DOCUMENTS = {"chapter": Document(), "wide": WIDE, "corners": CORNERS, "saturated": SATURATED}
FUNCTIONS = ("log(2+cos x)", "x^2*e^(-x)", "sqrt(1+(3x-1)^2)", "tanh(x)/x", "arctan(x)+pi", "|x|",
             "log_3(x+1)", "sqrt(2/pi)*x", "ln|cos x|", "e^x/x + 17e^2")  # fmt: skip


def printed(script: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    lines = (line.split(" = ") for line in done.stdout.splitlines())
    return {name: float(value) for name, value in lines}


def expected(document: Document) -> dict[str, float]:
    graph = relate(document.network, document.loss)
    values = graph.values(document.sample | document.network.parameters())
    adjoints = graph.adjoints(values)
    names = document.network.parameters()
    found = {f"dJ/d{name}": float(adjoints[name]) for name in names}
    rate = document.learning_rate
    found |= {name: float(values[name] - rate * adjoints[name]) for name in names}
    return found | {"J": float(values["J"])}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_the_numpy_script_prints_the_scene_s_numbers(document: Document) -> None:
    assert printed(numpy_script(document)) == pytest.approx(expected(document))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_script_updates_by_the_scenes_own_rule(optimizer: str) -> None:
    start = learning.set_optimizer(replace(Document(), learning_rate=0.1), optimizer)
    document = edits.run(learning.set_held(start, ["b1"]), 2)
    found = printed(numpy_script(document))
    after = edits.run(edits.go_to_step(document, 0), 1).network.parameters()
    assert {name: found[name] for name in after} == pytest.approx(after, rel=1e-9)
    compile(torch_script(document), "scene.py", "exec")


@pytest.mark.parametrize("text", FUNCTIONS)
def test_the_numpy_script_of_a_function_prints_value_and_slope(text: str) -> None:
    document = Document(workspace="function", expression=text, reading=text)
    graph = decompose(parse(text).expression, "h")
    values = graph.values({"x": 2.0})
    found = printed(numpy_script(document))
    assert found["h"] == pytest.approx(values["h"])
    assert found["dh/dx"] == pytest.approx(graph.adjoints(values)["x"])


def test_the_script_is_readable() -> None:
    script = numpy_script(Document())
    assert len(script.splitlines()) < 60
    assert "z1 = w1*x + b1" in script
    assert re.search(r"^dJ_dw2 = dJ_dz2 \* a1$", script, re.MULTILINE)


def test_the_torch_script_asks_for_the_same_gradients() -> None:
    script = torch_script(Document())
    compile(script, "scene.py", "exec")
    assert "J.backward()" in script
    assert script.count("requires_grad=True") == 4


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")
@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_the_torch_script_prints_the_scene_s_numbers(document: Document) -> None:
    assert printed(torch_script(document)) == pytest.approx(expected(document))


def test_a_function_of_a_number_is_no_business_of_pytorch() -> None:
    document = Document(workspace="function", expression="log_3(x)", reading="log_3(x)")
    script = torch_script(document)
    assert "math.log(3)" in script
    assert script.index("import math") < script.index("import torch")


def test_a_constant_has_no_gradient_to_ask_for() -> None:
    document = Document(workspace="function", expression="8", reading="8")
    assert printed(numpy_script(document)) == {"h": 8.0}
    assert "backward()" not in torch_script(document)


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")
@pytest.mark.parametrize("text", FUNCTIONS)
def test_both_scripts_of_a_function_print_the_same(text: str) -> None:
    document = Document(workspace="function", expression=text, reading=text)
    assert printed(torch_script(document)) == pytest.approx(printed(numpy_script(document)))
