"""A diagram or a plot alone, without a window on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QApplication, QWidget

from engine.formula.card import Card
from engine.network.schedule import schedule
from engine.workspace.document import Document
from gui.export.choice import Choice
from gui.export.files import ExportError
from gui.export.material import Alone, Look, words_of
from gui.exporting import diagram_of, set_up

_kept: list[QWidget] = []


def alone_of(
    what: str, document: Document | None, told: Sequence[Card], look: Look, kind: str
) -> Alone:
    """Return the diagram, or the first plot, at the last of the cards.

    Parameters
    ----------
    what : {"diagram", "plot"}
    document : Document or None
        The scene.
    told : sequence of Card
    look : Look
    kind : str
        The format's key.

    Raises
    ------
    ExportError
        Where there is no scene, or nothing to draw in it.
    """
    if document is None:
        raise ExportError(f"There is no {what} of this.", hint="Ask for the steps.")
    if what == "diagram":
        drawing = diagram_of(document)(told[-1] if told else None, look.theme)
        assert drawing is not None
        return Alone(drawing, "Diagram", words_of(drawing))
    set_up()
    from gui.bridge import Workbench
    from gui.main_window import MainWindow
    from gui.theme import Appearance
    from gui.widgets.plot_pictures import plots_in

    appearance = Appearance(Choice(kind=kind, look=look).worn)
    appearance.dress()
    window = MainWindow(Workbench(_at(document, told), appearance))
    window.filling.finish()
    window.ensurePolished()
    window.grab()  # everything takes its place
    QApplication.processEvents()
    _kept.append(window)
    plots = [plot for plot in plots_in(window.sides.open_side) if plot.table()]
    if not plots:
        raise ExportError("There is no plot of this.", hint="Ask for the steps or the diagram.")
    plot = plots[-1]
    return Alone(plot, plot.name, plot.words, plot.table)


def _at(document: Document, told: Sequence[Card]) -> Document:
    """Return the document as far as the last card."""
    if document.workspace == "function" or not told:
        return document
    labels = [step.label for step in schedule(document.network)]
    last = told[-1].label
    return replace(document, step=labels.index(last) + 1 if last in labels else document.step)
