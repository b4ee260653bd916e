import numpy as np
import pytest

from gui.plots.loss_plot import LossPlot


@pytest.fixture
def plot(qtbot, appearance):
    plot = LossPlot(appearance)
    plot.resize(290, 220)
    qtbot.addWidget(plot)
    with qtbot.waitExposed(plot):
        plot.show()
    return plot


def falling(count):
    return [0.23 * 0.97**n for n in range(count)]


def test_the_axes_stay_while_the_curve_is_inside(plot):
    plot.show_losses(falling(1))
    before = plot.chart.range
    plot.show_losses(falling(51))
    assert plot.chart.range == before


def test_the_steps_axis_grows_when_it_is_left_and_not_before(plot):
    plot.show_losses(falling(52))
    assert plot.chart.range[1] == 100
    plot.show_losses(falling(102))
    assert plot.chart.range[1] == 200
    plot.show_losses(falling(450))
    assert plot.chart.range[1] == 500


def test_a_cost_that_rises_above_the_axis_lifts_it(plot):
    plot.show_losses([0.2])
    plot.show_losses([0.2, 0.9])
    assert plot.chart.range[3] > 0.9


def test_the_axis_stays_while_a_weight_is_dragged_before_the_first_update(plot):
    plot.show_losses([0.2])
    before = plot.chart.range
    plot.show_losses([0.22])
    plot.show_losses([0.1])
    assert plot.chart.range == before
    plot.show_losses([0.001])
    assert plot.chart.range[3] < 0.01


def test_another_run_starts_with_fresh_axes(plot):
    plot.show_losses(falling(300))
    plot.show_losses([0.01])
    assert plot.chart.range[1] == 50
    assert plot.chart.range[3] < 0.02


def test_nothing_is_drawn_before_the_cost_is_computed(plot):
    plot.show_losses([])
    assert "Nothing" in plot.chart.accessibleDescription()


def test_an_empty_plot_says_how_to_fill_it(plot):
    plot.show_losses([0.2])
    assert plot.caption.text() == "J against step: press Run 10"


def test_the_last_cost_is_said_and_marked(plot):
    plot.show_losses([0.2299, 0.2179])
    assert plot.chart.accessibleDescription() == "step 1: J 0.2179"


def test_a_long_or_broken_run_draws_without_complaint(plot):
    plot.show_losses(list(np.linspace(1, 0, 200_000)))
    plot.show_losses([0.5, float("nan"), float("inf")])
    plot.grab()


def test_the_letter_of_the_cost_is_the_books(plot):
    plot.set_cost_name("L")
    plot.show_losses([0.2, 0.1])
    assert plot.caption.text() == "L against step"
