"""What is seen together belongs to one step, while training runs too."""

import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from engine.network.network import layered
from engine.network.runs import Run
from engine.workspace import edits, learning
from engine.workspace.document import Document
from engine.workspace.training import Data
from gui.figures import FIGURES
from gui.training.pace import SPEEDS

EVERY = [entry.key for entry in FIGURES]


def moons():
    network = layered((2, 5, 1), ["tanh", "sigmoid"], seed=1)
    document = replace(edits.set_network(Document(), network), workspace="descent")
    return learning.set_data(document, Data("two moons", 80, 0.1, 1))


class Screen(QObject):
    """Notes of which step every figure was when it was last painted, and what it said then."""

    def __init__(self, window, lab):
        super().__init__()
        self.window, self.lab = window, lab
        self.steps, self.words, self.seen, self.ahead = {}, {}, [], 0
        self.parts = {}
        for frame in lab.grid.shown:
            self.steps[frame.entry.key] = frame.step
            root = frame.figure.widget
            for part in (root, *root.findChildren(QWidget)):
                self.parts[part] = frame
                part.installEventFilter(self)
        window.installEventFilter(self)

    def eventFilter(self, watched, event):
        if watched is self.window and event.type() == QEvent.Type.UpdateRequest:
            self.window.removeEventFilter(self)
            self.window.event(event)
            self.window.installEventFilter(self)
            self.look()
            return True
        if event.type() == QEvent.Type.Paint and watched in self.parts:
            frame = self.parts[watched]
            self.steps[frame.entry.key] = frame.step
            text = getattr(watched, "text", str)()
            self.words[watched] = re.findall(r"\bstep (\d+)\b", text)
        return False

    def look(self):
        if self.lab.session.playing:
            said = {int(number) for words in self.words.values() for number in words[:1]}
            self.seen.append((dict(self.steps), said, self.lab.bar.step_field.value))
            self.ahead += any(
                frame.step != self.steps.get(frame.entry.key) for frame in self.lab.grid.shown
            )


@pytest.fixture
def lab(window, workbench, qtbot):
    workbench.apply("Moons", lambda _: moons())
    lab = window.sides.descent
    lab.grid.choose(EVERY)
    lab.session.drive.fastest = lab.session.drive.here
    qtbot.waitUntil(lambda: not any(frame.stale for frame in lab.grid.shown))
    return lab


def test_whenever_the_window_is_painted_all_figures_show_one_step(lab, window, qtbot):
    screen = Screen(window, lab)
    lab.session.set_speed(len(SPEEDS) - 1)
    lab.session.play()
    qtbot.waitUntil(lambda: len({frozenset(each[1]) for each in screen.seen}) > 6, timeout=20_000)
    lab.session.pause()
    assert screen.ahead  # figures were drawn before they were shown
    for steps, said, bar in screen.seen:
        assert set(steps) == set(EVERY)
        assert set(steps.values()) | said == {bar}


def test_what_is_drawn_ahead_is_shown_when_training_rests(lab, window):
    lab.session.set_speed(len(SPEEDS) - 1)
    lab.session.play()
    for _ in range(3):
        lab.session.tick()
    lab.session.pause()
    assert {frame.step for frame in lab.grid.shown} == {lab.session.run.step}
    assert all(frame.figure.widget.updatesEnabled() for frame in lab.grid.shown)


def test_a_page_that_is_moved_or_resized_while_drawing_is_whole_at_once(lab, window):
    lab.session.set_speed(len(SPEEDS) - 1)
    lab.session.play()
    lab.session.tick()
    lab.session.tick()
    window.resize(window.width() - 40, window.height())
    assert len({frame.step for frame in lab.grid.shown}) == 1
    assert all(frame.figure.widget.updatesEnabled() for frame in lab.grid.shown)
    before = lab.session.moment().step
    QTest.qWait(0)
    for _ in range(40):
        lab.session.tick()
    assert lab.session.moment().step > before
    lab.session.pause()


def test_what_is_scrolled_out_of_sight_is_not_drawn_until_it_is_seen(lab, window, qtbot):
    window.resize(700, 520)
    qtbot.waitUntil(lambda: lab.scroll.verticalScrollBar().maximum() > 100)
    lab.scroll.verticalScrollBar().setValue(0)
    last = lab.grid.shown[-1]
    assert not last.seen
    lab.session.set_speed(len(SPEEDS) - 1)
    lab.session.play()
    drawn = last.step
    for _ in range(60):
        lab.session.tick()
    assert lab.session.moment().step > drawn == last.step
    lab.scroll.verticalScrollBar().setValue(lab.scroll.verticalScrollBar().maximum())
    assert last.seen
    assert last.step > drawn
    lab.session.pause()
    assert {frame.step for frame in lab.grid.shown} == {lab.session.run.step}


def test_settings_changed_while_it_plays_are_seen_with_the_next_moment(lab, workbench, qtbot):
    lab.session.set_speed(len(SPEEDS) - 1)
    lab.session.play()
    lab.session.tick()
    workbench.apply("η", lambda document: edits.set_learning_rate(document, 0.01))
    assert lab.session.playing
    qtbot.waitUntil(lambda: lab.session.moment().settings.learning_rate == 0.01)
    QTest.keyClick(window_of(lab), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not lab.session.playing


def window_of(lab):
    return lab.window()


def test_the_loss_is_drawn_with_the_costs_as_they_are_though_training_goes_on(lab, monkeypatch):
    monkeypatch.setattr("engine.network.keyframes.KEPT_COSTS", 256)
    lab.session.set_speed(len(SPEEDS) - 1)
    lab.session.play()
    assert FIGURES[0].key == "loss"  # the first one is drawn before the next steps are made
    plot, drawn = lab.grid.frame("loss").figure.plot, []
    for _ in range(30):
        lab.session.tick()
        drawn.append((plot.seen.curve.steps.astype(int), plot.seen.curve.costs.copy()))
    lab.session.pause()
    monkeypatch.undo()
    run = lab.session.run
    again = Run(run.network, run.train, run.test, run.settings)
    again.advance(max(int(steps[-1]) for steps, _ in drawn) + 1)
    assert again.loss_stride == 1
    for steps, costs in drawn:
        np.testing.assert_array_equal(costs, again.losses[steps])
