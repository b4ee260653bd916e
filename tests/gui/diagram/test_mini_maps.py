import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.network.network import layered
from engine.network.readings import Probe
from engine.workspace import edits, learning
from engine.workspace.document import Document
from engine.workspace.training import Data
from gui import heat
from gui.diagram.mini_maps import CELLS, mini_maps


def circle():
    network = layered((2, 3, 1), ["tanh", "sigmoid"], seed=1)
    document = Document(network=network, x=(0.0, 0.0), y=(0.0,))
    return learning.set_data(document, Data("circle", 60))


def test_a_pixel_has_the_colour_of_what_the_neuron_makes_of_its_place():
    document = circle()
    found = mini_maps(document)
    assert set(found) == {each.name for each in document.network.neurons}
    end = 1.5
    for column, row in ((0, 0), (CELLS // 2, 5), (CELLS - 1, CELLS - 1)):
        x, y = (((place + 0.5) / CELLS * 2 - 1) * end for place in (column, row))
        probe = Probe(document.network, [[x, y]])
        probe.run()
        for name, middle, reach in (("1_1", 0.0, 1.0), ("2_1", 0.5, 0.5)):
            share = (float(probe.activation(name)[0]) - middle) / reach
            pixel = found[name].image.pixelColor(column, CELLS - 1 - row)
            wanted = heat.colour(share)
            for part in ("red", "green", "blue"):
                assert getattr(pixel, part)() == pytest.approx(getattr(wanted, part)(), abs=6)


def test_the_line_of_a_tanh_is_where_its_z_is_0():
    document = circle()
    end = 1.5
    for x0, y0, x1, y1 in mini_maps(document)["1_2"].lines:
        for x, y in ((x0, y0), (x1, y1)):
            probe = Probe(document.network, [[(2 * x - 1) * end, (2 * y - 1) * end]])
            probe.run()
            assert probe.pre_activation("1_2")[0] == pytest.approx(0, abs=0.05)


@settings(max_examples=20)
@given(st.floats(-30, 30))
def test_of_one_input_there_is_a_curve_and_the_sample_is_on_it(x):
    document = edits.set_input(Document(), "x", x)
    found = mini_maps(document)
    for each in found.values():
        assert each.image is None
        across, up = each.here
        assert 0.1 <= across <= 0.9
        assert 0.2 <= up <= 0.8
        nearest = min(each.lines, key=lambda piece: abs((piece[0] + piece[2]) / 2 - across))
        assert min(nearest[1], nearest[3]) - 0.05 <= up <= max(nearest[1], nearest[3]) + 0.05


def test_data_of_another_network_and_curves_without_a_value_do_no_harm():
    document = learning.set_data(Document(), Data("circle", 60))
    assert set(mini_maps(document)) == {"1", "2"}
    network = layered((1, 1, 1), ["ln", "linear"])
    assert mini_maps(Document(network=network))["1"].lines


def test_the_key_shows_them_and_takes_them_away(window, workbench):
    workbench.open(circle())
    diagram = window.network.diagram
    plain = diagram.grab().toImage()
    command = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_M, command)
    assert diagram.picture().content.maps
    centre = diagram.transform().map(diagram.discs()["2_1"].centre)
    shown = diagram.grab().toImage()
    assert shown != plain
    before = shown.pixelColor(centre.toPoint())

    def turned(document):
        return edits.set_weight(document, "b2_1", 9.0)

    workbench.apply("Set b", turned)
    after = diagram.grab().toImage().pixelColor(centre.toPoint())
    assert after != before
    assert after.green() > after.red()
    assert window.actions_by_key["toggle_maps"].isChecked()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_M, command)
    assert not diagram.picture().content.maps
