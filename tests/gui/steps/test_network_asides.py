import pytest

from engine.formula.plaintext import plaintext
from engine.network.relations import inputs, relate
from engine.network.schedule import schedule
from engine.workspace.document import Document
from gui.steps.network_asides import NetworkAsides, cost_after


@pytest.fixture
def asides():
    return NetworkAsides(Document())


def test_every_step_has_a_reason(asides):
    for index in range(17):
        assert asides.why(index).words.endswith(".")
    assert asides.why(17) is None


def test_only_gradients_can_be_nudged(asides):
    assert [asides.nudge(index) is not None for index in range(17)] == (
        [False] * 5 + [True] * 8 + [False] * 4
    )


def test_a_nudge_of_w2_finds_the_gradient_to_two_digits(asides):
    text = plaintext(asides.nudge(7).formula)
    assert text.endswith("= 0.0714 ≈ 0.0715")


def test_nudging_agrees_with_the_backward_pass_for_every_quantity():
    document = Document()
    graph = relate(document.network, document.loss)
    values = graph.values(inputs(document.network, document.x, document.y))
    adjoints = graph.adjoints(values)
    for step in schedule(document.network)[5:13]:
        nudge = 1e-6
        up = cost_after(graph, values, step.name, nudge)
        down = cost_after(graph, values, step.name, -nudge)
        assert (up - down) / (2 * nudge) == pytest.approx(adjoints[step.name], rel=1e-7)
