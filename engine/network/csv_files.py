"""Tables from CSV files: what was read is said, what is no number is refused by line and column.

Separators ``,`` ``;`` and tab, decimal commas where the separator is not the comma, UTF-8 with or
without a mark, UTF-16 with one. Nothing is guessed about a value: ``1_000``, ``nan`` and digits of
other scripts, which Python would take, are refused.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Sequence

import numpy as np

from engine.errors import EngineError, counted
from engine.network.datasets import Samples

#: No larger file is read, in bytes; no longer or wider table.
LIMIT = 20_000_000
ROWS, COLUMNS = 200_000, 2_000

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


class TableError(EngineError):
    """A text that is no table of numbers; the message names the line."""


def load_csv(path: str | os.PathLike[str], outputs: int | Sequence[str] = 1) -> Samples:
    """Read a file; see `read_csv`."""
    try:
        with open(path, "rb") as file:
            content = file.read(LIMIT + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise TableError(f"“{os.path.basename(path)}” could not be opened: {reason}.") from problem
    return read_csv(content, outputs)


def read_csv(content: bytes | str, outputs: int | Sequence[str] = 1) -> Samples:
    """Read a table of samples.

    Parameters
    ----------
    content : bytes or str
        The file's content.
    outputs : int or sequence of str
        How many of the last columns are wanted values, or what these columns are called.

    Returns
    -------
    Samples
        Its notes say what was read: separator, names, rows, columns.

    Raises
    ------
    TableError
        Where it is not a table of numbers.
    """
    text, coding = _decoded(content)
    separator = _separator(text)
    rows = _rows(text, separator)
    comma = separator != "," and not any("." in cell for _, row in rows for cell in row)
    first = [_number(cell, comma) for cell in rows[0][1]]
    headed = all(value is None for value in first) and any(cell for cell in rows[0][1])
    width = len(rows[0][1])
    names = [cell.strip() or f"column {n}" for n, cell in enumerate(rows[0][1], 1)]
    body = rows[1:] if headed else rows
    if not body:
        raise TableError("The table has names and no numbers.", hint="Add a line of numbers.")
    values = np.array([_values(line, row, names if headed else None, width, comma)
                       for line, row in body])  # fmt: skip
    if not headed:
        names = [f"column {n}" for n in range(1, width + 1)]
    wanted = _wanted(names, outputs)
    given = [place for place in range(width) if place not in wanted]
    said = {",": "commas", ";": "semicolons", "\t": "tabs"}[separator]
    notes = (
        (
            f"{counted(len(body), 'sample')} in {counted(width, 'column')}, separated by {said}; "
            f"the text is {coding}."
        ),
        f"The first line {'holds the names' if headed else 'is a sample: there are no names'}.",
        (
            f"Inputs: {', '.join(names[n] for n in given)}. "
            f"Wanted values: {', '.join(names[n] for n in wanted)}."
        ),
        *(["Commas are read as decimal points."] if comma and "," in text else []),
        "The numbers are taken as they are; nothing is scaled.",
    )
    order = (*given, *wanted)
    return Samples(values[:, given], values[:, wanted], tuple(names[n] for n in order), notes)


def _decoded(content: bytes | str) -> tuple[str, str]:
    if len(content) > LIMIT:
        raise TableError(f"The file is larger than {LIMIT // 1_000_000} MB.")
    if isinstance(content, str):
        return content.removeprefix("\ufeff"), "typed"
    coding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(coding), coding.removesuffix("-sig").upper()
    except UnicodeError:
        raise TableError(
            "The file is not a text this program reads.", hint="Save it as CSV in UTF-8."
        ) from None


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    for separator in ("\t", ";"):
        if separator in first:
            return separator
    return ","


def _rows(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """Return the lines that are not empty, with their numbers."""
    if "\0" in text:
        raise TableError("The file holds bytes that are no text.", hint="Save it as CSV in UTF-8.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, [cell.strip() for cell in row]))
            if len(rows) > ROWS or len(row) > COLUMNS:
                raise TableError(f"The table has more than {ROWS} lines or {COLUMNS} columns.")
    except csv.Error as problem:
        raise TableError(
            f"Line {reader.line_num} is broken: {problem}.", hint="Look for a quote left open."
        ) from problem
    if not rows:
        raise TableError("The file is empty.", hint="Choose another file.")
    return rows


def _number(cell: str, comma: bool) -> float | None:
    text = cell.replace("−", "-")
    if comma:
        text = text.replace(",", ".")
    return float(text) if _NUMBER.fullmatch(text) and abs(float(text)) < 1e300 else None


def _values(
    line: int, row: list[str], names: list[str] | None, width: int, comma: bool
) -> list[float]:
    if len(row) != width:
        raise TableError(f"Line {line} has {len(row)} cells; the first line has {width}.")
    values: list[float] = []
    for place, cell in enumerate(row):
        value = _number(cell, comma)
        if value is None:
            where = f"column {place + 1}" if names is None else f"“{names[place]}”"
            what = f"“{cell[:30]}” is not a number" if cell else "the cell is empty"
            raise TableError(
                f"Line {line}, {where}: {what}.", hint="Mend that cell or leave the line out."
            )
        values.append(value)
    return values


def _wanted(names: list[str], outputs: int | Sequence[str]) -> list[int]:
    if isinstance(outputs, int):
        if not 0 < outputs < len(names):
            raise TableError(
                f"Of {counted(len(names), 'column')}, {outputs} cannot be wanted values.",
                hint="At least one column is an input and one a wanted value.",
            )
        return list(range(len(names) - outputs, len(names)))
    for name in outputs:
        if name not in names:
            raise TableError(
                f"There is no column “{name}”.", hint=f"There are: {', '.join(names[:20])}."
            )
    places = [names.index(name) for name in outputs]
    if not places or len(set(places)) == len(names):
        raise TableError("At least one column is an input and one a wanted value.")
    return places
