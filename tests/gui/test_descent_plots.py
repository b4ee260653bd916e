"""A learner's way through each plot of the descent, with real mouse and key events."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.network.optimizers import OPTIMIZERS
from engine.workspace.document import Document
from gui.figure_export import content
from gui.theme import LIGHT
from tests.gui.plots.moments import lesson, ravine

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
MINE = ("loss", "cost", "landscape", "race", "rate")


def press(key, times=1):
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget(), key)


@pytest.fixture
def lab(window):
    QTest.keyClick(window, KEY.Key_3, CONTROL)
    lab = window.sides.descent
    lab.grid.choose(MINE)
    return lab


@pytest.fixture
def plots(lab, qtbot):
    found = {key: lab.grid.frame(key).figure.plot for key in MINE}
    qtbot.waitUntil(lambda: found["landscape"].map.ground is not None)
    return found


def open_scene(workbench, document):
    workbench.apply("Open", lambda _: document.__class__(
        **{name: getattr(document, name) for name in document.__dataclass_fields__
           if name != "workspace"}, workspace="descent"))  # fmt: skip


def at_rest(qtbot, lab):
    qtbot.waitUntil(lambda: not any(frame.finer for frame in lab.grid.shown), timeout=20_000)


def drag(widget, *points):
    QTest.mousePress(widget, LEFT, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(widget, point)
    QTest.mouseRelease(widget, LEFT, pos=points[-1])


def test_everything_shows_the_step_the_marker_is_dragged_to(lab, plots, workbench, qtbot):
    press(KEY.Key_Space, 12)
    chart = plots["loss"].chart
    drag(chart, chart.pixel(*chart.handle).toPoint(), chart.pixel(8, 0.1).toPoint(),
         chart.pixel(5, 0.1).toPoint())  # fmt: skip
    assert lab.session.run.step == 5
    at_rest(qtbot, lab)
    moment = lab.session.moment()
    assert plots["loss"].seen.step == plots["landscape"].shown.step == plots["race"].shown.step == 5
    cost = plots["cost"].shown
    assert cost.value == moment.network.parameters()[cost.parameter]
    assert plots["landscape"].shown.here[1] == moment.network.parameters()["w2"]
    qtbot.waitUntil(lambda: workbench.document.way.step == 5)
    chart.setFocus()
    press(KEY.Key_Right, 3)
    assert plots["loss"].readout.text().startswith("step 8:")
    press(KEY.Key_Return)
    assert lab.session.run.step == 8


def test_two_rates_are_compared_from_the_same_start(lab, plots, workbench, qtbot):
    press(KEY.Key_Space, 10)
    QTest.mouseClick(plots["loss"].log, LEFT)
    assert plots["loss"].chart.range[3] == 0
    lab.session.go_to(0)
    plots["rate"].chart.setFocus()
    at_rest(qtbot, lab)
    press(KEY.Key_Right, 6)
    assert workbench.document.learning_rate > 0.7
    lab.session.steps(10)
    at_rest(qtbot, lab)
    seen = plots["loss"].seen
    assert [(other.name, other.same_start) for other in seen.others] == [("run 1", True)]
    assert seen.others[0].curve.at(10) > seen.curve.at(10)
    assert "run 1" in plots["loss"].readout.text()


def test_a_step_is_predicted_and_then_taken(lab, plots):
    plot = plots["cost"]
    QTest.mouseClick(plot.predict, LEFT)
    assert plot.asking
    chart = plot.chart
    QTest.mouseClick(chart, LEFT, pos=chart.pixel(1.2, 0.1).toPoint())
    assert "it hardly moves, it lands at 1.364" in plot.readout.text()
    chart.setFocus()
    press(KEY.Key_Space)
    assert lab.session.run.step == 1
    assert plot.shown.value == pytest.approx(1.364256, abs=1e-6)
    assert plot.asking


def test_a_start_is_set_by_a_click_and_the_run_goes_from_there(lab, plots, workbench, qtbot):
    open_scene(workbench, lesson())
    at_rest(qtbot, lab)
    plot = plots["landscape"]
    assert "The whole landscape" in plot.caption.text()
    press(KEY.Key_Space, 5)
    spot = plot.map.place().map(QPointF(-0.3, -0.2)).toPoint()
    QTest.mouseClick(plot.map, LEFT, pos=spot)
    assert lab.session.run.step == 0
    assert plot.shown.start == pytest.approx((-0.3, -0.2), abs=0.03)
    lab.session.steps(300)
    assert plot.shown.here[0] < -0.9
    assert plot.shown.cost < 1e-3
    assert len(plot.shown.path) > 100
    workbench.undo()
    workbench.undo()
    assert tuple(workbench.document.network.parameters().values()) != plot.shown.path[0].tolist()


def test_the_saddle_lingers_and_is_left(lab, plots, workbench, qtbot):
    open_scene(workbench, lesson())
    plot = plots["landscape"]
    lab.session.steps(40)
    qtbot.waitUntil(lambda: any(s.kind == "saddle" for s in plot.surveyor.standstills),
                    timeout=20_000)  # fmt: skip
    assert plot.shown.cost == pytest.approx(0.5, abs=0.01)
    assert np.hypot(*plot.shown.here) < 0.1
    lab.session.steps(60)
    assert plot.shown.cost < 1e-3
    assert plot.shown.here == pytest.approx((1, 1), abs=0.02)


def test_the_ravine_is_raced_and_the_table_read_off(lab, plots, workbench, qtbot):
    open_scene(workbench, ravine())
    lab.session.steps(100)
    at_rest(qtbot, lab)
    plot = plots["race"]
    states = {lane.rule.name: lane.state for lane in plot.shown.lanes}
    assert states["gradient descent"] == "< 0.001 from 62"
    assert states["adam"] == "< 0.001 from 95"
    lab.session.go_to(1)
    at_rest(qtbot, lab)
    plot.grid.setFocus()
    press(KEY.Key_Right, list(OPTIMIZERS).index("adam"))
    assert plot.name.text() == "adam"
    assert plot.table.figure(plot.table.rowCount() - 1, 1).text == "−3.9000"


@pytest.mark.parametrize("ending", [".png", ".svg", ".csv"])
def test_every_plot_leaves_the_window(lab, plots, qtbot, ending):
    press(KEY.Key_Space, 3)
    at_rest(qtbot, lab)
    for key in MINE:
        found = content(lab.grid.frame(key), ending, Document(), LIGHT)
        assert len(found) > 100
        if ending == ".csv":
            heading, *rows = found.decode("utf-8-sig").splitlines()
            assert "J" in heading
            assert len(rows) > 3


def test_a_plot_that_is_not_shown_draws_nothing(lab, plots, qtbot):
    lab.grid.choose(("loss",))
    before = plots["landscape"].shown, plots["race"].shown
    press(KEY.Key_Space, 3)
    qtbot.wait(30)
    assert (plots["landscape"].shown, plots["race"].shown) == before
    lab.grid.choose(MINE)
    assert plots["landscape"].shown.step == 3


def test_playing_keeps_the_axes_where_they_are(lab, plots, qtbot):
    press(KEY.Key_Space)
    at_rest(qtbot, lab)
    before = plots["landscape"].map.range
    lab.session.play()
    qtbot.waitUntil(lambda: lab.session.run.step > 20)
    ends = [plots["landscape"].map.range, plots["loss"].chart.range[:2]]
    assert ends[0] == before
    lab.session.pause()
    assert plots["loss"].chart.range[0] == ends[1][0]
    QTest.mouseMove(plots["landscape"].map, QPoint(60, 60))


def test_f6_walks_through_the_plots_and_their_keys_work_there(lab, plots, window):
    press(KEY.Key_Space, 3)
    lab.settings.data.setFocus()
    stops = [
        plots["loss"].chart, plots["cost"].chart, plots["landscape"].map, plots["race"].grid,
        plots["rate"].chart,
    ]  # fmt: skip
    for stop in stops:
        press(KEY.Key_F6)
        assert QApplication.focusWidget() is stop
        before = lab.session.run.step
        press(KEY.Key_Space)
        assert lab.session.run.step == before + 1
