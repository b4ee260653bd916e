"""The scenes one can begin with: the chapter's network, and others of its kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from engine.network.network import layered
from engine.workspace import edits
from engine.workspace.document import Document
from engine.workspace.scenes import SCENES, Scene, take_scene
from gui.bridge import Workbench

CHAPTER = Document().scene
SIZES = ((1, 1, 1, 1), (1, 2, 1), (2, 2, 1), (2, 3, 1))


class SceneMenu(QMenu):
    """A choice of networks; taking one is one edit."""

    def __init__(
        self, workbench: Workbench, files: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__("S&cene", parent)
        self._workbench = workbench
        chapter = self.addAction(CHAPTER)
        chapter.triggered.connect(self._take_chapter)
        self._scenes: dict[QAction, tuple[int, ...]] = {}
        for sizes in SIZES:
            action = self.addAction(_title(sizes))
            self._scenes[action] = sizes
        self.by_layers = self.addAction("By &layers…", self._ask_layers)
        descent = self.addMenu("&Descent lab")
        descent.setToolTipsVisible(True)
        self.prepared: dict[str, QAction] = {}
        for scene in SCENES:
            self.prepared[scene.key] = action = descent.addAction(scene.title)
            action.setToolTip(scene.words)
            action.triggered.connect(lambda _=False, scene=scene: self._take_scene(scene))
        self.addSeparator()
        self.addActions(list(files))
        self.triggered.connect(self._chosen)

    def _ask_layers(self) -> None:
        """Ask for a network in the short form; what is none is refused in words."""
        from engine.network.short_form import read_layers

        now = "-".join(map(str, self._workbench.document.network.sizes))
        text, sure = QInputDialog.getText(
            self.parentWidget(),
            "By layers",
            "How many stand in each layer, inputs first; then the activation, or one for each:",
            text=f"{now} sigmoid",
        )
        if not sure or not text.strip():
            return

        def edit(document: Document) -> Document:
            network = read_layers(text)
            return edits.set_network(document, network, _title(network.sizes))

        self._workbench.apply(f"Scene: {text.strip()}", edit)

    def _take_scene(self, scene: Scene) -> None:
        def edit(document: Document) -> Document:
            return take_scene(document, scene.key)

        if self._workbench.apply(f"Scene: {scene.title}", edit):
            self._workbench.said.emit(scene.words)

    def _take_chapter(self) -> None:
        self._workbench.apply(f"Scene: {CHAPTER}", edits.set_scene)

    def _chosen(self, action: QAction) -> None:
        sizes = self._scenes.get(action)
        if sizes is None:
            return

        def edit(document: Document) -> Document:
            return edits.set_network(document, layered(sizes, seed=1), _title(sizes))

        self._workbench.apply(f"Scene: {_title(sizes)}", edit)


def _title(sizes: Sequence[int]) -> str:
    return f"A {'-'.join(map(str, sizes))} network"
