"""The window's menus: every command, and the choices that are made anew when they are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from gui.actions import build_menu
from gui.by_hand_menu import ByHandMenu
from gui.notation_menu import NotationMenu
from gui.question_menus import DetailMenu, QuestionMenu
from gui.recent_menu import RecentMenu
from gui.scene_menu import SceneMenu
from gui.shape_menus import ActivationMenu, CostMenu

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def fill_menus(window: MainWindow) -> dict[str, QMenu]:
    """Build the menus, hang them under the words of the top row, and return them by name."""
    workbench, actions = window.workbench, window.actions_by_key
    menu, menus = build_menu(window, actions)
    notation = NotationMenu(workbench, window)
    files = [actions[key] for key in ("open_scene", "save_scene", "save_scene_as")]
    scene = SceneMenu(workbench, files, window)
    menus["View"].addMenu(notation)
    menus["View"].addMenu(ByHandMenu(workbench, window))
    notation.addSeparator()
    notation.addMenu(menus["View/Formulas"])
    for title, choices in (
        ("What is asked of the f&unction", QuestionMenu(workbench, window)),
        ("How fine a &derivation is told", DetailMenu(workbench, window)),
    ):
        choices.setTitle(title)
        menus["Step"].insertMenu(actions["first_step"], choices)
    menus["File"].insertMenu(actions["save_scene"], RecentMenu(window.memory, window.files, window))
    menus["File"].insertMenu(actions["open_scene"], scene)
    menus["Network"].addSeparator()
    diagram = window.network.diagram
    menus["Network"].addMenu(ActivationMenu(workbench, diagram, window.shaping, window))
    menus["Network"].addMenu(CostMenu(workbench, window.shaping, window))
    window.shaping.menu = menus["Network"]
    window.top.menu.setMenu(menu)
    window.top.notation.setMenu(notation)
    window.top.scene.setMenu(scene)
    return menus
