"""Formulas are laid out by TeX's rules, the same on every machine, and quickly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given

from engine.calculus.expression import Expression, Function, Number, Quotient, Sum, Variable
from engine.calculus.parse import parse
from engine.formula.boxes import Layout
from engine.formula.formula import (
    EQUALS,
    MINUS,
    PLUS,
    TIMES,
    Accent,
    Aligned,
    Fenced,
    Formula,
    Fraction,
    Mark,
    Radical,
    Row,
    Script,
    Text,
    brackets,
    digits,
    letter,
    mark,
    operator,
    row,
)
from engine.formula.layout import layout
from engine.formula.metrics import MathFace, face, outlines
from engine.formula.typeset import typeset
from tests.engine.formula.corpus import B3, corpus
from tests.strategies import any_expressions

GOLDEN = Path(__file__).parent / "golden"
FACES: tuple[MathFace, ...] = ("math", "modern")
A, B, X = letter("a"), letter("b"), letter("x")
MU = 1 / 18


def width(formula: Formula) -> float:
    return layout(formula).width


def ink(drawn: Layout) -> tuple[float, float, float, float]:
    """The smallest box around everything that is drawn: left, top, right, bottom."""
    boxes = [
        (
            glyph.x + box.left * glyph.size,
            glyph.y - box.top * glyph.size,
            glyph.x + box.right * glyph.size,
            glyph.y - box.bottom * glyph.size,
        )
        for glyph in drawn.glyphs
        for box in [face(glyph.face).metrics(glyph.glyph)]
    ]
    boxes += [(rule.x, rule.y, rule.x + rule.width, rule.y + rule.height) for rule in drawn.rules]
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def listed(formula: Formula, used: MathFace) -> str:
    """A display list as text."""
    drawn = layout(formula, face=used)
    lines = [f"box {drawn.width:.3f} {drawn.height:.3f} {drawn.depth:.3f}"]
    lines += [f"glyph {g.glyph} {g.x:.3f} {g.y:.3f} {g.size:.2f} {g.role}" for g in drawn.glyphs]
    lines += [
        f"rule {r.x:.3f} {r.y:.3f} {r.width:.3f} {r.height:.3f} {r.role}" for r in drawn.rules
    ]
    lines += [
        f"term {t.term} {t.x:.3f} {t.y:.3f} {t.width:.3f} {t.height:.3f}" for t in drawn.terms
    ]
    lines += [
        f"stroke {s.x:.3f} {s.y:.3f} {s.dx:.3f} {s.dy:.3f} {s.thickness:.3f} {s.role}"
        for s in drawn.strokes
    ]
    lines += [f"other {o.text} {o.x:.3f} {o.y:.3f} {o.width:.3f}" for o in drawn.others]
    return "\n".join(lines).replace("-0.000", "0.000")


def test_the_display_lists_are_the_golden_ones() -> None:
    """With ``UPDATE_GOLDEN=1`` the file is written anew; look at the difference before a commit."""
    for used in FACES:
        text = "\n\n".join(listed(formula, used) for formula in corpus()) + "\n"
        golden = GOLDEN / f"display_lists_{used}.txt"
        if os.environ.get("UPDATE_GOLDEN"):
            golden.write_text(text, encoding="utf-8")
        assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("used", FACES)
@pytest.mark.parametrize("formula", corpus(), ids=lambda _: "")
def test_ink_stays_in_its_box_but_for_a_slant(formula: Formula, used: MathFace) -> None:
    drawn = layout(formula, face=used)
    if not drawn.glyphs:
        return
    left, top, right, bottom = ink(drawn)
    assert left >= -0.13
    assert right <= drawn.width + 0.13
    assert top >= -drawn.height - 1e-9
    assert bottom <= drawn.depth + 1e-9


@given(any_expressions)
def test_every_expression_has_a_layout_with_ink(expression: Expression) -> None:
    drawn = layout(typeset(expression))
    assert drawn.glyphs
    assert drawn.width > 0
    assert drawn.height > 0


def test_the_spaces_are_tex_s() -> None:
    bare = width(A) + width(B)
    assert width(row(A, B)) == pytest.approx(bare)
    assert width(row(A, PLUS, B)) == pytest.approx(bare + width(PLUS) + 8 * MU)
    assert width(row(A, EQUALS, B)) == pytest.approx(bare + width(EQUALS) + 10 * MU)
    sine = operator("sin")
    assert width(row(sine, X)) == pytest.approx(width(sine) + width(X) + 3 * MU)
    assert width(row(sine, brackets(X))) == pytest.approx(width(sine) + width(brackets(X)))
    assert width(row(A, sine)) == pytest.approx(width(A) + width(sine) + 3 * MU)


def test_a_sign_has_no_space_and_marks_do_not_change_that() -> None:
    three = digits("3")
    assert width(row(MINUS, three)) == pytest.approx(width(MINUS) + width(three))
    negative = mark(row(MINUS, three), role="forward")
    assert width(negative) == pytest.approx(width(row(MINUS, three)))
    assert width(row(A, negative)) == pytest.approx(width(row(A, MINUS, three)))
    assert width(row(A, TIMES, negative)) < width(row(A, TIMES, A, MINUS, three))


def test_a_fraction_s_bar_lies_on_the_axis_and_covers_both_parts() -> None:
    drawn = layout(Fraction(A, row(A, PLUS, B)))
    (bar,) = drawn.rules
    axis = face("math").constant("AxisHeight")
    assert bar.y + bar.height / 2 == pytest.approx(-axis)
    assert bar.width == pytest.approx(width(row(A, PLUS, B)) + 0.2)
    above = [glyph for glyph in drawn.glyphs if glyph.y < bar.y]
    assert len(above) == 1
    assert above[0].x + width(A) / 2 == pytest.approx(drawn.width / 2, abs=0.02)


def test_a_fraction_inside_a_fraction_is_smaller() -> None:
    inner = Fraction(A, B)
    sizes = {glyph.size for glyph in layout(Fraction(inner, X)).glyphs}
    assert sizes == {1.0, 0.7}


def test_scripts_are_smaller_and_at_their_height() -> None:
    drawn = layout(Script(X, digits("1"), digits("2")))
    base, low, high = drawn.glyphs
    assert base.size == 1.0
    assert low.size == high.size == 0.7
    assert low.y > 0 > high.y
    twice = layout(Script(X, superscript=Script(A, superscript=B))).glyphs
    assert [glyph.size for glyph in twice] == [1.0, 0.7, 0.55]


def test_an_exponent_of_a_plain_bracket_is_as_high_as_that_of_a_letter() -> None:
    plain = layout(Script(X, None, digits("2"))).glyphs[-1]
    bracketed = layout(Script(brackets(row(X, MINUS, A)), None, digits("2"))).glyphs[-1]
    assert bracketed.y == pytest.approx(plain.y)


@pytest.mark.parametrize("left, right", [("(", ")"), ("[", "]"), ("|", "|"), ("{", "}")])
def test_brackets_grow_with_what_they_hold(left: str, right: str) -> None:
    body: Formula = X
    before = 0.0
    for _ in range(6):
        body = Fraction(body, body)
        drawn, inside = layout(Fenced(body, left, right)), layout(body)
        assert drawn.height + drawn.depth >= (inside.height + inside.depth) * 0.9
        assert drawn.height + drawn.depth > before
        before = drawn.height + drawn.depth


def test_brackets_around_plain_letters_do_not_grow() -> None:
    one = layout(brackets(X))
    for body in (row(X, MINUS, A), Script(X, None, digits("2")), Script(X, digits("2"))):
        assert layout(brackets(body)).height == pytest.approx(one.height, abs=0.2)
        assert layout(brackets(body)).glyphs[0].glyph == one.glyphs[0].glyph


def test_a_nest_of_brackets_grows_no_faster_than_its_body() -> None:
    body: Formula = X
    for _ in range(20):
        body = row(operator("log"), brackets(row(digits("1"), PLUS, Fraction(body, digits("2")))))
    drawn = layout(body)
    assert drawn.height + drawn.depth < 40


def test_a_root_covers_its_body() -> None:
    for body in (X, Fraction(A, B), row(A, PLUS, B), Fraction(Fraction(A, B), X)):
        drawn, inside = layout(Radical(body)), layout(body)
        roof = min(drawn.rules, key=lambda rule: rule.y)
        assert roof.width == pytest.approx(inside.width)
        assert -roof.y > inside.height
        assert drawn.width > inside.width


def test_a_hat_stands_over_its_letter() -> None:
    drawn = layout(Accent(letter("y")))
    base, hat = drawn.glyphs
    metrics = face("math").metrics(hat.glyph)
    middle = hat.x + (metrics.left + metrics.right) / 2
    assert abs(middle - base.x - width(letter("y")) / 2) < 0.12
    assert drawn.height > layout(letter("y")).height


def test_aligned_lines_meet_at_the_relation() -> None:
    lines = Aligned(((row(A, B), row(EQUALS, X)), (Row(), row(EQUALS, A, B))))
    drawn = layout(lines)
    sign = face("math").glyph("=")
    first, second = [glyph for glyph in drawn.glyphs if glyph.glyph == sign]
    assert first.x == pytest.approx(second.x)
    assert second.y - first.y >= 1.5
    assert first.x == pytest.approx(width(row(A, B)) + 5 * MU)


def test_the_innermost_term_is_hit() -> None:
    inner = mark(B, "name:b")
    drawn = layout(row(A, PLUS, mark(row(X, PLUS, inner), "edge:x/b")))
    (box,) = drawn.boxes("name:b")
    (outer,) = drawn.boxes("edge:x/b")
    assert drawn.hit(box.x + box.width / 2, box.y + box.height / 2) == "name:b"
    assert drawn.hit(outer.x + 0.01, outer.y + outer.height / 2) == "edge:x/b"
    assert drawn.hit(0.01, 0.0) is None
    assert drawn.hit(-5.0, 0.0) is None


def test_terms_inside_a_structure_are_found_where_they_are_drawn() -> None:
    drawn = layout(B3)
    assert [term.term for term in drawn.terms if term.depth == 0]
    for term in ("edge:J/a2", "edge:a2/z2", "edge:z2/w2", "name:a1"):
        for box in drawn.boxes(term):
            assert drawn.hit(box.x + box.width / 2, box.y + box.height / 2) == term
    first, second, third = (
        drawn.boxes(term)[0].x for term in ("edge:J/a2", "edge:a2/z2", "edge:z2/w2")
    )
    assert first < second < third


def test_the_inner_colour_wins() -> None:
    drawn = layout(mark(row(A, mark(B, role="forward"), Fraction(A, X)), role="faint"))
    assert [glyph.role for glyph in drawn.glyphs] == ["faint", "forward", "faint", "faint"]
    assert drawn.rules[0].role == "faint"


def test_a_badge_stands_above_its_part_and_makes_room() -> None:
    plain, badged = layout(X), layout(Mark(X, badge=1))
    assert badged.height > plain.height
    assert badged.width == plain.width
    assert len(badged.glyphs) == 2


def test_letters_the_face_lacks_come_from_the_other() -> None:
    lacking = [letter for letter in "ₐ✓№" if face("math").glyph(letter) is None]
    for missing in lacking:
        if face("words").glyph(missing) is not None:
            assert layout(digits(missing)).glyphs[0].face == "words"


def test_letters_of_other_scripts_have_a_room_that_no_font_decides() -> None:
    drawn = layout(row(X, Text(" 学习率 (учёба)"), B))
    (chinese,) = drawn.others
    assert chinese.text == "学习率"
    assert chinese.width == 3.0
    after = [glyph for glyph in drawn.glyphs if glyph.x >= chinese.x + 3.0]
    assert len(after) == len("(учёба)") + 1
    hindi = layout(Text("सीखने की दर")).others
    assert [each.text for each in hindi] == ["सीखने की दर"]  # joined letters stay in one piece
    assert layout(digits("漢")).others[0].width == 1.0


def test_a_minus_is_as_high_and_deep_as_a_plus() -> None:
    for used in FACES:
        plus, minus = layout(row(A, PLUS, B), face=used), layout(row(A, MINUS, B), face=used)
        assert (plus.height, plus.depth) == (minus.height, minus.depth)


def test_an_index_alone_stands_higher_than_one_under_an_exponent() -> None:
    alone = layout(Script(X, digits("1"))).glyphs[1]
    both = layout(Script(X, digits("1"), digits("2"))).glyphs[1]
    assert 0 < alone.y < both.y


def test_scripts_move_into_the_corner_of_a_letter() -> None:
    """STIX has the contours of its letters; without them an index of V would stand off."""
    math = face("math")
    cut = [
        letter_ for letter_ in map(letter, "VTPFfJL")
        if layout(Script(letter_, digits("2"))).glyphs[1].x
        < layout(letter_).width - math.italic(layout(letter_).glyphs[0].glyph) - 1e-9
    ]  # fmt: skip
    assert cut


def test_brackets_grow_around_fractions_and_roots_and_not_around_scripts() -> None:
    power = Script(letter("e"), None, Script(X, None, digits("2")))
    plain = layout(brackets(X)).glyphs[0]
    assert layout(brackets(power)).glyphs[0].glyph == plain.glyph
    assert layout(brackets(Fraction(A, B))).glyphs[0].glyph != plain.glyph


def test_outlines_and_metrics_are_of_the_same_glyphs() -> None:
    for name in ("math", "words", "strong"):
        paths = outlines(name)
        used = face(name)
        for character in "aB1(+":
            glyph = used.glyph(character)
            assert glyph is not None
            assert paths[glyph].startswith("m")
            assert paths[glyph].endswith("z")
        assert paths[used.glyph(" ") or 0] == ""


def nested(depth: int) -> Formula:
    expression: Expression = Variable("x")
    for _ in range(depth):
        whole = Sum((Number("1"), Quotient(expression, Number("2"))), (1, 1))
        expression = Function("log", (whole,))
    return typeset(expression)


def test_a_deep_formula_is_laid_out() -> None:
    assert layout(nested(60)).glyphs


def test_a_typed_formula_is_laid_out_at_once_in_every_size() -> None:
    text = "sqrt(1+(3x-1)^2)"
    assert layout(typeset(parse(text).expression), display=False).width > 0
