"""A formula on screen takes its room, tells what is under the pointer, and shows what is lit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from engine.formula.boxes import Layout
from engine.formula.formula import Formula, letter, mark
from engine.formula.layout import layout
from engine.formula.speech import speech
from gui.theme import DARK, LIGHT, Appearance, role_colour
from gui.widgets.formula_painting import MARGIN, formula_pixmap, paint_formula, term_grounds
from gui.widgets.formula_view import FormulaView
from tests.engine.formula.corpus import B3, corpus

PX = 26.0


def shown(qtbot: QtBot, formula: Formula = B3, appearance: Appearance | None = None) -> FormulaView:
    view = FormulaView(appearance)
    qtbot.addWidget(view)
    view.set_size(PX)
    view.set_formula(formula)
    view.resize(view.sizeHint())
    view.show()
    return view


def place(view: FormulaView, term: str) -> QPoint:
    box = view.formula_layout.boxes(term)[0]
    x = (MARGIN + box.x + box.width / 2) * PX
    return QPoint(round(x), round(view.baseline() + (box.y + box.height / 2) * PX))


def painted(drawn: Layout, px: float, room: float = 20.0) -> QImage:
    width = round(drawn.width * px + 2 * room)
    height = round((drawn.height + drawn.depth) * px + 2 * room)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.paper))
    with QPainter(image) as painter:
        paint_formula(painter, drawn, room, room + drawn.height * px, px, LIGHT)
    return image


def test_no_formula_is_clipped(qtbot: QtBot) -> None:
    for formula in corpus():
        view = shown(qtbot, formula)
        grabbed = view.grab().toImage()
        corner = grabbed.pixel(0, 0)
        right = {grabbed.pixel(grabbed.width() - 1, y) for y in range(grabbed.height())}
        bottom = {grabbed.pixel(x, grabbed.height() - 1) for x in range(grabbed.width())}
        assert right | bottom == {corner}
        assert view.minimumSizeHint() == view.sizeHint()


def test_all_ink_lies_where_the_layout_says() -> None:
    for formula in corpus():
        drawn = layout(formula)
        image = painted(drawn, PX)
        paper = QColor(LIGHT.paper).rgb()
        for x in range(image.width()):
            assert image.pixel(x, 8) == image.pixel(x, image.height() - 9) == paper
        if drawn.glyphs:
            ink = sum(
                image.pixel(x, y) != paper
                for x in range(image.width())
                for y in range(image.height())
            )
            assert ink > 20


def test_hovering_a_factor_names_it_once_and_leaving_it_says_so(qtbot: QtBot) -> None:
    view = shown(qtbot)
    heard: list[str] = []
    view.term_hovered.connect(heard.append)
    inside = place(view, "edge:z2/w2")
    qtbot.mouseMove(view, inside)
    qtbot.mouseMove(view, inside + QPoint(2, 1))
    assert heard == ["edge:z2/w2"]
    assert view.cursor().shape() == Qt.CursorShape.PointingHandCursor
    qtbot.mouseMove(view, QPoint(1, view.height() - 1))
    assert heard == ["edge:z2/w2", ""]


def test_what_is_lit_has_the_highlight_behind_it(qtbot: QtBot) -> None:
    view = shown(qtbot)
    before = view.grab().toImage()
    view.set_lit(frozenset({"edge:z2/w2", "edge:nowhere"}))
    after = view.grab().toImage()
    box = view.formula_layout.boxes("edge:z2/w2")[0]
    spot = QPointF((MARGIN + box.x) * PX, view.baseline() + (box.y + 0.02) * PX).toPoint()
    assert after.pixelColor(spot).name() == LIGHT.highlight
    assert before.pixelColor(spot) != after.pixelColor(spot)
    view.set_lit(frozenset())
    assert view.grab().toImage() == before


def test_the_theme_changes_the_ink(qtbot: QtBot) -> None:
    appearance = Appearance(LIGHT)
    view = shown(qtbot, letter("x"), appearance)
    light = formula_pixmap(view.formula_layout, PX, 1.0, LIGHT, "ink").toImage()
    dark = formula_pixmap(view.formula_layout, PX, 1.0, DARK, "ink").toImage()
    assert light != dark
    before = view.grab().toImage()
    appearance.set_theme(DARK)
    assert view.grab().toImage() != before


def test_a_role_colours_what_has_none_of_its_own() -> None:
    drawn = layout(mark(letter("x"), role="forward"))
    image = painted(drawn, 60)
    colours = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert role_colour(LIGHT, "forward").name() in colours
    assert LIGHT.ink not in colours


def test_a_screen_reader_hears_the_formula(qtbot: QtBot) -> None:
    assert shown(qtbot).accessibleName() == speech(B3)


def test_a_formula_that_is_painted_again_is_taken_from_the_cache(qtbot: QtBot) -> None:
    view = shown(qtbot)
    view.grab()
    hits = formula_pixmap.cache_info().hits
    view.grab()
    assert formula_pixmap.cache_info().hits > hits


def test_the_size_scales_the_room(qtbot: QtBot) -> None:
    view = shown(qtbot)
    before = view.sizeHint()
    view.set_size(2 * PX)
    assert abs(view.sizeHint().width() - 2 * before.width()) <= 2
    assert abs(view.sizeHint().height() - 2 * before.height()) <= 3


def test_a_formula_is_broken_to_fit_its_room(qtbot: QtBot) -> None:
    view = shown(qtbot, B3)
    whole = view.sizeHint()
    view.set_room(whole.width() * 0.7)
    assert view.sizeHint().width() <= whole.width() * 0.7
    assert view.sizeHint().height() > whole.height()
    view.set_room(None)
    assert view.sizeHint() == whole


def test_grounds_lie_around_their_part() -> None:
    drawn = layout(B3)
    (ground,) = term_grounds(drawn, ["edge:z2/w2"], PX)
    box = drawn.boxes("edge:z2/w2")[0]
    assert ground.contains(QPointF((box.x + box.width / 2) * PX, (box.y + 0.5) * PX))
    assert ground.width() > box.width * PX
