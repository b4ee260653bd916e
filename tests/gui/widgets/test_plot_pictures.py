"""Any plot leaves the window as shapes within its axes, as pixels, and as its numbers."""

from __future__ import annotations

import csv
import io
import re
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.export.formats import format_called
from gui.export.material import Alone, Look, Material
from gui.widgets.plot_numbers import csv_bytes
from gui.widgets.plot_pictures import PlotPicture
from gui.widgets.shown_plots import plots_in


class Painted(QWidget):
    """A plot that pyqtgraph has no part in."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("plot", True)
        self.setAccessibleName("Painted")

    def paintEvent(self, event: object) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor("#123456"))


def png(plot: PlotPicture, scale: float) -> bytes:
    material = Material((), alone=Alone(plot, plot.name, plot.words, plot.table))
    return format_called("png").make(material, Look(scale=scale))


def svg(plot: PlotPicture, *, text: bool = False) -> str:
    material = Material((), alone=Alone(plot, plot.name, plot.words, plot.table))
    return format_called("svg").make(material, Look(text=text)).decode()


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A page with a plot of pyqtgraph's under a caption, a painted one, and a button."""
    page, left = QWidget(), QWidget()
    plot = pg.PlotWidget(background="w")
    plot.setAccessibleName("Steep")
    x = np.linspace(-3, 3, 101)
    plot.plot(x, 1e3 * x, pen=pg.mkPen("#00aa00", width=2), name="line")
    plot.addItem(pg.ScatterPlotItem([0.0], [0.5], brush="#aa0000", pen=None))
    plot.setRange(xRange=(-3, 3), yRange=(-1, 1), padding=0)
    inner = QVBoxLayout(left)
    inner.addWidget(QLabel("A caption"))
    inner.addWidget(plot)
    column = QVBoxLayout(page)
    for part in (left, QPushButton("Press"), Painted()):
        column.addWidget(part, 1)
    page.resize(400, 700)
    qtbot.addWidget(page)
    page.show()
    return page


def test_plots_are_found_with_their_captions_and_without_controls(page: QWidget) -> None:
    steep, painted = plots_in(page)
    assert (steep.name, painted.name) == ("Steep", "Painted")
    assert steep.widget.findChildren(QLabel)
    assert not steep.widget.findChildren(QPushButton)


def test_a_hidden_plot_is_not_offered(page: QWidget) -> None:
    page.findChildren(pg.PlotWidget)[0].parentWidget().hide()
    assert [each.name for each in plots_in(page)] == ["Painted"]


def test_the_numbers_come_back_exactly(page: QWidget) -> None:
    steep, painted = plots_in(page)
    rows = list(csv.reader(io.StringIO(csv_bytes(steep.table()).decode())))
    assert rows[0][:2] == ["x", "line"]
    assert len(rows) == 102
    assert [float(row[1]) for row in rows[1:]] == list(1e3 * np.linspace(-3, 3, 101))
    assert rows[2][2] == ""
    assert not painted.table()
    assert csv_bytes([("a", [1.0, float("nan")])]) == b'a\n1.0\n""\n'


def test_a_plot_is_drawn_in_shapes_within_its_axes(page: QWidget) -> None:
    source = svg(plots_in(page)[0])
    ElementTree.fromstring(source)
    assert "<image" not in source
    assert "<text" not in source
    assert "non-scaling-stroke" not in source
    assert "clip-path" in source
    line = re.search(r'stroke="#00aa00".*?</g>', source, re.DOTALL)
    assert line
    assert re.search(r"points=\"\d+\.?\d*,\d+", line[0])  # pixels of the page
    assert re.search(r"<title>Steep</title>", source)
    assert svg(plots_in(page)[0]) == source
    assert "<text" in svg(plots_in(page)[0], text=True)


def test_lines_grow_with_the_picture(page: QWidget) -> None:
    shares = []
    for scale in (1, 3):
        image = QImage.fromData(png(plots_in(page)[0], scale))
        flat = image.convertToFormat(QImage.Format.Format_RGBX8888)
        whole = bytes(flat.constBits())
        pairs = zip(whole[0::4], whole[1::4], strict=True)
        green = sum(over > red + 60 for red, over in pairs) / scale
        shares.append(green / (image.width() * image.height() / scale))
        assert QColor(image.pixel(3, image.height() - 3)).lightness() > 200
    assert shares[0] > 0.001
    assert 0.5 < shares[0] / shares[1] < 2  # a thin line would be a third


def test_a_painted_plot_is_a_picture_too(page: QWidget) -> None:
    image = QImage.fromData(png(plots_in(page)[1], 1))
    assert image.pixelColor(image.width() // 2, image.height() // 2).name() == "#123456"
    assert "#123456" in svg(plots_in(page)[1])


def test_a_frame_names_its_figure_and_has_its_numbers(page: QWidget, qtbot: QtBot) -> None:
    frame = QWidget(page)
    inner = Painted()
    frame.figure = SimpleNamespace(widget=inner, table=lambda: (("step", [1.0]),))
    frame.entry = SimpleNamespace(title="Loss", words="The cost against the step.")
    QVBoxLayout(frame).addWidget(inner)
    page.layout().addWidget(frame)
    with qtbot.waitExposed(page):
        frame.show()
    last = plots_in(page)[-1]
    assert (last.name, last.words) == ("Loss", "The cost against the step.")
    assert csv_bytes(last.table()) == b"step\n1.0\n"
    assert len(plots_in(page)) == 3
