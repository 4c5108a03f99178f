"""The lines at the right of a picture: one for each phase that is led to from elsewhere than the phase before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_APART: Final = 6.0
"""Two lines in one column keep this distance."""


@dataclass(frozen=True)
class Lane:
    """One line: the ways that meet on it, and where it leads into its phase.

    Attributes:
        starts: Where each way comes from.
        entry: The height at which it goes over to its phase.
    """

    starts: tuple[tuple[float, float], ...]
    entry: float

    @property
    def first(self) -> float:
        """Its upper end."""
        return min(self.entry, *(y for _, y in self.starts))

    @property
    def last(self) -> float:
        """Its lower end."""
        return max(self.entry, *(y for _, y in self.starts))


def in_columns(lanes: Sequence[Lane]) -> list[int]:
    """Give each line a column: the short ones inside, and no two that touch in the same."""
    chosen = [0] * len(lanes)
    taken: list[list[Lane]] = []
    for place in sorted(range(len(lanes)), key=lambda each: (lanes[each].last - lanes[each].first, each)):
        lane = lanes[place]
        free = next((number for number, held in enumerate(taken) if not _touches(lane, held)), len(taken))
        if free == len(taken):
            taken.append([])
        taken[free].append(lane)
        chosen[place] = free
    return chosen


def _touches(lane: Lane, held: Sequence[Lane]) -> bool:
    return any(lane.first < each.last + _APART and each.first < lane.last + _APART for each in held)
