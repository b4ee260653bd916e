"""Letters that XML has no place for: control characters in a title would make a file unreadable.

Source: *Extensible Markup Language 1.0*, production 2 (Char). Free of Qt.
"""

from __future__ import annotations

import re

_NONE_OF_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r")


def clean(text: str) -> str:
    """Return a text without the letters that may not stand in XML; fast, for whole files."""
    kept = text.encode("utf-8", "ignore").translate(None, _CONTROL).decode("utf-8")
    return kept.replace("\ufffe", "").replace("\uffff", "")


def escaped(json: str) -> str:
    """Return JSON with those letters written as JSON writes any letter: none is lost."""
    return _NONE_OF_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", json)
