"""Every row of the table makes a whole file that something else can open."""

from __future__ import annotations

import io
import itertools
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtSvg import QSvgRenderer

from engine.calculus.differentiate import differentiate
from engine.calculus.parse import parse
from engine.formula.derivation import cards
from engine.formula.notation import DEFAULT
from engine.workspace.document import Document
from gui.export import formats
from gui.export.animation import dict_of_chunks
from gui.export.files import ExportError
from gui.export.formats import FORMATS, Format, export, format_called, format_of
from gui.export.material import PRINT, CancelledError, Look, Material
from gui.exporting import diagram_of
from gui.steps.network_cards import NetworkCards
from gui.theme import DARK

CHAPTER = Document(scene="Schüler’s “1-1-1” & more <σ> 漢𝔸")
NETWORK = Material(tuple(NetworkCards(CHAPTER)), CHAPTER.scene, CHAPTER)
WORKED = differentiate(parse("log(2+cos x)").expression, "x")
FUNCTION = Material(
    tuple(cards(WORKED, DEFAULT, "h")), "log(2 + cos x)", Document(workspace="function")
)
SMALL = Look(scale=1)
OF_STEPS = [kind for kind in FORMATS if kind.maker]
MATERIALS = pytest.mark.parametrize("material", [NETWORK, FUNCTION], ids=["network", "function"])


def made(key: str, material: Material = NETWORK, look: Look = SMALL) -> bytes:
    return format_called(key).make(material, look)


@MATERIALS
@pytest.mark.parametrize("kind", OF_STEPS, ids=lambda kind: kind.key)
def test_the_same_input_gives_the_same_bytes(
    kind: Format, material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kind.make(material, SMALL)
    assert len(first) > 200
    monkeypatch.setenv("TZ", "Asia/Tokyo")  # a PDF knows the hour and the zone
    assert kind.make(material, SMALL) == first


@MATERIALS
@pytest.mark.parametrize("kind", OF_STEPS, ids=lambda kind: kind.key)
def test_every_format_takes_diagram_dark_theme_and_blanks(
    kind: Format, material: Material, qapp: object
) -> None:
    assert material.document
    with_diagram = replace(material, diagram=diagram_of(material.document))
    look = Look(DARK, 1, diagram=True, blanks="values", paper="Letter", transparent=True)
    assert kind.make(with_diagram, look)


def test_a_diagram_makes_the_picture_higher(qapp: object) -> None:
    with_diagram = replace(NETWORK, diagram=diagram_of(CHAPTER))
    plain = QImage.fromData(made("png"))
    drawn = QImage.fromData(made("png", with_diagram, Look(scale=1, diagram=True)))
    assert drawn.height() > plain.height() + 150
    svg = made("svg", with_diagram, Look(diagram=True))
    renderer = QSvgRenderer(QByteArray(svg))
    assert renderer.isValid()
    assert abs(renderer.defaultSize().height() - drawn.height()) <= 1


def test_a_picture_that_would_be_too_tall_stands_in_columns() -> None:
    many = replace(NETWORK, cards=NETWORK.cards * 10)
    image = QImage.fromData(made("png", many))
    assert image.height() <= 32_000
    assert image.width() > 2 * QImage.fromData(made("png")).width() - 100


def test_a_print_picture_has_300_dots_to_the_inch() -> None:
    image = QImage.fromData(made("png", look=Look(scale=PRINT)))
    assert image.dotsPerMeterX() == pytest.approx(300 / 0.0254, rel=0.001)


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="there is no pdftoppm here")
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("key", ["pdf", "worksheet"])
def test_ink_on_paper_stays_within_the_margins(key: str, paper: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made(key, look=Look(paper=paper)))
    command = ["pdftoppm", "-r", "48", "-png", "a.pdf", "page"]
    subprocess.run(command, cwd=tmp_path, check=True)
    pages = sorted(tmp_path.glob("page*.png"))
    assert len(pages) >= (4 if key == "worksheet" else 2)
    for path in pages:
        image = QImage(str(path))
        assert image.width() == (397 if paper == "A4" else 408)
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        line, whole = grey.bytesPerLine(), bytes(grey.constBits())
        rows = [whole[at : at + grey.width()] for at in range(0, len(whole), line)]
        assert any(min(row) < 160 for row in rows)
        assert all(min(row[:20] + row[-20:]) > 160 for row in rows)
        assert all(min(row) > 160 for row in rows[:10] + rows[-10:])


def test_a_worksheet_hides_what_its_key_shows() -> None:
    one = replace(NETWORK, cards=NETWORK.cards[7:8])
    hidden = made("text", one, Look(blanks="last lines")).decode()
    assert "0.0715" not in hidden
    assert "____" in hidden
    assert "0.0715" in made("text", one).decode()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no TeX on this system")
@MATERIALS
def test_the_latex_document_compiles(material: Material, tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_bytes(made("latex", material, Look(diagram=True)))
    command = ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "a.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-1500:]


def test_slides_are_whole_parts_that_name_each_other() -> None:
    package = zipfile.ZipFile(io.BytesIO(made("pptx")))
    names = set(package.namelist())
    assert sum(name.startswith("ppt/slides/slide") for name in names) == 17
    for name in names:
        if not name.endswith(".png"):
            ElementTree.fromstring(package.read(name))
        if name.endswith(".rels"):
            folder = Path(name).parent.parent
            for relation in ElementTree.fromstring(package.read(name)):
                target = (Path("/") / folder / relation.get("Target", "")).as_posix()
                assert re.sub(r"[^/]+/\.\./", "", target).lstrip("/") in names
    slide = package.read("ppt/slides/slide8.xml").decode()
    assert "partial derivative" in slide
    assert "0.0715" in package.read("ppt/notesSlides/notesSlide8.xml").decode()


def test_the_web_page_needs_nothing_from_outside() -> None:
    page = made("html").decode()
    assert not re.findall(r"(?:src|href)=\"(?!#)", page)
    assert "@import" not in page
    assert page.count("<section") == 17
    assert len(re.findall(r'id="([^"]+)"', page)) == len(set(re.findall(r'id="([^"]+)"', page)))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="there is no LibreOffice here")
@pytest.mark.timeout(120)
def test_the_slides_open_as_pages(tmp_path: Path) -> None:
    (tmp_path / "a.pptx").write_bytes(made("pptx", replace(NETWORK, cards=NETWORK.cards[:3])))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.pptx")]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "a.pdf").read_bytes())) == 3


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium here")
def test_the_web_page_steps_by_button_and_key(tmp_path: Path) -> None:
    press = (
        "<script>document.getElementById('next').click();"
        "document.dispatchEvent(new KeyboardEvent('keydown',{key:'ArrowRight'}));"
        "document.title=document.querySelector('section.shown').id+' of '+"
        "document.querySelectorAll('section>svg').length</script></body>"
    )
    page = made("html").decode().replace("</body>", press)
    target = tmp_path / "a.html"
    target.write_text(page, encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"]
    command += ["--no-first-run", "--disable-background-networking", "--disable-sync"]
    command += ["--disable-component-update", "--dump-dom"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", target.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=50)
    assert "<title>step-3 of 1</title>" in done.stdout  # only the one at hand is built


def test_a_gif_has_a_frame_a_step_and_the_theme_s_colours(tmp_path: Path) -> None:
    (tmp_path / "a.gif").write_bytes(made("gif"))
    reader = QImageReader(str(tmp_path / "a.gif"))
    if not reader.canRead():
        pytest.skip("this Qt reads no GIF")
    found = []
    while reader.canRead():
        image = reader.read()
        if image.isNull():
            break
        found.append(image.convertToFormat(QImage.Format.Format_RGB32))
    assert len(found) == 17
    assert all(before != after for before, after in itertools.pairwise(found))


def test_an_apng_says_how_many_frames_it_has() -> None:
    content = made("apng")
    chunks = dict_of_chunks(content)
    assert int.from_bytes(chunks[b"acTL"][:4], "big") == 17
    assert not QImage.fromData(content).isNull()


def test_a_worksheet_s_boxes_give_no_slope_away(qapp: object) -> None:
    assert FUNCTION.document
    drawn = replace(FUNCTION, diagram=diagram_of(FUNCTION.document))
    told = made("svg", drawn, Look(diagram=True)).decode()
    asked = made("svg", drawn, Look(diagram=True, blanks="all")).decode()
    assert 'aria-label="slope 1"' in told
    assert "slope" not in asked.partition("</desc>")[2]


def test_letters_of_an_svg_can_be_text() -> None:
    outlines = made("svg", FUNCTION).decode()
    text = made("svg", FUNCTION, Look(text=True)).decode()
    assert "<text" not in outlines
    assert "STIX Two Math" in text
    assert ">Outside and inside</text>" in text
    assert ">cos</text>" in text
    ElementTree.fromstring(text)


def test_a_diagram_in_an_svg_needs_no_font(qapp: object) -> None:
    for material in (replace(NETWORK, title="The chapter"), FUNCTION):
        assert material.document
        drawn = replace(material, diagram=diagram_of(material.document))
        assert "<text" not in made("svg", drawn, Look(diagram=True)).decode()
        assert "<text" in made("svg", drawn, Look(diagram=True, text=True)).decode()


def test_each_step_can_have_a_file_of_its_own(tmp_path: Path) -> None:
    written = export(format_called("svg"), NETWORK, SMALL, tmp_path / "steps.svg", each=True)
    assert len(written) == 17
    assert written[7].name == "steps-B3.svg"


def test_giving_up_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, of: int) -> None:
        if done >= 3:
            raise CancelledError("Stopped.")

    for key in ("svg", "gif", "pptx", "html"):
        with pytest.raises(CancelledError):
            export(format_called(key), NETWORK, SMALL, tmp_path / "a", each=True, progress=stop)
    assert not list(tmp_path.iterdir())


def test_formats_are_found_by_key_and_by_ending() -> None:
    assert format_of(Path("a.PDF")).key == "pdf"
    assert len({kind.key for kind in FORMATS}) == len(FORMATS)
    with pytest.raises(ExportError, match="ending"):
        format_of(Path("a.docx"))
    with pytest.raises(ExportError, match="no format"):
        format_called("docx")
    with pytest.raises(ExportError, match="no format for steps"):
        format_called("csv").make(NETWORK, SMALL)
    with pytest.raises(ExportError, match="no step"):
        export(FORMATS[0], replace(NETWORK, cards=()), SMALL, Path("a.png"))


def test_the_scene_is_a_scene(tmp_path: Path) -> None:
    assert json.loads(made("scene"))["document"]
    assert formats.FORMATS[0].key == "png"
