"""What pictures have in common is written once, and nothing of them is lost."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gui.export.material import Look
from gui.export.repeated import Repeated
from gui.exporting import diagram_of
from tests.gui.export.test_formats import NETWORK, made

USED = re.compile(r'<use xlink:href="#([er]\d+)"/>')
LONG = "x" * 70
ELEMENTS = st.sampled_from(
    [f"<path d='{LONG}{number}'/>" for number in range(20)]
    + [f'<g id="own{number}">{LONG}</g>' for number in range(3)]
    + ["<path/>"]
)


def spread(defined: str, picture: str) -> str:
    """Write a picture with its uses resolved."""
    meant = dict(re.findall(r'(?s)<g id="([er]\d+)">(.*?)</g>(?=\n<g id="[er]\d|\Z)', defined))
    while USED.search(picture):
        picture = USED.sub(lambda found: meant[found[1]], picture)
    return picture


@given(st.lists(st.lists(ELEMENTS, max_size=40), min_size=1, max_size=6))
def test_every_picture_can_be_had_back(pictures: list[list[str]]) -> None:
    repeated = Repeated()
    for elements in pictures:
        repeated.add("\n\n".join(["<svg>", *elements, "</svg>"]))
    defined, written = repeated.written()
    for elements, picture in zip(pictures, written, strict=True):
        assert spread(defined, picture) == "\n".join(["<svg>", *elements, "</svg>"])
    assert 'id="own' not in defined


def test_a_web_page_holds_what_is_the_same_in_all_steps_once(qapp: object) -> None:
    assert NETWORK.document
    drawn = replace(NETWORK, diagram=diagram_of(NETWORK.document))
    whole = len(made("html", drawn, Look(diagram=True)))
    bare = len(made("html", NETWORK, Look()))
    alone = len(made("svg", drawn, Look(diagram=True))) - len(made("svg", NETWORK, Look()))
    assert whole - bare < len(NETWORK.cards) / 3 * alone
