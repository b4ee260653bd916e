"""One update of all weights, every quantity of it, right or with the famous slip.

The usual update changes all weights at once, each by its own gradient at the old weights. The
famous slip changes the last layer first and takes the gradients before it at weights already new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.network.losses import Penalty
from engine.network.network import Network
from engine.network.observation import Observation
from engine.network.optimizers import Optimizer, optimizer_called

#: So many weights are updated by one call for each line of the rule.
MANY = 64


@dataclass(frozen=True, slots=True)
class Update:
    """How an update is made.

    Parameters
    ----------
    optimizer : str
        See `engine.network.optimizers`.
    learning_rate : float
        η of this update.
    kept : mapping of str to mapping of str to float
        For each weight and bias, what the optimiser has kept of the updates before; 0 without.
    count : int
        The number of this update, from 1.
    held : tuple of str
        Weights and biases that stay where they are.
    slip : bool
        Whether the famous slip is made; gradient descent only.
    """

    optimizer: str = "gradient descent"
    learning_rate: float = 0.5
    kept: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    count: int = 1
    held: tuple[str, ...] = ()
    slip: bool = False


def update_gradients(
    observed: Observation, network: Network, update: Update, loss: str, penalty: Penalty | None
) -> dict[str, float]:
    """Return the gradient each weight is changed by: at the old weights, or with the slip."""
    if not update.slip:
        return {name: observed.gradients[name] for name in network.parameters()}
    from engine.network.program import Program

    given = observed.given
    program = Program(
        network,
        [[given[name] for name in network.inputs]],
        [[given[name] for name in network.targets]],
        loss=loss,
        penalty=penalty,
        learning_rate=update.learning_rate,
        held=update.held,
        slip=True,
    )
    program.measure()
    found = zip(network.parameters(), program.gradient.tolist(), strict=True)
    return {name: observed.rounded(value) for name, value in found}


def updated(
    observed: Observation, update: Update, gradients: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    """Return every quantity of every weight's update, in the order of the rule; ``w`` is the new.

    Of a weight that is held, ``w`` alone.
    """
    rule = optimizer_called(update.optimizer)
    if observed.decimals is None and len(gradients) >= MANY:
        return _updated_at_once(rule, observed, update, gradients)
    found: dict[str, dict[str, float]] = {}
    for name, slope in gradients.items():
        weight = observed.values[name]
        if name in update.held:
            found[name] = {"w": weight}
            continue
        kept = update.kept.get(name, {})
        found[name] = rule.apply(
            weight, slope, update.learning_rate, kept, update.count, observed.carried
        )
    return found


def _updated_at_once(
    rule: Optimizer, observed: Observation, update: Update, gradients: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    import numpy as np

    held = set(update.held)
    names = [name for name in gradients if name not in held]
    kept = {
        quantity: np.array([update.kept.get(name, {}).get(quantity, 0.0) for name in names])
        for quantity in rule.kept
    }
    columns = rule.apply_to_all(
        np.array([observed.values[name] for name in names]),
        np.array([gradients[name] for name in names]),
        update.learning_rate, kept, update.count,
    )  # fmt: skip
    lists = [np.broadcast_to(values, len(names)).tolist() for values in columns.values()]
    rows = (dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True))
    found = dict(zip(names, rows, strict=True))
    return {name: found.get(name) or {"w": observed.values[name]} for name in gradients}


def kept_after(
    network: Network,
    x: Sequence[float],
    y: Sequence[float],
    rounds: Sequence[Sequence[float]],
    *,
    optimizer: str,
    loss: str,
    penalty: Penalty | None = None,
) -> dict[str, dict[str, float]]:
    """Return what an optimiser has kept after rounds that began with these weights, oldest first.

    Parameters
    ----------
    rounds : sequence of sequence of float
        Weights and biases at the beginning of each, in the order of `Network.parameters`.
    """
    rule = optimizer_called(optimizer)
    if not rule.kept or not rounds:
        return {}
    from engine.network.program import Program

    program = Program(network, [list(x)], [list(y)], loss=loss, penalty=penalty,
                      optimizer=optimizer)  # fmt: skip
    for parameters in rounds:
        program.parameters = parameters
        program.measure()
        program.advance()
    columns = {quantity: program.kept(quantity).tolist() for quantity in rule.kept}
    return {
        name: {quantity: values[place] for quantity, values in columns.items()}
        for place, name in enumerate(network.parameters())
    }
