"""How the weights are changed round by round: what a training and a document both say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.network.losses import Penalty


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How a network is trained, beside its cost and learning rate.

    Parameters
    ----------
    optimizer : str
        See `engine.network.optimizers`; with numbers of its own as ``adam:β1=0.8``.
    schedule : str
        How η changes; see `engine.network.rates`.
    penalty : Penalty or None
        What the weights add to the cost.
    samples : {"mean", "sum"}
        What J takes of the losses of several samples.
    batch : int
        How many samples an update sees; 0 for all of them.
    shuffle : bool
        Whether the samples come in a new order in every epoch.
    seed : int
        Of that order.
    slip : bool
        Whether each layer's weights are changed before the gradients of the layer before it are
        computed: the famous slip, to be compared with the right update (see
        `engine.network.program.Program`). Gradient descent only.
    held : tuple of str
        Weights and biases that no update changes.
    """

    optimizer: str = "gradient descent"
    schedule: str = "constant"
    penalty: Penalty | None = None
    samples: Literal["mean", "sum"] = "mean"
    batch: int = 0
    shuffle: bool = True
    seed: int = 0
    slip: bool = False
    held: tuple[str, ...] = ()
