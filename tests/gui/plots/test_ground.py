import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.network.landscape import Relief
from gui.plots.ground import (
    cells_of,
    contour,
    half_height,
    height_at,
    levels_of,
    scale_of,
    stepped,
    window_of,
)


def relief(function, half=2.0, cells=40):
    across, up = np.linspace(-half, half, cells + 1), np.linspace(-half, half, cells + 1)
    return Relief(across, up, function(*np.meshgrid(across, up)))


def bowl(x, y):
    return (x**2 + y**2) / 2


@given(st.floats(0.05, 1.5))
def test_every_point_of_a_line_has_its_height(level):
    x, y = contour(relief(bowl, cells=80), level)
    assert x.size == y.size > 0
    np.testing.assert_allclose(bowl(x, y), level, atol=2e-3)


def test_a_line_that_closes_is_drawn_in_one_go():
    x, y = contour(relief(bowl), 0.7)
    assert np.isfinite(x).all()
    assert (x[0], y[0]) == (x[-1], y[-1])
    assert np.hypot(np.diff(x), np.diff(y)).max() < 0.2


def test_a_line_in_two_parts_has_a_gap():
    x, _ = contour(relief(lambda x, y: x * y), 0.5)
    assert np.isnan(x).sum() == 1
    assert (x[: np.flatnonzero(np.isnan(x))[0]] > 0).all() != (x[-5:] > 0).all()


def test_a_cell_with_four_crossings_holds_two_pieces():
    saddle = Relief(np.array([0.0, 1]), np.array([0.0, 1]), np.array([[1.0, -1], [-1, 1]]))
    assert np.isfinite(contour(saddle, 0.0)[0]).sum() == 4


def test_there_is_no_line_where_there_is_no_value():
    whole = relief(bowl)
    costs = whole.costs.copy()
    costs[:, : costs.shape[1] // 2] = np.nan
    x, _ = contour(Relief(whole.across, whole.up, costs), 0.5)
    assert x.size
    assert (x[np.isfinite(x)] >= 0).all()
    empty = Relief(whole.across, whole.up, np.full_like(costs, np.nan))
    assert contour(empty, 0.5)[0].size == 0
    assert levels_of(empty) == ()


def test_lines_have_round_heights():
    assert levels_of(relief(bowl)) == pytest.approx([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2])
    even = levels_of(relief(lambda x, y: 3 + x / 10))
    assert np.ptp(np.diff(even)) < 1e-9
    assert 4 <= len(even) <= 10
    assert levels_of(relief(lambda x, y: 0 * x)) == ()


@pytest.mark.parametrize("lift", [0.0, -1.0])
def test_the_start_is_white_lower_is_purple_and_higher_green(lift):
    scale = scale_of(relief(lambda x, y: bowl(x, y) + lift), 0.5 + lift)
    shades = scale.shade(np.array([0.0, 0.25, 0.5, 1.0, 4.0]) + lift)
    assert list(shades) == sorted(shades)
    assert shades[2] == 0
    assert -1.01 < shades[0] < -0.5
    assert shades[4] > 0.2


def test_a_flat_landscape_has_colours():
    assert np.isfinite(scale_of(relief(lambda x, y: 0 * x), 0.0).shade(np.zeros(1))).all()


@given(st.floats(0.01, 1e4), st.floats(0.5, 4))
def test_a_window_shows_its_points_and_grows_in_steps(reach, aspect):
    half = half_height(np.array([[reach, -reach / 3]]), aspect)
    window = window_of(half, aspect)
    assert window.right >= reach
    assert window.bottom <= -reach / 3
    assert stepped(half) == half
    assert stepped(half, -1) < half < stepped(half, 1)


def test_the_window_stays_while_points_stay_well_inside():
    points = np.array([[0.5, -0.5]])
    assert half_height(points, 1.5) == half_height(points * 1.2, 1.5) == 2.0
    assert half_height(points, 1.5, least=3.0) == 3.0
    assert half_height(np.array([[np.nan, 1.0]]), 1.5) == 2.0


@pytest.mark.parametrize("aspect", [0.5, 1.0, 2.5])
def test_a_coarse_grid_is_small_and_its_cells_nearly_square(aspect):
    across, up = cells_of(aspect, 220)
    assert 150 <= across * up <= 300
    assert across / up == pytest.approx(aspect, rel=0.15)


def test_heights_between_the_points_of_a_grid_go_evenly():
    tilted = relief(lambda x, y: 1 + 2 * x - y, cells=7)
    points = np.array([[0.3, -1.2], [2.0, 2.0], [-2.0, 0.0], [2.1, 0.0], [np.nan, 0.0]])
    found = height_at(tilted, points)
    np.testing.assert_allclose(found[:3], 1 + 2 * points[:3, 0] - points[:3, 1])
    assert np.isnan(found[3:]).all()
