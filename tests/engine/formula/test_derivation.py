"""A derivation as cards, as golden plain text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.calculus.decompose import decompose
from engine.calculus.differentiate import differentiate
from engine.calculus.parse import parse
from engine.formula.derivation import cards, related
from engine.formula.notation import DEFAULT
from engine.formula.plaintext import plaintext

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
