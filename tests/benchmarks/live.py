"""The descent lab while it trains: frames, input, and how much of the training's speed is left.

    python tests/benchmarks/live.py [--seconds 4] [--rounds 3] [--figures loss,flow] [--steps N]
    xvfb-run -a python tests/benchmarks/live.py          # through X11, not offscreen

A 2-8-8-8-1 network learns from 500 samples at full speed, all figures shown in the real window.
Training by itself, from the window's timer and in the other process take turns, so that a slow
minute hits all alike. A frame is one painting of the window; an input is a movement of the mouse
over the loss, from when it is posted until the painting after it is done. A moment is what all
figures show together, until they show another one. “Work” is the processor
time between two frames, and “at work” compares the steps for each second of processor time: where
the machine is busy with other things, they say more than the clock. Then, for each figure, the
processor time that drawing and painting it costs. With --steps, so many steps are made in either
way, and the memory is told at a tenth, a quarter, a half of them and at the end. Not a test: a
slow machine proves nothing.
"""

import argparse
import os
import statistics
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is imported
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
if sys.platform == "linux" and not os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"}:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

SIZE = (1366, 768)


class Painting(QObject):
    """Notes when the window is painted, and when a posted input has been."""

    def __init__(self, window):
        super().__init__()
        self.window = window
        self.painted, self.waited, self.worked = [], [], []
        self._posted = None
        window.installEventFilter(self)

    def eventFilter(self, watched, event):
        """Paint, and look at the clock before and after."""
        if event.type() != QEvent.Type.UpdateRequest or watched is not self.window:
            return False
        posted = self._posted
        self.window.removeEventFilter(self)
        watched.event(event)
        self.window.installEventFilter(self)
        now = time.perf_counter()
        self.painted.append(now)
        self.worked.append(time.thread_time())
        if posted is not None:
            self.waited.append(now - posted)
            self._posted = None
        return True

    def post(self, widget, point):
        """Move the mouse over a widget."""
        if self._posted is None:
            self._posted = time.perf_counter()
            place, buttons = QPointF(point), Qt.MouseButton.NoButton
            event = QMouseEvent(
                QEvent.Type.MouseMove, place, QPointF(widget.mapToGlobal(place)), buttons, buttons,
                Qt.KeyboardModifier.NoModifier,
            )  # fmt: skip
            QApplication.postEvent(widget, event)


def task():
    """Return a document of 500 samples and a network to learn them."""
    from engine.network.network import layered
    from engine.workspace import edits, learning
    from engine.workspace.document import Document
    from engine.workspace.training import Data

    network = layered((2, 8, 8, 8, 1), ["tanh", "tanh", "tanh", "tanh"], seed=1)
    document = edits.set_network(Document(), network)
    document = replace(document, learning_rate=0.01, workspace="descent")
    return learning.set_data(document, Data("two moons", 500, 0.1, 1))


def windowless(document, seconds):
    """Return the steps a second of a run that nobody watches, and those a second it works."""
    from engine.network.runs import Run
    from engine.workspace.training import samples_of, settings_of

    split = samples_of(document)
    run = Run(document.network, split.train, split.test, settings_of(document))
    run.advance(600)
    start, used, made = time.perf_counter(), time.thread_time(), 0
    while time.perf_counter() - start < seconds:
        made += run.advance(200)
    return made / (time.perf_counter() - start), made / (time.thread_time() - used)


def processor_time(process):
    """Return the processor time a process has used, in seconds; nan where nobody tells."""
    file = Path(f"/proc/{process}/stat")
    if not file.exists():
        return float("nan")
    fields = file.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def spin(seconds):
    """Let the event loop run."""
    loop = QEventLoop()  # `quit` of the application would end the other process
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def played(lab, painting, seconds):
    """Play at full speed; return steps a second and a second of work, and lists of ms.

    These are the frames' intervals, their work, what inputs waited, and how long a moment stays
    on the screen until all figures show another one.
    """
    from gui.training.pace import SPEEDS

    session = lab.session
    session.restart()
    session.set_speed(len(SPEEDS) - 1)
    session.play()
    spin(0.8)  # until the other process is there
    for noted in (painting.painted, painting.waited, painting.worked):
        noted.clear()
    turned = []
    session.advanced.connect(note := lambda: turned.append(time.perf_counter()))
    target = lab.grid.shown[0].figure.widget
    target = target.focusProxy() or target
    pointer = QTimer()
    place = [0]

    def move():
        place[0] = (place[0] + 7) % max(1, target.width() - 80)
        painting.post(target, QPointF(40 + place[0], target.height() / 2).toPoint())

    pointer.timeout.connect(move)
    pointer.start(97)
    process = getattr(session.drive.fastest, "process_id", 0) or os.getpid()
    before, begun, used = session.run.length, time.perf_counter(), processor_time(process)
    spin(seconds)
    made = session.run.length - before
    rate, busy = made / (time.perf_counter() - begun), made / (processor_time(process) - used)
    pointer.stop()
    session.advanced.disconnect(note)
    session.pause()
    frames, work = (
        [1000 * (b - a) for a, b in pairwise(times)]
        for times in (painting.painted, painting.worked)
    )
    moments = [1000 * (b - a) for a, b in pairwise(turned)]
    return rate, busy, frames, work, [1000 * wait for wait in painting.waited], moments


def memory(process=None):
    """Return the resident memory of a process, in MB; nan where the system does not tell."""
    file = Path(f"/proc/{process or 'self'}/status")
    if not file.exists():
        return float("nan")
    line = next(each for each in file.read_text().splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def memory_of_a_run(session, steps, name):
    """Print what so many more steps of a run hold, and how it grows from the first tenth on."""
    begun = session.run.length
    session.play()
    first = None
    for target in (steps // 10, steps // 4, steps // 2, steps):
        while session.run.length - begun < target:
            spin(0.2)
        process = getattr(session.drive.fastest, "process_id", 0)
        here, there = memory(), memory(process) if process else 0.0
        first = first or (here, there)
        grown = f"{here / first[0] - 1:+.2%}" + (f", {there / first[1] - 1:+.2%}" if there else "")
        words = f", process {there:.1f} MB" if there else ""
        print(f"{name:<9}{session.run.length:>10,} steps: window {here:.1f} MB{words} ({grown})")
    session.pause()


def costs_of_figures(lab, moments):
    """Print what each figure costs a frame by itself: drawing, and painting what was drawn."""
    print(f"{'ms a frame':<28}{'draw':>8}{'paint':>8}")
    for frame in lab.grid.shown:
        draw, paint = [], []
        for moment in moments:
            start = time.thread_time()
            frame.draw(moment)
            between = time.thread_time()
            frame.figure.widget.repaint()
            draw.append(1000 * (between - start))
            paint.append(1000 * (time.thread_time() - between))
        print(f"{frame.entry.key:<28}{statistics.median(draw):>8.2f}"
              f"{statistics.median(paint):>8.2f}")  # fmt: skip


def main():
    """Measure, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--figures", default="", help="keys of some; all without")
    parser.add_argument("--steps", type=int, default=0, help="and tell the memory on the way")
    given = parser.parse_args()

    from gui.application import create
    from gui.bridge import Workbench
    from gui.figures import FIGURES
    from gui.main_window import MainWindow
    from gui.theme import Appearance

    application = create(sys.argv[:1])
    document = task()
    workbench = Workbench(document, Appearance())
    window = MainWindow(workbench)
    window.filling.finish()
    window.resize(*SIZE)
    window.show()
    spin(0.5)
    lab = window.sides.descent
    keys = given.figures.split(",") if given.figures else [entry.key for entry in FIGURES]
    lab.grid.choose(keys)
    spin(0.5)
    painting = Painting(window)
    print(f"{application.platformName()}, {len(keys)} figures: {', '.join(keys)}")

    elsewhere, here = lab.session.drive.fastest, lab.session.drive.here
    found = {"timer": [], "process": []}
    for number in range(given.rounds):
        for name, pace in (("timer", here), ("process", elsewhere)):
            before = windowless(document, 1.0)
            lab.session.drive.fastest = pace
            rate, busy, *times = played(lab, painting, given.seconds)
            bare, worked = map(statistics.mean, zip(before, windowless(document, 1.0), strict=True))
            found[name].append((rate / bare, busy / worked, *times))
            print(
                f"{number + 1}. {name:<9}{rate:>9,.0f} steps/s, {rate / bare:>6.1%} of {bare:,.0f}"
            )
    heads = (
        f"{head + ' p50':>11}{'p95':>7}{'max':>7}" for head in ("frame", "work", "input", "moment")
    )
    print(f"{'ms':<10}{''.join(heads)}{'training':>10}{'at work':>10}")
    for name, turns in found.items():
        share, busy = (statistics.median(turn[k] for turn in turns) for k in (0, 1))
        times = ([each for turn in turns for each in turn[k]] for k in (2, 3, 4, 5))
        print(f"{name:<10}{''.join(map(_line, times))}{share:>10.1%}{busy:>10.1%}")

    moments = []
    for _ in range(30):
        lab.session.steps(20)
        moments.append(replace(lab.session.moment(), running=True))
    spin(1.0)
    costs_of_figures(lab, moments)

    for name, pace in (("timer", here), ("process", elsewhere)) if given.steps else ():
        lab.session.drive.fastest = pace
        memory_of_a_run(lab.session, given.steps, name)
    workbench.mark_saved()
    window.close()


def _line(values):
    middle, late = statistics.median(values), sorted(values)[int(0.95 * len(values))]
    return f"{middle:>11.1f}{late:>7.1f}{max(values):>7.1f}"


if __name__ == "__main__":
    main()
