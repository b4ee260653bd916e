import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.plots.window import heights, look, sample, thinned, with_gaps


def drawn(along, point=0.5):
    window = look(along, point)
    x, y = sample(along, window.left, window.right)
    return window, *with_gaps(along, x, y, window.top - window.bottom)


def breaks(y):
    return int(np.isnan(y).sum())


def test_the_point_is_always_inside_the_window():
    for point in (-300.0, -7.0, 0.0, 2.0, 6.0, 1e6):
        window = look(np.cos, point)
        assert window.left <= point <= window.right


def test_a_domain_that_ends_is_followed_to_its_end():
    window = look(np.arcsin, 0.5)
    assert -1.3 < window.left < -1.0
    assert 1.0 < window.right < 1.3


def test_an_exponential_does_not_flatten_everything_else():
    window = look(np.exp, 1.0)
    assert window.top < 100
    assert window.top > np.e


def test_a_hill_is_shown_to_its_top_however_flat_the_rest_is():
    window = look(lambda x: np.exp(-20 * (x - 1) ** 2), 0.0)
    assert window.top > 0.99


def test_a_pole_is_no_hill():
    assert look(lambda x: 1 / x, 1.0).top < 20
    assert look(np.tan, 1.0).top < 20


def test_the_value_at_the_point_is_in_sight_even_beyond_the_fences():
    window = look(np.exp, 5.9)
    assert window.top > np.exp(5.9)


def test_a_constant_has_room_above_and_below():
    window = look(lambda x: np.full_like(x, 3.0), 0.0)
    assert window.bottom < 3 < window.top


def test_a_constant_that_comes_as_one_number_is_a_curve_too():
    _, y = sample(lambda x: np.float64(2.0), 0.0, 1.0)
    assert set(y) == {2.0}


def test_what_is_defined_nowhere_has_a_window_all_the_same():
    window = look(lambda x: np.full_like(x, np.nan), 0.0)
    assert (window.bottom, window.top) == (-1.0, 1.0)


@pytest.mark.parametrize("curve", [np.sin, np.tanh, lambda x: np.tanh(200 * x), np.abs, np.exp])
def test_a_continuous_curve_is_not_torn(curve):
    _, _, y = drawn(curve)
    assert breaks(y) == 0


@pytest.mark.parametrize(
    "curve, count",
    [
        (np.sign, 1),
        (np.floor, 12),
        (lambda x: 1 / x, 1),
        (np.tan, 4),
        (lambda x: np.tan(x) / (1 + x**2), 4),
    ],
)
def test_a_jump_or_a_pole_is_a_gap(curve, count):
    _, _, y = drawn(curve)
    assert 1 <= breaks(y) <= count + 1


def test_infinities_are_gaps_and_warn_no_one():
    x, y = sample(lambda x: np.log(np.abs(x)), -1.0, 1.0)
    assert np.isnan(y[x == 0]).all()


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_heights_leave_room_above_and_below(values):
    bottom, top = heights(np.array(values), values[0])
    assert bottom < top
    assert bottom <= values[0] <= top


@given(st.integers(1, 20_000))
def test_a_thinned_series_is_short_and_keeps_extremes_and_end(count):
    values = np.sin(np.arange(count) * 12.9898) * 43758.5453 % 1
    steps, kept = thinned(values, 400)
    assert steps.size <= max(count if count <= 400 else 0, 900)
    assert kept.max() == values.max()
    assert kept.min() == values.min()
    assert kept[-1] == values[-1]
    assert np.all(np.diff(steps) >= 0)
