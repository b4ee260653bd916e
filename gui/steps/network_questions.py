"""What a walk through a network asks: which way a weight should go, and what to do next."""

from __future__ import annotations

from dataclasses import replace

from engine.formula.names import Cast
from engine.formula.names import name as name_of
from engine.formula.plaintext import plaintext
from engine.network.relations import output_names, relate
from engine.network.schedule import COST, schedule
from engine.workspace.document import Document
from gui.steps.question import Question

UP, DOWN = "up", "down"
FUNCTION, NETWORK = "function", "network"
#: After so many rounds of training one is done with the first minute.
ROUNDS = 10

NEXT = Question(
    "That was one network, start to end. Next:",
    ((FUNCTION, "My own function"), (NETWORK, "My own network")),
)


class NetworkQuestions:
    """Remembers what was guessed, for as long as the network and its sample stay the same."""

    def __init__(self) -> None:
        self._asked: Document | None = None
        self._guess = ""

    def at(self, document: Document) -> Question | None:
        """Return what is asked or answered at the document's step.

        The question stands at the end of forward in the first round; how it came out, at the
        update of the weight it was about.
        """
        if not document.step:
            return None
        step = schedule(document.network)[document.step - 1]
        if document.round >= ROUNDS and step.name == COST:
            return NEXT
        if document.round:
            return None
        weight = weight_of(document)
        if step.phase == "forward" and step.name == COST and weight:
            return self._ask(document, weight)
        if step.phase == "update" and step.name == weight and self._guessed(document):
            return self._tell(document, weight)
        return None

    def answer(self, document: Document, key: str) -> None:
        """Remember a guess."""
        self._asked, self._guess = _scene(document), key

    def _guessed(self, document: Document) -> str:
        return self._guess if self._asked == _scene(document) else ""

    def _ask(self, document: Document, weight: str) -> Question | None:
        if _direction(document, weight) == "":
            return None
        shown = _symbol(document, weight)
        guess = self._guessed(document)
        if guess:
            return Question(f"You said {guess}: {shown} is to go {guess}. The way back will tell.")
        words = f"{_how_wrong(document)} Should {shown} go up or down?"
        return Question(words, ((UP, "Up"), (DOWN, "Down")))

    def _tell(self, document: Document, weight: str) -> Question:
        guess, right = self._guessed(document), _direction(document, weight)
        shown = _symbol(document, weight)
        if guess == right:
            return Question(f"You said {guess} — correct.")
        return Question(f"You said {guess}; {shown} goes {right}, against the slope.")


def weight_of(document: Document) -> str:
    """Return the weight that is asked about: the last one; empty where there is none."""
    names = [each.name for each in document.network.connections]
    return names[-1] if names else ""


def _scene(document: Document) -> Document:
    return replace(document, step=0, workspace="network")


def _direction(document: Document, weight: str) -> str:
    """Return which way a weight goes to lower the cost; empty where its slope is 0."""
    graph = relate(document.network, document.loss)
    given = document.sample | document.network.parameters()
    slope = graph.adjoints(graph.values(given))[weight]
    if not slope:
        return ""
    return DOWN if slope > 0 else UP


def _how_wrong(document: Document) -> str:
    outputs = output_names(document.network)
    if len(outputs) > 1:
        return f"The cost {_symbol(document, COST)} is to fall."
    graph = relate(document.network, document.loss)
    values = graph.values(document.sample | document.network.parameters())
    output, wanted = values[outputs[0]], document.y[0]
    if output == wanted:
        return f"The cost {_symbol(document, COST)} is to fall."
    return f"{_symbol(document, outputs[0])} is too {'high' if output > wanted else 'low'}."


def _symbol(document: Document, quantity: str) -> str:
    cast = Cast(frozenset(output_names(document.network)), COST, "η")
    return plaintext(name_of(quantity, document.notation, cast))
