"""Paper, ink and two directions: colours, typeface and sizes of everything on screen.

Colour means direction and nothing else: what runs forward is blue, what runs backward is
vermillion. Sign is a glyph and a dash, magnitude is a width, identity is a badge. No colour is
named anywhere else, but for the scale of the heat maps (`gui.heat`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from engine.formula.metrics import MathFace
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
        application.setStyleSheet(style_sheet(self._theme, self._text_size))

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


def palette(theme: Theme) -> QPalette:
    """Return the palette for what the style sheet does not reach (dialogs, selections)."""
    colours = QPalette()
    role = QPalette.ColorRole
    for group, name in (
        (role.Window, theme.paper),
        (role.Base, theme.paper),
        (role.AlternateBase, theme.pressed),
        (role.Button, theme.paper),
        (role.ToolTipBase, theme.paper),
        (role.WindowText, theme.ink),
        (role.Text, theme.ink),
        (role.ButtonText, theme.ink),
        (role.BrightText, theme.ink),
        (role.ToolTipText, theme.ink),
        (role.PlaceholderText, theme.quiet),
        (role.Highlight, theme.forward),
        (role.HighlightedText, theme.paper),
        (role.Link, theme.forward),
        (role.LinkVisited, theme.forward),
        (role.Light, theme.pressed),
        (role.Midlight, theme.rule),
        (role.Mid, theme.rule),
        (role.Dark, theme.axis),
        (role.Shadow, theme.axis),
    ):
        colours.setColor(group, QColor(name))
    for group in (role.WindowText, role.Text, role.ButtonText):
        colours.setColor(QPalette.ColorGroup.Disabled, group, QColor(theme.faint))
    return colours


def style_sheet(theme: Theme, per_cent: int = 100) -> str:
    """Return the one style sheet of the application.

    Widgets say what they are by dynamic properties: a QPushButton's ``kind`` is empty (outlined),
    ``"filled"`` (one per window), ``"quiet"`` (a word one can press), ``"value"`` (what is chosen,
    in ink) or ``"choice"`` (a word that stays pressed); a QLabel's ``tone`` is
    ``"quiet"``, ``"faint"``, ``"forward"`` or ``"backward"`` and its ``rank`` ``"caption"``,
    ``"small"``; a QFrame with ``rule`` true is a thin line.
    """

    def px(size: float) -> str:
        return f"{max(1, round(size * per_cent / 100))}px"

    round_handle = f"{max(1, round(14 * per_cent / 100)) // 2}px"  # more, and Qt draws a square
    handle = f"{max(1, round(7 * per_cent / 100) - 1)}px"  # so that its sides are equal
    return f"""
    QMainWindow, QDialog, QMenuBar, QMenu, QScrollArea, QAbstractScrollArea {{
        background: {theme.paper}; color: {theme.ink}; border: none;
    }}
    QDialogButtonBox, QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QToolTip {{
        background: {theme.paper}; color: {theme.ink}; border: 1px solid {theme.axis};
        padding: {px(3)} {px(6)};
    }}
    QPushButton {{
        background: {theme.paper}; color: {theme.ink}; border: 1px solid {theme.ink};
        border-radius: {px(7)}; padding: {px(7)} {px(15)}; font-weight: 600;
    }}
    QPushButton:hover {{ background: {theme.pressed}; }}
    QPushButton:disabled {{ color: {theme.faint}; border-color: {theme.faint}; }}
    QPushButton:focus {{
        border: 3px solid {theme.ink}; padding: {px(5)} {px(13)};
    }}
    QPushButton[kind="filled"] {{ background: {theme.ink}; color: {theme.paper}; }}
    QPushButton[kind="filled"]:hover {{ background: {theme.quiet}; border-color: {theme.quiet}; }}
    QPushButton[kind="filled"]:focus {{ border-color: {theme.axis}; }}
    QPushButton[kind="filled"]:disabled {{
        background: {theme.rule}; color: {theme.quiet}; border-color: {theme.rule};
    }}
    QPushButton[kind="value"] {{
        background: transparent; color: {theme.ink}; border: 2px solid transparent;
        border-radius: {px(4)}; padding: {px(2)} {px(4)}; font-weight: 400; text-align: left;
    }}
    QPushButton[kind="value"][opens="window"] {{ margin-left: -{px(5)}; }}
    QPushButton[kind="value"]:hover {{ background: {theme.pressed}; }}
    QPushButton[kind="value"]:focus {{ border-color: {theme.ink}; }}
    QPushButton[kind="value"]:disabled {{ color: {theme.faint}; }}
    QPushButton[kind="choice"] {{
        background: transparent; color: {theme.quiet}; border: none; border-radius: 0;
        border-bottom: 2px solid transparent; padding: {px(4)} {px(2)} {px(3)} {px(2)};
        font-weight: 400; font-size: {px(CAPTION)};
    }}
    QPushButton[kind="choice"]:hover {{ color: {theme.ink}; }}
    QPushButton[kind="choice"]:checked {{ color: {theme.ink}; border-bottom-color: {theme.ink}; }}
    QPushButton[kind="choice"]:focus {{ background: {theme.pressed}; color: {theme.ink}; }}
    QPushButton[kind="quiet"], QToolButton {{
        background: transparent; color: {theme.quiet}; border: 2px solid transparent;
        border-radius: {px(4)}; padding: {px(2)} {px(4)}; font-weight: 400;
    }}
    QPushButton[kind="quiet"]:hover, QToolButton:hover {{ color: {theme.ink}; }}
    QPushButton[kind="quiet"]:focus, QToolButton:focus {{
        border-color: {theme.ink}; color: {theme.ink};
    }}
    QPushButton[kind="quiet"]:disabled, QToolButton:disabled {{ color: {theme.faint}; }}
    QPushButton[kind="quiet"][rank="caption"] {{ font-size: {px(CAPTION)}; }}
    QPushButton[kind="tab"] {{
        background: transparent; color: {theme.quiet}; border: none; border-radius: 0;
        border-bottom: 2px solid transparent; padding: {px(12)} 0 {px(12)} 0; font-weight: 400;
    }}
    QPushButton[kind="tab"]:hover {{ color: {theme.ink}; }}
    QPushButton[kind="tab"]:checked {{
        color: {theme.ink}; border-bottom-color: {theme.ink}; font-weight: 600;
    }}
    QPushButton[kind="tab"]:focus {{ border-top: 2px solid {theme.ink}; padding-top: {px(10)}; }}
    QPushButton::menu-indicator, QToolButton::menu-indicator {{ image: none; width: 0; }}
    QLabel {{ background: transparent; color: {theme.ink}; }}
    QLabel[tone="quiet"] {{ color: {theme.quiet}; }}
    QLabel[tone="faint"] {{ color: {theme.faint}; }}
    QLabel[tone="forward"] {{ color: {theme.forward}; }}
    QLabel[tone="backward"] {{ color: {theme.backward_text}; }}
    QLabel[rank="caption"] {{ font-size: {px(CAPTION)}; }}
    QLabel[rank="small"] {{ font-size: {px(SMALL)}; }}
    QFrame[rule="true"] {{ background: {theme.rule}; border: none; }}
    QLineEdit {{
        background: transparent; color: {theme.ink}; border: none;
        border-bottom: 1px solid {theme.ink}; padding: {px(2)} {px(3)};
        selection-background-color: {theme.forward}; selection-color: {theme.paper};
    }}
    QLineEdit:focus {{ border-bottom: 2px solid {theme.ink}; }}
    QLineEdit[editor="true"], QLineEdit[editor="true"]:focus {{
        background: {theme.paper}; border: 2px solid {theme.ink}; border-radius: {px(4)};
        padding: 0 {px(2)}; font-weight: 600;
    }}
    QMenu {{ border: 1px solid {theme.rule}; padding: {px(4)} 0; }}
    QMenu::item {{ padding: {px(5)} {px(24)} {px(5)} {px(24)}; background: transparent; }}
    QMenu::item:selected {{ background: {theme.pressed}; color: {theme.ink}; }}
    QMenu::item:disabled {{ color: {theme.faint}; }}
    QMenu::separator {{ height: 1px; background: {theme.rule}; margin: {px(4)} 0; }}
    QSplitter::handle {{ background: {theme.rule}; }}
    QSplitter::handle:hover {{ background: {theme.axis}; }}
    QTreeView::item {{ padding: {px(1)} 0; }}
    QTableView, QTreeView {{
        background: {theme.paper}; color: {theme.ink}; border: none; gridline-color: transparent;
        selection-background-color: {theme.highlight}; selection-color: {theme.ink};
    }}
    QHeaderView, QHeaderView::section, QTableCornerButton::section {{
        background: {theme.paper}; color: {theme.quiet}; border: none; font-weight: 400;
    }}
    QScrollBar {{ background: transparent; border: none; margin: 0; }}
    QScrollBar:vertical {{ width: {px(10)}; }}
    QScrollBar:horizontal {{ height: {px(10)}; }}
    QScrollBar::handle {{
        background: {theme.rule}; border-radius: {px(4)}; min-height: 24px; min-width: 24px;
        margin: 1px;
    }}
    QScrollBar::handle:hover {{ background: {theme.axis}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QSlider::groove:horizontal {{ height: 2px; background: {theme.quiet}; border-radius: 1px; }}
    QSlider::handle:horizontal {{
        width: {px(14)}; height: {px(14)}; margin: -{handle} 0; border-radius: {round_handle};
        background: {theme.forward};
    }}
    QSlider::handle:horizontal:focus {{ border: 2px solid {theme.ink}; }}
    """
