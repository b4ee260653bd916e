"""PPTX: a step a slide, with an editable title, a picture with alternative text, and notes.

The file is written here, from the few parts that ECMA-376 asks for; no library is needed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from engine.formula.blanks import with_blanks
from engine.formula.card import Card
from engine.formula.page import spoken_card
from engine.formula.plaintext import plaintext
from gui.export import slide_parts as parts
from gui.export.embedded import slides_part
from gui.export.material import Look, Material, Progress, diagram_words, silent
from gui.export.picture import png_bytes, sheet_picture
from gui.export.sheet import Sheet, alike, sheet
from gui.widgets.xml_letters import clean

#: A slide in English Metric Units: 13⅓ by 7½ inches.
WIDTH, HEIGHT = 12_192_000, 6_858_000
_SIDE, _TOP, _BOTTOM = 640_000, 1_330_000, 400_000
_PIXEL = 9525
#: A picture is enlarged at most so much.
_LARGEST = 1.5
#: One that needs less than this share of the largest scale has a scale of its own.
_SAME = 0.6


def pptx(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return a presentation."""
    content = io.BytesIO()
    count = len(material.cards)
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.common(
            count, WIDTH, HEIGHT, material.title, look.theme, slides_part(material.scene)
        ):
            _add(package, name, clean(text).encode())
        sheets = _sheets(material, look, progress)
        places = _places(sheets)
        for number, (card, drawn, place) in enumerate(
            zip(material.cards, sheets, places, strict=True), start=1
        ):
            progress(count + 3 * (number - 1), 4 * count)
            _slide(package, number, card, drawn, place, look)
        progress(4 * count, 4 * count)
    return content.getvalue()


def _sheets(material: Material, look: Look, progress: Progress) -> list[Sheet]:
    """Return what is on the slides, all of one width."""
    sheets: list[Sheet] = []
    for done, card in enumerate(material.cards):
        progress(done, 4 * len(material.cards))
        shown = with_blanks(card, look.blanks)
        bare = Card("", shown.phase, "", shown.full, shown.brief, shown.teaser, shown.lit)
        sheets.append(sheet(material, look, [bare], title="", at=card))
    return alike(sheets)


def _places(sheets: Sequence[Sheet]) -> list[tuple[int, int, int, int]]:
    """Return where the pictures stand: all of one size and in one place, as far as they fit."""
    room = (WIDTH - 2 * _SIDE, HEIGHT - _TOP - _BOTTOM)
    scales = [
        min(_LARGEST, room[0] / each.width / _PIXEL, room[1] / each.height / _PIXEL)
        for each in sheets
    ]
    common = min((each for each in scales if each > _SAME * max(scales)), default=1.0)
    heights = [
        each.height * _PIXEL * common
        for each, scale in zip(sheets, scales, strict=True)
        if scale >= common
    ]
    above = (room[1] - max(heights, default=0.0)) / 2
    places = []
    for each, own in zip(sheets, scales, strict=True):
        scale = min(common, own)
        width, height = (round(side * scale * _PIXEL) for side in (each.width, each.height))
        y = _TOP + round(above if own >= common else (room[1] - height) / 2)
        places.append(((WIDTH - width) // 2, y, width, height))
    return places


def _slide(
    package: zipfile.ZipFile,
    number: int,
    card: Card,
    drawn: Sheet,
    place: tuple[int, int, int, int],
    look: Look,
) -> None:
    heading = f"{card.label}  {card.sentence}".strip()
    picture = sheet_picture(drawn, look.theme, max(2, look.scale), transparent=True)
    said = spoken_card(with_blanks(card, look.blanks)), diagram_words(drawn.drawing)
    spoken = " ".join(filter(None, said))
    x, y, width, height = place
    text = parts.SLIDE.format(
        namespaces=parts.NAMESPACES,
        title=escape(heading),
        spoken=quoteattr(spoken),
        x=x, y=y, width=width, height=height, side=_SIDE, across=WIDTH - 2 * _SIDE,
    )  # fmt: skip
    _add(package, f"ppt/slides/slide{number}.xml", clean(text).encode())
    _add(
        package,
        f"ppt/slides/_rels/slide{number}.xml.rels",
        parts.relations(
            ("slideLayout", "../slideLayouts/slideLayout1.xml"),
            ("image", f"../media/step{number}.png"),
            ("notesSlide", f"../notesSlides/notesSlide{number}.xml"),
        ).encode(),
    )
    _add(package, f"ppt/media/step{number}.png", png_bytes(picture))
    lines = [card.sentence, *plaintext(card.full).splitlines(), card.why]
    notes = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines if line)
    text = parts.NOTES.format(namespaces=parts.NAMESPACES, notes=notes)
    _add(package, f"ppt/notesSlides/notesSlide{number}.xml", clean(text).encode())
    _add(
        package,
        f"ppt/notesSlides/_rels/notesSlide{number}.xml.rels",
        parts.relations(
            ("notesMaster", "../notesMasters/notesMaster1.xml"),
            ("slide", f"../slides/slide{number}.xml"),
        ).encode(),
    )


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a part without the hour, so that the same input gives the same bytes."""
    entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, content)
