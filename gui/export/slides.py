"""PPTX: a step a slide, with an editable title, a picture with alternative text, and notes.

The file is written here, from the few parts that ECMA-376 asks for; no library is needed.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from engine.formula.blanks import with_blanks
from engine.formula.card import Card
from engine.formula.page import spoken_card
from engine.formula.plaintext import plaintext
from gui.export import slide_parts as parts
from gui.export.embedded import slides_part
from gui.export.material import Look, Material, Progress, diagram_words, silent
from gui.export.picture import png_bytes, sheet_picture
from gui.export.sheet import sheet

#: A slide in English Metric Units: 13⅓ by 7½ inches.
WIDTH, HEIGHT = 12_192_000, 6_858_000
_SIDE, _TOP, _BOTTOM = 640_000, 1_330_000, 400_000
_PIXEL = 9525
#: A picture is enlarged at most so much.
_LARGEST = 1.5


def pptx(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return a presentation."""
    content = io.BytesIO()
    count = len(material.cards)
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.common(
            count, WIDTH, HEIGHT, material.title, look.theme, slides_part(material.scene)
        ):
            _add(package, name, text.encode())
        for number, card in enumerate(material.cards, start=1):
            progress(number - 1, count)
            _slide(package, number, card, material, look)
        progress(count, count)
    return content.getvalue()


def _slide(
    package: zipfile.ZipFile, number: int, card: Card, material: Material, look: Look
) -> None:
    shown = with_blanks(card, look.blanks)
    heading = f"{card.label}  {card.sentence}".strip()
    bare = Card("", shown.phase, "", shown.full, shown.brief, shown.teaser, shown.lit)
    drawn = sheet(material, look, [bare], title="", at=card)
    picture = sheet_picture(drawn, look.theme, max(2, look.scale), transparent=True)
    room = (WIDTH - 2 * _SIDE, HEIGHT - _TOP - _BOTTOM)
    scale = min(_LARGEST, room[0] / drawn.width / _PIXEL, room[1] / drawn.height / _PIXEL)
    width, height = (round(side * scale * _PIXEL) for side in (drawn.width, drawn.height))
    said = spoken_card(shown), diagram_words(drawn.drawing)
    spoken = " ".join(filter(None, said))
    text = parts.SLIDE.format(
        namespaces=parts.NAMESPACES,
        title=escape(heading),
        spoken=quoteattr(spoken),
        x=(WIDTH - width) // 2, y=_TOP + (room[1] - height) // 2, width=width, height=height,
        side=_SIDE, across=room[0],
    )  # fmt: skip
    _add(package, f"ppt/slides/slide{number}.xml", text.encode())
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
    _add(package, f"ppt/notesSlides/notesSlide{number}.xml", text.encode())
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
