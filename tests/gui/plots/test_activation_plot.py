import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.network.health import tails
from gui.plots.activation_axes import ActivationView
from gui.plots.activation_plot import ActivationPlot

LEFT = Qt.MouseButton.LeftButton


def view(activation="sigmoid", samples=(-1.0, 0.45, 5.0), here=0.45):
    return ActivationView(
        activation, {"sigmoid": "σ"}.get(activation, activation), "a₁", "z₁",
        np.array(samples, dtype=float), here, tails(activation),
    )  # fmt: skip


@pytest.fixture
def plot(qtbot, appearance):
    plot = ActivationPlot(appearance)
    plot.resize(480, 300)
    qtbot.addWidget(plot)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.show_activation(view())
    return plot


def test_the_point_stands_at_the_sample_in_focus_and_is_read_out(plot):
    assert plot.caption.text().startswith("z₁ = 0.45: σ = 0.6106, σ′ = 0.2378")
    assert "33% of 3 samples: flat" in plot.caption.text()
    plot.show_activation(view(here=-1.0))
    assert plot.axes.z == -1.0


def test_the_point_is_dragged_along_and_stays_where_it_is_put(plot):
    axes = plot.axes
    start = axes.pixel(0.45, 0.5).toPoint()
    QTest.mousePress(axes, LEFT, pos=start)
    for step in range(30):
        QTest.mouseMove(axes, start + QPoint(2 * step, 0))
    target = axes.pixel(2.0, 0.0).toPoint()
    QTest.mouseMove(axes, target)
    QTest.mouseRelease(axes, LEFT, pos=target)
    assert axes.z == pytest.approx(2.0, abs=0.05)
    plot.show_activation(view(here=-1.0))
    assert axes.z == pytest.approx(2.0, abs=0.05)
    assert "σ′ = 0.1" in plot.caption.text()
    QTest.mouseDClick(axes, LEFT, pos=target)
    assert axes.z == -1.0


def test_the_arrow_keys_move_it_and_home_brings_it_back(plot):
    QTest.keyClick(plot.axes, Qt.Key.Key_Right)
    assert plot.axes.z == 0.6
    for _ in range(3):
        QTest.keyClick(plot.axes, Qt.Key.Key_Left)
    assert plot.axes.z == 0.0
    assert "σ = 0.5, σ′ = 0.25" in plot.caption.text()
    QTest.keyClick(plot.axes, Qt.Key.Key_Home)
    assert plot.axes.follows
    assert plot.axes.z == 0.45


def test_the_flat_tails_are_shaded_and_the_middle_is_not(plot):
    plot.show_activation(view(samples=(), here=0.0))
    picture = plot.axes.grab().toImage()
    _, _, bottom, top = plot.axes.range
    height = bottom + 0.62 * (top - bottom)

    def inks(z):
        middle = plot.axes.pixel(z, height).toPoint()
        area = [middle + QPoint(x, y) for x in range(-8, 9) for y in range(-4, 5)]
        return {picture.pixelColor(each).name() for each in area}

    paper = plot.axes.theme.paper
    assert inks(-2.0) == {paper}
    assert paper not in inks(-5.5)


def test_relu_is_off_on_the_left_alone(plot):
    seen = view("relu")
    assert (seen.tails.off_left, seen.tails.right) == (True, None)
    plot.show_activation(seen)
    plot.grab()


def test_a_curve_that_is_nowhere_defined_on_the_left_draws(plot):
    plot.show_activation(view("ln", samples=(0.5, -1.0), here=-1.0))
    plot.grab()
    plot.show_activation(view("step"))
    plot.grab()


def test_the_axis_grows_with_the_samples_and_stays_between(plot):
    plot.show_activation(view(samples=(-20.0, 3.0)))
    wide = plot.axes.range[:2]
    assert wide[0] <= -20
    plot.show_activation(view(samples=(-18.0, 3.0)))
    assert plot.axes.range[:2] == wide


def test_the_same_view_drawn_twice_is_the_same_picture(plot):
    first = plot.grab().toImage()
    plot.show_activation(view())
    plot.show_activation(view())
    assert plot.grab().toImage() == first


def test_the_columns_are_curve_slope_and_samples(plot):
    columns = {name: np.array(values) for name, values in plot.table()}
    assert list(columns) == ["z", "σ(z)", "σ′(z)", "z₁ of the samples"]
    np.testing.assert_allclose(columns["σ′(z)"], columns["σ(z)"] * (1 - columns["σ(z)"]))
