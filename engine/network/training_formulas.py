"""What a training minimises and how it changes a weight, as formulas for the page."""

from __future__ import annotations

from engine.calculus.expression import Derivative, Expression, Negative, Sum, Variable
from engine.formula.constructs import Limits
from engine.formula.formula import (
    EQUALS,
    GETS,
    PLUS,
    TIMES,
    Aligned,
    Formula,
    Fraction,
    Symbol,
    brackets,
    letter,
    row,
)
from engine.formula.names import Cast
from engine.formula.notation import DEFAULT, Notation
from engine.formula.typeset import Typesetter
from engine.network.losses import Loss, loss_called
from engine.network.optimizers import optimizer_called
from engine.network.schedule import COST
from engine.network.settings import Settings

_CAST = Cast(frozenset({"a"}), COST, "η")


def cost_formula(
    settings: Settings, samples: int, outputs: int, notation: Notation = DEFAULT
) -> Formula:
    """Return J as it is trained: over all samples and outputs, with the penalty.

    Parameters
    ----------
    settings : Settings
    samples, outputs : int
        How many there are; a sum over one is not written.
    notation : Notation

    Examples
    --------
    >>> from engine.formula.plaintext import plaintext
    >>> from engine.network.losses import Penalty
    >>> plaintext(cost_formula(Settings(penalty=Penalty("L2", 0.01)), 1, 1))
    'J = (1/2)(ŷ − y)² + 0.01 · ∑ w²'
    """
    setter = Typesetter(notation, _CAST)
    loss = loss_called(settings.loss)
    parts: list[Formula] = []
    if samples > 1:
        if settings.samples == "mean":
            parts.append(Fraction(letter("1"), letter(str(samples))))
        parts.append(_sum("samples"))
    if outputs > 1:
        if loss.mean:
            parts.append(Fraction(letter("1"), letter(str(outputs))))
        parts.append(_sum("outputs" if loss.separable else "other outputs"))
    whole: list[Formula] = [setter.name(COST), EQUALS, *parts]
    whole.append(_loss(setter, loss, bool(parts)))
    if settings.penalty is not None:
        penalty = settings.penalty
        coefficient = setter.number(penalty.coefficient)
        whole += [PLUS, coefficient, TIMES, _sum(), setter.expression(penalty.expression)]
    return row(*whole)


def rule_lines(settings: Settings, notation: Notation = DEFAULT) -> Formula:
    """Return the optimiser's lines, one below the other, with g for the gradient.

    Examples
    --------
    >>> from engine.formula.plaintext import plaintext
    >>> print(plaintext(rule_lines(Settings(optimizer="momentum"))))
    v ← μv + ∂J/∂w
    w ← w − ηv
    """
    rule = optimizer_called(settings.optimizer)
    setter = Typesetter(notation, _CAST, partials=True)
    lines: list[tuple[Formula, ...]] = []
    single = len(rule.lines) < 3
    for name, expression in rule.steps():
        slope_for = Derivative(Variable(COST), "w")
        put: dict[str, Expression] = {"g": slope_for} if single else {}
        shown = expression.substitute(put)
        lines.append((setter.name(name), row(GETS, setter.expression(shown))))
    if not single:
        slope = setter.expression(Derivative(Variable(COST), "w"))
        lines.insert(0, (setter.name("g"), row(EQUALS, slope)))
    return Aligned(tuple(lines))


def _loss(setter: Typesetter, loss: Loss, after_sum: bool) -> Formula:
    """Write the loss of one output; the score of the wanted class is called s."""
    expression = loss.expression
    if not loss.separable:
        expression = expression.substitute({"w": Variable("s")})
    shown = setter.expression(expression)
    return brackets(shown) if after_sum and isinstance(expression, (Sum, Negative)) else shown


def _sum(over: str = "") -> Formula:
    return Limits(Symbol("∑", "upright", "operator"), Symbol(over, "upright") if over else None)
