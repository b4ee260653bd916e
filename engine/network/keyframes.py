"""What a training remembers of its way: exact, and never more than so many numbers."""

from __future__ import annotations

import numpy as np

from engine.network.recording import Array

#: How many numbers of the latest rounds, and of those far back, are kept.
KEPT_NUMBERS = 20_000

#: So many costs are kept; of a longer training every second, every fourth, and so on.
KEPT_COSTS = 1 << 17

#: So many costs are moved at once.
_PIECE = 4096

#: So many of the states kept last are never thinned out.
_RECENT = 4


class Keyframes:
    """States by round: the latest ones all, earlier ones ever more thinly.

    Parameters
    ----------
    state : ndarray
        The vector to be remembered; it is copied in and out.
    """

    def __init__(self, state: Array) -> None:
        self._state = state
        places = max(1, KEPT_NUMBERS // max(1, state.size))
        self._ring = list(np.empty((places, state.size), state.dtype))
        self._latest = 0  # how many of the rounds before `_count` are in the ring
        self._count = 0
        self._far: dict[int, Array] = {}
        self._stride = 1
        self._most = max(8, min(256, len(self._ring)))

    def __len__(self) -> int:
        """How many of the latest rounds are remembered without a gap."""
        return self._latest

    @property
    def rounds(self) -> tuple[int, ...]:
        """The rounds far back that are remembered."""
        return tuple(self._far)

    def remember(self, round_: int) -> None:
        """Keep the present state as that of a round, which follows the one kept last."""
        np.copyto(self._ring[round_ % len(self._ring)], self._state)
        if self._latest < len(self._ring):
            self._latest += 1
        self._count = round_ + 1
        if round_ % self._stride == 0 and round_ not in self._far:
            self._far[round_] = self._state.copy()
            self._thin()

    def forget(self, round_: int) -> None:
        """Drop all rounds from this one on."""
        self._latest = max(0, self._latest - (self._count - round_))
        self._count = round_
        self._far = {n: kept for n, kept in self._far.items() if n < round_}

    def jump(self, round_: int) -> None:
        """Keep the present state as that of a round that does not follow the one kept last."""
        self._latest, self._count = 0, round_
        self._far[round_] = self._state.copy()
        self._thin()

    def _thin(self) -> None:
        """Of too many states keep the first of every two stretches; the latest stay."""
        if len(self._far) <= self._most:
            return
        rounds = sorted(self._far)
        while len(self._far) > self._most:
            self._stride *= 2
            seen: set[int] = set()
            for round_ in rounds[:-_RECENT]:
                if round_ // self._stride in seen:
                    self._far.pop(round_, None)
                seen.add(round_ // self._stride)

    def at(self, round_: int) -> Array:
        """Return the state at the beginning of one of the latest rounds; a view."""
        view: Array = self._ring[round_ % len(self._ring)]
        return view

    def recall(self, round_: int) -> int | None:
        """Put back the nearest state at or before a round; return its round, None without one."""
        if self._count - self._latest <= round_ < self._count:
            self._state[:] = self.at(round_)
            return round_
        earlier = [n for n in self._far if n <= round_]
        if not earlier:
            return None
        self._state[:] = self._far[max(earlier)]
        return max(earlier)


class Costs:
    """The cost at the beginning of every round; of very many rounds, then of every second one."""

    def __init__(self) -> None:
        self.stride = 1
        self._values = np.empty(1024)
        self._length = 0

    def put(self, round_: int, cost: float) -> None:
        """Note a round's cost; what was noted of later rounds is forgotten."""
        if round_ % self.stride:
            return
        place = round_ // self.stride
        if place == KEPT_COSTS:
            self._halve()
            place //= 2
        self._reserve(place)
        self._values[place] = cost
        self._length = place + 1

    def extend(self, round_: int, costs: Array, stride: int = 1) -> None:
        """Note the costs of rounds `stride` apart, the first of which is `round_`.

        Where they lie beside the rounds that are kept, each of those gets its next neighbour's.
        """
        if not len(costs):
            return
        rounds = round_ + stride * np.arange(len(costs))
        while self.stride < stride or rounds[-1] // self.stride >= KEPT_COSTS:
            self._halve()
        kept = np.flatnonzero(rounds % self.stride == 0)
        if not len(kept) and stride > 1:
            kept = np.arange(len(costs))
        if not len(kept):
            return
        places = -(-rounds[kept] // self.stride)
        self._reserve(int(places[-1]))
        self._values[places] = costs[kept]
        self._length = int(places[-1]) + 1

    def copy(self, count: int) -> Costs:
        """Return the costs of the rounds before `count` by themselves."""
        other = Costs()
        other.stride = self.stride
        other._values = np.concatenate([self.up_to(count), np.empty(1024)])
        other._length = len(other._values) - 1024
        return other

    def _reserve(self, place: int) -> None:
        """Make room for a cost; written to at once, so that no memory is taken little by little."""
        while place >= len(self._values):
            self._values = np.concatenate([self._values, np.full(len(self._values), np.nan)])

    def _halve(self) -> None:
        """Keep every second cost: piece by piece, so that no room is needed for it."""
        count = -(-self._length // 2)
        for start in range(0, count, _PIECE):
            stop = min(start + _PIECE, count)
            self._values[start:stop] = self._values[2 * start : 2 * stop : 2][: stop - start]
        self._length = count
        self.stride *= 2

    def up_to(self, count: int) -> Array:
        """Return the costs of the rounds before `count`, one for each `stride`; a view."""
        return self._values[: min(self._length, -(-count // self.stride))]
