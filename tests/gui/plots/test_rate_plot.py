from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.network.rate_trials import Trial
from engine.workspace.document import Document
from engine.workspace.training import Data, Training
from gui.bridge import Workbench
from gui.plots.rate_figure import RateFigure
from gui.plots.rate_plot import RatesView, verdict
from gui.theme import DARK
from tests.gui.plots.moments import moment_of, ravine


@pytest.fixture
def figure(qtbot, appearance):
    figure = RateFigure(Workbench(ravine(), appearance))
    figure.plot.resize(460, 300)
    qtbot.addWidget(figure.plot)
    with qtbot.waitExposed(figure.plot):
        figure.plot.show()
    show(figure, moment_of(ravine(), 10))
    return figure


def show(figure, moment):
    figure.show_moment(moment)
    while figure.refine():
        pass


def test_the_ravine_has_good_rates_slow_ones_and_those_that_run_away(figure):
    plot = figure.plot
    assert plot.readout.text().startswith("η 0.07: good")
    assert plot.readout.text().endswith("from 0.1 on it runs away")
    heights = plot._curve.getData()[1]
    rates = np.array([each.rate for each in plot.shown.trials])
    assert np.isnan(heights[rates > 0.08]).all()
    assert (np.diff(heights[rates < 0.04]) < 0).all()
    assert len(plot._away.getData()[0]) == (rates > 0.08).sum()


def test_trying_is_left_to_times_of_rest(figure):
    figure.show_moment(moment_of(Document(), 5, running=True))
    assert figure.plot.shown.trials == ()
    assert figure.plot.shown.own is None
    show(figure, moment_of(Document(), 5))
    assert len(figure.plot.shown.trials) == 21
    before = figure._trials
    show(figure, moment_of(Document(), 30))
    assert figure._trials is before


def test_a_drag_sets_the_rate_in_one_edit_and_the_axis_stays(figure):
    workbench, chart = figure._workbench, figure.plot.chart
    ends = chart.range
    start = chart.pixel(*chart.handle).toPoint()
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=start)
    for power in (-1.5, -2.0):
        QTest.mouseMove(chart, chart.pixel(power, 1.0).toPoint())
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=chart.pixel(-2.0, 1.0).toPoint())
    assert workbench.document.learning_rate == pytest.approx(0.01, rel=0.05)
    show(figure, moment_of(workbench.document, 10))
    assert chart.range == ends
    assert ": small" in figure.plot.readout.text()
    workbench.undo()
    assert workbench.document.learning_rate == 0.07


def test_the_arrow_keys_set_the_rate(figure):
    QTest.keyClick(figure.plot.chart, Qt.Key.Key_Right)
    assert 0.07 < figure._workbench.document.learning_rate < 0.09


def test_another_start_and_other_data_are_tried_anew(figure):
    before = figure._trials
    show(
        figure, moment_of(replace(ravine(), training=Training(optimizer="adam", samples="sum")), 3)
    )
    assert figure._trials is not before
    data = Data("xor")
    from engine.network.network import layered

    document = Document(network=layered((2, 2, 1)), x=(0.0, 0.0), y=(0.0,), data=data)
    show(figure, moment_of(document, 3))
    assert figure.plot.shown.trials
    show(figure, moment_of(replace(document, learning_rate=0.0), 3))
    figure.plot.grab()


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (Trial(0.001, 0.99), "small, hardly moves"),
        (Trial(0.01, 0.7), "small, slow"),
        (Trial(0.1, 0.1), "good"),
        (Trial(0.3, 0.6), "large, J 0.6"),
        (Trial(0.5, 1.7), "too large, J 1.7 is above the start"),
        (Trial(1.0, 5.0, 7), "too large, ran away at step 7"),
    ],
)
def test_the_rate_in_use_is_judged_in_words(own, words):
    trials = (Trial(0.01, 0.7), Trial(0.1, 0.1), Trial(0.3, 0.6), Trial(1.0, 9.0, 7))
    found = verdict(RatesView(trials, own, own.rate, 1.0, 50, (-3, 0)))
    assert f": {words}" in found
    assert "best tried 0.1" in found
    assert "from 1 on it runs away" in found


def test_rates_and_costs_come_out_as_columns(figure):
    names = [name for name, _ in figure.table()]
    assert names == ["η", "J", "ran away at"]
    assert len({len(column) for _, column in figure.table()}) == 1


def test_the_plot_changes_with_the_theme(figure, appearance):
    appearance.set_theme(DARK)
    assert figure.plot.grab().toImage().pixelColor(2, 2).lightness() < 60
