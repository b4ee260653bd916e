"""Which moment of a training is seen, and which is on its way to the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from gui.moment import Moment


class Page(Protocol):
    """What draws the moments of a training that plays, while the training goes on."""

    @property
    def ready(self) -> bool:
        """Whether a moment is drawn and waits to be painted, which takes most of a frame."""

    def begin(self, moment: Moment) -> None:
        """Begin to draw a moment; the one before stays on the screen."""

    def go_on(self, until: float) -> bool:
        """Draw until then (`perf_counter`); return whether the moment is on the screen now."""


class Screening:
    """Keeps the moment that is seen; while training plays, the page comes to the next by itself.

    Parameters
    ----------
    look : callable
        Returns everything of the step that the run stands at; None without a run.
    page : Page or None
        Without one a moment is seen as soon as it is there.
    """

    def __init__(self, look: Callable[[], Moment | None], page: Page | None) -> None:
        self._look = look
        self.page = page
        self._seen: Moment | None = None
        self._coming: Moment | None = None
        self._news = False

    @property
    def seen(self) -> Moment | None:
        """The moment on the screen; None without a run."""
        if self._seen is None:
            self._seen = self._look()
        return self._seen

    @property
    def painting(self) -> bool:
        """Whether the next frame is for painting: a moment waits to be seen in all figures."""
        return self.page is not None and self.page.ready

    def renew(self) -> None:
        """Forget what was seen: another moment is drawn at once."""
        self._seen = self._coming = None
        self._news = False

    def notice(self) -> None:
        """Note that the run has gone on."""
        self._news = True

    def go_on(self, until: float) -> bool:
        """Let the page draw; return whether another moment is on the screen now."""
        page = self.page
        if page is None:
            return False
        if self._coming is None and self._news:
            self._coming, self._news = self._look(), False
            if self._coming is not None:
                page.begin(self._coming)
        if self._coming is None or not page.go_on(until):
            return False
        self._seen, self._coming = self._coming, None
        return True
