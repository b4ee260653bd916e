"""The shape of the network, changed on the canvas, with the keyboard and from the menu."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit

from engine.network.network import layered
from engine.workspace import edits
from engine.workspace.document import Document
from gui.diagram.drawing import port_of
from gui.diagram.selection import Selection

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def diagram(window):
    return window.network.diagram


def show(window, sizes, seed=1):
    network = layered(sizes, seed=seed)
    window.workbench.apply("Scene", lambda document: edits.set_network(document, network))


def place(diagram, node, shift=(0, 0)):
    disc = diagram.discs()[node]
    return (diagram.transform().map(disc.centre) + QPointF(*shift)).toPoint()


def knob(diagram, node):
    return diagram.transform().map(port_of(diagram.discs()[node])).toPoint()


def sweep(diagram, start, end, modifier=NONE, *, release=True):
    QTest.mouseMove(diagram, start)
    QTest.mousePress(diagram, LEFT, modifier, start)
    for part in range(1, 9):
        QTest.mouseMove(diagram, start + (end - start) * part / 8)
    if release:
        QTest.mouseRelease(diagram, LEFT, modifier, end)


def command(window, key):
    window.actions_by_key[key].trigger()


def connections(window):
    return window.workbench.document.network.connections


def sizes(window):
    return window.workbench.document.network.sizes


class TestConnecting:
    def test_an_arrow_is_drawn_from_knob_to_neuron(self, window, diagram):
        before = window.workbench.document.network.parameters()
        QTest.mouseMove(diagram, place(diagram, "x"))
        sweep(diagram, knob(diagram, "x"), place(diagram, "2"))
        network = window.workbench.document.network
        assert ("x", "2") in {(c.source, c.target) for c in network.connections}
        assert before.items() <= network.parameters().items()
        assert window.workbench.undo_name == "Connect x → a2"
        window.undo()
        assert window.workbench.document.network.parameters() == before

    def test_what_cannot_be_is_refused_with_a_reason_while_drawing(self, window, diagram):
        QTest.mouseMove(diagram, place(diagram, "2"))
        sweep(diagram, knob(diagram, "2"), place(diagram, "1"), release=False)
        assert "circle" in window.top.message.accessibleName()
        QTest.mouseRelease(diagram, LEFT, NONE, place(diagram, "1"))
        assert window.workbench.document == Document()

    @pytest.mark.parametrize("way", ["escape", "focus", "other button"])
    def test_a_gesture_can_be_given_up(self, window, diagram, way):
        QTest.mouseMove(diagram, place(diagram, "x"))
        sweep(diagram, knob(diagram, "x"), place(diagram, "2"), release=False)
        if way == "escape":
            QTest.keyClick(diagram, KEY.Key_Escape)
        elif way == "focus":
            window.network.bar.run_button.setFocus()
        else:
            right = Qt.MouseButton.RightButton
            QTest.mousePress(diagram, right, NONE, place(diagram, "2"))
            QTest.mouseRelease(diagram, right, NONE, place(diagram, "2"))
        QTest.mouseRelease(diagram, LEFT, NONE, place(diagram, "2"))
        assert window.workbench.document == Document()

    def test_a_chosen_arrow_is_led_to_another_neuron_and_keeps_its_weight(self, window, diagram):
        show(window, (1, 2, 2))
        command(window, "remove_parts")
        diagram.select(Selection(arrows=frozenset({("1_1", "2_2")})))
        QTest.keyClick(diagram, KEY.Key_Delete)
        diagram.select(Selection(arrows=frozenset({("1_1", "2_1")})))
        weights = {(c.source, c.target): c.weight for c in connections(window)}
        arrow = next(e for e in diagram.arrows() if (e.source, e.target) == ("1_1", "2_1"))
        sweep(diagram, diagram.transform().map(arrow.end).toPoint(), place(diagram, "2_2"))
        now = {(c.source, c.target): c.weight for c in connections(window)}
        assert now["1_1", "2_2"] == weights["1_1", "2_1"]
        assert ("1_1", "2_1") not in now
        assert window.workbench.undo_name == "Lead a1_1 → a2_2"
        diagram.select(Selection(arrows=frozenset({("1_1", "2_2")})))
        menu = window.shaping.targets_menu("1_1", leads="2_2")
        next(a for a in menu.actions() if a.text() == "→ a2_1").trigger()
        assert {(c.source, c.target): c.weight for c in connections(window)} == weights

    def test_the_keyboard_connects_too(self, window, diagram):
        diagram.clearFocus()
        diagram.setFocus(Qt.FocusReason.TabFocusReason)
        assert diagram.accessibleDescription() == "input x, 1.5"
        menu = window.shaping.targets_menu("x")
        texts = [action.text() for action in menu.actions()]
        assert texts[1] == "→ a2"
        assert not menu.actions()[0].isEnabled()
        menu.actions()[1].trigger()
        assert len(window.workbench.document.network.connections) == 3

    def test_two_chosen_nodes_are_connected_at_once(self, window, diagram):
        QTest.mouseClick(diagram, LEFT, CONTROL, place(diagram, "x"))
        QTest.mouseClick(diagram, LEFT, CONTROL, place(diagram, "2", (20, 0)))
        assert diagram.selection.nodes == {"x", "2"}
        diagram.setFocus()
        QTest.keyClick(diagram, KEY.Key_C)
        assert len(window.workbench.document.network.connections) == 3


class TestChoosing:
    def test_a_box_chooses_and_delete_removes(self, window, diagram):
        show(window, (2, 3, 1))
        first, last = place(diagram, "1_2", (-45, -40)), place(diagram, "1_3", (45, 40))
        sweep(diagram, first, last)
        assert diagram.selection.nodes == {"1_2", "1_3"}
        kept = window.workbench.document.network.incoming()["1_1"]
        QTest.keyClick(diagram, KEY.Key_Delete)
        assert sizes(window) == (2, 1, 1)
        left = window.workbench.document.network.connections
        assert [c.weight for c in left[:2]] == [c.weight for c in kept]
        assert not diagram.selection
        window.undo()
        assert sizes(window) == (2, 3, 1)

    def test_an_arrow_is_chosen_by_its_line_and_removed(self, window, diagram):
        show(window, (2, 2, 1))
        arrow = next(each for each in diagram.arrows() if each.source == "1_1")
        near = arrow.start + (arrow.end - arrow.start) * 0.12
        QTest.mouseClick(diagram, LEFT, NONE, diagram.transform().map(near).toPoint())
        assert diagram.selection.arrows == {("1_1", "2_1")}
        QTest.keyClick(diagram, KEY.Key_Delete)
        assert len(window.workbench.document.network.connections) == 5

    def test_what_the_keyboard_is_on_counts_as_chosen(self, window, diagram):
        show(window, (1, 2, 1))
        diagram.clearFocus()
        diagram.setFocus(Qt.FocusReason.TabFocusReason)
        while not diagram.accessibleDescription().startswith("activation a1_2"):
            QTest.keyClick(diagram, KEY.Key_Tab)
        QTest.keyClick(diagram, KEY.Key_D, CONTROL)
        assert sizes(window) == (1, 3, 1)

    def test_escape_and_a_click_beside_let_go(self, window, diagram):
        command(window, "choose_all")
        assert diagram.selection.nodes == {"1", "2"}
        diagram.setFocus()
        QTest.keyClick(diagram, KEY.Key_Escape)
        assert not diagram.selection
        command(window, "choose_all")
        QTest.mouseClick(diagram, LEFT, NONE, QPoint(5, 5))
        assert not diagram.selection

    @pytest.mark.qt_log_ignore("This plugin does not support")
    def test_the_context_menu_is_for_what_it_opens_on(self, window, diagram):
        asked = []
        diagram.menu_requested.connect(asked.append)
        here = place(diagram, "1", (20, 0))
        reason = QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, here, diagram.mapToGlobal(here))
        QApplication.sendEvent(diagram, event)
        assert diagram.selection.nodes == {"1"}
        assert window.shaping.menu.isVisible()
        window.shaping.menu.close()


class TestCommands:
    def test_add_neuron_layer_and_input(self, window, diagram):
        diagram.setFocus()
        QTest.keyClick(diagram, KEY.Key_Insert)
        assert sizes(window) == (1, 2, 1)
        assert diagram.selection.nodes == {"1_2"}
        QTest.keyClick(diagram, KEY.Key_Insert, SHIFT)
        assert sizes(window) == (1, 2, 1, 1)
        command(window, "add_input")
        assert sizes(window) == (2, 2, 1, 1)
        assert window.workbench.document.x == (1.5, 1.0)
        diagram.select(type(diagram.selection)(frozenset({"2_1"})))
        command(window, "remove_layer")
        assert sizes(window) == (2, 2, 1)
        for _ in range(4):
            window.undo()
        assert window.workbench.document == Document()

    def test_a_layer_is_chosen_moved_duplicated_and_removed(self, window, diagram):
        show(window, (1, 3, 1))
        diagram.select(type(diagram.selection)(frozenset({"1_2"})))
        diagram.setFocus()
        QTest.keyClick(diagram, KEY.Key_Y)
        assert diagram.selection.nodes == {"1_1", "1_2", "1_3"}
        QTest.keyClick(diagram, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert len(window.workbench.document.placement.moved) == 3
        before = window.workbench.document.network
        QTest.keyClick(diagram, KEY.Key_D, SHIFT)
        network = window.workbench.document.network
        assert network.sizes == (1, 3, 3, 1)
        assert [c.weight for c in network.connections[:3]] == [
            c.weight for c in before.connections[:3]
        ]
        assert [c.weight for c in network.connections[-3:]] == [
            c.weight for c in before.connections[-3:]
        ]
        assert window.workbench.undo_name == "Duplicate a layer"
        QTest.keyClick(diagram, KEY.Key_Delete, SHIFT)
        assert sizes(window) == (1, 3, 1)

    def test_copies_go_to_another_network(self, window, diagram):
        show(window, (1, 3, 1))
        command(window, "choose_all")
        diagram.select(type(diagram.selection)(frozenset({"1_1", "1_2"})))
        QTest.keyClick(diagram, KEY.Key_C, CONTROL)
        show(window, (1, 1, 1))
        diagram.setFocus()
        QTest.keyClick(diagram, KEY.Key_V, CONTROL)
        assert sizes(window) == (1, 3, 1)

    def test_a_neuron_moves_by_key_and_by_hand(self, window, diagram):
        show(window, (1, 3, 1))
        weights = [c.weight for c in window.workbench.document.network.connections[:3]]
        diagram.select(type(diagram.selection)(frozenset({"1_3"})))
        diagram.setFocus()
        QTest.keyClick(diagram, KEY.Key_Up, SHIFT)
        assert diagram.selection.nodes == {"1_2"}
        now = [c.weight for c in window.workbench.document.network.connections[:3]]
        assert now == [weights[0], weights[2], weights[1]]
        sweep(diagram, place(diagram, "1_2", (8, 8)), place(diagram, "1_1", (8, 8)))
        now = [c.weight for c in window.workbench.document.network.connections[:3]]
        assert now == [weights[2], weights[0], weights[1]]

    def test_a_name_of_ones_own(self, window, diagram):
        diagram.select(type(diagram.selection)(frozenset({"1"})))
        diagram.setFocus()
        QTest.keyClick(diagram, KEY.Key_F2)
        box = diagram.findChild(QInputDialog)
        line = box.findChild(QLineEdit)
        line.selectAll()
        QTest.keyClicks(line, "h")
        QTest.keyClick(line, KEY.Key_Return)
        assert window.workbench.document.network.neurons[0].output == "a_h"
        assert window.workbench.undo_name == "Name 1 h"

    def test_activations_of_several_and_the_cost(self, window, diagram):
        show(window, (1, 3, 1))
        window.filling.finish()
        diagram.select(type(diagram.selection)(frozenset({"1_1", "1_2"})))
        menus = {
            action.text().replace("&", ""): action.menu()
            for action in window.shaping.menu.actions()
            if action.menu()
        }
        next(a for a in menus["Activation"].actions() if a.text() == "relu").trigger()
        kinds = [each.activation for each in window.workbench.document.network.neurons]
        assert kinds == ["relu", "relu", "sigmoid", "sigmoid"]
        menus["Activation"].refresh()
        assert [a.text() for a in menus["Activation"].actions() if a.isChecked()] == ["relu"]
        next(a for a in menus["Cost"].actions() if a.text() == "squared error").trigger()
        assert window.workbench.document.loss == "squared error"
        menus["Cost"].refresh()

    def test_with_nothing_chosen_a_sentence_says_what_to_do(self, window):
        for key in ("remove_parts", "duplicate_parts", "copy_parts", "rename_part", "move_up"):
            window.top.say("")
            command(window, key)
            assert window.top.message.accessibleName(), key
        assert window.workbench.document == Document()

    def test_keys_of_the_diagram_stay_in_the_diagram(self, window, diagram):
        command(window, "choose_all")
        window.network.figures.numbers.table.setFocus()
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Delete)
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Insert)
        assert window.workbench.document == Document()


class TestLens:
    def test_the_wheel_enlarges_at_the_pointer_and_fit_shows_all(self, window, diagram):
        spot = QPointF(place(diagram, "2"))
        before = diagram.design(spot)
        for _ in range(3):
            turn = QWheelEvent(
                spot, diagram.mapToGlobal(spot), QPoint(), QPoint(0, 120),
                Qt.MouseButton.NoButton, CONTROL, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(diagram, turn)
        assert diagram.lens.zoom > 1.5
        after = diagram.design(spot)
        assert (after - before).manhattanLength() < 1
        middle = Qt.MouseButton.MiddleButton
        QTest.mousePress(diagram, middle, NONE, spot.toPoint())
        QTest.mouseMove(diagram, spot.toPoint() + QPoint(40, 10))
        QTest.mouseRelease(diagram, middle, NONE, spot.toPoint())
        assert diagram.design(spot) != after
        command(window, "fit_diagram")
        assert diagram.lens.fitted
        assert (diagram.design(spot) - before).manhattanLength() < 1

    def test_keys_and_menu_enlarge_too(self, window, diagram):
        command(window, "enlarge_diagram")
        assert diagram.lens.zoom == pytest.approx(1.25)
        command(window, "reduce_diagram")
        assert diagram.lens.fitted


class TestManyAtOnce:
    def test_one_value_for_all_chosen_weights_is_one_edit(self, window, workbench, qtbot):
        window.network.diagram.select(Selection(arrows=frozenset({("x", "1"), ("1", "2")})))
        QTest.keyClick(window.network.diagram, Qt.Key.Key_V)
        box = window.findChild(QInputDialog)
        qtbot.waitUntil(box.isVisible)
        box.setTextValue("1/4")
        box.accept()
        parameters = workbench.document.network.parameters()
        assert (parameters["w1"], parameters["w2"]) == (0.25, 0.25)
        workbench.undo()
        assert workbench.document == Document()

    def test_neurons_have_their_biases_set_and_no_number_is_refused_in_words(
        self, window, workbench, qtbot
    ):
        window.network.diagram.select(Selection(frozenset({"1", "2"})))
        for text, bias in (("two", -0.3), ("2", 2.0)):
            window.actions_by_key["set_parts"].trigger()
            box = next(each for each in window.findChildren(QInputDialog) if each.isVisible())
            box.setTextValue(text)
            box.accept()
            assert workbench.document.network.parameters()["b1"] == bias
        assert workbench.document.network.parameters()["b2"] == 2.0


class TestOverview:
    def test_an_enlarged_picture_shows_where_one_is_and_a_click_goes_there(self, window):
        diagram = window.network.diagram
        assert diagram.overview() is None
        diagram.enlarge(4.0)
        overview = diagram.overview()
        assert overview.frame.contains(overview.seen)
        assert overview.seen.width() < overview.frame.width() / 2
        before = diagram.lens.shift
        corner = overview.frame.topLeft() + QPointF(3, 3)
        QTest.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=corner.toPoint())
        assert diagram.lens.shift != before
        assert diagram.overview().seen.left() <= overview.seen.left()
        diagram.fit()
        assert diagram.overview() is None
