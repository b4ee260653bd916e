"""Telling a derivation: which steps share a card, what stands above it, and what is left of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from engine.calculus.derivation import Step
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
    row,
    separated,
    superscript,
)
from engine.formula.plaintext import plaintext
from engine.formula.scribe import Scribe
from engine.formula.told import (
    PLAIN,
    Told,
    all_of,
    capital,
    groups_of,
    listed,
    rule_names,
    small,
    spoken,
)

#: Names, and parts of a line, beyond which names are not put back.
MOST_NAMES, MOST_PARTS = 8, 150

_TOGETHER = frozenset({"sum", "constant multiple"})
_LEAVES = frozenset({"constant", "variable", "power", "root", "reciprocal", "exponential",
                     "general exponential", "dependent"})  # fmt: skip


def is_long(line: Expression) -> bool:
    """Tell whether a line has so many parts that names for them are easier to read."""
    return next(islice(line.walk(), MOST_PARTS, None), None) is not None


@dataclass(slots=True)
class Teller(Scribe):
    """Tells a derivation: which steps share a card, and what stands above it."""

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
            self.add(words, self.symbol(self.output), self.set(asked), about=(first,))
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
        held = f"Only {moving} changes; {listed(others)} held constant"
        left = self.symbol(self.output)
        self.add(held, left, self.set(step.before.children[0]), about=(step,))

    def implicit(self, step: Step) -> None:
        """Tell an implicit derivative: both sides, collect, divide."""
        asked, (dependent,) = step.before, self.derivation.along
        assert isinstance(asked, Equation)
        groups = groups_of(step.substeps)
        working = {"both sides", "collect the slope", "divide by its factor"}
        words = f"Differentiate both sides; {dependent} is a function of {self.derivation.variable}"
        self.line(words, asked, (step,))
        for part in groups:
            if part[0].rule not in working and not _is_trivial(part[0]):
                self.tell(part, self.set(part[0].before))
        for part in groups:
            if part[0].rule in working:
                words = capital(rule(part[0].rule).statement).rstrip(".")
                self.line(words, part[0].after, (step, part[0]))
                for tidying in part[1:]:
                    self.line("Tidy up", tidying.after, (tidying,))

    def line(self, sentence: str, sides: Expression, about: tuple[Step, ...]) -> None:
        """Tell one equation."""
        assert isinstance(sides, Equation)
        self.add(sentence, self.set(sides.left), self.set(sides.right), about=about)

    def total(self, found: tuple[Step, ...], left: Formula) -> None:
        """Tell a total derivative: the sum over the paths."""
        _, over_paths, *rest = found[0].substeps
        given = [
            (self.symbol(bound), row(EQUALS, self.set(meaning)))
            for bound, meaning in found[0].bindings
        ]
        outer = found[0].substeps[0].after
        rows = [(self.symbol(self.output), row(EQUALS, self.set(outer))), *given]
        whole = found[0]
        self.define("What depends on what", rows, whole)
        words = "Chain rule: one product for each path, then the sum"
        self.add(words, left, self.multiplied(over_paths.after), about=(whole, over_paths))
        *parts, multiplied, put_back = groups_of(tuple(rest))
        plain = [part for part in parts if self.is_simple(part[0])]
        if plain:
            self.several(plain)
        for part in parts:
            if not self.is_simple(part[0]):
                self.tell(part, self.set(part[0].before))
        sides = [self.multiplied(multiplied[0].after)]
        if put_back[0].after != multiplied[0].after:
            sides.append(self.multiplied(put_back[0].after))
        stated = (whole, multiplied[0], put_back[0])
        self.add("Multiply, add, and put everything back", left, *sides, about=stated)
        for tidying in found[1:]:
            self.tidying(tidying, left)

    def tidying(self, step: Step, left: Formula) -> None:
        """Tell the tidying up, at once or change by change; not where nothing is seen of it."""
        before, after = self.set(step.before), self.set(step.after)
        if _same_on_paper(before, after):
            return
        for change in step.substeps if self.algebra else ():
            words = f"Tidy up: {rule(change.rule).name}"
            sides = self.set(change.before), self.set(change.after)
            if not _same_on_paper(*sides):
                self.add(words, *sides, about=(change,))
        groups = () if self.algebra else ((step,),)
        self.add("Tidy up", left, after, about=all_of((step,)), groups=groups)

    def is_simple(self, step: Step) -> bool:
        """Tell whether a step is so short that one card holds it."""
        if not step.substeps:
            return step.rule in _LEAVES or step.rule.startswith("table:")
        return (
            not self.fine
            and step.rule in _TOGETHER
            and all(self.is_simple(part[0]) for part in groups_of(step.substeps[1:]))
        )

    def tell(self, found: tuple[Step, ...], left: Formula, about: str = "") -> None:
        """Tell a step, and the tidying behind it."""
        step = found[0]
        if self.is_simple(step):
            self.simple(found, left, about)
            return
        if step.rule == "chain":
            self.chain(step, left)
            if self.stays_in_names(step):
                return
        else:
            self.compound(step, left, about)
        for tidying in found[1:]:
            self.tidying(tidying, left)

    def simple(self, found: tuple[Step, ...], left: Formula, about: str) -> None:
        """Tell a step that fits on one card."""
        names = rule_names(found[0].walk())
        sides = [self.set(step.after) for step in found]
        words = spoken(names)
        single = ", " not in words and not words.startswith("the ")
        ending = " rule" if single else ""
        sentence = f"{about}: {words}" if about else capital(f"{words}{ending}")
        operand = found[0].before
        lit = None
        if isinstance(operand, Derivative):
            lit = self.term(operand.operand, Variable(operand.variable))
        groups = () if self.fine else (found,)
        self.add(sentence, left, *sides, lit=lit, about=all_of(found), groups=groups)

    def compound(self, step: Step, left: Formula, about: str) -> None:
        """Tell a rule for parts: announce it, tell the parts, put them together."""
        announced, *rest = step.substeps if step.substeps else (step,)
        known = rule(step.rule)
        named = known.name if known.name.endswith("differentiation") else f"{known.name} rule"
        first = f"{about}: {named}" if about else capital(named)
        statement = rule(announced.rule).statement
        words = f"{first}{', ' if '=' in statement else ': '}{small(statement)}"
        self.add(words, left, self.set(announced.after), about=(step, announced))
        parts = groups_of(tuple(rest))
        plain = [part for part in parts if self.is_simple(part[0])]
        if plain:
            self.several(plain)
        for part in parts:
            if not self.is_simple(part[0]):
                self.tell(part, self.set(part[0].before))
        if parts:
            self.add("Put the parts together", left, self.set(step.after), about=(step,))

    def several(self, parts: list[tuple[Step, ...]]) -> None:
        """Tell parts that need one line each on one card."""
        rows = []
        names: dict[str, None] = {}
        for part in parts:
            names |= dict.fromkeys(rule_names(part[0].walk()))
            rows.append((self.set(part[0].before), row(EQUALS, self.set(part[-1].after))))
        lines = tuple(dict.fromkeys(rows))
        brief = separated(tuple(row(*line) for line in lines), row(COMMA, Space(1.0)))
        teaser = separated(tuple(line[0] for line in lines), row(COMMA, Space(1.0)))
        sentence = f"Differentiate the parts: {spoken(names)}"
        about = tuple(step for part in parts for step in all_of(part))
        groups = () if self.fine else tuple(parts)
        self.told.append(Told(sentence, Aligned(lines), brief, teaser, about=about, groups=groups))

    def chain(self, step: Step, left: Formula) -> None:
        """Tell the chain rule: name, differentiate each link, multiply, put back."""
        if step.substeps[0].rule != "name":
            self.follow(step, left)
            return
        named, *rest = step.substeps
        *slopes, multiplied, put_back = groups_of(tuple(rest))
        whole = step.before.children[0]
        top = whole == self.derivation.expression
        self.name_parts(named, whole, step, top=top)
        factors: list[Formula] = []
        outer = "f" if top and len(slopes) == 2 else self.output if top else ""
        for place, found in enumerate(slopes):
            asked = found[0].before
            assert isinstance(asked, Derivative)
            factors.append(self.factor(asked, outer if place == 0 else "", found, place))
        product = separated(self.in_order(factors), TIMES)
        lines = [product, self.multiplied(multiplied[0].after)]
        words = "Chain rule: multiply; the names stand for the parts"
        if not self.stays_in_names(step):
            lines.append(self.multiplied(put_back[0].after))
            bound = [plaintext(self.symbol(name_)) for name_, _ in step.bindings]
            back = bound[0] if len(bound) == 1 else "the parts"
            words = f"Chain rule: multiply, and put {back} back"
        lit = self.term(whole, Variable(self.derivation.variable))
        self.add(words, left, *lines, lit=lit, about=(step, multiplied[0], put_back[0]))

    def stays_in_names(self, chain: Step) -> bool:
        """Tell whether a chain is so long that a reader does better with names for its parts.

        With every name put back, the chain ``sin(sin(…))`` of n links would take n²/2 signs.
        """
        return len(chain.bindings) > MOST_NAMES or is_long(chain.after)

    def follow(self, step: Step, left: Formula) -> None:
        """Tell the chain rule for a function of y, which is a function of x."""
        slope, following, _ = groups_of(step.substeps)
        dependent = plaintext(self.set(following[0].after))
        factors = tuple(self.set(part[0].before) for part in (slope, following))
        words = f"Chain rule: a function of {dependent[:-1]} brings the factor {dependent}"
        product = separated(self.in_order(factors), TIMES)
        self.add(words, left, product, self.multiplied(step.after), about=(step,))

    def name_parts(self, named: Step, whole: Expression, chain: Step, *, top: bool) -> None:
        """Tell which part has which name."""
        bindings = named.bindings[::-1]
        variable = self.derivation.variable
        if top and len(bindings) == 1:
            bound, meaning = bindings[0]
            first = row(Symbol("f"), brackets(self.symbol(bound)))
            second = row(self.symbol(bound), brackets(self.symbol(variable)))
            both = (equation(first, self.set(named.after)), equation(second, self.set(meaning)))
            line = row(both[0], COMMA, Space(1.6), both[1])
            told = Told("Outside and inside", line, line, Text("…"), about=(chain, named))
            self.told.append(told)
            return
        left = self.symbol(self.output) if top else self.set(whole)
        rows = [(left, row(EQUALS, self.set(named.after)))]
        rows += [
            (self.symbol(bound), row(EQUALS, self.set(meaning))) for bound, meaning in bindings
        ]
        self.define("Name the parts, from the outside in", rows, chain)

    def factor(self, asked: Derivative, outer: str, found: tuple[Step, ...], place: int) -> Formula:
        """Tell the derivative of one link, and return how it stands in the product."""
        inner = asked.variable
        link = asked.operand
        whole = self.meant(link)
        named = (bound for bound, meaning in self.meanings.items() if meaning == whole)
        of = outer or next(named, "")
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


def _is_trivial(step: Step) -> bool:
    return step.rule in PLAIN


def _same_on_paper(before: Formula, after: Formula) -> bool:
    return _ink(before) == _ink(after) and plaintext(before) == plaintext(after)


def _ink(formula: Formula) -> str:
    """Return all its letters and signs, which differ at once where the paper does."""
    return "".join([node.text for node in formula.walk() if type(node) is Symbol])
