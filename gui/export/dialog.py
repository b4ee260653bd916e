"""The one dialog of exports: what, how it looks, and as which of the table's formats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.formula.card import Card
from engine.formula.metrics import MathFace
from engine.formula.notation import DEFAULT, Notation
from gui.export.choice import Choice, What, chosen_cards
from gui.export.files import ExportError
from gui.export.formats import FORMATS, Format, format_called
from gui.export.material import PRINT, Blanks, Look, Paper
from gui.export.notation_button import NotationButton
from gui.theme import THEMES
from gui.typeface import FACES

WHATS: tuple[tuple[What, str], ...] = (
    ("step", "This &step"),
    ("phase", "This &phase"),
    ("all", "&All steps"),
    ("chosen", "&Chosen:"),
    ("diagram", "The dia&gram alone"),
    ("plot", "A pl&ot alone:"),
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

#: Boxes and circles that can be seen on dark paper, too.
_INDICATORS = """
QCheckBox::indicator, QRadioButton::indicator {
    width: 0.9em; height: 0.9em; border: 1px solid palette(text); background: palette(base);
}
QCheckBox::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 0.45em; }
QCheckBox::indicator:checked { background: palette(text); }
QRadioButton::indicator:checked { border: 0.28em solid palette(text); width: 0.4em; height: 0.4em; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: palette(mid); }
"""


class ExportDialog(QDialog):
    """Asks what is to be exported.

    Parameters
    ----------
    choice : Choice
        What is chosen at first.
    has_step : bool
        Whether there is a present step; without one only all steps, or chosen ones, can be had.
    has_cards : bool
        Whether there are steps at all.
    has_diagram : bool
        Whether there is a diagram to draw.
    cards : sequence of Card
        All steps, to look for the chosen ones in.
    plots : sequence of str
        The names of the plots that are shown.
    notation : Notation
        As the window writes.
    """

    def __init__(
        self,
        choice: Choice,
        parent: QWidget | None = None,
        *,
        has_step: bool = True,
        has_cards: bool = True,
        has_diagram: bool = True,
        cards: Sequence[Card] = (),
        plots: Sequence[str] = (),
        notation: Notation = DEFAULT,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setStyleSheet(_INDICATORS)
        self._has_diagram = has_diagram
        self._cards = cards
        self._allowed = {
            "step": has_step, "phase": has_step, "all": has_cards, "chosen": has_cards,
            "diagram": has_diagram, "plot": bool(plots),
        }  # fmt: skip
        self.whats = QButtonGroup(self)
        self.chosen = QLineEdit()
        self.plots = QComboBox()
        self.format = QComboBox()
        self.theme = QComboBox()
        self.scale = QComboBox()
        self.paper = QComboBox()
        self.typeface = QComboBox()
        self.notation = NotationButton(notation)
        self.blanks = QComboBox()
        self.diagram = QCheckBox("Draw the &diagram")
        self.transparent = QCheckBox("&Transparent ground")
        self.text = QCheckBox("Letters as te&xt, not as outlines")
        self.each = QCheckBox("One f&ile for each step")
        self.remark = QLabel()
        self.remark.setProperty("tone", "backward")
        self.remark.setWordWrap(True)
        self.remark.hide()
        self._area = QScrollArea()  # large letters make it higher than the screen
        self._area.setAccessibleName("What is exported, and how")
        self._fill(plots)
        self._build()
        self._show(choice)
        self.whats.idClicked.connect(self._offer_formats)
        self.chosen.textEdited.connect(lambda: self._choose("chosen"))
        self.plots.activated.connect(lambda: self._choose("plot"))
        self.format.currentIndexChanged.connect(self._offer)

    # --------------------------------------------------------------------------- building

    def _fill(self, plots: Sequence[str]) -> None:
        self.plots.addItems(list(plots))
        self.plots.setEnabled(bool(plots))
        self.plots.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.plots.setMinimumContentsLength(18)
        labels = [card.label for card in self._cards[:1]] + [c.label for c in self._cards[-1:]]
        self.chosen.setPlaceholderText("-".join(labels) if labels else "F1, B2-B4")
        for name, theme in THEMES.items():
            self.theme.addItem(name.capitalize(), theme)
        for scale, words in SCALES:
            self.scale.addItem(words, scale)
        for paper in ("A4", "Letter"):
            self.paper.addItem(paper, paper)
        for face, words in FACES.items():
            self.typeface.addItem(words, face)
        for blanks, words in BLANKS:
            self.blanks.addItem(words, blanks)

    def _build(self) -> None:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(0, 0, 12, 0)
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        form.addRow("What", self._what_grid())
        for words, part in (
            ("As", self.format),
            ("T&heme", self.theme),
            ("Si&ze", self.scale),
            ("Pape&r", self.paper),
            ("&Formulas in", self.typeface),
            ("&Notation", self.notation),
            ("Leave &blank", self.blanks),
        ):
            label = QLabel(words)
            label.setBuddy(part)
            part.setAccessibleName(words.replace("&", ""))
            form.addRow(label, part)
        boxes = QGridLayout()
        boxes.setVerticalSpacing(10)
        for place, box in enumerate((self.diagram, self.transparent, self.text, self.each)):
            boxes.addWidget(box, place // 2, place % 2)
        form.addRow("", boxes)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        go = buttons.addButton("&Export…", QDialogButtonBox.ButtonRole.AcceptRole)
        go.setDefault(True)
        go.setProperty("kind", "filled")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(page)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area, 1)
        column.addWidget(self.remark)
        column.addWidget(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room that is wanted, as far as the screen has it."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        page, bar = self._area.widget(), self._area.verticalScrollBar()
        bar.ensurePolished()
        room = QGuiApplication.primaryScreen().availableSize()
        hint = page.sizeHint()
        page.setMinimumHeight(hint.height())
        self.layout().activate()
        others = self.height() - self._area.height()
        self._area.setMinimumWidth(hint.width() + bar.sizeHint().width() + 12)
        self.resize(self.sizeHint().width(), min(hint.height() + others, room.height() - 60))

    def _what_grid(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        partners: dict[str, QWidget] = {"chosen": self.chosen, "plot": self.plots}
        places = {"step": (0, 0), "phase": (0, 1), "all": (0, 2), "chosen": (1, 0),
                  "diagram": (2, 0), "plot": (2, 1)}  # fmt: skip
        for number, (what, words) in enumerate(WHATS):
            button = QRadioButton(words)
            button.setEnabled(self._allowed[what])
            self.whats.addButton(button, number)
            row, column = places[what]
            grid.addWidget(button, row, column)
            if what in partners:
                partners[what].setAccessibleName(words.replace("&", "").rstrip(":"))
                grid.addWidget(partners[what], row, column + 1, 1, 2 - column)
        grid.setColumnStretch(2, 1)
        return holder

    # --------------------------------------------------------------------------- showing

    def _show(self, choice: Choice) -> None:
        what = choice.what
        if not self._allowed[what]:
            what = "all" if self._allowed["all"] else "diagram" if self._has_diagram else "plot"
        keys = [key for key, _ in WHATS]
        self.whats.button(keys.index(what)).setChecked(True)
        self.chosen.setText(choice.chosen)
        if choice.plot:
            self.plots.setCurrentIndex(max(0, self.plots.findText(choice.plot)))
        self._offer_formats(kind=choice.kind)
        self.theme.setCurrentIndex(list(THEMES).index(choice.look.theme.name))
        self.scale.setCurrentIndex([scale for scale, _ in SCALES].index(choice.look.scale))
        self.paper.setCurrentIndex(self.paper.findData(choice.look.paper))
        self.typeface.setCurrentIndex(self.typeface.findData(choice.look.typeface))
        self.notation.set_notation(choice.notation)
        self.blanks.setCurrentIndex(self.blanks.findData(choice.look.blanks))
        self.diagram.setChecked(choice.look.diagram)
        self.transparent.setChecked(choice.look.transparent)
        self.text.setChecked(choice.look.text)
        self.each.setChecked(choice.each)

    def _choose(self, what: What) -> None:
        keys = [key for key, _ in WHATS]
        self.whats.button(keys.index(what)).setChecked(True)
        self._offer_formats()

    def _offer_formats(self, _: int = -1, *, kind: str = "") -> None:
        """Offer the formats that what is chosen can have."""
        alone = self._what() in ("diagram", "plot")
        wanted = kind or str(self.format.currentData() or "")
        self.format.blockSignals(True)
        self.format.clear()
        for each in FORMATS:
            lists = each.key == "csv" and self._what() != "plot"
            if (each.alone if alone else each.maker) and not lists:
                self.format.addItem(each.words, each.key)
        self.format.setCurrentIndex(max(0, self.format.findData(wanted)))
        self.format.blockSignals(False)
        self._offer()

    def _offer(self) -> None:
        """Offer what the format heeds, and nothing else."""
        kind, what = self._kind(), self._what()
        alone = what in ("diagram", "plot")
        for name, part in (
            ("theme", self.theme),
            ("scale", self.scale),
            ("paper", self.paper),
            ("typeface", self.typeface),
            ("blanks", self.blanks),
            ("transparent", self.transparent),
            ("text", self.text),
        ):
            part.setEnabled(name in kind.options)
        self.typeface.setEnabled("typeface" in kind.options and what != "plot")
        self.transparent.setEnabled("transparent" in kind.options and what != "plot")
        self.blanks.setEnabled("blanks" in kind.options and not alone)
        self.notation.setEnabled(what != "plot")
        self.diagram.setEnabled("diagram" in kind.options and self._has_diagram and not alone)
        self.each.setEnabled(not kind.shared and not alone)
        self.remark.hide()

    # --------------------------------------------------------------------------- answering

    def _what(self) -> What:
        return WHATS[self.whats.checkedId()][0]

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
            cast("MathFace", self.typeface.currentData()),
            self.text.isChecked(),
        )
        return Choice(
            self._what(),
            self._kind().key,
            look,
            self.each.isChecked(),
            self.chosen.text().strip(),
            self.plots.currentText(),
            self.notation.notation,
        )

    def accept(self) -> None:
        """Close, unless there are no such steps; then say so."""
        if self._what() == "chosen":
            try:
                chosen_cards(self._cards, self.chosen.text())
            except ExportError as problem:
                self.remark.setText(f"{problem.message} {problem.hint}")
                self.remark.show()
                self._fit()
                self.chosen.setFocus(Qt.FocusReason.OtherFocusReason)
                self.chosen.selectAll()
                return
        super().accept()
