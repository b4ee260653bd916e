import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from gui.plots.histograms import BINS, HistogramAxes, Histograms, Spread, SpreadView


def seen(key="all", scale=1.0, count=400):
    draw = np.random.default_rng(3)
    return SpreadView(
        key,
        (
            Spread("a", "activations", draw.uniform(-1, 1, count), "forward"),
            Spread("w", "weights", draw.normal(size=count) * scale),
            Spread("∂J/∂w", "gradients", draw.normal(size=count) * 1e-4, "backward"),
        ),
        "all layers, 400 samples",
    )


@pytest.fixture
def plot(qtbot, appearance):
    plot = Histograms(appearance)
    plot.resize(600, 260)
    qtbot.addWidget(plot)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.show_spreads(seen())
    return plot


def test_every_finite_value_is_counted_once(plot):
    for axes in plot.axes:
        assert axes.counts.sum() == 400
        assert len(axes.counts) == BINS
    view = seen()
    view.spreads[1].values[:7] = np.nan
    plot.show_spreads(view)
    assert plot.axes[1].counts.sum() == 393


def test_the_axes_stay_while_the_values_stay_between(plot):
    before = [axes.range for axes in plot.axes]
    plot.show_spreads(seen(scale=0.97))
    assert [axes.range[:2] for axes in plot.axes] == [ends[:2] for ends in before]
    plot.show_spreads(seen(scale=9.0))
    assert plot.axes[1].range[1] > before[1][1]


def test_another_layer_has_axes_of_its_own(plot):
    plot.show_spreads(seen(scale=9.0))
    plot.show_spreads(seen("2", scale=1.0))
    assert plot.axes[1].range[1] < 5


def test_mean_and_spread_are_said(plot):
    assert "standard deviation" in plot.axes[1].accessibleDescription()
    assert plot.caption.text().startswith("activations, weights and gradients")


def test_the_arrow_keys_go_through_the_layers(plot, qtbot):
    options = [("", "all", "all layers"), ("", "1", "layer 1"), ("", "2", "layer 2")]
    plot.layer.set_options(options, "all")
    chosen = []
    plot.layer_chosen.connect(chosen.append)
    for _ in range(3):
        QTest.keyClick(plot.layer, Qt.Key.Key_Down)
    QTest.keyClick(plot.layer, Qt.Key.Key_Up)
    assert chosen == ["1", "2", "1"]
    assert plot.layer.text() == "layer 1 ▾"
    assert plot.layer.accessibleName() == "layer: layer 1"


def test_nothing_and_one_value_draw(plot):
    view = seen()
    spreads = tuple(
        Spread(each.name, each.words, np.zeros(n)) for n, each in enumerate(view.spreads)
    )
    plot.show_spreads(SpreadView("none", spreads, ""))
    plot.grab()


def test_the_columns_are_the_bins(plot):
    columns = {name: np.array(values) for name, values in plot.table()}
    assert len(columns) == 9
    assert columns["w count"].sum() == 400
    assert (columns["w to"] > columns["w from"]).all()


def test_every_bin_with_a_value_is_seen_in_a_narrow_plot(qtbot, appearance):
    axes = HistogramAxes(appearance)
    qtbot.addWidget(axes)
    axes.resize(84, 140)
    axes.show_spread(Spread("a", "activations", np.array([0.0, 0.5, 1.0]), "forward"), anew=True)
    picture = axes.grab().toImage()
    inner = axes.inner().toRect()
    blue = QColor(axes.theme.forward)
    columns = {
        x
        for x in range(inner.left(), inner.right() + 1)
        for y in range(inner.top(), inner.bottom())
        if abs(picture.pixelColor(x, y).hue() - blue.hue()) < 12
        and picture.pixelColor(x, y).saturation() > 40
    }
    assert len(columns) >= 3
