"""Reports every internet socket of this process; Python runs this at its start, in workers too.

The report is the file named by SOCKET_REPORT: a line `watching` for each process, and a line for
whatever it does with a socket. Sockets opened below Python (Qt's, say) are found in the system's
tables when the process ends.
"""

import atexit
import os
from pathlib import Path

BETWEEN_OWN_PROCESSES = 1  # AF_UNIX: the two ends of a pipe


def report(line: str) -> None:
    """Add `line` to the report."""
    with open(os.environ["SOCKET_REPORT"], "a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Report an event of Python's `socket` module."""
    if event.startswith("socket."):
        family = arguments[1] if event == "socket.__new__" else getattr(arguments[0], "family", 0)
        if family != BETWEEN_OWN_PROCESSES:
            report(f"{event} {arguments[1:]}")


def look_below_python() -> None:
    """Report the internet sockets this process still holds."""
    held = {os.readlink(path) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()}
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path("/proc/self/net", table).read_text().splitlines()[1:]:
            local, remote, inode = (line.split()[column] for column in (1, 2, 9))
            if f"socket:[{inode}]" in held:
                report(f"{table} from {local} to {remote}")


if "SOCKET_REPORT" in os.environ:
    import sys

    report("watching")
    sys.addaudithook(watch)
    if sys.platform == "linux":
        atexit.register(look_below_python)
