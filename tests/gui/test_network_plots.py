"""A learner's way through the plots of what a network computes, in the lab, by real events."""

import csv

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.network.network import layered
from engine.network.readings import Readings
from engine.workspace import edits, learning
from engine.workspace.document import Document
from engine.workspace.training import Data, Training
from gui.theme import LIGHT

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
CONTROL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def document_for(source, sizes, activations, *, count=60, test_share=0.0):
    start = Document(
        workspace="descent",
        network=layered(sizes, activations, seed=1),
        x=(0.0,) * sizes[0],
        y=(0.0,) * sizes[-1],
        loss="binary cross-entropy" if activations[-1] == "sigmoid" else "half squared error",
        learning_rate=0.03,
        training=Training(optimizer="adam"),
    )
    return learning.set_data(start, Data(source, count, test_share=test_share))


@pytest.fixture
def lab(window, workbench):
    """Open the lab with the figure on the page that is asked for."""

    def open_with(figure, document):
        workbench.open(document)
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_3, CONTROL)
        lab = window.sides.descent
        lab.grid.choose([figure])
        return lab.grid.frame(figure).figure

    return open_with


def circle():
    return document_for("circle", (2, 6, 1), ["tanh", "sigmoid"], test_share=0.2)


def press(widget, key, modifier=PLAIN):
    widget.setFocus()
    QTest.keyClick(widget, key, modifier)


def test_the_map_learns_the_circle(lab, window):
    figure = lab("computed", circle())
    seen = figure.plot.map.seen
    assert (seen.line_name, seen.classes) == ("ŷ = 0.5", ("y = 0", "y = 1"))
    assert len(seen.points) == 60
    assert seen.points.held.sum() == 12
    window.sides.descent.session.steps(300)
    assert figure.plot.map.value_at(0.0, 0.0) > 0.9
    assert figure.plot.map.value_at(0.9, 0.9) < 0.1


def test_the_map_is_coarse_at_once_and_finer_at_rest(lab, window, qtbot):
    figure = lab("computed", circle())
    window.sides.descent.session.steps(5)
    qtbot.waitUntil(lambda: figure.plot.map.seen.values.shape == (160, 160))
    extent = figure.plot.map.seen.extent
    window.sides.descent.session.steps(5)
    assert figure.plot.map.seen.extent == extent


def test_a_sample_is_dragged_and_the_drag_is_one_undo(lab, workbench, window):
    figure = lab("computed", circle())
    before = workbench.document
    axes, points = figure.plot.map, figure.plot.map.points
    place = 7
    start = axes.pixel(float(points.across[place]), float(points.up[place])).toPoint()
    QTest.mousePress(axes, LEFT, PLAIN, start)
    for step in range(1, 16):
        QTest.mouseMove(axes, start + QPoint(step, -2 * step))
    QTest.mouseRelease(axes, LEFT, PLAIN, start + QPoint(15, -30))
    document = workbench.document
    assert document.data.source == "table"
    assert document.focus == place
    moved = axes.pixel(*document.data.rows[place][:2]) - axes.pixel(*before_row(before, place))
    assert moved.x() == pytest.approx(15, abs=1.5)
    assert moved.y() == pytest.approx(-30, abs=1.5)
    assert workbench.undo_name == "Move sample 8"
    workbench.undo()
    assert workbench.document.data == before.data


def before_row(document, place):
    return learning.focus(document, place).x


def test_samples_are_added_turned_and_removed_with_the_keyboard(lab, workbench):
    figure = lab("computed", circle())
    axes = figure.plot.map
    press(axes, KEY.Key_PageDown)
    assert workbench.document.focus == 1
    for _ in range(4):
        press(axes, KEY.Key_Right)
    press(axes, KEY.Key_Insert)
    document = workbench.document
    assert len(document.data.rows) == 61
    assert document.focus == 60
    wanted = document.data.rows[60][2]
    press(axes, KEY.Key_T)
    assert workbench.document.data.rows[60][2] == 1 - wanted
    press(axes, KEY.Key_Up, SHIFT)
    assert workbench.document.data.rows[60][1] > document.data.rows[60][1]
    press(axes, KEY.Key_Delete)
    assert len(workbench.document.data.rows) == 60


def test_the_wanted_value_is_typed(lab, workbench):
    figure = lab("computed", circle())
    field = figure.plot.row.wanted
    field.setFocus()
    QTest.keyClick(field, KEY.Key_Return)
    editor = QApplication.focusWidget()
    QTest.keyClicks(editor, "0,5")
    QTest.keyClick(editor, KEY.Key_Return)
    assert workbench.document.data.rows[0][2] == 0.5
    assert workbench.document.y == (0.5,)


def test_every_neuron_has_a_map(lab, workbench, window):
    figure = lab("computed", circle())
    window.sides.descent.session.steps(50)
    chooser = figure.plot.quantity
    assert chooser.keys == ("2_1", *(f"1_{n}" for n in range(1, 7)))
    press(chooser, KEY.Key_Down)
    seen = figure.plot.map.seen
    assert (seen.name, seen.middle, seen.reach) == ("a₁,₁", 0.0, pytest.approx(1.0))
    network = window.sides.descent.session.moment().network
    readings = Readings(network, [[0.2, -0.4]], [[0.0]])
    readings.measure()
    assert figure.plot.map.value_at(0.2, -0.4) == pytest.approx(
        readings.layers[0].activation[0, 0], abs=2e-3
    )


def test_of_three_inputs_two_are_seen_and_the_slice_is_named(lab, workbench):
    rows = tuple((x, y, 0.5, float(x * y > 0)) for x in (-1.0, 1.0) for y in (-1.0, 1.0))
    data = Data("table", 4, columns=("x1", "x2", "x3", "y"), rows=rows)
    document = Document(
        network=layered((3, 3, 1), "tanh", seed=1), x=(0.0,) * 3, y=(0.0,)
    )  # fmt: skip
    figure = lab("computed", learning.set_data(document, data))
    assert "this slice only, at x₃ = 0.5" in figure.plot.caption.text()
    press(figure.plot.inputs, KEY.Key_Down)
    assert figure.plot.map.seen.up_name == "x₃"
    assert "x₂ = −1" in figure.plot.caption.text()


def test_the_curve_of_one_input_and_its_samples(lab, workbench, window):
    figure = lab("computed", document_for("sine", (1, 6, 1), ["tanh", "linear"]))
    fit = figure.plot.fit
    assert figure.plot.axes is fit
    window.sides.descent.session.steps(400)
    assert fit.value_at(1.5) == pytest.approx(1.0, abs=0.3)
    count = len(fit.points)
    QTest.mouseDClick(fit, LEFT, PLAIN, fit.pixel(0.5, 0.9).toPoint())
    document = workbench.document
    assert len(document.data.rows) == count + 1
    assert document.data.rows[-1] == pytest.approx((0.5, 0.9), abs=0.03)
    press(figure.plot.quantity, KEY.Key_Down)
    assert len(fit.points) == 0
    assert "hidden neuron" in figure.plot.caption.text()
    press(fit, KEY.Key_Insert)
    assert workbench.document is document


def test_the_one_sample_of_the_chapter_is_moved_on_its_own_page_too(lab, workbench):
    figure = lab("computed", Document())
    press(figure.plot.fit, KEY.Key_Right, SHIFT)
    assert workbench.document.x[0] > 1.5
    assert workbench.document.data.source == ""


def test_the_gradient_flow_names_what_vanishes_and_follows_a_path(lab, window):
    figure = lab("flow", document_for("circle", (2, 4, 4, 4, 4, 1), ["sigmoid"] * 5))
    plot = figure.plot
    assert plot.caption.text().startswith(("Vanishing", "Shrinking"))
    route = plot.axes.seen.route
    assert route.layers == (5, 4, 3, 2, 1)
    other = next(f"2_{n}" for n in range(1, 5) if f"2_{n}" not in route.neurons)
    QTest.mouseClick(plot.axes, LEFT, PLAIN, plot.axes._dots()[other].toPoint())
    assert other in plot.axes.seen.route.neurons
    chosen = plot.axes.seen.route.neurons
    window.sides.descent.session.steps(20)
    assert plot.axes.seen.route.neurons == chosen
    press(plot.axes, KEY.Key_Escape)
    assert plot.axes.seen.route.layers == (5, 4, 3, 2, 1)
    assert dict(figure.table())["layer"] == [1, 2, 3, 4, 5]


def test_the_bars_are_those_of_the_step_that_is_looked_at(lab, window):
    figure = lab("flow", circle())
    session = window.sides.descent.session
    first = [layer.mean for layer in figure.plot.axes.seen.flow.layers]
    session.steps(30)
    assert [layer.mean for layer in figure.plot.axes.seen.flow.layers] != first
    session.go_to(0)
    assert [layer.mean for layer in figure.plot.axes.seen.flow.layers] == first


def test_histograms_of_all_layers_and_of_one(lab, window):
    figure = lab("spread", circle())
    network = window.sides.descent.session.moment().network
    assert figure.plot.axes[1].counts.sum() == len(network.connections)
    press(figure.plot.layer, KEY.Key_Down)
    assert figure.plot.axes[1].counts.sum() == 12
    assert figure.plot.axes[0].counts.sum() == 6 * 48
    assert "layer 1, 48 samples" in figure.plot.caption.text()


def test_the_activation_explorer_follows_neuron_sample_and_what_if(lab, workbench, window):
    figure = lab("activation", circle())
    plot = figure.plot
    assert plot.axes.seen.shown == "tanh"
    assert plot.axes.seen.samples.shape == (48,)
    before = plot.axes.z
    workbench.apply("Look", lambda document: learning.focus(document, 3))
    assert plot.axes.z != before
    press(plot.neuron, KEY.Key_Down)
    assert plot.axes.seen.z_name == "z₁,₂"
    press(plot.activation, KEY.Key_Down)
    assert plot.axes.seen.shown == "σ"
    assert workbench.document.network.neuron("1_2").activation == "tanh"
    press(plot.axes, KEY.Key_Right)
    assert plot.caption.text().startswith("z₁,₂ = ")


@pytest.mark.parametrize("figure", ["computed", "flow", "spread", "activation"])
def test_a_network_that_changes_its_shape_is_followed(lab, workbench, window, figure):
    shown = lab(figure, circle())
    assert shown.table()
    workbench.open(document_for("sine", (1, 3, 2, 1), ["relu", "tanh", "linear"]))
    QApplication.processEvents()
    columns = dict(shown.table())
    assert columns
    assert all(np.isfinite(values).all() for values in columns.values())
    window.grab()


@pytest.mark.parametrize("figure", ["computed", "flow", "spread", "activation"])
def test_every_plot_leaves_the_window_as_pixels_as_drawing_and_as_numbers(lab, figure):
    from gui.export.formats import format_called
    from gui.export.material import Alone, Look, Material
    from gui.widgets.plot_numbers import csv_bytes
    from gui.widgets.shown_plots import plots_in

    shown = lab(figure, circle())
    found = plots_in(shown.widget)
    assert len(found) == (3 if figure == "spread" else 1)
    for plot in found:
        assert plot.words.startswith(plot.name)
        alone = Material((), alone=Alone(plot, plot.name, plot.words, plot.table))
        assert format_called("png").make(alone, Look(scale=1)).startswith(b"\x89PNG")
        drawing = format_called("svg").make(alone, Look())
        assert drawing.count(b"<path") + drawing.count(b"<poly") > 5
        rows = list(csv.reader(csv_bytes(plot.table()).decode().splitlines()))
        assert len(rows) > 2
        assert {len(row) for row in rows} == {len(plot.table())}


def test_all_neurons_stand_beside_the_map_where_there_is_room(lab, window):
    figure = lab("computed", circle())
    maps = figure.plot.neurons
    assert maps.isVisible()
    assert maps.keys == (*(f"1_{n}" for n in range(1, 7)), "2_1")
    QTest.mouseClick(maps, LEFT, PLAIN, maps._boxes()["1_3"].center().toPoint())
    assert figure.plot.map.seen.name == "a₁,₃"
    assert figure.plot.quantity.value == "1_3"
    window.sides.descent.grid.choose(["computed", "flow", "spread", "activation"])
    assert not maps.isVisible()
    window.sides.descent.grid.choose(["computed"])
    assert maps.isVisible()


def test_the_keys_come_to_every_plot_by_f6(lab, window):
    lab("computed", circle())
    grid = window.sides.descent.grid
    keys = ["computed", "flow", "spread", "activation"]
    grid.choose(keys)
    wanted = {grid.frame(key).figure.widget.focusProxy() for key in keys}
    met = set()
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_F6)
        met.add(QApplication.focusWidget())
    assert wanted <= met


def test_the_menu_has_a_command_for_every_sample_and_figure(window, workbench):
    workbench.open(circle())
    actions = window.actions_by_key
    for key in ("computed", "flow", "spread", "activation"):
        actions[f"show_{key}"].trigger()
        lab = window.sides.descent
        assert window.sides.currentWidget() is lab
        assert key in lab.grid.chosen
    QTest.keyClick(
        QApplication.focusWidget(), KEY.Key_Right, CONTROL | Qt.KeyboardModifier.AltModifier
    )
    assert workbench.document.focus == 1
    wanted = workbench.document.y[0]
    actions["turn_sample"].trigger()
    assert workbench.document.y == (1 - wanted,)
    actions["add_sample"].trigger()
    assert (len(workbench.document.data.rows), workbench.document.focus) == (61, 60)
    actions["remove_sample"].trigger()
    actions["previous_sample"].trigger()
    assert (len(workbench.document.data.rows), workbench.document.focus) == (60, 58)


def test_without_data_a_sentence_says_what_to_do(window, workbench):
    said = []
    workbench.said.connect(said.append)
    window.actions_by_key["next_sample"].trigger()
    assert "Choose data first" in said[-1]


@pytest.mark.parametrize("figure", ["computed", "flow", "spread", "activation"])
@pytest.mark.parametrize("kind", ["relu", "linear", "tanh", "softplus"])
def test_numbers_that_run_away_are_drawn_without_a_complaint(lab, workbench, window, figure, kind):
    shown = lab(figure, circle())
    for source, sizes in (("circle", (2, 3, 3, 1)), ("sine", (1, 3, 3, 1))):
        document = document_for(source, sizes, [kind, kind, "linear"])
        for name in document.network.parameters():
            document = edits.set_weight(document, name, 1e300 if "11" in name else -3e155)
        workbench.open(document)
        QApplication.processEvents()
        window.grab()
        assert shown.table()


def test_a_network_of_many_inputs_is_mapped_in_fewer_cells(lab):
    rows = tuple(tuple(float((i * j) % 3) for j in range(65)) for i in range(1, 5))
    data = Data("table", 4, columns=(*(f"x{n}" for n in range(1, 65)), "y"), rows=rows)
    network = layered((64, 240, 1), ["relu", "sigmoid"], seed=1)
    document = Document(network=network, x=(0.0,) * 64, y=(0.0,))
    figure = lab("computed", learning.set_data(document, data))
    cells = figure.plot.map.seen.values.shape[0]
    assert 16 <= cells < 160
    assert len(figure.plot.inputs.keys) == 12


def test_an_exported_figure_has_the_plot_and_no_buttons(lab, window, workbench, qtbot):
    from gui.export.alone import MARGIN
    from gui.figure_export import content

    figure = lab("computed", circle())
    frame, row = window.sides.descent.grid.frame("computed"), figure.plot.row
    qtbot.waitUntil(lambda: figure.plot.map.seen.values.shape == (160, 160))
    before, size = figure.plot.grab().toImage(), figure.plot.map.size()
    picture = QImage.fromData(content(frame, ".png", workbench.document, LIGHT))
    assert figure.plot.map.size() == size
    assert row.isVisible()
    assert figure.plot.quantity.isVisible()
    QApplication.processEvents()
    assert figure.plot.grab().toImage() == before
    corner, inner = figure.plot.map.mapTo(figure.plot, QPoint(0, 0)), figure.plot.map.inner()
    drawn = {
        picture.pixelColor(
            round(2 * (MARGIN + corner.x() + inner.left() + share * inner.width())),
            round(2 * (MARGIN + corner.y() + inner.top() + share * inner.height())),
        ).name()
        for share in np.linspace(0.05, 0.95, 60)
    }
    assert len(drawn) > 10
    inside = row.geometry().adjusted(2, 2, -2, -2)
    assert picture.width() == 2 * (figure.plot.width() + 2 * MARGIN)
    colours = {
        picture.pixelColor(round(2 * (MARGIN + x)), round(2 * (MARGIN + y))).name()
        for x in range(inside.left(), inside.right(), 3)
        for y in range(inside.top(), inside.bottom(), 3)
    }
    assert len(colours) == 1
    assert b"<path" in content(frame, ".svg", workbench.document, LIGHT)
