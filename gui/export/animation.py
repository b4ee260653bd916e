"""Moving pictures, a step a frame: APNG with all colours, GIF with those of the theme.

Both are written here: they are small formats, and the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from engine.formula.blanks import with_blanks
from engine.formula.page import page
from gui.export.embedded import gif_comment, gif_scene, with_scene
from gui.export.files import ExportError
from gui.export.material import Look, Material, Progress, diagram_words, silent
from gui.export.picture import png_bytes, sheet_picture
from gui.export.png_file import SIGNATURE, chunk, described, number
from gui.export.sheet import Sheet, alike, sheet
from gui.theme import Theme

#: How long a step stands, and the last one, in hundredths of a second.
HOLD, LAST = 250, 500
#: No frame has more pixels than this: such a file would open nowhere.
LARGEST = 8_000_000
_SHADES = 24


def frames(material: Material, look: Look, progress: Progress) -> Iterator[QImage]:
    """Yield one picture a step, all of one size."""
    count = len(material.cards)
    sheets = []
    for done, card in enumerate(material.cards):
        progress(done, 3 * count)
        sheets.append(sheet(material, look, [with_blanks(card, look.blanks)]))
    sheets = alike(sheets)
    width = sheets[0].width
    height = max(each.height for each in sheets)
    if width * height * look.scale**2 > LARGEST:
        raise ExportError(
            "The moving picture would be too large.", hint="Choose a smaller scale, or fewer steps."
        )
    size = (round(width * look.scale), round(height * look.scale))
    for done, each in enumerate(sheets):
        progress(count + 2 * done, 3 * count)
        yield _framed(each, look, size)
    progress(3 * count, 3 * count)


def _framed(drawn: Sheet, look: Look, size: tuple[int, int]) -> QImage:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(look.theme.paper))
    with QPainter(image) as painter:
        picture = sheet_picture(drawn, look.theme, look.scale)
        picture.setDevicePixelRatio(1.0)
        painter.drawImage(0, 0, picture)
    return image


def apng(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return an animated PNG; where that is not understood, the first step shows."""
    count = len(material.cards)
    parts: list[bytes] = []
    order = 0
    for place, image in enumerate(frames(material, look, progress)):
        chunks = dict_of_chunks(png_bytes(image))
        if not place:
            parts += [SIGNATURE, chunk(b"IHDR", chunks[b"IHDR"])]
            parts += described({"Title": material.title, "Description": spoken(material, look)})
            parts.append(chunk(b"acTL", number(count) + number(0)))
        hold = LAST if place + 1 == count else HOLD
        control = b"".join(
            (number(order), number(image.width()), number(image.height()), number(0), number(0))
        )
        control += hold.to_bytes(2, "big") + (100).to_bytes(2, "big") + b"\0\0"
        parts.append(chunk(b"fcTL", control))
        order += 1
        if place:
            parts.append(chunk(b"fdAT", number(order) + chunks[b"IDAT"]))
            order += 1
        else:
            parts.append(chunk(b"IDAT", chunks[b"IDAT"]))
    return with_scene(b"".join([*parts, chunk(b"IEND", b"")]), material.scene)


def spoken(material: Material, look: Look) -> str:
    """Return what the frames show, in words."""
    cards = [with_blanks(card, look.blanks) for card in material.cards]
    seen = page(cards, material.title).spoken, diagram_words(material.drawing(look))
    return "\n".join(filter(None, seen))


def dict_of_chunks(png: bytes) -> dict[bytes, bytes]:
    """Return a PNG's chunks by kind, those of one kind joined."""
    found: dict[bytes, bytes] = {}
    at = len(SIGNATURE)
    while at + 8 <= len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        kind = png[at + 4 : at + 8]
        found[kind] = found.get(kind, b"") + png[at + 8 : at + 8 + length]
        at += 12 + length
    return found


def gif(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return an animated GIF; a frame holds only the rectangle that has changed."""
    palette = colours_of(look.theme)
    table = [QColor(*each).rgb() for each in palette]
    table += [table[0]] * (256 - len(table))
    flat = b"".join(bytes(QColor(each).toTuple()[:3]) for each in table)
    parts: list[bytes] = []
    before: QImage | None = None
    count = len(material.cards)
    for place, image in enumerate(frames(material, look, progress)):
        indexed = image.convertToFormat(QImage.Format.Format_Indexed8, table)
        if before is None:
            size = _short(image.width()) + _short(image.height())
            loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
            parts += [b"GIF89a" + size + b"\xf7\0\0", flat, loop]
            parts += [gif_comment(spoken(material, look)), gif_scene(material.scene)]
        area = _changed(before, indexed)
        hold = LAST if place + 1 == count else HOLD
        parts.append(b"\x21\xf9\x04\x04" + _short(hold) + b"\0\0")
        corner = _short(area.x()) + _short(area.y())
        parts.append(b"\x2c" + corner + _short(area.width()) + _short(area.height()) + b"\0")
        parts.append(_compressed(_pixels(indexed.copy(area))))
        before = indexed
    return b"".join([*parts, b"\x3b"])


def colours_of(theme: Theme) -> list[tuple[int, int, int]]:
    """Return shades from the paper to each ink of a theme: all that smooth edges can have."""
    inks = (theme.ink, theme.quiet, theme.faint, theme.forward, theme.backward_text,
            theme.backward, theme.highlight, theme.rule, theme.axis, theme.changed)  # fmt: skip
    paper = QColor(theme.paper).toTuple()[:3]
    found: dict[tuple[int, int, int], None] = {tuple(paper): None}
    for ink in inks:
        for shade in range(1, _SHADES + 1):
            mixed = (
                round(a + (b - a) * shade / _SHADES)
                for a, b in zip(paper, QColor(ink).toTuple()[:3], strict=True)
            )
            found[tuple(mixed)] = None
    return list(found)[:256]


def _changed(before: QImage | None, after: QImage) -> QRect:
    """Return the smallest rectangle that differs; one pixel where nothing does."""
    if before is None:
        return after.rect()
    width, old, new = after.width(), _pixels(before), _pixels(after)
    rows = [
        row for row in range(after.height())
        if old[row * width : row * width + width] != new[row * width : row * width + width]
    ]  # fmt: skip
    if not rows:
        return QRect(0, 0, 1, 1)
    left, right = width, 0
    for row in rows:
        a, b = old[row * width : row * width + width], new[row * width : row * width + width]
        differing = int.from_bytes(a, "big") ^ int.from_bytes(b, "big")
        left = min(left, width - (differing.bit_length() + 7) // 8)
        low = (differing & -differing).bit_length()
        right = max(right, width - 1 - (low - 1) // 8)
    return QRect(left, rows[0], right - left + 1, rows[-1] - rows[0] + 1)


def _pixels(image: QImage) -> bytes:
    width, stride = image.width(), image.bytesPerLine()
    whole = bytes(image.constBits())
    if stride == width:
        return whole
    return b"".join(whole[row * stride : row * stride + width] for row in range(image.height()))


def _short(value: int) -> bytes:
    return value.to_bytes(2, "little")


def _compressed(pixels: bytes) -> bytes:
    """Compress by GIF's LZW, 8 bits to the pixel, and cut into blocks."""
    clear, end = 256, 257
    out = bytearray()
    bits = held = 0
    width = 9
    codes: dict[tuple[int, int], int] = {}
    following = 258

    def put(code: int) -> None:
        nonlocal bits, held
        bits |= code << held
        held += width
        while held >= 8:
            out.append(bits & 255)
            bits >>= 8
            held -= 8

    put(clear)
    prefix = pixels[0]
    for pixel in pixels[1:]:
        known = codes.get((prefix, pixel))
        if known is not None:
            prefix = known
            continue
        put(prefix)
        codes[prefix, pixel] = following
        following += 1
        if following > 4095:
            put(clear)
            codes.clear()
            following, width = 258, 9
        elif following > 1 << width:
            width += 1
        prefix = pixel
    put(prefix)
    put(end)
    if held:
        out.append(bits & 255)
    blocks = (out[at : at + 255] for at in range(0, len(out), 255))
    return b"\x08" + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"
