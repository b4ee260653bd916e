"""In what books differ about a cost: whether there is a ½, and what becomes of several outputs."""

from __future__ import annotations

from typing import Literal

from engine.network.losses import loss_called

#: What J takes of the errors of several outputs, or of several samples.
Over = Literal["mean", "sum"]

#: Squared errors by whether they have a ½ and whether outputs are averaged.
_SQUARES: dict[tuple[bool, bool], str] = {
    (True, False): "half squared error",
    (False, False): "squared error",
    (False, True): "mean squared error",
    (True, True): "half mean squared error",
}


def outputs_of(name: str) -> Over:
    """Tell whether a loss averages several outputs or sums them."""
    return "mean" if loss_called(name).mean else "sum"


def with_outputs(name: str, over: Over) -> str:
    """Return the name of the loss with its outputs averaged or summed.

    Examples
    --------
    >>> with_outputs("huber:0.5", "sum"), with_outputs("half squared error", "mean")
    ('summed huber:0.5', 'half mean squared error')
    """
    loss = loss_called(name)
    if outputs_of(name) == over:
        return name
    word = "averaged" if over == "mean" else "summed"
    _, colon, number = name.partition(":")
    return loss_called(f"{word} {loss.kind}{colon}{number}").name


def has_half(name: str) -> bool | None:
    """Tell whether a squared error has a ½; None for every other loss."""
    wanted = loss_called(name).name
    return next((half for (half, _), each in _SQUARES.items() if each == wanted), None)


def with_half(name: str, half: bool) -> str | None:
    """Return the squared error with or without its ½; None for every other loss.

    Examples
    --------
    >>> with_half("half squared error", False)
    'squared error'
    """
    if has_half(name) is None:
        return None
    return _SQUARES[half, loss_called(name).mean]
