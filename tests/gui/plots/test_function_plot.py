import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.plots.function_plot import FunctionPlot, FunctionView


def h(x):
    return np.log(2 + np.cos(x))


def view(point=2.0, along=h, key="h"):
    with np.errstate(all="ignore"):
        value = float(along(np.array([point]))[0])
    return FunctionView(key, "h", "x", point, value, -0.5741, along)


@pytest.fixture
def plot(qtbot, appearance):
    plot = FunctionPlot(appearance)
    plot.resize(560, 260)
    qtbot.addWidget(plot)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.show_function(view())
    return plot


def test_dragging_the_point_says_where_it_is(plot):
    points = []
    plot.point_dragged.connect(points.append)
    start = plot.chart.pixel(2.0, float(h(2.0))).toPoint()
    end = plot.chart.pixel(3.0, 0.5).toPoint()
    QTest.mousePress(plot.chart, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(plot.chart, end)
    QTest.mouseRelease(plot.chart, Qt.MouseButton.LeftButton, pos=end)
    assert points == pytest.approx([3.0], abs=0.05)


def test_a_drag_beyond_the_axis_stops_at_its_end(plot):
    points = []
    plot.point_dragged.connect(points.append)
    QTest.mousePress(plot.chart, Qt.MouseButton.LeftButton, pos=plot.chart.pixel(2, 0.5).toPoint())
    QTest.mouseMove(plot.chart, plot.chart.rect().topRight())
    QTest.mouseRelease(plot.chart, Qt.MouseButton.LeftButton)
    assert points[-1] <= plot.window_shown.right


def test_the_window_stays_while_the_point_moves_inside_it(plot):
    before = plot.window_shown
    plot.show_function(view(4.0))
    assert plot.window_shown is before
    plot.show_function(view(9.0))
    assert plot.window_shown is not before


def test_another_function_has_its_own_window(plot):
    before = plot.window_shown
    plot.show_function(view(along=np.exp, key="exp"))
    assert plot.window_shown is not before


def test_a_point_without_a_value_is_said_in_words(plot):
    plot.show_function(view(-1.0, np.log, "log"))
    assert plot.caption.text() == "h(x) is not defined at x = −1"


def test_a_point_without_a_tangent_is_said_in_words(plot):
    plot.show_function(FunctionView("abs", "h", "x", 0.0, 0.0, float("nan"), np.abs))
    assert plot.caption.text() == "h(x) has no tangent at x = 0"


def test_a_drag_can_go_on_from_where_there_is_no_value(plot):
    plot.show_function(view(-1.0, np.log, "log"))
    assert plot.chart.handle is not None
