import numpy as np

from engine.network.network import layered
from engine.network.slice import Slice
from engine.workspace import learning
from engine.workspace.document import Document
from engine.workspace.training import Data
from gui.bridge import Workbench
from gui.plots.cost_figure import CostFigure
from gui.plots.landscape_figure import LandscapeFigure
from gui.plots.moment_ground import MOST_OFFERED, Ground, Symbols, landscapes, pair_of, way_of
from tests.gui.plots.moments import lesson, moment_of


def test_the_ground_is_the_same_object_as_long_as_nothing_of_it_changes():
    ground = landscapes()
    first = ground.of(moment_of(lesson(), 3), ("w1", "w2"))
    assert ground.of(moment_of(lesson(), 9), ("w1", "w2")) is first
    assert ground.of(moment_of(lesson(), 9), ("w2", "w1")) is not first
    slice_ = Ground(Slice)
    along = slice_.of(moment_of(Document(), 3), ("w2",))
    assert slice_.of(moment_of(Document(), 3), ("w2",)) is along
    later = slice_.of(moment_of(Document(), 4), ("w2",))
    assert later is not along
    assert later.cost(1.0) != along.cost(1.0)


def test_a_pair_is_the_wished_one_or_two_weights():
    names = ("w1", "b1", "w2", "b2")
    assert pair_of(names, ("b1", "w2")) == ("b1", "w2")
    assert pair_of(names, ("b1", "b1")) == pair_of(names, ("", "")) == ("w1", "w2")
    assert pair_of(("w", "b"), ("", "")) == ("w", "b")
    assert pair_of(("w",), ("", "")) is None


def test_the_way_ends_at_the_step_that_is_looked_at():
    moment = moment_of(lesson(), 30, 12)
    way = way_of(moment, ("w1", "w2"))
    assert way.shape == (13, 2)
    assert way[0].tolist() == [0.5, -0.499]
    np.testing.assert_array_equal(way[-1], moment.standing.parameters)


def test_a_large_network_offers_its_first_and_last_weights_and_draws(qtbot, appearance):
    document = Document(network=layered((2, 40, 40, 1)), x=(0.0, 0.0), y=(0.0,), data=Data("xor"),
                        learning_rate=0.1)  # fmt: skip
    moment = moment_of(learning.draw_weights(document, draw=1), 2)
    offered = Symbols().offered(moment)
    assert len(offered) == MOST_OFFERED < len(moment.names)
    assert {moment.names[0], moment.names[-1]} <= set(offered)
    for kind in (CostFigure, LandscapeFigure):
        figure = kind(Workbench(document, appearance))
        qtbot.addWidget(figure.widget)
        figure.show_moment(moment)
        assert figure.plot.shown is not None
