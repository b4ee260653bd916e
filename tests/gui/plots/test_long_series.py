import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gui.plots.long_series import BUCKETS, LongSeries


@given(st.integers(1, 30_000), st.integers(0, 9), st.lists(st.integers(1, 9000), max_size=8))
def test_extremes_ends_and_order_are_kept_whatever_the_portions(size, seed, portions):
    values = np.random.default_rng(seed).normal(size=size)
    series, end = LongSeries(), 0
    for portion in [*portions, size]:
        end = min(end + portion, size)
        steps, kept = series.take(values[:end])
        assert steps.size <= 4 * BUCKETS + size // BUCKETS
        assert (np.diff(steps) > 0).all()
        np.testing.assert_array_equal(kept, values[steps.astype(int)])
        assert kept.min() == values[:end].min()
        assert kept.max() == values[:end].max()
        assert steps[0] == 0
        assert steps[-1] >= end - 1 - 2 * end // BUCKETS


def test_a_short_series_is_drawn_whole():
    values = np.arange(700.0)[::-1]
    steps, kept = LongSeries().take(values)
    np.testing.assert_array_equal(kept, values)
    np.testing.assert_array_equal(steps, np.arange(700))


def test_a_run_that_is_cut_and_goes_another_way_is_begun_anew():
    series = LongSeries()
    series.take(np.linspace(1, 0, 5000))
    other = np.linspace(1, 0, 5000) ** 2
    steps, kept = series.take(other)
    np.testing.assert_array_equal(kept, other[steps.astype(int)])
    steps, kept = series.take(other[:40])
    np.testing.assert_array_equal(kept, other[:40])
    assert series.take(np.empty(0))[0].size == 0


def test_with_a_stride_the_steps_are_those_of_the_run():
    steps, _ = LongSeries().take(np.ones(3), 4)
    assert steps.tolist() == [0, 4, 8]
