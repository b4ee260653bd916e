"""Whether there is a screen to show a window on; asked before Qt is loaded."""

from __future__ import annotations

import os
import sys


def has_display() -> bool:
    """Tell whether a window can be shown here.

    On Linux that takes a display server, or a platform that was chosen by hand; elsewhere there
    always is one.
    """
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
