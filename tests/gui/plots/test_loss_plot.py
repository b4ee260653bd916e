from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.workspace.document import Document
from engine.workspace.training import Data, Training
from gui.bridge import Workbench
from gui.plots.loss_axes import Span
from gui.plots.loss_figure import LossFigure
from gui.plots.loss_plot import LossPlot
from gui.plots.loss_view import Beside, Curve, LossView
from gui.theme import DARK
from tests.gui.plots.moments import course_of, lesson, moment_of, run_of


@pytest.fixture
def plot(qtbot, appearance):
    plot = LossPlot(appearance)
    plot.resize(290, 220)
    qtbot.addWidget(plot)
    with qtbot.waitExposed(plot):
        plot.show()
    return plot


@pytest.fixture
def scrubbed(qtbot, appearance):
    plot = LossPlot(appearance, scrubs=True)
    plot.resize(420, 300)
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


def view(count=101, step=None, **more):
    costs = np.array(falling(count))
    step = count - 1 if step is None else step
    return LossView("run", Curve(np.arange(count, dtype=float), costs), step, costs[step], **more)


def spot(plot, step, height=0.05):
    return plot.chart.pixel(step, height).toPoint()


def test_the_value_under_the_pointer_is_said_and_marked(plot):
    plot.show_run(view())
    QTest.mouseMove(plot.chart, spot(plot, 40))
    assert plot.readout.text() == f"step 40: J {0.23 * 0.97**40:.4g}"
    x, y = plot._under.getData()
    assert (x[0], y[0]) == pytest.approx((40, 0.23 * 0.97**40))
    QTest.mouseMove(plot.chart, QPoint(2, 2))
    assert plot.readout.text().startswith("step 100:")
    assert not len(plot._under.getData()[0])


def test_the_arrow_keys_read_step_by_step_and_enter_goes_there(scrubbed):
    plot, wished = scrubbed, []
    plot.step_wished.connect(wished.append)
    plot.show_run(view(step=50))
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right):
        QTest.keyClick(plot.chart, key)
    assert plot.readout.text().startswith("step 49:")
    QTest.keyClick(plot.chart, Qt.Key.Key_Return)
    assert wished == [49]


def test_the_marker_is_dragged_to_another_step(scrubbed):
    plot, wished = scrubbed, []
    plot.step_wished.connect(wished.append)
    plot.show_run(view(step=100))
    QTest.mousePress(plot.chart, Qt.MouseButton.LeftButton, pos=spot(plot, 100, falling(101)[-1]))
    for step in (80, 60):
        QTest.mouseMove(plot.chart, spot(plot, step))
    QTest.mouseRelease(plot.chart, Qt.MouseButton.LeftButton, pos=spot(plot, 60))
    assert wished[-1] == pytest.approx(60, abs=1)


def test_looking_back_the_whole_run_stays_and_the_marker_stands_at_the_step(plot):
    plot.show_run(view(step=30))
    assert plot._marker.getData()[0].tolist() == [30, 30]
    assert plot._curve.getData()[0][-1] == 30
    assert plot._later.getData()[0][0] == 30
    assert plot._later.getData()[0][-1] == 100
    before = plot.chart.range
    plot.show_run(view(step=100))
    assert plot.chart.range == before
    assert not len(plot._marker.getData()[0])


def test_on_the_logarithmic_axis_a_tenth_is_as_far_everywhere(plot):
    plot.show_run(view())
    QTest.mouseClick(plot.log, Qt.MouseButton.LeftButton)
    x, y = plot._curve.getData()
    np.testing.assert_allclose(y, np.log10(falling(101))[: x.size])
    assert plot.chart.range[2:] == (-2.0, 0.0)
    assert [tick.text for tick in plot.chart._ticks["y"][1:]] == ["0.01", "0.1", "1"]
    plot.show_run(replace(view(), curve=Curve(np.arange(3.0), np.array([0.1, 0.0, 0.1])), step=2))
    assert np.isnan(plot._curve.getData()[1][1])
    plot.grab()
    QTest.mouseClick(plot.log, Qt.MouseButton.LeftButton)
    assert plot.chart.range[2] == 0


def test_decades_are_added_and_not_taken_away(plot):
    span = Span(log=True).holding(10, np.array([0.5, 0.2]))
    assert (span.bottom, span.top) == (-1, 0)
    span = span.holding(10, np.array([0.5, 0.002]))
    assert (span.bottom, span.top) == (-3, 0)
    assert span.holding(10, np.array([0.5, 0.4])) == span


def test_train_test_and_other_runs_are_named_where_they_end_and_read_together(plot):
    steps = np.arange(0.0, 101, 10)
    test, other = Curve(steps, 0.3 - steps / 1000), Curve(steps, 0.1 + 0 * steps)
    plot.show_run(view(test=test, others=(Beside("run 1", "adam, η 0.1", other),)))
    assert [label.text for label in plot.chart.labels.shown] == ["train", "test", "run 1"]
    assert "several runs from the same start" in plot.caption.text()
    QTest.mouseMove(plot.chart, spot(plot, 50))
    assert plot.readout.text() == f"step 50: J {0.23 * 0.97**50:.4g}, test 0.25, run 1 0.1"
    assert len(plot._under.getData()[0]) == 3
    plot.show_run(view())
    assert plot.chart.labels.shown == ()
    assert not len(plot._beside[0].getData()[0])


def test_a_longer_run_beside_can_be_read_to_its_end(plot):
    other = Curve(np.arange(0.0, 101), np.full(101, 0.1))
    plot.show_run(view(11, others=(Beside("run 1", "adam, η 0.1", other),)))
    QTest.mouseMove(plot.chart, plot.chart.pixel(40, 0.2).toPoint())
    assert plot.readout.text() == "step 40: no value, run 1 0.1"


def test_the_same_view_twice_is_the_same_picture(plot):
    plot.show_run(view(step=40))
    before = plot.grab().toImage()
    plot.show_run(view(step=40))
    assert plot.grab().toImage() == before


def test_the_learning_rate_is_drawn_where_it_changes(plot):
    plot.show_run(view(rates=lambda t: np.full_like(t, 0.5)))
    assert plot.strip.isHidden()
    plot.show_run(view(rates=lambda t: 0.5 * 0.9**t))
    assert not plot.strip.isHidden()
    assert plot.strip.range[:2] == plot.chart.range[:2]
    assert plot.readout.text().endswith("η 1.33·10⁻⁵")


def test_the_plot_changes_with_the_theme(plot, appearance):
    plot.show_run(view(rates=lambda t: 0.5 * 0.9**t))
    appearance.set_theme(DARK)
    assert plot.grab().toImage().pixelColor(2, 2).lightness() < 60


@pytest.fixture
def figure(qtbot, appearance):
    figure = LossFigure(Workbench(Document(), appearance))
    figure.plot.resize(420, 300)
    qtbot.addWidget(figure.plot)
    with qtbot.waitExposed(figure.plot):
        figure.plot.show()
    return figure


def test_the_figure_draws_the_whole_run_and_the_step(figure):
    figure.show_moment(moment_of(lesson(), 100, 40))
    seen = figure.plot.seen
    assert seen.curve.steps.tolist() == list(range(101))
    assert seen.cost == seen.curve.costs[40]
    assert seen.curve.at(100) < 1e-3
    table = dict(figure.table())
    assert list(table) == ["step", "J", "η"]
    assert len(table["J"]) == len(table["step"]) == 101
    assert set(table["η"]) == {0.1}


def test_batches_are_faint_behind_the_cost_of_all_samples_with_the_test_beside(figure):
    data = Data("two moons", 40, 0.1, test_share=0.25)
    from engine.network.network import layered
    from engine.workspace import learning

    document = replace(Document(), network=layered((2, 3, 1), "tanh"), x=(0.0, 0.0), data=data,
                       training=Training(batch=5), learning_rate=0.1)  # fmt: skip
    figure.show_moment(moment_of(learning.draw_weights(document, draw=1), 60))
    seen = figure.plot.seen
    assert seen.train.steps.tolist() == seen.test.steps.tolist() == list(range(61))
    assert np.ptp(np.diff(seen.curve.costs)) > np.ptp(np.diff(seen.train.costs))
    names = [name for name, _ in figure.table()]
    assert names == ["step", "J", "η", "step of train", "train", "step of test", "test"]


def test_runs_of_the_same_problem_are_compared(figure):
    slow, fast = run_of(lesson(rate=0.02), 80), run_of(lesson(rate=0.2), 60)
    others = course_of(slow, 1), course_of(fast, 2), course_of(fast, 3, same_problem=False)
    figure.show_moment(moment_of(lesson(), 100, others=others, number=4))
    assert [other.name for other in figure.plot.seen.others] == ["run 1", "run 2"]
    assert "run 2" in figure.plot.readout.text() or figure.plot.seen.step > 60


def test_a_changed_rate_and_a_schedule_are_drawn_step_by_step(figure):
    run = run_of(lesson(), 30)
    run.change(replace(run.settings, learning_rate=0.02))
    run.advance(20)
    moment = replace(moment_of(lesson(), 0), course=course_of(run), step=50)
    figure.show_moment(moment)
    assert not figure.plot.strip.isHidden()
    rates = dict(figure.table())["η"]
    assert rates[:30] == [0.1] * 30
    assert rates[30:] == [0.02] * 21
    document = replace(lesson(), training=Training(schedule="exponential:γ=0.9"))
    figure.show_moment(moment_of(document, 10))
    assert dict(figure.table())["η"] == pytest.approx([0.1 * 0.9**t for t in range(11)])
