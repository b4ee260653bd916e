"""Documents and edits drawn by hypothesis."""

from dataclasses import replace

from hypothesis import strategies as st

from engine.errors import EngineError
from engine.formula.notation import Notation
from engine.network.conventions import with_outputs
from engine.network.losses import LOSSES, Penalty
from engine.network.optimizers import OPTIMIZERS
from engine.workspace import asking, edits, learning, placing, shaping
from engine.workspace.document import Document
from engine.workspace.training import Data
from tests.engine.network.drawn import layered_networks, networks, numbers, samples

floats = st.floats(allow_nan=False, allow_infinity=False)
notations = st.builds(
    Notation,
    output=st.sampled_from(["ŷ", "a"]),
    cost=st.sampled_from(["J", "L", "C", "E"]),
    significant=st.integers(1, 17),
)
texts = st.sampled_from(
    ["log(2+cos x)", "x^2", "sin(3x", "", "e^(k·t)", "2 +", "σ(w·x+b)", "\u202e?", "5"]
)


@st.composite
def questions(draw, document):
    """The document, asked something else where that makes sense."""
    ask = draw(
        st.sampled_from(
            [
                lambda: document,
                lambda: asking.ask_order(document, draw(st.integers(1, 6))),
                lambda: asking.ask_along(document),
                lambda: asking.ask_implicit(edits.set_expression(document, "x^2+y^2=25"), "y"),
                lambda: asking.set_method(document, "expand"),
            ]
        )
    )
    try:
        return ask()
    except EngineError:
        return document


OVER = st.sampled_from(["mean", "sum"])


@st.composite
def placed(draw, document):
    """The document with some parts put elsewhere, some named, and a note or two."""
    names = [*document.network.inputs, *(each.name for each in document.network.neurons), "J"]
    near = st.floats(-3, 3)
    offsets = draw(st.dictionaries(st.sampled_from(names), st.tuples(near, near), max_size=3))
    document = placing.put_parts(document, offsets)
    document = placing.label_part(document, draw(st.sampled_from(names)), draw(texts))
    for _ in range(draw(st.integers(0, 2))):
        document = placing.add_note(document, "seen", draw(near), draw(near))
    return document


@st.composite
def documents(draw):
    """A document as a learner may have left it."""
    network = draw(layered_networks() | networks())
    x, y = draw(samples(network))
    document = Document(
        network=network,
        x=x,
        y=y,
        scene=draw(st.text(st.characters(codec="utf-8"), max_size=20)),
        loss=draw(st.builds(with_outputs, st.sampled_from(list(LOSSES)), OVER)),
        learning_rate=draw(st.floats(0, 10)),
        workspace=draw(st.sampled_from(["network", "function", "descent"])),
        detail=draw(st.sampled_from(["result", "rules", "all", "algebra"])),
        derivation_step=draw(st.integers(0, 9)),
        known=tuple(draw(st.lists(st.sampled_from(["sum", "table:cos", "chain"]), unique=True))),
        notation=draw(notations),
    )
    document = draw(questions(document))
    document = edits.set_expression(document, draw(texts))
    document = edits.set_point(document, draw(floats))
    document = replace(document, step=draw(st.integers(0, document.step_count)))
    document = draw(placed(document))
    if document.loss == "half squared error":
        document = edits.run(replace(document, learning_rate=0.01), draw(st.integers(0, 3)))
    return document


def values(document):
    return st.tuples(
        st.sampled_from([*document.network.parameters(), *document.sample, "η"]),
        st.floats(0, 3).map(lambda value: round(value, 3)),
    )


@st.composite
def edit_of(draw, document):
    """One thing a learner may do to this document."""
    name, value = draw(values(document))
    return draw(
        st.sampled_from(
            [
                lambda: edits.set_quantity(document, name, value),
                lambda: edits.next_step(document),
                lambda: edits.previous_step(document),
                lambda: edits.next_phase(document),
                lambda: edits.go_to_step(document, int(value * 10)),
                lambda: edits.run(document, 2),
                lambda: edits.restart(document),
                lambda: edits.set_scene(document),
                lambda: shaping.add_neuron(document, 1),
                lambda: shaping.set_activation(document, document.network.neurons[0].name, "tanh"),
                lambda: edits.set_loss(document, "squared error"),
                lambda: edits.set_expression(document, draw(texts)),
                lambda: edits.set_point(document, value),
                lambda: edits.next_derivation_step(document, 6),
                lambda: edits.previous_derivation_step(document),
                lambda: edits.set_detail(document, "algebra"),
                lambda: draw(questions(document)),
                lambda: asking.set_known(document, ("sum", "table:sin")),
                lambda: edits.set_workspace(document, "function"),
                lambda: edits.set_notation(document, draw(notations)),
                lambda: learning.set_optimizer(document, draw(st.sampled_from(list(OPTIMIZERS)))),
                lambda: learning.set_penalty(document, Penalty("L2", value)),
                lambda: learning.set_data(document, Data("circle", 9), fit=draw(st.booleans())),
                lambda: learning.draw_weights(document, "he normal", int(value * 10)),
                lambda: learning.set_decimals(document, int(value)),
                lambda: learning.add_sample(document, document.x, document.y),
                lambda: learning.set_batch(document, int(value)),
                lambda: learning.set_slip(document, True),
            ]
        )
    )


__all__ = ["documents", "edit_of", "numbers"]
