"""What one does to a function on its page, as edits of the document."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from engine.formula.names import name
from engine.formula.number import number_text
from engine.formula.plaintext import plaintext
from engine.workspace import asking, edits
from engine.workspace.document import Document
from gui import function_scene
from gui.bridge import Workbench
from gui.function_scene import Scene


class FunctionEdits(QObject):
    """Types, asks and moves.

    Parameters
    ----------
    workbench : Workbench
    """

    def __init__(self, workbench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        #: What is shown; None where there is nothing to see.
        self.scene: Scene | None = None

    def type_formula(self, text: str) -> None:
        """Take another text for the formula."""

        def edit(document: Document) -> Document:
            return edits.set_expression(document, text)

        self._workbench.apply("Type the formula", edit, "expression")

    def choose_variable(self, variable: str) -> None:
        """Differentiate by another variable."""

        def edit(document: Document) -> Document:
            return edits.set_variable(document, variable)

        self._workbench.apply(f"Differentiate by {variable}", edit)

    def take_letter(self, letter: str) -> None:
        """Take a letter of an equation as a function."""
        edit = partial(asking.ask_implicit, letter=letter)
        self._workbench.apply(f"Take {letter} as a function", edit)

    def put_in(self, letter: str, text: str) -> None:
        """Let a letter be a function of the parameter of a path."""
        edit = partial(asking.put_in, letter=letter, text=text)
        self._workbench.apply(f"Put in for {letter}", edit, f"path {letter}")

    def move_point(self, value: float) -> None:
        """Go to another place of the variable one differentiates by."""
        self.move(self._workbench.document.variable, value)

    def move(self, variable: str, value: float) -> None:
        """Give a variable another value; along a curve the others follow."""
        scene = self.scene
        moved = {variable: value}
        if scene is not None and scene.worked.dependent and variable == scene.worked.variable:
            moved = function_scene.follow(scene, value)

        def edit(document: Document) -> Document:
            return asking.move_to(document, moved)

        title = f"Set {plaintext(name(variable))} to {number_text(value)}"
        self._workbench.apply(title, edit, f"point {variable}")
