"""Time limits of a case as a state: which run, stand still, were kept or missed.

A limit of kind *duty* has reminders and the escalation ladder; a *forfeiture* or a *limit* has the reminders only; a
*date* has neither. Escalation never changes the business state (dossier §4).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from pydantic import ValidationError, field_validator
from pydantic_core import to_json

from domain.kernel.clock_events import (
    ClockEvent,
    ClockResumed,
    ClockSuspended,
    Deadline,
    DeadlineClosed,
    DeadlineKept,
    DeadlineLapsed,
    DeadlineMissed,
    DeadlineRecomputed,
    DeadlineSet,
    EscalationRaised,
    OwnerReminded,
)
from domain.kernel.errors import CorruptHistory
from domain.kernel.followups import FollowUp, ServeNotice
from domain.kernel.messages import Code, Event, Record
from domain.kernel.periods import Period, Span
from domain.kernel.view import View

BOTH_PARTIES: Final = "both_parties"
"""The owner of a limit that every organisation the case names as a party must keep."""
ClockState = Literal["open", "stopped", "done", "missed", "lapsed", "closed"]


class Clock(Record):
    """One limit of one case.

    Attributes:
        owner: The role that must act.
        started_on: The day it is counted from; that day itself does not count.
        stopped_on: Since when it stands still.
        spans: The stretches it stood still before, from the first day up to but not including the last.
        reminders: Days on which the owner is reminded; `reminded` holds the steps done.
        ladder: Days on which a miss climbs; `escalated` holds the steps done.
        opened_at_version: The event that set it; tells two clocks of one name apart.
    """

    name: Code
    owner: Code
    organisation: Code | None
    period: Period | None
    started_on: date
    deadline: Deadline
    stopped_on: date | None = None
    spans: tuple[Span, ...] = ()
    reminders: tuple[date, ...] = ()
    reminded: tuple[int, ...] = ()
    missed_on: date | None = None
    ladder: tuple[date, ...] = ()
    escalated: tuple[int, ...] = ()
    ended: Literal["done", "lapsed", "closed"] | None = None
    opened_at_version: int = 0

    @property
    def is_running(self) -> bool:
        """Whether days count against it."""
        return self.ended is None and self.stopped_on is None

    @property
    def is_missed(self) -> bool:
        """Whether its day has passed unkept; it may still be kept late."""
        return self.missed_on is not None

    @property
    def state(self) -> ClockState:
        """The word the reader is shown."""
        if self.ended is not None:
            return "missed" if self.ended == "done" and self.is_missed else self.ended
        if self.stopped_on is not None:
            return "stopped"
        return "missed" if self.is_missed else "open"

    def reminders_ahead(self) -> list[tuple[int, date]]:
        """Give the reminders not yet sent, as (step, day)."""
        if self.is_missed:
            return []
        return [(step, day) for step, day in enumerate(self.reminders, start=1) if step not in self.reminded]

    def escalations_ahead(self) -> list[tuple[int, date]]:
        """Give the steps of the ladder not yet climbed, as (step, day)."""
        if not self.is_running:
            return []
        return [(step, day) for step, day in enumerate(self.ladder, start=1) if step not in self.escalated]


class Clocks(Record):
    """Every limit a case has ever had, the last of each name, in the order in which they were set."""

    by_name: dict[Code, Clock] = {}

    @field_validator("by_name")
    @classmethod
    def _in_order(cls, by_name: dict[Code, Clock]) -> dict[Code, Clock]:
        # A snapshot gives them back by name; what is decided must not depend on where the case was read from.
        return dict(sorted(by_name.items(), key=lambda each: each[1].opened_at_version))

    @classmethod
    def restore(cls, data: Mapping[str, Any]) -> "Clocks":
        """Read them back from a snapshot.

        Raises:
            CorruptHistory: They have another form.
        """
        try:
            return cls.model_validate_json(to_json(data))
        except ValidationError as error:
            raise CorruptHistory(f"clocks: {error.error_count()} fields do not fit") from None

    def __getitem__(self, name: str) -> Clock:
        return self.by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self.by_name and self.by_name[str(name)].ended is None

    def lasting(self) -> tuple[str, ...]:
        """Name the limits that have not ended, in the order they were set."""
        return tuple(name for name, clock in self.by_name.items() if clock.ended is None)

    def running(self) -> tuple[Deadline, ...]:
        """Give the limits that have not ended, soonest first."""
        lasting = [clock.deadline for clock in self.by_name.values() if clock.ended is None]
        return tuple(sorted(lasting, key=lambda each: (each.due_on, each.name)))

    def evolve(self, event: ClockEvent, version: int) -> "Clocks":
        """Let one event happen."""
        clock = _after(self.by_name.get(event.limit), event, version)
        return Clocks(by_name={**self.by_name, event.limit: clock})


def _after(clock: Clock | None, event: ClockEvent, version: int) -> Clock:
    if isinstance(event, DeadlineSet):
        return Clock(
            name=event.limit,
            owner=event.owner,
            organisation=event.organisation,
            period=event.period,
            started_on=event.started_on,
            deadline=event.deadline,
            reminders=event.reminders,
            opened_at_version=version,
        )
    if clock is None:
        raise CorruptHistory(f"{type(event).__name__} of a limit never set: {event.limit}")
    return clock.model_copy(update=_changes(clock, event))


def _changes(clock: Clock, event: ClockEvent) -> dict[str, Any]:
    match event:
        case DeadlineKept():
            return {"ended": "done", "stopped_on": None}
        case DeadlineLapsed():
            return {"ended": "lapsed", "stopped_on": None}
        case DeadlineClosed():
            return {"ended": "closed", "stopped_on": None}
        case ClockSuspended(on=on):
            return {"stopped_on": on}
        case ClockResumed(on=on, deadline=deadline, reminders=reminders, ladder=ladder):
            span = Span(first_on=clock.stopped_on or on, until=on)
            again = {"deadline": deadline, "reminders": reminders, "reminded": (), "ladder": ladder or clock.ladder}
            return {**again, "stopped_on": None, "spans": (*clock.spans, span)}
        case DeadlineRecomputed(deadline=deadline, reminders=reminders):
            return {"deadline": deadline, "reminders": reminders, "reminded": ()}
        case OwnerReminded(step=step):
            return {"reminded": (*clock.reminded, step)}
        case DeadlineMissed(due_on=due_on, ladder=ladder):
            return {"missed_on": due_on, "ladder": ladder}
        case EscalationRaised(step=step):
            return {"escalated": (*clock.escalated, step)}
        case _:
            raise CorruptHistory(f"unknown clock event {type(event).__name__}")


def clock_notices(event: Event, clocks: Clocks, view: View) -> tuple[FollowUp, ...]:
    """Say who is told of a reminder, a miss, a step of the ladder; what both parties own, both are told of."""
    match event:
        case OwnerReminded(limit=limit, owner=owner, organisation=organisation, due_on=due_on):
            owners = _owners(owner, organisation, view)
            return tuple(_notice("deadline_reminder", role, body, limit, due_on) for role, body in owners)
        case DeadlineMissed(limit=limit, to_role=role, organisation=organisation, due_on=due_on):
            return (_notice("deadline_missed", role, organisation, limit, due_on),)
        case EscalationRaised(limit=limit, to_role=role, due_on=due_on):
            return (_notice("deadline_escalated", role, None, limit, due_on),)
        case DeadlineRecomputed(limit=limit, deadline=deadline):
            owners = _owners(clocks[limit].owner, clocks[limit].organisation, view)
            return tuple(_notice("deadline_recomputed", role, body, limit, deadline.due_on) for role, body in owners)
        case _:
            return ()


def _owners(owner: str, organisation: str | None, view: View) -> tuple[tuple[str, str | None], ...]:
    if owner != BOTH_PARTIES:
        return ((owner, organisation),)
    first_role = {party.organisation: party.role for party in reversed(view.parties)}
    return tuple((role, body) for body, role in sorted(first_role.items()))


def _notice(notice: str, role: str, organisation: str | None, limit: str, due_on: date) -> ServeNotice:
    details = {"limit": limit, "due_on": due_on.isoformat()}
    return ServeNotice(to_role=role, to_organisation=organisation, notice=notice, details={**details})
