import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.isolines import isolines


def height(values, x, y):
    """Interpolate along a side of a cell, where every piece begins and ends."""
    column, row = int(np.floor(x)), int(np.floor(y))
    column, row = min(column, values.shape[1] - 1), min(row, values.shape[0] - 1)
    right, above = min(column + 1, values.shape[1] - 1), min(row + 1, values.shape[0] - 1)
    assert x == column or y == row
    low = values[row, column]
    high = values[row, right] if x != column else values[above, column]
    return low + (x - column + y - row) * (high - low)


tables = st.lists(
    st.lists(st.floats(-5, 5, width=32).map(lambda v: round(v, 2)), min_size=4, max_size=4),
    min_size=3,
    max_size=3,
).map(np.array)


@given(tables)
def test_both_ends_of_every_piece_are_at_the_level(values):
    for x0, y0, x1, y1 in isolines(values, 0.25):
        assert height(values, x0, y0) == pytest.approx(0.25, abs=1e-9)
        assert height(values, x1, y1) == pytest.approx(0.25, abs=1e-9)


@given(tables)
def test_an_end_inside_the_table_is_shared_by_two_pieces(values):
    pieces = isolines(values, 0.25)
    ends = [tuple(np.round(end, 9)) for end in pieces.reshape(-1, 2)]
    rows, columns = values.shape
    for x, y in set(ends):
        outside = (y in (0, rows - 1) and x != int(x)) or (x in (0, columns - 1) and y != int(y))
        if not outside and not (x == int(x) and y == int(y)):
            assert ends.count((x, y)) == 2


def test_a_circle_is_found_and_is_round():
    y, x = np.mgrid[0:41, 0:41]
    pieces = isolines(np.hypot(x - 20.0, y - 20.0), 10.0)
    radii = np.hypot(pieces[:, 0] - 20, pieces[:, 1] - 20)
    assert np.abs(radii - 10).max() < 0.05
    lengths = np.hypot(pieces[:, 2] - pieces[:, 0], pieces[:, 3] - pieces[:, 1])
    assert lengths.sum() == pytest.approx(2 * np.pi * 10, rel=0.01)


def test_a_table_on_one_side_of_the_level_has_no_line():
    assert isolines(np.ones((5, 5)), 2.0).shape == (0, 4)
    assert isolines(np.full((5, 5), np.nan), 0.0).shape == (0, 4)


def test_no_piece_beside_what_has_no_value():
    values = np.array([[0.0, 1.0, np.nan], [0.0, 1.0, np.nan]])
    assert isolines(values, 0.5).tolist() == [[0.5, 0.0, 0.5, 1.0]]
