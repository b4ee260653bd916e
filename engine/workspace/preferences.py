"""What a person prefers on this machine, whatever the scene: theme, text size, motion."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from engine.formula.metrics import MathFace

ThemeName = Literal["system", "light", "dark", "contrast", "print"]

#: Text sizes in per cent, smallest and largest.
SMALLEST, LARGEST = 80, 300


@dataclass(frozen=True, slots=True)
class Preferences:
    """A person's choices; the defaults suit a classroom.

    Parameters
    ----------
    theme : {"system", "light", "dark", "contrast", "print"}
    text_size : int
        In per cent, 80 to 300.
    reduced_motion : bool
        No animation.
    recent : tuple of str
        Paths of the scenes last opened, latest first.
    window : str
        Where the window stood, in the words of the window system (base64).
    shares : mapping of str to list of int
        How the parts of the page share its room.
    view : tuple of str or None
        What is shown of all there is, by name; None until something was chosen.
    typeface : {"math", "modern"}
        What formulas are set in: STIX Two Math or Latin Modern Math.
    export : mapping
        How something was exported last; the window reads it.
    figures : list of str
        Which figures of the descent lab are shown, by their keys; empty for the usual ones.
    """

    theme: ThemeName = "system"
    text_size: int = 100
    reduced_motion: bool = False
    recent: tuple[str, ...] = ()
    window: str = ""
    shares: dict[str, list[int]] = field(default_factory=dict)
    typeface: MathFace = "math"
    view: tuple[str, ...] | None = None
    export: dict[str, Any] = field(default_factory=dict)
    figures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Put the text size within its limits."""
        size = max(SMALLEST, min(LARGEST, self.text_size))
        object.__setattr__(self, "text_size", size)

    def with_recent(self, path: str) -> Preferences:
        """Put a path at the head of the recent ones; ten are kept."""
        others = tuple(each for each in self.recent if each != path)
        return replace(self, recent=(path, *others)[:10])


def load(path: str | os.PathLike[str]) -> tuple[Preferences, str]:
    """Read preferences; return them, and a sentence where some could not be read (else "").

    A wrong or missing part takes its default, so that no file can keep the program from starting.
    """
    try:
        raw = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Preferences(), ""
    except (OSError, ValueError, RecursionError):
        return Preferences(), "Your preferences could not be read; the usual ones are used."
    if not isinstance(raw, dict):
        return Preferences(), "Your preferences could not be read; the usual ones are used."
    good = {key: value for key, value in raw.items() if _is_valid(key, value)}
    if isinstance(good.get("recent"), list):
        good["recent"] = tuple(good["recent"])
    if isinstance(good.get("view"), list):
        good["view"] = tuple(good["view"])
    wrong = sorted(raw.keys() - good.keys())
    note = f"These preferences could not be read: {', '.join(wrong)}." if wrong else ""
    return Preferences(**good), note


def save(preferences: Preferences, path: str | os.PathLike[str]) -> None:
    """Write preferences to a file, whole or not at all; make its folder where there is none.

    Raises
    ------
    StoreError
        Where the place cannot be written to.
    """
    from engine.workspace.store import StoreError, write_atomically

    target = Path(os.path.realpath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, json.dumps(asdict(preferences), indent=1).encode("utf-8"))
    except OSError as problem:
        raise StoreError(f"Your preferences could not be saved: {problem.strerror}.") from problem


def _is_valid(key: str, value: object) -> bool:
    match key:
        case "theme":
            return value in get_args(ThemeName)
        case "typeface":
            return value in get_args(MathFace)
        case "text_size":
            return isinstance(value, int) and not isinstance(value, bool)
        case "reduced_motion":
            return isinstance(value, bool)
        case "view" if value is None:
            return True
        case "recent" | "figures" | "view":
            return isinstance(value, list) and all(isinstance(each, str) for each in value)
        case "window":
            return isinstance(value, str)
        case "export":
            return isinstance(value, dict)
        case "shares":
            return isinstance(value, dict) and all(map(_are_sizes, value.values()))
    return key in {each.name for each in fields(Preferences)}


def _are_sizes(value: object) -> bool:
    return isinstance(value, list) and all(type(each) is int and each >= 0 for each in value)
