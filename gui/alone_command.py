"""A diagram or a plot alone, without a window on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QWidget

from engine.formula.card import Card
from engine.network.schedule import schedule
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.export.choice import Choice
from gui.export.files import ExportError
from gui.export.material import Alone, Look, words_of
from gui.exporting import diagram_of, set_up
from gui.figures import FIGURES, Entry

if TYPE_CHECKING:
    from gui.figure_frame import FigureFrame
    from gui.main_window import MainWindow
    from gui.widgets.plot_pictures import PlotPicture

#: Seconds after which a figure that still gets finer is taken as it is.
PATIENCE = 20.0
_kept: list[tuple[QWidget, Workbench]] = []


def let_go() -> None:
    """Close the windows that plots were taken from."""
    while _kept:
        window, workbench = _kept.pop()
        workbench.gather()
        workbench.mark_saved()  # so that closing asks nothing
        window.close()
        window.deleteLater()


@dataclass(frozen=True, slots=True)
class Wish:
    """Which plot is wanted.

    Parameters
    ----------
    plot : str
        Its name, its beginning, or the key of a figure of the descent lab; empty for the first.
    trained : int
        After so many steps of training; only the lab's figures show it.
    """

    plot: str = ""
    trained: int = 0


def alone_of(
    what: str,
    document: Document | None,
    told: Sequence[Card],
    look: Look,
    kind: str,
    wish: Wish = Wish(),
) -> Alone:
    """Return the diagram, or a plot, at the last of the cards.

    Parameters
    ----------
    what : {"diagram", "plot"}
    document : Document or None
        The scene.
    told : sequence of Card
    look : Look
    kind : str
        The format's key.
    wish : Wish

    Raises
    ------
    ExportError
        Where there is no scene, or nothing to draw in it, or no plot of that name.
    """
    if document is None:
        raise ExportError(f"There is no {what} of this.", hint="Ask for the steps.")
    if what == "diagram":
        drawing = diagram_of(document)(told[-1] if told else None, look.theme)
        assert drawing is not None
        return Alone(drawing, "Diagram", words_of(drawing))
    if wish.trained < 0:
        raise ExportError("A training has no fewer steps than none.", hint="Write --trained 100.")
    offers = [] if wish.trained else _on_the_side(_at(document, told), look, kind)
    if document.workspace != "function":
        offers += [_in_the_lab(entry, document, look, kind, wish.trained) for entry in FIGURES]
    return _chosen(offers, wish.plot).take()


@dataclass(frozen=True, slots=True)
class _Offer:
    """A plot that can be had: its title, what else it is called, and how it is drawn."""

    title: str
    take: Callable[[], Alone]
    key: str = ""


def _chosen(offers: Sequence[_Offer], name: str) -> _Offer:
    """Return the plot that is called so, or alone begins so; without a name the first one."""
    if not offers:
        raise ExportError("There is no plot of this.", hint="Ask for the steps or the diagram.")
    wanted = name.casefold()
    for each in offers:
        if wanted in ("", each.key, each.title.casefold()):
            return each
    begun = [each for each in offers if each.title.casefold().startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    titles = ", ".join(f"“{each.title}”" for each in begun or offers)
    fault = f"“{name}” may be several plots." if begun else f"There is no plot “{name}”."
    raise ExportError(fault, hint=f"Write one of {titles}.")


def _on_the_side(document: Document, look: Look, kind: str) -> list[_Offer]:
    """Return what is shown beside the steps, the last plot first: it is always drawn."""
    from gui.widgets.shown_plots import plots_in

    window = _window(document, look, kind)
    plots = [plot for plot in plots_in(window.sides.open_side) if plot.table()]

    def take(plot: PlotPicture) -> Callable[[], Alone]:
        return lambda: Alone(plot, plot.name, plot.words, plot.table)

    return [_Offer(plot.name, take(plot)) for plot in reversed(plots)]


def _in_the_lab(entry: Entry, document: Document, look: Look, kind: str, trained: int) -> _Offer:
    """Return a figure of the descent lab, after so many steps."""

    def take() -> Alone:
        from gui.widgets.plot_pictures import PlotPicture

        window = _window(replace(document, workspace="descent"), look, kind)
        lab = window.sides.fill_descent()
        if lab.session.run is None:
            raise ExportError(lab.session.trouble)
        lab.session.steps(trained)
        lab.show_figure(entry.key)
        frame = lab.grid.frame(entry.key)
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.show()  # what is not shown is not drawn
        _rest(frame)
        plot = PlotPicture(frame.figure.widget, entry.title, entry.words, frame.figure.table)
        return Alone(plot, plot.name, plot.words, plot.table)

    return _Offer(entry.title, take, entry.key)


def _rest(frame: FigureFrame) -> None:
    """Wait until a figure is as fine as it gets."""
    from gui.plots.surveyor import Surveyor

    surveyors = frame.figure.widget.findChildren(Surveyor)
    until = perf_counter() + PATIENCE
    QApplication.processEvents()
    while perf_counter() < until and (
        frame.stale or frame.finer or not all(each.finished for each in surveyors)
    ):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def _window(document: Document, look: Look, kind: str) -> MainWindow:
    """Return a window that no one sees, in the colours of the file."""
    set_up()
    from gui.main_window import MainWindow
    from gui.showing import View
    from gui.theme import Appearance

    appearance = Appearance(Choice(kind=kind, look=look).worn)
    appearance.dress()
    workbench = Workbench(document, appearance)
    workbench.showing.set_view(View(full=True))  # whatever the window would begin with
    window = MainWindow(workbench)
    window.filling.finish()
    window.ensurePolished()
    window.grab()  # everything takes its place
    QApplication.processEvents()
    _kept.append((window, workbench))
    return window


def _at(document: Document, told: Sequence[Card]) -> Document:
    """Return the document as far as the last card."""
    if document.workspace == "function" or not told:
        return document
    labels = [step.label for step in schedule(document.network)]
    last = told[-1].label
    return replace(document, step=labels.index(last) + 1 if last in labels else document.step)
