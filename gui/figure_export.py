"""One figure of the descent lab to a file, as the dialog of exports would write it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from engine.errors import EngineError
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.export.files import write_picture
from gui.export.formats import format_called
from gui.export.material import Alone, Look, Material
from gui.figure_frame import FigureFrame
from gui.theme import Theme
from gui.widgets.plot_pictures import PlotPicture

SCALE = 2.0
KINDS = {
    ".png": "Picture (*.png)",
    ".svg": "Drawing (*.svg)",
    ".pdf": "Paper (*.pdf)",
    ".csv": "Numbers (*.csv)",
}


def ask_and_export(frame: FigureFrame, workbench: Workbench, window: QWidget) -> None:
    """Ask where to, and write the figure there; what went wrong is said."""
    suggestion = f"{frame.entry.title.lower()}.png"
    name, chosen = QFileDialog.getSaveFileName(
        window, f"Export {frame.entry.title}", suggestion, ";;".join(KINDS.values())
    )
    if not name:
        return
    path = Path(name)
    if path.suffix.lower() not in KINDS:
        ending = next((end for end, words in KINDS.items() if words == chosen), ".png")
        path = path.with_name(path.name + ending)
    theme = workbench.appearance.theme
    try:
        write_picture(path, content(frame, path.suffix.lower(), workbench.document, theme))
    except EngineError as problem:
        workbench.said.emit(problem.message)
    else:
        workbench.said.emit(f"Exported {path.name}.")


def content(frame: FigureFrame, ending: str, document: Document, theme: Theme) -> bytes:
    """Return a figure as the content of a file of an ending, its words and the scene inside."""
    figure, entry = frame.figure, frame.entry
    plot = PlotPicture(figure.widget, entry.title, entry.words, figure.table)
    alone = Alone(plot, plot.name, plot.words, plot.table)
    material = Material((), document.scene, document, alone=alone)
    return format_called(ending[1:]).make(material, Look(theme, SCALE))
