"""What is asked of a time limit, and what happens to it: the messages every process shares."""

import operator
from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from pydantic import AwareDatetime, Field

from domain.kernel.envelope import LINKED_CASE
from domain.kernel.messages import Code, Command, Event, Record, Text, Vocabulary
from domain.kernel.periods import Period, Step

LimitKind = Literal["duty", "forfeiture", "limit", "date"]


class Deadline(Record):
    """A limit as it is shown: the day, how it was found, the clause.

    Attributes:
        due_on: The last day that counts (Shanghai).
        due_at: The end of that day, 24:00 in Shanghai, in UTC; none for a date that only names a day.
        provisional: A year it rests on has not been announced.
    """

    name: Code
    due_on: date
    due_at: AwareDatetime | None
    rule: str
    kind: LimitKind
    provisional: bool
    derivation: tuple[Step, ...]
    source: Text


class ClockEvent(Event):
    """Something that happened to a limit; the process's own state does not change by it."""

    limit: Code


class DeadlineSet(ClockEvent):
    """A limit began to run."""

    owner: Code
    organisation: Code | None = None
    period: Period | None
    started_on: date
    deadline: Deadline
    reminders: tuple[date, ...]


class DeadlineKept(ClockEvent):
    """What the limit asked for was done; a miss, if there was one, stays on the record."""

    on: date


class DeadlineLapsed(ClockEvent):
    """The right that lasted until then is lost."""


class DeadlineClosed(ClockEvent):
    """The limit no longer matters, because the case moved on."""


class ClockSuspended(ClockEvent):
    """From this day the clock stands still."""

    on: date
    reason: Text


class ClockResumed(ClockEvent):
    """From this day the clock runs again, with what was left.

    Attributes:
        ladder: The days on which a miss from before climbs on; its steps are counted from the new last day.
    """

    on: date
    deadline: Deadline
    reminders: tuple[date, ...]
    # Left out where it is empty: what was recorded before is compared with today's answer to the letter.
    ladder: Annotated[tuple[date, ...], Field(exclude_if=operator.not_)] = ()


class DeadlineRecomputed(ClockEvent):
    """A calendar year was published on which a provisional day rested."""

    was_due_on: date
    deadline: Deadline
    reminders: tuple[date, ...]


class OwnerReminded(ClockEvent):
    """The owner was reminded."""

    step: int
    owner: Code
    organisation: Code | None = None
    due_on: date


class DeadlineMissed(ClockEvent):
    """The last day passed unkept."""

    owner: Code
    organisation: Code | None = None
    due_on: date
    to_role: Code
    ladder: tuple[date, ...] = ()


class EscalationRaised(ClockEvent):
    """A miss climbed one step."""

    step: int
    to_role: Code
    due_on: date


class ClockCommand(Command):
    """What the schedule asks of a limit."""

    asked_by: ClassVar[frozenset[str]] = frozenset({"schedule"})


class RemindOwner(ClockCommand):
    """Remind the owner of a limit that is still open."""

    limit: Code
    step: int


class DeclareMissed(ClockCommand):
    """Say that the last day has passed."""

    limit: Code


class Escalate(ClockCommand):
    """Let a miss climb one step of the ladder."""

    limit: Code
    step: int


class RecomputeDeadlines(ClockCommand):
    """Count provisional limits again, now that a calendar year is published."""

    asked_by: ClassVar[frozenset[str]] = frozenset({LINKED_CASE})
    year: int


CLOCK_COMMANDS: Final = Vocabulary[ClockCommand](RemindOwner, DeclareMissed, Escalate, RecomputeDeadlines)
CLOCK_EVENTS: Final = Vocabulary[ClockEvent](
    DeadlineSet,
    DeadlineKept,
    DeadlineLapsed,
    DeadlineClosed,
    ClockSuspended,
    ClockResumed,
    DeadlineRecomputed,
    OwnerReminded,
    DeadlineMissed,
    EscalationRaised,
)
