"""What all nodes have in common: equality, letters, substitution; exact numbers."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from engine.calculus.exact import rational
from engine.calculus.exact_number import exact, ratio
from engine.calculus.expression import Function, Number, Product, Variable
from engine.calculus.node import Expression
from engine.calculus.parse import parse
from tests.strategies import expressions

X = Variable("x")


@given(expressions)
def test_equal_trees_have_equal_hashes_wherever_they_were_written(expression: Expression) -> None:
    moved = expression.substitute({"x": Variable("q")}).substitute({"q": X})
    assert moved == expression
    assert hash(moved) == hash(expression)


@given(expressions)
def test_the_letters_are_those_that_occur(expression: Expression) -> None:
    occurring = {node.name for node in expression.walk() if isinstance(node, Variable)}
    assert expression.letters == occurring == set(expression.variables())
    assert all(expression.depends_on(name) for name in occurring)
    assert not expression.depends_on("q")


def test_variables_come_in_order_of_first_appearance() -> None:
    assert parse("b·x + a·(x + c)").expression.variables() == ("b", "x", "a", "c")


def test_what_is_shared_stays_shared_when_letters_are_replaced() -> None:
    part = Function("sin", (X,))
    whole = Product((part, part)).substitute({"x": Number("2")})
    assert whole.children[0] is whole.children[1]


def test_a_tree_of_shared_parts_costs_its_distinct_parts() -> None:
    tree: Expression = X
    for _ in range(300):
        tree = Product((tree, tree))
    assert tree.letters == {"x"}
    assert tree.substitute({"x": Number("1")}).letters == frozenset()


@given(st.fractions(), st.fractions().filter(bool))
def test_quotients_are_exact_and_whole_numbers_plain(above: Fraction, below: Fraction) -> None:
    found = ratio(above, below)
    assert found == above / below
    assert isinstance(found, int) == (found.denominator == 1)


def test_digits_have_their_exact_value() -> None:
    assert exact("0.125") == Fraction(1, 8)
    assert rational(parse("-3/4").expression) == Fraction(-3, 4)
    assert rational(parse("1/0").expression) is None
    assert rational(parse("2x").expression) is None
