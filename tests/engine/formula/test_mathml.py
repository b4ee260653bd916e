"""MathML is well-formed, keeps the structure, and stretches only what should."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given

from engine.calculus.expression import Expression
from engine.calculus.parse import parse
from engine.formula.formula import Formula, Symbol
from engine.formula.mathml import mathml
from engine.formula.read_latex import read_latex
from engine.formula.typeset import typeset
from tests.engine.formula.corpus import corpus
from tests.strategies import any_expressions

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
#: How many children an element has, where it must be so many.
CHILDREN = {
    "mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "mroot": 2, "mover": 2, "munder": 2,
    "munderover": 3, "mspace": 0, "mi": 0, "mn": 0, "mo": 0, "mtext": 0, "msqrt": 1, "mstyle": 1,
    "math": 1,
}  # fmt: skip
#: What stands in a table, and nowhere else.
INSIDE = {"mtr": "mtable", "mtd": "mtr"}
#: The attributes of MathML Core that are written here, and what they may say.
ATTRIBUTES = {
    "display": r"block", "stretchy": "true|false", "largeop": "true", "form": "prefix",
    "accent": "true", "displaystyle": "true|false", "scriptlevel": "0", "mathvariant": "normal",
    "width": r"-?[\d.]+em", "style": r"[a-z-]+: [^;\"]+(; [a-z-]+: [^;\"]+)*",
}  # fmt: skip


def elements(formula: Formula) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(mathml(formula)).iter())


def typed(text: str) -> str:
    return mathml(typeset(parse(text).expression))


@pytest.mark.parametrize("formula", corpus(), ids=lambda _: "")
def test_every_element_has_the_children_it_needs(formula: Formula) -> None:
    for element in elements(formula):
        tag = element.tag.removeprefix(NAMESPACE)
        assert len(element) == CHILDREN.get(tag, len(element)), tag
        assert tag in CHILDREN or tag in ("mrow", "mtable", "mtr", "mtd")
        for child in element:
            kind = child.tag.removeprefix(NAMESPACE)
            assert INSIDE.get(kind, tag) == tag, f"{kind} in {tag}"
            assert (tag in INSIDE.values()) == (kind in INSIDE), f"{kind} in {tag}"
        if tag in ("mi", "mn", "mo", "mtext"):
            assert element.text
        else:
            assert not (element.text or "").strip()
        for name, value in element.attrib.items():
            assert re.fullmatch(ATTRIBUTES[name], value), (name, value)


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


def test_a_continued_fraction_is_in_full_size_but_not_its_inner_fractions() -> None:
    written = mathml(read_latex(r"1 + \cfrac{1}{1 + \frac{1}{x}}").formula)
    outer = '<mstyle displaystyle="true" scriptlevel="0"><mfrac>'
    inner = '<mstyle displaystyle="false" scriptlevel="0"><mrow>'
    assert outer in written
    assert inner in written
