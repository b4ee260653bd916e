from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.network import structure
from engine.network.network import layered
from engine.workspace import edits
from engine.workspace.document import Document
from gui.diagram.arrangement import LARGE, ROWS, SMALL, STAGE, TINY, arrange
from gui.diagram.content import content_of
from gui.diagram.network_diagram import NetworkDiagram
from gui.diagram.network_places import NetworkPlaces
from gui.diagram.selection import Selection
from gui.diagram.strokes import connection
from gui.highlight import Highlight

KEY = Qt.Key


@pytest.fixture
def highlight(qapp):
    return Highlight()


@pytest.fixture
def diagram(qtbot, workbench, highlight):
    diagram = NetworkDiagram(workbench, highlight)
    diagram.resize(818, 428)
    qtbot.addWidget(diagram)
    with qtbot.waitExposed(diagram):
        diagram.show()
    diagram.activateWindow()
    return diagram


def place(diagram, term):
    part = diagram.picture_part(term)
    return diagram.transform().map(part.region.boundingRect().center()).toPoint()


def weight(workbench, name="w2"):
    return workbench.document.network.parameters()[name]


def go_to(workbench, step):
    workbench.apply("Go", lambda document: edits.go_to_step(document, step))


class TestPlaces:
    @pytest.mark.parametrize("sizes", [(1, 1, 1), (1, 2, 1), (2, 2, 1), (1, 1, 2, 1)])
    def test_nothing_leaves_the_bounds_and_no_label_covers_another(self, qapp, sizes):
        network = layered(sizes)
        document = replace(Document(), network=network, x=(1.0,) * sizes[0], y=(0.5,) * sizes[-1])
        places = NetworkPlaces(arrange(network, LARGE), content_of(document))
        room = places.bounds.adjusted(-6, -6, 6, 6)
        labels = [part.region.boundingRect() for part in places.parts if part.quantity]
        assert all(room.contains(label) for label in labels)
        for number, label in enumerate(labels):
            for other in labels[:number]:
                assert not label.adjusted(5, 3, -7, -3).intersects(other.adjusted(5, 3, -7, -3))

    @pytest.mark.parametrize("sizes", [(2, 3, 1), (2, 3, 2), (3, 2, 3), (2, 2, 2, 1)])
    def test_crowded_labels_make_room_for_each_other(self, qapp, sizes):
        network = layered(sizes, seed=1)
        document = replace(Document(), network=network, x=(1.0,) * sizes[0], y=(0.5,) * sizes[-1])
        places = NetworkPlaces(arrange(network, SMALL), content_of(document))
        labels = [
            part.region.boundingRect().adjusted(4, 3, -6, -3)
            for part in places.parts
            if part.quantity.startswith("w")
        ]
        assert len(labels) == len(network.connections)
        assert not [(a, b) for n, a in enumerate(labels) for b in labels[:n] if a.intersects(b)]

    @pytest.mark.parametrize("sizes", [(1, 1, 1), (1, 2, 1), (2, 2, 1), (2, 3, 2), (1, 1, 2, 1)])
    @pytest.mark.parametrize("measure", [LARGE, STAGE, ROWS, SMALL])
    def test_badges_stand_whole_in_the_picture_and_beside_each_other(self, qapp, sizes, measure):
        network = layered(sizes, seed=1)
        document = replace(Document(), network=network, x=(1.0,) * sizes[0], y=(0.5,) * sizes[-1])
        arrangement = arrange(network, measure)
        for step in range(document.step_count + 1):
            content = content_of(replace(document, step=step))
            badges = list(NetworkPlaces(arrangement, content).badge_places().values())
            room = arrangement.bounds.adjusted(11, 11, -11, -11)
            assert all(room.contains(badge) for badge in badges)
            for one, other in combinations(badges, 2):
                assert (one - other).manhattanLength() >= 21

    @pytest.mark.parametrize("measure", [LARGE, SMALL, TINY])
    def test_columns_go_from_left_to_right(self, measure):
        arrangement = arrange(layered((2, 8, 8, 1)), measure)
        across = [disc.centre.x() for disc in arrangement.discs]
        assert across == sorted(across)
        assert arrangement.cost.left() > across[-1]

    def test_a_large_network_is_drawn_with_less_detail(self, diagram, workbench):
        assert diagram.picture().arrangement.measure is LARGE
        workbench.apply("Big", lambda document: edits.set_network(document, layered((2, 8, 8, 1))))
        assert diagram.picture().arrangement.measure is TINY

    def test_what_is_not_computed_is_a_dot_and_never_a_zero(self, qapp):
        places = NetworkPlaces(arrange(Document().network, LARGE), content_of(Document()))
        assert {part.term: part.spoken for part in places.parts}["name:a2"] == (
            "activation a2, not computed yet"
        )


class TestSteps:
    def test_values_gradients_and_updates_appear_as_they_are_computed(self):
        document = Document()
        counts = []
        for step in (0, 5, 13, 17):
            content = content_of(replace(document, step=step))
            counts.append((len(content.values), len(content.gradients), len(content.updates)))
        assert counts == [(6, 0, 0), (11, 0, 0), (11, 8, 0), (11, 8, 5)]

    def test_the_step_lights_its_factor_and_numbers_the_path(self):
        content = content_of(replace(Document(), step=8))
        assert {"edge:z2/w2", "name:a1"} <= content.lit
        assert content.badges == {"edge:J/a2": 1, "edge:a2/z2": 2, "edge:z2/w2": 3}
        assert content.newest == "gradient:w2"


class TestWideLayers:
    def test_a_wide_layer_is_shortened_and_counted(self, qapp):
        whole = arrange(layered((2, 64, 30, 1)), SMALL)
        short = arrange(layered((2, 64, 30, 1)), SMALL, 6)
        assert len(whole.discs) == 97
        assert not whole.gaps
        assert [gap.count for gap in short.gaps] == [60, 26]
        assert len(short.discs) + sum(gap.count for gap in short.gaps) == 97
        drawn = {disc.name for disc in short.discs}
        assert all({each.source, each.target} <= {*drawn, "J"} for each in short.arrows)

    def test_who_is_wanted_is_drawn_between_two_gaps(self, qapp):
        short = arrange(layered((2, 64, 1)), SMALL, 6, frozenset({"1_20"}))
        assert "1_20" in {disc.name for disc in short.discs}
        assert [gap.count for gap in short.gaps] == [16, 43]
        heights = [disc.centre.y() for disc in short.discs if disc.pre_activation]
        assert heights[:5] == sorted(heights[:5])

    def test_the_step_at_hand_and_what_is_chosen_are_in_sight(self, diagram, workbench):
        network = layered((4, 64, 24, 3))
        workbench.apply("Wide", lambda document: edits.set_network(document, network))
        assert "1_30" not in diagram.discs()
        diagram.select(Selection(frozenset({"1_30"})))
        assert "1_30" in diagram.discs()
        for step in (1, 57, 128, 180, 200):
            go_to(workbench, step)
            term = diagram.picture().content.newest
            assert diagram.node_of(term) or diagram.arrow_of(term)

    @pytest.mark.parametrize("sizes", [(12, 5, 1), (9, 2, 1)])
    def test_many_inputs_do_not_cover_each_other(self, qapp, sizes):
        for measure in (LARGE, SMALL, TINY):
            discs = arrange(layered(sizes), measure).discs
            inputs = sorted(each.centre.y() for each in discs if not each.pre_activation)
            gaps = [b - a for a, b in pairwise(inputs)]
            assert min(gaps) > 2 * measure.input_radius


class TestMouse:
    def test_pointing_at_a_weights_line_lights_its_derivative(self, diagram, highlight):
        for term in ("edge:z2/w2", "name:a1", "name:J", "name:b1", "gradient:w1"):
            QTest.mouseMove(diagram, place(diagram, term) + QPoint(0, 1))
            assert highlight.hovered == term

    def test_dragging_a_weight_is_one_entry(self, diagram, workbench, drag):
        go_to(workbench, 8)
        drag(diagram, diagram.place_of("w2").toPoint(), 60)
        assert weight(workbench) == 2.0
        assert workbench.undo_name == "Set w2 1.4 → 2"
        workbench.undo()
        assert weight(workbench) == 1.4
        assert workbench.document.step == 8

    def test_escape_during_a_drag_takes_it_back(self, diagram, workbench):
        start = diagram.place_of("w2").toPoint()
        QTest.mousePress(diagram, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(diagram, start + QPoint(40, 0))
        assert weight(workbench) != 1.4
        QTest.keyClick(diagram, KEY.Key_Escape)
        assert weight(workbench) == 1.4
        assert workbench.undo_name is None

    @pytest.mark.parametrize(
        ("name", "text", "value"),
        [("b1", "1/3", 1 / 3), ("x", "-2,5", -2.5), ("y", "0.9", 0.9), ("w1", "sqrt(2)", 2**0.5)],
    )
    def test_a_click_opens_a_number_and_return_sets_it(self, diagram, workbench, name, text, value):
        QTest.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=diagram.place_of(name).toPoint())
        editor = diagram.focusWidget()
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, KEY.Key_Return)
        assert diagram.value_of(name) == value
        assert diagram.hasFocus()

    def test_nonsense_is_answered_in_words_and_changes_nothing(self, diagram, workbench, qtbot):
        QTest.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=diagram.place_of("w2").toPoint())
        editor = diagram.focusWidget()
        QTest.keyClicks(editor, "much")
        with qtbot.waitSignal(workbench.said) as said:
            QTest.keyClick(editor, KEY.Key_Return)
        assert said.args[0]
        QTest.keyClick(editor, KEY.Key_Escape)
        assert weight(workbench) == 1.4

    def test_a_click_pins_what_cannot_be_edited_and_one_beside_lets_go(self, diagram, highlight):
        QTest.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=place(diagram, "name:a1"))
        assert highlight.pinned == {"name:a1"}
        QTest.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        assert not highlight.pinned


class TestKeyboard:
    def test_tab_walks_every_quantity_from_left_to_right_and_then_leaves(self, diagram):
        diagram.clearFocus()
        diagram.setFocus(Qt.FocusReason.TabFocusReason)
        said = [diagram.accessibleDescription()]
        for _ in range(10):
            QTest.keyClick(diagram, KEY.Key_Tab)
            said.append(diagram.accessibleDescription())
        assert said[0] == "input x, 1.5"
        assert len(set(said)) == 11
        assert "weight w2, 1.4" in said

    def test_plus_and_minus_change_and_return_edits(self, diagram, workbench):
        diagram.clearFocus()
        diagram.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(diagram, KEY.Key_Right)
        assert diagram.accessibleDescription() == "weight w1, 0.5"
        for key in (KEY.Key_Plus, KEY.Key_Plus, KEY.Key_Minus):
            QTest.keyClick(diagram, key)
        assert weight(workbench, "w1") == 0.6
        QTest.keyClick(diagram, KEY.Key_Return)
        editor = diagram.focusWidget()
        QTest.keyClicks(editor, "3")
        QTest.keyClick(editor, KEY.Key_Return)
        assert weight(workbench, "w1") == 3.0
        workbench.undo()
        workbench.undo()
        assert weight(workbench, "w1") == 0.5


@pytest.mark.parametrize("step", range(18))
def test_every_step_can_be_drawn(diagram, workbench, step):
    go_to(workbench, step)
    image = diagram.grab().toImage()
    paper = image.pixelColor(2, 2)
    inked = sum(image.pixelColor(x, y) != paper for x in range(0, 818, 7) for y in range(0, 428, 7))
    assert inked > 100


class TestSkips:
    """Connections that skip a column go around what stands between."""

    @pytest.mark.parametrize("measure", [LARGE, ROWS, SMALL, TINY])
    @pytest.mark.parametrize(
        ("sizes", "skips"),
        [
            ((1, 1, 1, 1), [("x", "3"), ("1", "3")]),
            ((2, 2, 2, 1), [("x1", "3_1"), ("1_1", "3_1"), ("x2", "2_1")]),
            ((1, 3, 3, 1), [("x", "3_1"), ("x", "2_2"), ("1_2", "3_1")]),
        ],
    )
    def test_no_line_passes_through_a_disc(self, qapp, measure, sizes, skips):
        network = layered(sizes, seed=1)
        for source, target in skips:
            network = structure.add_connection(network, source, target, 0.5)
        arrangement = arrange(network, measure)
        for arrow in arrangement.arrows:
            if (arrow.source, arrow.target) not in skips:
                continue
            path = connection(arrow.start, arrow.end, arrow.bend)
            for disc in arrangement.discs:
                if disc.name in (arrow.source, arrow.target):
                    continue
                for part in range(101):
                    away = path.pointAtPercent(part / 100) - disc.centre
                    assert (away.x() ** 2 + away.y() ** 2) ** 0.5 > disc.radius
            assert arrangement.bounds.contains(path.boundingRect().center())

    def test_the_arrow_that_is_pointed_at_bears_its_number_between_the_smallest_discs(
        self, diagram, workbench, highlight
    ):
        workbench.apply("Big", lambda d: edits.set_network(d, layered((2, 8, 8, 1), seed=1)))
        assert diagram.picture().arrangement.measure is TINY
        assert diagram.picture_part("name:w2_11") is None
        highlight.hover("edge:z2_1/w2_11")
        assert diagram.picture_part("name:w2_11").quantity == "w2_11"


@pytest.mark.parametrize("measure", [ROWS, SMALL])
def test_after_an_update_no_label_covers_another_or_a_bias(qapp, measure):
    network = layered((2, 3, 1), seed=1)
    document = edits.run(Document(network=network, x=(1.5, 0.7), y=(0.1,)), 3)
    document = replace(document, step=document.step_count)
    places = NetworkPlaces(arrange(network, measure), content_of(document))
    lit = {term.partition(":")[2] for term in places.content.lit}
    labels = [
        part.region.boundingRect().adjusted(5, 4, -7, -4)
        for part in places.parts
        if part.quantity[:1] in ("w", "b") and part.quantity not in lit
    ]
    assert len(labels) >= len(network.connections) - 1
    assert not [(a, b) for n, a in enumerate(labels) for b in labels[:n] if a.intersects(b)]
    assert "→" in places._value_run(next(iter(lit & network.parameters().keys())), 15).text
