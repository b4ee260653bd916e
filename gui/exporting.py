"""Diagrams for exports: what the rooms of the window draw, handed to the room that exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from engine.formula.card import Card
from engine.network.schedule import schedule
from engine.workspace.document import Document
from gui.export.material import Drawing
from gui.showing import View
from gui.theme import Theme

_kept: list[QGuiApplication] = []


def diagram_of(document: Document) -> Callable[[Card | None, Theme], Drawing | None]:
    """Return what draws the open side of a document, at the step of a card.

    Parameters
    ----------
    document : Document

    Returns
    -------
    callable
        Of a card (none: before the first step) and a theme; without a window it sets up what Qt
        needs to set words.
    """
    if document.workspace != "function":
        places = {step.label: at for at, step in enumerate(schedule(document.network), start=1)}

        def network(card: Card | None, theme: Theme) -> Drawing:
            set_up()
            from gui.diagram.arrangement import LARGE, arrange
            from gui.diagram.content import content_of
            from gui.diagram.network_picture import NetworkPicture

            step = places.get(card.label, 0) if card else 0
            arrangement = arrange(document.network, LARGE, placement=document.placement)
            content = content_of(replace(document, step=step, workspace="network"))
            return NetworkPicture(arrangement, content, theme)

        return network

    def boxes(card: Card | None, theme: Theme) -> Drawing:
        set_up()
        from gui.diagram.boxes_picture import BoxesPicture, BoxesView
        from gui.function_scene import look

        scene = look(document)
        lit = (
            card.lit - {f"edge:{scene.worked.output}/{document.variable}"} if card else frozenset()
        )
        graph, told = scene.worked.graph, card is not None
        view = BoxesView(graph, scene.point, document.notation, lit=lit, slopes=told)
        return BoxesPicture(view, frozenset(), theme)

    return boxes


def cards_in(document: Document, view: View | None = None) -> Sequence[Card]:
    """Return all cards of the open side of a document, in its notation, with the lines shown."""
    if document.workspace != "function":
        from gui.network_steps import cards_of

        return cards_of(document, view or View())
    from gui.function_work import work

    return work(document).cards


def set_up() -> None:
    """Start what Qt needs to measure words, where no window has done it."""
    if QApplication.instance() is None:
        from gui.theme import load_fonts

        application = QApplication([])
        font = application.font()
        font.setFamily(load_fonts())
        application.setFont(font)
        _kept.append(application)
