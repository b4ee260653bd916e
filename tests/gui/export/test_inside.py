"""What a file holds besides its picture: the scene, found again on opening, and its words."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from engine.workspace.document import Document
from engine.workspace.store import StoreError, loads
from gui.export.embedded import scene_in, slides_part
from gui.export.formats import export, format_called
from gui.export.material import Look, Material
from gui.exporting import diagram_of
from tests.gui.export.test_formats import MATERIALS, NETWORK, SMALL, made

WITH_SCENE = ["png", "svg", "gif", "apng", "pdf", "worksheet", "pptx", "html"]


@pytest.mark.parametrize("key", WITH_SCENE)
@MATERIALS
def test_an_exported_file_brings_its_scene_back(
    key: str, material: Material, tmp_path: Path
) -> None:
    few = replace(material, cards=material.cards[:2])
    place = tmp_path / f"a{format_called(key).ending}"
    (target,) = export(format_called(key), few, SMALL, place)
    assert loads(scene_in(target)) == material.document


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, part in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", part)
    return content.getvalue()


def test_a_file_without_a_scene_says_so(tmp_path: Path) -> None:
    bare = replace(NETWORK, document=None, cards=NETWORK.cards[:1])
    pdf = made("pdf", replace(NETWORK, cards=NETWORK.cards[:1]))
    start = pdf.index(b"/Subtype /application#2Fjson")
    packed = pdf.index(b"stream\n", start) + 7
    for name, content in {
        "a.png": made("png", bare),
        "b.svg": b"<svg/>",
        "c.png": b"\x89PNG\r\n\x1a\n\xff\xff\xff\xff",
        "d.png": b"",
        "e.pdf": made("pdf", bare),
        "f.pdf": pdf[:packed] + b"\0" * 20 + pdf[packed + 20 :],
        "g.pptx": made("pptx", bare),
        "h.pptx": b"PK\x03\x04 and no more",
        "i.pptx": zipped(customXml__item1=b"<other/>", customXml__item2=b"\xff\xfe"),
        "j.html": made("html", bare),
    }.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(StoreError, match="no scene"):
            scene_in(tmp_path / name)
    with pytest.raises(StoreError, match="could not be opened"):
        scene_in(tmp_path / "nowhere.png")


def test_slides_saved_by_another_program_still_have_their_scene(tmp_path: Path) -> None:
    """Programs keep custom XML, and number its parts anew."""
    part = slides_part('{"a": "<&>"}').encode()
    place = tmp_path / "a.pptx"
    place.write_bytes(zipped(customXml__item1=b"<other/>", customXml__item7=part))
    assert scene_in(place) == '{"a": "<&>"}'


def pages_words(content: bytes) -> list[str]:
    """The alternative text of each page of a PDF."""
    found = re.findall(rb"/S /Figure [^>]*/Alt <FEFF([0-9A-F]*)>", content)
    return [bytes.fromhex(each.decode()).decode("utf-16-be") for each in found]


def test_each_page_of_a_pdf_is_a_figure_with_its_words(qapp: object) -> None:
    assert NETWORK.document
    drawn = replace(NETWORK, diagram=diagram_of(NETWORK.document))
    content = made("pdf", drawn, Look(diagram=True))
    words = pages_words(content)
    assert len(words) == len(re.findall(rb"/StructParents \d", content)) == 4
    assert all(each.startswith(NETWORK.title) for each in words)
    assert "Diagram: weight w1" in words[0]
    for card in NETWORK.cards:
        assert sum(f"\n{card.label}. " in each for each in words) == 1
    packed = rb"(?s)<< /Filter /FlateDecode /Length \d+ >>\nstream\n(.*?)\nendstream"
    around = [zlib.decompress(each) for each in re.findall(packed, content)]
    assert [each.split() for each in around] == [
        [b"/Figure", b"<<", b"/MCID", b"0", b">>", b"BDC"],
        [b"EMC"],
    ]


def test_every_object_of_a_pdf_is_where_its_table_says() -> None:
    content = made("pdf")
    table = int(content[content.rindex(b"startxref") :].split()[1])
    places = re.findall(rb"(?m)^(\d{10}) 00000 n ", content[table:])
    assert len(places) > 20
    for number, place in enumerate(places, start=1):
        assert content.startswith(b"%d 0 obj\n" % number, int(place))


@pytest.mark.parametrize("key", ["png", "svg", "gif", "apng", "worksheet", "pptx"])
def test_words_beside_a_picture_give_no_blank_away(key: str) -> None:
    one = replace(NETWORK, cards=NETWORK.cards[7:8], document=None)
    content = made(key, one, Look(scale=1, blanks="last lines"))
    if key == "worksheet":
        said = pages_words(content)[0]
    elif key == "pptx":
        said = zipfile.ZipFile(io.BytesIO(content)).read("ppt/slides/slide1.xml").decode()
    else:
        said = content.decode("latin-1")
        assert "partial derivative of J" in said
    assert "blank" in said
    assert "0.0715" not in said


def test_a_slide_with_blanks_tells_the_teacher_in_its_notes() -> None:
    one = replace(NETWORK, cards=NETWORK.cards[7:8], document=None)
    package = zipfile.ZipFile(io.BytesIO(made("pptx", one, Look(scale=1, blanks="all"))))
    assert "0.0715" in package.read("ppt/notesSlides/notesSlide1.xml").decode()


def test_a_diagram_stands_in_the_same_place_on_all_slides(qapp: object) -> None:
    assert NETWORK.document
    drawn = replace(NETWORK, diagram=diagram_of(NETWORK.document))
    package = zipfile.ZipFile(io.BytesIO(made("pptx", drawn, Look(scale=1, diagram=True))))
    slides = [name for name in package.namelist() if name.startswith("ppt/slides/slide")]
    frames = [
        re.findall(r'<p:pic>.*?<a:off x="(\d+)" y="(\d+)"/><a:ext cx="(\d+)"', text, re.DOTALL)
        for text in (package.read(name).decode() for name in slides)
    ]
    assert len(frames) == 17
    assert len(set(map(tuple, frames))) == 1


STRANGE = "a\x0bb\x1b \ufffe\uffff <&> ]]> --> \" '"


@pytest.mark.parametrize("key", ["svg", "html", "pptx", "pdf"])
def test_no_letter_of_a_title_breaks_a_file(key: str, tmp_path: Path, qapp: object) -> None:
    document = replace(Document(), scene=STRANGE)
    strange = Material(NETWORK.cards[:1], STRANGE, document, diagram_of(document))
    place = tmp_path / f"a{format_called(key).ending}"
    place.write_bytes(made(key, strange, Look(scale=1, diagram=True)))
    if key == "svg":
        ElementTree.fromstring(place.read_bytes())
    elif key == "pdf":
        inside = place.read_text("latin-1").partition("<?xpacket begin")[2].partition("?>")[2]
        ElementTree.fromstring(inside.partition("<?xpacket end")[0].encode("latin-1"))
    elif key == "pptx":
        package = zipfile.ZipFile(place)
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(name))
    assert loads(scene_in(place)).scene == STRANGE
