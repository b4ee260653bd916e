"""Chain Rule Lab: a command goes to the command line; a scene, or nothing, opens the window."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from gui.display import has_display


def main(arguments: list[str]) -> int:
    """Carry out a command, open the window, or draw a picture where there is no screen."""
    scene = Path(arguments[0]) if arguments and Path(arguments[0]).is_file() else None
    if arguments and scene is None:
        from gui import command_line

        return command_line.main(arguments)
    if not has_display():
        from gui import command_line

        return command_line.without_display()
    gc.disable()  # from here on `gui.collecting` says when
    from gui import application

    return application.run(scene)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
