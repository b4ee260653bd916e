"""The scene inside an exported file: put in on export, found again on opening.

PNG has it in a text of its own, SVG and web pages as metadata, GIF in a comment, PDF as an attached
file, PPTX as a part of custom XML.

Free of Qt. What is read is a file from anywhere: sizes are bounded, and nothing is trusted before
`engine.workspace.store` has read it.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

from engine.workspace.store import LIMIT, StoreError
from gui.widgets.xml_letters import escaped

KEY = "Chain Rule Lab scene"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_IN_SVG = re.compile(r'<metadata id="chain-rule-lab-scene">(.*?)</metadata>', re.DOTALL)
_LARGEST = 64_000_000
_PDF_ENTRIES = b"/Type /EmbeddedFile /Subtype /application#2Fjson /Filter /FlateDecode"
_IN_PDF = re.compile(re.escape(_PDF_ENTRIES) + rb" /Length (\d{1,8}) >>\s+stream\n")
#: Whose custom part a presentation has.
NAMESPACE = "urn:chain-rule-lab:scene"
_PART = re.compile(r"customXml/item\d{1,4}\.xml")
_IN_PART = re.compile(rf'<scene xmlns="{NAMESPACE}">(.*?)</scene>', re.DOTALL)


def with_scene(png: bytes, scene: str) -> bytes:
    """Return a PNG with a scene in it; the picture stays as it is."""
    if not scene:
        return png
    head = len(_SIGNATURE) + 25  # behind the header, which is always 25 bytes
    return png[:head] + _chunk(b"zTXt", _text(scene)) + png[head:]


def _text(scene: str) -> bytes:
    return KEY.encode() + b"\0\0" + zlib.compress(_json_ascii(scene).encode("ascii"), 9)


def _json_ascii(scene: str) -> str:
    """Write every letter beyond ASCII as JSON does."""
    units = scene.encode("utf-16-be")
    pairs = (units[at : at + 2] for at in range(0, len(units), 2))
    return "".join(
        chr(pair[1]) if pair[0] == 0 and pair[1] < 128 else f"\\u{pair.hex()}" for pair in pairs
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return len(content).to_bytes(4, "big") + kind + content + check.to_bytes(4, "big")


def svg_metadata(scene: str) -> str:
    """Return the element that holds a scene in an SVG; empty for no scene."""
    return (
        f'<metadata id="chain-rule-lab-scene">{escape(escaped(scene))}</metadata>' if scene else ""
    )


def gif_comment(text: str) -> bytes:
    """Return a comment for a GIF; GIF's letters are ASCII, the others are written as JSON does."""
    return _gif_block(_json_ascii(text).encode("ascii")) if text else b""


def gif_scene(scene: str) -> bytes:
    """Return a scene as a comment of a GIF; empty for no scene."""
    return _gif_block(KEY.encode() + b"\n" + _json_ascii(scene).encode("ascii")) if scene else b""


def _gif_block(content: bytes) -> bytes:
    pieces = (content[at : at + 255] for at in range(0, len(content), 255))
    return b"\x21\xfe" + b"".join(bytes([len(each)]) + each for each in pieces) + b"\0"


def pdf_attachment(scene: str) -> bytes:
    """Return the object of a PDF that is a file with a scene."""
    content = zlib.compress(scene.encode(), 9)
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (_PDF_ENTRIES, len(content), content)


def slides_part(scene: str) -> str:
    """Return the custom XML that holds a scene in a presentation; empty for no scene."""
    return f'<scene xmlns="{NAMESPACE}">{escape(escaped(scene))}</scene>' if scene else ""


def scene_in(path: str | Path) -> str:
    """Return the scene in a picture this program has written.

    Raises
    ------
    StoreError
        Where there is no such file, or no scene in it.
    """
    place = Path(path)
    try:
        with place.open("rb") as file:
            content = file.read(_LARGEST)
    except OSError as problem:
        raise StoreError(
            f"“{place.name}” could not be opened: {(problem.strerror or str(problem)).lower()}."
        ) from problem
    for start, read in _READERS:
        if content.startswith(start):
            scene = read(content)
            break
    else:
        scene = _in_markup(content)
    if not scene:
        raise StoreError(
            f"There is no scene in “{place.name}”.",
            hint="Only what Chain Rule Lab has exported has one.",
        )
    return scene


def _in_markup(content: bytes) -> str:
    return _unescaped(_IN_SVG.search(content.decode("utf-8", "replace")))


def _unescaped(found: re.Match[str] | None) -> str:
    return html.unescape(found[1]) if found and len(found[1]) < 8 * LIMIT else ""


def _in_gif(content: bytes) -> str:
    """Return the comment that is a scene, as this program writes it before the first picture."""
    start = content.find(b"\x21\xfe", 0, 4 * LIMIT)
    while start >= 0:
        at, text = start + 2, bytearray()
        while at < len(content) and content[at] and len(text) < LIMIT:
            text += content[at + 1 : at + 1 + content[at]]
            at += 1 + content[at]
        if text.startswith(KEY.encode()):
            return text[len(KEY) + 1 :].decode("ascii", "replace")
        start = content.find(b"\x21\xfe", at, at + 3)
    return ""


def _in_png(content: bytes) -> str:
    at = len(_SIGNATURE)
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        if kind == b"zTXt" and body.startswith(KEY.encode() + b"\0\0"):
            try:
                text = zlib.decompressobj().decompress(body[len(KEY) + 2 :], LIMIT)
            except zlib.error:
                return ""
            return text.decode("ascii", "replace")
        if kind == b"IEND":
            break
        at += 12 + length
    return ""


def _in_pdf(content: bytes) -> str:
    found = _IN_PDF.search(content)
    if found is None:
        return ""
    try:
        text = zlib.decompressobj().decompress(content[found.end() :][: int(found[1])], LIMIT)
    except zlib.error:
        return ""
    return text.decode("utf-8", "replace")


def _in_slides(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in filter(_PART.fullmatch, package.namelist()):
                with package.open(name) as part:
                    inside = part.read(8 * LIMIT).decode("utf-8", "replace")
                scene = _unescaped(_IN_PART.search(inside))
                if scene:
                    return scene
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError):
        return ""
    return ""


#: How a kind of file starts, and what finds the scene in it.
_READERS: tuple[tuple[bytes, Callable[[bytes], str]], ...] = (
    (_SIGNATURE, _in_png), (b"GIF8", _in_gif), (b"%PDF-", _in_pdf), (b"PK\x03\x04", _in_slides),
)  # fmt: skip
