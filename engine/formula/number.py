"""How a value is written: enough digits to check by hand, a true minus, no noise.

An exact short decimal stays short (0.45, 1.4); anything else shows four decimals (0.6106, 1.2549,
0.0390), or four significant digits where four decimals would show too few or too many.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from math import isfinite, isnan

from engine.formula.formula import (
    MINUS,
    TIMES,
    Formula,
    Row,
    Symbol,
    Text,
    digits,
    row,
    superscript,
)
from engine.formula.notation import DEFAULT, Notation

UNDEFINED = "undefined"
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def split(value: float, significant: int = 4) -> tuple[str, str, int | None]:
    """Return sign (``""`` or ``"−"``), digits and power of ten (None where none is needed).

    Parameters
    ----------
    value : float
        A finite number.
    significant : int
        How many digits to aim at.

    Returns
    -------
    tuple of (str, str, int or None)

    Examples
    --------
    >>> split(0.45), split(0.61063923394922204), split(-0.3194842)
    (('', '0.45', None), ('', '0.6106', None), ('−', '0.3195', None))
    >>> split(0.0389691), split(2.2e-16), split(123456.789)
    (('', '0.0390', None), ('', '2.2', -16), ('', '123457', None))
    """
    size = abs(float(value))
    sign = "−" if value < 0 else ""
    if size == 0.0:
        return "", "0", None
    exponent = int(f"{size:.{significant}e}".split("e")[1])
    short = _short(size, significant)
    if short is not None and -significant <= exponent < 9:
        return sign, short, None
    if exponent < -significant or exponent >= 6:
        mantissa, power = f"{size:.{significant - 1}e}".split("e")
        if float(f"{mantissa}e{power}") == size or short is not None:
            mantissa = mantissa.rstrip("0").rstrip(".")
        return sign, mantissa, int(power)
    if exponent >= 1:
        decimals = max(0, significant - 1 - exponent)
    elif exponent >= -2:
        decimals = significant
    else:
        decimals = significant - 1 - exponent
    return sign, f"{size:.{decimals}f}", None


def _short(size: float, significant: int) -> str | None:
    """Return the digits of a number that is a short decimal up to rounding noise, else None."""
    rounded = float(f"{size:.{significant}g}")
    if abs(size - rounded) <= 1e-13 * size or (size == round(size) and size < 1e9):
        exact = rounded if abs(size - rounded) <= 1e-13 * size else size
        return format(Decimal(repr(exact)).normalize(), "f")
    return None


@lru_cache(maxsize=1024)
def number_text(value: float, significant: int = 4) -> str:
    """Write a value as plain text, for tables, labels and diagrams.

    Parameters
    ----------
    value : float
        Any float.
    significant : int
        How many digits to aim at.

    Returns
    -------
    str

    Examples
    --------
    >>> number_text(-0.3194842), number_text(2.2e-16), number_text(float("nan"))
    ('−0.3195', '2.2·10⁻¹⁶', 'undefined')
    """
    if isnan(value):
        return UNDEFINED
    if not isfinite(value):
        return "∞" if value > 0 else "−∞"
    sign, text, power = split(value, significant)
    if power is None:
        return sign + text
    return f"{sign}{text}·10{str(power).translate(_SUPERSCRIPTS)}"


def number(value: float, notation: Notation = DEFAULT) -> Formula:
    """Set a value: ``0.6106``, ``−0.3195``, ``2.2 · 10⁻¹⁶``.

    Parameters
    ----------
    value : float
        Any float; where there is no value the formula says so.
    notation : Notation
        Gives the number of digits.

    Returns
    -------
    Formula
    """
    if isnan(value):
        return Text(UNDEFINED)
    if not isfinite(value):
        infinity = Symbol("∞", "upright")
        return infinity if value > 0 else Row((MINUS, infinity))
    sign, text, power = split(value, notation.significant)
    parts: list[Formula] = [MINUS] if sign else []
    parts.append(digits(text))
    if power is not None:
        parts += [TIMES, superscript(digits("10"), _whole(power))]
    return row(*parts)


def _whole(value: int) -> Formula:
    size = digits(str(abs(value)))
    return row(MINUS, size) if value < 0 else size
