"""How a file of an earlier format becomes one of the next, step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["MIGRATIONS"]


def _from_1_to_2(content: dict[str, Any]) -> dict[str, Any]:
    """Add what is asked and what is known; format 1 showed a card a rule, whatever it noted."""
    document = content.get("document")
    if not isinstance(document, dict):
        return content
    question: dict[str, Any] = {"again": [], "implicit": "", "along": [], "method": ""}
    added = {"question": question, "known": []}
    if document.get("detail") in ("every rule", "main steps"):
        added["detail"] = "rules"
    return content | {"format": 2, "document": document | added}


def _from_2_to_3(content: dict[str, Any]) -> dict[str, Any]:
    """Add how and from what is trained; format 2 knew the sample on the network's page only."""
    document = content.get("document")
    if not isinstance(document, dict):
        return content
    training: dict[str, Any] = {
        "optimizer": "gradient descent", "schedule": "constant", "penalty": None,
        "samples": "mean", "batch": 0, "shuffle": True, "seed": 0, "slip": False, "held": [],
        "initializer": "xavier uniform", "draw": 0,
    }  # fmt: skip
    data: dict[str, Any] = {
        "source": "", "count": 200, "noise": 0.0, "seed": 0, "columns": [], "rows": [],
        "wanted": 1, "origin": "", "test_share": 0.0,
    }  # fmt: skip
    added = {"training": training, "data": data, "focus": -1, "way": {"start": [], "step": 0},
             "decimals": 0}  # fmt: skip
    return content | {"format": 3, "document": document | added}


def _from_3_to_4(content: dict[str, Any]) -> dict[str, Any]:
    """Add two conventions; format 3 multiplied from the cost and named a weight to its unit."""
    document = content.get("document")
    if not isinstance(document, dict) or not isinstance(document.get("notation"), dict):
        return content | {"format": 4}
    added = {"factors": "cost first", "index": "to from"}
    notation = document["notation"] | added
    return content | {"format": 4, "document": document | {"notation": notation}}


def _from_4_to_5(content: dict[str, Any]) -> dict[str, Any]:
    """Add where parts were put; in format 4 all of them stood as they do by themselves."""
    document = content.get("document")
    if not isinstance(document, dict):
        return content | {"format": 5}
    added: dict[str, Any] = {"placement": {"moved": [], "labels": [], "notes": []}}
    return content | {"format": 5, "document": document | added}


#: How to bring a file of one format to the next: ``{1: from_1_to_2}``.
MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {
    1: _from_1_to_2,
    2: _from_2_to_3,
    3: _from_3_to_4,
    4: _from_4_to_5,
}
