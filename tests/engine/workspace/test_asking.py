import pytest

from engine.calculus.write import as_text
from engine.errors import EngineError, ParseError
from engine.formula.solution import solve
from engine.workspace import asking, edits
from engine.workspace.document import Document, DocumentError, Question


def typed(text):
    return edits.set_expression(Document(), text)


def answer(document):
    return as_text(solve(asking.problem(document)).derivation.answer)


def test_the_first_derivative_is_asked_at_first():
    assert Document().question == Question()
    assert answer(typed("x^3")) == "3·x^2"


def test_a_higher_order_is_by_the_same_variable():
    document = asking.ask_order(typed("x^3"), 2)
    assert document.question.again == ("x",)
    assert answer(document) == "6·x"
    assert answer(edits.set_variable(edits.set_expression(document, "x^2·t^3"), "t")) == "6·x^2·t"


def test_a_mixed_derivative_is_by_one_after_another():
    assert answer(asking.ask_again(typed("x^3·y^2"), ("y",))) == "6·x^2·y"


def test_an_order_beyond_the_sixth_is_refused():
    with pytest.raises(DocumentError, match="not offered"):
        asking.ask_order(typed("x^3"), 7)


def test_an_equation_is_read_once_a_letter_is_a_function():
    document = typed("x^2 + y^2 = 25")
    assert document.reading == "log(2+cos x)"
    assert asking.implicit_letters(document.expression, "x") == ("y",)
    document = asking.ask_implicit(document, "y")
    assert document.reading == "x^2 + y^2 = 25"
    assert answer(document) == "-x/y"
    assert document.values.keys() == {"x", "y"}


def test_an_equation_in_other_letters_chooses_its_function():
    document = asking.ask_implicit(typed("x^2 + y^2 = 25"), "y")
    other = edits.set_expression(document, "x^2 + z^2 = 1")
    assert other.question.implicit == "z"
    assert answer(other) == "-x/z"


def test_by_the_function_itself_the_roles_change():
    document = asking.ask_implicit(typed("x^2 + y^2 = 25"), "y")
    assert answer(edits.set_variable(document, "y")) == "-y/x"


def test_an_expression_after_an_equation_is_an_expression_again():
    document = asking.ask_implicit(typed("x^2 + y^2 = 25"), "y")
    assert answer(edits.set_expression(document, "x^2")) == "2·x"


def test_an_equation_is_refused_other_derivatives():
    document = asking.ask_implicit(typed("x^2 + y^2 = 25"), "y")
    with pytest.raises(EngineError, match="only its implicit"):
        asking.ask_order(document, 2)


def test_letters_become_functions_of_a_parameter():
    document = asking.ask_along(typed("x^2·y"))
    assert document.variable == "t"
    assert document.question.along == (("x", "sin t"), ("y", "cos t"))
    document = asking.put_in(document, "y", "t^3")
    assert answer(document) == "2·t^3·sin(t)·cos(t) + 3·t^2·sin(t)^2"


def test_what_is_put_in_must_be_readable():
    document = asking.ask_along(typed("x^2·y"))
    with pytest.raises(ParseError):
        asking.put_in(document, "y", "t^")


def test_a_parameter_is_a_letter_that_is_free():
    assert asking.ask_along(typed("x·t")).variable == "s"


def test_asking_plainly_again_comes_back_to_the_letters():
    document = asking.ask_order(asking.ask_along(typed("x^2·y")), 1)
    assert document.variable == "x"
    assert document.question == Question()
    assert set(document.values) == {"x", "y"}


def test_another_function_keeps_what_still_makes_sense():
    document = asking.ask_along(typed("x^2·y"))
    assert edits.set_expression(document, "y + 1").question.along == (("y", "cos t"),)
    assert edits.set_expression(document, "z").question == Question()
    ordered = asking.ask_order(typed("x^3"), 3)
    assert edits.set_expression(ordered, "sin x").question.order == 3
    methodical = asking.set_method(typed("x/(1+x)"), "product")
    assert edits.set_expression(methodical, "x^2").question.method == ""


def test_a_known_rule_is_kept_once():
    document = asking.set_known(Document(), ("sum", "sum", "chain"))
    assert document.known == ("sum", "chain")
    assert asking.set_known(document, ("sum", "chain")) is document
