"""Paper, ink and two directions: colours, typeface and sizes of everything on screen.

Colour means direction and nothing else: what runs forward is blue, what runs backward is
vermillion. Sign is a glyph and a dash, magnitude is a width, identity is a badge. No colour is
named anywhere else, but for the scale of the heat maps (`gui.heat`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from engine.formula.metrics import MathFace
from gui.style_sheet import palette, style_sheet
from gui.typeface import typeface, use_typeface

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"

#: The faces that are used; loading more would cost a few milliseconds at the start.
FACES = ("Inter-Regular.ttf", "Inter-SemiBold.ttf")

#: Height of the body text in device-independent pixels at a text size of 100 %.
BODY = 14
#: Height of captions and of the words beside formulas.
CAPTION = 13
#: Height of the numbers and words that are quietest: ticks, step labels.
SMALL = 12

#: How strongly what the spotlight is not on is drawn.
DIMMED = 0.35
#: How strongly what is only recalled is drawn: it is read, and is not what is.
GHOST = 0.6

#: The text sizes A− and A+ walk through, in per cent.
TEXT_SIZES = (80, 90, 100, 115, 130, 150, 175, 200, 250, 300)


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, as ``#rrggbb``.

    Parameters
    ----------
    name : str
        ``"light"``, ``"dark"``, ``"contrast"`` or ``"print"``.
    paper, ink : str
        The ground, and what stands on it.
    quiet : str
        Words that accompany (4.5:1 on paper).
    faint : str
        What is still to come, and dots not yet computed.
    rule, axis : str
        Thin dividing lines; lines that are part of a picture.
    forward : str
        Values, lines and text.
    backward, backward_text : str
        Gradients: lines and fills; text, which needs more contrast.
    highlight : str
        The ground behind what is spoken of, in the formula and in the diagram.
    changed, changed_ink : str
        The ground and the text of a quantity that has just been updated.
    pressed : str
        The ground of a control under the pointer.
    """

    name: str
    paper: str
    ink: str
    quiet: str
    faint: str
    rule: str
    axis: str
    forward: str
    backward: str
    backward_text: str
    highlight: str
    changed: str
    changed_ink: str
    pressed: str

    @property
    def dark(self) -> bool:
        """Whether light ink stands on dark paper."""
        return QColor(self.paper).lightness() < 128

    @property
    def outlined(self) -> bool:
        """Whether what is lit has an outline too: where its ground alone is hard to see."""
        return self.name in ("contrast", "print")


LIGHT = Theme(
    name="light",
    paper="#fdfdfb",
    ink="#1b1b1b",
    quiet="#5a5a55",
    faint="#73736e",
    rule="#e3e2dc",
    axis="#8a8a85",
    forward="#0072b2",
    backward="#d55e00",
    backward_text="#b24a00",
    highlight="#fff3c9",
    changed="#f0e442",
    changed_ink="#1b1b1b",
    pressed="#f1f0eb",
)

DARK = Theme(
    name="dark",
    paper="#15171a",
    ink="#ececea",
    quiet="#b6b6b0",
    faint="#858681",
    rule="#2c2f33",
    axis="#7b7c77",
    forward="#56b4e9",
    backward="#ff8a33",
    backward_text="#ff8a33",
    highlight="#4a3d12",
    changed="#f0e442",
    changed_ink="#1b1b1b",
    pressed="#22252a",
)

CONTRAST = Theme(
    name="contrast",
    paper="#000000",
    ink="#ffffff",
    quiet="#dcdcdc",
    faint="#a8a8a8",
    rule="#7a7a7a",
    axis="#c8c8c8",
    forward="#6cc7ff",
    backward="#ffa04d",
    backward_text="#ffa04d",
    highlight="#4d4000",
    changed="#ffee00",
    changed_ink="#000000",
    pressed="#333333",
)

PRINT = Theme(
    name="print",
    paper="#ffffff",
    ink="#000000",
    quiet="#454545",
    faint="#707070",
    rule="#b0b0b0",
    axis="#555555",
    forward="#00508a",
    backward="#9c3f00",
    backward_text="#9c3f00",
    highlight="#ececec",
    changed="#dcdcdc",
    changed_ink="#000000",
    pressed="#eeeeee",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST, PRINT)}


def role_colour(theme: Theme, role: str) -> QColor:
    """Colour of a formula's role; an unknown or empty role is ink.

    The roles are ``"ink"``, ``"quiet"``, ``"faint"``, ``"forward"``, ``"backward"`` (as text) and
    ``"changed"``; ``"on changed"`` is what stands on the changed ground.
    """
    colours = {
        "quiet": theme.quiet,
        "faint": theme.faint,
        "forward": theme.forward,
        "backward": theme.backward_text,
        "changed": theme.ink,
        "on changed": theme.changed_ink,
    }
    return QColor(colours.get(role, theme.ink))


class Appearance(QObject):
    """The theme and the text size in use; every view repaints on `changed`."""

    #: The theme, the text size or the formulas' face is another one now.
    changed = Signal()

    def __init__(self, theme: Theme = LIGHT, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text_size = 100
        self._fonts: dict[tuple[int, bool], QFont] = {}
        use_typeface("math")

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self._theme

    @property
    def text_size(self) -> int:
        """The text size in per cent."""
        return self._text_size

    def set_theme(self, theme: Theme) -> None:
        """Use other colours everywhere."""
        if theme is not self._theme:
            self._theme = theme
            self._apply()

    def set_text_size(self, per_cent: int) -> None:
        """Set all text larger or smaller, between the ends of `TEXT_SIZES`."""
        per_cent = max(TEXT_SIZES[0], min(per_cent, TEXT_SIZES[-1]))
        if per_cent != self._text_size:
            self._text_size = per_cent
            self._apply()

    def set_typeface(self, face: MathFace) -> None:
        """Set formulas in another face everywhere."""
        if face != typeface():
            use_typeface(face)
            self.changed.emit()

    def larger(self) -> None:
        """Take the next larger text size."""
        self.set_text_size(next((s for s in TEXT_SIZES if s > self._text_size), TEXT_SIZES[-1]))

    def smaller(self) -> None:
        """Take the next smaller text size."""
        self.set_text_size(
            next((s for s in reversed(TEXT_SIZES) if s < self._text_size), TEXT_SIZES[0])
        )

    def normal(self) -> None:
        """Go back to a text size of 100 %."""
        self.set_text_size(100)

    def pixels(self, size: float) -> float:
        """Scale a length of the 100 % design to the text size in use."""
        return size * self._text_size / 100

    def font(self, size: float = BODY, *, bold: bool = False) -> QFont:
        """Return the typeface for words at `size` design pixels."""
        key = (max(1, round(self.pixels(size))), bold)
        if key not in self._fonts:  # a plot asks dozens of times a frame
            font = QFont(QApplication.font())
            font.setPixelSize(key[0])
            font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            self._fonts[key] = font
        return QFont(self._fonts[key])

    def dress(self) -> None:
        """Give the application the palette, the font and the style sheet of this appearance."""
        self._fonts.clear()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        font = QFont(application.font())
        font.setPixelSize(max(1, round(self.pixels(BODY))))
        application.setFont(font)
        application.setPalette(palette(self._theme))
        application.setStyleSheet(style_sheet(self._theme, self._text_size, CAPTION, SMALL))

    def _apply(self) -> None:
        self.dress()
        self.changed.emit()


def load_fonts() -> str:
    """Load the bundled typeface for words and return the family to use.

    Falls back to whatever the system offers for sans-serif when the files are missing.
    """
    families: list[str] = []
    for path in (FONTS / name for name in FACES):
        identifier = QFontDatabase.addApplicationFont(str(path))
        if identifier >= 0:
            families += QFontDatabase.applicationFontFamilies(identifier)
    return families[0] if families else QFont().defaultFamily()
