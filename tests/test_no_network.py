"""No socket is ever opened: not by our source, not by a library it uses, not by a worker."""

import ast
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted([*ROOT.glob("main.py"), *ROOT.glob("engine/**/*.py"), *ROOT.glob("gui/**/*.py")])
NETWORK = {
    *("socket", "socketserver", "ssl", "asyncio", "http", "urllib.request", "xmlrpc", "ftplib"),
    *("smtplib", "poplib", "imaplib", "webbrowser", "multiprocessing.managers"),
    *("requests", "httpx", "aiohttp", "urllib3"),
    *("PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore"),
}


def network_imports(source: str) -> Iterator[str]:
    """Yield the modules that `source` imports and that could reach a network."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name for name in names if any(f"{name}.".startswith(f"{n}.") for n in NETWORK))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_imports_the_network(path: Path) -> None:
    assert list(network_imports(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "def late():\n    from urllib import request",
        "from http.client import HTTPConnection",
        "from PySide6 import QtCore, QtNetwork",
        "from PySide6.QtNetwork import QTcpSocket",
    ],
)
def test_the_reader_finds(source: str) -> None:
    assert list(network_imports(source)) != []


Watched = Callable[..., set[str]]


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    """Return a function that runs Python with `words` and returns what it did with sockets."""

    def run(*words: str, **environment: str) -> set[str]:
        report = tmp_path / "sockets.txt"
        done = subprocess.run(
            [sys.executable, *words],
            cwd=tmp_path,
            env=os.environ
            | {"PYTHONPATH": str(ROOT / "tests" / "socket_watch"), "SOCKET_REPORT": str(report)}
            | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=50,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        seen = report.read_text(encoding="utf-8").splitlines()
        assert "watching" in seen
        return set(seen) - {"watching"}

    return run


@pytest.mark.parametrize(
    "words",
    [
        ["derive", "log(2+cos x)", "--variable", "x", "--at", "x=2", "--format", "json"],
        ["derive", "log(2+cos x)", "--output", "steps.png"],
        ["derive", "log(2+cos x)", "--output", "steps.svg"],
        ["gradients", "--scene", "chapter", "--at-step", "all", "--output", "chapter.png"],
    ],
    ids=" ".join,
)
def test_no_command_opens_a_socket(watched: Watched, words: list[str]) -> None:
    assert watched(str(ROOT / "main.py"), *words) == set()


# The whole window, with what it builds behind its first frame, for three seconds.
WINDOW = f"""
import os, runpy, sys, threading
from PySide6.QtCore import QMetaObject, Qt
from PySide6.QtWidgets import QApplication

def close():
    if not any(window.isVisible() for window in QApplication.topLevelWidgets()):
        os._exit(3)
    QMetaObject.invokeMethod(QApplication.instance(), "quit", Qt.ConnectionType.QueuedConnection)

if __name__ == "__main__":
    sys.path.insert(0, {str(ROOT)!r})
    sys.argv = ["main.py"]
    threading.Timer(3, close).start()
    runpy.run_path({str(ROOT / "main.py")!r}, run_name="__main__")
"""


def test_the_window_opens_no_socket(watched: Watched) -> None:
    assert watched("-c", WINDOW) == set()


def test_the_worker_that_asks_sympy_opens_no_socket(watched: Watched) -> None:
    path = os.pathsep.join([str(ROOT / "tests" / "socket_watch"), str(ROOT)])
    assert watched("-m", "engine.calculus.algebra", PYTHONPATH=path) == set()


CONNECT = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0))"


def test_the_watch_sees_a_socket(watched: Watched) -> None:
    assert any(line.startswith("socket.bind") for line in watched("-c", CONNECT))


def test_the_watch_sees_a_workers_socket(watched: Watched) -> None:
    start_worker = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CONNECT!r}])"
    assert any(line.startswith("socket.bind") for line in watched("-c", start_worker))


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's tables of sockets")
def test_the_watch_sees_a_socket_below_python(watched: Watched) -> None:
    bind_in_c = (
        "import ctypes; c = ctypes.CDLL(None); udp = c.socket(2, 2, 0); "
        "assert c.bind(udp, bytes([2, 0, 0, 0, 127, 0, 0, 1]) + bytes(8), 16) == 0"
    )
    assert any(line.startswith("udp from") for line in watched("-c", bind_in_c))


def test_a_pipe_between_processes_is_no_socket(watched: Watched) -> None:
    assert watched("-c", "import multiprocessing; multiprocessing.Pipe()[0].close()") == set()
