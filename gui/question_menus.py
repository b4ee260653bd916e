"""What is asked of the function, and how fine it is told: two menus, each entry one edit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from engine.calculus.parse import parse
from engine.calculus.rules import rule
from engine.formula.names import name
from engine.formula.plaintext import plaintext
from engine.workspace import asking, edits
from engine.workspace.document import Detail, Document
from gui.bridge import Workbench

Edit = Callable[[Document], Document]

ORDINALS = ("derivative", "2nd derivative", "3rd derivative", "4th derivative", "5th derivative",
            "6th derivative")  # fmt: skip

#: How fine, with the words for it.
DETAILS: tuple[tuple[Detail, str], ...] = (
    ("result", "the result"),
    ("rules", "a line a rule"),
    ("all", "every rule"),
    ("algebra", "every bit of algebra"),
)

#: Each method, with the words for it.
METHOD_WORDS = {
    "": "usual",
    "product": "as a product",
    "exponential": "as a power of e",
    "logarithm-laws": "logarithm laws first",
    "definition": "by definition",
    "expand": "multiplied out first",
}


def words_for(document: Document) -> str:
    """Say what is asked in a few words."""
    question = document.question
    if question.implicit and asking.is_equation(document.reading):
        return f"{_shown(question.implicit)} as a function of {_shown(document.variable)}"
    if question.along:
        return f"total derivative by {_shown(document.variable)}"
    if set(question.again) - {document.variable}:
        return "by " + ", then ".join(map(_shown, (document.variable, *question.again)))
    return ORDINALS[question.order - 1]


class _ChoiceMenu(QMenu):
    """Entries that are edits; the one in force is ticked. Filled each time it opens."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._group = QActionGroup(self)
        self._edits: dict[QAction, tuple[str, Edit]] = {}
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        self._group.triggered.connect(self._choose)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List what can be chosen now."""
        for action in self._edits:
            self._group.removeAction(action)
        self._edits = {}
        self.clear()
        self._list(self._workbench.document)

    def _list(self, document: Document) -> None:
        raise NotImplementedError

    def _offer(self, words: str, title: str, edit: Edit, *, ticked: bool = False) -> None:
        action = QAction(words, self)
        action.setCheckable(True)
        action.setChecked(ticked)
        self._group.addAction(action)
        self.addAction(action)
        self._edits[action] = (title, edit)

    def _choose(self, action: QAction) -> None:
        title, edit = self._edits[action]
        self._workbench.apply(title, edit)


class QuestionMenu(_ChoiceMenu):
    """Derivative, 2nd to 6th, by x then y, a curve's slope, with x(t) and y(t)."""

    def _list(self, document: Document) -> None:
        now = words_for(document)
        if asking.is_equation(document.reading):
            for letter in asking.implicit_letters(document.reading, document.variable):
                self._implicit(letter, now)
            return
        for place, words in enumerate(ORDINALS):
            self._again((), place, words, now)
        names = tuple(parse(document.reading).expression.variables())
        if document.question.along:
            self.addSeparator()
            self._offer(now, "", _unchanged, ticked=True)
            return
        others = [each for each in names if each != document.variable]
        if others:
            self.addSeparator()
        for other in others[:3]:
            self._again((other,), 0, f"by {_shown(document.variable)}, then {_shown(other)}", now)
        if names:
            letters = " and ".join(f"{_shown(each)}(t)" for each in names[:2])
            words = f"total derivative, with {letters}"
            self.addSeparator()
            self._offer(words, "Ask for the total derivative", asking.ask_along)

    def _again(self, again: tuple[str, ...], more: int, words: str, now: str) -> None:
        def edit(document: Document) -> Document:
            if again:
                return asking.ask_again(document, again)
            return asking.ask_order(document, more + 1)

        self._offer(words, f"Ask for the {words}", edit, ticked=words == now)

    def _implicit(self, letter: str, now: str) -> None:
        def edit(document: Document) -> Document:
            return asking.ask_implicit(document, letter)

        words = f"{_shown(letter)} as a function"
        self._offer(words, f"Take {words}", edit, ticked=now.startswith(words))


class DetailMenu(_ChoiceMenu):
    """How fine the steps are, and the rules that are applied without a card."""

    def _list(self, document: Document) -> None:
        for detail, words in DETAILS:
            self._level(detail, words, ticked=document.detail == detail)
        if not document.known:
            return
        self.addSection("Rules I know")
        for key in document.known:
            self._known(key)
        self._offer("show all of them again", "Show all rules again", _forget_known)

    def _level(self, detail: Detail, words: str, *, ticked: bool) -> None:
        def edit(document: Document) -> Document:
            return edits.set_detail(document, detail)

        self._offer(words, f"Show {words}", edit, ticked=ticked)

    def _known(self, key: str) -> None:
        def edit(document: Document) -> Document:
            return asking.set_known(document, tuple(one for one in document.known if one != key))

        words = rule(key).name
        self._offer(words, f"Show “{words}” again", edit, ticked=True)


class DetailButton(QPushButton):
    """Says how fine the steps are, and opens the menu that changes it."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self.setProperty("kind", "quiet")
        self.setProperty("rank", "caption")
        self.setMenu(DetailMenu(workbench, self))

    def show_detail(self, document: Document, *, wide: bool) -> None:
        """Say it in full where there is room."""
        words = f"detail: {dict(DETAILS)[document.detail]}"
        count = len(document.known)
        words += f", {count} known" if count else ""
        self.setText(f"{words if wide else 'detail'} ▾")
        self.setToolTip(words)
        self.setAccessibleName(words)


def _forget_known(document: Document) -> Document:
    return asking.set_known(document, ())


def _unchanged(document: Document) -> Document:
    return document


def _shown(letter: str) -> str:
    return plaintext(name(letter))
