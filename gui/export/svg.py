"""Pages as SVG: outlines, so that they look the same everywhere; groups that carry term ids.

Free of Qt: the file is written from the page and the baked outlines alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from engine.formula.card import Card
from engine.formula.page import Page, page
from gui.export.embedded import svg_metadata
from gui.export.files import write_picture
from gui.export.svg_marks import Colours, Writer, number
from gui.widgets.svg_shapes import definitions, shared
from gui.widgets.xml_letters import clean

if TYPE_CHECKING:
    from gui.export.sheet import Sheet
    from gui.theme import Theme

_NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def derivation_svg(
    cards: Sequence[Card],
    title: str,
    theme: Colours,
    *,
    lit: bool = False,
    transparent: bool = False,
) -> str:
    """Draw cards as an SVG document.

    Parameters
    ----------
    cards : sequence of Card
        One step, or all of a derivation.
    title : str
        Stands on top, and is the document's title.
    theme : Colours
        A theme, light or dark.
    lit : bool
        Whether what a card lights has the highlight's ground behind it.
    transparent : bool
        Leave the ground out.

    Returns
    -------
    str
        A whole document; the same bytes for the same cards.
    """
    return page_svg(page(cards, title, lit=lit), theme, transparent=transparent)


def write_svg(
    path: str | os.PathLike[str], cards: Sequence[Card], title: str, theme: Colours
) -> Path:
    """Write cards to an SVG file, whole or not at all.

    Parameters
    ----------
    path : path
        Where to.
    cards, title, theme
        As in `derivation_svg`.

    Returns
    -------
    Path

    Raises
    ------
    ExportError
        Where the place cannot be written to.
    """
    return write_picture(path, derivation_svg(cards, title, theme).encode("utf-8"))


def page_svg(
    drawn: Page,
    theme: Colours,
    *,
    transparent: bool = False,
    scene: str = "",
    head: float = 0.0,
    drawing: str = "",
    seen: str = "",
    heading: Page | None = None,
    text: bool = False,
    defined: bool = True,
) -> str:
    """Write a page as an SVG document; see `derivation_svg`.

    `scene` goes into the metadata; `drawing` is SVG for the `head` of the picture, above the page,
    under its `heading`, and `seen` says what is to be seen there. Letters are outlines, or with
    `text` text that needs the faces. The outlines are in the file, unless not `defined` there.
    """
    writer = Writer(theme, text)
    body = [writer.block(placed) for placed in drawn.placed]
    above = [writer.block(placed) for placed in (heading.placed if heading else ())]
    repeated = ""
    if drawing and defined:
        repeated, drawing = shared(drawing)
    width, height = number(drawn.width), number(drawn.height + head)
    box = f"0 0 {width} {height}"
    title = drawn.title or drawn.spoken.split("\n")[0]
    spoken = "\n".join(filter(None, (drawn.spoken, seen)))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg {_NAMESPACES} width="{width}" height="{height}" viewBox="{box}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(spoken)}</desc>",
        *([svg_metadata(scene)] if scene else []),
        *(_defined(repeated, [*above, drawing, *body]) if defined else ()),
    ]
    if not transparent:
        lines.append(f'<rect width="{width}" height="{height}" fill="{theme.paper}"/>')
    if head:
        lines += [*above, drawing, f'<g transform="translate(0 {number(head)})">']
        body.append("</g>")
    lines += [
        f'<path d="M{number(line.x)} {number(line.y)}h{number(line.width)}" '
        f'stroke="{theme.rule}" stroke-width="1"/>'
        for line in drawn.dividers
    ]
    return clean("\n".join([*lines, *body, "</svg>", ""]))


def _defined(repeated: str, elements: Sequence[str]) -> list[str]:
    head = [repeated] if repeated else []
    return ["<defs>", *head, definitions("".join(elements)), "</defs>"]


def sheet_svg(
    drawn: Sheet,
    theme: Theme,
    *,
    transparent: bool = False,
    scene: str = "",
    text: bool = False,
    defined: bool = True,
) -> str:
    """Write a sheet as an SVG document: its diagram, if it has one, and its page."""
    from gui.export.material import diagram_words

    return page_svg(
        drawn.page, theme, transparent=transparent, scene=scene,
        head=drawn.head, drawing=_drawing(drawn, text) if drawn.drawing else "",
        seen=diagram_words(drawn.drawing), heading=drawn.heading, text=text, defined=defined,
    )  # fmt: skip


def _drawing(drawn: Sheet, text: bool) -> str:
    """Let Qt write the diagram."""
    from gui.widgets.drawn_svg import drawn_svg

    inside = drawn_svg(drawn.paint_drawing, drawn.width, drawn.head, text=text)
    return f'<g class="diagram">{inside}</g>'
