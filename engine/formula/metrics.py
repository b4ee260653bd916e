"""What the layout knows of the fonts: baked numbers, so that every machine gets the same boxes.

Four faces: ``math`` (STIX Two Math), ``modern`` (Latin Modern Math), ``words`` (Inter) and
``strong`` (Inter SemiBold). The files are made by ``scripts/bake_metrics.py`` and read when first
needed. All lengths are in em.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

MathFace = Literal["math", "modern"]
FaceName = Literal["math", "modern", "words", "strong"]

FONTS = Path(__file__).parents[2] / "resources" / "fonts"

#: TeX's font dimensions that stand in for the MATH table's: it has one shift for two of TeX's
#: (an index alone stands higher than one under an exponent), STIX keeps small fractions far apart,
#: and neither leaves room beyond a limit. Source: Knuth, *The TeXbook*, appendix G; the values are
#: those of Computer Modern.
TEX = {
    "num1": 0.677, "num2": 0.394, "denom1": 0.686, "denom2": 0.345,
    "sup1": 0.413, "sup2": 0.363, "sup3": 0.289, "sub1": 0.15, "sub2": 0.247,
    "sup_drop": 0.386, "sub_drop": 0.05,
    "big_op_spacing1": 0.111, "big_op_spacing2": 0.167, "big_op_spacing3": 0.2,
    "big_op_spacing4": 0.6, "big_op_spacing5": 0.1,
}  # fmt: skip


CORNERS = ("top right", "bottom right", "top left", "bottom left")


class GlyphMetrics(NamedTuple):
    """Advance and ink box of a glyph; `top` and `bottom` count upwards from the baseline."""

    advance: float
    left: float
    bottom: float
    right: float
    top: float


class Part(NamedTuple):
    """A piece of a tall bracket."""

    glyph: int
    start: float
    end: float
    advance: float
    extends: bool


class Face:
    """The metrics of one face.

    Parameters
    ----------
    name : {"math", "modern", "words", "strong"}
        Which one.
    """

    def __init__(self, name: FaceName) -> None:
        with gzip.open(FONTS / f"{name}.json.gz", "rt", encoding="utf-8") as file:
            data: dict[str, Any] = json.load(file)
        self.name: FaceName = name
        #: Font units per em; the outlines are in these.
        self.units: int = data["units"]
        self.ascent: float = data["ascent"] / self.units
        self.descent: float = data["descent"] / self.units
        self._cmap: dict[str, int] = data["cmap"]
        self._rows: list[list[int]] = data["glyphs"]
        self._script: dict[str, list[int]] = data.get("script", {})
        self._vertical: dict[str, Any] = data.get("vertical", {})
        self._horizontal: dict[str, Any] = data.get("horizontal", {})
        self._italic: dict[str, int] = data.get("italic", {})
        self._accent: dict[str, int] = data.get("accent", {})
        self._corners: dict[str, Any] = data.get("corners", {})
        self._pairs: dict[str, int] = data.get("pairs", {})
        self._metrics: dict[int, GlyphMetrics] = {}
        constants: dict[str, int] = data.get("constants", {})
        self._constants: dict[str, float] = TEX | {
            key: value / 100 if "Percent" in key else value / self.units
            for key, value in constants.items()
        }
        if name == "math":  # else a wide index lies on the hook of its root
            self._constants["RadicalDegreeBottomRaisePercent"] = 0.64

    def constant(self, name: str) -> float:
        """Return a constant of the MATH table (``AxisHeight``) or of `TEX`; percents are shares."""
        return self._constants[name]

    def glyph(self, character: str) -> int | None:
        """Return the glyph of a character; None where the face has none."""
        return self._cmap.get(str(ord(character)))

    def letters(self) -> dict[int, str]:
        """Return every glyph that stands for a letter, with its letter."""
        return {glyph: chr(int(code)) for code, glyph in reversed(self._cmap.items())}

    def metrics(self, glyph: int) -> GlyphMetrics:
        """Return advance and ink box of a glyph."""
        found = self._metrics.get(glyph)
        if found is None:
            found = GlyphMetrics(*(value / self.units for value in self._rows[glyph]))
            self._metrics[glyph] = found
        return found

    def script_form(self, glyph: int, level: int) -> int:
        """Return the form of a glyph that is drawn for small sizes; `level` is 1 or 2."""
        forms = self._script.get(str(glyph))
        return forms[min(level, len(forms)) - 1] if forms else glyph

    def italic(self, glyph: int) -> float:
        """Return the italic correction: how far the top leans out to the right."""
        return self._italic.get(str(glyph), 0) / self.units

    def accent(self, glyph: int) -> float | None:
        """Return the horizontal place an accent is centred on; None where the font says nothing."""
        value = self._accent.get(str(glyph))
        return None if value is None else value / self.units

    def corner(self, glyph: int | None, height: float, which: str) -> float:
        """Return the kern of a glyph's corner at a height; 0 for none.

        `which` is ``"top right"``, ``"bottom right"``, ``"top left"`` or ``"bottom left"``.
        """
        record = self._corners.get(str(glyph))
        if record is None:
            return 0.0
        heights, kerns = record[CORNERS.index(which)]
        if not kerns:
            return 0.0
        level = height * self.units
        place = sum(1 for limit in heights if level >= limit)
        return float(kerns[min(place, len(kerns) - 1)]) / self.units

    def pair(self, left: str, right: str) -> float:
        """Return the kern between two letters of a text face."""
        return self._pairs.get(left + right, 0) / self.units

    def taller(self, glyph: int) -> tuple[list[tuple[int, float]], list[Part]]:
        """Return the taller forms of a glyph with their heights, and the parts it is built from."""
        return self._construction(self._vertical, glyph)

    def wider(self, glyph: int) -> tuple[list[tuple[int, float]], list[Part]]:
        """Return the wider forms of a glyph with their widths, and the parts it is built from."""
        return self._construction(self._horizontal, glyph)

    def _construction(
        self, table: dict[str, Any], glyph: int
    ) -> tuple[list[tuple[int, float]], list[Part]]:
        sizes, parts = table.get(str(glyph), ((), ()))
        scale = self.units
        return (
            [(form, measure / scale) for form, measure in sizes],
            [
                Part(form, start / scale, end / scale, advance / scale, bool(extends))
                for form, start, end, advance, extends in parts
            ],
        )


@cache
def face(name: FaceName) -> Face:
    """Return a face, read from its file the first time."""
    return Face(name)


@cache
def _letters(name: FaceName) -> dict[int, str]:
    return face(name).letters()


def letter_of(name: FaceName, glyph: int) -> str:
    """Return the letter a glyph stands for; empty for one that is a larger form of another."""
    return _letters(name).get(glyph, "")


@cache
def outlines(name: FaceName) -> tuple[str, ...]:
    """Return a face's outlines by glyph: relative SVG path data in font units, y downwards."""
    with gzip.open(FONTS / f"{name}.paths.gz", "rt", encoding="utf-8") as file:
        return tuple(file.read().split("\n"))
