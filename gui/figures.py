"""The figures of the descent lab: what one is, and the list of all there are.

How to add one
--------------
Write a class in `gui.plots` that is a `Figure`, and one line in `FIGURES`::

    class GradientFlow(Figure):
        def __init__(self, workbench: Workbench) -> None:
            self.widget = QWidget()          # no title: the frame writes the list's
            ...

        def show_moment(self, moment: Moment) -> None:
            ...                              # draw this moment, nothing else

    FIGURES = (..., Entry("flow", "Gradient flow", "…", "gui.plots.gradient_flow:GradientFlow"))

What a figure may rely on
-------------------------
- It is built when it is first shown, with the `Workbench`: `workbench.appearance` for fonts and
  colours, `workbench.document` for the document, `workbench.apply(name, edit, merge_key)` to change
  it. Dragging a weight is an edit (`edits.set_weight`), and so are choosing a start
  (`edits.set_weight` of several), moving a sample (`engine.workspace.learning`), a sample in focus.
  A run begins anew from weights set by hand, and a new moment comes of itself.
- `show_moment` is called in the GUI thread only while the figure is shown. While training runs the
  figures take turns, and nothing of it is seen until all of them are ready (`gui.figure_round`);
  what takes longer than 2 ms goes on in `complete`. Once it rests, all are drawn. It draws the
  moment it is given and appends nothing: the same moment drawn twice is the same picture. The
  same figure may be given an earlier step (scrubbing), another network, other data at any time.
- Axes do not jump while `moment.running`.
- Once training rests (`moment.running` false), `refine` is called from the event loop until it
  returns False: draw finer a piece at a time, each under 15 ms.
- `table` gives what is drawn as columns of numbers, for CSV; the frame exports PNG and SVG itself.
- A figure in which a step of the run can be chosen has a signal `step_wished(int)`.
- Controls of its own stand inside its widget. Signals and timers of its own stop when it is hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from PySide6.QtWidgets import QWidget

from gui.bridge import Workbench
from gui.moment import Moment

#: A name and its numbers; columns may differ in length.
Column = tuple[str, Sequence[float]]


class Figure(Protocol):
    """A picture of a training step; see this module's docstring."""

    widget: QWidget

    def show_moment(self, moment: Moment) -> None:
        """Draw one step."""

    def complete(self, until: float) -> bool:
        """Go on with what `show_moment` left unfinished of a moment that runs.

        Parameters
        ----------
        until : float
            How long, as `time.perf_counter` tells it.

        Returns
        -------
        bool
            Whether nothing of the moment is missing any more.
        """
        return True

    def refine(self) -> bool:
        """Draw the last moment finer, for up to 15 ms; return whether there is more to do."""
        return False

    def table(self) -> Sequence[Column]:
        """Return what is drawn as columns of numbers."""
        return ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure in the list.

    Parameters
    ----------
    key : str
        Never changed: preferences remember it.
    title : str
        As the list and the frame write it.
    words : str
        What is to be seen, as one sentence.
    place : str
        ``"module:class"``; imported when first shown.
    brief : str
        The title where there is little room for it.
    full : bool
        Whether only the full window offers it, and not the simple one.
    """

    key: str
    title: str
    words: str
    place: str
    brief: str = ""
    full: bool = True

    @property
    def short(self) -> str:
        """The title, where there is little room for it."""
        return self.brief or self.title

    def build(self, workbench: Workbench) -> Figure:
        """Return the figure."""
        module, _, name = self.place.partition(":")
        figure: Figure = getattr(import_module(module), name)(workbench)
        return figure


FIGURES: tuple[Entry, ...] = (
    Entry(
        "loss",
        "Loss",
        "The cost against the step.",
        "gui.plots.loss_figure:LossFigure",
        full=False,
    ),
    Entry(
        "cost",
        "Cost along one parameter",
        "The cost against one weight, with the slope and the step it leads to.",
        "gui.plots.cost_figure:CostFigure",
        "One parameter",
        full=False,
    ),
    Entry(
        "landscape",
        "Landscape",
        "The cost over two weights, from above or from the side, with the way of the run.",
        "gui.plots.landscape_figure:LandscapeFigure",
        full=False,
    ),
    Entry(
        "race",
        "Optimisers",
        "All optimisers side by side from the same start, with the numbers inside.",
        "gui.plots.race_figure:RaceFigure",
    ),
    Entry(
        "rate",
        "Learning rate",
        "What every learning rate would reach in 50 steps: too small, good, too large.",
        "gui.plots.rate_figure:RateFigure",
    ),
    Entry(
        "computed",
        "What it computes",
        "The curve over one input or the map over two, with the samples to move.",
        "gui.plots.computed_figure:ComputedFigure",
        full=False,
    ),
    Entry(
        "flow",
        "Gradient flow",
        "How much of the gradient reaches each layer, and why.",
        "gui.plots.flow_figure:FlowFigure",
    ),
    Entry(
        "spread",
        "Histograms",
        "How activations, weights and gradients are spread.",
        "gui.plots.histogram_figure:HistogramFigure",
    ),
    Entry(
        "activation",
        "Activation",
        "A neuron’s curve and slope, and where its samples stand on them.",
        "gui.plots.activation_figure:ActivationFigure",
    ),
    Entry(
        "samples",
        "Every sample",
        "The gradient of each sample, and the mean they come to.",
        "gui.training.samples_figure:SamplesFigure",
    ),
    Entry(
        "update",
        "Update in numbers",
        "Every quantity of the next update, and the rule of one weight line by line.",
        "gui.training.update_figure:UpdateFigure",
        "Update",
    ),
    Entry(
        "check",
        "Gradient check",
        "One slope against nudges of every width, and where the error is least.",
        "gui.plots.check_figure:CheckFigure",
        "Check",
    ),
)
