"""The short way into a layered network: ``2-4-3-1``, or ``2-4-1 tanh, sigmoid``."""

from __future__ import annotations

import re
from itertools import pairwise

from engine.network.activations import activation_called
from engine.network.network import Network, NetworkError, layered

#: No network that is typed has more weights and biases.
MOST = 20_000


def read_layers(text: str, seed: int = 1) -> Network:
    """Return the layered network a short text stands for.

    Parameters
    ----------
    text : str
        How many stand in each column, inputs first; behind it, one activation for all layers or
        one for each, with commas between. Without any it is sigmoid.
    seed : int
        Of the drawn weights.

    Raises
    ------
    NetworkError
        Where the text is no such thing, in words.

    Examples
    --------
    >>> read_layers("2-4-3-1").sizes
    (2, 4, 3, 1)
    >>> [each.activation for each in read_layers("1 - 2 - 1 tanh, linear").neurons]
    ['tanh', 'tanh', 'linear']
    """
    plain = text.strip().replace("–", "-").replace("−", "-").replace("×", "-")
    found = re.fullmatch(r"(\d+(?:\s*-\s*\d+)+)\s*,?\s*(.*)", plain, re.ASCII | re.DOTALL)
    if found is None or len(plain) > 200:
        raise NetworkError(
            f"“{text.strip()[:40]}” is no list of layers.",
            hint="Write for example 2-4-3-1: inputs first, outputs last.",
        )
    sizes = [int(size) for size in re.split(r"\s*-\s*", found[1].strip())]
    pairs = pairwise(sizes)
    if any(size > MOST for size in sizes) or sum((a + 1) * b for a, b in pairs) > MOST:
        raise NetworkError(f"That network has more than {MOST} weights.", hint="Make it smaller.")
    kinds = [kind.strip() for kind in found[2].split(",") if kind.strip()]
    names = [activation_called(kind).name for kind in kinds]
    if len(names) > 1:
        return layered(sizes, names, seed=seed)
    return layered(sizes, names[0] if names else "sigmoid", seed=seed)
