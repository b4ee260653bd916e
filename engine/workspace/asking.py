"""What is asked of the function: edits of the question, and how the text in the field is read.

All of them are pure, like the other edits; what cannot be asked is refused with a sentence.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.calculus.parse import parse, parse_equation, variable_name
from engine.errors import EngineError, ParseError
from engine.workspace.document import Document, Question

if TYPE_CHECKING:
    from engine.formula.solution import Problem

#: What is put in for letters at first.
_FIRST_GUESSES = ("sin t", "cos t", "t^2", "e^t")


def problem(document: Document) -> Problem:
    """Return what the document asks, as the engine takes it."""
    from engine.formula.solution import Problem

    question = document.question
    if question.implicit and is_equation(document.reading):
        return Problem(document.reading, document.variable, implicit=question.implicit)
    if question.along:
        return Problem(document.reading, document.variable, substitutions=dict(question.along))
    by = (document.variable, *question.again)
    if len(set(by)) > 1:
        return Problem(document.reading, partial=by)
    return Problem(document.reading, document.variable, len(by), method=question.method)


def is_equation(text: str) -> bool:
    """Tell whether a text is an equation between letters, and not ``y = …`` or an expression."""
    try:
        parse(text)
    except ParseError:
        try:
            return bool(parse_equation(text)[0].variables())
        except ParseError:
            return False
    return False


def implicit_letters(text: str, variable: str) -> tuple[str, ...]:
    """Return the letters of an equation that may be functions of a variable; y comes first."""
    if not is_equation(text):
        return ()
    names = [name for name in parse_equation(text)[0].variables() if name != variable]
    return tuple(sorted(names, key=lambda name: name != "y"))


# ------------------------------------------------------------------------------- asking


def ask_again(document: Document, again: tuple[str, ...]) -> Document:
    """Ask for a higher derivative: by which variables after the first time; none asks for one."""
    return _asked(document, Question(again=again, method=document.question.method))


def ask_order(document: Document, order: int) -> Document:
    """Ask for the derivative of an order, by the same variable each time."""
    return ask_again(document, (document.variable,) * (order - 1))


def ask_implicit(document: Document, letter: str) -> Document:
    """Take an equation as it stands, with a letter that is a function of the others."""
    question = Question(implicit=variable_name(letter))
    return read_anew(replace(document, question=question, derivation_step=0))


def ask_along(document: Document) -> Document:
    """Ask for the total derivative: every letter becomes a function of t."""
    names = parse(document.reading).expression.variables()
    if not names:
        raise EngineError("There is no letter to put something in for.", hint="Type x^2·y.")
    parameter = next(letter for letter in "tsru" if letter not in names)
    guesses = [_FIRST_GUESSES[place % 4] for place in range(len(names))]
    along = tuple(
        (name, text.replace("t", parameter) if parameter != "t" else text)
        for name, text in zip(names, guesses, strict=True)
    )
    values = document.values | {parameter: document.values.get(parameter, 1.0)}
    question = Question(along=along)
    point = tuple(values.items())
    return replace(document, question=question, variable=parameter, point=point, derivation_step=0)


def put_in(document: Document, letter: str, text: str) -> Document:
    """Put another formula in for a letter; a text that cannot be read is refused.

    Raises
    ------
    ParseError
        With the place in the text.
    """
    names = parse(text).expression.variables()
    along = tuple((name, text if name == letter else old) for name, old in document.question.along)
    if along == document.question.along:
        return document
    values = dict.fromkeys(names, 1.0) | document.values
    question = replace(document.question, along=along)
    return replace(document, question=question, point=tuple(values.items()), derivation_step=0)


def set_method(document: Document, method: str) -> Document:
    """Differentiate another way; the empty one is the usual."""
    return _asked(document, replace(document.question, method=method))


def set_known(document: Document, known: tuple[str, ...]) -> Document:
    """Apply these rules without a word; the derivation begins anew."""
    known = tuple(dict.fromkeys(known))
    return (
        document if known == document.known else replace(document, known=known, derivation_step=0)
    )


def move_to(document: Document, values: dict[str, float]) -> Document:
    """Look at another place, several letters at once."""
    point = tuple((document.values | values).items())
    return document if point == document.point else replace(document, point=point)


# ------------------------------------------------------------------------------ reading


def read_anew(document: Document) -> Document:
    """Read the text in the field; where it cannot be read, the pictures keep the old one.

    Every variable has a value afterwards; what is asked stays where it still makes sense, and the
    derivation begins anew.
    """
    text, question = document.expression, document.question
    try:
        names = _names(text, question)
    except ParseError:
        return document
    if question.along:
        return _read_along(document, names)
    variable = document.variable
    if names and variable not in names:
        variable = names[0]
    if question.implicit and is_equation(text):
        letters = implicit_letters(text, variable)
        if variable == question.implicit and letters:
            variable, letters = letters[-1], (variable,)
        letter = question.implicit if question.implicit in letters else next(iter(letters), "")
        question = Question(implicit=letter or question.implicit)
    elif question.again:
        again = tuple(variable if name not in names else name for name in question.again)
        question = Question(again=again)
    else:
        question = replace(question, method="")
    values = document.values
    point = tuple((name, values.get(name, 1.0)) for name in dict.fromkeys((variable, *names)))
    return replace(
        document, reading=text, variable=variable, point=point, question=question, derivation_step=0
    )


def _read_along(document: Document, names: tuple[str, ...]) -> Document:
    """Keep what is put in for letters that are still there; without any, ask plainly."""
    along = tuple(pair for pair in document.question.along if pair[0] in names)
    values = dict.fromkeys(names, 1.0) | document.values
    if along and document.variable not in names:
        question, variable = Question(along=along), document.variable
    else:
        question, variable = Question(), next(iter(names), document.variable)
        values = {name: values.get(name, 1.0) for name in dict.fromkeys((variable, *names))}
    return replace(
        document,
        reading=document.expression,
        question=question,
        variable=variable,
        point=tuple(values.items()),
        derivation_step=0,
    )


def by_another(question: Question, before: str, variable: str) -> Question:
    """Ask the same by another variable."""
    if question.along:
        return question
    if question.implicit:
        return replace(question, implicit=before if variable == question.implicit else
                       question.implicit)  # fmt: skip
    again = tuple(variable if name == before else name for name in question.again)
    return Question(again=again)


def check_texts(document: Document) -> None:
    """Refuse a document whose texts cannot be read.

    Raises
    ------
    ParseError
        When its reading, or what is put in for a letter, is no formula.
    """
    _names(document.reading, document.question)
    for letter, text in document.question.along:
        variable_name(letter)
        parse(text)


def _names(text: str, question: Question) -> tuple[str, ...]:
    try:
        return parse(text).expression.variables()
    except ParseError:
        if question.implicit and is_equation(text):
            return parse_equation(text)[0].variables()
        raise


def _asked(document: Document, question: Question) -> Document:
    """Ask something else of the reading; an equation or what was put in is left behind."""
    if question == document.question:
        return document
    was, point, variable = document.question, document.values, document.variable
    if was.along:
        names = parse(document.reading).expression.variables()
        variable = names[0] if variable not in names else variable
        point = {name: point.get(name, 1.0) for name in names}
        again = tuple(variable for _ in question.again)
        question = replace(question, again=again)
    elif was.implicit and is_equation(document.reading):
        raise EngineError(
            "An equation has only its implicit derivative here.",
            hint="Type one side alone for another one.",
        )
    return replace(
        document,
        question=question,
        variable=variable,
        point=tuple(point.items()),
        derivation_step=0,
    )
