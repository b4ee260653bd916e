"""What is to be seen of the cost along one parameter: plain numbers."""

from __future__ import annotations

from dataclasses import dataclass

from gui.plots.window import Curve


@dataclass(frozen=True, slots=True)
class CostView:
    """What is to be seen of one parameter.

    Parameters
    ----------
    parameter, symbol : str
        Its name (``"w2"``) and how it is written (``"w₂"``).
    value, cost : float
        Where it stands, and the cost there; nan for a cost that is not computed yet.
    slope : float or None
        The gradient there; None while it is not computed yet.
    along : callable
        The cost for an array of values of the parameter, all else as it is.
    cost_name, partial : str
        How the book writes a cost and a partial derivative.
    rate : float or None
        η of the next step, which is drawn where it is known.
    lands : float or None
        Where the next step takes the parameter; None for ``value − η·slope``.
    past : tuple of float
        Values of earlier steps that lie on the same curve, the latest last.
    running : bool
        Whether the next picture comes at once, so that fewer points do.
    rate_name : str
        How the book writes a learning rate.
    """

    parameter: str
    symbol: str
    value: float
    cost: float
    slope: float | None
    along: Curve
    cost_name: str = "J"
    partial: str = "∂"
    rate: float | None = None
    lands: float | None = None
    past: tuple[float, ...] = ()
    running: bool = False
    rate_name: str = "η"

    @property
    def landing(self) -> float | None:
        """Where the next step takes the parameter; None while that is not known."""
        if self.slope is None or (self.rate is None and self.lands is None):
            return None
        if self.lands is not None:
            return self.lands
        assert self.rate is not None
        return self.value - self.rate * self.slope
