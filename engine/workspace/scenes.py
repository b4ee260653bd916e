"""Scenes with golden numbers: a network, its data and its training, ready to be run.

Each is told with the numbers it must give; `tests/engine/workspace/test_scenes.py` holds them. The
starts were chosen so that what a lesson is about can be seen: see the sources named in the words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.errors import EngineError
from engine.network.network import Network, layered
from engine.workspace.document import Document, Trail
from engine.workspace.placement import AS_USUAL
from engine.workspace.training import TABLE, UNTRAINED, Data, Training

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """Something to begin with.

    Parameters
    ----------
    key : str
    title : str
        As the menu writes it.
    words : str
        What is to be seen, in a sentence.
    build : callable
        Returns a document whose network, sample, cost and training are the scene's.
    """

    key: str
    title: str
    words: str
    build: Callable[[], Document]


def take_scene(document: Document, key: str) -> Document:
    """Begin with a scene, in the descent lab; notation and function stay."""
    scene = scene_called(key)
    made = scene.build()
    return replace(
        document,
        workspace="descent",
        scene=scene.title,
        network=made.network,
        x=made.x,
        y=made.y,
        loss=made.loss,
        learning_rate=made.learning_rate,
        training=made.training,
        data=made.data,
        focus=made.focus,
        step=0,
        trail=Trail(),
        way=UNTRAINED,
        placement=AS_USUAL,
    )


def scene_called(key: str) -> Scene:
    """Return the scene of that key."""
    for scene in SCENES:
        if scene.key == key:
            return scene
    raise EngineError(
        f"There is no scene “{key}”.", hint=f"There are: {', '.join(each.key for each in SCENES)}."
    )


def _scene(
    network: Network,
    rows: tuple[Row, ...] = (),
    *,
    set_: str = "",
    loss: str = "half squared error",
    rate: float = 0.5,
    training: Training | None = None,
) -> Document:
    wide = len(network.inputs)
    names = (*network.inputs, *network.targets)
    data = Data(set_) if set_ else Data(TABLE, len(rows), columns=names, rows=rows,
                                        wanted=len(network.outputs))  # fmt: skip
    first = rows[0] if rows else (0.0,) * len(names)
    return Document(
        network=network, x=first[:wide], y=first[wide:], loss=loss, learning_rate=rate,
        training=training or Training(), data=data, focus=0,
    )  # fmt: skip


def _xor(first: list[list[float]], hidden: list[float], second: list[list[float]]) -> Document:
    network = layered(
        (2, 2, 1), ["tanh", "sigmoid"], weights=[first, second], biases=[hidden, [0.0]]
    )
    return _scene(network, set_="xor", loss="binary cross-entropy")


def _nielsen(weight: float, bias: float, loss: str) -> Document:
    network = layered((1, 1), weights=[[[weight]]], biases=[[bias]])
    return _scene(network, ((1.0, 0.0),), loss=loss, rate=0.15)


def _chain(activation: str, weight: float, rate: float) -> Document:
    """Six neurons in a row, x = 1, y = 0, no biases to speak of: pedagogy's lesson 11."""
    network = layered((1,) * 7, activation, weights=[[[weight]]] * 6, biases=[[0.0]] * 6)
    return _scene(network, ((1.0, 0.0),), rate=rate)


def _dead() -> Document:
    network = layered(
        (2, 6, 1), ["relu", "sigmoid"], biases=[[-5.0] * 3 + [0.0] * 3, [0.0]], seed=5
    )
    training = Training(optimizer="adam")
    return _scene(network, set_="circle", loss=_CROSS, rate=0.02, training=training)


def _two_weights(first: float, second: float) -> Document:
    network = layered(
        (1, 1, 1), "linear", weights=[[[first]], [[second]]], biases=[None, None]
    )  # fmt: skip
    return _scene(network, ((1.0, 1.0),), rate=0.1)


def _one_weight() -> Document:
    network = layered((1, 1), "linear", weights=[[[0.0]]], biases=[None])
    return _scene(network, ((1.0, 3.0),), loss="squared error", rate=0.1)


def _ravine() -> Document:
    """J = ½(u² + 25v²): two samples that each see one of two weights."""
    network = layered((2, 1), "linear", weights=[[[-4.0, 1.0]]], biases=[None])
    return _scene(
        network, ((1.0, 0.0, 0.0), (0.0, 5.0, 0.0)), rate=0.05, training=Training(samples="sum")
    )


def _mazur(slip: bool) -> Document:
    network = layered(
        (2, 2, 2),
        weights=[[[0.15, 0.2], [0.25, 0.3]], [[0.4, 0.45], [0.5, 0.55]]],
        biases=[[0.35, 0.35], [0.6, 0.6]],
    )
    held = tuple(each.bias_name for each in network.neurons)
    return _scene(
        network, ((0.05, 0.1, 0.01, 0.99),), training=Training(slip=slip, held=held)
    )  # fmt: skip


_GIVEN = ([[1.0, -0.8], [0.6, -1.1]], [0.1, -0.2], [[0.9, -0.7]])
_EQUAL = ([[0.5, 0.5], [0.5, 0.5]], [0.0, 0.0], [[0.5, 0.5]])
_SQUARED, _CROSS = "half squared error", "binary cross-entropy"

SCENES: tuple[Scene, ...] = (
    Scene(
        "rates",
        "One weight, J = (w − 3)²",
        "η 0.1 creeps, 0.5 hits at once, 0.9 zig-zags, 1.0 swings for ever, 1.1 runs away.",
        _one_weight,
    ),
    Scene(
        "xor",
        "XOR, two hidden neurons",
        "J falls below 0.05 at step 196 with η 0.5.",
        lambda: _xor(*_GIVEN),
    ),
    Scene(
        "xor-equal",
        "XOR from equal weights",
        "Both hidden neurons stay alike for ever: J is 0.4788 after 3000 steps, never below 0.477.",
        lambda: _xor(*_EQUAL),
    ),
    Scene(
        "saturation-mild",
        "Saturation race: a little wrong",
        "Squared error from w 0.6, b 0.9: the output is 0.153 after 150 steps.",
        lambda: _nielsen(0.6, 0.9, _SQUARED),
    ),
    Scene(
        "saturation-bad",
        "Saturation race: very wrong",
        "Squared error from w 2, b 2: still 0.933 after 150 steps, since σ′ is all but 0.",
        lambda: _nielsen(2.0, 2.0, _SQUARED),
    ),
    Scene(
        "saturation-cross",
        "Saturation race: cross-entropy",
        "From w 2, b 2 with cross-entropy: 0.0257 after 150 steps, since σ′ cancels.",
        lambda: _nielsen(2.0, 2.0, _CROSS),
    ),
    Scene(
        "vanishing",
        "Vanishing gradients: six σ",
        "|δ| falls from 0.15 in layer 6 to 0.000072 in layer 1, since σ′ is at most ¼.",
        lambda: _chain("sigmoid", 1.0, 0.5),
    ),
    Scene(
        "vanishing-large",
        "Vanishing gradients: larger weights",
        "Weights of 4 in place of 1 make it worse: 4.4·10⁻⁸ in layer 1, the neurons saturate.",
        lambda: _chain("sigmoid", 4.0, 0.5),
    ),
    Scene(
        "growing",
        "Growing gradients: six ReLU",
        "With weights of 2 |δ| doubles with every layer: 64 in layer 6, 2048 in layer 1.",
        lambda: _chain("relu", 2.0, 1e-5),
    ),
    Scene(
        "dead",
        "Dead neurons: ReLU on a circle",
        "Three of six hidden neurons have slope 0 at every sample: only the others ever learn.",
        _dead,
    ),
    Scene(
        "saddle",
        "Into the saddle",
        "J = ½(w₁w₂ − 1)² from (0.5, −0.5) slides into (0, 0) and stays there, J ½.",
        lambda: _two_weights(0.5, -0.5),
    ),
    Scene(
        "saddle-beside",
        "Beside the saddle",
        "From (0.5, −0.499) it lingers near J ½ for about 50 steps, then escapes to (1, 1).",
        lambda: _two_weights(0.5, -0.499),
    ),
    Scene(
        "other-valley",
        "The other valley",
        "From (−0.3, −0.2) it ends at (−1.01, −0.99): two different minima.",
        lambda: _two_weights(-0.3, -0.2),
    ),
    Scene(
        "ravine",
        "The ravine, J = ½(u² + 25v²)",
        "From (−4, 1): gradient descent needs 88 steps with η 0.05; above 0.08 it runs away.",
        _ravine,
    ),
    Scene(
        "mazur",
        "2-2-2, the right update",
        "A well-known worked example: J is 0.291027774 after one update.",
        lambda: _mazur(False),
    ),
    Scene(
        "mazur-slip",
        "2-2-2, with the famous slip",
        "As it was printed, 0.291027924: hidden gradients with already updated weights.",
        lambda: _mazur(True),
    ),
)
