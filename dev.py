#!/usr/bin/env python3
"""Set up Chain Rule Lab in its own folder, then run it, test it or check it.

    dev.py run [WORDS]     the application; the words go to main.py
    dev.py test [WORDS]    the tests; the words go to pytest
    dev.py check           lint, format, types, direction of imports, lock
    dev.py setup           only the setting up
    dev.py wheelhouse      fetch the packages into wheelhouse/, for computers like this one that
                           have no internet: copy the whole folder but .venv
    dev.py lock            write uv.lock anew, and the two lists made from it

It needs Python 3.11 to 3.14 and nothing else (`run.sh` finds one). What it installs lands in
`.venv`; only the shared libraries that Qt expects of a Linux system come from Debian's apt.
"""

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.txt"  # says which lists are in; written last, so that it never lies
LOG = ROOT / "setup.log"
WHEELHOUSE = ROOT / "wheelhouse"

RUN_LIST, DEV_LIST = "requirements.lock", "requirements-dev.lock"
GROUPS = {RUN_LIST: ("--no-dev", "--group=test"), DEV_LIST: ("--only-group=lint",)}
ENVIRONMENT_TAG = f"python 3.{sys.version_info.minor} {sys.platform} {platform.machine()}"

# Shared libraries Qt's wheels expect of the system, and the Debian packages that hold them.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
}
SCREEN_LIBRARIES = {  # X11; pictures, tests and Wayland can do without these
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
TRY_QT = "from PySide6 import QtGui, QtSvg, QtWidgets; QtGui.QGuiApplication([])"
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
NO_NETWORK = (  # what apt and pip say then
    "Temporary failure",
    "Could not resolve",
    "Could not connect",
    "Failed to establish a new connection",
    "NewConnectionError",
    "Network is unreachable",
    "getaddrinfo failed",
    "timed out",
)


class SetupError(Exception):
    """Setting up cannot go on; the text is for the person at the machine."""


def set_up(*lists):
    """Bring everything the `lists` need; done at once when it is all there."""
    if sys.platform == "linux":
        install_system_packages()
    wanted = [ENVIRONMENT_TAG, *map(fingerprint, lists)]
    if environment_is_usable() and set(wanted) <= set(read_stamp()):
        return
    if not environment_is_usable():
        if not may_be_cleared(VENV):
            raise SetupError(f"{VENV} is not a Python environment. Please move it away.")
        step("Making a Python environment", [sys.executable, "-m", "venv", "--clear", VENV])
    STAMP.unlink(missing_ok=True)
    source = ["--no-index", "--find-links", WHEELHOUSE] if WHEELHOUSE.is_dir() else []
    step("Installing packages", [*pip("install", *lists), *source])
    step("Trying Qt", [PYTHON, "-c", TRY_QT], OFFSCREEN)
    STAMP.write_text("\n".join(wanted) + "\n", encoding="utf-8")


def pip(command, *lists):
    """Return the words that make pip take what is in the `lists`, built and unchanged."""
    options = ["--require-hashes", "--only-binary", ":all:", "--no-input"]
    return [PYTHON, "-m", "pip", command, *options, *(f"--requirement={name}" for name in lists)]


def environment_is_usable():
    """Whether `.venv` once was complete, for this very kind of Python."""
    return PYTHON.exists() and ENVIRONMENT_TAG in read_stamp()


def read_stamp():
    """Return what is known to be installed in `.venv`, a line each."""
    return STAMP.read_text(encoding="utf-8").splitlines() if STAMP.exists() else []


def fingerprint(name):
    """Return the stamp's line for the list `name`, different for each content."""
    return f"{name} {hashlib.sha256((ROOT / name).read_bytes()).hexdigest()}"


def may_be_cleared(folder):
    """Whether `folder` is a Python environment, or was hardly begun, or is not there at all."""
    files = (path for path in folder.rglob("*") if not path.is_dir())
    return (folder / "pyvenv.cfg").is_file() or next(files, None) is None


def install_system_packages():
    """Install just those Debian packages that lack, or say which they are and stop."""
    needed, useful = missing_packages(LIBRARIES), missing_packages(SCREEN_LIBRARIES)
    if not environment_is_usable() and not importlib.util.find_spec("ensurepip"):
        needed.append(f"python3.{sys.version_info.minor}-venv")
    if os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        needed, useful = needed + useful, []
    if not needed and not useful:
        return
    command = apt_command(needed + useful)
    as_root = words_for_root() if shutil.which("apt-get") else None
    if as_root == ["sudo"] and not needed:
        return  # not worth asking for a password
    if as_root is not None:
        as_root = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive"]
        try:
            step("Reading Debian's list of packages", [*as_root, "apt-get", "update"])
        except SetupError:
            print("  not all of it could be read; going on with what is there")
        step(f"Installing {' '.join(needed + useful)}", [*as_root, *command])
    elif needed:
        raise SetupError(
            "The system lacks some packages. Please install them (these are Debian's names):\n\n"
            f"    sudo {' '.join(command)}\n"
        )


def missing_packages(libraries):
    """Return the Debian packages of those `libraries` that cannot be loaded."""
    missing = []
    for name, package in libraries.items():
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(package)
    return missing


def apt_command(packages):
    """Return the words that install `packages` and nothing that is merely recommended."""
    return ["apt-get", "install", "--yes", "--no-install-recommends", *packages]


def words_for_root():
    """Return what to put before a command so that root runs it, or None if that is not allowed."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin and sys.stdin.isatty() else None


def step(sentence, command, environment=None):
    """Say `sentence` and run `command`; what it prints goes to the log, its end on the screen."""
    print(f"{sentence} ...", flush=True)
    with LOG.open("ab") as log:
        start = log.tell()
        log.write(f"$ {' '.join(map(str, command))}\n".encode())
        log.flush()
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        said = LOG.read_bytes()[start:].decode(errors="replace")
        last_lines = "\n".join(said.splitlines()[-15:])
        raise SetupError(f"{last_lines}\n\n{sentence} failed. {advice(said)}\nAll of it: {LOG}")


def advice(log):
    """Return what to do about a failed step, as far as its log tells."""
    if any(sign in log for sign in NO_NETWORK):
        return (
            "The internet was not reached: connect this computer once, or bring the "
            "folder wheelhouse from one that is (dev.py wheelhouse makes it there)."
        )
    if "CERTIFICATE_VERIFY_FAILED" in log:
        return (
            "This network shows a certificate of its own, as school filters do: let PIP_CERT "
            "name its file (the school's technician has it), or use another network."
        )
    if "No matching distribution found" in log:
        system = f"{platform.system()} {platform.machine()} {' '.join(platform.libc_ver())}".strip()
        where = "The folder wheelhouse" if WHEELHOUSE.is_dir() else "The package index"
        return f"{where} has no ready-made build for {ENVIRONMENT_TAG} ({system})."
    return ""


def hand_over(*command, **environment):
    """Become `command`, so that its signals and its exit code are its own."""
    command = list(map(str, command))
    if os.name == "nt":  # there, exec returns to the prompt at once
        sys.exit(subprocess.call(command, env=os.environ | environment))
    os.execve(command[0], command, os.environ | environment)


def check():
    """Run every check, the later ones also after a failure; return the exit code."""
    checks = {
        "lint": [PYTHON, "-m", "ruff", "check"],
        "format": [PYTHON, "-m", "ruff", "format", "--check"],
        "types": [PYTHON, "-m", "mypy"],
        "direction of imports": [PYTHON, "-c", LINT_IMPORTS],
        "uv.lock": [PYTHON, "-m", "uv", "lock", "--check", "--offline", "--no-cache"],
    }
    failed = []
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
            failed.append(name)
    stale = [name for name in GROUPS if (ROOT / name).read_text(encoding="utf-8") != export(name)]
    failed += [f"{name} (dev.py lock writes it)" for name in stale]
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def lock():
    """Choose versions anew where pyproject.toml asks for it, and write the lists pip installs."""
    uv_lock = [PYTHON, "-m", "uv", "lock", "--default-index=https://pypi.org/simple"]
    subprocess.run(uv_lock, cwd=ROOT, check=True)
    for name in GROUPS:
        (ROOT / name).write_text(export(name), newline="\n")


def export(name):
    """Return the list `name` as uv.lock would have it: names, versions, hashes, no addresses."""
    uv_export = [PYTHON, "-m", "uv", "export", "--quiet", "--locked", "--offline", "--no-cache"]
    form = ["--format=requirements.txt", "--no-emit-project", "--no-header", *GROUPS[name]]
    return subprocess.run(
        [*uv_export, *form], cwd=ROOT, check=False, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout


def main(command="", *words):
    """Do what `command` says; return the exit code."""
    if not (3, 11) <= sys.version_info < (3, 15):
        raise SetupError(f"Python 3.11 to 3.14 is needed; this is {platform.python_version()}.")
    if command not in ("run", "test", "check", "setup", "wheelhouse", "lock"):
        print(__doc__)
        return 2
    set_up(RUN_LIST, *([DEV_LIST] if command in ("check", "lock") else []))
    if command == "run":
        hand_over(PYTHON, ROOT / "main.py", *words)
    if command == "test":
        os.chdir(ROOT)
        hand_over(PYTHON, "-m", "pytest", *words, OPENBLAS_NUM_THREADS="1")
    if command == "check":
        return check()
    if command == "wheelhouse":
        fetch = [*pip("download", RUN_LIST), "--no-deps", "--dest", WHEELHOUSE]
        step("Fetching packages into wheelhouse", fetch)
    if command == "lock":
        lock()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except SetupError as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        sys.exit(130)
