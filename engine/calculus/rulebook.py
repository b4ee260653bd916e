"""Differentiation by named rules: the answer is what the steps produce.

The order of the rules is the order of a textbook: what is constant, the variable itself, constant
factors, sums, products, quotients, powers, roots, the table; a function of anything but the
variable is the chain rule, which gives every inner part a name of its own (``u1`` is the
innermost). Source: any calculus course; Stewart, *Calculus*, ch. 3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.calculus.derivation import Step, joined
from engine.calculus.expression import (
    Cases,
    Derivative,
    Expression,
    Function,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
    add,
    multiply,
    slope_of,
    subtract,
)
from engine.calculus.links import inside, is_link, outside, slope
from engine.calculus.pieces import greatest_or_least, piece_by_piece
from engine.calculus.tidy import tidy_steps

_LETTERS = "uvwsrpq"

#: Products of more factors are taken in halves, so that the work grows with their length.
MOST_FACTORS = 6


@dataclass(slots=True)
class Rules:
    """The rules for one variable; hands out names for inner parts as it goes.

    Parameters
    ----------
    variable : str
        By which is differentiated.
    letters : set of str
        First letters that are taken.
    along : tuple of str
        Variables that are functions of the variable.
    alone : str, optional
        The name of the first part, where it is going to be the only one.
    """

    variable: str
    letters: set[str]
    along: tuple[str, ...] = ()
    alone: str | None = None
    names: list[str] = field(default_factory=list)
    #: The variable and what is a function of it.
    moving: frozenset[str] = field(init=False)
    #: What is tidy already, by identity: inner results are not looked into again.
    settled: dict[int, Expression] = field(default_factory=dict)

    def fresh(self, count: int) -> list[str]:
        """Return `count` new names."""
        first = len(self.names) + 1
        names = [self.numbered(first + place) for place in range(count)]
        if self.alone is not None and first == count == 1:
            names = [self.alone]
        self.names.extend(names)
        return names

    def numbered(self, place: int) -> str:
        """Return the name of the part at a place, counted from 1."""
        letter = next((one for one in _LETTERS if one not in self.letters), "u")
        return f"{letter}{place}"

    def __post_init__(self) -> None:
        """Put together what moves."""
        self.moving = frozenset((self.variable, *self.along))

    def varies(self, node: Expression) -> bool:
        """Tell whether a part changes when the variable does."""
        return not node.letters.isdisjoint(self.moving)

    def asked(self, node: Expression) -> Expression:
        """Return the inert ``d/dx node``."""
        if not self.along:
            return Derivative(node, self.variable)
        along = tuple(name for name in self.along if node.depends_on(name))
        return Derivative(node, self.variable, along)

    def derive(self, node: Expression) -> tuple[Step, ...]:
        """Return the steps from ``d/dx node`` to its derivative, tidied."""
        if not self.varies(node):
            return (Step("constant", self.asked(node), Number("0")),)
        match node:
            case Variable(name=self.variable):
                return (Step("variable", self.asked(node), Number("1")),)
            case Variable():
                return (Step("dependent", self.asked(node), slope_of(node.name)),)
            case Negative():
                return self.constant_multiple(node, Negative, node.operand)
            case Sum():
                return self.sum(node)
            case Product():
                return self.product(node)
            case Quotient() if not self.varies(node.denominator):
                below = node.denominator
                return self.constant_multiple(
                    node, lambda inner: Quotient(inner, below), node.numerator
                )
            case Quotient() if self.varies(node.numerator):
                return self.quotient(node)
            case Power() if self.varies(node.base) and self.varies(node.exponent):
                return self.general_power(node)
            case Function(name="logb") if self.varies(node.arguments[0]):
                return self.change_of_base(node)
            case Function(name="max" | "min"):
                return greatest_or_least(self, node)
            case Cases():
                return piece_by_piece(self, node)
        return self.chain(node)

    def tidied(self, step: Step) -> tuple[Step, ...]:
        """Return the step, and behind it the step that tidies its result, if that changes it."""
        result, changes = tidy_steps(step.after, self.settled)
        if not changes:
            return (step,)
        named = tuple(
            Step(f"tidy:{change.name}", change.before, change.after) for change in changes
        )
        return (step, Step("tidy", step.after, result, substeps=named))

    # rules for what is put together from parts

    def constant_multiple(
        self,
        node: Expression,
        around: Callable[[Expression], Expression],
        inner: Expression,
        front: Callable[[Expression], Expression] | None = None,
    ) -> tuple[Step, ...]:
        """``(c·f)′ = c·f′``; `around` leaves the constant where it was written, `front` not."""
        before = self.asked(node)
        announced = Step("take out the constant", before, (front or around)(self.asked(inner)))
        parts = self.derive(inner)
        after = around(parts[-1].after)
        return self.tidied(Step("constant multiple", before, after, substeps=(announced, *parts)))

    def sum(self, node: Sum) -> tuple[Step, ...]:
        """All terms at once, each with its sign."""
        before = self.asked(node)
        announced = Step(
            "split the sum", before, node.with_children(tuple(map(self.asked, node.terms)))
        )
        parts = [self.derive(term) for term in node.terms]
        after = _signed(node.signs, tuple(steps[-1].after for steps in parts))
        return self.tidied(Step("sum", before, after, substeps=(announced, *joined(parts))))

    def product(self, node: Product) -> tuple[Step, ...]:
        """``f′gh + fg′h + fgh′``, the constant factors taken out first."""
        fixed = tuple(factor for factor in node.factors if not self.varies(factor))
        moving = tuple(factor for factor in node.factors if self.varies(factor))
        if fixed:
            place = next(at for at, factor in enumerate(node.factors) if self.varies(factor))
            return self.constant_multiple(
                node,
                lambda inner: Product((*fixed[:place], inner, *fixed[place:])),
                multiply(*moving),
                front=lambda inner: Product((*fixed, inner)),
            )
        if len(moving) > MOST_FACTORS:
            return self.halves(node)
        before = self.asked(node)
        parts = [self.derive(factor) for factor in moving]

        def expanded(derivatives: list[Expression]) -> Expression:
            terms = tuple(
                multiply(*moving[:place], derivative, *moving[place + 1 :])
                for place, derivative in enumerate(derivatives)
            )
            return Sum(terms, (1,) * len(terms))

        announced = Step("apply the product rule", before, expanded([*map(self.asked, moving)]))
        after = expanded([steps[-1].after for steps in parts])
        return self.tidied(Step("product", before, after, substeps=(announced, *joined(parts))))

    def halves(self, node: Product) -> tuple[Step, ...]:
        """A long product is two: ``(p·q)′ = p′·q + p·q′``, and so on within each half."""
        middle = len(node.factors) // 2
        halves = (Product(node.factors[:middle]), Product(node.factors[middle:]))
        names = self.fresh(2)
        first, second = (Variable(name) for name in names)
        split = Step(
            "split the product",
            node,
            Product((first, second)),
            bindings=tuple(zip(names, halves, strict=True)),
        )
        announced = Step(
            "apply the product rule",
            self.asked(node),
            add(Product((self.asked(halves[0]), second)), Product((first, self.asked(halves[1])))),
        )
        parts = [self.derive(half) for half in halves]
        slopes = [steps[-1].after for steps in parts]
        after = add(Product((slopes[0], halves[1])), Product((halves[0], slopes[1])))
        substeps = (split, announced, *joined(parts))
        return self.tidied(Step("product", self.asked(node), after, split.bindings, substeps))

    def quotient(self, node: Quotient) -> tuple[Step, ...]:
        """``(f′g − fg′)/g²``."""
        above, below, before = node.numerator, node.denominator, self.asked(node)

        def formula(above_slope: Expression, below_slope: Expression) -> Expression:
            difference = subtract(Product((above_slope, below)), Product((above, below_slope)))
            return Quotient(difference, Power(below, Number("2")))

        announced = Step(
            "apply the quotient rule", before, formula(self.asked(above), self.asked(below))
        )
        parts = [self.derive(above), self.derive(below)]
        after = formula(parts[0][-1].after, parts[1][-1].after)
        return self.tidied(Step("quotient", before, after, substeps=(announced, *joined(parts))))

    def general_power(self, node: Power) -> tuple[Step, ...]:
        """``(u^v)′ = u^v · (v ln u)′``, for u > 0."""
        before = self.asked(node)
        logarithm = Product((node.exponent, Function("ln", (node.base,))))
        announced = Step("take logarithms", before, Product((node, self.asked(logarithm))))
        parts = self.derive(logarithm)
        after = Product((node, parts[-1].after))
        return self.tidied(
            Step("logarithmic differentiation", before, after, substeps=(announced, *parts))
        )

    def change_of_base(self, node: Function) -> tuple[Step, ...]:
        """``log_b u = ln u / ln b``, for a base that changes."""
        base, argument = node.arguments
        rewritten = Quotient(Function("ln", (argument,)), Function("ln", (base,)))
        announced = Step("rewrite the logarithm", self.asked(node), self.asked(rewritten))
        parts = self.derive(rewritten)
        step = Step(
            "change of base", self.asked(node), parts[-1].after, substeps=(announced, *parts)
        )
        return self.tidied(step)

    # the chain rule and what lies at its links

    def chain(self, node: Expression) -> tuple[Step, ...]:
        """``dh/dx = dh/du_n · … · du_2/du_1 · du_1/dx``."""
        links = [node]
        while not isinstance(inner := inside(links[-1], self.moving), Variable):
            links.append(inner)
            if not is_link(inner, self.moving):
                break
        if len(links) == 1:
            assert isinstance(inner, Variable)
            if inner.name in self.along:
                return self.follow(node, inner)
            rule, after = slope(node, self.variable)
            return self.tidied(Step(rule, self.asked(node), after))
        names = self.fresh(len(links) - 1)[::-1]
        outer = [outside(link, self.moving, name) for link, name in zip(links, names, strict=False)]
        bindings = tuple(zip(names, [*outer[1:], links[-1]], strict=True))[::-1]
        slopes: list[tuple[Step, ...]] = []
        for link, name in zip(outer, names, strict=True):
            rule, after = slope(link, name)
            slopes.append(self.tidied(Step(rule, Derivative(link, name), after)))
        slopes.append(self.derive(links[-1]))
        product = Product(tuple(steps[-1].after for steps in slopes))
        values: dict[str, Expression] = {}
        for name, bound in bindings:
            values[name] = bound.substitute(values)
        put_back = product.substitute(values)
        substeps = (
            Step("name", node, outer[0], bindings=bindings),
            *joined(slopes),
            Step("multiply", self.asked(node), product),
            Step("put back", product, put_back),
        )
        return self.tidied(Step("chain", self.asked(node), put_back, bindings, substeps))

    def follow(self, node: Expression, inner: Variable) -> tuple[Step, ...]:
        """``d/dx f(y) = df/dy · y′``: y is a function of x, and a name already."""
        rule, after = slope(node, inner.name)
        slopes = [
            self.tidied(Step(rule, Derivative(node, inner.name), after)),
            self.derive(inner),
        ]
        product = Product(tuple(steps[-1].after for steps in slopes))
        substeps = (*joined(slopes), Step("multiply", self.asked(node), product))
        return self.tidied(Step("chain", self.asked(node), product, substeps=substeps))


def _signed(signs: tuple[int, ...], terms: tuple[Expression, ...]) -> Sum:
    """Write a sum with the minus of a term as its sign: ``0 − sin x``, not ``0 + (−sin x)``."""
    turned = [place > 0 and isinstance(term, Negative) for place, term in enumerate(terms)]
    return Sum(
        tuple(
            term.operand if turn and isinstance(term, Negative) else term
            for turn, term in zip(turned, terms, strict=True)
        ),
        tuple(-sign if turn else sign for turn, sign in zip(turned, signs, strict=True)),
    )
