"""Cards for the clipboard: a picture, LaTeX and plain text at once, each program takes its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from engine.formula.card import Card
from engine.formula.latex import latex
from engine.formula.plaintext import plaintext
from gui.export.picture import derivation_picture
from gui.theme import Theme

#: What the pictures for documents are drawn at.
SCALE = 2


def clipboard_data(cards: Sequence[Card], title: str, theme: Theme) -> QMimeData:
    """Return what goes to the clipboard.

    Parameters
    ----------
    cards : sequence of Card
        One step, or all of a derivation.
    title : str
        Stands on top of the picture; may be empty.
    theme : Theme
        The picture's colours.

    Returns
    -------
    QMimeData
        An image; as text, each step in plain text and below it in LaTeX; LaTeX alone as
        ``application/x-latex``.
    """
    source = cards_latex(cards)
    data = QMimeData()
    data.setImageData(derivation_picture(cards, title, theme, SCALE))
    data.setText(f"{cards_text(cards)}\n\n{source}\n")
    data.setData("application/x-latex", source.encode())
    return data


def copy_cards(cards: Sequence[Card], title: str, theme: Theme) -> None:
    """Put cards on the clipboard; see `clipboard_data`."""
    QGuiApplication.clipboard().setMimeData(clipboard_data(cards, title, theme))


def let_go() -> None:
    """Take our data off a clipboard that ends with the process.

    Qt's platform without a screen frees it after Python is gone, which is a crash at the end.
    """
    if QGuiApplication.platformName() == "offscreen":
        QGuiApplication.clipboard().clear()


def cards_text(cards: Sequence[Card]) -> str:
    """Write cards as plain text: label, sentence, lines."""
    return "\n\n".join(f"{card.label}  {card.sentence}\n{plaintext(card.full)}" for card in cards)


def cards_latex(cards: Sequence[Card]) -> str:
    """Write the formulas of cards in LaTeX, each in a display of its own."""
    return "\n".join(f"\\[\n{latex(card.full)}\n\\]" for card in cards)
