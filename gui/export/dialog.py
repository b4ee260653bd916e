"""The one dialog of exports: what, how it looks, and as which of the table's formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, cast

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from gui.export.formats import FORMATS, Format, format_called
from gui.export.material import PRINT, Blanks, Look, Paper
from gui.theme import THEMES

What = Literal["step", "phase", "all"]

WHATS: tuple[tuple[What, str], ...] = (
    ("step", "This &step"),
    ("phase", "This &phase"),
    ("all", "&All steps"),
)
SCALES = (
    (1.0, "As on the screen"),
    (2.0, "Twice the size"),
    (3.0, "Three times"),
    (4.0, "Four times"),
    (PRINT, "For print, 300 dpi"),
)
BLANKS: tuple[tuple[Blanks, str], ...] = (
    ("none", "Nothing"),
    ("values", "Computed values"),
    ("factors", "Factors"),
    ("last lines", "Last lines"),
    ("all", "Everything behind an equals sign"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: the steps, the format and the look; the last one is repeated by a key."""

    what: What = "step"
    kind: str = "png"
    look: Look = field(default_factory=Look)
    each: bool = False

    @property
    def format(self) -> Format:
        """The row of the table."""
        return format_called(self.kind)


class ExportDialog(QDialog):
    """Asks what is to be exported.

    Parameters
    ----------
    choice : Choice
        What is chosen at first.
    has_step : bool
        Whether there is a present step; without one only all steps can be had.
    has_diagram : bool
        Whether there is a diagram to draw.
    """

    def __init__(
        self,
        choice: Choice,
        parent: QWidget | None = None,
        *,
        has_step: bool = True,
        has_diagram: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self._has_diagram = has_diagram
        self.whats = QButtonGroup(self)
        self.format = QComboBox()
        self.theme = QComboBox()
        self.scale = QComboBox()
        self.paper = QComboBox()
        self.blanks = QComboBox()
        self.diagram = QCheckBox("Draw the &diagram")
        self.transparent = QCheckBox("&Transparent ground")
        self.each = QCheckBox("&One file for each step")
        self._build(has_step)
        self._show(choice, has_step)
        self.format.currentIndexChanged.connect(self._offer)
        self._offer()

    def _build(self, has_step: bool) -> None:
        for each in FORMATS:
            self.format.addItem(each.words, each.key)
        for name, theme in THEMES.items():
            self.theme.addItem(name.capitalize(), theme)
        for scale, words in SCALES:
            self.scale.addItem(words, scale)
        for paper in ("A4", "Letter"):
            self.paper.addItem(paper, paper)
        for blanks, words in BLANKS:
            self.blanks.addItem(words, blanks)
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        line = QHBoxLayout()
        for place, (what, words) in enumerate(WHATS):
            button = QRadioButton(words)
            button.setEnabled(has_step or what == "all")
            self.whats.addButton(button, place)
            line.addWidget(button)
        line.addStretch(1)
        form.addRow("What", line)
        for words, part in (
            ("&As", self.format),
            ("T&heme", self.theme),
            ("Si&ze", self.scale),
            ("Pape&r", self.paper),
            ("Leave &blank", self.blanks),
        ):
            label = QLabel(words)
            label.setBuddy(part)
            part.setAccessibleName(words.replace("&", ""))
            form.addRow(label, part)
        for box in (self.diagram, self.transparent, self.each):
            form.addRow("", box)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        go = buttons.addButton("&Export…", QDialogButtonBox.ButtonRole.AcceptRole)
        go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(18)
        column.addLayout(form)
        column.addWidget(buttons)

    def _show(self, choice: Choice, has_step: bool) -> None:
        what = choice.what if has_step else "all"
        keys = [key for key, _ in WHATS]
        self.whats.button(keys.index(what)).setChecked(True)
        self.format.setCurrentIndex(self.format.findData(choice.kind))
        self.theme.setCurrentIndex(list(THEMES).index(choice.look.theme.name))
        self.scale.setCurrentIndex([scale for scale, _ in SCALES].index(choice.look.scale))
        self.paper.setCurrentIndex(self.paper.findData(choice.look.paper))
        self.blanks.setCurrentIndex(self.blanks.findData(choice.look.blanks))
        self.diagram.setChecked(choice.look.diagram)
        self.transparent.setChecked(choice.look.transparent)
        self.each.setChecked(choice.each)

    def _offer(self) -> None:
        """Offer what the format heeds, and nothing else."""
        kind = self._kind()
        for name, part in (
            ("theme", self.theme),
            ("scale", self.scale),
            ("paper", self.paper),
            ("blanks", self.blanks),
            ("transparent", self.transparent),
        ):
            part.setEnabled(name in kind.options)
        self.diagram.setEnabled("diagram" in kind.options and self._has_diagram)
        self.each.setEnabled(not kind.shared)

    def _kind(self) -> Format:
        return format_called(str(self.format.currentData()))

    def choice(self) -> Choice:
        """Return what is chosen now."""
        look = Look(
            list(THEMES.values())[self.theme.currentIndex()],
            float(self.scale.currentData()),
            self.transparent.isChecked(),
            cast("Paper", self.paper.currentData()),
            cast("Blanks", self.blanks.currentData()),
            self.diagram.isChecked() and self._has_diagram,
        )
        what = WHATS[self.whats.checkedId()][0]
        return Choice(what, self._kind().key, look, self.each.isChecked())
