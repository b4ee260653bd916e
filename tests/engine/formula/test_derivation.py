"""A derivation as cards, as golden plain text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.calculus.decompose import decompose
from engine.calculus.differentiate import differentiate
from engine.calculus.parse import parse
from engine.formula.derivation import cards, finer_cards, related, solution_cards
from engine.formula.formula import Mark
from engine.formula.notation import DEFAULT
from engine.formula.plaintext import plaintext
from engine.formula.solution import Problem, solve

CHAPTER = """\
1 Outside and inside
f(g) = log g,  g(x) = 2 + cos x
2 Differentiate the outside, log g: logarithm
df/dg = 1/g
3 Differentiate the inside: sum, constant, cosine
dg/dx = 0 − sin x
      = −sin x
4 Chain rule: multiply, and put g back
dh/dx = df/dg · dg/dx
      = 1/g · (−sin x)
      = 1/(2 + cos x) · (−sin x)
5 Tidy up
dh/dx = −sin x/(2 + cos x)"""

PRIMES = """\
1 Outside and inside
f(g) = log g,  g(x) = 2 + cos x
2 Differentiate the outside, log g: logarithm
f′(g) = 1/g
3 Differentiate the inside: sum, constant, cosine
g′(x) = 0 − sin x
      = −sin x
4 Chain rule: multiply, and put g back
h′(x) = f′(g(x)) · g′(x)
      = 1/g · (−sin x)
      = 1/(2 + cos x) · (−sin x)
5 Tidy up
h′(x) = −sin x/(2 + cos x)"""

PRODUCT = """\
1 Product rule, (f·g)′ = f′·g + f·g′
dh/dx = d/dx [x²] · e^x + x² · d/dx [e^x]
2 Differentiate the parts: power, exponential
 d/dx [x²] = 2x
d/dx [e^x] = e^x
3 Put the parts together
dh/dx = 2x · e^x + x²e^x
4 Tidy up
dh/dx = 2xe^x + x²e^x"""


def told(text: str, style: str = "leibniz") -> str:
    notation = replace(DEFAULT, derivative=style)
    lines = []
    for card in cards(differentiate(parse(text).expression, "x"), notation):
        lines.append(f"{card.label} {card.sentence}")
        lines.append(plaintext(card.full))
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "style", "golden"),
    [
        ("log(2+cos x)", "leibniz", CHAPTER),
        ("log(2+cos x)", "prime", PRIMES),
        ("x^2 e^x", "leibniz", PRODUCT),
    ],
)
def test_derivations_are_told_as_in_a_course(text: str, style: str, golden: str) -> None:
    assert told(text, style) == golden


@pytest.mark.parametrize("text", ["5", "x", "x^2", "-x", "ln(2+cos(3x))", "x^x", "max(x, 1-x)"])
def test_every_derivation_has_cards_and_ends_with_its_answer(text: str) -> None:
    derivation = differentiate(parse(text).expression, "x")
    found = cards(derivation)
    assert [card.label for card in found] == [str(place + 1) for place in range(len(found))]
    from engine.formula.typeset import typeset

    assert plaintext(found[-1].full).endswith(plaintext(typeset(derivation.answer)))


def test_factors_carry_the_places_of_their_boxes() -> None:
    expression = parse("log(2 + cos x)").expression
    found = cards(differentiate(expression, "x"))
    assert found[3].full.terms() == {"edge:h/u2", "edge:u2/x"}
    assert found[1].lit == {"edge:h/u2"}
    graph = decompose(expression)
    assert related(graph, "edge:u2/x") == {"edge:u2/x", "edge:u2/u1", "edge:u1/x"}
    assert related(graph, "edge:h/u2") == {"edge:h/u2"}
    assert related(graph, "nothing") == {"nothing"}


def finer(text: str, **asked: object) -> list[str]:
    """Return the finer lines of every card that has some."""
    solution = solve(Problem(text))
    told = solution_cards(solution, **asked)  # type: ignore[arg-type]
    return [
        f"{card.label} {card.sentence}: {plaintext(card.full)}"
        for index, coarse in enumerate(told)
        if coarse.more
        for card in finer_cards(solution, index, **asked)  # type: ignore[arg-type]
    ]


def test_a_card_can_be_told_finer_alone() -> None:
    assert finer("log(2+cos x)") == [
        "3.1 Sum rule, (f + g)′ = f′ + g′: dg/dx = d/dx [2] + d/dx [cos x]",
        "3.2 Differentiate the parts: constant, cosine:     d/dx [2] = 0\nd/dx [cos x] = −sin x",
        "3.3 Put the parts together: dg/dx = 0 − sin x",
        "3.4 Tidy up: drop the zero: 0 − sin x = −sin x",
        "3.5 Tidy up: dg/dx = −sin x",
        "5.1 Tidy up: write as one fraction: 1/(2 + cos x) · (−sin x) = −sin x/(2 + cos x)",
        "5.2 Tidy up: dh/dx = −sin x/(2 + cos x)",
    ]


def test_the_result_alone_opens_to_the_whole_derivation() -> None:
    assert len(finer("log(2+cos x)", detail="result")) == 10
    assert finer("log(2+cos x)", detail="algebra") == []


def test_known_rules_need_no_card_and_the_answer_stays() -> None:
    solution = solve("log(2+cos x)")
    known = ("table:cos", "sum", "table:log")
    told_ = solution_cards(solution, known=known)
    assert [card.sentence for card in told_] == [
        "Outside and inside", "Chain rule: multiply, and put g back", "Tidy up",
    ]  # fmt: skip
    assert [card.label for card in told_] == ["1", "2", "3"]
    everything = (*known, "chain", "tidy")
    (last,) = solution_cards(solution, known=everything)
    assert plaintext(last.full) == "dh/dx = −sin x/(2 + cos x)"


def test_a_card_says_why() -> None:
    inside = solution_cards(solve("log(2+cos x)"))[2]
    assert inside.rules == ("sum", "constant", "table:cos")
    assert "Cosine: cos(u)′ = -sin(u)" in inside.why
    assert "Sum: (f + g)′ = f′ + g′" in inside.why


def test_a_card_whose_lines_disagree_says_so() -> None:
    solution = solve("log(2+cos x)")
    wrong = next(step for step in solution.derivation.walk() if step.rule == "table:cos")
    told_ = solution_cards(solution, failures=(wrong,))
    assert [card.agrees for card in told_] == [True, True, False, True, True]


def test_letters_held_constant_are_grey() -> None:
    first = solution_cards(solve("x^2·y"))[0]
    grey = {
        plaintext(node.body)
        for node in first.full.walk()
        if isinstance(node, Mark) and node.role == "quiet"
    }
    assert grey == {"y"}


def _line(text: str, place: int) -> str:
    card = solution_cards(solve(text))[place]
    return f"{card.sentence} | {plaintext(card.full)}"


def test_a_rule_that_is_a_sentence_goes_on_behind_a_colon() -> None:
    assert _line("cases(x^2, x<0, x)", 0) == (
        "Piecewise rule: each piece has its own derivative, inside its own interval | "
        "dh/dx = { d/dx [x²], x < 0; dx/dx, otherwise"
    )
    assert _line("x^x", 0).startswith("Logarithmic differentiation, h = uᵛ")


def test_a_factor_one_and_a_derivative_stand_behind_a_dot() -> None:
    assert _line("x ln x", 2).endswith("= 1 · ln x + x · 1/x")
    assert _line("3(x^2+1)^4", 0).endswith("= 3 · d/dx [(x² + 1)⁴]")


def test_a_partial_derivative_is_named_by_its_letters_when_it_is_differentiated() -> None:
    told = solution_cards(solve(Problem("x^2 y^3", partial=("x", "y"))))
    assert plaintext(told[2].full) == "hₓ = 2xy³"


def test_nothing_is_said_twice_where_there_is_nothing_to_put_back() -> None:
    told = solution_cards(solve(Problem("x y", substitutions={"x": "t"})))
    (card,) = (one for one in told if one.sentence.startswith("Multiply, add"))
    assert plaintext(card.full) == "dh/dt = y · 1"


FROM_THE_INSIDE = replace(DEFAULT, factors="weight first")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("log(2+cos x)", ("dg/dx · df/dg", "(−sin x) · 1/g", "(−sin x) · 1/(2 + cos x)")),
        ("sin(cos(x^2))", ("du₁/dx · du₂/du₁ · dh/du₂", "2x · (−sin(x²)) · cos(cos(x²))")),
    ],
)
def test_the_order_of_factors_turns_the_chain_round(text, lines):
    derivation = differentiate(parse(text).expression, "x")
    usual, turned = (cards(derivation, each) for each in (DEFAULT, FROM_THE_INSIDE))
    chain = next(card for card in turned if card.sentence.startswith("Chain rule"))
    for line in lines:
        assert line in plaintext(chain.full)
    other = next(card for card in usual if card.sentence.startswith("Chain rule"))
    assert sorted(plaintext(other.full).split("\n")[0].split(" = ")[1].split(" · ")) == sorted(
        plaintext(chain.full).split("\n")[0].split(" = ")[1].split(" · ")
    )
    rest = [card.full for card in usual if card is not other]
    assert rest == [card.full for card in turned if card is not chain]


def test_the_order_of_factors_holds_along_paths_and_for_equations():
    problem = Problem("x^2 y", substitutions={"x": "sin t", "y": "cos t"})
    text = "\n".join(
        plaintext(card.full) for card in solution_cards(solve(problem), FROM_THE_INSIDE)
    )
    assert "= cos t · 2xy + (−sin t) · x²" in text
    problem = Problem("x^2+y^2=25", "x", implicit="y")
    text = "\n".join(
        plaintext(card.full) for card in solution_cards(solve(problem), FROM_THE_INSIDE)
    )
    assert "dy/dx · d/dy [y²]" in text
    assert "y′ · 2y" in text
