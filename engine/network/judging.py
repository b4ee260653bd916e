"""J of all samples at once, whatever an update sees of them: those learned from, or held back."""

from __future__ import annotations

from engine.network.datasets import Samples
from engine.network.network import Network
from engine.network.program import Program
from engine.network.recording import Array
from engine.network.settings import Settings


class Judges:
    """Computes the cost of all samples of a kind; a program for each kind is recorded once.

    Parameters
    ----------
    network : Network
    train : Samples
        Those learned from; their cost has the penalty in it.
    test : Samples or None
        Those held back; their cost has none.
    """

    def __init__(self, network: Network, train: Samples, test: Samples | None) -> None:
        self._network = network
        self._samples = {"train": train, "test": test}
        self._programs: dict[str, Program] = {}

    def cost(self, kind: str, parameters: Array, settings: Settings) -> float:
        """Return J at some weights; nan where there are no samples of that kind."""
        samples = self._samples[kind]
        if samples is None:
            return float("nan")
        if kind not in self._programs:
            self._programs[kind] = Program(
                self._network, samples.inputs, samples.targets, loss=settings.loss,
                penalty=settings.penalty if kind == "train" else None, samples=settings.samples,
            )  # fmt: skip
        program = self._programs[kind]
        program.parameters = parameters
        return program.evaluate()

    def forget(self) -> None:
        """Record anew when asked: other settings hold."""
        self._programs.clear()
