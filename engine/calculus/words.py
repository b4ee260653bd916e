"""What the words in a formula stand for: functions, Greek letters, and what is refused."""

from __future__ import annotations

from difflib import get_close_matches

from engine.calculus.functions import NAMES
from engine.errors import ParseError

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eps": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "lam": "λ",
    "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}  # fmt: skip

_LONGEST_WORD = 40
_ONLY_WHOLE = {"sh", "ch", "th"}
_NO_FUNCTIONS = {
    "sine": "sin", "cosine": "cos", "tangent": "tan", "sinus": "sin", "cosinus": "cos",
    "logarithm": "log", "exponential": "exp", "absolute": "abs", "maximum": "max",
    "minimum": "min",
}  # fmt: skip
#: What is known elsewhere and would be read here as a function times letters: ``sin·c``.
_MISSING = frozenset({"sinc", "erfc", "erfi", "mod", "ceil", "frac", "sgnum", "versin", "haversin"})
_REFUSED = {
    "inf": "Infinity is not a number here.",
    "infinity": "Infinity is not a number here.",
    "nan": "“nan” is not a number.",
    "int": "Integration is not offered here.",
    "lim": "Limits are not offered here.",
    "true": "“{word}” is not a number.",
    "false": "“{word}” is not a number.",
    "none": "“{word}” is not a number.",
    "null": "“{word}” is not a number.",
    "arc": "“arc” stands apart from its function.",
    **dict.fromkeys(
        ("of", "for", "and", "or", "if", "is", "the"), "“{word}” is a word, not a formula."
    ),
}


def longest_name(rest: str, *, whole: bool) -> str | None:
    """Return the longest known name that `rest` begins with; None where it is a mere letter.

    `whole` says that `rest` is the whole word; only then do capitals count as small letters and
    names of two common letters (``th``) as functions.
    """
    if whole and rest not in NAMES and len(rest) > 1 and rest.lower() in NAMES:
        return rest.lower()
    for length in range(len(rest), 1, -1):
        name = rest[:length]
        if name in _ONLY_WHOLE and not (whole and length == len(rest)):
            continue
        if name in NAMES or name in GREEK:
            return name
    return None


def refuse_word(word: str, start: int, end: int, *, called: bool) -> None:
    """Refuse a word that is neither a function nor a product of a few letters.

    Parameters
    ----------
    word : str
        Letters without a gap.
    start, end : int
        Its place in the text.
    called : bool
        Whether a bracket follows.

    Raises
    ------
    ParseError
        For a word such as ``velocity``, ``foo(`` or ``inf``, with the nearest known name.
    """
    small = word.lower()
    if len(word) > _LONGEST_WORD:
        raise ParseError(
            f"“{word[:12]}…” is not a name.", start=start, end=end, hint="Write * between letters."
        )
    if small in _REFUSED:
        message = _REFUSED[small].format(word=word)
        raise ParseError(message, start=start, end=end, hint="Type an expression.")
    stretches, rest, names = [0], word, 0
    while rest:
        name = longest_name(rest, whole=rest == word)
        names += name is not None
        stretches.append(0 if name else stretches[-1] + 1)
        rest = rest[len(name or "x") :]
    unknown = (
        small in _NO_FUNCTIONS
        or small in _MISSING
        or max(stretches) >= (3 if names else 4)
        or (called and stretches[-1] >= 3)
    )
    if not unknown:
        return
    long_names = [name for name in NAMES if len(name) > 2]
    close = _NO_FUNCTIONS.get(small) or next(iter(get_close_matches(small, long_names, 1, 0.7)), "")
    if called or small in _MISSING:
        hint = f"Did you mean {close}(…)?" if close else "The known ones are in the table."
        raise ParseError(f"There is no function “{word}” here.", start=start, end=end, hint=hint)
    hint = f"Did you mean {close}?" if close else "Write * between letters that are multiplied."
    raise ParseError(f"The name “{word}” is not known.", start=start, end=end, hint=hint)
