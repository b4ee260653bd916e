"""What the settings of the descent lab change: each choice is one edit of the document."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QInputDialog, QWidget

from engine.network.losses import Penalty
from engine.network.optimizers import USUAL_RATES
from engine.workspace import edits, learning
from engine.workspace.document import Document
from gui.bridge import Workbench

Edit = Callable[[Document], Document]


class SettingsEdits:
    """Makes the edits.

    Parameters
    ----------
    workbench : Workbench
    window : QWidget
        What a question stands over.
    """

    def __init__(self, workbench: Workbench, window: QWidget) -> None:
        self._workbench = workbench
        self._window = window

    def set_loss(self, loss: str) -> None:
        """Measure the error in another way."""
        self._apply(f"Cost: {loss}", lambda d: edits.set_loss(d, loss))

    def set_samples(self, samples: str) -> None:
        """Let the cost be the mean or the sum over the samples."""
        self._apply(f"Cost: {samples}", lambda d: learning.set_samples(d, samples))

    def set_outputs(self, outputs: str) -> None:
        """Let the cost be the mean or the sum over the outputs."""
        self._apply(f"Cost: {outputs}", lambda d: edits.set_outputs(d, outputs))

    def set_slip(self, key: str) -> None:
        """Make the famous slip, or the right update."""
        words = "The famous slip" if key == "slip" else "The right update"
        self._apply(words, lambda d: learning.set_slip(d, key == "slip"))

    def set_schedule(self, schedule: str) -> None:
        """Let the learning rate change in another way."""
        self._apply(f"Rate: {schedule}", lambda d: learning.set_schedule(d, schedule))

    def draw_again(self, draw: float) -> None:
        """Draw new weights in the same way, with a given seed."""
        self.draw("", round(draw), "draw")

    def hold_back(self, share: str) -> None:
        """Hold a share of the samples back for the test."""
        self._apply(f"Hold back {float(share):.0%}", lambda d: learning.hold_back(d, float(share)))

    def number_loss(self, value: float) -> None:
        """Give the cost another number of its own."""
        name = self._workbench.document.loss.partition(":")[0]
        self._apply(
            f"Cost: {name} {value:g}", lambda d: edits.set_loss(d, f"{name}:{value:g}"), "loss"
        )

    def penalise(self, kind: str) -> None:
        """Add another penalty, or none."""
        now = self._workbench.document.training.penalty
        strength = now.coefficient if now else 0.01
        penalty = None if kind == "none" else Penalty(kind, strength)
        self._apply(f"Penalty: {kind}", lambda d: learning.set_penalty(d, penalty))

    def strengthen(self, value: float) -> None:
        """Give the penalty another strength."""
        now = self._workbench.document.training.penalty
        if now is not None:
            penalty = Penalty(now.kind, value)
            self._apply(f"Penalty {value:g}", lambda d: learning.set_penalty(d, penalty), "penalty")

    def set_optimizer(self, name: str) -> None:
        """Take another rule; say so where the learning rate is far from its usual one."""
        self._apply(f"Optimiser: {name}", lambda d: learning.set_optimizer(d, name))
        usual = USUAL_RATES.get(name)
        rate = self._workbench.document.learning_rate
        if usual is not None and rate > 20 * usual:
            self._workbench.said.emit(
                f"{name.capitalize()} is usually given a learning rate of {usual:g}; "
                f"it stays {rate:g}."
            )

    def set_batch(self, key: str) -> None:
        """Let an update see so many samples; ask how many where none of the usual is wanted."""
        batch = int(key) if key != "other" else 0
        if key == "other":
            now = max(1, self._workbench.document.training.batch)
            batch, sure = QInputDialog.getInt(
                self._window, "Batch", "How many samples does an update see?", now, 1, 100_000
            )
            if not sure:
                return
        words = samples_in_words(batch) if batch else "all samples"
        self._apply(f"Batch: {words}", lambda d: learning.set_batch(d, batch))

    def set_order(self, key: str) -> None:
        """Take the samples in another order; ask for the seed where another one is wanted."""
        seed = self._workbench.document.training.seed
        if key == "seed":
            seed, sure = QInputDialog.getInt(
                self._window, "Order", "Seed of the order", seed + 1, 0, 10**9
            )
            if not sure:
                return
        self._apply("Order of the samples", lambda d: learning.set_shuffle(d, key != "keep", seed))

    def draw(self, name: str, draw: int | None = None, merge_key: str | None = None) -> None:
        """Draw new weights: in the same way, or another; the next draw, or a given one."""
        chosen = self._workbench.document.training
        kind = name or chosen.initializer
        seed = chosen.draw + 1 if draw is None else draw
        words = f"Draw weights: {kind.replace(':', ' ')}, draw {seed}"
        self._apply(words, lambda d: learning.draw_weights(d, kind, seed), merge_key)

    def draw_by(self, number: float) -> None:
        """Draw with another number of the way weights are drawn."""
        chosen = self._workbench.document.training
        kind = chosen.initializer.partition(":")[0]
        self.draw(f"{kind}:{number:g}", chosen.draw, "draw by")

    def _apply(self, name: str, edit: Edit, merge_key: str | None = None) -> None:
        self._workbench.apply(name, edit, merge_key)


def samples_in_words(count: int) -> str:
    """Count samples: ``1 sample``, ``4 samples``."""
    return f"{count} sample{'' if count == 1 else 's'}"
