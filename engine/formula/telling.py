"""Telling a derivation: which steps share a card, what stands above it, and what is left of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.calculus.decompose import decompose
from engine.calculus.derivation import Derivation, Step
from engine.calculus.expression import Derivative, Equation, Expression, Variable
from engine.calculus.rules import rule
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
from engine.formula.notation import Notation
from engine.formula.plaintext import plaintext
from engine.formula.typeset import typeset

_TOGETHER = frozenset({"sum", "constant multiple"})
_LEAVES = frozenset({"constant", "variable", "power", "root", "reciprocal", "exponential",
                     "general exponential", "dependent"})  # fmt: skip

#: A card without its number and its phase.
Told = tuple[str, Formula, Formula, Formula, frozenset[str]]


@dataclass(slots=True)
class Teller:
    """Collects what is told; knows the names of parts in the picture."""

    derivation: Derivation
    notation: Notation
    output: str
    #: Whether every rule has a card of its own.
    fine: bool = False
    #: Whether every bit of tidying has one.
    algebra: bool = False
    told: list[Told] = field(default_factory=list)
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
        """The letter of the derivative: ∂ where other letters are held constant."""
        held = self.derivation.steps[0].rule == "hold constant"
        return self.notation.partial if held else "d"

    def slope(self, of: str, to: str) -> Formula:
        """Set ``dh/dx``, or ``h′(x)`` in a book that writes primes."""
        above, below = self.symbol(of), self.symbol(to)
        if self.notation.derivative == "prime":
            return row(superscript(above, PRIME), brackets(below))
        d = Symbol(self.letter, "italic")
        return fraction(row(d, above), row(d, below))

    def symbol(self, text: str) -> Formula:
        """Set a name."""
        return name(text, self.notation)

    def set(self, expression: Expression) -> Formula:
        """Set an expression."""
        return typeset(expression, self.notation)

    def marked(self, formula: Formula, link: Expression, inner: Expression) -> Formula:
        """Give a factor the term id of its place in the picture."""
        term = self.term(link, inner)
        return mark(formula, term=term) if term else formula

    def term(self, link: Expression, inner: Expression) -> str | None:
        """Return the id of the edge from one part to another; None where there is none."""
        child = self.places.get(link.substitute(self.meanings))
        parent = self.places.get(inner.substitute(self.meanings))
        return f"edge:{child}/{parent}" if child and parent else None

    def add(self, sentence: str, left: Formula, *right: Formula, lit: str | None = None) -> None:
        """Add a card: left = right, each further side on a line of its own."""
        brief = equation(left, right[-1]) if right else left
        teaser = row(left, EQUALS, Text("…"))
        full = steps(left, *right) if right else left
        self.told.append((sentence, full, brief, teaser, frozenset({lit} if lit else ())))

    # telling

    def whole(self, left: Formula) -> None:
        """Tell all the steps of the derivation."""
        found = list(self.derivation.steps)
        first = found[0]
        if first.rule == "hold constant":
            self.hold_constant(first)
            found.pop(0)
        elif first.rule.startswith("rewrite:"):
            found.pop(0)
            asked = first.after.children[0]
            words = f"Rewrite first: {rule(first.rule).statement}"
            self.add(words, self.symbol(self.output), self.set(asked))
            if found[0].rule == "hold constant":
                found.pop(0)
        if found[0].rule == "implicit":
            self.implicit(found[0])
        elif found[0].rule == "multivariable chain":
            self.total(tuple(found), left)
        else:
            self.tell(tuple(found), left)

    def hold_constant(self, step: Step) -> None:
        """Say which letters do not change."""
        others = [
            plaintext(self.symbol(letter))
            for letter in self.derivation.expression.variables()
            if letter != self.derivation.variable
        ]
        moving = plaintext(self.symbol(self.derivation.variable))
        held = f"Only {moving} changes; {_listed(others)} held constant"
        left = self.symbol(self.output)
        self.add(held, left, self.set(step.before.children[0]))

    def implicit(self, step: Step) -> None:
        """Tell an implicit derivative: both sides, collect, divide."""
        asked, (dependent,) = step.before, self.derivation.along
        assert isinstance(asked, Equation)
        groups = _groups(step.substeps)
        working = {"both sides", "collect the slope", "divide by its factor"}
        words = f"Differentiate both sides; {dependent} is a function of {self.derivation.variable}"
        self.line(words, asked)
        for part in groups:
            if part[0].rule not in working and not _is_trivial(part[0]):
                self.tell(part, self.set(part[0].before))
        for part in groups:
            if part[0].rule in working:
                self.line(_capital(rule(part[0].rule).statement).rstrip("."), part[0].after)
                for tidying in part[1:]:
                    self.line("Tidy up", tidying.after)

    def line(self, sentence: str, sides: Expression) -> None:
        """Tell one equation."""
        assert isinstance(sides, Equation)
        self.add(sentence, self.set(sides.left), self.set(sides.right))

    def total(self, found: tuple[Step, ...], left: Formula) -> None:
        """Tell a total derivative: the sum over the paths."""
        _, over_paths, *rest = found[0].substeps
        given = [
            (self.symbol(bound), row(EQUALS, self.set(meaning)))
            for bound, meaning in found[0].bindings
        ]
        outer = found[0].substeps[0].after
        rows = ((self.symbol(self.output), row(EQUALS, self.set(outer))), *given)
        brief = separated(tuple(row(*one) for one in rows), row(COMMA, Space(1.0)))
        self.told.append(("What depends on what", Aligned(rows), brief, Text("…"), frozenset()))
        words = "Chain rule: one product for each path, then the sum"
        self.add(words, left, self.set(over_paths.after))
        *parts, multiplied, put_back = _groups(tuple(rest))
        plain = [part for part in parts if self.is_simple(part[0])]
        if plain:
            self.several(plain)
        for part in parts:
            if not self.is_simple(part[0]):
                self.tell(part, self.set(part[0].before))
        sides = (self.set(multiplied[0].after), self.set(put_back[0].after))
        self.add("Multiply, add, and put everything back", left, *sides)
        for tidying in found[1:]:
            self.tidying(tidying, left)

    def tidying(self, step: Step, left: Formula) -> None:
        """Tell the tidying up, at once or change by change; not where nothing is seen of it."""
        after = self.set(step.after)
        if self.set(step.before) == after:
            return
        if self.algebra:
            for change in step.substeps:
                words = f"Tidy up: {rule(change.rule).name}"
                self.add(words, self.set(change.before), self.set(change.after))
        self.add("Tidy up", left, after)

    def is_simple(self, step: Step) -> bool:
        """Tell whether a step is so short that one card holds it."""
        if not step.substeps:
            return step.rule in _LEAVES or step.rule.startswith("table:")
        return (
            not self.fine
            and step.rule in _TOGETHER
            and all(self.is_simple(part[0]) for part in _groups(step.substeps[1:]))
        )

    def tell(self, found: tuple[Step, ...], left: Formula, about: str = "") -> None:
        """Tell a step, and the tidying behind it."""
        step = found[0]
        if self.is_simple(step):
            self.simple(found, left, about)
            return
        if step.rule == "chain":
            self.chain(step, left)
        else:
            self.compound(step, left, about)
        for tidying in found[1:]:
            self.tidying(tidying, left)

    def simple(self, found: tuple[Step, ...], left: Formula, about: str) -> None:
        """Tell a step that fits on one card."""
        names = rule_names(found[0])
        sides = [self.set(step.after) for step in found]
        words = ", ".join(names)
        ending = " rule" if len(names) == 1 else ""
        sentence = f"{about}: {words}" if about else _capital(f"{words}{ending}")
        operand = found[0].before
        lit = None
        if isinstance(operand, Derivative):
            lit = self.term(operand.operand, Variable(operand.variable))
        self.add(sentence, left, *sides, lit=lit)

    def compound(self, step: Step, left: Formula, about: str) -> None:
        """Tell a rule for parts: announce it, tell the parts, put them together."""
        announced, *rest = step.substeps if step.substeps else (step,)
        known = rule(step.rule)
        first = f"{about}: {known.name} rule" if about else f"{_capital(known.name)} rule"
        self.add(f"{first}, {known.statement}", left, self.set(announced.after))
        parts = _groups(tuple(rest))
        plain = [part for part in parts if self.is_simple(part[0])]
        if plain:
            self.several(plain)
        for part in parts:
            if not self.is_simple(part[0]):
                self.tell(part, self.set(part[0].before))
        if parts:
            self.add("Put the parts together", left, self.set(step.after))

    def several(self, parts: list[tuple[Step, ...]]) -> None:
        """Tell parts that need one line each on one card."""
        rows = []
        names: dict[str, None] = {}
        for part in parts:
            names |= dict.fromkeys(rule_names(part[0]))
            rows.append((self.set(part[0].before), row(EQUALS, self.set(part[-1].after))))
        lines = tuple(dict.fromkeys(rows))
        brief = separated(tuple(row(*line) for line in lines), row(COMMA, Space(1.0)))
        teaser = separated(tuple(line[0] for line in lines), row(COMMA, Space(1.0)))
        sentence = f"Differentiate the parts: {', '.join(names)}"
        self.told.append((sentence, Aligned(lines), brief, teaser, frozenset()))

    def chain(self, step: Step, left: Formula) -> None:
        """Tell the chain rule: name, differentiate each link, multiply, put back."""
        if step.substeps[0].rule != "name":
            self.follow(step, left)
            return
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

    def follow(self, step: Step, left: Formula) -> None:
        """Tell the chain rule for a function of y, which is a function of x."""
        slope, following, _ = _groups(step.substeps)
        dependent = plaintext(self.set(following[0].after))
        factors = tuple(self.set(part[0].before) for part in (slope, following))
        words = f"Chain rule: a function of {dependent[:-1]} brings the factor {dependent}"
        self.add(words, left, separated(factors, TIMES), self.set(step.after))

    def name_parts(self, named: Step, whole: Expression, *, top: bool) -> None:
        """Tell which part has which name."""
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


def rule_names(step: Step) -> tuple[str, ...]:
    """Return the rules a step used, each once; mere working and tidying do not count."""
    known = (rule(one.rule) for one in step.walk())
    return tuple(dict.fromkeys(one.name for one in known if one.family not in ("", "tidy")))


def _is_trivial(step: Step) -> bool:
    return step.rule in ("constant", "variable", "dependent")


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return f"{words[0]} is"
    return f"{', '.join(words[:-1])} and {words[-1]} are"


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
