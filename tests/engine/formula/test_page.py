"""Cards stand under one another, nothing touches and nothing leaves the page."""

from __future__ import annotations

import pytest

from engine.formula.card import Card
from engine.formula.formula import EMPTY, digits, equation, letter
from engine.formula.page import MARGIN, Page, Placed, page, side_by_side
from tests.engine.formula.corpus import B3, corpus

SENTENCE = "How does the cost change when w₂ is nudged? Multiply along its path."


def card(label: str = "B3", sentence: str = SENTENCE, phase: str = "backward") -> Card:
    return Card(label, phase, sentence, B3, B3, EMPTY, frozenset({"edge:z2/w2"}))  # type: ignore[arg-type]


def box(placed: Placed) -> tuple[float, float, float, float]:
    drawn, size = placed.layout, placed.size
    return (
        placed.x,
        placed.baseline - drawn.height * size,
        placed.x + drawn.width * size,
        placed.baseline + drawn.depth * size,
    )


def overlap(one: Placed, other: Placed) -> bool:
    left, top, right, bottom = box(one)
    x, y, z, w = box(other)
    return left < z and x < right and top < w and y < bottom


def pages() -> list[Page]:
    equations = [
        Card(str(place), "derive", f"Step {place}", formula, EMPTY, EMPTY)
        for place, formula in enumerate(corpus(), start=1)
    ]
    wide = equation(*(digits("0.123456789") for _ in range(9)))
    return [
        page([card()], "One step"),
        page([card("F1", phase="forward"), card("B1"), card("U1", phase="update")], "All"),
        page([card(sentence=""), card(sentence=SENTENCE * 5)]),
        page(equations, "Everything there is to derive, under a title that is very long indeed"),
        page([Card("B102", "backward", SENTENCE, wide, EMPTY, EMPTY)]),
        page([], "Nothing"),
        page([]),
    ]


@pytest.mark.parametrize("shown", pages(), ids=lambda shown: shown.title)
def test_nothing_touches_and_nothing_leaves_the_page(shown: Page) -> None:
    for position, placed in enumerate(shown.placed):
        left, top, right, bottom = box(placed)
        assert left >= MARGIN - 1
        assert top >= MARGIN / 2
        assert right <= shown.width - MARGIN + 1
        assert bottom <= shown.height - MARGIN / 2
        assert not any(overlap(placed, other) for other in shown.placed[position + 1 :])


def test_a_page_says_what_it_shows() -> None:
    shown = page([card()], "One step")
    assert shown.title == "One step"
    assert shown.spoken.startswith("B3. How does the cost change when w₂ is nudged?")
    assert "the partial derivative of J with respect to w sub 2" in shown.spoken


def test_phases_are_named_where_there_are_several() -> None:
    several = page([card("F1", phase="forward"), card("B1"), card("B2")])
    assert [placed.text for placed in several.placed][:2] == ["Forward", "F1"]
    assert "Backward" in [placed.text for placed in several.placed]
    assert len(several.dividers) == 1
    assert "Backward" not in [placed.text for placed in page([card()]).placed]


def test_what_is_lit_is_lit_only_when_asked_for() -> None:
    assert not any(placed.lit for placed in page([card()]).placed)
    assert any(placed.lit for placed in page([card()], lit=True).placed)


def test_long_sentences_are_broken_between_words() -> None:
    lines = [placed.text for placed in page([card(sentence=SENTENCE * 3)]).placed[1:-1]]
    assert len(lines) > 2
    assert " ".join(lines) == " ".join((SENTENCE * 3).split())


def test_a_label_without_a_sentence_stands_beside_its_formula() -> None:
    label, formula = page([Card("1", "derive", "", letter("x"), EMPTY, EMPTY)]).placed
    assert abs(label.baseline - formula.baseline) <= 1


def test_pages_stand_beside_one_another_without_touching() -> None:
    told = [
        Card(str(place), "derive", f"Step {place}", formula, EMPTY, EMPTY)
        for place, formula in enumerate(corpus()[:20])
    ]
    first, second = page(told[:7], "Title"), page(told[7:])
    both = side_by_side([first, second])
    assert both.width == pytest.approx(first.width + second.width - MARGIN)
    assert both.height == max(first.height, second.height)
    assert both.spoken == f"{first.spoken}\n{second.spoken}"
    reach = max(part.x + part.layout.width * part.size for part in both.placed[: len(first.placed)])
    assert all(part.x > reach for part in both.placed[len(first.placed) :])
