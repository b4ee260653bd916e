"""Pictures of one page that are nearly alike: what they have in common is written once.

A picture is a list of elements. Elements that occur again are defined once and used; so are whole
runs of them, cut where an element's own content says so, that a change at one place leaves the runs
at all others as they were. Free of Qt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from zlib import crc32

#: A run is so many elements long, more or less.
RUN = 12
#: Shorter elements are not worth a definition.
LEAST = 60
_APART = "\n\n"


@dataclass(slots=True)
class Repeated:
    """Collects pictures and writes them without repetition."""

    _numbers: dict[str, int] = field(default_factory=dict)
    _count: Counter[int] = field(default_factory=Counter)
    _runs: Counter[tuple[int, ...]] = field(default_factory=Counter)
    _pictures: list[tuple[str, list[tuple[int, ...]], str]] = field(default_factory=list)

    def add(self, picture: str) -> None:
        """Take a picture: SVG in which a blank line stands between elements of one drawing."""
        head, *elements = picture.split(_APART)
        tail = elements.pop() if elements else ""
        runs = self._cut(elements)
        self._runs.update(runs)
        self._pictures.append((head, runs, tail))

    def _cut(self, elements: Sequence[str]) -> list[tuple[int, ...]]:
        runs: list[tuple[int, ...]] = []
        run: list[int] = []
        for element in elements:
            number = self._numbers.setdefault(element, len(self._numbers))
            self._count[number] += 1
            run.append(number)
            if crc32(element.encode()) % RUN == 0:
                runs.append(tuple(run))
                run = []
        return [*runs, tuple(run)] if run else runs

    def written(self) -> tuple[str, list[str]]:
        """Return the definitions, and the pictures in the order they came in."""
        texts = list(self._numbers)
        elements: dict[int, str] = {}
        for number, times in self._count.items():
            if times > 1 and len(texts[number]) > LEAST and _free(texts[number]):
                elements[number] = f"e{len(elements)}"
        runs: dict[tuple[int, ...], str] = {}
        for run, times in self._runs.items():
            if times > 1 and len(run) > 1 and all(_free(texts[number]) for number in run):
                runs[run] = f"r{len(runs)}"

        def one(number: int) -> str:
            return _use(elements[number]) if number in elements else texts[number]

        def inside(run: tuple[int, ...]) -> str:
            return "\n".join(map(one, run))

        defined = [f'<g id="{name}">{texts[number]}</g>' for number, name in elements.items()]
        defined += [f'<g id="{name}">{inside(run)}</g>' for run, name in runs.items()]
        pictures = []
        for head, cut, tail in self._pictures:
            parts = (_use(runs[run]) if run in runs else inside(run) for run in cut)
            pictures.append("\n".join(filter(None, (head, *parts, tail))))
        return "\n".join(defined), pictures


def _free(element: str) -> bool:
    """Tell whether an element neither has a name nor calls another by its name."""
    return ' id="' not in element and "url(#" not in element


def _use(name: str) -> str:
    return f'<use xlink:href="#{name}"/>'
