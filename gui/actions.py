"""Every command once: its words, its keys, its menu; whatever lists commands reads it here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from gui.showing import View


@dataclass(frozen=True, slots=True)
class Command:
    """Something one can ask of the window.

    Parameters
    ----------
    key : str
        The name of the method that does it, of the window or of one of its parts.
    words : str
        As the menu writes it, with its mnemonic.
    menu : str
        The menu it stands in; ``"View/Theme"`` is a submenu.
    keys : tuple of str
        Shortcuts that always work.
    quiet_key : str
        A key that works only while no text field or button has the focus; shown, not bound here.
    begins_group : bool
        Whether a line stands above it in the menu.
    place : str
        ``"diagram"`` where the quiet key works only while the diagram has the focus.
    full : bool
        Whether only the full window offers it, and not the simple one.
    """

    key: str
    words: str
    menu: str
    keys: tuple[str, ...] = ()
    quiet_key: str = ""
    begins_group: bool = False
    place: str = ""
    full: bool = False

    @property
    def switches(self) -> str:
        """What of `gui.showing.View` it switches; empty for a command that does something."""
        return self.key.removeprefix("toggle_") if self.key.startswith("toggle_") else ""


MENUS = {
    "File": "&File",
    "Edit": "&Edit",
    "View": "&View",
    "View/Layout": "La&yout",
    "View/Lines": "Lin&es of a step",
    "View/Theme": "&Theme",
    "View/Formulas": "Formulas &in",
    "View/Text size": "Text &size",
    "Step": "&Step",
    "Train": "&Train",
    "Train/Samples": "Sa&mples",
    "Train/Figures": "F&igures",
    "Network": "&Network",
    "Network/Place": "&Place",
    "Help": "&Help",
}

COMMANDS = (
    Command("new_scene", "&New: the chapter’s network", "File", ("Ctrl+N",)),
    Command("open_scene", "&Open…", "File", ("Ctrl+O",)),
    Command("save_scene", "&Save", "File", ("Ctrl+S",)),
    Command("save_scene_as", "Save &as…", "File", ("Ctrl+Shift+S",)),
    Command("export", "&Export…", "File", ("Ctrl+Shift+E",), begins_group=True),
    Command("export_again", "Export as last ti&me", "File", ("Ctrl+E",), full=True),
    Command("print_out", "&Print…", "File", ("Ctrl+P",)),
    Command("copy_step", "&Copy this step", "File", ("Ctrl+Shift+C",)),
    Command("close", "&Quit", "File", ("Ctrl+Q",), begins_group=True),
    Command("undo", "&Undo", "Edit", ("Ctrl+Z",)),
    Command("redo", "&Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y")),
    Command("show_history", "&History", "Edit", ("Ctrl+H",), begins_group=True),
    Command("show_function", "&Function", "View", ("Ctrl+1",)),
    Command("show_network", "&Network", "View", ("Ctrl+2",)),
    Command("show_descent", "&Descent", "View", ("Ctrl+3",)),
    Command("toggle_symbols", "In &names", "View/Lines", begins_group=True),
    Command("toggle_substitution", "With &numbers put in", "View/Lines"),
    Command("toggle_values", "&Values: hide them to ask for them", "View/Lines", ("Ctrl+Shift+H",)),
    Command("toggle_slopes", "Sl&opes in the diagram", "View", full=True),
    Command("toggle_curves", "&Curves in the neurons", "View", ("Ctrl+Shift+K",), full=True),
    Command("toggle_maps", "&Maps in the neurons", "View", ("Ctrl+Shift+M",)),
    Command("toggle_focus", "Fade what is not on the pat&h", "View", ("Ctrl+Shift+F",)),
    Command("toggle_spotlight", "&Spotlight", "View", ("Ctrl+Shift+L",)),
    Command("toggle_outline", "O&utline for the table", "View", ("Ctrl+Shift+O",)),
    Command("toggle_sliders", "Slide&rs for the table", "View", ("Ctrl+Shift+I",)),
    Command("toggle_full", "Show &all, not only what one needs at the beginning", "View"),
    Command("layout_usual", "&Usual", "View/Layout", begins_group=True),
    Command("layout_derivation", "Large &steps", "View/Layout"),
    Command("layout_diagram", "Large &diagram", "View/Layout"),
    Command("layout_plots", "Large &plots", "View/Layout"),
    Command("layout_own", "&My own", "View/Layout", full=True),
    Command("save_layout", "Sa&ve this one as my own", "View/Layout", full=True),
    Command("part_diagram", "Diagram in a window of its &own", "View/Layout", begins_group=True),
    Command("part_steps", "St&eps in a window of their own", "View/Layout"),
    Command("part_plots", "P&lots in a window of their own", "View/Layout"),
    Command("use_light_theme", "&Light", "View/Theme", begins_group=True),
    Command("use_dark_theme", "&Dark", "View/Theme"),
    Command("use_contrast_theme", "&High contrast", "View/Theme"),
    Command("use_print_theme", "&Print", "View/Theme"),
    Command("use_stix", "&STIX Two", "View/Formulas"),
    Command("use_latin_modern", "&Latin Modern, as in TeX", "View/Formulas"),
    Command("enlarge_text", "&Larger", "View/Text size", ("Ctrl++", "Ctrl+=")),
    Command("reduce_text", "&Smaller", "View/Text size", ("Ctrl+-",)),
    Command("reset_text", "&Normal", "View/Text size", ("Ctrl+0",)),
    Command("present", "Prese&nt over the whole screen", "View", ("F5",), begins_group=True),
    Command("next_view", "Ne&xt view", "View", ("F6",), begins_group=True),
    Command("previous_view", "&Previous view", "View", ("Shift+F6",)),
    Command("enlarge_diagram", "&Enlarge the diagram", "View", ("Ctrl+Alt+=",), begins_group=True),
    Command("reduce_diagram", "&Reduce the diagram", "View", ("Ctrl+Alt+-",)),
    Command("fit_diagram", "F&it the diagram", "View", ("Ctrl+Alt+0",)),
    Command("next_step", "&Next", "Step", ("Ctrl+Right",), quiet_key="Space"),
    Command("previous_step", "&Back", "Step", ("Ctrl+Left",)),
    Command("next_phase", "Next &phase", "Step", ("Ctrl+Shift+Right",)),
    Command("show_derivation", "One derivative in &every form…", "Step", ("Ctrl+J",)),
    Command("compare_ways", "&Ways to a derivative side by side…", "Step", ("Ctrl+Shift+J",)),
    Command("first_step", "&First", "Step", ("Ctrl+Home",), begins_group=True),
    Command("last_step", "&Last", "Step", ("Ctrl+End",)),
    Command("fold_steps", "&Unfold the past phases, or fold them", "Step", ("Ctrl+Shift+U",)),
    Command("auto_play", "Play by i&tself, or stop", "Step", ("Ctrl+Space",), begins_group=True),
    Command("play_steps_faster", "Play f&aster", "Step", full=True),
    Command("play_steps_slower", "Play s&lower", "Step", full=True),
    Command("run", "&Run 10", "Train", ("Ctrl+R",)),
    Command("restart", "Re&start", "Train", ("Ctrl+Shift+R",)),
    Command("play", "&Play or pause", "Train", ("Ctrl+Return",), begins_group=True),
    Command("run_until", "Run &until…", "Train", ("Ctrl+U",)),
    Command("play_faster", "&Faster", "Train", ("Ctrl+Alt+Up",)),
    Command("play_slower", "&Slower", "Train", ("Ctrl+Alt+Down",)),
    Command("branch_here", "&Branch from this step", "Train", ("Ctrl+B",), begins_group=True),
    Command("show_runs", "&Runs so far…", "Train", ("Ctrl+Shift+B",)),
    Command("choose_data", "&Data…", "Train", ("Ctrl+Shift+D",), begins_group=True),
    Command("show_samples", "&Gradients of all samples", "Train"),
    Command("show_update", "Upda&te in numbers", "Train"),
    Command("check_gradient", "&Check a gradient", "Train"),
    Command("next_sample", "&Next", "Train/Samples", ("Ctrl+Alt+Right",)),
    Command("previous_sample", "&Previous", "Train/Samples", ("Ctrl+Alt+Left",)),
    Command("add_sample", "&Add one", "Train/Samples", begins_group=True),
    Command("turn_sample", "&Turn what it wants", "Train/Samples"),
    Command("remove_sample", "&Remove it", "Train/Samples"),
    Command("show_computed", "&What the network computes", "Train/Figures"),
    Command("show_flow", "&Gradient flow", "Train/Figures"),
    Command("show_spread", "&Histograms", "Train/Figures"),
    Command("show_activation", "&Activation", "Train/Figures"),
    Command("new_weights", "Draw new &weights", "Train", ("Ctrl+Shift+W",)),
    Command("add_neuron", "Add a &neuron", "Network", quiet_key="Insert", place="diagram"),
    Command("add_layer", "Add a &layer", "Network", quiet_key="Shift+Insert", place="diagram"),
    Command("add_input", "Add an &input", "Network"),
    Command(
        "duplicate_parts",
        "&Duplicate",
        "Network",
        quiet_key="Ctrl+D",
        place="diagram",
        begins_group=True,
    ),
    Command(
        "duplicate_layer", "Duplicate the la&yer", "Network", quiet_key="Shift+D", place="diagram"
    ),
    Command("copy_parts", "&Copy", "Network", quiet_key="Ctrl+C", place="diagram"),
    Command("paste_parts", "&Paste", "Network", quiet_key="Ctrl+V", place="diagram"),
    Command(
        "connect_parts", "C&onnect…", "Network", quiet_key="C", place="diagram", begins_group=True
    ),
    Command("rename_part", "Rena&me…", "Network", quiet_key="F2", place="diagram"),
    Command("set_parts", "&Set to a value…", "Network", quiet_key="V", place="diagram"),
    Command("label_part", "&Words beside it…", "Network", quiet_key="L", place="diagram"),
    Command("add_note", "N&ote on the diagram…", "Network", quiet_key="N", place="diagram"),
    Command("place_left", "&Left", "Network/Place", quiet_key="Alt+Left", place="diagram"),
    Command("place_right", "&Right", "Network/Place", quiet_key="Alt+Right", place="diagram"),
    Command("place_up", "&Up", "Network/Place", quiet_key="Alt+Up", place="diagram"),
    Command("place_down", "&Down", "Network/Place", quiet_key="Alt+Down", place="diagram"),
    Command("align_column", "Align in a &column", "Network/Place", begins_group=True),
    Command("align_row", "Align in a ro&w", "Network/Place"),
    Command("spread_parts", "&Spread evenly", "Network/Place"),
    Command(
        "place_as_usual",
        "&As usual",
        "Network/Place",
        quiet_key="U",
        place="diagram",
        begins_group=True,
    ),
    Command("move_up", "Move &up", "Network", quiet_key="Shift+Up", place="diagram"),
    Command("move_down", "Move do&wn", "Network", quiet_key="Shift+Down", place="diagram"),
    Command(
        "remove_parts", "&Remove", "Network", quiet_key="Del", place="diagram", begins_group=True
    ),
    Command("remove_layer", "Remove the la&yer", "Network", quiet_key="Shift+Del", place="diagram"),
    Command(
        "choose_all",
        "Choose &all",
        "Network",
        quiet_key="Ctrl+A",
        place="diagram",
        begins_group=True,
    ),
    Command("choose_layer", "Choose the la&yer", "Network", quiet_key="Y", place="diagram"),
    Command("bend_parts", "Cur&ve of the neuron", "Network", quiet_key="K", place="diagram"),
    Command("next_path", "Light the ne&xt path", "Network", quiet_key="P", place="diagram"),
    Command("show_keys", "&Keys", "Help", ("F1",)),
    Command("show_derivatives", "&Derivative table", "Help", ("Ctrl+T",)),
    Command("show_about", "&About Chain Rule Lab", "Help"),
)


def build_actions(window: QWidget, doers: Sequence[object]) -> dict[str, QAction]:
    """Make every command an action of the window, connected to the method of its name.

    Parameters
    ----------
    window : QWidget
    doers : sequence of object
        Which have the methods; the first that has one is asked.
    """
    actions: dict[str, QAction] = {}
    for command in COMMANDS:
        action = QAction(command.words, window)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        doer = next(each for each in doers if hasattr(each, command.key))
        action.triggered.connect(getattr(doer, command.key))
        action.setCheckable(bool(command.switches))
        window.addAction(action)
        actions[command.key] = action
    _choice(window, actions, [key for key in actions if key.endswith("_theme")])
    _choice(window, actions, ("use_stix", "use_latin_modern"))
    _choice(window, actions, ("show_function", "show_network", "show_descent"))
    return actions


def build_menu(window: QWidget, actions: dict[str, QAction]) -> tuple[QMenu, dict[str, QMenu]]:
    """Put the actions into one menu of menus; return it, and the menus by name."""
    whole = QMenu(window)
    menus: dict[str, QMenu] = {"": whole}
    for command in COMMANDS:
        menu = _menu(menus, command.menu)
        if command.begins_group and menu.actions():
            menu.addSeparator()
        menu.addAction(actions[command.key])
        if command.quiet_key:
            actions[command.key].setText(f"{command.words}\t{command.quiet_key}")
    return whole, menus


def _next_in(menu: QMenu, actions: dict[str, QAction], later: Sequence[Command]) -> QAction | None:
    """Return the action before which a command stands that was not in the menu."""
    there = menu.actions()
    return next((actions[c.key] for c in later if actions[c.key] in there), None)


def show_switches(actions: dict[str, QAction], view: View, menus: Mapping[str, QMenu]) -> None:
    """Tick what is shown, and offer what belongs to the simple or to the full window."""
    for place, command in enumerate(COMMANDS):
        action = actions[command.key]
        if command.switches:
            action.setChecked(getattr(view, command.switches))
        menu = menus.get(command.menu)
        if not command.full or menu is None:
            continue
        menu.removeAction(action)  # its keys go on working
        if view.full:
            menu.insertAction(_next_in(menu, actions, COMMANDS[place + 1 :]), action)


def quiet_commands() -> dict[str, Command]:
    """Return the commands that have a quiet key, by its portable text."""
    return {QKeySequence(each.quiet_key).toString(): each for each in COMMANDS if each.quiet_key}


def keys_of(command: Command) -> str:
    """All keys of a command, as the list of keys shows them: ``Space, Ctrl+→``."""
    native = QKeySequence.SequenceFormat.NativeText
    written = [QKeySequence(key).toString(native) for key in command.keys]
    if command.quiet_key:
        written.insert(0, command.quiet_key)
    return ", ".join(written).replace("Right", "→").replace("Left", "←")


def _menu(menus: dict[str, QMenu], name: str) -> QMenu:
    if name not in menus:
        menus[name] = _menu(menus, name.rpartition("/")[0]).addMenu(MENUS[name])
    return menus[name]


def _choice(window: QWidget, actions: dict[str, QAction], keys: Sequence[str]) -> None:
    """Make actions a choice of one."""
    group = QActionGroup(window)
    for key in keys:
        actions[key].setCheckable(True)
        group.addAction(actions[key])
