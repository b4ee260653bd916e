import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtTest import QTest

from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.plots.landscape_figure import LandscapeFigure
from gui.theme import DARK
from tests.gui.plots.moments import lesson, moment_of, ravine


@pytest.fixture
def workbench(appearance):
    return Workbench(lesson(), appearance)


@pytest.fixture
def figure(qtbot, workbench):
    figure = LandscapeFigure(workbench)
    figure.plot.resize(440, 320)
    qtbot.addWidget(figure.plot)
    with qtbot.waitExposed(figure.plot):
        figure.plot.show()
    figure.show_moment(moment_of(workbench.document, 20))
    qtbot.waitUntil(lambda: figure.plot.map.ground is not None)
    return figure


@pytest.fixture
def plot(figure):
    return figure.plot


@pytest.fixture
def starts(plot):
    found = []
    plot.start_chosen.connect(lambda a, b: found.append((a, b)))
    return found


def pixel(plot, across, up):
    return plot.map.place().map(QPointF(across, up)).toPoint()


def settle(qtbot, plot):
    qtbot.waitUntil(lambda: plot.surveyor.finished and plot.surveyor.whole, timeout=20_000)


def test_a_click_sets_the_start_of_the_next_run(plot, starts, workbench):
    QTest.mouseClick(plot.map, Qt.MouseButton.LeftButton, pos=pixel(plot, -0.3, -0.2))
    assert starts == [pytest.approx((-0.3, -0.2), abs=0.02)]
    document = workbench.document
    assert tuple(document.network.parameters().values()) == starts[0]
    assert document.way.step == 0
    workbench.undo()
    assert tuple(workbench.document.network.parameters().values()) == (0.5, -0.499)


def test_a_drag_carries_the_start_along_and_lets_it_go_once(plot, starts):
    QTest.mousePress(plot.map, Qt.MouseButton.LeftButton, pos=pixel(plot, 0.5, -0.5))
    for up in (-0.3, 0.0, 0.4):
        QTest.mouseMove(plot.map, pixel(plot, 1.0, up))
        assert plot.map.placing == pytest.approx((1.0, up), abs=0.02)
        plot.map.grab()  # draws the way ahead from there
    assert starts == []
    QTest.mouseRelease(plot.map, Qt.MouseButton.LeftButton, pos=pixel(plot, 1.0, 0.4))
    assert starts == [pytest.approx((1.0, 0.4), abs=0.02)]


def test_escape_gives_a_drag_up(plot, starts):
    QTest.mousePress(plot.map, Qt.MouseButton.LeftButton, pos=pixel(plot, 0.5, -0.5))
    QTest.mouseMove(plot.map, pixel(plot, 1.0, 0.4))
    QTest.keyClick(plot.map, Qt.Key.Key_Escape)
    QTest.mouseRelease(plot.map, Qt.MouseButton.LeftButton, pos=pixel(plot, 1.0, 0.4))
    assert starts == []


def test_the_keys_do_what_the_mouse_does(plot, starts):
    plot.map.setFocus(Qt.FocusReason.TabFocusReason)
    assert plot.map.cursor_point == plot.shown.here
    QTest.keyClick(plot.map, Qt.Key.Key_Right)
    QTest.keyClick(plot.map, Qt.Key.Key_Up)
    across, up = plot.map.cursor_point
    assert across > plot.shown.here[0]
    assert up > plot.shown.here[1]
    QTest.keyClick(plot.map, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert 0 < plot.map.cursor_point[0] - across < 0.05
    place = plot.map.cursor_point
    QTest.keyClick(plot.map, Qt.Key.Key_Return)
    assert starts == [place]


def test_the_slope_at_the_cursor_is_said_as_numbers(plot):
    QTest.mouseMove(plot.map, pixel(plot, 1.2, -0.9))
    a, b = plot.map.cursor_point
    words = plot.readout.text()
    assert words == plot.map.accessibleDescription()
    assert f"∂J/∂w₁ {b * (a * b - 1):.3g}".replace("-", "−") in words
    assert f"∂J/∂w₂ {a * (a * b - 1):.3g}".replace("-", "−") in words


def test_the_ground_is_coarse_first_and_finer_at_rest_and_its_saddle_is_found(plot, figure, qtbot):
    sizes = []
    plot.surveyor.changed.connect(lambda: sizes.append(plot.surveyor.relief.costs.size))
    figure.show_moment(moment_of(lesson((1.5, 1.5)), 3))
    figure.show_moment(moment_of(ravine(), 3))
    figure.show_moment(moment_of(lesson(), 3))
    settle(qtbot, plot)
    assert sizes[0] < 400
    assert sizes[-1] > 30 * sizes[0]
    kinds = [each.kind for each in plot.surveyor.standstills]
    assert kinds.count("saddle") == 1
    assert "valley" in kinds
    assert "minimum" not in kinds


def test_from_another_start_the_same_ground_has_other_colours(plot, figure, qtbot):
    settle(qtbot, plot)
    relief = plot.map.ground.relief
    figure.show_moment(moment_of(lesson((1.0, 0.9)), 5))
    assert plot.map.ground.relief is relief
    assert plot.map.ground.scale.middle == plot.map.ground.start == pytest.approx(0.005)


def test_what_is_the_same_is_neither_measured_nor_drawn_again(plot, figure, qtbot):
    settle(qtbot, plot)
    before, relief = plot.grab().toImage(), plot.map.ground
    figure.show_moment(moment_of(lesson(), 20))
    settle(qtbot, plot)
    assert plot.map.ground.relief.costs.tolist() == relief.relief.costs.tolist()
    assert plot.grab().toImage() == before


def test_a_run_over_the_whole_landscape_measures_it_once(plot, figure, workbench):
    relief = plot.map.ground.relief
    for at in (1, 10, 40):
        figure.show_moment(moment_of(workbench.document, 40, at, running=True))
        assert plot.map.ground.relief is relief


def test_a_slice_is_called_a_slice_with_its_step(figure, plot):
    figure.show_moment(moment_of(Document(), 12))
    assert plot.caption.text() == "This slice only: the 2 others stand as at step 12"
    figure.show_moment(moment_of(lesson(), 3))
    assert plot.caption.text() == "The whole landscape: there are no other weights"


def test_while_the_run_goes_on_the_ground_follows_and_says_of_which_step_it_is(figure, plot, qtbot):
    for step in range(1, 12):
        figure.show_moment(moment_of(Document(), step, running=True))
        measured = plot.surveyor.relief is not None
        assert f"as at step {plot.surveyor.step if measured else step}" in plot.caption.text()
        qtbot.wait(12)
    assert 5 <= plot.surveyor.step <= 11
    assert plot.surveyor.finished
    figure.show_moment(moment_of(Document(), 11))
    settle(qtbot, plot)
    assert plot.surveyor.step == 11


def test_the_window_stays_while_the_run_is_inside_and_grows_in_steps(figure, plot):
    before = plot.map.range
    for at in (1, 5, 30):
        figure.show_moment(moment_of(lesson(), 30, at))
        assert plot.map.range == before
    figure.show_moment(moment_of(lesson((0.5, -0.499), 0.1), 30, 0))
    assert plot.map.range == before
    figure.show_moment(moment_of(lesson((3.4, 0.2), 0.1), 1))
    assert plot.map.half == 3.0
    left, right, bottom, top = plot.map.range
    inner = plot.map.inner()
    assert (right - left) / inner.width() == pytest.approx((top - bottom) / inner.height())


def test_in_another_shape_the_window_still_holds_the_whole_way(figure, plot, qtbot):
    plot.resize(900, 200)
    figure.show_moment(moment_of(ravine(), 62))
    qtbot.waitUntil(lambda: plot.map.width() > 800)
    plot.resize(500, 520)
    qtbot.waitUntil(lambda: plot.map.range[0] < -4 and plot.map.aspect < 1.2)
    assert plot.map.window_shown.left < -4


def test_more_and_less_is_seen_with_wheel_and_keys(plot):
    plot.map.setFocus()
    for key, half in ((Qt.Key.Key_Minus, 3.0), (Qt.Key.Key_Minus, 5.0), (Qt.Key.Key_Plus, 3.0)):
        QTest.keyClick(plot.map, key)
        assert plot.map.half == half


def test_another_pair_is_chosen_from_the_menu(figure, plot):
    figure.show_moment(moment_of(Document(), 3))
    assert plot.shown.landscape.pair == ("w1", "w2")
    plot.up.menu().actions()[list(plot.shown.landscape.names).index("b1")].trigger()
    assert plot.shown.landscape.pair == ("w1", "b1")
    plot.across.menu().actions()[list(plot.shown.landscape.names).index("b1")].trigger()
    assert plot.shown.landscape.pair == ("b1", "w1")
    assert plot.across.accessibleName() == "across: b₁"


def test_the_side_view_turns_with_mouse_and_keys(plot):
    QTest.mouseClick(plot.side, Qt.MouseButton.LeftButton)
    assert plot.pages.currentWidget() is plot.heights
    before = plot.heights.camera
    middle = plot.heights.rect().center()
    QTest.mousePress(plot.heights, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(plot.heights, middle + QPoint(20, 10))
    QTest.mouseRelease(plot.heights, Qt.MouseButton.LeftButton, pos=middle + QPoint(20, 10))
    turned = plot.heights.camera
    assert turned != before
    QTest.keyClick(plot.heights, Qt.Key.Key_Left)
    assert plot.heights.camera.around == pytest.approx(turned.around + 10)
    picture = plot.heights.grab().toImage()
    QTest.keyClick(plot.heights, Qt.Key.Key_Up)
    assert plot.heights.grab().toImage() != picture
    QTest.mouseClick(plot.side, Qt.MouseButton.LeftButton)
    assert plot.pages.currentWidget() is plot.map


def test_a_hidden_plot_measures_nothing(plot, figure, qtbot):
    settle(qtbot, plot)
    plot.hide()
    figure.show_moment(moment_of(ravine(), 5))
    qtbot.wait(200)
    assert plot.surveyor.relief is None
    plot.show()
    qtbot.waitUntil(lambda: plot.surveyor.relief is not None)


def test_ground_and_way_come_out_as_columns(plot, figure):
    table = dict(figure.table())
    assert list(table) == ["step", "w1", "w2", "J"]
    assert len({len(column) for column in table.values()}) == 1
    steps, a, b, cost = map(np.array, table.values())
    np.testing.assert_allclose(cost, (a * b - 1) ** 2 / 2, atol=1e-12)
    way = np.isfinite(steps)
    assert steps[way].tolist() == list(range(21))
    assert (a[way][0], b[way][0]) == (0.5, -0.499)


@pytest.mark.parametrize("side", [False, True])
def test_in_an_svg_lines_stay_lines(plot, side):
    plot.side.setChecked(side)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(plot.size())
    with QPainter(generator) as painter:
        plot.render(painter, QPoint())
    text = bytes(buffer.data()).decode()
    assert text.count("<path") + text.count("<polyline") + text.count("<polygon") > 12


def test_the_marks_change_with_the_theme_and_the_ground_does_not(plot, appearance, qtbot):
    settle(qtbot, plot)
    light = plot.grab().toImage()
    appearance.set_theme(DARK)
    qtbot.wait(10)
    dark = plot.grab().toImage()
    assert light.pixelColor(2, 2).lightness() > 200
    assert dark.pixelColor(2, 2).lightness() < 60
    spot = plot.map.mapTo(plot, pixel(plot, 1.5, -1.5))
    assert light.pixelColor(spot) == dark.pixelColor(spot)


def test_a_network_of_one_weight_has_no_landscape_and_says_so(figure, plot):
    from engine.network.network import layered

    single = layered((1, 1), "linear", weights=[[[0.5]]], biases=[None])
    figure.show_moment(moment_of(Document(network=single), 2))
    assert "needs two weights" in plot.caption.text()
    assert figure.table() == ()
    plot.grab()
    QTest.mouseClick(plot.map, Qt.MouseButton.LeftButton, pos=plot.map.rect().center())
    figure.show_moment(moment_of(lesson(), 2))
    assert plot.shown is not None


def test_where_there_is_no_room_nothing_is_drawn_and_nothing_breaks(plot, qtbot):
    for side in (False, True):
        plot.side.setChecked(side)
        plot.resize(240, 90)
        qtbot.wait(20)
        plot.grab()
