"""LaTeX of lesson texts is read; what is strange is named and shown as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calculus.expression import Expression
from engine.formula.constructs import Grid
from engine.formula.formula import Mark
from engine.formula.latex import latex
from engine.formula.layout import layout
from engine.formula.plaintext import plaintext
from engine.formula.read_latex import read_latex
from engine.formula.speech import speech
from engine.formula.typeset import typeset
from tests.engine.formula.corpus import corpus
from tests.strategies import any_expressions


@pytest.mark.parametrize(
    "source, shown",
    [
        (r"\frac{\partial J}{\partial w_2} = 0.0715", "∂J/∂w₂ = 0.0715"),
        (r"\frac12 (\hat y - y)^2", "(1/2)(ŷ − y)²"),
        (r"\log\left(2 + \cos x\right)", "log(2 + cos x)"),
        (r"f'(g) \cdot g'(x)", "f′(g) · g′(x)"),
        (r"\sqrt[3]{x+1}", "∛(x + 1)"),
        (r"\sum_{k=1}^n x_k", "∑_(k=1)^n xₖ"),
        (r"w \leftarrow w - \eta\,\nabla J", "w ← w − η∇J"),
        (r"x \in \mathbb{R}^{10}", "x ∈ ℝ¹⁰"),
        (r"\text{if } x \ge 0", "if x ≥ 0"),
        (r"y = -x", "y = −x"),
        (r"|x|", "|x|"),
    ],
)
def test_what_lessons_write_is_read(source: str, shown: str) -> None:
    read = read_latex(source)
    assert read.unknown == ()
    assert plaintext(read.formula) == shown
    assert layout(read.formula).glyphs


def test_lines_and_grids_are_read() -> None:
    read = read_latex(r"\begin{aligned} y &= a \\ &= b \end{aligned}")
    assert plaintext(read.formula) == "y = a\n  = b"
    grid = read_latex(r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}").formula
    assert isinstance(grid, Grid)
    assert plaintext(grid) == "(1 2; 3 4)"


@pytest.mark.parametrize(
    "source, name",
    [
        (r"x + \strange{y}", r"\strange"),
        (r"\begin{tikzcd} a \end{tikzcd}", r"\begin{tikzcd}"),
        (r"\textcolor{mauve}{x}", "the colour mauve"),
        (r"\left( x", r"\left without \right"),
    ],
)
def test_what_is_not_known_is_named_and_shown(source: str, name: str) -> None:
    read = read_latex(source)
    assert name in read.unknown
    assert layout(read.formula).glyphs


def test_an_unknown_command_stands_as_its_source() -> None:
    assert r"\strange{y}" in plaintext(read_latex(r"x + \strange{y}").formula)


@pytest.mark.parametrize("formula", corpus(), ids=lambda _: "")
def test_our_own_latex_is_read_back(formula: object) -> None:
    source = latex(formula)
    read = read_latex(source)
    assert read.unknown == (), source
    assert latex(read.formula).replace(" ", "") == source.replace(" ", "")


@given(any_expressions)
def test_every_expression_is_read_back(expression: Expression) -> None:
    source = latex(typeset(expression))
    assert latex(read_latex(source).formula).replace(" ", "") == source.replace(" ", "")


@given(st.text(alphabet=r"\{}[]()_^&'ab12+-= $%fracsqrtleftrightbeginend", max_size=80))
def test_no_text_breaks_the_reader(source: str) -> None:
    formula = read_latex(source).formula
    assert layout(formula) is not None
    assert isinstance(plaintext(formula) + speech(formula) + latex(formula), str)


def test_a_deep_or_long_text_is_refused_in_words() -> None:
    assert read_latex("{" * 500).unknown
    assert read_latex("x" * 30_000).unknown


@pytest.mark.parametrize(
    "source, shown",
    [
        (r"\sum\limits_{i=1}^n x_i", "∑_(i=1)^n xᵢ"),
        (r"\lim\nolimits_{x\to0} f", "lim_(x→0) f"),
        (r"{\color{blue} a + b} c", "a + bc"),
        (r"\mathcal{L}(\theta) \not= 0", "ℒ(θ) ≠ 0"),
        (r"f''(x) + \binom{n}{k}", "f″(x) + (n; k)"),
        (r"\lvert x\rvert \lVert v\rVert", "|x|‖v‖"),
        (r"\textbf{always} x", "alwaysx"),
    ],
)
def test_what_lessons_use_is_read(source: str, shown: str) -> None:
    read = read_latex(source)
    assert read.unknown == ()
    assert plaintext(read.formula) == shown


def test_a_colour_holds_to_the_end_of_its_group() -> None:
    (coloured,) = [
        part for part in read_latex(r"{\color{blue} a + b} c").formula.walk()
        if isinstance(part, Mark)
    ]  # fmt: skip
    assert coloured.role == "forward"
    assert plaintext(coloured.body) == "a + b"
