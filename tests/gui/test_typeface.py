"""The formulas' face is chosen in a menu, kept, and the same in panel and pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from engine.formula.card import Card
from engine.formula.formula import EMPTY, Text, letter, row
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.export.formats import format_called
from gui.export.material import Look, Material
from gui.main_window import MainWindow
from gui.memory import Memory
from gui.steps.network_cards import NetworkCards
from gui.theme import Appearance
from gui.typeface import set_in, typeface
from gui.widgets.formula_view import FormulaView

CHAPTER = Document()
MATERIAL = Material(tuple(NetworkCards(CHAPTER))[:3], "", CHAPTER)


def test_the_menu_sets_every_formula_in_another_face(window: MainWindow) -> None:
    for _ in range(9):
        window.actions_by_key["next_step"].trigger()
    views = [view for view in window.findChildren(FormulaView) if view.isVisible()]
    before = [view.width() for view in views]
    window.actions_by_key["use_latin_modern"].trigger()
    assert typeface() == "modern"
    drawn = {glyph.face for view in views for glyph in view.formula_layout.glyphs}
    assert drawn == {"modern", "math"}  # the badges' circles are in one of them only
    assert [view.width() for view in views] != before
    assert all(view.width() >= view.sizeHint().width() for view in views)
    window.actions_by_key["use_stix"].trigger()
    assert [view.width() for view in views] == before


def test_the_face_is_kept(qapp: object, tmp_path: Path) -> None:
    place = tmp_path / "preferences.json"
    workbench = Workbench(Document(), Appearance())
    window = MainWindow(workbench, Memory(place))
    window.actions_by_key["use_latin_modern"].trigger()
    window.close()
    appearance = Appearance()
    assert typeface() == "math"
    Memory(place).dress(appearance)
    assert typeface() == "modern"
    appearance.set_typeface("math")


def test_an_export_has_its_own_face_and_leaves_the_window_s() -> None:
    ours = format_called("svg").make(MATERIAL, Look()).decode()
    theirs = format_called("svg").make(MATERIAL, Look(typeface="modern")).decode()
    assert 'id="math' in ours
    assert 'id="modern' in theirs
    assert typeface() == "math"
    with set_in("modern"):
        assert typeface() == "modern"


def test_letters_of_other_scripts_are_painted_and_written(qapp: object) -> None:
    formula = row(letter("x"), Text(" معدل "))
    card = Card("1", "derive", "معدل", formula, formula, EMPTY)
    material = Material((card,), "")
    svg = format_called("svg").make(material, Look()).decode()
    assert svg.count("<text") == 2
    plain = QImage.fromData(format_called("png").make(material, Look(scale=1)))
    without = Material((Card("1", "derive", "", letter("x"), formula, EMPTY),), "")
    empty = QImage.fromData(format_called("png").make(without, Look(scale=1)))
    assert _ink(plain) > _ink(empty) + 100


def _ink(image: QImage) -> int:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(value < 160 for value in bytes(grey.constBits()))
