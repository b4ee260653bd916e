"""Blanks leave out what is asked for, keep the rest, and never shrink to a hint."""

from __future__ import annotations

import pytest

from engine.formula.blanks import KINDS, with_blanks
from engine.formula.card import Card
from engine.formula.constructs import Blank
from engine.formula.formula import EMPTY, Formula, letter
from engine.formula.layout import layout
from engine.formula.plaintext import plaintext
from tests.engine.formula.corpus import B3, corpus


def asked(formula: Formula, what: str) -> Formula:
    return with_blanks(Card("1", "derive", "", formula, EMPTY, EMPTY), what).full


def test_nothing_asked_nothing_changed() -> None:
    assert asked(B3, "none") is B3


@pytest.mark.parametrize(
    "what, shown",
    [
        ("values", "= ____ · ____ · ____"),
        ("factors", "= ____ · ____ · ____"),
        ("all", "= ____"),
    ],
)
def test_the_third_line_of_a_step(what: str, shown: str) -> None:
    assert plaintext(asked(B3, what)).splitlines()[2].strip() == shown


def test_the_last_line_alone() -> None:
    before, after = plaintext(B3).splitlines(), plaintext(asked(B3, "last lines")).splitlines()
    assert before[:-1] == after[:-1]
    assert after[-1].strip() == "= ____"


@pytest.mark.parametrize("what", [kind for kind in KINDS if kind not in ("none", "values")])
@pytest.mark.parametrize("formula", corpus(), ids=lambda _: "")
def test_something_is_left_to_do_everywhere(formula: Formula, what: str) -> None:
    shown = asked(formula, what)
    assert any(isinstance(part, Blank) for part in shown.walk())
    assert layout(shown).width > 0


def test_a_blank_does_not_tell_how_short_its_answer_is() -> None:
    assert layout(Blank(letter("i"))).width == layout(Blank(letter("x"))).width
