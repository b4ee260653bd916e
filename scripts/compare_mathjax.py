"""Lay the open set of formulas out beside MathJax, with the same font, and print how far they are.

A development tool, not part of the program: it needs Node and, in a folder of your own,

    npm install @mathjax/src@4 @mathjax/mathjax-stix2-font@4 @mathjax/mathjax-modern-font@4

Run it from the top of the project, with that folder; ``--sheets`` also draws both side by side:

    python scripts/compare_mathjax.py FOLDER [--face math|modern] [--plain] [--tex]
        [--sheets FOLDER] [--all]

The set: every formula of the tests' corpus, every problem of the open set with its derivative, and
the cards of the chapter. ``--plain`` leaves out the forms for small sizes, which MathJax has not;
``--tex`` asks TeX, too: LuaLaTeX with the same font (Debian's texlive-luatex, lmodern) and, beside
Latin Modern, pdfLaTeX. docs/decisions/004-formula-layout.md says what differs on purpose.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from engine.calculus.differentiate import differentiate  # noqa: E402
from engine.calculus.parse import parse  # noqa: E402
from engine.errors import EngineError  # noqa: E402
from engine.formula.boxes import Layout  # noqa: E402
from engine.formula.constructs import Blank  # noqa: E402
from engine.formula.formula import Badge, Formula, Mark  # noqa: E402
from engine.formula.latex import latex  # noqa: E402
from engine.formula.layout import layout  # noqa: E402
from engine.formula.metrics import Face, face, outlines  # noqa: E402
from engine.formula.typeset import typeset  # noqa: E402
from engine.network.network import chapter  # noqa: E402
from engine.network.walkthrough import walkthrough  # noqa: E402
from tests.engine.formula.corpus import corpus  # noqa: E402

OPEN_SET = ROOT / "tests" / "engine" / "calculus" / "data" / "derivatives.json"
FONTS = {"math": "stix2", "modern": "modern"}
FILES = {"math": "STIXTwoMath-Regular.ttf", "modern": "latinmodern-math.otf"}
ALLOWED = 0.05
ON_A_SHEET = 24
#: The pixels of an em on a sheet.
EM = 20


def formulas() -> list[Formula]:
    """Return the open set, without what TeX has not: badges and blanks."""
    found = list(corpus())
    for problem in json.loads(OPEN_SET.read_text(encoding="utf-8"))["problems"]:
        try:
            expression = parse(problem["input"]).expression
            derived = differentiate(expression, problem["variable"]).answer
        except EngineError:
            continue
        found += [typeset(expression), typeset(derived)]
    found += [card.full for card in walkthrough(chapter(), (1.5,), (0.1,))]
    return [each for each in dict.fromkeys(found) if latex(each) and not _is_ours(each)]


def _is_ours(formula: Formula) -> bool:
    return any(
        isinstance(part, (Badge, Blank)) or (isinstance(part, Mark) and part.badge is not None)
        for part in formula.walk()
    )


def without_script_forms() -> None:
    """Take the forms for small sizes out of the faces, but for primes: MathJax scales letters."""
    known = Face.script_form

    def form(self: Face, glyph: int, level: int) -> int:
        primes = {self.glyph(sign) for sign in "′″‴"}
        return known(self, glyph, level) if glyph in primes else glyph

    Face.script_form = form  # type: ignore[method-assign]


def by_mathjax(sources: list[str], folder: str, font: str) -> list[dict[str, Any]]:
    """Return MathJax's boxes: width, height and depth in em, and a picture."""
    with tempfile.TemporaryDirectory() as place:
        given, made = Path(place) / "sources.json", Path(place) / "boxes.json"
        given.write_text(json.dumps(sources), encoding="utf-8")
        script = Path(__file__).with_name("mathjax_boxes.mjs")
        command = ["node", str(script), str(Path(folder).resolve()), FONTS[font]]
        subprocess.run([*command, str(given), str(made)], check=True)
        boxes: list[dict[str, Any]] = json.loads(made.read_text(encoding="utf-8"))
        return boxes


def by_tex(sources: list[str], name: str = "") -> list[tuple[float, float]]:
    """Return width and height in em as LuaLaTeX sets the formulas with the same font.

    Without a face, as pdfLaTeX does in Computer Modern, which Latin Modern is drawn after.
    """
    boxes = "\n".join(
        rf"\setbox0\hbox{{$\displaystyle {source}$}}"
        r"\typeout{BOX \the\wd0 \space\the\ht0 \space\the\dp0 END}"
        for source in (each.replace("\n", " ") for each in sources)
    )
    head = r"\documentclass{article}\usepackage{amsmath,amssymb,cancel}"
    if name:
        head = head.replace("amssymb,", "") + r"\usepackage[math-style=TeX]{unicode-math}"
        head += rf"\setmathfont{{{FILES[name]}}}[Path={ROOT / 'resources' / 'fonts'}/]"
    head += r"\begin{document}"
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "a.tex").write_text(f"{head}\n{boxes}\n\\end{{document}}", encoding="utf-8")
        command = ["lualatex" if name else "pdflatex", "-interaction=nonstopmode", "a.tex"]
        done = subprocess.run(command, cwd=place, capture_output=True, check=False)
    said = done.stdout.decode(errors="replace").replace("\n", "")
    found = re.findall(r"BOX ([\d.]+)pt\s*([\d.-]+)pt\s*([\d.-]+)pt\s*END", said)
    return [(float(wide) / 10, (float(up) + float(down)) / 10) for wide, up, down in found]


def sheet(pairs: list[tuple[str, Layout, dict[str, Any]]]) -> str:
    """Return a page with our picture and theirs, line by line."""
    cells = []
    for source, drawn, box in pairs:
        high = (box["height"] + box["depth"]) * EM
        sized = f'width="{box["width"] * EM}" height="{high}"'
        ours = _picture(drawn)
        theirs = re.sub(r'width="[\d.]+ex" height="[\d.]+ex"', sized, box["svg"])
        cells.append(
            f"<tr><td><code>{escape(source[:60])}</code></td><td>{ours}</td><td>{theirs}</td></tr>"
        )
    style = "body{font:11px sans-serif;background:#fff}td{padding:6px 14px;vertical-align:middle}"
    style += "svg{overflow:visible}"
    return f"<meta charset=utf-8><style>{style}</style><table>{''.join(cells)}</table>"


def _picture(drawn: Layout) -> str:
    """Return a layout as SVG."""
    parts = [
        f'<path d="{outlines(glyph.face)[glyph.glyph]}" transform="translate({glyph.x} {glyph.y}) '
        f'scale({glyph.size / face(glyph.face).units})"/>'
        for glyph in drawn.glyphs
    ]
    parts += [
        f'<rect x="{rule.x}" y="{rule.y}" width="{rule.width}" height="{rule.height}"/>'
        for rule in drawn.rules
    ]
    parts += [
        f'<path d="M{line.x} {line.y}l{line.dx} {line.dy}" stroke="#000" '
        f'stroke-width="{line.thickness}"/>'
        for line in drawn.strokes
    ]
    high = drawn.height + drawn.depth
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawn.width * EM}" height="{high * EM}" '
        f'viewBox="0 {-drawn.height} {drawn.width} {high}">{"".join(parts)}</svg>'
    )


def main() -> None:
    """Print a line a formula that is further off than allowed, and the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="where MathJax was installed")
    parser.add_argument("--face", choices=tuple(FONTS), default="math")
    parser.add_argument("--plain", action="store_true", help="without the forms for small sizes")
    parser.add_argument("--tex", action="store_true", help="also against TeX")
    parser.add_argument("--all", action="store_true", help="print every formula")
    parser.add_argument("--sheets", metavar="FOLDER", help="draw both side by side, as HTML")
    options = parser.parse_args()
    if options.plain:
        without_script_forms()
    ours = formulas()
    sources = [latex(each) for each in ours]
    sizes = [_size(layout(each, face=options.face)) for each in ours]
    theirs = by_mathjax(sources, options.folder, options.face)
    judges = {"MathJax": [(box["width"], box["height"] + box["depth"]) for box in theirs]}
    if options.tex:
        judges["LuaLaTeX"] = by_tex(sources, options.face)
        if options.face == "modern":
            judges["pdfLaTeX"] = by_tex(sources)
    off = {
        judge: [_off(size, other) for size, other in zip(sizes, others, strict=True)]
        for judge, others in judges.items()
    }
    for at, source in enumerate(sources):
        if options.all or _far(off["MathJax"][at]):
            beside = "  ".join(
                f"{judge} {apart[at][0]:+6.1%} {apart[at][1]:+6.1%}" for judge, apart in off.items()
            )
            print(f"{beside}  {source[:90]!r}")
    if options.sheets:
        folder = Path(options.sheets)
        folder.mkdir(exist_ok=True)
        rows = list(zip(ours, theirs, strict=True))
        for at in range(0, len(rows), ON_A_SHEET):
            pairs = [
                (latex(each), layout(each, face=options.face), box)
                for each, box in rows[at : at + ON_A_SHEET]
            ]
            target = folder / f"{options.face}-{at // ON_A_SHEET + 1:02}.html"
            target.write_text(sheet(pairs), encoding="utf-8")
    print(f"{len(ours)} formulas in {FONTS[options.face]}")
    for judge, apart in off.items():
        for side, name in enumerate(("width", "height")):
            values = [abs(each[side]) for each in apart]
            inside = sum(value <= ALLOWED for value in values) / len(values)
            print(
                f"  {name} to {judge}: {inside:.1%} within {ALLOWED:.0%}, "
                f"median {statistics.median(values):.2%}, worst {max(values):.1%}"
            )
    alone = [
        source
        for at, source in enumerate(sources)
        if all(_far(apart[at]) for apart in off.values())
    ]
    print(f"  {len(alone)} further off than {ALLOWED:.0%} from {' and from '.join(judges)}")
    for source in alone:
        print(f"    {source[:110]!r}")


def _size(drawn: Layout) -> tuple[float, float]:
    return drawn.width, drawn.height + drawn.depth


def _off(size: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Return how much wider and higher one is than another."""
    return size[0] / other[0] - 1, size[1] / other[1] - 1


def _far(apart: tuple[float, float]) -> bool:
    return max(map(abs, apart)) > ALLOWED


if __name__ == "__main__":
    main()
