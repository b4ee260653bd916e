"""Random expressions for the laws."""

from __future__ import annotations

from hypothesis import strategies as st

from engine.calculus.expression import (
    RELATIONS,
    Cases,
    Constant,
    Expression,
    Function,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Variable,
)
from engine.calculus.functions import TABLE

#: The functions whose derivative exists on an interval and that sympy knows by another route.
SMOOTH = tuple(
    name
    for name in TABLE
    if name not in ("logb", "abs", "sgn", "step", "floor", "max", "min", "relu")
)

numbers = st.one_of(
    st.integers(0, 12).map(lambda value: Number(str(value))),
    st.sampled_from(["0.5", "1.25", "2.50"]).map(Number),
)
leaves = st.one_of(
    st.just(Variable("x")),
    st.just(Variable("x")),
    numbers,
    st.sampled_from([Constant("e"), Constant("π"), Variable("w1"), Variable("λ")]),
)


def _sums(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    @st.composite
    def build(draw: st.DrawFn) -> Expression:
        terms = tuple(draw(st.lists(inner, min_size=2, max_size=4)))
        signs = draw(st.lists(st.sampled_from([1, -1]), min_size=len(terms), max_size=len(terms)))
        return Sum(terms, (1, *signs[1:]))

    return build()


def _grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    small = st.integers(2, 4).map(lambda value: Number(str(value)))
    return st.one_of(
        _sums(inner),
        st.lists(inner, min_size=2, max_size=3).map(lambda factors: Product(tuple(factors))),
        st.builds(Quotient, inner, inner),
        st.builds(Negative, inner),
        st.builds(Power, inner, small),
        st.builds(Power, small, inner),
        st.builds(Power, st.just(Constant("e")), inner),
        st.builds(Root, inner, st.sampled_from([2, 3])),
        st.builds(
            lambda name, argument: Function(name, (argument,)), st.sampled_from(SMOOTH), inner
        ),
        st.builds(lambda argument: Function("logb", (Number("2"), argument)), inner),
    )


expressions = st.recursive(leaves, _grown, max_leaves=7)

#: Also what has corners, for reading and writing.
any_expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        _grown(inner),
        st.builds(Power, inner, inner),
        st.builds(lambda one: Function("abs", (one,)), inner),
        st.builds(lambda one, two: Function("max", (one, two)), inner, inner),
    ),
    max_leaves=8,
)

#: Also functions in pieces, which plain formulas do not show on one line.
pieces = st.builds(
    lambda one, two, three, relation: Cases((one, two), (three,), (relation,), (one,)),
    any_expressions,
    any_expressions,
    any_expressions,
    st.sampled_from(RELATIONS),
)
