"""How Qt's own widgets are dressed: the palette and the one style sheet of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from gui.theme import Theme


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


def style_sheet(theme: Theme, per_cent: int, caption: int, small: int) -> str:
    """Return the one style sheet of the application.

    Widgets say what they are by dynamic properties: a QPushButton's ``kind`` is empty (outlined),
    ``"filled"`` (one per window), ``"quiet"`` (a word one can press), ``"value"`` (what is chosen,
    in ink) or ``"choice"`` (a word that stays pressed); a QLabel's ``tone`` is
    ``"quiet"``, ``"faint"``, ``"forward"`` or ``"backward"`` and its ``rank`` ``"caption"``,
    ``"small"``; a QFrame with ``rule`` true is a thin line.

    Parameters
    ----------
    theme : Theme
    per_cent : int
        The text size.
    caption, small : int
        Heights of these letters at 100 per cent, in pixels.
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
        font-weight: 400; font-size: {px(caption)};
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
    QPushButton[kind="quiet"][rank="caption"] {{ font-size: {px(caption)}; }}
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
    QLabel[rank="caption"] {{ font-size: {px(caption)}; }}
    QLabel[rank="small"] {{ font-size: {px(small)}; }}
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
