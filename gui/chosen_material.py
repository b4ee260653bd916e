"""What was chosen for an export, gathered from the window: steps, a diagram or a plot, a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from engine.formula.card import Card
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.export.choice import Choice, chosen_cards
from gui.export.files import ExportError
from gui.export.material import Alone, Material, Progress, words_of
from gui.exporting import cards_in, diagram_of
from gui.widgets.plot_pictures import PlotPicture


def material_of(document: Document, cards: Sequence[Card], title: str | None = None) -> Material:
    """Return cards with their scene; without a `title`, several have the scene's."""
    shown = _title(document) if title is None and len(cards) > 1 else title or ""
    return Material(tuple(cards), shown, document, diagram_of(document))


def gathered(
    choice: Choice,
    workbench: Workbench,
    cards: Sequence[Card],
    index: int,
    plots: Mapping[str, PlotPicture],
    title: str | None,
    progress: Progress,
) -> Material:
    """Return what is chosen, in the chosen notation.

    Parameters
    ----------
    choice : Choice
    workbench : Workbench
    cards : sequence of Card
        All steps, in the window's notation.
    index : int
        The present one; -1 where there is none.
    plots : mapping of str to PlotPicture
        Those that are shown, by their names.
    title : str, optional
        The scene's without it.
    progress : callable
        Told how many steps are ready.
    """
    document = workbench.document
    if choice.notation is not None and choice.notation != document.notation:
        document = replace(document, notation=choice.notation)
        cards = cards_in(document, workbench.showing.view)
    if not choice.of_steps:
        chosen = [cards[index]] if 0 <= index < len(cards) else []
        alone = _alone(choice, document, chosen, plots)
        return replace(material_of(document, (), _title(document)), alone=alone)
    places = _places(choice, cards, index)
    made: list[Card] = []
    for done, place in enumerate(places):  # a large network's cards are told one by one
        progress(done, len(places))
        made.append(cards[place])
    return material_of(document, made, title)


def file_name(choice: Choice, cards: Sequence[Card], index: int) -> str:
    """Return ``step-B3.png``, ``backward.pdf``, ``derivation.pptx`` or ``diagram.svg``."""
    name = choice.what if choice.what in ("diagram", "plot") else "derivation"
    if choice.what in ("step", "phase") and 0 <= index < len(cards):
        card = cards[index]
        name = f"step-{card.label}" if choice.what == "step" else card.phase
    return name + choice.format.ending


def free(path: Path) -> Path:
    """Return the path, numbered where there is a file of that name."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem}-{number}")
    return found


def _title(document: Document) -> str:
    return document.scene if document.workspace != "function" else document.reading


def _alone(
    choice: Choice, document: Document, chosen: Sequence[Card], plots: Mapping[str, PlotPicture]
) -> Alone:
    if choice.what == "diagram":
        drawing = diagram_of(document)(chosen[0] if chosen else None, choice.look.theme)
        if drawing is None:
            raise ExportError("There is no diagram here.", hint="Choose the steps.")
        return Alone(drawing, "Diagram", words_of(drawing))
    plot = plots.get(choice.plot) or next(iter(plots.values()), None)
    if plot is None:
        raise ExportError("There is no plot here.", hint="Open one, or choose the steps.")
    return Alone(plot, plot.name, plot.words, plot.table)


def _places(choice: Choice, cards: Sequence[Card], index: int) -> Sequence[int]:
    if choice.what == "all":
        return range(len(cards))
    if choice.what == "chosen":
        wanted = {card.label for card in chosen_cards(cards, choice.chosen)}
        return [at for at, card in enumerate(cards) if card.label in wanted]
    if not 0 <= index < len(cards):
        return ()
    if choice.what == "step":
        return (index,)
    phase = cards[index].phase
    return [at for at, card in enumerate(cards) if card.phase == phase]
