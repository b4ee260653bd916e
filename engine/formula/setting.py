"""What a part of a formula is set in: one of TeX's four styles, and a face."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from engine.formula.metrics import Face, MathFace, face

#: TeX's styles: display, text, script, script of a script.
DISPLAY, TEXT, SCRIPT, SECOND_SCRIPT = range(4)


class Setting(NamedTuple):
    """A style in a face.

    Parameters
    ----------
    level : int
        `DISPLAY`, `TEXT`, `SCRIPT` or `SECOND_SCRIPT`.
    name : {"math", "modern"}
        The face.
    """

    level: int = DISPLAY
    name: MathFace = "math"

    @property
    def size(self) -> float:
        """The size of the style, in em."""
        return _sizes(self.name)[self.level]

    @property
    def face(self) -> Face:
        """The metrics of the face."""
        return face(self.name)

    @property
    def small(self) -> bool:
        """Whether this is an index or an exponent."""
        return self.level >= SCRIPT

    def constant(self, name: str) -> float:
        """Return a length of the font at this size, in em."""
        return face(self.name).constant(name) * _sizes(self.name)[self.level]

    def at(self, level: int) -> Setting:
        """Return another style in the same face."""
        return Setting(level, self.name)

    def part(self) -> Setting:
        """Return what the parts of a fraction are set in."""
        return Setting(min(self.level + 1, SECOND_SCRIPT), self.name)

    def script(self) -> Setting:
        """Return what an index or an exponent is set in."""
        return Setting(SECOND_SCRIPT if self.level >= SCRIPT else SCRIPT, self.name)


@cache
def _sizes(name: MathFace) -> tuple[float, float, float, float]:
    """Return the sizes of the four styles, as the face asks for them."""
    small, second = "ScriptPercentScaleDown", "ScriptScriptPercentScaleDown"
    return 1.0, 1.0, face(name).constant(small), face(name).constant(second)
