"""Chain Rule Lab: arguments go to the command line, no arguments or a scene open the window."""

from __future__ import annotations

import sys
from pathlib import Path

from gui import command_line


def main(arguments: list[str]) -> int:
    """Carry out a command, open the window, or draw a picture where there is no screen."""
    first = arguments[0] if arguments else ""
    if first in command_line.COMMANDS or first.startswith("-"):
        return command_line.main(arguments)
    if not command_line.has_display():
        return command_line.without_display()
    from gui import application

    return application.run(Path(first) if first else None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
