"""What is to be seen of the gradient on its way back; plain numbers, no drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.network.flow import Flow, Route
from engine.network.health import NeuronHealth


@dataclass(frozen=True, slots=True, eq=False)
class FlowView:
    """What is to be seen of the gradient on its way back.

    Parameters
    ----------
    flow : Flow
        |δ| of every layer, over the samples.
    health : sequence of NeuronHealth
        How every neuron is.
    route : Route or None
        The path whose factors are drawn, at the sample in focus.
    shown : mapping of str to str
        How each neuron's activation is written, by its name.
    samples : int
        Over how many samples.
    slope_name : str
        How the slope of the activations is written: ``"σ′"``.
    cancelled : frozenset of str
        Outputs whose slope the cost takes out of δ: flat curves do them no harm.
    """

    flow: Flow
    health: Sequence[NeuronHealth] = ()
    route: Route | None = None
    shown: Mapping[str, str] = field(default_factory=dict)
    samples: int = 1
    slope_name: str = "f′"
    cancelled: frozenset[str] = frozenset()
