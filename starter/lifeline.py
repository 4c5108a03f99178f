"""The life of one case as a picture in characters: a line a phase, a line a limit, all on one scale of days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from audit.life import Life, Ran, Stay
from domain.kernel.clocks import Clock
from starter.words import Words

WIDTH: Final = 48
"""Columns of the longest line; a case of fewer days has a column a day."""
STAYED: Final = "█"
OVER: Final = "■"
RAN: Final = "─"
STOOD: Final = "┄"
AHEAD: Final = "·"
DUE: Final = "┤"
"""Of a limit: days that ran, days on which it stood still, days that are left, its last day."""


@dataclass(frozen=True)
class Scale:
    """Which day stands in which column."""

    first: date
    last: date

    def column(self, day: date) -> int:
        """Give a day's column, from 0; what lies beyond an edge stands on it."""
        days = (self.last - self.first).days
        there = min(max((day - self.first).days, 0), days)
        return there if days < WIDTH else there * (WIDTH - 1) // days


def drawn(life: Life, process: str, today: date, words: Words) -> Sequence[dict[str, str]]:
    """Give the lines of the picture, phases first; none of a case that has not begun.

    Args:
        today: The day up to which it is drawn: what lasts, lasts until then, and what is left comes after it.
    """
    if not life.stays:
        return ()
    days = [today if not life.is_over else life.stays[-1].from_on]
    days += [each.clock.deadline.due_on if each.ended_on is None else each.ended_on for each in life.limits]
    scale = Scale(life.stays[0].from_on, max(days))
    ends_with = life.stays[-1] if life.is_over else None
    stays = [
        _phase(each, scale, today, words.label("phase", each.phase, process), is_end=each is ends_with)
        for each in life.stays
    ]
    return *stays, *(_limit(each, scale, today, words) for each in life.limits)


def _phase(stay: Stay, scale: Scale, today: date, name: str, *, is_end: bool) -> dict[str, str]:
    begins = scale.column(stay.from_on)
    ends = scale.column(stay.until_on or today)
    bar = OVER if is_end else STAYED * max(ends - begins, 1)
    until = "" if stay.until_on is None else stay.until_on.isoformat()
    return {"span": name, "line": " " * begins + bar, "from_on": stay.from_on.isoformat(), "until_on": until}


def _limit(ran: Ran, scale: Scale, today: date, words: Words) -> dict[str, str]:
    """Draw the days from the one it is counted from up to its last, the days it stood still among them."""
    clock, due_on = ran.clock, ran.clock.deadline.due_on
    # A limit that is counted back from a later day has its last day first.
    begins, due = scale.column(min(clock.started_on, due_on)), scale.column(due_on)
    reached = scale.column(ran.ended_on or today)
    line = [RAN if place < reached else AHEAD for place in range(max(reached, due) + 1)]
    stood = [(each.first_on, each.until) for each in clock.spans]
    if clock.stopped_on is not None:
        stood.append((clock.stopped_on, ran.ended_on or today))
    for first, last in stood:
        for place in range(scale.column(first), max(scale.column(last), scale.column(first) + 1)):
            line[place] = STOOD
    line[due] = DUE
    return {
        "span": _named(clock, words),
        "line": " " * begins + "".join(line[begins:]),
        "from_on": clock.started_on.isoformat(),
        "until_on": due_on.isoformat(),
        "state": words.label("state", clock.state),
    }


def _named(clock: Clock, words: Words) -> str:
    """Name a limit, with its rule where the law has one for it."""
    name, rule = words.label("deadline", clock.name), clock.deadline.rule
    return name if rule == clock.name else f"{name} {rule}"
