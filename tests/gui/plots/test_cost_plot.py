import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gui.plots.cost_plot import CostPlot, CostView
from gui.theme import DARK


def cost(w):
    output = 1 / (1 + np.exp(-(0.61 * w + 0.4)))
    return 0.5 * (output - 0.1) ** 2


def view(value=1.4, slope=0.0715, parameter="w2", along=cost):
    height = float(along(np.array([value]))[0])
    return CostView(parameter, "w₂", value, height, slope, along)


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
