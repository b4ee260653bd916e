"""Every scene, and a sample of the open problems, exports in every format, with ink, unclipped.

The whole set takes several minutes: ``python scripts/export_everything.py``.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gui.export.material import Material
from tests.gui.export.everything import (
    LOOK,
    OF_STEPS,
    faults,
    pdf_faults,
    problem_material,
    problems,
    scene_material,
    scenes,
)

SCENES, PROBLEMS = scenes(), problems()
#: A few of each kind; the rest is tried in the formats that are quick.
WHOLE = ("function", "1-2-1", "xor")
SAMPLE = ("d003", "d366", "ho014", "mx002", "im007", "mc003", "d512")
MOVING = ("gif", "apng", "pptx", "html", "worksheet", "pdf", "png")


def wrong(material: Material, folder: Path, *, quick: bool = False) -> list[str]:
    found = []
    for kind in OF_STEPS:
        if kind.key in ("numpy", "torch", "scene") and material.document is None:
            continue
        if quick and kind.key in MOVING:
            continue
        few = replace(material, cards=material.cards[-2:]) if kind.key in MOVING else material
        content = kind.make(few, LOOK)
        found += [f"{kind.key}: {fault}" for fault in faults(kind, content, LOOK)]
        if kind.key == "pdf":
            found += [f"pdf: {fault}" for fault in pdf_faults(content, folder)]
    return found


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_exports_in_every_format(name: str, qapp: object, tmp_path: Path) -> None:
    assert wrong(scene_material(SCENES[name]), tmp_path, quick=name not in WHOLE) == []


@pytest.mark.parametrize("name", SAMPLE)
def test_open_problems_export_in_every_format(name: str, qapp: object, tmp_path: Path) -> None:
    assert wrong(problem_material(PROBLEMS[name]), tmp_path) == []
