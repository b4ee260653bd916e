import math

from hypothesis import given
from hypothesis import strategies as st

from gui.plots.steady import PATIENCE, Steady

numbers = st.floats(-1e6, 1e6)


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=20))
def test_every_value_lies_between_the_ends(pairs):
    axis = Steady()
    for low, high in (sorted(pair) for pair in pairs):
        left, right = axis.hold(low, high)
        assert left <= low <= high <= right
        assert left < right


@given(st.floats(1, 100))
def test_values_that_move_a_little_move_no_end(high):
    axis = Steady(0.0)
    ends = axis.hold(0.0, high)
    assert axis.hold(0.0, high * 0.7) == ends
    assert axis.hold(0.0, high * 1.01) == ends


def test_a_growing_value_moves_the_end_in_few_steps():
    axis = Steady(0.0)
    ends = {axis.hold(0.0, 1.02**n) for n in range(400)}
    assert len(ends) < 60
    assert all(left == 0 for left, _ in ends)


def test_an_empty_axis_is_drawn_in():
    axis = Steady(0.0)
    axis.hold(0.0, 100.0)
    assert axis.hold(0.0, 10.0)[1] < 20


def test_while_training_runs_an_axis_is_drawn_in_late_and_to_what_was_met_meanwhile():
    axis = Steady(0.0)
    ends = axis.hold(0.0, 100.0)
    highs = [2.0 if n % 3 else 20.0 for n in range(PATIENCE - 1)]
    assert {axis.hold(0.0, high, running=True) for high in highs} == {ends}
    drawn_in = axis.hold(0.0, 2.0, running=True)
    assert 20 <= drawn_in[1] <= 40
    assert axis.hold(0.0, 50.0, running=True)[1] >= 50


def test_values_that_fill_the_axis_now_and_then_leave_it_alone():
    axis = Steady(0.0)
    ends = axis.hold(0.0, 100.0)
    highs = [90.0 if n % 50 == 0 else 5.0 for n in range(400)]
    assert {axis.hold(0.0, high, running=True) for high in highs} == {ends}


def test_nothing_finite_still_has_two_ends():
    assert Steady().hold(math.nan, math.inf) == (-0.2, 1.2)
    left, right = Steady().hold(3.0, 3.0)
    assert left < 3 < right


def test_a_value_that_grows_while_training_runs_moves_the_end_seldom():
    axis = Steady(0.0)
    ends = {axis.hold(0.0, 1.01**n, running=True) for n in range(1000)}
    assert len(ends) < 40
