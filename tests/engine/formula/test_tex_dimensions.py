"""Distances that are TeX's: scripts, cases, braces, continued fractions, missing brackets."""

from __future__ import annotations

import pytest

from engine.calculus.parse import parse
from engine.formula.boxes import Layout
from engine.formula.constructs import Brace, Display, cases, matrix
from engine.formula.formula import (
    PLUS,
    Fenced,
    Formula,
    Fraction,
    Radical,
    Script,
    digits,
    letter,
    row,
)
from engine.formula.layout import layout
from engine.formula.metrics import MathFace, face
from engine.formula.read_latex import read_latex
from engine.formula.typeset import typeset

FACES: tuple[MathFace, ...] = ("math", "modern")
A, B, X = letter("a"), letter("b"), letter("x")
ONE = digits("1")


def total(drawn: Layout) -> float:
    return drawn.height + drawn.depth


@pytest.mark.parametrize("used", FACES)
def test_scripts_have_the_sizes_their_face_asks_for(used: MathFace) -> None:
    tower = layout(Script(X, superscript=Script(A, superscript=B)), face=used).glyphs
    small, second = (
        face(used).constant(f"{name}PercentScaleDown") for name in ("Script", "ScriptScript")
    )
    assert [glyph.size for glyph in tower] == [1.0, small, second]


@pytest.mark.parametrize("used", FACES)
def test_lines_of_cases_are_a_fifth_further_apart_than_those_of_a_matrix(used: MathFace) -> None:
    def distance(formula: Formula) -> float:
        places = {
            glyph.y for glyph in layout(formula, face=used).glyphs
            if glyph.glyph == face(used).glyph("𝑎")
        }  # fmt: skip
        return max(places) - min(places)

    assert distance(cases((A, B), (A, B))) == pytest.approx(1.2 * distance(matrix((A, B), (A, B))))


@pytest.mark.parametrize("used", FACES)
@pytest.mark.parametrize(("left", "right"), [("{", ""), ("", "|")])
def test_a_missing_bracket_leaves_tex_s_room(left: str, right: str, used: MathFace) -> None:
    one_sided = layout(Fenced(Fraction(A, B), left, right), face=used).width
    both = layout(Fenced(Fraction(A, B), left or right, left or right), face=used).width
    bare = layout(Fraction(A, B), face=used).width
    assert one_sided - bare == pytest.approx((both - bare) / 2 + 0.12)


@pytest.mark.parametrize("used", FACES)
def test_a_brace_is_the_nearest_the_font_has(used: MathFace) -> None:
    sign = face(used).glyph("⏞")
    assert sign is not None
    sizes = [size for _, size in face(used).wider(sign)[0]]
    for body in (row(A, X), row(A, PLUS, X)):
        whole, bare = (layout(each, face=used).width for each in (Brace(body, over=True), body))
        nearest = min(sizes, key=lambda size: abs(size - bare))
        assert whole == pytest.approx(max(bare, nearest), abs=0.01)


@pytest.mark.parametrize("used", FACES)
def test_a_label_at_a_brace_stands_as_a_limit_does(used: MathFace) -> None:
    bare, labelled = (layout(Brace(X, label, over=True), face=used) for label in (None, A))
    small = layout(Script(X, superscript=A), face=used).glyphs[1].size
    high = face(used).metrics(face(used).glyph("𝑎") or 0).top * small
    assert labelled.height - bare.height == pytest.approx(0.2 + high, abs=0.03)


@pytest.mark.parametrize("used", FACES)
def test_the_parts_of_a_continued_fraction_are_of_the_size_of_text(used: MathFace) -> None:
    """As LaTeX's ``cfrac``: full letters, but a plain fraction inside stays a small one."""
    inner = Fraction(ONE, X)
    around = Fraction(Display(ONE), Display(row(ONE, PLUS, inner)))
    sizes = sorted(glyph.size for glyph in layout(around, face=used).glyphs)
    assert sizes == [0.7, 0.7, 1.0, 1.0, 1.0]
    lower = layout(Fraction(Display(ONE), Display(ONE)), face=used)
    assert lower.height > layout(Fraction(ONE, ONE), face=used).height
    assert read_latex(r"\cfrac{1}{1 + \frac{1}{x}}").formula == around


def test_nested_roots_grow_by_what_they_hold() -> None:
    """LuaLaTeX sets this nest 3.268 em high in Latin Modern, and four of them 3.040."""
    nest: Formula = X
    heights = []
    for _ in range(5):
        nest = Radical(nest if nest is X else row(ONE, PLUS, nest))
        heights.append(total(layout(nest, face="modern")))
    assert heights[3:] == [pytest.approx(3.040, abs=0.002), pytest.approx(3.268, abs=0.002)]


def test_conditions_of_pieces_stand_in_one_column() -> None:
    """Whatever the pieces, and fractions in them keep their size."""
    drawn = layout(typeset(parse("cases(x^2/2, x<0, 2x+1, x<3, 5)").expression))
    conditions = [glyph for glyph in drawn.glyphs if glyph.glyph == face("math").glyph("<")]
    assert len({round(glyph.x, 6) for glyph in conditions}) == 1
    small = [glyph for glyph in drawn.glyphs if glyph.size < 1.0]
    assert len(small) == 1  # the exponent
