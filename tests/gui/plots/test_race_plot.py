from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest

from engine.network.optimizers import OPTIMIZERS
from engine.workspace.document import Document
from engine.workspace.training import Training
from gui.bridge import Workbench
from gui.plots.race_figure import RaceFigure
from gui.theme import CAPTION, DARK
from tests.gui.plots.moments import lesson, moment_of, ravine


@pytest.fixture
def figure(qtbot, appearance):
    figure = RaceFigure(Workbench(ravine(), appearance))
    figure.plot.resize(700, 400)
    qtbot.addWidget(figure.plot)
    with qtbot.waitExposed(figure.plot):
        figure.plot.show()
    show(figure, moment_of(ravine(), 62))
    qtbot.waitUntil(lambda: figure.plot.surveyor.relief is not None)
    return figure


@pytest.fixture
def plot(figure):
    return figure.plot


def show(figure, moment):
    figure.show_moment(moment)
    while figure.refine():
        pass


def middle(plot, place):
    return plot.grid.place(place).center().toPoint()


def cell(plot, name, column):
    rows = [plot.table.figure(row, 0).text for row in range(plot.table.rowCount())]
    return plot.table.figure(rows.index(name), column).text


def test_all_eight_start_together_and_stand_at_the_same_step(plot):
    lanes = plot.shown.lanes
    assert [lane.rule.name for lane in lanes] == list(OPTIMIZERS)
    assert {tuple(lane.path[0]) for lane in lanes} == {(-4.0, 1.0)}
    assert {len(lane.path) for lane in lanes} == {63}
    assert plot.caption.text() == "After 62 steps, all from the same start"


def test_the_lessons_table_can_be_read_off(plot, figure):
    assert plot.shown.lanes[0].state == "< 0.001 from 62"
    show(figure, moment_of(ravine(), 95))
    states = {lane.rule.name: lane.state for lane in plot.shown.lanes}
    assert states["adam"] == "< 0.001 from 95"
    assert states["adagrad"] == "< 0.001 from 86"


def test_a_click_chooses_and_the_inner_numbers_are_those_of_the_first_step(plot, figure):
    show(figure, moment_of(ravine(), 1))
    place = list(OPTIMIZERS).index("adam")
    QTest.mouseClick(plot.grid, Qt.MouseButton.LeftButton, pos=middle(plot, place))
    assert plot.name.text() == "adam"
    rows = [plot.table.figure(row, 0).text for row in range(plot.table.rowCount())]
    assert rows == ["g", "m", "v", "m̂", "v̂", "new w"]
    assert (cell(plot, "g", 1), cell(plot, "g", 2)) == ("−4", "25")
    assert (cell(plot, "m", 1), cell(plot, "m̂", 1)) == ("−0.4", "−4")
    assert (cell(plot, "new w", 1), cell(plot, "new w", 2)) == ("−3.9000", "0.9000")
    assert "β1 0.9" in plot.numbers.text()
    assert plot.numbers.text().endswith("t 1")
    assert "adam" in plot.grid.accessibleDescription()


def test_the_arrow_keys_choose_and_plus_and_minus_change_the_rate(plot):
    plot.grid.setFocus()
    keys = Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up
    names = "momentum", "rmsprop", "adagrad", "gradient descent"
    for key, name in zip(keys, names, strict=True):
        QTest.keyClick(plot.grid, key)
        assert plot.name.text() == name
    QTest.keyClick(plot.grid, Qt.Key.Key_Plus)
    assert plot.shown.lanes[0].rate == 0.1
    assert plot.shown.lanes[0].state.startswith("ran away at")
    QTest.keyClick(plot.grid, Qt.Key.Key_Minus)
    QTest.keyClick(plot.grid, Qt.Key.Key_Minus)
    assert plot.shown.lanes[0].rate == 0.05


def test_another_rate_is_typed_and_only_that_lane_begins_anew(plot, figure):
    others = [lane.path.tolist() for lane in plot.shown.lanes[1:]]
    plot.rate.setFocus()
    QTest.keyClick(plot.rate, Qt.Key.Key_Return)
    editor = plot.focusWidget()
    QTest.keyClicks(editor, "0.08")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    while figure.refine():
        pass
    lane = plot.shown.lanes[0]
    assert lane.rate == 0.08
    np.testing.assert_allclose(np.abs(lane.path[:, 1]), 1.0)
    assert [each.path.tolist() for each in plot.shown.lanes[1:]] == others


def test_the_runs_own_optimiser_takes_part_as_the_run_has_it(figure, plot):
    document = replace(ravine(0.3), training=Training(optimizer="adam:β1=0.8", samples="sum"))
    moment = moment_of(document, 30)
    show(figure, moment)
    lane = plot.shown.lanes[list(OPTIMIZERS).index("adam")]
    assert (lane.rate, lane.rule.numbers()["β1"]) == (0.3, 0.8)
    np.testing.assert_allclose(lane.path, moment.course.noted.parameters, rtol=1e-12)
    assert plot.shown.lanes[0].rate == 0.1


def test_only_the_two_move_and_that_is_said(figure, plot):
    show(figure, moment_of(Document(), 20))
    assert plot.caption.text().endswith("; the 2 others are held")
    assert plot.shown.landscape.pair == ("w1", "w2")
    plot.up.menu().actions()[1].trigger()
    assert plot.shown.landscape.pair[1] == plot.shown.landscape.names[1]
    assert {tuple(lane.path[0]) for lane in plot.shown.lanes} == {(0.5, -0.3)}


def test_scrubbing_back_shows_the_earlier_step_of_all(figure, plot):
    show(figure, moment_of(lesson(), 60))
    late = [lane.path[10].tolist() for lane in plot.shown.lanes]
    show(figure, moment_of(lesson(), 60, 10))
    assert [lane.path[-1].tolist() for lane in plot.shown.lanes] == late
    show(figure, moment_of(lesson(), 60, 0))
    assert plot.table.figure(0, 0).text == "no step yet"
    plot.grab()


def test_a_race_that_is_behind_says_so_and_catches_up_at_rest(figure, plot, monkeypatch):
    monkeypatch.setattr("gui.plots.race_figure.AT_ONCE", 0.0)
    figure.show_moment(moment_of(lesson(), 40, running=True))
    assert plot.caption.text().startswith("After 0 steps, of 40")
    while figure.refine():
        pass
    assert plot.shown.step == 40


def test_the_same_moment_twice_is_the_same_picture(figure, plot, qtbot):
    qtbot.waitUntil(lambda: plot.surveyor.finished and plot.surveyor.whole, timeout=20_000)
    before = plot.grab().toImage()
    show(figure, moment_of(ravine(), 62))
    assert plot.grab().toImage() == before


def test_the_numbers_stand_beside_or_below(plot, qtbot):
    assert plot.side.x() > plot.grid.x() + plot.grid.width() - 2
    plot.resize(420, 560)
    qtbot.waitUntil(lambda: plot.side.y() > plot.grid.y())
    plot.grab()


def test_all_ways_come_out_as_columns(figure, plot):
    table = dict(figure.table())
    assert len(table) == 1 + 3 * 8
    first, second = plot.shown.landscape.pair
    costs = (
        np.array(table[f"adam {first}"]) ** 2 + 25 * np.array(table[f"adam {second}"]) ** 2
    ) / 2
    np.testing.assert_allclose(table["adam J"], costs)


def test_the_plot_changes_with_the_theme(plot, appearance):
    appearance.set_theme(DARK)
    assert plot.grab().toImage().pixelColor(2, 2).lightness() < 60


def test_where_there_is_no_room_nothing_is_drawn_and_nothing_breaks(plot, qtbot):
    plot.resize(240, 120)
    qtbot.wait(20)
    plot.grab()


def test_a_plot_placed_before_there_is_a_race_makes_room_for_the_names_too(qtbot, appearance):
    figure = RaceFigure(Workbench(ravine(), appearance))
    figure.plot.resize(280, 190)
    qtbot.addWidget(figure.plot)
    with qtbot.waitExposed(figure.plot):
        figure.plot.show()
    assert figure.plot.grid.place(0).width() > 0
    show(figure, moment_of(ravine(), 5))
    small = QFontMetricsF(appearance.font(round(0.8 * CAPTION), bold=True))
    assert small.horizontalAdvance("gradient descent") <= figure.plot.grid.place(0).width()


def test_every_name_is_whole_in_the_room_there_is(figure, qtbot):
    figure.show_moment(moment_of(lesson(), 40))
    for size in ((280, 190), (300, 420), (550, 270), (1100, 600)):
        figure.plot.resize(*size)
        grid = figure.plot.grid
        qtbot.waitUntil(lambda grid=grid: grid.place(0).height() > 4)
        small = QFontMetricsF(grid._appearance.font(round(0.8 * CAPTION), bold=True))
        for lane in figure.plot.shown.lanes:
            assert small.horizontalAdvance(lane.rule.name) <= grid.place(0).width()
