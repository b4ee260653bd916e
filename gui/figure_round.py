"""One moment of a training on its way to the screen: drawn in turns, shown in all figures at once.

Drawing all figures takes longer than a frame. So a figure that has been drawn keeps on the screen
what was there before until the last one is ready, and then one painting brings the moment to all
of them. What is seen together always belongs to one step.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from gui.figure_frame import FigureFrame
from gui.moment import Moment

FEW = 4  # figures that can be drawn and painted within one frame


class Round:
    """Draws a moment into figures, a few in each frame."""

    def __init__(self) -> None:
        self._moment: Moment | None = None
        self._frames: tuple[FigureFrame, ...] = ()
        #: Whether all is drawn, and only waits to be shown.
        self.ready = False

    def begin(self, moment: Moment, frames: Sequence[FigureFrame]) -> None:
        """Begin with another moment; figures that were drawn for the one before stay held.

        The first of them is drawn in this frame: `Course.losses` holds no longer.
        """
        for frame in self._frames:
            if frame not in frames:
                frame.release()
        self._moment, self._frames, self.ready = moment, tuple(frames), False

    def go_on(self, until: float) -> bool:
        """Draw some figures: one at least, and more until the time is over.

        Parameters
        ----------
        until : float
            As `perf_counter` tells it.

        Returns
        -------
        bool
            Whether the moment is on the screen now. Where drawing has taken most of the frame,
            it is shown with the next one: painting all figures takes as long again.
        """
        moment = self._moment
        if moment is None:
            return True  # it was drawn at once, because the page was moved
        if not self.ready:
            begun = perf_counter()
            drawn = False
            for frame in self._frames:
                if frame.stale:
                    if drawn and perf_counter() > until:
                        return False
                    frame.hold()
                    frame.draw(moment)
                    drawn = True
                if not frame.figure.complete(until):
                    return False
            self.ready = True
            if len(self._frames) > FEW or perf_counter() > (begun + until) / 2:
                return False
        self.end()
        return True

    def end(self) -> None:
        """Let all figures show what was drawn into them."""
        for frame in self._frames:
            frame.release()
        self._moment, self._frames, self.ready = None, (), False
