import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.network.flow import flow_of, route_along, strongest_route
from engine.network.health import health_of
from engine.network.network import layered
from engine.network.readings import Readings
from gui.plots.flow_plot import FlowPlot
from gui.plots.flow_view import FlowView

KEY = Qt.Key


def view(network, x, y, **more):
    readings = Readings(network, x, y)
    readings.measure()
    shown = {each.name: f"a{each.name}" for each in network.neurons}
    route = route_along(readings, strongest_route(readings))
    return FlowView(flow_of(readings), health_of(readings), route, shown, len(x), "σ′", **more)


def chain(activation, weight):
    weights, biases = [[[weight]]] * 6, [[0.0]] * 6
    return view(layered((1,) * 7, activation, weights=weights, biases=biases), [[1.0]], [[0.0]])


def wide():
    return view(layered((2, 3, 3, 1), "tanh", seed=4), [[0.3, -0.8]], [[1.0]])


def ill():
    network = layered(
        (1, 6, 1), ["relu", "sigmoid"],
        weights=[[[1.0]] * 6, [[1.0] * 6]], biases=[[-5.0] * 5 + [9.0], [0.0]],
    )  # fmt: skip
    return view(network, [[1.0], [0.5]], [[0.0], [1.0]])


@pytest.fixture
def plot(qtbot, appearance):
    plot = FlowPlot(appearance)
    plot.resize(520, 300)
    qtbot.addWidget(plot)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.show_flow(wide())
    return plot


@pytest.fixture
def chosen(plot):
    found = []
    plot.axes.neuron_chosen.connect(lambda layer, name: found.append((layer, name)))
    return found


def test_the_verdict_stands_above_in_words(plot):
    plot.show_flow(chain("sigmoid", 1))
    assert plot.caption.text().startswith("Vanishing: |δ| becomes 2,100 times smaller")
    assert "Vanishing" in plot.axes.accessibleDescription()
    plot.show_flow(chain("relu", 1))
    assert plot.caption.text().startswith("Steady")


def test_a_bar_is_as_high_as_the_logarithm_of_its_size(plot):
    view = chain("sigmoid", 1)
    plot.show_flow(view)
    heights = [plot.axes._height(layer.mean) for layer in view.flow.layers]
    logs = [np.log10(layer.mean) for layer in view.flow.layers]
    assert np.corrcoef(heights, logs)[0, 1] == pytest.approx(-1)
    assert heights == sorted(heights, reverse=True)


def test_dead_and_saturated_neurons_are_named_the_first_few_by_name(plot):
    plot.show_flow(ill())
    words = plot.notes.text()
    assert words.count("is dead: its slope is 0 at every sample") == 3
    assert "And 2 more dead and 1 more saturated." in words


def test_an_output_whose_slope_the_cost_cancels_is_not_called_ill(plot):
    network = layered((1, 1), weights=[[[0.0]]], biases=[[9.0]])
    plot.show_flow(view(network, [[1.0]], [[1.0]], cancelled=frozenset({"1"})))
    assert "learns all the same" in plot.notes.text()
    assert "is saturated" not in plot.notes.text()


def test_where_there_is_little_room_they_are_counted_above(plot):
    plot.show_flow(ill())
    plot.resize(520, 180)
    assert not plot.notes.isVisible()
    assert plot.caption.text().startswith("5 dead, 1 saturated. ")
    plot.resize(520, 300)
    assert plot.notes.isVisible()


def test_layers_are_marked_with_as_much_as_there_is_room_for(plot):
    plot.resize(900, 300)
    plot.show_flow(chain("sigmoid", 1))
    assert plot.axes._layer_ticks()[0].text == "layer 1: 7.2·10⁻⁵"
    plot.resize(560, 300)
    assert plot.axes._layer_ticks()[0].text == "1: 7.2·10⁻⁵"
    plot.resize(260, 300)
    assert plot.axes._layer_ticks()[0].text == "1"


def test_a_press_on_a_neuron_leads_the_path_through_it(plot, chosen):
    place = plot.axes._dots()["2_2"]
    QTest.mouseClick(plot.axes, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert chosen == [(2, "2_2")]
    QTest.mouseClick(plot.axes, Qt.MouseButton.LeftButton, pos=plot.axes.rect().topLeft())
    assert len(chosen) == 1


def test_the_arrow_keys_choose_layer_and_neuron(plot, chosen, qtbot):
    on_path = plot.axes.seen.route.neurons
    names = ("2_1", "2_2", "2_3")
    QTest.keyClick(plot.axes, KEY.Key_Right)
    QTest.keyClick(plot.axes, KEY.Key_Down)
    following = names[(names.index(on_path[1]) + 1) % 3]
    assert chosen == [(2, following)]
    assert "Layer 2" in plot.axes.accessibleDescription()
    with qtbot.waitSignal(plot.axes.path_freed):
        QTest.keyClick(plot.axes, KEY.Key_Escape)


def test_the_axis_grows_in_steps_and_stays_between(plot):
    before = plot.axes.range
    view = wide()
    plot.show_flow(view)
    assert plot.axes.range == before
    assert all(end == int(end) for end in before[2:])


def test_no_gradient_at_all_draws(plot):
    network = layered((1, 1, 1), "linear", weights=[[[1.0]], [[1.0]]], biases=[[0.0], [0.0]])
    plot.show_flow(view(network, [[2.0]], [[2.0]]))
    assert plot.caption.text().startswith("No gradient")
    plot.grab()


def test_the_same_flow_drawn_twice_is_the_same_picture(plot):
    first = plot.grab().toImage()
    plot.show_flow(wide())
    plot.show_flow(wide())
    assert plot.grab().toImage() == first


def test_the_columns_hold_layers_neurons_and_products(plot):
    columns = {name: np.array(values) for name, values in plot.table()}
    assert columns["layer"].tolist() == [1, 2, 3]
    assert len(columns["mean |δ| of a1_2"]) == 1
    products = columns["path: ∏ σ′·w"]
    assert products.tolist() == pytest.approx(plot.axes.seen.route.products)
