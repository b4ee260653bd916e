"""Verified cases, copied from the shared data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "calculus" / "data" / "derivatives.json"


@pytest.fixture(scope="session")
def cases() -> dict[str, list[dict[str, object]]]:
    return json.loads(CASES.read_text(encoding="utf-8"))
