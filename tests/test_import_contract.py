"""The contract in pyproject.toml on who may import whom: it sees every room, and it can be broken.

That it is kept is shown by `./run.sh check`; here each of its clauses is broken once, in a copy.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev

ALLOWED = {"gui/steps/__init__.py": "import gui.widgets"}
BREACHES = {
    "engine knows neither gui nor Qt": [
        ("engine/errors.py", "import gui.theme"),
        ("engine/calculus/parse.py", "def late():\n    import pyqtgraph"),
        ("engine/network/network.py", "from PySide6 import QtCore"),
    ],
    "upper rooms use lower ones": [
        ("engine/calculus/parse.py", "import engine.formula"),
        ("engine/formula/__init__.py", "import engine.network"),
        ("engine/network/__init__.py", "import engine.workspace"),
    ],
    "rooms of gui never import each other": [
        ("gui/steps/__init__.py", "import gui.diagram"),
        ("gui/diagram/__init__.py", "import gui.main_window"),
        ("gui/widgets/__init__.py", "import gui.steps"),
    ],
    "only engine.calculus.algebra imports sympy": [
        ("gui/bridge.py", "import sympy"),
        ("engine/calculus/parse.py", "def late():\n    from sympy import diff"),
    ],
}


@pytest.mark.parametrize("top", ["engine", "gui"])
def test_every_room_is_a_package(root: Path, top: str) -> None:
    """A folder without `__init__.py` would escape the contract unseen."""
    rooms = {path.parent for path in (root / top).rglob("*.py")}
    assert [room for room in sorted(rooms) if not (room / "__init__.py").exists()] == []


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project's sources, to be spoilt."""
    pytest.importorskip("importlinter", reason="a tool of ./run.sh check, which installs it")
    folder = tmp_path_factory.mktemp("copy")
    for top in ("engine", "gui"):
        shutil.copytree(dev.ROOT / top, folder / top)
    shutil.copy(dev.ROOT / "pyproject.toml", folder)
    return folder


def broken(copy: Path, file: str, line: str) -> list[str]:
    """Return the names of the clauses that break when `line` is added to `file`."""
    path = copy / file
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n{line}\n", encoding="utf-8")
    try:
        said = subprocess.run(
            [sys.executable, "-c", dev.LINT_IMPORTS],
            cwd=copy,
            env={"COLUMNS": "200"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        ).stdout
    finally:
        path.write_text(text, encoding="utf-8")
    assert "Contracts: " in said
    return [line.partition(" BROKEN")[0] for line in said.splitlines() if " BROKEN" in line]


@pytest.mark.parametrize("clause", BREACHES)
def test_each_clause_can_be_broken(copy: Path, clause: str) -> None:
    for file, line in BREACHES[clause]:
        assert any(name.startswith(clause) for name in broken(copy, file, line)), f"{file}: {line}"


@pytest.mark.parametrize("file", ALLOWED)
def test_what_is_allowed_breaks_nothing(copy: Path, file: str) -> None:
    assert broken(copy, file, ALLOWED[file]) == []
