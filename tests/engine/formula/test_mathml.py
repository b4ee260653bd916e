"""MathML is well-formed, keeps the structure, and stretches only what should."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given

from engine.calculus.expression import Expression
from engine.calculus.parse import parse
from engine.formula.formula import Formula, Symbol
from engine.formula.mathml import mathml
from engine.formula.typeset import typeset
from tests.engine.formula.corpus import corpus
from tests.strategies import any_expressions

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
#: How many children an element has, where it must be so many.
CHILDREN = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "mroot": 2, "mover": 2, "msqrt": 1}


def elements(formula: Formula) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(mathml(formula)).iter())


def typed(text: str) -> str:
    return mathml(typeset(parse(text).expression))


@pytest.mark.parametrize("formula", corpus(), ids=lambda _: "")
def test_every_element_has_the_children_it_needs(formula: Formula) -> None:
    for element in elements(formula):
        tag = element.tag.removeprefix(NAMESPACE)
        assert len(element) == CHILDREN.get(tag, len(element)), tag


@given(any_expressions)
def test_every_expression_is_well_formed(expression: Expression) -> None:
    assert elements(typeset(expression))


def test_brackets_stretch_around_what_is_tall_only() -> None:
    assert 'stretchy="true"' not in typed("(x+1)*(x-1)")
    assert typed("(1+1/x)^2").count('stretchy="true"') == 2


def test_a_function_is_applied_by_the_sign_that_no_one_sees() -> None:
    thin = '<mspace width="0.17em"/>'
    assert f"<mi>cos</mi><mo>&#x2061;</mo>{thin}<mi>x</mi>" in typed("cos x")
    assert thin not in typed("cos(x+1)")


def test_a_leading_minus_is_a_sign() -> None:
    assert '<mo form="prefix">−</mo>' in typed("-x")
    assert 'form="prefix"' not in typed("1-x")


def test_bold_letters_are_bold_letters() -> None:
    assert mathml(Symbol("Wx", "bold")).count("𝐖𝐱") == 1
