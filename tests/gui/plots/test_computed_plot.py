import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui import heat
from gui.plots.computed_plot import ComputedPlot
from gui.plots.fit_axes import FitView
from gui.plots.map_axes import MapView
from gui.plots.sample_points import SamplePoints
from gui.theme import DARK

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def points(focus=1, wanted=True):
    across, up = np.array([-0.5, 0.0, 0.5]), np.array([-0.5, 0.25, 0.5])
    held = np.array([False, False, True])
    return SamplePoints(across, up, np.array([-1.0, 1.0, 1.0]) if wanted else None, held, focus)


def slope_map(focus=1):
    """x1 itself, as a map: 0 along the middle."""
    ramp = np.tile((np.arange(40) + 0.5) / 20 - 1, (40, 1))
    return MapView(
        "x₁", "x₂", "ŷ", (-1.0, 1.0, -1.0, 1.0), ramp, ramp, 0.0, 1.0, "ŷ = 0",
        points(focus), ("y = −1", "y = 1"),
    )  # fmt: skip


def line_fit(focus=1):
    x = np.linspace(-1, 1, 41)
    return FitView("2", "x", "ŷ", x, 2 * x, points(focus, wanted=False))


@pytest.fixture
def plot(qtbot, appearance):
    plot = ComputedPlot(appearance)
    plot.resize(420, 340)
    qtbot.addWidget(plot)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.activateWindow()
    plot.show_map(slope_map())
    return plot


@pytest.fixture
def heard(plot):
    """All that is wished for, in order."""
    found = []
    for name in ("added", "moved", "removed", "chosen", "turned", "wanted"):
        signal = getattr(plot, f"sample_{name}")
        signal.connect(lambda *values, name=name: found.append((name, *values)))
    return found


def pixel(plot, x, y):
    return plot.axes.pixel(x, y).toPoint()


def darkest(picture, place):
    around = [place + QPoint(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    return min(picture.pixelColor(each).lightness() for each in around)


def keys(plot, *presses):
    plot.axes.setFocus()
    for press in presses:
        key, modifier = press if isinstance(press, tuple) else (press, PLAIN)
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_a_sample_is_dragged_with_the_mouse(plot, heard):
    start = pixel(plot, 0.0, 0.25)
    QTest.mousePress(plot.axes, LEFT, PLAIN, start)
    for step in range(1, 21):
        QTest.mouseMove(plot.axes, start + QPoint(2 * step, -step))
    QTest.mouseRelease(plot.axes, LEFT, PLAIN, start + QPoint(40, -20))
    assert heard[0] == ("chosen", 1)
    names, places = {each[0] for each in heard[1:]}, {each[1] for each in heard[1:]}
    assert (names, places) == ({"moved"}, {1})
    _, _, x, y = heard[-1]
    where = plot.axes.pixel(x, y) - plot.axes.pixel(0.0, 0.25)
    assert where.x() == pytest.approx(40, abs=1.5)
    assert where.y() == pytest.approx(-20, abs=1.5)


def test_a_press_that_does_not_move_moves_nothing(plot, heard):
    QTest.mouseClick(plot.axes, LEFT, PLAIN, pixel(plot, -0.5, -0.5))
    assert heard == [("chosen", 0)]


def test_double_click_adds_where_there_is_none_and_turns_where_there_is_one(plot, heard):
    QTest.mouseDClick(plot.axes, LEFT, PLAIN, pixel(plot, 0.3, -0.6))
    name, x, y = heard[-1]
    assert (name, x, y) == ("added", pytest.approx(0.3, abs=0.02), pytest.approx(-0.6, abs=0.02))
    QTest.mouseDClick(plot.axes, LEFT, PLAIN, pixel(plot, 0.5, 0.5))
    assert heard[-1] == ("turned", 2)


def test_a_click_beside_the_samples_only_reads_the_map(plot, heard):
    QTest.mouseClick(plot.axes, LEFT, PLAIN, pixel(plot, 0.5, -0.5))
    assert heard == []
    assert plot.caption.text().startswith("ŷ = 0.5")


def test_every_drag_and_click_has_its_keys(plot, heard):
    keys(plot, (KEY.Key_Right, SHIFT), (KEY.Key_Up, SHIFT))
    assert heard == [("moved", 1, 0.05, 0.25), ("moved", 1, 0.0, 0.3)]
    heard.clear()
    keys(plot, KEY.Key_PageDown, KEY.Key_T, KEY.Key_Delete)
    assert heard == [("chosen", 2), ("turned", 1), ("removed", 1)]
    heard.clear()
    keys(plot, KEY.Key_Left, KEY.Key_Left, KEY.Key_Down, KEY.Key_Insert)
    assert heard == [("added", -0.05, 0.2)]


def test_the_cross_reads_the_map_and_escape_takes_it_away(plot):
    keys(plot, KEY.Key_Left, *[KEY.Key_Right] * 8)
    assert plot.caption.text() == "ŷ = 0.4 at x₁ = 0.4, x₂ = 0.25"
    keys(plot, KEY.Key_Escape)
    assert plot.caption.text() == "ŷ over x₁ and x₂"


def test_space_is_left_to_the_window(plot, heard):
    keys(plot, KEY.Key_Space)
    assert heard == []


def test_the_words_below_do_the_same(plot, heard):
    plot.show_sample("y", 1.0)
    assert plot.row.words.text() == "sample 2 of 3"
    for button in (plot.row.after, plot.row.before, plot.row.add, plot.row.remove):
        QTest.mouseClick(button, LEFT)
    assert heard == [("chosen", 2), ("chosen", 0), ("added", 0.0, 0.25), ("removed", 1)]
    plot.row.wanted.setFocus()
    QTest.keyClick(plot.row.wanted, KEY.Key_Down)
    assert heard[-1] == ("wanted", 1, pytest.approx(0.9))


def test_nothing_is_changed_where_nothing_may_be(plot, heard):
    plot.map.editable = False
    QTest.mouseDClick(plot.axes, LEFT, PLAIN, pixel(plot, 0.3, -0.6))
    keys(plot, KEY.Key_Insert, KEY.Key_Delete, KEY.Key_T, (KEY.Key_Left, SHIFT))
    assert heard == []


def test_the_map_is_purple_white_and_green_with_a_line_in_the_middle(plot):
    picture = plot.map.grab().toImage()
    left, right = (picture.pixelColor(pixel(plot, x, -0.9)) for x in (-0.97, 0.97))
    assert left.green() < left.red()
    assert right.green() > right.red()
    beside = [picture.pixelColor(pixel(plot, x, -0.9)).lightness() for x in (-0.1, 0.1)]
    assert darkest(picture, pixel(plot, 0.0, -0.9)) < 90 < min(beside)
    assert heat.colour(-0.97).hue() == pytest.approx(left.hue(), abs=12)


def test_squares_want_less_and_discs_want_more(plot, appearance):
    plot.resize(700, 600)
    appearance.set_text_size(200)
    picture = plot.map.grab().toImage()
    size = plot.map._layer.size / 2
    corner = QPoint(round(size * 0.84), round(size * 0.84))
    square = darkest(picture, pixel(plot, -0.5, -0.5) + corner)
    disc = darkest(picture, pixel(plot, 0.5, 0.5) + corner)
    assert square < 60 < disc


def test_the_curve_reads_its_height_and_the_error_of_the_sample_in_focus(plot):
    plot.show_fit(line_fit())
    assert plot.axes is plot.fit
    assert plot.fit.value_at(0.5) == pytest.approx(1.0)
    keys(plot, KEY.Key_Left, KEY.Key_Right)
    assert plot.caption.text() == "ŷ = 0.1 at x = 0.05"
    assert plot.fit.range[2] <= -2
    assert plot.fit.range[3] >= 2


def test_the_upright_axis_stays_while_the_curve_moves_a_little(plot):
    plot.show_fit(line_fit())
    before = plot.fit.range
    view = line_fit()
    plot.show_fit(FitView("2", "x", "ŷ", view.across, view.up * 0.9, view.points))
    assert plot.fit.range == before


def test_a_curve_with_holes_and_a_map_with_holes_draw(plot):
    view = line_fit()
    up = np.where(np.abs(view.across) < 0.3, np.nan, view.up)
    plot.show_fit(FitView("2", "x", "ŷ", view.across, up, view.points))
    plot.grab()
    seen = slope_map()
    values = seen.values.copy()
    values[:10] = np.nan
    plot.show_map(MapView(*(
        "x₁", "x₂", "ŷ", seen.extent, values, values, 0.0, 1.0, "ŷ = 0",
    )))  # fmt: skip
    plot.grab()


def test_the_same_view_drawn_twice_is_the_same_picture(plot):
    first = plot.grab().toImage()
    plot.show_map(slope_map())
    plot.show_map(slope_map())
    assert plot.grab().toImage() == first


def test_dark_paper_is_dark_around_the_map(plot, appearance):
    appearance.set_theme(DARK)
    assert plot.grab().toImage().pixelColor(2, 200).lightness() < 60


def test_the_columns_are_what_is_drawn(plot):
    columns = {name: np.array(values) for name, values in plot.table()}
    assert list(columns) == ["x₁", "x₂", "ŷ"]
    np.testing.assert_allclose(columns["x₁"], columns["ŷ"])
    assert len(columns["ŷ"]) == 1600
    plot.show_fit(line_fit())
    names = [name for name, _ in plot.table()]
    assert names == ["x", "ŷ", "x of the samples", "wanted value of the samples"]
