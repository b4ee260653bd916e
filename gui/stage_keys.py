"""The keys while presenting: those of a clicker, and single letters that exist nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence


@dataclass(frozen=True, slots=True)
class StageCommand:
    """Something one can ask of the stage.

    Parameters
    ----------
    key : str
        The name of the method that does it, of `gui.stage.Stage` or of `gui.sides.Walking`.
    words : str
    keys : tuple of str
        The first ones are those a clicker sends.
    """

    key: str
    words: str
    keys: tuple[str, ...]


#: Presenters' remote controls send PgDown, PgUp, F5 and Esc in turn, and a full stop.
STAGE_COMMANDS = (
    StageCommand("next_step", "Next step", ("PgDown", "Right", "Down", "Space", "Return", "N")),
    StageCommand("previous_step", "Step back", ("PgUp", "Left", "Up", "Backspace", "P")),
    StageCommand("next_phase", "Next phase", ("Shift+PgDown", "Shift+Right")),
    StageCommand("first_step", "First step", ("Home",)),
    StageCommand("last_step", "Last step", ("End",)),
    StageCommand("blank_black", "Black screen, and back", (".", "B")),
    StageCommand("blank_white", "White screen, and back", (",", "W")),
    StageCommand("spotlight", "Spotlight", ("S",)),
    StageCommand("hide_values", "Hide the values and ask", ("H",)),
    StageCommand("focus", "Fade what is not on the path", ("F",)),
    StageCommand("zoom", "Enlarge at the pointer, and back", ("Z",)),
    StageCommand("draw", "Draw with the pointer, or stop and wipe", ("D",)),
    StageCommand("auto_play", "Play by itself, or stop", ("A",)),
    StageCommand("undo", "Undo", ("Ctrl+Z",)),
    StageCommand("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    StageCommand("leave", "Leave", ("Esc", "F5")),
)


def stage_commands() -> dict[str, StageCommand]:
    """Return the commands by the portable text of each of their keys."""
    return {
        QKeySequence(key).toString(): command for command in STAGE_COMMANDS for key in command.keys
    }


def stage_keys_of(command: StageCommand) -> str:
    """All keys of a command, as the list of keys shows them."""
    arrows = {"Right": "→", "Left": "←", "Up": "↑", "Down": "↓"}
    shown = (QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
             for key in command.keys)  # fmt: skip
    return ", ".join(
        "+".join(arrows.get(part, part) for part in key.split("+")) if key != "+" else key
        for key in shown
    )
