import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.calculus.places import Corner
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


def magnitude(point=0.0, sides=(-1.0, 1.0)):
    def corners(left, right):
        return (Corner(0.0, 0.0, 0.0, 0.0, False),) if left <= 0 <= right else ()

    return FunctionView("abs", "h", "x", point, abs(point), np.nan, np.abs, corners, sides)


def test_a_corner_is_an_open_point_with_a_tangent_on_each_side(plot):
    plot.show_function(magnitude())
    assert plot.open_points == [(0.0, 0.0)]
    x, y = plot._tangent.getData()
    assert np.nanmin(x) < 0 < np.nanmax(x)
    assert np.nanmin(y) == 0.0
    assert "from each side" in plot.caption.text()


def test_a_jump_has_open_ends_and_a_full_point(plot):
    def corners(left, right):
        return (Corner(1.0, 1.0, 0.0, 1.0, True),)

    plot.show_function(FunctionView("floor", "h", "x", 0.5, 0.0, 0.0, np.floor, corners))
    assert plot.open_points == [(1.0, 0.0)]
    assert list(plot._closed.getData()[1]) == [1.0]


def test_a_drag_lands_on_a_corner_that_is_near(plot):
    plot.show_function(magnitude(2.0, None))
    points = []
    plot.point_dragged.connect(points.append)
    near = plot.chart.pixel(0.0, 2.0).toPoint() + QPoint(3, 0)
    QTest.mouseClick(plot.chart, Qt.MouseButton.LeftButton, pos=near)
    assert points == [0.0]


def test_a_circle_is_round(plot):
    def level(x, y):
        return x * x + y * y - 25

    seen = FunctionView("circle", "y", "x", 3.0, 4.0, -0.75, np.abs, level=level)
    plot.show_function(seen)
    chart = plot.chart
    across = chart.pixel(5, 0).x() - chart.pixel(-5, 0).x()
    up = chart.pixel(0, -5).y() - chart.pixel(0, 5).y()
    assert across == pytest.approx(up, rel=0.01)
    assert plot.caption.text() == "the curve with its tangent at x = 3, y = 4"
