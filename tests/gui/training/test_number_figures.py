"""Every sample, the update in numbers, the gradient check: tables of one step."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from engine.formula.plaintext import plaintext
from engine.network.losses import Penalty
from engine.workspace import learning
from engine.workspace.scenes import take_scene
from gui.figure_export import content
from gui.theme import LIGHT

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def lab(window, workbench):
    workbench.apply("XOR", lambda document: take_scene(document, "xor"))
    return window.sides.descent


def open_figure(window, lab, command, key):
    window.actions_by_key[command].trigger()
    assert lab.grid.large == key
    return lab.grid.frame(key).figure


def test_the_rows_of_the_samples_come_to_the_gradient(window, lab, workbench):
    figure = open_figure(window, lab, "show_samples", "samples")
    lab.session.steps(3)
    model, moment = figure.model, lab.session.moment()
    assert model.rowCount() == 5
    first = len(model.headings) - len(moment.names)
    for column in range(first, len(model.headings)):
        rows = [model.value(row, column) for row in range(1, 5)]
        assert model.value(0, column) == pytest.approx(np.mean(rows))
        assert model.value(0, column) == pytest.approx(moment.standing.gradient[column - first])
    assert "mean over 4" in figure.caption.text()
    workbench.apply("L2", lambda document: learning.set_penalty(document, Penalty("L2", 0.1)))
    assert model.totals == ["mean", "penalty", "together"]
    assert model.value(2, first) == pytest.approx(lab.session.moment().standing.gradient[0])
    table = dict(figure.table())
    assert len(table["loss"]) == 7


def test_a_press_on_a_sample_brings_it_into_focus(window, lab, workbench):
    figure = open_figure(window, lab, "show_samples", "samples")
    lab.session.steps(2)
    place = figure.view.visualRect(figure.model.index(3, 0)).center()
    QTest.mouseClick(figure.view.viewport(), LEFT, pos=place)
    assert workbench.document.focus == 2
    assert workbench.document.x == (1.0, 0.0)
    assert lab.session.run.step == 2


@pytest.mark.parametrize("optimizer", ["gradient descent", "adam", "adadelta"])
def test_the_update_told_is_the_update_made(window, lab, workbench, optimizer):
    workbench.apply("Rule", lambda document: learning.set_optimizer(document, optimizer))
    figure = open_figure(window, lab, "show_update", "update")
    lab.session.steps(4)
    columns = dict(figure.table())
    old = lab.session.run.standing.parameters
    np.testing.assert_array_equal(columns["old"], old)
    told = plaintext(figure.formula.formula)
    lab.session.step()
    np.testing.assert_allclose(columns["new"], lab.session.run.standing.parameters, rtol=1e-12)
    assert "←" in told
    assert ("m̂" in columns) is (optimizer == "adam")


def test_the_lines_are_those_of_the_weight_that_is_pressed(window, lab):
    figure = open_figure(window, lab, "show_update", "update")
    figure.numbers.row_chosen.emit(0)
    assert figure.parameter == "w1_11"
    assert plaintext(figure.formula.formula).startswith("w₁,₁₁ ←")
    assert figure.words.text().startswith("w₁")


def test_a_gradient_is_checked_on_demand(window, lab):
    figure = open_figure(window, lab, "check_gradient", "check")
    lab.session.steps(2)
    place = lab.session.moment().names.index(figure.found.name)
    assert figure.found.slope == pytest.approx(lab.session.moment().standing.gradient[place])
    assert figure.found.agrees
    assert "✓" in figure.caption.text()
    figure.choice._choose(figure.choice._group.actions()[0])
    assert figure.found.name == "w1_11"
    assert "Least error" in figure.curve.accessibleDescription()
    lab.session.set_speed(9)
    lab.session.play()
    lab.session.tick()
    assert figure.found is None
    lab.session.pause()
    assert figure.found is not None


@pytest.mark.parametrize("ending", [".png", ".svg", ".csv"])
def test_every_figure_leaves_the_window(window, lab, monkeypatch, tmp_path, ending, workbench):
    said = []
    workbench.said.connect(said.append)
    lab.session.steps(3)
    for key in ("loss", "samples", "update", "check"):
        path = tmp_path / f"{key}{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, p=path: (str(p), ""))
        lab.grid.choose([key])
        QTest.mouseClick(lab.grid.frame(key).export, LEFT)
        written = path.read_bytes()
        assert said[-1] == f"Exported {key}{ending}."
        start = {".png": b"\x89PNG", ".svg": b"<?xml", ".csv": b""}[ending]
        assert written.startswith(start)
        assert len(written) > 60
    assert content(lab.grid.frame("loss"), ".csv", workbench.document, LIGHT).startswith(b"step,")


def test_a_place_that_cannot_be_written_is_said(window, lab, monkeypatch, tmp_path, workbench):
    said = []
    workbench.said.connect(said.append)
    path = tmp_path / "nowhere" / "loss.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    QTest.mouseClick(lab.grid.frame("loss").export, LEFT)
    assert said[-1].startswith("“loss.png” could not be written")
