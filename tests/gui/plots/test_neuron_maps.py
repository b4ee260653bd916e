import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.plots.neuron_maps import MOST, NeuronMap, NeuronMaps

KEY = Qt.Key


def maps(first=3, second=2, flat=False):
    ramp = np.linspace(-1, 1, 16)
    values = ramp if flat else np.tile(ramp, (16, 1))
    return [
        NeuronMap(f"{layer}_{unit}", f"a{layer}{unit}", layer, values, 0.0, 1.0)
        for layer, count in ((1, first), (2, second))
        for unit in range(1, count + 1)
    ]


@pytest.fixture
def grid(qtbot, appearance):
    grid = NeuronMaps(appearance)
    grid.resize(260, 400)
    qtbot.addWidget(grid)
    with qtbot.waitExposed(grid):
        grid.show()
    grid.show_maps(maps(), "2_1")
    return grid


@pytest.fixture
def chosen(grid):
    found = []
    grid.chosen.connect(found.append)
    return found


def test_a_press_chooses_a_neuron(grid, chosen):
    place = grid._boxes()["1_2"].center().toPoint()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.rect().bottomRight())
    assert chosen == ["1_2"]


def test_the_arrow_keys_go_through_columns_and_rows_and_stop_at_the_ends(grid, chosen):
    for key in (KEY.Key_Down, KEY.Key_Left, KEY.Key_Up, KEY.Key_Right):
        QTest.keyClick(grid, key)
    assert chosen == ["2_2", "1_1"]


def test_left_is_purple_and_right_is_green(grid):
    picture, box = grid.grab().toImage(), grid._boxes()["1_1"]
    left = picture.pixelColor(round(box.left() + 4), round(box.center().y()))
    right = picture.pixelColor(round(box.right() - 4), round(box.center().y()))
    assert left.green() < left.red()
    assert right.green() > right.red()


def test_of_a_long_layer_the_first_are_shown_and_the_chosen_one(grid):
    grid.resize(300, 900)
    grid.show_maps(maps(first=40), "1_33")
    assert len([key for key in grid.keys if key.startswith("1_")]) == MOST
    assert "1_33" in grid.keys
    assert not grid.fits(120)
    assert grid.fits(900)
    grid.grab()


def test_curves_of_one_input_draw(grid):
    grid.show_maps(maps(flat=True), "1_1")
    empty = [NeuronMap("1_1", "a", 1, np.full(5, np.nan), 0.0, 1.0)]
    grid.grab()
    grid.show_maps(empty, "1_1")
    grid.grab()
