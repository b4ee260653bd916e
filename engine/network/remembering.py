"""What was computed for the latest few objects, found again by their identity.

Networks and documents are frozen, so the same object has the same answer; and to compare or hash
one with thousands of weights takes longer than a frame.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Answer = TypeVar("Answer")


def remembering(count: int) -> Callable[[Callable[[Key], Answer]], Callable[[Key], Answer]]:
    """Let a function of one frozen object remember its latest answers.

    Parameters
    ----------
    count : int
        How many; the objects are kept alive as long as their answers.

    Examples
    --------
    >>> @remembering(2)
    ... def total(numbers):
    ...     print("adding")
    ...     return sum(numbers)
    >>> numbers = (1, 2, 3)
    >>> total(numbers), total(numbers)
    adding
    (6, 6)
    """

    def decorate(function: Callable[[Key], Answer]) -> Callable[[Key], Answer]:
        kept: OrderedDict[int, tuple[Key, Answer]] = OrderedDict()

        def remembered(key: Key) -> Answer:
            found = kept.get(id(key))
            if found is None:
                found = kept[id(key)] = (key, function(key))
                while len(kept) > count:
                    kept.popitem(last=False)
            else:
                kept.move_to_end(id(key))
            return found[1]

        remembered.__doc__ = function.__doc__
        return remembered

    return decorate
