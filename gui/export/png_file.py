"""PNG files, written band by band so that a large picture can tell how far it is, and be stopped.

Rows are stored as their difference from the row above, which is nothing for paper. Source: *PNG
Specification*, third edition, W3C 2025, sections 5, 9 and 11.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import numpy as np
from PySide6.QtGui import QImage

from gui.export.material import Progress, silent

SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: So many pixels are compressed between two looks at whether to stop.
BAND = 1_500_000


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a part of a PNG file with its length and its check."""
    return number(len(content)) + kind + content + number(zlib.crc32(kind + content))


def number(value: int) -> bytes:
    """Return a number as PNG writes it."""
    return value.to_bytes(4, "big")


def described(texts: Mapping[str, str]) -> list[bytes]:
    """Return the parts that say what is to be seen, for those who do not see it."""
    return [
        chunk(b"iTXt", key.encode("ascii") + b"\0\0\0\0\0" + text.encode("utf-8"))
        for key, text in texts.items()
        if text
    ]


def png_file(
    image: QImage, texts: Mapping[str, str], progress: Progress = silent, share: float = 0.0
) -> bytes:
    """Return an image as a PNG file.

    Parameters
    ----------
    image : QImage
        Its resolution is kept.
    texts : mapping
        Title, description and the like.
    progress : callable
        Told how far it is, in parts of a thousand.
    share : float
        How much of the work was done before, 0 to 1.
    """
    solid = not image.hasAlphaChannel()
    kind = QImage.Format.Format_RGB888 if solid else QImage.Format.Format_RGBA8888
    pixels = image.convertToFormat(kind)
    width, height, depth = pixels.width(), pixels.height(), 3 if solid else 4
    head = number(width) + number(height) + bytes((8, 2 if solid else 6, 0, 0, 0))
    dots = number(image.dotsPerMeterX()) + number(image.dotsPerMeterY()) + b"\x01"
    parts = [SIGNATURE, chunk(b"IHDR", head), chunk(b"pHYs", dots), *described(texts)]
    rows = np.frombuffer(pixels.constBits(), np.uint8).reshape(height, pixels.bytesPerLine())
    rows = rows[:, : width * depth]
    packer = zlib.compressobj(6)
    above = np.zeros(width * depth, np.uint8)
    step = max(1, BAND // max(1, width))
    packed = []
    for top in range(0, height, step):
        progress(round(1000 * (share + (1 - share) * top / height)), 1000)
        band = rows[top : top + step]
        filtered = np.empty((band.shape[0], width * depth + 1), np.uint8)
        filtered[:, 0] = 2
        filtered[0, 1:] = band[0] - above
        filtered[1:, 1:] = band[1:] - band[:-1]
        above = band[-1]
        packed.append(packer.compress(filtered.tobytes()))
    packed.append(packer.flush())
    progress(1000, 1000)
    return b"".join([*parts, chunk(b"IDAT", b"".join(packed)), chunk(b"IEND", b"")])
