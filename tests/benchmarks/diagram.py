"""How long one frame of the diagram takes: 64 neurons in a layer, 2,048 connections.

``python -m tests.benchmarks.diagram`` opens the window without a screen and measures, for a small
and for a large network, what happens between two frames: the pointer moves over the diagram, a
weight is dragged, a step is taken, the picture is enlarged and pushed about. For each it prints
the median and the 95th percentile of the processor time in milliseconds, the median of the time on
the clock, and whether 60 frames a second are kept up. Everything the window does meanwhile is in
it. The processor's time counts, so that other programs on the machine do not; a large network's
panel, table and plots follow when a drag rests, and what that takes then is the last line.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.network.network import layered
from engine.workspace import edits
from engine.workspace.document import Document
from gui.application import create
from gui.bridge import Workbench
from gui.main_window import MainWindow

FRAMES = 60
WANTED = 1000 / 60


Times = list[tuple[float, float]]


def timed(act: Callable[[int], None], paint: Callable[[], None], frames: int = FRAMES) -> Times:
    """Return the processor's and the clock's time of each of some frames, in milliseconds."""
    times = []
    for frame in range(frames):
        start, begun = time.perf_counter(), time.process_time()
        act(frame)
        paint()
        used = time.process_time() - begun
        times.append((used * 1000, (time.perf_counter() - start) * 1000))
    return times


def measure(sizes: tuple[int, ...], step: int) -> dict[str, Times]:
    """Open the window on a network and time its frames."""
    network = layered(sizes, "tanh", seed=1)
    workbench = Workbench(Document())
    window = MainWindow(workbench)
    window.filling.finish()
    window.resize(1366, 768)
    window.show()
    workbench.apply("Scene", lambda document: edits.set_network(document, network))
    workbench.apply("Go", lambda document: edits.go_to_step(document, step))
    diagram = window.network.diagram
    application = sys.modules["PySide6.QtWidgets"].QApplication
    for _ in range(5):
        application.processEvents()
    weight = network.connections[len(network.connections) // 2].name
    centres = [part.region.boundingRect().center() for part in diagram.picture().parts]
    places = [diagram.transform().map(centre).toPoint() for centre in centres]

    def hover(frame: int) -> None:
        QTest.mouseMove(diagram, places[frame * 7 % len(places)])

    def set_weight(frame: int) -> None:
        value = 0.1 + frame / 100
        workbench.apply("Set", lambda d: edits.set_quantity(d, weight, value), "drag")

    labelled = next((e for e in diagram.picture().parts if e.quantity == weight), None)

    def drag(frame: int) -> None:
        """Drag the number with the mouse; where it has no room to stand, set it."""
        if labelled is None:
            set_weight(frame)
            return
        start = diagram.transform().map(labelled.value_box.center()).toPoint()
        if frame == 0:
            QTest.mousePress(diagram, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(diagram, start + QPoint(5 + frame, 0))
        if frame == FRAMES - 1:
            QTest.mouseRelease(diagram, Qt.MouseButton.LeftButton, pos=start)

    def walk(frame: int) -> None:
        workbench.apply("Go", lambda d: edits.go_to_step(d, 1 + frame % d.step_count), "step")

    def look(frame: int) -> None:
        if frame == 0:
            diagram.enlarge(3.0, QPointF(400, 200))
        diagram.push(QPointF(3 if frame % 20 < 10 else -3, 1))

    def paint() -> None:
        application.processEvents()

    def repaint() -> None:
        diagram.repaint()

    def rest(frame: int) -> None:
        set_weight(frame)
        window.network.settle()

    found = {
        "picture alone": timed(lambda _: diagram.refresh(), repaint),
        "pointer moves": timed(hover, paint),
        "weight dragged": timed(drag, paint),
        "steps taken": timed(walk, paint),
        "pushed about": timed(look, paint),
        "drag rests": timed(rest, paint, 8),
    }
    workbench.mark_saved()
    window.close()
    return found


def main() -> None:
    """Print the table."""
    create(sys.argv[:1])
    for sizes, step in (((1, 1, 1), 17), ((31, 64, 1), 0), ((31, 64, 1), 130), ((31, 64, 1), 200)):
        connections = len(layered(sizes).connections)
        print(f"{'-'.join(map(str, sizes))}, {connections} connections, at step {step}")
        for what, times in measure(sizes, step).items():
            used = sorted(each for each, _ in times[3:])
            clock = statistics.median(each for _, each in times[3:])
            middle, high = statistics.median(used), used[int(len(used) * 0.95)]
            verdict = "60 fps" if high <= WANTED else f"{1000 / middle:.0f} fps"
            print(
                f"  {what:16} {middle:7.2f} ms  95 %: {high:7.2f} ms  clock {clock:7.2f} ms  "
                f"{verdict}"
            )


if __name__ == "__main__":
    main()
