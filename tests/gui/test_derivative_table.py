import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.calculus.functions import TABLE
from engine.calculus.rules import RULES
from engine.formula.plaintext import plaintext
from gui.derivative_table import DerivativeTable, entries
from gui.theme import Appearance


@pytest.fixture
def table(qtbot):
    table = DerivativeTable(Appearance())
    qtbot.addWidget(table)
    with qtbot.waitExposed(table):
        table.show()
    return table


def shown(table):
    return [one.key for place, one in enumerate(entries()) if not table.table.isRowHidden(place)]


def test_every_row_of_the_table_is_there_and_every_kind_of_rule():
    keys = {one.key for one in entries()}
    assert {f"table:{name}" for name in TABLE} <= keys
    names = {rule.name for rule in RULES.values() if rule.family not in ("", "tidy")}
    assert {RULES[key].name for key in keys if key in RULES} == names


@pytest.mark.parametrize("name", TABLE)
def test_every_row_says_why(table, name):
    table.open_row(f"table:{name}")
    assert table.key == f"table:{name}"
    assert len(table.proof.formulas) >= 2
    assert all(table.proof.reasons)


def test_a_proof_goes_line_by_line_with_reasons(table):
    table.open_row("table:sigmoid")
    lines = [plaintext(formula) for formula in table.proof.formulas]
    assert lines[0] == "d/du [σ(u)]"
    assert lines[-1] == "= σ(u)(1 − σ(u))"
    assert table.proof.reasons[1] == "The definition"
    assert table.proof.reasons[2].startswith("By the rules: chain")


def test_a_search_finds_names_other_names_and_kinds(table):
    for words, key in (
        ("sine of", "table:sin"),
        ("asin", "table:arcsin"),
        ("activation", "table:gelu"),
        ("corner", "table:abs"),
        ("product", "product"),
        ("chain rule", "chain"),
    ):
        table.search.setText(words)
        assert key in shown(table), words
        assert len(shown(table)) < len(entries())
    table.search.setText("")
    assert len(shown(table)) == len(entries())


def test_a_search_chooses_the_first_row_it_finds(table):
    QTest.keyClicks(table.search, "softsign")
    assert table.key == "table:softsign"
    assert "softsign" in table.proof._page.title.text()


def test_nothing_found_is_said(table):
    table.search.setText("zzz")
    assert table.nothing.isVisible()
    table.search.setText("tan")
    assert not table.nothing.isVisible()


def test_the_keyboard_walks_the_rows_even_while_one_searches(table):
    table.search.setFocus()
    first = table.key
    QTest.keyClick(table.search, Qt.Key.Key_Down)
    assert table.key != first
    QTest.keyClick(table.search, Qt.Key.Key_Up)
    assert table.key == first


def test_a_rule_of_a_step_opens_its_row_and_forgets_the_search(table):
    table.search.setText("zzz")
    table.open_row("chain")
    assert table.key == "chain"
    assert table.search.text() == ""
    assert "h′(x)" in table.proof._page.note.text()


def test_the_menu_and_a_step_open_it(window, qtbot):
    window.actions_by_key["show_derivatives"].trigger()
    table = window.findChild(DerivativeTable)
    assert table.isVisible()
    table.close()
    qtbot.waitUntil(lambda: window.findChild(DerivativeTable) is None)
    window.walking.show_function()
    window.sides.function.rule_asked.emit("table:cos")
    assert window.findChild(DerivativeTable).key == "table:cos"
