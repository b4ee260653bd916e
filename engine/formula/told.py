"""What a card says before it has a number: its lines, and the steps that stand behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from engine.calculus.derivation import Step
from engine.calculus.rules import rule
from engine.formula.card import Card
from engine.formula.formula import Formula
from engine.record import record

#: Rules so plain that nobody has to say they know them.
PLAIN = frozenset({"constant", "variable", "dependent"})

#: Steps together with the tidying behind them.
Group = tuple[Step, ...]


@record()
class Told:
    """A card without its number and its phase.

    Parameters
    ----------
    sentence, full, brief, teaser, lit
        As in `engine.formula.card.Card`.
    about : tuple of Step
        The steps that the card states.
    groups : tuple of tuple of Step
        What can be told finer.
    left : Formula or None
        What is found by them.
    """

    sentence: str
    full: Formula
    brief: Formula
    teaser: Formula
    lit: frozenset[str] = frozenset()
    about: tuple[Step, ...] = ()
    groups: tuple[Group, ...] = ()
    left: Formula | None = None

    @property
    def rules(self) -> tuple[str, ...]:
        """The keys of the rules that are used, each once; the tidying only where all is tidying."""
        keys = dict.fromkeys(map(key_of, self.about))
        proper = tuple(key for key in keys if rule(key).family not in ("", "tidy"))
        return proper or tuple(key for key in keys if key == "tidy")

    @property
    def more(self) -> bool:
        """Whether the steps behind it say more than the card."""
        return any(group[0].substeps for group in self.groups)

    def is_known(self, known: Collection[str]) -> bool:
        """Tell whether a reader who knows these rules needs no such card."""
        rules = [key for key in self.rules if key not in PLAIN]
        return bool(rules) and all(key in known for key in rules)

    def card(self, label: str, failures: Collection[Step] = ()) -> Card:
        """Number it."""
        agrees = not failures or not any(step in failures for step in self.about)
        return Card(
            label,
            "derive",
            self.sentence,
            self.full,
            self.brief,
            self.teaser,
            self.lit,
            self.rules,
            self.more,
            agrees,
        )


def key_of(step: Step) -> str:
    """Return the key of a step's rule; one for all tidying."""
    return "tidy" if step.rule.startswith("tidy") else step.rule


def all_of(group: Group) -> tuple[Step, ...]:
    """Return steps with all that is below them."""
    return tuple(inner for step in group for inner in step.walk())


def rule_names(steps: Iterable[Step]) -> tuple[str, ...]:
    """Return the rules of some steps, each once; mere working and tidying do not count."""
    known = (rule(one.rule) for one in steps)
    return tuple(dict.fromkeys(one.name for one in known if one.family not in ("", "tidy")))


def spoken(names: Iterable[str]) -> str:
    """List rules; that x′ = 1 goes without saying beside others."""
    several = tuple(names)
    proper = tuple(name for name in several if name != rule("variable").name)
    return ", ".join(proper or several)


def groups_of(found: Group) -> list[Group]:
    """Put each step together with the tidying behind it."""
    groups: list[Group] = []
    for step in found:
        if step.rule == "tidy" and groups:
            groups[-1] = (*groups[-1], step)
        else:
            groups.append((step,))
    return groups


def listed(words: list[str]) -> str:
    """Return ``x is`` or ``x and y are``."""
    if len(words) == 1:
        return f"{words[0]} is"
    return f"{', '.join(words[:-1])} and {words[-1]} are"


def small(statement: str) -> str:
    """Return a sentence as it goes on behind a colon: no capital, no full stop."""
    if not statement.endswith("."):
        return statement
    return statement[:1].lower() + statement[1:-1]


def capital(text: str) -> str:
    """Return a text with a capital letter in front."""
    return text[:1].upper() + text[1:]
