"""The one family of errors the engine raises; each carries a sentence a student can act on."""

from __future__ import annotations


class EngineError(Exception):
    """Something the engine cannot do, said in words.

    Parameters
    ----------
    message : str
        What is wrong, as one sentence.
    hint : str
        What to do about it, as one sentence; may be empty.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ParseError(EngineError):
    """A text that is not a formula this program reads.

    Parameters
    ----------
    message, hint : str
        See `EngineError`.
    start, end : int
        The offending stretch ``text[start:end]`` in the text as typed; ``start == end`` marks a
        place where something is missing.
    incomplete : bool
        True where more typing may still make it right (an open bracket, a missing operand), so
        that a window can stay quiet while the learner types.
    readings : tuple of str
        What to type instead, where the text can be read in more than one way.
    """

    def __init__(
        self,
        message: str,
        *,
        start: int,
        end: int,
        hint: str = "",
        incomplete: bool = False,
        readings: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, hint=hint)
        self.start = start
        self.end = end
        self.incomplete = incomplete
        self.readings = readings


class DomainError(EngineError):
    """A real value that does not exist (a logarithm of a negative number, a division by zero)."""


def counted(count: int, noun: str) -> str:
    """Say how many: ``1 sample``, ``4 samples``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
