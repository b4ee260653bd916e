"""How soon the application shows its first usable frame, beside a bare window with one plot.

    .venv/bin/python tests/benchmarks/startup.py [--pairs 11] [--at-most 1.0]
    xvfb-run -a .venv/bin/python tests/benchmarks/startup.py        # through X11, not offscreen

Each pair is two new processes, one after the other; the first pair only warms the disk cache. A
process is asked through CHAIN_RULE_LAB_FIRST_FRAME to write the time of its first frame into a file
and to end. The clock starts before the process does, so that Python's own start counts.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPLICATION = [sys.executable, str(ROOT / "main.py")]
BARE_WINDOW = [sys.executable, __file__, "--bare"]
FIRST_FRAME = "CHAIN_RULE_LAB_FIRST_FRAME"


def seconds_to_first_frame(command: list[str]) -> float:
    """Start `command` and return how long it took to paint."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "first-frame")
        environment = os.environ | {FIRST_FRAME: str(file)}
        if sys.platform == "linux" and not os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"}:
            environment |= {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*.warning=false"}
        start = time.time_ns()
        subprocess.run(command, env=environment, check=True, timeout=60)
        return (int(file.read_text()) - start) / 1e9


def compare(pairs: int) -> float:
    """Print and return the median ratio of the two times over `pairs` pairs of processes."""
    measured = []
    for number in range(pairs + 1):
        times = seconds_to_first_frame(APPLICATION), seconds_to_first_frame(BARE_WINDOW)
        if number:
            measured.append(times)
            print(f"{number:3}  application {times[0]:.3f} s   bare window {times[1]:.3f} s")
    ratio = statistics.median(application / bare for application, bare in measured)
    application, bare = map(statistics.median, zip(*measured, strict=True))
    print(f"median of {pairs}: application {application:.3f} s, bare window {bare:.3f} s")
    print(f"ratio {ratio:.2f}")
    return ratio


def show_bare_window() -> None:
    """Show what a newcomer's first twenty lines of PySide6 and pyqtgraph show."""
    import numpy as np
    import pyqtgraph
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Plot(pyqtgraph.PlotWidget):  # type: ignore[misc]
        painted = False

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if not self.painted:
                self.painted = True
                QTimer.singleShot(0, write_time)

    def write_time() -> None:
        Path(os.environ[FIRST_FRAME]).write_text(str(time.time_ns()))
        application.quit()

    application = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    plot = Plot()
    x = np.linspace(-6, 6, 500)
    plot.plot(x, np.log(2 + np.cos(x)))
    window.setCentralWidget(plot)
    window.show()
    application.exec()


def main() -> int:
    """Read the arguments; return 1 if the application is slower than it may be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=11)
    parser.add_argument("--at-most", type=float, default=float("inf"), metavar="RATIO")
    parser.add_argument("--bare", action="store_true", help="be the bare window")
    arguments = parser.parse_args()
    if arguments.bare:
        show_bare_window()
        return 0
    return int(compare(arguments.pairs) > arguments.at_most)


if __name__ == "__main__":
    sys.exit(main())
