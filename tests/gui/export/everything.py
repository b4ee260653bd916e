"""All there is to export, every scene and every open problem, and how a file is looked at."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter
from PySide6.QtSvg import QSvgRenderer

from engine.formula.derivation import solution_cards
from engine.formula.notation import DEFAULT
from engine.formula.solution import Problem, solve
from engine.network.network import layered
from engine.workspace.document import Document
from engine.workspace.scenes import SCENES
from gui.export.formats import FORMATS, Format
from gui.export.material import Look, Material
from gui.exporting import cards_in, diagram_of
from gui.scene_menu import SIZES

OPEN_SET = Path(__file__).parents[2] / "engine" / "calculus" / "data" / "derivatives.json"
OF_STEPS = tuple(kind for kind in FORMATS if kind.maker)
LOOK = Look(scale=1, diagram=True)
#: The outermost pixels of a picture, which stay paper.
EDGE = 6
#: TeX may set a line so many points beyond the margin.
MOST_POINTS = 8.0


def scenes() -> dict[str, Document]:
    """Return every scene of the menu by its name."""
    found = {"chapter": Document(), "function": Document(workspace="function")}
    for sizes in SIZES:
        network = layered(sizes)
        x, y = (0.5,) * sizes[0], (0.1,) * sizes[-1]
        found["-".join(map(str, sizes))] = replace(Document(), network=network, x=x, y=y)
    return found | {scene.key: scene.build() for scene in SCENES}


def problems() -> dict[str, Problem]:
    """Return every problem of the open set by its id."""
    cases = json.loads(OPEN_SET.read_text(encoding="utf-8"))
    found = {
        case["id"]: Problem(case["input"], variable=case["variable"], order=case.get("order", 1))
        for case in (*cases["problems"], *cases["higher_order"])
    }
    found |= {
        case["id"]: Problem(case["input"], partial=tuple(case["wrt"]))
        for case in cases["mixed_partials"]
    }
    found |= {
        case["id"]: Problem(case["input"], variable=case["independent"], implicit=case["dependent"])
        for case in cases["implicit"]
    }
    return found | {
        case["id"]: Problem(
            case["input"], variable=case["variable"], substitutions=case["substitutions"]
        )
        for case in cases["multivariable_chain"]
    }


def scene_material(document: Document) -> Material:
    return Material(tuple(cards_in(document)), document.scene, document, diagram_of(document))


def problem_material(problem: Problem) -> Material:
    """Return the steps of a problem; with its diagram, where the scene would tell the same."""
    told = tuple(solution_cards(solve(problem), DEFAULT))
    plain = problem.order == 1 and not (problem.partial or problem.implicit)
    document = None
    if plain and not problem.substitutions:
        document = _document(problem)
    diagram = diagram_of(document) if document else None
    return Material(told, problem.text, document, diagram)


def _document(problem: Problem) -> Document:
    from engine.calculus.parse import parse

    letters = parse(problem.text).expression.variables()
    values = dict.fromkeys((*letters, problem.variable), 0.7)
    return Document(
        workspace="function", expression=problem.text, reading=problem.text,
        variable=problem.variable, point=tuple(values.items()),
    )  # fmt: skip


def faults(kind: Format, content: bytes, look: Look) -> Iterator[str]:
    """Yield what is wrong with a file: no ink, ink at the edge, no such picture."""
    if kind.key in ("png", "gif", "apng"):
        frames = list(_frames(content))
        if not frames:
            yield "no picture"
        for frame in frames:
            yield from picture_faults(frame, look)
    elif kind.key == "svg":
        yield from picture_faults(drawn(content), look)
    elif kind.key == "html":
        page = content.decode()
        outlines = page[page.index("<defs>") : page.index("</defs>") + 7]
        for inside in re.findall(r"<svg xmlns.*?</svg>", page, re.DOTALL):
            picture = inside.replace(">", f">{outlines}", 1).replace(' href="#', ' xlink:href="#')
            yield from picture_faults(drawn(picture.encode()), look)
    elif kind.key == "pptx":
        package = zipfile.ZipFile(io.BytesIO(content))
        pictures = [name for name in package.namelist() if name.endswith(".png")]
        if not pictures:
            yield "no picture"
        for name in pictures:
            yield from picture_faults(QImage.fromData(package.read(name)), look)
    elif len(content.strip()) < 20:
        yield "empty"


def _frames(content: bytes) -> Iterator[QImage]:
    held = QByteArray(content)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    while not (image := reader.read()).isNull():
        yield image


def drawn(svg: bytes) -> QImage:
    """Return an SVG as pixels, on white."""
    renderer = QSvgRenderer(QByteArray(svg))
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        renderer.render(painter)
    return image


def picture_faults(image: QImage, look: Look) -> Iterator[str]:
    """Yield where ink is missing, or touches the edge."""
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(QColor(look.theme.paper))
    with QPainter(flat) as painter:
        image.setDevicePixelRatio(1.0)
        painter.drawImage(0, 0, image)
    grey = flat.convertToFormat(QImage.Format.Format_Grayscale8)
    width, line = grey.width(), grey.bytesPerLine()
    whole = bytes(grey.constBits())
    rows = [whole[at : at + width] for at in range(0, len(whole), line)]
    paper = QColor(look.theme.paper).lightness()
    limit = 40

    def inked(row: bytes) -> bool:
        return bool(row) and (max(row) - paper > limit or paper - min(row) > limit)

    if not any(map(inked, rows)):
        yield "no ink"
    ends = rows[:EDGE] + rows[-EDGE:] + [row[:EDGE] + row[-EDGE:] for row in rows]
    if any(map(inked, ends)):
        yield "ink at the edge"


def latex_faults(content: bytes, folder: Path) -> Iterator[str]:
    """Yield what TeX says of a document: errors, and lines wider than the page."""
    (folder / "a.tex").write_bytes(content)
    command = ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "a.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    said = done.stdout.decode(errors="replace")
    if done.returncode:
        yield "does not compile: " + " ".join(said[said.find("\n!") :].split()[:12])
    for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt", said):
        if float(points) > MOST_POINTS:
            yield f"a line is {points} pt too wide"


def pdf_faults(content: bytes, folder: Path) -> Iterator[str]:
    """Yield what is wrong with the pages of a PDF, as poppler draws them."""
    if shutil.which("pdftoppm") is None:
        return
    (folder / "a.pdf").write_bytes(content)
    subprocess.run(["pdftoppm", "-r", "36", "-png", "a.pdf", "page"], cwd=folder, check=True)
    pages = sorted(folder.glob("page*.png"))
    if not pages:
        yield "no page"
    for page in pages:
        yield from picture_faults(QImage(str(page)), Look())
        page.unlink()
