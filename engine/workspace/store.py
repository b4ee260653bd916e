"""Scenes as files: JSON with a format number, read with suspicion and written whole or not at all.

A file that is not right is refused with a sentence that says what, where and what to do; the
document at hand stays as it is, and so does the file.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from engine.errors import EngineError, ParseError
from engine.workspace.atomic import reason, write_atomically
from engine.workspace.document import Document
from engine.workspace.migrations import MIGRATIONS

__all__ = ["FORMAT", "LIMIT", "MIGRATIONS", "SUFFIX", "StoreError", "dumps", "load", "loads",
           "save", "write_atomically"]  # fmt: skip

#: The number of the format this version writes.
FORMAT = 5

#: The ending of a scene's file name.
SUFFIX = ".chainrule.json"

#: No scene is larger, in bytes.
LIMIT = 5_000_000

_MARK = "Chain Rule Lab"
_OTHER = "Choose a file that Chain Rule Lab has saved."
_NESTED = "The file has brackets within brackets without end."


class StoreError(EngineError):
    """A file that cannot be read or written; the message says why, the hint what to do."""


def dumps(document: Document) -> str:
    """Return the document as the text of a file.

    Raises
    ------
    StoreError
        Where a number is not finite or a text cannot be written; such a file could not be read.
    """
    import msgspec

    content = {"application": _MARK, "format": FORMAT, "document": msgspec.to_builtins(document)}
    try:
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)
        text.encode("utf-8")
    except (ValueError, RecursionError) as problem:
        raise StoreError(
            "The scene holds something that a file cannot: a number that is not finite, or a "
            "broken character.",
            hint="Undo the last edit and save again.",
        ) from problem
    return text + "\n"


def loads(content: str | bytes) -> Document:
    """Return the document in the text of a file.

    Raises
    ------
    StoreError
        Where the text is not a scene of this or an earlier format.
    """
    if len(content) > LIMIT:
        raise StoreError(
            f"The file is larger than {LIMIT // 1_000_000} MB, and no scene is.",
            hint=_OTHER,
        )
    return _understood(_migrated(_parsed(content)))


def save(document: Document, path: str | os.PathLike[str]) -> Path:
    """Write a scene to a file, whole or not at all; return where it is.

    The text goes to a new file beside the old one, which it then replaces in one move, so that a
    full disk or a power cut leaves the old one. A link is followed.

    Raises
    ------
    StoreError
        Where the place cannot be written to.
    """
    content = dumps(document).encode("utf-8")
    if len(content) > LIMIT:
        raise StoreError(
            f"The scene is larger than {LIMIT // 1_000_000} MB and could not be opened again.",
            hint="Restart the training, so that fewer rounds are kept, and save again.",
        )
    target = Path(os.path.realpath(path))
    try:
        write_atomically(target, content)
    except OSError as problem:
        raise StoreError(
            f"“{target.name}” could not be saved: {reason(problem)}.",
            hint="Nothing is lost: choose another place or another name.",
        ) from problem
    return target


def load(path: str | os.PathLike[str]) -> Document:
    """Read a scene from a file.

    Raises
    ------
    StoreError
        Where there is no such file, or it is not a scene; the file is left alone.
    """
    try:
        with open(path, "rb") as file:
            content = file.read(LIMIT + 1)
    except (OSError, ValueError) as problem:
        raise StoreError(
            f"“{Path(path).name}” could not be opened: {reason(problem)}.",
            hint="Choose another file.",
        ) from problem
    try:
        return loads(content)
    except StoreError as problem:
        raise StoreError(f"“{Path(path).name}”: {problem.message}", hint=problem.hint) from problem


def _parsed(content: str | bytes) -> dict[str, Any]:
    """Read JSON strictly: no key twice, no NaN, no broken characters."""
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        text.encode("utf-8")
    except UnicodeError as problem:
        raise StoreError(
            "This is not a text, so it cannot be a scene.",
            hint=_OTHER,
        ) from problem
    if not text.strip():
        raise StoreError("The file is empty.", hint="Choose another file or an older copy.")
    try:
        found = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_without_duplicates,
            parse_constant=_no_constant,
        )
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as problem:
        if not text.removeprefix("\ufeff").lstrip().startswith("{"):
            raise _no_scene() from problem
        raise StoreError(
            f"The file is damaged at line {problem.lineno}, column {problem.colno}.",
            hint="It may have been cut off; look for an older copy.",
        ) from problem
    except UnicodeError as problem:
        raise StoreError("A text in the file holds a broken character.", hint=_OTHER) from problem
    except RecursionError as problem:
        raise StoreError(_NESTED, hint=_OTHER) from problem
    except ValueError as problem:
        if isinstance(problem, _RefusedError):
            raise StoreError(str(problem), hint="Mend that place or open another file.") from None
        raise StoreError("The file holds a number too long to be read.", hint=_OTHER) from problem
    if not isinstance(found, dict) or found.get("application") != _MARK:
        raise _no_scene()
    return found


def _no_scene() -> StoreError:
    return StoreError("This is not a scene of Chain Rule Lab.", hint=f"Scenes end in {SUFFIX}.")


def _migrated(content: dict[str, Any]) -> dict[str, Any]:
    """Bring the content of an earlier format to this one, format by format."""
    number = content.get("format")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise StoreError(
            "The file does not say which format it has.",
            hint=f'Its third line should be: "format": {FORMAT}.',
        )
    if number > FORMAT:
        raise StoreError(
            f"The file was saved by a newer version (format {number}, this one reads up to "
            f"{FORMAT}).",
            hint="Open it with that version.",
        )
    while number < FORMAT:
        content = MIGRATIONS[number](content)
        number += 1
    return content


def _understood(content: dict[str, Any]) -> Document:
    """Build the document, typed; refuse what is missing or unknown, so that nothing gets lost."""
    import msgspec

    from engine.workspace.asking import check_texts

    raw = content.get("document")
    try:
        document = msgspec.convert(raw, Document)
        check_texts(document)
    except msgspec.ValidationError as problem:
        raise StoreError(_in_words(str(problem)), hint="Mend that value in the file.") from problem
    except ParseError as problem:
        raise StoreError(
            f"The function in the file cannot be read: {problem.message}",
            hint="Mend the fields “reading” and “along” in the file.",
        ) from problem
    except EngineError as problem:
        raise StoreError(problem.message, hint=problem.hint) from problem
    except RecursionError as problem:
        raise StoreError(_NESTED, hint=_OTHER) from problem
    content = content | {"document": msgspec.to_builtins(document)}
    expected = {"application": _MARK, "format": content["format"], "document": raw}
    difference = _difference(content, expected, "")
    if difference:
        raise StoreError(difference, hint="Mend that place in the file.")
    return document


def _difference(found: Any, wanted: Any, place: str) -> str:
    """Return where two trees have different keys, in words; empty where they have not."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        where = f" in {place}" if place else ""
        for key in wanted.keys() - found.keys():
            return f"“{key}”{where} is unknown to this version."
        for key in found.keys() - wanted.keys():
            return f"“{key}”{where} is missing."
        pairs = ((found[key], wanted[key], f"{place} {key}".strip()) for key in found)
    elif isinstance(found, (list, tuple)) and isinstance(wanted, (list, tuple)):
        pairs = (
            (a, b, f"{place} {n}")
            for n, (a, b) in enumerate(zip(found, wanted, strict=False), start=1)
        )
    else:
        return ""
    return next((text for pair in pairs if (text := _difference(*pair))), "")


def _in_words(problem: str) -> str:
    """Turn “Expected `float`, got `str` - at `$.x[0]`” into a sentence."""
    what, _, place = problem.partition(" - at ")
    place = place.strip("`").removeprefix("$").replace(".", " ")
    place = re.sub(r"\[(\d+)\]", lambda found: f" {int(found[1]) + 1}", place).strip()
    missing = re.search(r"missing required field `(\w+)`", what)
    if missing:
        return f"“{missing[1]}” is missing" + (f" in {place}." if place else ".")
    for technical, plain in _WORDS.items():
        what = what.replace(technical, plain)
    return f"At “{place or 'document'}”, it {what[:1].lower()}{what[1:]}."


_WORDS = {
    "`": "",
    "Expected": "needs",
    ", got": ", not",
    "float": "a number",
    "int": "a whole number",
    "str": "a text",
    "array": "a list",
    "object": "a group of fields",
    "bool": "yes or no",
    "null": "nothing",
}


class _RefusedError(ValueError):
    """Something JSON's grammar lets through and a scene does not."""


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _RefusedError(f"“{twice}” is there twice.")
    return found


def _no_constant(text: str) -> float:
    raise _RefusedError(f"The file holds {text}, which is not a number.")
