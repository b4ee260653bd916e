"""A derivation as cards: the lines a teacher would write, one step of thought a card."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.calculus.decompose import decompose
from engine.calculus.derivation import Derivation, Step
from engine.calculus.expression import Derivative, Expression, Variable
from engine.calculus.graph import Graph
from engine.calculus.rules import rule
from engine.formula.card import Card
from engine.formula.formula import (
    COMMA,
    EQUALS,
    PRIME,
    TIMES,
    Aligned,
    Formula,
    Space,
    Symbol,
    Text,
    brackets,
    equation,
    fraction,
    mark,
    row,
    separated,
    steps,
    superscript,
)
from engine.formula.names import name
from engine.formula.notation import DEFAULT, Notation
from engine.formula.plaintext import plaintext
from engine.formula.typeset import typeset

_TOGETHER = frozenset({"sum", "constant multiple"})
_LEAVES = frozenset({"constant", "variable", "power", "root", "reciprocal", "exponential",
                     "general exponential"})  # fmt: skip


def cards(
    derivation: Derivation, notation: Notation = DEFAULT, output: str = "h"
) -> tuple[Card, ...]:
    """Tell a derivation card by card.

    Parameters
    ----------
    derivation : Derivation
        The steps to tell.
    notation : Notation
        ``f′(g(x))·g′(x)`` or ``df/dg · dg/dx``, and the other choices of a book.
    output : str
        The function's name.

    Returns
    -------
    tuple of Card
        At least one. Term ids are those of the edges of ``decompose(expression, output)``.
    """
    teller = _Teller(derivation, notation, output)
    teller.tell(derivation.steps, teller.slope(output, derivation.variable))
    return tuple(
        Card(str(place), "derive", *told) for place, told in enumerate(teller.told, start=1)
    )


def related(graph: Graph, term: str) -> frozenset[str]:
    """Return the terms that light together with one in the picture of a function.

    ``edge:u2/x`` stands for all that lies between ``x`` and ``u2``; ``name:u2`` for a value.
    """
    kind, _, rest = term.partition(":")
    if kind != "edge" or "/" not in rest:
        return frozenset({term})
    child, parent = rest.split("/", 1)
    if child not in graph.names or parent not in graph.names:
        return frozenset({term})
    below, above = _reach(graph, child), {parent}
    for equation_ in graph.equations:
        if above & set(graph.parents(equation_.name)):
            above.add(equation_.name)
    return frozenset({term}) | {
        f"edge:{user}/{used}"
        for user in above & below
        for used in graph.parents(user)
        if used in above and (used in below or used == parent)
    }


def _reach(graph: Graph, name_: str) -> set[str]:
    """Return a name and everything it is made of."""
    found: set[str] = set()
    waiting = [name_]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(graph.parents(here))
    return found


@dataclass(slots=True)
class _Teller:
    """Collects what is told; knows the names of parts in the picture."""

    derivation: Derivation
    notation: Notation
    output: str
    told: list[tuple[str, Formula, Formula, Formula, frozenset[str]]] = field(default_factory=list)
    places: dict[Expression, str] = field(default_factory=dict)
    meanings: dict[str, Expression] = field(default_factory=dict)

    def __post_init__(self) -> None:
        graph = decompose(self.derivation.expression, self.output)
        values: dict[str, Expression] = {}
        for one in graph.equations:
            values[one.name] = one.expression.substitute(values)
            self.places[values[one.name]] = one.name
        self.places.setdefault(Variable(self.derivation.variable), self.derivation.variable)
        for bound, meaning in self.derivation.bindings():
            self.meanings[bound] = meaning.substitute(self.meanings)

    # pieces

    @property
    def letter(self) -> str:
        several = len(self.derivation.expression.variables()) > 1
        return self.notation.partial if several else "d"

    def slope(self, of: str, to: str) -> Formula:
        """Set ``dh/dx``, or ``h′(x)`` in a book that writes primes."""
        above, below = self.symbol(of), self.symbol(to)
        if self.notation.derivative == "prime":
            return row(superscript(above, PRIME), brackets(below))
        d = Symbol(self.letter, "italic")
        return fraction(row(d, above), row(d, below))

    def symbol(self, text: str) -> Formula:
        return name(text, self.notation)

    def set(self, expression: Expression) -> Formula:
        return typeset(expression, self.notation)

    def marked(self, formula: Formula, link: Expression, inner: Expression) -> Formula:
        """Give a factor the term id of its place in the picture."""
        term = self.term(link, inner)
        return mark(formula, term=term) if term else formula

    def term(self, link: Expression, inner: Expression) -> str | None:
        child = self.places.get(link.substitute(self.meanings))
        parent = self.places.get(inner.substitute(self.meanings))
        return f"edge:{child}/{parent}" if child and parent else None

    def add(self, sentence: str, left: Formula, *right: Formula, lit: str | None = None) -> None:
        brief = equation(left, right[-1]) if right else left
        teaser = row(left, EQUALS, Text("…"))
        full = steps(left, *right) if right else left
        self.told.append((sentence, full, brief, teaser, frozenset({lit} if lit else ())))

    # telling

    def tell(self, found: tuple[Step, ...], left: Formula, about: str = "") -> None:
        """Tell a step, and the tidying behind it."""
        step = found[0]
        if _is_simple(step):
            self.simple(found, left, about)
            return
        if step.rule == "chain":
            self.chain(step, left)
        else:
            self.compound(step, left, about)
        for tidying in found[1:]:
            self.add("Tidy up", left, self.set(tidying.after))

    def simple(self, found: tuple[Step, ...], left: Formula, about: str) -> None:
        names = dict.fromkeys(rule(step.rule).name for step in found[0].walk())
        sides = [self.set(step.after) for step in found]
        words = ", ".join(names)
        sentence = f"{about}: {words}" if about else _capital(f"{words} rule")
        operand = found[0].before
        lit = None
        if isinstance(operand, Derivative):
            lit = self.term(operand.operand, Variable(operand.variable))
        self.add(sentence, left, *sides, lit=lit)

    def compound(self, step: Step, left: Formula, about: str) -> None:
        announced, *rest = step.substeps if step.substeps else (step,)
        known = rule(step.rule)
        first = f"{about}: {known.name} rule" if about else f"{_capital(known.name)} rule"
        self.add(f"{first}, {known.statement}", left, self.set(announced.after))
        parts = _groups(tuple(rest))
        plain = [part for part in parts if _is_simple(part[0])]
        if plain:
            self.several(plain)
        for part in parts:
            if not _is_simple(part[0]):
                self.tell(part, self.set(part[0].before))
        if parts:
            self.add("Put the parts together", left, self.set(step.after))

    def several(self, parts: list[tuple[Step, ...]]) -> None:
        """Tell parts that need one line each on one card."""
        rows = []
        names: dict[str, None] = {}
        for part in parts:
            names |= dict.fromkeys(rule(step.rule).name for step in part[0].walk())
            rows.append((self.set(part[0].before), row(EQUALS, self.set(part[-1].after))))
        lines = tuple(dict.fromkeys(rows))
        brief = separated(tuple(row(*line) for line in lines), row(COMMA, Space(1.0)))
        teaser = separated(tuple(line[0] for line in lines), row(COMMA, Space(1.0)))
        sentence = f"Differentiate the parts: {', '.join(names)}"
        self.told.append((sentence, Aligned(lines), brief, teaser, frozenset()))

    def chain(self, step: Step, left: Formula) -> None:
        named, *rest = step.substeps
        *slopes, multiplied, put_back = _groups(tuple(rest))
        whole = step.before.children[0]
        top = whole == self.derivation.expression
        self.name_parts(named, whole, top=top)
        factors: list[Formula] = []
        outer = "f" if top and len(slopes) == 2 else self.output if top else ""
        for place, found in enumerate(slopes):
            asked = found[0].before
            assert isinstance(asked, Derivative)
            factors.append(self.factor(asked, outer if place == 0 else "", found, place))
        lines = [separated(tuple(factors), TIMES)]
        lines += [self.set(multiplied[0].after), self.set(put_back[0].after)]
        bound = [plaintext(self.symbol(name_)) for name_, _ in step.bindings]
        back = bound[0] if len(bound) == 1 else "the parts"
        lit = self.term(whole, Variable(self.derivation.variable))
        self.add(f"Chain rule: multiply, and put {back} back", left, *lines, lit=lit)

    def name_parts(self, named: Step, whole: Expression, *, top: bool) -> None:
        bindings = named.bindings[::-1]
        variable = self.derivation.variable
        if top and len(bindings) == 1:
            bound, meaning = bindings[0]
            first = row(Symbol("f"), brackets(self.symbol(bound)))
            second = row(self.symbol(bound), brackets(self.symbol(variable)))
            both = (equation(first, self.set(named.after)), equation(second, self.set(meaning)))
            line = row(both[0], COMMA, Space(1.6), both[1])
            self.told.append(("Outside and inside", line, line, Text("…"), frozenset()))
            return
        left = self.symbol(self.output) if top else self.set(whole)
        rows = [(left, row(EQUALS, self.set(named.after)))]
        rows += [
            (self.symbol(bound), row(EQUALS, self.set(meaning))) for bound, meaning in bindings
        ]
        brief = separated(tuple(row(*line) for line in rows), row(COMMA, Space(1.0)))
        sentence = "Name the parts, from the outside in"
        self.told.append((sentence, Aligned(tuple(rows)), brief, Text("…"), frozenset()))

    def factor(self, asked: Derivative, outer: str, found: tuple[Step, ...], place: int) -> Formula:
        """Tell the derivative of one link, and return how it stands in the product."""
        inner = asked.variable
        link = asked.operand
        of = outer or next(
            (bound for bound, meaning in self.meanings.items()
             if meaning == link.substitute(self.meanings)), "",
        )  # fmt: skip
        shown = self.slope(of, inner) if of else self.set(asked)
        left = self.marked(shown, link, Variable(inner))
        if place == 0:
            about = f"Differentiate the outside, {plaintext(self.set(link))}"
        elif inner == self.derivation.variable:
            about = "Differentiate the inside"
        else:
            about = f"Differentiate {plaintext(equation(self.symbol(of), self.set(link)))}"
        self.tell(found, left, about)
        if not of or self.notation.derivative != "prime" or inner == self.derivation.variable:
            return left
        at = row(self.symbol(inner), brackets(self.symbol(self.derivation.variable)))
        primed = row(superscript(self.symbol(of), PRIME), brackets(at))
        return self.marked(primed, link, Variable(inner))


def _is_simple(step: Step) -> bool:
    """Tell whether a step is so short that one card holds it."""
    if not step.substeps:
        return step.rule in _LEAVES or step.rule.startswith("table:")
    return step.rule in _TOGETHER and all(
        _is_simple(part[0]) for part in _groups(step.substeps[1:])
    )


def _groups(found: tuple[Step, ...]) -> list[tuple[Step, ...]]:
    """Put each step together with the tidying behind it."""
    groups: list[tuple[Step, ...]] = []
    for step in found:
        if step.rule == "tidy" and groups:
            groups[-1] = (*groups[-1], step)
        else:
            groups.append((step,))
    return groups


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
