"""How gradients change weights; each rule is written once, for cards and program alike.

A rule is a list of named lines in ``w``, the weight, ``g``, its gradient, ``η``, the learning rate,
``t``, the number of this update (from 1), and the rule's own quantities; the last line is the new
weight. A quantity that is read before its line is one that is kept from update to update, 0 at
first. Sources: Goodfellow, Bengio and Courville, *Deep Learning*, §8.3 to §8.5; Zeiler 2012; Kingma
and Ba 2015, algorithm 1; Loshchilov and Hutter 2019, algorithm 2. Where implementations differ, the
forms and usual numbers are PyTorch's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.calculus.expression import Expression
    from engine.network.recording import Array


@dataclass(frozen=True, slots=True)
class Optimizer:
    """A rule for the new weight.

    Parameters
    ----------
    name : str
    lines : tuple of (str, str)
        Quantity and its new value, in order; the last one is ``w``.
    constants : tuple of (str, float)
        The rule's own numbers: ``β``, ``ε``.
    """

    name: str
    lines: tuple[tuple[str, str], ...]
    constants: tuple[tuple[str, float], ...] = ()

    @property
    def kept(self) -> tuple[str, ...]:
        """The quantities that are kept from one update to the next, such as m and v."""
        return _kept(self.lines)

    @property
    def counts(self) -> bool:
        """Whether it depends on how many updates there were."""
        return any("t" in expression.variables() for _, expression in self.steps())

    @property
    def proportional(self) -> bool:
        """Whether it changes a weight by η times its gradient and does nothing else."""
        return self.lines == OPTIMIZERS["gradient descent"].lines

    @property
    def update(self) -> Expression:
        """The new weight, in the names of the lines before."""
        return _read(self.lines[-1][1])

    def steps(self) -> tuple[tuple[str, Expression], ...]:
        """Return each line's name and expression, constants by name."""
        return tuple((name, _read(text)) for name, text in self.lines)

    def numbers(self) -> dict[str, float]:
        """Return the rule's own numbers by name."""
        return dict(self.constants)

    def with_numbers(self, **numbers: float) -> Optimizer:
        """Return the rule with other numbers: ``with_numbers(β1=0.8)``."""
        unknown = numbers.keys() - self.numbers().keys()
        if unknown:
            raise EngineError(
                f"{self.name} has no number {min(unknown)}.",
                hint=f"It has: {', '.join(self.numbers()) or 'none'}.",
            )
        merged = self.numbers() | {name: float(value) for name, value in numbers.items()}
        return Optimizer(self.name, self.lines, tuple(merged.items()))

    def apply(
        self,
        weight: float,
        gradient: float,
        rate: float,
        kept: Mapping[str, float],
        count: int,
        carried: Callable[[str, float], float] | None = None,
    ) -> dict[str, float]:
        """Return every quantity of one update of one weight, in order; ``w`` is the new weight.

        Parameters
        ----------
        weight, gradient, rate : float
        kept : mapping of str to float
            The quantities of the update before; those not given are 0.
        count : int
            t, from 1.
        carried : callable, optional
            What of a quantity's value is carried on, by its name: rounded, as by hand.
        """
        from engine.calculus.evaluate import evaluate

        values: dict[str, float] = dict.fromkeys(self.kept, 0.0) | dict(kept)
        values |= self.numbers() | {"w": weight, "g": gradient, "η": rate, "t": float(count)}
        found: dict[str, float] = {}
        for name, expression in self.steps():
            value = evaluate(expression, values)
            values[name] = found[name] = value if carried is None else carried(name, value)
        return found

    def apply_to_all(
        self, weights: Array, gradient: Array, rate: float, kept: Mapping[str, Array], count: int
    ) -> dict[str, Array]:
        """Return every quantity of one update of many weights at once; see `apply`."""
        from engine.calculus.evaluate import evaluate

        values: dict[str, Any] = dict.fromkeys(self.kept, 0.0) | dict(kept)
        values |= self.numbers() | {"w": weights, "g": gradient, "η": rate, "t": float(count)}
        found: dict[str, Array] = {}
        for name, expression in self.steps():
            values[name] = found[name] = evaluate(expression, values)
        return found


#: m_hat and v_hat are written M and V, since a typed name has no words in its index.
_ADAM = (
    ("m", "β1·m + (1 - β1)·g"),
    ("v", "β2·v + (1 - β2)·g^2"),
    ("m_hat", "m/(1 - β1^t)"),
    ("v_hat", "v/(1 - β2^t)"),
)
_ADAM_NUMBERS = (("β1", 0.9), ("β2", 0.999), ("ε", 1e-8))

#: Every optimiser by its name.
OPTIMIZERS: dict[str, Optimizer] = {
    optimizer.name: optimizer
    for optimizer in (
        Optimizer("gradient descent", (("w", "w - η·g"),)),
        Optimizer("momentum", (("v", "μ·v + g"), ("w", "w - η·v")), (("μ", 0.9),)),
        Optimizer("nesterov", (("v", "μ·v + g"), ("w", "w - η·(g + μ·v)")), (("μ", 0.9),)),
        Optimizer("adagrad", (("s", "s + g^2"), ("w", "w - η·g/(√s + ε)")), (("ε", 1e-10),)),
        Optimizer(
            "rmsprop",
            (("s", "ρ·s + (1 - ρ)·g^2"), ("w", "w - η·g/(√s + ε)")),
            (("ρ", 0.99), ("ε", 1e-8)),
        ),
        Optimizer(
            "adadelta",
            (
                ("s", "ρ·s + (1 - ρ)·g^2"),
                ("r", "√(d + ε)/√(s + ε)·g"),
                ("d", "ρ·d + (1 - ρ)·r^2"),
                ("w", "w - η·r"),
            ),
            (("ρ", 0.9), ("ε", 1e-6)),
        ),
        Optimizer("adam", (*_ADAM, ("w", "w - η·M/(√V + ε)")), _ADAM_NUMBERS),
        Optimizer(
            "adamw",
            (*_ADAM, ("w", "w - η·λ·w - η·M/(√V + ε)")),
            (*_ADAM_NUMBERS, ("λ", 0.01)),
        ),
    )
}

#: The learning rate each is usually given.
USUAL_RATES = {"adadelta": 1.0, "adam": 0.001, "adamw": 0.001, "rmsprop": 0.01, "adagrad": 0.01}

_OTHER_NAMES = {"sgd": "gradient descent", "gd": "gradient descent", "nag": "nesterov"}


@lru_cache(maxsize=64)
def optimizer_called(name: str) -> Optimizer:
    """Return the optimiser of that name; ``adam:β1=0.8,ε=1e-7`` changes its numbers.

    Raises
    ------
    EngineError
        Where there is none, or a number is not one of its own.

    Examples
    --------
    >>> optimizer_called("momentum:μ=0.5").numbers()
    {'μ': 0.5}
    """
    plain, _, settings = name.partition(":")
    plain = plain.strip().lower()
    found = OPTIMIZERS.get(_OTHER_NAMES.get(plain, plain))
    if found is None:
        raise EngineError(
            f"There is no optimiser called “{name}”.", hint=f"There are: {', '.join(OPTIMIZERS)}."
        )
    numbers: dict[str, float] = {}
    for setting in filter(None, settings.split(",")):
        key, _, text = setting.partition("=")
        key = _SPELLED.get(key.strip(), key.strip())
        try:
            numbers[key] = float(text)
        except ValueError:
            raise EngineError(
                f"“{setting}” is not a number of {plain}.", hint="Write for example β1=0.9."
            ) from None
    return found.with_numbers(**numbers) if numbers else found


_SPELLED = {"beta1": "β1", "beta2": "β2", "eps": "ε", "epsilon": "ε", "mu": "μ", "rho": "ρ",
            "momentum": "μ", "lambda": "λ", "weight decay": "λ"}  # fmt: skip


@cache
def _kept(lines: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    own = [name for name, _ in lines[:-1]]
    seen: set[str] = set()
    kept: list[str] = []
    for name, text in lines:
        kept += [
            each for each in _read(text).variables() if each in own and each not in seen | {*kept}
        ]
        seen.add(name)
    return tuple(kept)


@cache
def _read(text: str) -> Expression:
    from engine.calculus.expression import Variable
    from engine.calculus.parse import parse

    return parse(text).expression.substitute({"M": Variable("m_hat"), "V": Variable("v_hat")})
