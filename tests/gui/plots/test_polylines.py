import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.plots.axes import Axes
from gui.plots.polylines import polylines, within

heights = st.lists(st.floats(-3, 3), min_size=2, max_size=12).map(np.array)


@given(heights)
def test_no_piece_leaves_the_two_heights_and_all_that_lies_between_is_kept(up):
    across = np.arange(len(up), dtype=float)
    pieces = within(across, up, -1.0, 1.0)
    for x, y in pieces:
        assert (np.abs(y) <= 1 + 1e-6).all()
        np.testing.assert_allclose(y, np.interp(x, across, up), atol=1e-6)
    length = sum(float(x[-1] - x[0]) for x, _ in pieces)
    fine = np.linspace(0, len(up) - 1, 4001)
    share = np.mean(np.abs(np.interp(fine, across, up)) <= 1)
    assert length == pytest.approx(share * (len(up) - 1), abs=0.02 * len(up))


def test_a_curve_is_broken_where_it_has_no_value_and_where_it_jumps(qtbot, appearance):
    axes = Axes(appearance)
    qtbot.addWidget(axes)
    axes.resize(300, 200)
    axes.set_range(0.0, 5.0, 0.0, 1.0)
    across = np.arange(6.0)
    up = np.array([0.2, 0.3, np.nan, 0.1, 0.9, 0.9])
    assert [len(piece) for piece in polylines(axes, across, up)] == [2, 3]
    assert [len(piece) for piece in polylines(axes, across, up, jump=0.5)] == [2, 2]
