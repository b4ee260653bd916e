"""The dialog offers what a format heeds; the last choice is repeated by a key."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QProgressDialog
from pytestqt.qtbot import QtBot

from engine.formula.notation import Notation
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.export.choice import Choice, choice_from
from gui.export.dialog import ExportDialog
from gui.export.embedded import scene_in
from gui.export.files import WITH_SCENE
from gui.export.formats import FORMATS
from gui.export.material import PRINT, Look, Material
from gui.export.printing import Printing
from gui.exporting import diagram_of
from gui.main_window import MainWindow
from gui.memory import Memory
from gui.pictures import Pictures
from gui.steps.network_cards import NetworkCards
from gui.theme import DARK, Appearance


def test_what_is_shown_is_what_is_chosen(qapp: object) -> None:
    look = Look(DARK, PRINT, True, "Letter", "factors", True, "modern", True)
    choice = Choice("phase", "pdf", look, True, "F1", "", Notation(cost="L"))
    assert ExportDialog(choice).choice() == choice
    assert choice_from(choice.as_data()) == choice


def test_a_choice_that_is_not_understood_takes_its_defaults() -> None:
    strange = {"what": 3, "kind": "docx", "theme": "pink", "scale": "big", "each": "yes",
               "notation": {"cost": "Q"}, "blanks": None}  # fmt: skip
    assert choice_from(strange) == Choice()
    assert choice_from({}) == Choice()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(Choice().as_data())), _JSON))
def test_no_preference_keeps_the_dialog_from_opening(data: dict[str, object]) -> None:
    choice = choice_from(data)
    assert choice.format
    assert choice_from(choice.as_data()) == choice


def test_a_diagram_or_a_plot_offers_only_formats_of_pictures(qapp: object) -> None:
    dialog = ExportDialog(Choice("diagram"), plots=["J against step"])
    keys = [dialog.format.itemData(at) for at in range(dialog.format.count())]
    assert keys == ["png", "svg", "pdf"]
    assert not dialog.blanks.isEnabled()
    dialog.plots.activated.emit(0)
    keys = [dialog.format.itemData(at) for at in range(dialog.format.count())]
    assert keys == ["png", "svg", "pdf", "csv"]
    assert dialog.choice().what == "plot"
    assert dialog.choice().plot == "J against step"


def test_chosen_steps_that_are_not_there_keep_the_dialog_open(
    qtbot: QtBot, window: MainWindow
) -> None:
    cards = window.network.panel.cards
    dialog = ExportDialog(Choice(), cards=cards)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.chosen, "B9-")
    assert dialog.choice().what == "chosen"
    dialog.accept()
    assert dialog.isVisible()
    assert "There is no step “B9-”" in dialog.remark.text()
    dialog.chosen.setText("F1, B2–B4")
    dialog.accept()
    assert not dialog.isVisible()


def test_a_notation_can_be_chosen_for_an_export(qapp: object) -> None:
    dialog = ExportDialog(Choice(), notation=Notation(output="a"))
    action = next(each for each in dialog.notation.menu().actions() if each.text() == "Cost")
    action.menu().actions()[1].trigger()
    assert dialog.choice().notation == Notation(output="a", cost="L")
    dialog.notation.menu().actions()[0].trigger()
    assert dialog.choice().notation is None


def test_only_what_the_format_heeds_can_be_set(qapp: object) -> None:
    dialog = ExportDialog(Choice())
    for kind in FORMATS:
        if not kind.maker:
            continue
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


def test_the_last_choice_is_kept_for_another_day(
    qtbot: QtBot, answers: list[str], tmp_path: Path
) -> None:
    place = tmp_path / "settings" / "preferences.json"
    for day in range(2):
        window = MainWindow(Workbench(Document(), Appearance()), Memory(place))
        window.filling.finish()
        for _ in range(8 + day):
            window.actions_by_key["next_step"].trigger()
        if not day:
            window.pictures.last = Choice("step", "text", Look(blanks="values"))
        window.actions_by_key["export" if not day else "export_again"].trigger()
        window.workbench.mark_saved()
        window.close()
    assert answers == ["step-B3.txt"]
    assert "____" in (tmp_path / "step-B4.txt").read_text(encoding="utf-8")


def test_chosen_steps_in_another_notation(
    window: MainWindow, answers: list[str], tmp_path: Path
) -> None:
    look = Look()
    window.pictures.last = Choice(
        "chosen", "text", look, chosen="B1, u1-U2", notation=Notation(cost="L")
    )
    window.way_out.export()
    text = (tmp_path / "derivation.txt").read_text(encoding="utf-8")
    assert [word for word in ("B1", "B2", "U1", "U2", "U3") if f"{word}  " in text] == [
        "B1", "U1", "U2",
    ]  # fmt: skip
    assert "∂L/∂ŷ" in text
    assert window.workbench.document.notation.cost == "J"


def test_the_diagram_and_a_plot_alone(
    window: MainWindow, answers: list[str], tmp_path: Path
) -> None:
    for _ in range(8):
        window.actions_by_key["next_step"].trigger()
    theme = window.workbench.appearance.theme
    plot = next(each for each in window.pictures._plots(window.sides) if "slope" in each)
    for what, kind in (("diagram", "png"), ("plot", "svg"), ("plot", "csv")):
        window.pictures.last = Choice(what, kind, Look(DARK), plot=plot)  # type: ignore[arg-type]
        window.way_out.export()
    assert window.workbench.appearance.theme is theme
    image = QImage(str(tmp_path / "diagram.png"))
    assert image.pixelColor(2, 2).name() == DARK.paper
    assert "weight w2, 1.4" in image.text("Description")
    assert scene_in(tmp_path / "plot.svg")
    assert DARK.backward in (tmp_path / "plot.svg").read_text(encoding="utf-8")
    head, *lines = (tmp_path / "plot.csv").read_text(encoding="utf-8").splitlines()
    assert head.startswith("w₂,J")
    assert len(lines) == 481


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


def test_progress_never_goes_back(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[Fraction] = []

    def value(bar: QProgressDialog, done: int) -> None:
        shown.append(Fraction(done, bar.maximum()))

    monkeypatch.setattr(QProgressDialog, "setValue", value)
    assert window.pictures.write(NetworkCards(Document()), "", tmp_path / "a.html")
    assert shown == sorted(shown)
    assert shown[-1] == 1
    assert len(shown) > 30


def test_opening_an_export_brings_its_scene_and_belongs_to_no_file(
    window: MainWindow, workbench: Workbench, tmp_path: Path
) -> None:
    scene = replace(Document(), x=(2.5,))
    for ending in WITH_SCENE:
        workbench.open(scene)
        place = tmp_path / f"a{ending}"
        assert window.pictures.write(NetworkCards(scene)[:1], "", place)
        workbench.open(Document())
        assert window.files.open(place)
        assert workbench.document == scene
        assert window.files.path is None
