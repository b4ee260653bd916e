"""One figure of the descent lab to a file: as pixels, as drawing, or as the numbers it shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget

from engine.workspace.atomic import reason, write_atomically
from gui.bridge import Workbench
from gui.figure_grid import FigureFrame
from gui.widgets.plot_pictures import PlotPicture, csv_bytes, plot_svg

SCALE = 2.0
KINDS = {".png": "Picture (*.png)", ".svg": "Drawing (*.svg)", ".csv": "Numbers (*.csv)"}


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
    try:
        write_atomically(path, content(frame, path.suffix.lower()))
    except OSError as problem:
        workbench.said.emit(f"{path.name} was not written: {reason(problem)}.")
    else:
        workbench.said.emit(f"Exported {path.name}.")


def content(frame: FigureFrame, ending: str) -> bytes:
    """Return a figure as the content of a file: ``.png``, ``.svg`` or ``.csv``."""
    figure = frame.figure
    if ending == ".csv":
        return csv_bytes(figure.table())
    with _without_controls(figure.widget):
        if ending == ".svg":
            return plot_svg(
                PlotPicture(figure.widget, frame.entry.title, frame.entry.words, figure.table)
            )
        return _pixels(figure.widget)


@contextmanager
def _without_controls(widget: QWidget) -> Iterator[None]:
    """Leave out what can only be pressed: buttons, and rows with the property ``control``."""
    controls = [
        each
        for each in widget.findChildren(QWidget)
        if not each.isHidden() and (isinstance(each, QAbstractButton) or each.property("control"))
    ]
    policies = [each.sizePolicy() for each in controls]
    for each in controls:
        kept = each.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # or the plot would grow into their place
        each.setSizePolicy(kept)
        each.hide()
    try:
        yield
    finally:
        for each, policy in zip(controls, policies, strict=True):
            each.show()
            each.setSizePolicy(policy)


def _pixels(widget: QWidget) -> bytes:
    """Return what a widget shows, twice as sharp as on the screen."""
    image = QImage(widget.size() * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(widget.palette().window().color())
    widget.render(image)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()
