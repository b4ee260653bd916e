"""The first 60 seconds of a newcomer, start to end, with real mouse and key events."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from engine.formula.plaintext import plaintext
from engine.workspace.document import Document
from gui.network_workspace import WELCOME
from gui.widgets.formula_painting import MARGIN

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def press(key, modifier=Qt.KeyboardModifier.NoModifier, times=1):
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def click(button):
    QTest.mouseClick(button, LEFT)


def point_at(view, term):
    """Move the mouse to the first place of a formula where a term is hit."""
    for y in range(0, view.height(), 3):
        for x in range(0, view.width(), 3):
            em_x = x / view._px - MARGIN
            if view.formula_layout.hit(em_x, (y - view.baseline()) / view._px) == term:
                QTest.mouseMove(view, QPoint(x, y))
                return
    raise AssertionError(f"{term} is nowhere in {plaintext(view.formula)}")


def test_the_first_minute(window, workbench, qtbot):
    network, diagram = window.network, window.network.diagram
    panel = network.panel

    # 0 s: one line that says what to do, one filled button, nothing computed, the target is there
    assert network.caption.text() == WELCOME
    filled = [
        button
        for button in window.findChildren(QPushButton)
        if button.isVisible() and button.property("kind") == "filled"
    ]
    assert filled == [network.bar.next_button]
    says = diagram.picture().picture_says
    for name in ("z1", "a1", "z2", "a2", "J"):
        assert says(f"name:{name}").endswith("not computed yet")
    assert says("name:y") == "wanted value y, 0.1"

    # 5 s: Space; the number lands in the node and in the panel, the edge lights
    press(KEY.Key_Space)
    assert plaintext(panel.current.card.full) == (
        "z₁ = w₁ · x + b₁\n   = 0.5 · 1.5 + (−0.3)\n   = 0.45"
    )
    assert diagram.picture().picture_says("name:z1") == "pre-activation z1, 0.45"
    assert "edge:z1/w1" in diagram.picture().content.lit

    # 15 s: four more; the answer, the cost, and a question
    press(KEY.Key_Space, times=4)
    assert diagram.picture().picture_says("name:a2").endswith("0.7781")
    assert diagram.picture().picture_says("name:J") == "cost J, 0.2299"
    question = panel.current.question
    assert question.words.text() == "ŷ is too high. Should w₂ go up or down?"
    assert sorted(question.buttons) == ["down", "up"]
    click(question.buttons["down"])

    # 22 s: backward; the factor a1 lights node a1 and edge ②
    press(KEY.Key_Space, times=3)
    assert panel.current.card.label == "B3"
    point_at(panel.current.formula_view, "edge:z2/w2")
    lit = diagram.picture().content.lit
    assert {"name:a1", "edge:z2/w2"} <= lit
    assert network.caption.text() == "The derivative for a weight is the value at its other end."
    QTest.mouseMove(window.top, QPoint(5, 5))
    window.highlight.hover("")

    # 40 s: the update; before and after stay, and the guess was right
    press(KEY.Key_Space, times=6)
    assert panel.current.card.label == "U1"
    assert panel.current.question.words.text() == "You said down — correct."
    press(KEY.Key_Space, times=3)
    updates = diagram.picture().content.updates
    assert updates["w2"] == pytest.approx((1.4, 1.3643), abs=5e-5)
    assert updates["J"] == pytest.approx((0.2299, 0.2179), abs=5e-5)

    # 48 s: Run 10; the curve drops
    click(network.bar.run_button)
    qtbot.waitUntil(lambda: not window.training.running, timeout=20_000)
    assert len(network.figures.loss.losses) == 12
    assert network.figures.loss.losses[-1] == pytest.approx(0.1007, abs=5e-5)
    assert diagram.picture().content.values["a2"] == pytest.approx(0.5487, abs=5e-5)

    # 55 s: drag w2, everything follows live; Ctrl+Z; what to do next
    trained = workbench.document
    start = diagram.place_of("w2").toPoint()
    QTest.mousePress(diagram, LEFT, pos=start)
    costs = []
    for step in range(1, 30):
        QTest.mouseMove(diagram, start + QPoint(step, 0))
        costs.append(diagram.picture().content.values["J"])
    QTest.mouseRelease(diagram, LEFT, pos=start + QPoint(29, 0))
    assert len(set(costs)) > 20
    press(KEY.Key_Z, CONTROL)
    assert workbench.document == trained
    assert list(question.buttons) == ["function", "network"]
    click(question.buttons["function"])
    assert workbench.document.workspace == "function"
    assert window.sides.function.field.line.hasFocus()
    press(KEY.Key_Z, CONTROL)  # in the line there is nothing to undo; the window's undo is
    window.network.diagram.setFocus()
    while workbench.undo_name:
        window.undo()
    assert workbench.document == Document()


def test_a_wrong_guess_is_told_gently(window, workbench):
    press(KEY.Key_Space, times=5)
    click(window.network.panel.current.question.buttons["up"])
    assert not window.network.panel.waits_for_an_answer
    press(KEY.Key_Space, times=9)
    words = window.network.panel.current.question.words.text()
    assert words == "You said up; w₂ goes down, against the slope."


def test_nobody_has_to_answer(window, workbench):
    press(KEY.Key_Space, times=14)
    assert workbench.document.step == 14
    assert window.network.panel.current.question.question is None


def test_playing_waits_for_the_answer(window, workbench):
    window.autoplay.auto_play()
    for _ in range(9):
        if window.autoplay.playing:
            window.autoplay.advance()
    assert workbench.document.step == 5
    assert not window.autoplay.playing
    click(window.network.panel.current.question.buttons["down"])
    window.autoplay.auto_play()
    window.autoplay.advance()
    assert workbench.document.step == 7
