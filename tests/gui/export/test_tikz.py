"""The network in TikZ: labels of arrows that cross stand apart from the crossing and each other."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise
from math import dist

import pytest

from engine.network.network import layered
from engine.workspace.document import Document
from gui.export.tikz import tikz

NODE = re.compile(r"\\node\[[^\]]*\] \((n\d+-\d+)\) at \((\S+), (\S+)\)")
ARROW = re.compile(r"\\draw\[->\] \((\S+)\) -- node\[[^\]]*pos=([\d.]+)[^\]]*\] \{.*?\} \((\S+)\);")
SCALE = re.compile(r"x=([\d.]+)cm, y=([\d.]+)cm")


@pytest.mark.parametrize("sizes", [(2, 2, 1), (2, 3, 1), (1, 3, 2), (3, 3, 1)])
def test_labels_of_arrows_stand_apart(sizes: tuple[int, ...]) -> None:
    x, y = (0.5,) * sizes[0], (0.1,) * sizes[-1]
    drawn = tikz(replace(Document(), network=layered(sizes), x=x, y=y))
    across, down = (float(each) for each in SCALE.findall(drawn)[0])
    places = {
        name: (float(x) * across, float(y) * down)
        for name, x, y in NODE.findall(drawn)
    }  # fmt: skip
    labels = [
        tuple(a + float(share) * (b - a) for a, b in zip(places[start], places[end], strict=True))
        for start, share, end in ARROW.findall(drawn)
    ]
    assert len(labels) == sum(a * b for a, b in pairwise(sizes))
    assert min(dist(one, other) for one, other in combinations(labels, 2)) > 0.35
