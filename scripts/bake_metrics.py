"""Bake what the layout needs to know of the fonts into small resource files.

A development tool, not part of the program: needs ``fonttools``. Run it from the top of the project
after a font in ``resources/fonts`` has changed:

    python scripts/bake_metrics.py

For each face it writes two gzipped files. ``<face>.json.gz`` has the metrics: advances, boxes, the
MATH table's constants, italic corrections, accent positions, kerning, taller variants and
assemblies, script forms. ``<face>.paths.gz`` has the outlines, one line a glyph, as relative SVG
path data with y downwards. All numbers are in the font's units.
"""

# ruff: noqa: N802  (the pen's methods are named by its library)

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent.parent / "resources" / "fonts"

LETTERS = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x300, 0x304), (0x37A, 0x3FF), (0x400, 0x45F), (0x490, 0x491),
    (0x2010, 0x2027), (0x2030, 0x205F), (0x2070, 0x209C), (0x20AC, 0x20AC), (0x2116, 0x2116),
    (0x2190, 0x2199), (0x21D0, 0x21D5), (0x2200, 0x22FF), (0x2308, 0x230B), (0x2460, 0x2473),
    (0x25A0, 0x25A1), (0x25CB, 0x25CF), (0x2713, 0x2717), (0x1E00, 0x1EFF),
]  # fmt: skip
MATHS = [
    (0x2C6, 0x2DD), (0x300, 0x338), (0x20D0, 0x20F0), (0x2100, 0x214F), (0x219A, 0x21CF),
    (0x2320, 0x2323), (0x239B, 0x23B3), (0x23DC, 0x23E1), (0x27E6, 0x27EB), (0x2A00, 0x2A0C),
    (0x1D400, 0x1D49B), (0x1D6A4, 0x1D7CB),
]  # fmt: skip
FACES = {
    "math": ("STIXTwoMath-Regular.ttf", LETTERS + MATHS),
    "modern": ("latinmodern-math.otf", LETTERS + MATHS),
    "words": ("Inter-Regular.ttf", LETTERS),
    "strong": ("Inter-SemiBold.ttf", LETTERS),
}


class PathPen(BasePen):
    """Collects an outline as relative SVG path data, y downwards, whole units."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.parts: list[str] = []
        self.at = (0, 0)

    def _add(self, command: str, *points: tuple[float, float]) -> None:
        numbers: list[int] = []
        for x, y in points:
            numbers += [round(x) - self.at[0], self.at[1] - round(y)]
        self.at = (round(points[-1][0]), round(points[-1][1]))
        text = command
        for value in numbers:
            text += str(value) if value < 0 or text[-1].isalpha() else f" {value}"
        self.parts.append(text)

    def _moveTo(self, point: tuple[float, float]) -> None:
        self.start = (round(point[0]), round(point[1]))
        self._add("m", point)

    def _lineTo(self, point: tuple[float, float]) -> None:
        self._add("l", point)

    def _qCurveToOne(self, control: tuple[float, float], point: tuple[float, float]) -> None:
        self._add("q", control, point)

    def _curveToOne(self, *points: tuple[float, float]) -> None:
        self._add("c", *points)

    def _closePath(self) -> None:
        self.parts.append("z")
        self.at = self.start


class Baker:
    """One face on its way into the files."""

    def __init__(self, path: Path, ranges: list[tuple[int, int]]) -> None:
        self.font = TTFont(path)
        self.glyphs = self.font.getGlyphSet()
        cmap = self.font.getBestCmap()
        wanted = [code for first, last in ranges for code in range(first, last + 1)]
        self.cmap = {code: cmap[code] for code in wanted if code in cmap}
        self.order: dict[str, int] = {".notdef": 0}
        for glyph in self.cmap.values():
            self._index(glyph)

    def _index(self, glyph: str) -> int:
        return self.order.setdefault(glyph, len(self.order))

    def _script_forms(self) -> dict[int, list[int]]:
        forms: dict[int, list[int]] = {}
        table = self.font["GSUB"].table
        for record in table.FeatureList.FeatureRecord:
            if record.FeatureTag != "ssty":
                continue
            for lookup in record.Feature.LookupListIndex:
                for subtable in table.LookupList.Lookup[lookup].SubTable:
                    for glyph, others in getattr(subtable, "alternates", {}).items():
                        if glyph in self.order:
                            forms[self._index(glyph)] = [self._index(other) for other in others]
        return forms

    def _constructions(self, coverage: Any, records: Any) -> dict[int, Any]:
        result: dict[int, Any] = {}
        for glyph, record in zip(coverage.glyphs, records, strict=True):
            if glyph not in self.order:
                continue
            sizes = [
                [self._index(size.VariantGlyph), size.AdvanceMeasurement]
                for size in record.MathGlyphVariantRecord
            ]
            parts = record.GlyphAssembly.PartRecords if record.GlyphAssembly else []
            assembly = [
                [
                    self._index(part.glyph), part.StartConnectorLength, part.EndConnectorLength,
                    part.FullAdvance, part.PartFlags & 1,
                ]
                for part in parts
            ]  # fmt: skip
            result[self._index(glyph)] = [sizes, assembly]
        return result

    def math(self) -> dict[str, Any]:
        """Return the MATH table and the script forms."""
        table = self.font["MATH"].table
        info, variants = table.MathGlyphInfo, table.MathVariants
        constants = {
            key: getattr(value, "Value", value) for key, value in vars(table.MathConstants).items()
        }
        constants["MinConnectorOverlap"] = variants.MinConnectorOverlap
        data = {
            "script": self._script_forms(),
            "vertical": self._constructions(
                variants.VertGlyphCoverage, variants.VertGlyphConstruction
            ),
            "horizontal": self._constructions(
                variants.HorizGlyphCoverage, variants.HorizGlyphConstruction
            ),
        }
        italic = info.MathItalicsCorrectionInfo
        accent = info.MathTopAccentAttachment
        return {
            "constants": constants,
            **data,
            "italic": self._values(italic.Coverage, italic.ItalicsCorrection),
            "accent": self._values(accent.TopAccentCoverage, accent.TopAccentAttachment),
            "corners": self._corners(info.MathKernInfo),
        }

    def _values(self, coverage: Any, records: Any) -> dict[int, int]:
        pairs = zip(coverage.glyphs, records, strict=True)
        return {self.order[glyph]: value.Value for glyph, value in pairs if glyph in self.order}

    def _corners(self, info: Any) -> dict[int, list[Any]]:
        result: dict[int, list[Any]] = {}
        if info is None:  # Latin Modern has none
            return result
        for glyph, record in zip(
            info.MathKernCoverage.glyphs, info.MathKernInfoRecords, strict=True
        ):
            if glyph not in self.order:
                continue
            kerns = []
            for corner in ("TopRight", "BottomRight", "TopLeft", "BottomLeft"):
                kern = getattr(record, f"{corner}MathKern")
                heights = [value.Value for value in kern.CorrectionHeight] if kern else []
                amounts = [value.Value for value in kern.KernValue] if kern else []
                kerns.append([heights, amounts])
            result[self.order[glyph]] = kerns
        return result

    def pairs(self) -> dict[str, int]:
        """Return the kerning of pairs of letters, as ``"left right": units``."""
        letters = [chr(code) for code in self.cmap if code < 0x180 and chr(code).isalpha()]
        letters += list("0123456789.,:;()'’–-?!")
        result = {}
        lookups = [
            subtable.ExtSubTable if hasattr(subtable, "ExtSubTable") else subtable
            for lookup in self._kern_lookups()
            for subtable in lookup.SubTable
        ]
        for left in letters:
            for right in letters:
                if ord(left) > 0x7E and ord(right) > 0x7E:
                    continue
                value = self._kern(lookups, self.cmap[ord(left)], self.cmap[ord(right)])
                if value:
                    result[left + right] = value
        return result

    def _kern_lookups(self) -> list[Any]:
        table = self.font["GPOS"].table
        indices: dict[int, None] = {}
        for record in table.FeatureList.FeatureRecord:
            if record.FeatureTag == "kern":
                indices.update(dict.fromkeys(record.Feature.LookupListIndex))
        return [table.LookupList.Lookup[index] for index in indices]

    def _kern(self, subtables: list[Any], left: str, right: str) -> int:
        for subtable in subtables:
            if left not in subtable.Coverage.glyphs:
                continue
            if subtable.Format == 1:
                pairs = subtable.PairSet[subtable.Coverage.glyphs.index(left)].PairValueRecord
                for pair in pairs:
                    if pair.SecondGlyph == right:
                        return int(getattr(pair.Value1, "XAdvance", 0) or 0)
                continue
            first = subtable.ClassDef1.classDefs.get(left, 0)
            second = subtable.ClassDef2.classDefs.get(right, 0)
            value = subtable.Class1Record[first].Class2Record[second].Value1
            return int(getattr(value, "XAdvance", 0) or 0)
        return 0

    def boxes(self) -> list[list[int]]:
        """Return advance and ink box of every glyph."""
        rows = []
        for glyph in self.order:
            pen = BoundsPen(self.glyphs)
            self.glyphs[glyph].draw(pen)
            left, bottom, right, top = (round(value) for value in pen.bounds or (0, 0, 0, 0))
            rows.append([round(self.glyphs[glyph].width), left, bottom, right, top])
        return rows

    def paths(self) -> list[str]:
        """Return the outline of every glyph."""
        lines = []
        for glyph in self.order:
            pen = PathPen(self.glyphs)
            self.glyphs[glyph].draw(pen)
            lines.append("".join(pen.parts))
        return lines


def write(path: Path, text: str) -> None:
    """Write a gzip file that has the same bytes every time."""
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def main() -> None:
    """Bake every face."""
    for face, (file, ranges) in FACES.items():
        baker = Baker(FONTS / file, ranges)
        head, hhea = baker.font["head"], baker.font["hhea"]
        data: dict[str, Any] = {
            "units": head.unitsPerEm, "ascent": hhea.ascent, "descent": -hhea.descent,
        }  # fmt: skip
        data |= baker.math() if "MATH" in baker.font else {"pairs": baker.pairs()}
        data["cmap"] = {str(code): baker.order[glyph] for code, glyph in baker.cmap.items()}
        data["glyphs"] = baker.boxes()
        write(FONTS / f"{face}.json.gz", json.dumps(data, separators=(",", ":")))
        write(FONTS / f"{face}.paths.gz", "\n".join(baker.paths()))


if __name__ == "__main__":
    main()
