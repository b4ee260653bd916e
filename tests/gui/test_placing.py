"""Parts of the network's diagram are placed, aligned and written beside, by real events."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.network.network import layered
from engine.workspace import edits, placing, store
from engine.workspace.document import Document
from engine.workspace.placement import AS_USUAL
from gui.diagram.selection import Selection

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def diagram(window):
    window.network.diagram.setFocus()
    return window.network.diagram


def show(window, sizes):
    network = layered(sizes, seed=1)
    window.workbench.apply("Scene", lambda document: edits.set_network(document, network))


def place(diagram, node, shift=(0, 0)):
    return (diagram.transform().map(diagram.centres()[node]) + QPointF(*shift)).toPoint()


def carry(diagram, start, by, modifier=NONE, *, release=True):
    end = start + QPointF(*by).toPoint()
    QTest.mouseMove(diagram, start)
    QTest.mousePress(diagram, LEFT, NONE, start)
    for part in range(1, 7):
        QTest.mouseMove(diagram, start + (end - start) * part / 6)
    if release:
        QTest.mouseRelease(diagram, LEFT, modifier, end)


def offsets(workbench):
    return workbench.document.placement.offsets


def command(window, key):
    window.actions_by_key[key].trigger()


def name_of_input(diagram, name="x"):
    disc = diagram.discs()[name]
    return diagram.transform().map(disc.centre - QPointF(0, disc.radius + 14)).toPoint()


class TestCarrying:
    def test_a_neuron_stays_where_it_is_let_go_and_its_arrows_follow(self, diagram, workbench):
        arrow = diagram.arrows()[0]
        carry(diagram, place(diagram, "1", (-8, 20)), (30, -60))
        dx, dy = offsets(workbench)["1"]
        assert dx > 0.05
        assert dy < -0.1
        assert diagram.arrows()[0].end.y() < arrow.end.y() - 20
        assert workbench.undo_name == "Move a1"
        workbench.undo()
        assert workbench.document == Document()

    def test_nothing_is_changed_before_it_is_let_go_and_escape_puts_it_back(
        self, diagram, workbench
    ):
        usual = diagram.discs()["1"].centre
        carry(diagram, place(diagram, "1", (-8, 20)), (30, -60), release=False)
        assert diagram.discs()["1"].centre.y() < usual.y() - 20
        assert workbench.document == Document()
        QTest.keyClick(diagram, KEY.Key_Escape)
        QTest.mouseRelease(diagram, LEFT, NONE, place(diagram, "1"))
        assert diagram.discs()["1"].centre == usual
        assert workbench.document == Document()

    def test_near_a_line_it_stands_on_the_line(self, diagram, workbench):
        carry(diagram, place(diagram, "1", (-8, 20)), (40, 4))
        assert offsets(workbench)["1"][1] == 0.0

    def test_all_that_is_chosen_is_carried(self, window, diagram, workbench):
        show(window, (2, 2, 1))
        diagram.select(Selection(frozenset({"1_1", "1_2"})))
        carry(diagram, place(diagram, "1_1", (-12, 12)), (35, 30))
        first, second = offsets(workbench)["1_1"], offsets(workbench)["1_2"]
        assert first == second
        assert workbench.undo_name == "Move 2 parts"

    def test_an_input_is_carried_by_its_name_and_the_cost_by_its_box(self, diagram, workbench):
        carry(diagram, name_of_input(diagram), (0, 60))
        carry(diagram, place(diagram, "J"), (0, -50))
        assert offsets(workbench)["x"][1] > 0.1
        assert offsets(workbench)["J"][1] < -0.1

    def test_one_let_go_on_another_of_its_column_takes_its_place(self, window, diagram, workbench):
        show(window, (1, 3, 1))
        weights = [c.weight for c in workbench.document.network.connections[:3]]
        start, end = place(diagram, "1_3", (8, 8)), place(diagram, "1_1", (8, 8))
        carry(diagram, start, ((end - start).x(), (end - start).y()))
        now = [c.weight for c in workbench.document.network.connections[:3]]
        assert now == [weights[2], weights[0], weights[1]]
        assert workbench.document.placement == AS_USUAL

    def test_on_another_disc_there_is_no_room(self, window, diagram, workbench):
        start, end = place(diagram, "2", (-10, 12)), place(diagram, "1", (6, 8))
        carry(diagram, start, ((end - start).x(), (end - start).y()))
        assert workbench.document == Document()
        assert "no room" in window.top.message.accessibleName()
        assert diagram.discs()["2"].centre == diagram.still()["2"].centre


class TestKeyboardAndMenu:
    def test_alt_and_arrows_move_and_are_one_entry(self, window, diagram, workbench):
        diagram.select(Selection(frozenset({"1"})))
        for key in (KEY.Key_Up, KEY.Key_Up, KEY.Key_Right):
            QTest.keyClick(diagram, key, ALT)
        assert offsets(workbench)["1"] == (0.1, -0.2)
        workbench.undo()
        assert workbench.document == Document()

    def test_as_usual_puts_back_what_is_chosen_or_everything(self, window, diagram, workbench):
        workbench.apply("Move", lambda d: placing.move_parts(d, ("1", "2"), 0.0, 0.4))
        diagram.select(Selection(frozenset({"1"})))
        QTest.keyClick(diagram, KEY.Key_U)
        assert set(offsets(workbench)) == {"2"}
        QTest.keyClick(diagram, KEY.Key_Escape)
        command(window, "place_as_usual")
        assert workbench.document.placement == AS_USUAL

    def test_rows_columns_and_even_room(self, window, diagram, workbench):
        show(window, (1, 3, 1))
        moved = {"1_1": (0.2, 0.0), "1_2": (-0.3, 0.35), "1_3": (0.1, 0.1)}
        workbench.apply("Move", lambda d: placing.put_parts(d, moved))
        diagram.select(Selection(frozenset(moved)))
        command(window, "align_column")
        centres = diagram.centres()
        assert len({round(centres[name].x(), 3) for name in moved}) == 1
        command(window, "spread_parts")
        heights = [diagram.centres()[name].y() for name in ("1_1", "1_2", "1_3")]
        assert heights[1] - heights[0] == pytest.approx(heights[2] - heights[1], abs=0.1)
        diagram.select(Selection(frozenset({"x", "1_1"})))
        command(window, "align_row")
        centres = diagram.centres()
        assert centres["x"].y() == pytest.approx(centres["1_1"].y(), abs=0.1)

    def test_with_nothing_chosen_a_sentence_says_what_to_do(self, window, workbench):
        for key in ("place_left", "align_row", "spread_parts", "label_part"):
            window.top.say("")
            command(window, key)
            assert window.top.message.accessibleName(), key
        assert workbench.document == Document()


class TestWriting:
    def test_words_beside_an_input_are_seen_and_said(self, diagram, workbench):
        QTest.mouseClick(diagram, LEFT, NONE, name_of_input(diagram))
        QTest.keyClick(diagram, KEY.Key_L)
        editor = QApplication.focusWidget()
        QTest.keyClicks(editor, "age")
        QTest.keyClick(editor, KEY.Key_Return)
        assert workbench.document.placement.labels == (("x", "age"),)
        assert diagram.picture_part("name:x").spoken == "input x, age, 1.5"
        assert diagram.hasFocus()

    def test_a_note_is_written_where_one_double_clicks_carried_written_anew_and_removed(
        self, diagram, workbench
    ):
        spot = diagram.rect().bottomLeft() + QPointF(160, -30).toPoint()
        QTest.mouseDClick(diagram, LEFT, NONE, spot)
        QTest.keyClicks(QApplication.focusWidget(), "see here")
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
        note = workbench.document.placement.notes[0]
        assert note.text == "see here"
        there = diagram.transform().map(diagram.centres()[0])
        carry(diagram, there.toPoint(), (60, -20))
        moved = workbench.document.placement.notes[0]
        assert moved.x > note.x
        QTest.mouseClick(diagram, LEFT, NONE, place(diagram, 0))
        assert diagram.selection.notes == {0}
        QTest.mouseDClick(diagram, LEFT, NONE, place(diagram, 0))
        QTest.keyClicks(QApplication.focusWidget(), "and there")
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
        assert workbench.document.placement.notes[0].text == "and there"
        QTest.mouseClick(diagram, LEFT, NONE, place(diagram, 0))
        QTest.keyClick(diagram, KEY.Key_Delete)
        assert not workbench.document.placement.notes

    def test_the_keyboard_comes_to_a_note_and_writes_it(self, window, diagram, workbench):
        QTest.keyClick(diagram, KEY.Key_N)
        QTest.keyClicks(QApplication.focusWidget(), "one")
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
        diagram.clearFocus()
        diagram.setFocus(Qt.FocusReason.TabFocusReason)
        for _ in range(20):
            if diagram.accessibleDescription() == "note, one":
                break
            QTest.keyClick(diagram, KEY.Key_Right)
        assert diagram.accessibleDescription() == "note, one"
        QTest.keyClick(diagram, KEY.Key_Down, ALT)
        QTest.keyClick(diagram, KEY.Key_Return)
        QTest.keyClicks(QApplication.focusWidget(), "two")
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
        assert workbench.document.placement.notes[0].text == "two"

    def test_escape_writes_nothing_and_no_words_take_words_away(self, diagram, workbench):
        QTest.keyClick(diagram, KEY.Key_N)
        QTest.keyClicks(QApplication.focusWidget(), "never")
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
        assert workbench.document == Document()
        workbench.apply("Label", lambda d: placing.label_part(d, "1", "hidden"))
        diagram.select(Selection(frozenset({"1"})))
        QTest.keyClick(diagram, KEY.Key_L)
        editor = QApplication.focusWidget()
        editor.selectAll()
        QTest.keyClick(editor, KEY.Key_Backspace)
        QTest.keyClick(editor, KEY.Key_Return)
        assert workbench.document.placement == AS_USUAL


def test_what_was_placed_and_written_leaves_in_every_form(qapp):
    from gui.export.tikz import tikz
    from gui.exporting import diagram_of
    from gui.theme import LIGHT

    document = placing.move_parts(Document(), ("1",), 0.0, -0.5)
    document = placing.label_part(document, "x", "age & height")
    document = placing.add_note(document, "50 % more", 1.0, 1.0)
    assert store.loads(store.dumps(document)) == document
    drawing = diagram_of(document)(None, LIGHT)
    spoken = [part.spoken for part in drawing.parts]
    assert "note, 50 % more" in spoken
    assert "input x, age & height, 1.5" in spoken
    usual = diagram_of(Document())(None, LIGHT)
    assert drawing.bounds.height() > usual.bounds.height()
    written = tikz(document)
    assert "(1, 0.5)" in written
    assert r"age \& height" in written
    assert r"50 \% more" in written
    assert tikz(replace(document, placement=AS_USUAL)) == tikz(Document())
