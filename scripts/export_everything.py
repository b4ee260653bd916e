"""Export every scene and every open problem in every format, and look at each file.

A development tool, not part of the program; it takes some ten minutes, and uses poppler and TeX
where they are installed. Run it from the top of the project:

    QT_QPA_PLATFORM=offscreen python scripts/export_everything.py [NAME...]

A file without ink, with ink at the edge of its page, that is refused, or that TeX does not take is
named; the rest is counted.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtWidgets import QApplication  # noqa: E402

from engine.errors import EngineError  # noqa: E402
from gui.export.material import Material  # noqa: E402
from gui.theme import load_fonts  # noqa: E402
from tests.gui.export.everything import (  # noqa: E402
    LOOK,
    OF_STEPS,
    faults,
    latex_faults,
    pdf_faults,
    problem_material,
    problems,
    scene_material,
    scenes,
)


def tried(name: str, material: Material, folder: Path) -> tuple[int, int]:
    """Export one in every format; return how many files there were and how many are wrong."""
    files = wrong = 0
    for kind in OF_STEPS:
        if kind.key in ("numpy", "torch", "scene") and material.document is None:
            continue
        files += 1
        try:
            content = kind.make(material, LOOK)
            found = list(faults(kind, content, LOOK))
            if kind.key in ("pdf", "worksheet"):
                found += pdf_faults(content, folder)
            if kind.key == "latex" and shutil.which("pdflatex"):
                found += latex_faults(content, folder)
        except EngineError as problem:
            found = [f"refused: {problem.message}"]
        if found:
            wrong += 1
            print(f"{name} {kind.key}: {', '.join(dict.fromkeys(found))}", flush=True)
    return files, wrong


def main() -> None:
    """Try everything, or what is named."""
    application = QApplication([])
    font = application.font()
    font.setFamily(load_fonts())
    application.setFont(font)
    wanted = set(sys.argv[1:])
    files = wrong = count = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, document in scenes().items():
            if not wanted or name in wanted:
                done = tried(name, scene_material(document), Path(folder))
                files, wrong, count = files + done[0], wrong + done[1], count + 1
        for name, problem in problems().items():
            if not wanted or name in wanted:
                done = tried(name, problem_material(problem), Path(folder))
                files, wrong, count = files + done[0], wrong + done[1], count + 1
    print(f"{count} scenes and problems, {files} files, {wrong} of them wrong")


if __name__ == "__main__":
    main()
