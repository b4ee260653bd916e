"""What was chosen for an export; kept from one day to the next as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal, get_args, get_type_hints

from engine.formula.card import Card
from engine.formula.metrics import MathFace
from engine.formula.notation import Notation
from gui.export.files import ExportError
from gui.export.formats import FORMATS, Format, format_called
from gui.export.material import PRINT, Blanks, Look, Paper
from gui.theme import LIGHT, THEMES, Theme

What = Literal["step", "phase", "chosen", "all", "diagram", "plot"]

SCALES = (1.0, 2.0, 3.0, 4.0, PRINT)
MOST_DIGITS = 12
_DASHES = str.maketrans("–—…", "---")


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: the steps, the format and the look; the last one is repeated by a key.

    Parameters
    ----------
    what : {"step", "phase", "chosen", "all", "diagram", "plot"}
    kind : str
        The format's key.
    look : Look
    each : bool
        One file a step.
    chosen : str
        The labels of the chosen steps: ``F1, B2-B4``.
    plot : str
        The name of the plot.
    notation : Notation, optional
        As in the window without it.
    """

    what: What = "step"
    kind: str = "png"
    look: Look = field(default_factory=Look)
    each: bool = False
    chosen: str = ""
    plot: str = ""
    notation: Notation | None = None

    @property
    def format(self) -> Format:
        """The row of the table."""
        return format_called(self.kind)

    @property
    def worn(self) -> Theme:
        """The theme a plot is drawn in: white paper is left white."""
        theme = self.look.theme
        return replace(theme, paper="#ffffff") if self.kind == "pdf" and theme is LIGHT else theme

    @property
    def of_steps(self) -> bool:
        """Whether steps are exported, not a diagram or a plot alone."""
        return self.what not in ("diagram", "plot")

    def as_data(self) -> dict[str, Any]:
        """Return the choice as plain data."""
        look = {each.name: getattr(self.look, each.name) for each in fields(Look)}
        look["theme"] = self.look.theme.name
        notation = None if self.notation is None else asdict(self.notation)
        own = {key: getattr(self, key) for key in ("what", "kind", "each", "chosen", "plot")}
        return own | look | {"notation": notation}


def choice_from(data: Mapping[str, Any]) -> Choice:
    """Read a choice from plain data; what is missing or not understood takes its default."""
    usual = Choice()
    look = usual.look
    if data.get("theme") in tuple(THEMES):
        look = replace(look, theme=THEMES[data["theme"]])
    if data.get("scale") in SCALES:
        look = replace(look, scale=float(data["scale"]))
    named: dict[str, Any] = {"paper": Paper, "blanks": Blanks, "typeface": MathFace}
    look = replace(
        look,
        **{key: data[key] for key, kind in named.items() if data.get(key) in get_args(kind)},
        **{key: data[key] for key in ("transparent", "diagram", "text")
           if isinstance(data.get(key), bool)},
    )  # fmt: skip
    keys = tuple(each.key for each in FORMATS)
    return Choice(
        what=data["what"] if data.get("what") in get_args(What) else usual.what,
        kind=data["kind"] if data.get("kind") in keys else usual.kind,
        look=look,
        each=data.get("each") is True,
        chosen=data["chosen"] if isinstance(data.get("chosen"), str) else "",
        plot=data["plot"] if isinstance(data.get("plot"), str) else "",
        notation=_notation(data.get("notation")),
    )


def _notation(data: object) -> Notation | None:
    if not isinstance(data, Mapping):
        return None
    hints = get_type_hints(Notation)
    good = {
        key: value
        for key, value in data.items()
        if key in hints and (value in get_args(hints[key]) or type(value) is hints[key])
    }
    fits = len(good) == len(hints) and 1 <= good["significant"] <= MOST_DIGITS
    return replace(Notation(), **good) if fits else None


def chosen_cards(cards: Sequence[Card], words: str) -> tuple[Card, ...]:
    """Return the steps that are named: ``F1, B2-B4``, ``backward``, ``3``, ``all``.

    Parameters
    ----------
    cards : sequence of Card
    words : str
        Labels, places, phases and stretches of labels, with commas between.

    Returns
    -------
    tuple of Card
        In the order of the derivation, each once.

    Raises
    ------
    ExportError
        Where there is no such step; it names it.
    """
    wanted: set[int] = set()
    for part in filter(None, (each.strip() for each in words.translate(_DASHES).split(","))):
        wanted |= _places(cards, part)
    if not wanted:
        raise ExportError("No step is chosen.", hint=_hint(cards))
    return tuple(cards[at] for at in sorted(wanted))


def _places(cards: Sequence[Card], part: str) -> set[int]:
    if part.lower() == "all":
        return set(range(len(cards)))
    phase = {at for at, card in enumerate(cards) if card.phase == part.lower()}
    if phase:
        return phase
    at = _place(cards, part)
    if at is not None:
        return {at}
    first, dash, last = part.partition("-")
    ends = _place(cards, first.strip()), _place(cards, last.strip())
    if dash and ends[0] is not None and ends[1] is not None:
        return set(range(min(ends[0], ends[1]), max(ends[0], ends[1]) + 1))
    raise ExportError(f"There is no step “{part}”.", hint=_hint(cards))


def _place(cards: Sequence[Card], label: str) -> int | None:
    for at, card in enumerate(cards):
        if card.label.lower() == label.lower():
            return at
    return int(label) - 1 if label.isdecimal() and 0 < int(label) <= len(cards) else None


def _hint(cards: Sequence[Card]) -> str:
    if not cards:
        return "Press Next first."
    first, second, last = cards[0].label, cards[min(1, len(cards) - 1)].label, cards[-1].label
    return f"The steps are {first} to {last}; write for example {first}, {second}-{last}."
