"""Pictures of cards: the same page in pixels and as SVG, whole files or none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from engine.errors import EngineError
from engine.formula.card import Card
from engine.formula.formula import EMPTY
from engine.formula.page import page
from gui.export.clipboard import clipboard_data, copy_cards
from gui.export.files import ExportError, write_picture
from gui.export.picture import derivation_picture, write_png
from gui.export.svg import derivation_svg, write_svg
from gui.theme import DARK, LIGHT, Theme
from tests.engine.formula.corpus import B3, corpus

CARD = Card("B3", "backward", "Multiply along its path.", B3, B3, EMPTY, frozenset({"edge:z2/w2"}))
SVG = "{http://www.w3.org/2000/svg}"


def many() -> list[Card]:
    return [
        Card(str(place), "derive", f"Step {place}", formula, EMPTY, EMPTY)
        for place, formula in enumerate(corpus(), start=1)
    ]


def share_of_ink(image: QImage, theme: Theme) -> float:
    paper = QColor(theme.paper).rgb()
    small = image.convertToFormat(QImage.Format.Format_RGB32)
    points = [
        small.pixel(x, y) != paper
        for x in range(0, small.width(), 2)
        for y in range(0, small.height(), 2)
    ]
    return sum(points) / len(points)


def rendered(svg: str) -> QImage:
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        renderer.render(painter)
    return image


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("scale", [1, 2, 4])
def test_a_picture_has_ink_and_a_clean_margin(theme: Theme, scale: int) -> None:
    image = derivation_picture([CARD], "One step", theme, scale)
    size = page([CARD], "One step")
    assert abs(image.width() - size.width * scale) <= 1
    assert 0.01 < share_of_ink(image, theme) < 0.3
    edge = {image.pixelColor(x, y).name() for x in range(image.width()) for y in (0, 8 * scale)}
    edge |= {image.pixelColor(image.width() - 1, y).name() for y in range(image.height())}
    assert edge == {theme.paper}


def test_a_picture_can_have_no_ground() -> None:
    image = derivation_picture([CARD], "", LIGHT, 1, transparent=True)
    assert image.pixelColor(0, 0).alpha() == 0
    assert 'width="100' not in derivation_svg([CARD], "", LIGHT, transparent=True)[:600]
    assert LIGHT.paper not in derivation_svg([CARD], "", LIGHT, transparent=True)


def test_the_png_carries_its_text(tmp_path: Path) -> None:
    target = write_png(tmp_path / "step.png", [CARD], "One step", LIGHT, 2)
    image = QImage(str(target))
    assert image.text("Title") == "One step"
    assert "partial derivative of J" in image.text("Description")
    assert image.dotsPerMeterX() == 7560


def test_the_same_cards_give_the_same_bytes(tmp_path: Path) -> None:
    for write, name in ((write_png, "a.png"), (write_svg, "a.svg")):
        first = write(tmp_path / name, [CARD], "One step", LIGHT).read_bytes()
        assert write(tmp_path / name, [CARD], "One step", LIGHT).read_bytes() == first


def test_the_svg_is_whole_and_free_of_fonts() -> None:
    source = derivation_svg(many(), "All & <sundry>", DARK)
    root = ElementTree.fromstring(source)
    assert root.find(f"{SVG}title").text == "All & <sundry>"
    assert root.find(f"{SVG}desc").text
    assert not root.findall(f".//{SVG}text")
    defined = {path.get("id") for path in root.findall(f"{SVG}defs/{SVG}path")}
    used = {
        use.get("{http://www.w3.org/1999/xlink}href")[1:] for use in root.findall(f".//{SVG}use")
    }
    assert used == defined
    assert all(path.get("d") for path in root.findall(f"{SVG}defs/{SVG}path"))


def test_the_svg_s_groups_carry_term_ids() -> None:
    root = ElementTree.fromstring(derivation_svg([CARD], "", LIGHT))
    terms = {group.get("data-term") for group in root.findall(f".//{SVG}g")} - {None}
    assert terms == B3.terms()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_svg_and_png_show_the_same(theme: Theme) -> None:
    painted = derivation_picture([CARD], "One step", theme, 1, lit=True)
    drawn = rendered(derivation_svg([CARD], "One step", theme, lit=True))
    assert abs(painted.width() - drawn.width()) <= 1
    assert abs(painted.height() - drawn.height()) <= 1
    different = sum(
        abs(painted.pixelColor(x, y).lightness() - drawn.pixelColor(x, y).lightness()) > 96
        for x in range(0, drawn.width(), 2)
        for y in range(0, drawn.height(), 2)
    )
    assert different < 0.003 * drawn.width() * drawn.height() / 4


def test_what_is_lit_has_the_highlight_behind_it() -> None:
    image = derivation_picture([CARD], "", LIGHT, 1, lit=True)
    colours = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert LIGHT.highlight in colours
    assert LIGHT.highlight in derivation_svg([CARD], "", LIGHT, lit=True)
    assert LIGHT.highlight not in derivation_svg([CARD], "", LIGHT)


def test_a_folder_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="there is no such folder") as refusal:
        write_svg(tmp_path / "no" / "a.svg", [CARD], "", LIGHT)
    assert refusal.value.hint


def test_a_full_disk_leaves_the_old_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = write_svg(tmp_path / "a.svg", [CARD], "", LIGHT)
    before = target.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EngineError, match="the disk is full"):
        write_png(target, [CARD], "", LIGHT)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows protects folders in another way")
def test_a_read_only_folder_is_said_in_words(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    root = os.geteuid() == 0
    if root:  # who may write everywhere becomes nobody for a moment
        write_picture(tmp_path / "b.png", b"")
        (tmp_path / "b.png").unlink()
        os.seteuid(65534)
    try:
        with pytest.raises(ExportError, match="write-protected"):
            write_picture(tmp_path / "a.png", b"")
    finally:
        if root:
            os.seteuid(0)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits on Windows")
def test_a_file_that_cannot_be_finished_leaves_no_half_one(tmp_path: Path) -> None:
    """A real refusal in the middle of writing, in a process with a limit of its own."""
    code = f"""
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
from gui.export.files import ExportError, write_picture
try:
    write_picture({str(tmp_path / "a.png")!r}, bytes(100_000))
except ExportError as refusal:
    print(refusal.message)
"""
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert "could not be written: files as large as this" in done.stdout
    assert not list(tmp_path.iterdir())


def test_a_picture_too_large_to_open_is_refused() -> None:
    with pytest.raises(ExportError, match="too large"):
        derivation_picture(many() * 20, "", LIGHT, 4)


def test_pictures_need_no_application_and_svg_needs_no_qt(tmp_path: Path) -> None:
    """A process of its own, without a display or a platform to fall back on."""
    code = f"""
import sys
from engine.formula.card import Card
from engine.formula.formula import letter
cards = [Card("1", "derive", "A letter", letter("x"), letter("x"), letter("x"))]
from gui.export.svg import write_svg
class Colours:
    paper = "#ffffff"; ink = quiet = faint = rule = forward = backward_text = "#000000"
    changed_ink = highlight = "#000000"
write_svg({str(tmp_path / "a.svg")!r}, cards, "Title", Colours)
assert not any(name.startswith("PySide6") for name in sys.modules)
from gui.export.picture import write_png
from gui.theme import LIGHT
write_png({str(tmp_path / "a.png")!r}, cards, "Title", LIGHT, 1)
from PySide6.QtGui import QGuiApplication
assert QGuiApplication.instance() is None
"""
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, check=True)
    assert share_of_ink(QImage(str(tmp_path / "a.png")), LIGHT) > 0


def test_the_clipboard_has_picture_latex_and_text(qapp: QGuiApplication) -> None:
    data = clipboard_data([CARD], "One step", LIGHT)
    assert data.hasImage()
    assert "∂J/∂w₂ = ∂J/∂ŷ · ∂ŷ/∂z₂ · ∂z₂/∂w₂" in data.text()
    assert r"\frac{\partial J}{\partial w_2}" in data.text()
    assert data.hasFormat("application/x-latex")
    copy_cards([CARD], "One step", LIGHT)
    assert "B3  Multiply along its path." in QGuiApplication.clipboard().text()
