from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.network.network import layered
from engine.workspace import learning
from engine.workspace.document import Document
from engine.workspace.training import Data, Training
from gui.bridge import Workbench
from gui.plots.cost_figure import CostFigure
from gui.plots.cost_plot import CostPlot
from gui.plots.cost_view import CostView
from gui.plots.prediction import verdict
from gui.theme import DARK
from tests.gui.plots.moments import moment_of


def cost(w):
    output = 1 / (1 + np.exp(-(0.61 * w + 0.4)))
    return 0.5 * (output - 0.1) ** 2


def view(value=1.4, slope=0.0715, parameter="w2", along=cost, **more):
    height = float(along(np.array([value]))[0])
    return CostView(parameter, "w₂", value, height, slope, along, **more)


def parabola(w):
    """Lesson 7: J(w) = (w − 3)²."""
    return (w - 3) ** 2


def lesson(value, rate, **more):
    return view(value, 2 * (value - 3), "w", parabola, rate=rate, **more)


@pytest.fixture
def plot(qtbot, appearance):
    plot = CostPlot(appearance)
    plot.resize(290, 220)
    qtbot.addWidget(plot)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.show_cost(view())
    return plot


def pixel(plot, value):
    return plot.chart.pixel(value, float(cost(value))).toPoint()


def test_dragging_the_dot_says_the_new_value_at_every_move_and_the_end_once(plot, qtbot):
    values, ends = [], []
    plot.value_dragged.connect(lambda name, value: values.append((name, value)))
    plot.drag_ended.connect(lambda: ends.append(1))
    QTest.mousePress(plot.chart, Qt.MouseButton.LeftButton, pos=pixel(plot, 1.4))
    assert values == []
    for w in (1.6, 1.9, 2.2):
        QTest.mouseMove(plot.chart, pixel(plot, w))
    QTest.mouseRelease(plot.chart, Qt.MouseButton.LeftButton, pos=pixel(plot, 2.2))
    assert [name for name, _ in values] == ["w2"] * 3
    assert values[-1][1] == pytest.approx(2.2, abs=0.05)
    assert ends == [1]


def test_a_press_beside_the_dot_brings_it_to_the_pointer(plot):
    values = []
    plot.value_dragged.connect(lambda name, value: values.append(value))
    QTest.mouseClick(plot.chart, Qt.MouseButton.LeftButton, pos=pixel(plot, 0.0))
    assert values[0] == pytest.approx(0.0, abs=0.05)


def test_the_arrow_keys_move_the_dot(plot):
    values = []
    plot.value_dragged.connect(lambda name, value: values.append(value))
    QTest.keyClick(plot.chart, Qt.Key.Key_Right)
    QTest.keyClick(plot.chart, Qt.Key.Key_Left)
    assert values == [1.45, 1.35]


def test_the_axis_stays_until_the_value_comes_to_its_edge(plot):
    before = plot.chart.range
    plot.show_cost(view(3.0))
    assert plot.chart.range[:2] == before[:2]
    plot.show_cost(view(9.0))
    assert plot.chart.range[0] < 9 < plot.chart.range[1]
    assert plot.chart.range[:2] != before[:2]


def test_no_tangent_before_the_gradient_is_computed(plot):
    plot.show_cost(view(slope=None))
    assert plot.caption.text() == "J against w₂"
    assert "not computed yet" in plot.chart.accessibleDescription()


def test_nothing_can_be_dragged_before_the_cost_is_computed(plot):
    plot.show_cost(CostView("w2", "w₂", 1.4, float("nan"), None, cost))
    values = []
    plot.value_dragged.connect(lambda name, value: values.append(value))
    QTest.mouseClick(plot.chart, Qt.MouseButton.LeftButton, pos=QPoint(120, 80))
    assert values == []


def test_a_constant_cost_and_one_that_is_nowhere_defined_draw(plot):
    plot.show_cost(view(along=lambda w: np.zeros_like(w), parameter="b1"))
    plot.show_cost(view(along=lambda w: np.full_like(w, np.nan), parameter="b2"))
    plot.grab()


def test_the_curve_changes_colour_with_the_theme(plot, appearance):
    light = plot.grab().toImage()
    appearance.set_theme(DARK)
    dark = plot.grab().toImage()
    assert light.pixelColor(2, 2).lightness() > 200
    assert dark.pixelColor(2, 2).lightness() < 60


def landing(plot):
    x, y = plot._landing.getData()
    return (float(x[0]), float(y[0])) if len(x) else None


# lesson 7: the ways of (w − 3)² from 0, with their names
WAYS = {0.1: 0.6, 0.5: 3.0, 0.9: 5.4, 1.0: 6.0, 1.1: 6.6}


@pytest.mark.parametrize("rate", WAYS)
def test_the_step_of_the_lesson_is_drawn_to_where_it_lands(plot, rate):
    plot.show_cost(lesson(0.0, rate))
    assert landing(plot) == pytest.approx((WAYS[rate], parabola(WAYS[rate])))
    x, y = plot._step.getData()
    assert (x[0], y[0]) == (0.0, 9.0)
    assert (x[1], y[1]) == pytest.approx((WAYS[rate], 9.0))
    words = plot.readout.text()
    assert f"−η·slope = −{rate:g} · (−6)".replace("0.5 ", "0.5 ") in words
    assert f"lands at {WAYS[rate]:g}" in words


def test_another_rule_lands_elsewhere_and_says_no_formula(plot):
    plot.show_cost(lesson(0.0, 0.1, lands=0.25))
    assert landing(plot)[0] == 0.25
    assert "−η·slope" not in plot.readout.text()


def test_no_step_without_slope_or_rate(plot):
    assert landing(plot) is None
    assert plot.predict.isHidden()
    plot.show_cost(view(slope=None, rate=0.5))
    assert landing(plot) is None


def test_predict_first_then_reveal_with_the_mouse(plot):
    plot.show_cost(lesson(0.0, 0.5))
    QTest.mouseClick(plot.predict, Qt.MouseButton.LeftButton)
    assert plot.asking
    assert landing(plot) is None
    assert "where does w₂ land?" in plot.readout.text()
    values = []
    plot.value_dragged.connect(lambda name, value: values.append(value))
    spot = plot.chart.pixel(-2.0, 4.0).toPoint()
    QTest.mouseClick(plot.chart, Qt.MouseButton.LeftButton, pos=spot)
    assert values == []
    assert not plot.asking
    assert landing(plot) == pytest.approx((3.0, 0.0))
    assert "the other way: w₂ gets larger, it lands at 3" in plot.readout.text()
    plot.show_cost(lesson(3.0, 0.5))  # the next step is another question
    assert plot.asking


def test_predict_with_the_keys(plot):
    plot.show_cost(lesson(0.0, 0.05))
    plot.predict.click()
    for _ in range(3):
        QTest.keyClick(plot.chart, Qt.Key.Key_Right)
    QTest.keyClick(plot.chart, Qt.Key.Key_Return)
    assert "✓ You said 0.3: it lands at 0.3" in plot.readout.text()
    plot.predict.click()
    assert "lands at 0.3, J" in plot.readout.text()
    values = []
    plot.value_dragged.connect(lambda name, value: values.append(value))
    QTest.keyClick(plot.chart, Qt.Key.Key_Right)
    assert values == [0.05]


@pytest.mark.parametrize(
    ("said", "words"),
    [(0.31, "✓"), (0.1, "not far enough"), (0.9, "too far"), (-0.3, "the other way")],
)
def test_the_verdict_says_what_is_wrong(said, words):
    assert words in verdict("w", 0.0, 0.3, said, 8.0)
    assert "lands at 0.3" in verdict("w", 0.0, 0.3, said, 8.0)


def test_nothing_is_asked_while_the_run_goes_on(plot):
    plot.predict.click()
    plot.show_cost(lesson(0.0, 0.5, running=True))
    assert not plot.asking
    assert landing(plot) is not None
    assert len(plot._curve.getData()[0]) < 100


def test_the_same_view_twice_is_the_same_picture(plot):
    plot.show_cost(lesson(0.0, 0.9, past=(1.0, 2.0)))
    before = plot.grab().toImage()
    plot.show_cost(lesson(0.0, 0.9, past=(1.0, 2.0)))
    assert plot.grab().toImage() == before


def test_curve_and_tangent_come_out_as_columns(plot):
    plot.show_cost(lesson(1.0, 0.1))
    table = plot.columns()
    assert list(table) == ["w", "J", "tangent"]
    w, height, line = map(np.array, table.values())
    np.testing.assert_allclose(height, parabola(w))
    np.testing.assert_allclose(line, 4 - 4 * (w - 1))
    assert (height >= line - 1e-9).all()


def test_the_axis_grows_in_steps_so_that_a_run_that_explodes_stays_in_sight(plot):
    way, ends = [0.0], []
    for _ in range(7):
        plot.show_cost(lesson(way[-1], 1.1, past=tuple(way[:-1])))
        left, right = plot.chart.range[:2]
        ends.append(right - left)
        assert left <= min(way)
        assert max(way) <= right
        way.append(way[-1] - 1.1 * 2 * (way[-1] - 3))
    assert way[1:4] == pytest.approx([6.6, -1.32, 8.184])
    assert ends == sorted(ends)
    assert len(set(ends)) <= 4


def test_one_can_look_closer_so_that_a_small_step_is_seen(plot):
    plot.show_cost(view(rate=0.5))
    plot.chart.setFocus()
    for key, reach in ((Qt.Key.Key_Plus, 2.0), (Qt.Key.Key_Plus, 1.0), (Qt.Key.Key_Minus, 2.0)):
        QTest.keyClick(plot.chart, key)
        left, right, bottom, top = plot.chart.range
        assert right - left == pytest.approx(2 * reach)
        assert bottom > 0
        assert bottom < cost(1.4) < top
    plot.show_cost(view(rate=0.5, value=1.5))
    assert plot.chart.range[:2] == (left, right)


@pytest.fixture
def figure(qtbot, appearance):
    figure = CostFigure(Workbench(Document(), appearance))
    figure.plot.resize(360, 260)
    qtbot.addWidget(figure.plot)
    with qtbot.waitExposed(figure.plot):
        figure.plot.show()
    return figure


@pytest.mark.parametrize("optimizer", ["gradient descent", "momentum", "adam", "adamw"])
@pytest.mark.parametrize("batch", [0, 2])
def test_the_landing_is_where_the_run_really_goes(figure, optimizer, batch):
    document = replace(Document(), network=layered((2, 2, 1), "tanh"), x=(0.0, 0.0), y=(0.0,),
                       data=Data("xor"), training=Training(optimizer=optimizer, batch=batch),
                       learning_rate=0.1)  # fmt: skip
    document = learning.draw_weights(document, draw=3)
    for step in (0, 1, 7):
        figure.show_moment(moment_of(document, step + 1, step))
        after = moment_of(document, step + 1)
        place = after.names.index(figure.plot.shown.parameter)
        wanted = float(after.standing.parameters[place])
        assert landing(figure.plot)[0] == pytest.approx(wanted, rel=1e-9)


def test_the_tangent_is_the_computed_gradient_and_another_parameter_can_be_chosen(figure):
    moment = moment_of(Document(), 3)
    figure.show_moment(moment)
    for name in moment.names:
        figure.plot.choice.menu().actions()[moment.names.index(name)].trigger()
        seen = figure.plot.shown
        assert seen.parameter == name
        assert seen.slope == pytest.approx(moment.standing.gradient[moment.names.index(name)])
        assert seen.cost == pytest.approx(float(seen.along(np.array([seen.value]))[0]))


def test_dragging_the_dot_of_the_figure_is_one_edit(figure):
    workbench = figure._workbench
    figure.show_moment(moment_of(workbench.document, 0))
    chart = figure.plot.chart
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=chart.pixel(*chart.handle).toPoint())
    for w in (1.6, 2.0):
        QTest.mouseMove(chart, chart.pixel(w, 0.2).toPoint())
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=chart.pixel(2.0, 0.2).toPoint())
    assert workbench.document.network.parameters()["w2"] == pytest.approx(2.0, abs=0.03)
    workbench.undo()
    assert workbench.document.network.parameters()["w2"] == 1.4


def test_on_the_curve_of_a_single_parameter_the_earlier_steps_stay(figure):
    network = layered((1, 1), "linear", weights=[[[0.0]]], biases=[None])
    document = replace(Document(), network=network, x=(1.0,), y=(3.0,), learning_rate=1.8)
    figure.show_moment(moment_of(document, 4))
    assert figure.plot.shown.past == pytest.approx((0.0, 5.4, 1.08, 4.536))
    figure.show_moment(moment_of(Document(), 4))
    assert figure.plot.shown.past == ()
