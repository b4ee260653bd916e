"""Steps made in another process are the steps that would have been made here, whatever happens."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from engine.network.datasets import dataset
from engine.network.network import layered
from engine.network.runs import Run
from engine.network.settings import Settings
from engine.network.until import Until, advance_until
from gui.training.elsewhere import LOST, Elsewhere

ROOT = Path(__file__).resolve().parents[3]
WHOLE = Settings("half squared error", 0.1)
DRAWN = Settings(
    "half squared error", 0.02, optimizer="adam", schedule="exponential:γ=0.9999", batch=30, seed=4
)


def new_run(settings=WHOLE, last="tanh"):
    samples = dataset("circle", 100, seed=2)
    network = layered((2, 4, 1), ["tanh", last], seed=1)
    return Run(network, samples, dataset("circle", 40, seed=3), settings)


@pytest.fixture
def said():
    return []


@pytest.fixture
def pace(qapp, said):
    pace = Elsewhere(said.append)
    yield pace
    pace.close()
    assert not pace.process_id


def poll(pace):
    QCoreApplication.processEvents()
    pace.poll(0.002)


def until(condition, pace, seconds=40):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        poll(pace)


def same(one, other):
    assert one.length == other.length
    assert one.step == other.step
    np.testing.assert_array_equal(one.losses, other.losses)
    np.testing.assert_array_equal(one.standing.parameters, other.standing.parameters)
    assert one.notes.stride == other.notes.stride
    np.testing.assert_array_equal(one.notes.parameters, other.notes.parameters)
    np.testing.assert_array_equal(one.notes.train, other.notes.train)
    np.testing.assert_array_equal(one.notes.test, other.notes.test)


@pytest.mark.parametrize("settings", [WHOLE, DRAWN], ids=["whole", "drawn"])
def test_steps_made_elsewhere_are_those_made_here(pace, settings):
    there, here = new_run(settings), new_run(settings)
    pace.start(there, None)
    until(lambda: pace.away and there.length > 5000, pace)
    pace.stop()
    here.advance(there.length)
    same(there, here)
    for step in (there.length - 1, 3000, 7):
        there.go_to(step)
        here.go_to(step)
        np.testing.assert_array_equal(there.standing.parameters, here.standing.parameters)
        for name, values in here.standing.inner.items():
            np.testing.assert_array_equal(there.standing.inner[name], values)


def test_it_stops_and_goes_on_where_it_was(pace):
    there, here = new_run(DRAWN), new_run(DRAWN)
    for _ in range(3):
        reached = there.length
        pace.start(there, None)
        until(lambda reached=reached: pace.away and there.length > reached + 500, pace)
        pace.stop()
        assert not pace.working
        reached = there.length
        poll(pace)
        assert there.length == reached
        there.advance(3)
    here.advance(there.length)
    same(there, here)


@pytest.mark.parametrize(
    "end",
    [Until("step", 9000), Until("loss", 0.2), Until("test", 0.25), Until("gradient", 0.05),
     Until("epoch", 200)],
    ids=lambda end: end.kind,
)  # fmt: skip
def test_it_ends_at_the_step_that_was_asked_for(pace, end):
    settings = DRAWN if end.kind == "epoch" else WHOLE
    there, here = new_run(settings), new_run(settings)
    while not advance_until(here, 200, end):
        assert here.length < 100_000
    pace.start(there, end)
    until(lambda: not pace.working, pace)
    same(there, here)


def test_a_run_that_diverges_says_the_same(pace, said):
    wild = Settings("half squared error", 0.1, schedule="exponential:γ=1.001")
    there, here = new_run(wild, "linear"), new_run(wild, "linear")
    here.advance(100_000)
    assert here.divergence is not None
    pace.start(there, None)
    until(lambda: not pace.working, pace)
    assert there.divergence == here.divergence
    assert there.length == here.length
    assert there.length > 1000
    assert said == []


def test_a_run_begun_behind_its_end_is_looked_through_first(pace):
    run = new_run()
    run.advance(50)
    run.go_to(10)
    pace.start(run, None)
    until(lambda: pace.away and run.length > 2000, pace)
    pace.stop()
    assert run.step == run.length


def test_other_settings_go_on_from_there(pace):
    there, here = new_run(WHOLE), new_run(WHOLE)
    for run in (there, here):
        run.advance(300)
        run.change(DRAWN)
        run.advance(41)
    pace.start(there, Until("step", 6000))
    until(lambda: not pace.working, pace)
    here.advance(6000 - here.length)
    same(there, here)


def test_a_killed_process_is_told_and_training_goes_on_here(pace, said):
    there, here = new_run(), new_run()
    pace.start(there, None)
    until(lambda: pace.away and there.length > 1000, pace)
    os.kill(pace.process_id, signal.SIGKILL)
    until(lambda: said, pace)
    assert said == [LOST]
    reached = there.length
    until(lambda: there.length > reached + 200, pace)
    assert pace.working
    assert not pace.away
    pace.stop()
    here.advance(there.length)
    same(there, here)
    pace.start(there, None)  # the next time another one is started
    until(lambda: pace.away, pace)


def test_a_command_that_does_not_exist_is_told_once(qapp, said):
    pace = Elsewhere(said.append, command=("/no/such/program",))
    run = new_run()
    pace.start(run, None)
    until(lambda: said and run.length > 100, pace)
    pace.stop()
    pace.start(run, None)
    until(lambda: run.length > 300, pace)
    pace.close()
    assert said == [LOST]


WINDOW = """
import sys
import tempfile
from PySide6.QtCore import QCoreApplication
sys.path.insert(0, {root!r})
app = QCoreApplication([])
from tests.gui.training.test_elsewhere import Elsewhere, new_run, poll
pace, run = Elsewhere(print), new_run()
pace.start(run, None)
while not pace.away:
    poll(pace)
reached = run.length
while run.length == reached:
    poll(pace)
print(pace.process_id, flush=True)
while True:
    poll(pace)
"""


@pytest.mark.skipif(os.name == "nt", reason="asks for processes by their ids as POSIX does")
def test_a_killed_window_leaves_nothing_behind(tmp_path):
    window = subprocess.Popen(
        [sys.executable, "-c", WINDOW.format(root=str(ROOT))], stdout=subprocess.PIPE, text=True,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )  # fmt: skip
    with window:
        worker = int(window.stdout.readline())
        os.kill(worker, 0)
        window.kill()
    end = time.monotonic() + 20
    while time.monotonic() < end and _alive(worker):
        time.sleep(0.02)
    assert not _alive(worker)
    assert list(tmp_path.iterdir()) == []


def _alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/status")  # an orphan nobody has waited for yet is no process
    return not (status.exists() and "State:\tZ" in status.read_text())


def test_where_no_file_can_be_made_training_goes_on_here(pace, said, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    run = new_run()
    pace.start(run, None)
    until(lambda: said, pace)
    reached = run.length
    until(lambda: run.length > reached + 100, pace)
    assert said == [LOST]
    assert not pace.away
