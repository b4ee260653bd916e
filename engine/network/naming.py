"""What the quantities of a network are called: by their place, as in a textbook."""

from __future__ import annotations


def quantity(letter: str, index: str) -> str:
    """Name a quantity of a neuron: ``z2``, ``z1_3``, ``z_h``."""
    return f"{letter}{index}" if index[:1].isdigit() else f"{letter}_{index}"


def numbered(letter: str, count: int) -> tuple[str, ...]:
    """Name one ``x``, or several ``x1``, ``x2`` and so on."""
    return (letter,) if count == 1 else tuple(f"{letter}{n}" for n in range(1, count + 1))


def index_of(layer: int, unit: int, *, chain: bool) -> str:
    """Name a neuron by its place; in a chain the layer is enough."""
    return str(layer) if chain else f"{layer}_{unit}"


def weight_of(layer: int, to: int, from_layer: int, origin: int, *, chain: bool) -> str:
    """Name a weight ``w2``, or ``w2_13`` (to 1, from 3); a skip adds the layer it comes from."""
    skip = "" if from_layer == layer - 1 else f"_{from_layer}"
    if chain:
        return f"w{layer}{skip}"
    gap = "_" if max(to, origin) > 9 or skip else ""
    return f"w{layer}_{to}{gap}{origin}{skip}"
