"""A plot alone from the command line: by its name, the descent lab's too, with no window shown."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from engine.workspace.store import loads
from gui.command_line import main
from gui.export.embedded import scene_in
from gui.figures import FIGURES


def written(path: Path, *words: str) -> Path:
    assert main(["gradients", "xor", "--output", str(path), *words]) == 0
    return path


def test_a_figure_of_the_lab_has_the_numbers_of_the_training(tmp_path: Path, qapp: object) -> None:
    found = written(tmp_path / "a.csv", "--plot", "loss", "--trained", "20")
    assert main(["train", "xor", "--steps", "20", "--output", str(tmp_path / "b.csv")]) == 0
    plotted, trained = (
        list(csv.reader(place.read_text(encoding="utf-8").splitlines()))
        for place in (found, tmp_path / "b.csv")
    )
    costs = [float(row[1]) for row in plotted[1:]]
    assert costs[:20] == [pytest.approx(float(row[1])) for row in trained[1:]]
    assert len(costs) == 21  # and the one it came to


def test_a_map_is_whole_before_it_is_drawn(tmp_path: Path, qapp: object) -> None:
    path = written(tmp_path / "a.png", "--plot", "landscape", "--scale", "1")
    image = QImage(str(path))
    across = range(200, image.width() - 200, 7)
    colours = {image.pixelColor(x, image.height() // 3).name() for x in across}
    assert len(colours) > 5
    assert image.text("Description").startswith("The cost over two weights")
    assert loads(scene_in(path)).network.inputs
    assert not [each for each in QApplication.topLevelWidgets() if each.isVisible()]


def test_a_plot_beside_the_steps_is_found_by_how_it_begins(tmp_path: Path, qapp: object) -> None:
    path = written(tmp_path / "a.svg", "--plot", "J against step", "--steps", "all")
    assert "<title>J against step" in path.read_text(encoding="utf-8")
    assert main(["derive", "x^2", "--plot", "h(x)", "--output", str(tmp_path / "b.svg")]) == 0
    assert "<title>h(x)" in (tmp_path / "b.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--plot", "nowhere"), "There is no plot “nowhere”."),
        (("--plot", "J against"), "may be several"),
        (("--trained", "-1"), "no fewer"),
    ],
)
def test_a_plot_that_is_not_there_is_said_with_all_there_are(
    words: tuple[str, ...],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    qapp: object,
) -> None:
    assert main(["gradients", "xor", "--output", str(tmp_path / "a.png"), *words]) == 2
    told = capsys.readouterr().err
    assert said in told
    if "nowhere" in words:
        assert all(f"“{entry.title}”" in told for entry in FIGURES)
    assert not list(tmp_path.iterdir())
