"""The dialog offers what a format heeds; the last choice is repeated by a key."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from engine.workspace.document import Document
from gui.export.dialog import Choice, ExportDialog
from gui.export.formats import FORMATS
from gui.export.material import PRINT, Look, Material
from gui.export.printing import Printing
from gui.exporting import diagram_of
from gui.main_window import MainWindow
from gui.pictures import Pictures
from gui.steps.network_cards import NetworkCards
from gui.theme import DARK


def test_what_is_shown_is_what_is_chosen(qapp: object) -> None:
    choice = Choice("phase", "pdf", Look(DARK, PRINT, True, "Letter", "factors", True), True)
    assert ExportDialog(choice).choice() == choice


def test_only_what_the_format_heeds_can_be_set(qapp: object) -> None:
    dialog = ExportDialog(Choice())
    for kind in FORMATS:
        dialog.format.setCurrentIndex(dialog.format.findData(kind.key))
        assert dialog.scale.isEnabled() == ("scale" in kind.options)
        assert dialog.paper.isEnabled() == ("paper" in kind.options)
        assert dialog.each.isEnabled() != kind.shared


def test_without_a_step_only_all_can_be_had(qapp: object) -> None:
    assert ExportDialog(Choice("step"), has_step=False).choice().what == "all"


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Accept the dialog as it stands; the file goes where it is suggested, in a folder here."""
    asked: list[str] = []

    def place(parent: object, title: str, suggestion: str, words: str) -> tuple[str, str]:
        asked.append(Path(suggestion).name)
        return str(tmp_path / Path(suggestion).name), words

    monkeypatch.setattr(ExportDialog, "exec", lambda _: int(QDialog.DialogCode.Accepted))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", place)
    return asked


def test_the_last_choice_is_repeated(
    window: MainWindow, answers: list[str], tmp_path: Path
) -> None:
    for _ in range(8):
        window.walking.next_step()
    window.way_out.export_again()  # nothing to repeat yet: it asks
    assert answers == ["step-B3.png"]
    window.way_out.export_again()
    window.walking.next_step()
    window.way_out.export_again()
    assert len(answers) == 1
    assert {path.name for path in tmp_path.iterdir()} == {
        "step-B3.png", "step-B3-2.png", "step-B4.png",
    }  # fmt: skip


def test_a_phase_and_all_steps(window: MainWindow, answers: list[str], tmp_path: Path) -> None:
    for _ in range(8):
        window.walking.next_step()
    pictures: Pictures = window.pictures
    for what, kind in (("phase", "markdown"), ("all", "text")):
        pictures.last = Choice(what, kind)  # type: ignore[arg-type]
        window.way_out.export()
    assert answers == ["backward.md", "derivation.txt"]
    assert (tmp_path / "backward.md").read_text(encoding="utf-8").count("$$") == 16
    assert "U4" in (tmp_path / "derivation.txt").read_text(encoding="utf-8")


def test_a_full_disk_is_said_in_words_and_leaves_no_half_file(
    window: MainWindow, answers: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.informativeText()))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    window.walking.next_step()
    window.way_out.export()
    assert "the disk is full" in told[0]
    assert not list(tmp_path.iterdir())
    assert window.pictures.last is None


def test_an_exported_picture_opens_as_its_scene(
    window: MainWindow, answers: list[str], tmp_path: Path
) -> None:
    for _ in range(8):
        window.walking.next_step()
    window.way_out.export()
    before = window.workbench.document
    window.workbench.open(Document(learning_rate=0.25))
    window.open_path(tmp_path / "step-B3.png")
    assert window.workbench.document == before
    assert window.files.path is None


def test_the_printer_gets_the_leaves(qapp: object, tmp_path: Path) -> None:
    document = Document()
    material = Material(
        tuple(NetworkCards(document)), "The chapter", document, diagram_of(document)
    )
    printing = Printing(material, Look(diagram=True))
    printing.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printing.printer.setOutputFileName(str(tmp_path / "a.pdf"))
    printing.paint(printing.printer)
    assert (tmp_path / "a.pdf").stat().st_size > 10_000


def test_the_preview_opens(window: MainWindow) -> None:
    seen: list[str] = []

    def look() -> None:
        from PySide6.QtWidgets import QApplication

        dialog = QApplication.activeModalWidget()
        seen.append(dialog.windowTitle() if dialog else "")
        if dialog:
            dialog.close()

    QTimer.singleShot(300, look)
    window.way_out.print_out()
    assert seen == ["Print"]
