import numpy as np
import pytest

from gui.plots.level_curve import curve, look_at_level
from gui.plots.window import Window

SQUARE = Window(-6.0, 6.0, -6.0, 6.0)


def circle(x, y):
    return x * x + y * y - 25


def test_every_point_lies_on_the_curve():
    x, y = curve(circle, SQUARE)
    assert np.nanmax(np.abs(np.hypot(x, y) - 5)) < 1e-2


def test_a_closed_curve_is_one_row_that_comes_back():
    x, y = curve(circle, SQUARE)
    assert not np.isnan(x).any()
    assert (x[0], y[0]) == (x[-1], y[-1])
    assert np.max(np.hypot(np.diff(x), np.diff(y))) < 0.2


def test_two_branches_are_two_rows():
    x, _ = curve(lambda x, y: y * y - x * x - 1, SQUARE)
    assert np.isnan(x).sum() == 1


def test_a_pole_is_no_curve():
    x, _ = curve(lambda x, y: 1 / (x - 0.013) + 0 * y, SQUARE)
    assert x.size == 0


def test_where_there_is_no_value_there_is_no_curve():
    x, y = curve(lambda x, y: np.log(x) - y, SQUARE)
    assert np.nanmin(x) > 0
    assert np.isfinite(y).any()


def test_no_curve_is_no_row():
    x, y = curve(lambda x, y: x * x + y * y + 1, SQUARE)
    assert x.size == y.size == 0


def test_the_window_holds_a_closed_curve_and_little_else():
    window = look_at_level(circle, 3.0, 4.0)
    assert -8 < window.left < -5 < 5 < window.right < 8


def test_the_window_goes_to_where_we_are():
    window = look_at_level(lambda x, y: y - x, 40.0, 40.0)
    assert window.left < 40 < window.right
    assert window.top == pytest.approx(52)
