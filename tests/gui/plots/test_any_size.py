"""Numbers of any size are borne by every plot of the cost, with or without a picture."""

from dataclasses import replace

import pytest

from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.plots.cost_figure import CostFigure
from gui.plots.landscape_figure import LandscapeFigure
from gui.plots.loss_figure import LossFigure
from gui.plots.race_figure import RaceFigure
from gui.plots.rate_figure import RateFigure
from tests.gui.plots.moments import lesson, moment_of

KINDS = (LossFigure, CostFigure, LandscapeFigure, RaceFigure, RateFigure)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [0.0, 1e-300, 1e-9, 1e5, 1e12, 1e80, 1e200])
def test_weights_of_any_size(qtbot, appearance, kind, size):
    network = Document().network.with_parameters({"w1": size, "w2": -size, "b1": size})
    for document in (replace(Document(), network=network), lesson((size, size))):
        figure = kind(Workbench(document, appearance))
        qtbot.addWidget(figure.widget)
        figure.widget.resize(420, 300)
        figure.widget.show()
        for steps in (0, 2):
            figure.show_moment(moment_of(document, steps))
            for _ in range(30):
                if not figure.refine():
                    break
            figure.widget.grab()
        qtbot.wait(1)
        if kind is LandscapeFigure:
            figure.plot.side.click()
            figure.widget.grab()
            figure.plot.zoom(1)
            figure.plot.zoom(-2)
        figure.table()
        figure.widget.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rate", [0.0, 1e-30, 50.0, 1e9])
def test_learning_rates_of_any_size(qtbot, appearance, kind, rate):
    document = lesson((0.5, -0.499), rate)
    figure = kind(Workbench(document, appearance))
    qtbot.addWidget(figure.widget)
    figure.widget.resize(420, 300)
    figure.widget.show()
    for steps in (0, 1, 8):
        figure.show_moment(moment_of(document, steps))
        figure.refine()
        figure.widget.grab()
    figure.widget.close()
