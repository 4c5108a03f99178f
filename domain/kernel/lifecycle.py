"""The shape of a lifecycle table: what is waited for, and what is sent when nobody comes.

The dates come from the domain with every answer; the table says what is sent when one passes, and holds no number of
the law.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from pydantic import JsonValue

from domain.kernel.clock_events import DeclareMissed, Escalate, RemindOwner
from domain.kernel.clocks import Clock, clock_notices
from domain.kernel.decision import Case, Decision
from domain.kernel.followups import FollowUp
from domain.kernel.messages import Command, Event, body_of, start_of

WAKE_UP: Final = "wake:"
"""How the ids of the commands begin that a time limit sends."""
Link = Callable[[Event, Decision[Any]], tuple[FollowUp, ...]]
"""What one event of a case asks of others; lives in `domain/links/`."""


@dataclass(frozen=True)
class Limit:
    """A time limit that runs in a phase.

    Attributes:
        name: The deadline's name, as the domain sets it.
        owner: The role that must act, and is reminded.
        then: What the schedule sends when the limit passes; without it the limit is declared missed and escalates.
        on_the_day: What the schedule sends when the day begins that the limit names, instead of when it is over.
        because: What `then` says of the cause, where it asks for one.
        held_by: What lets it stand still while the case stays where it is.
    """

    name: str
    owner: str = ""
    then: type[Command] | None = None
    on_the_day: type[Command] | None = None
    because: str | None = None
    held_by: type[Command] | None = None


@dataclass(frozen=True, init=False)
class Phase:
    """One phase a case rests in, with the limits that may run there.

    Attributes:
        stops_for: Phases during which this phase's limits stand still.
    """

    name: str
    limits: tuple[Limit, ...]
    stops_for: tuple[str, ...]

    def __init__(self, name: str, *limits: Limit, stops_for: tuple[str, ...] = ()) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "limits", limits)
        object.__setattr__(self, "stops_for", stops_for)


@dataclass(frozen=True)
class WakeUp:
    """A moment at which the case sends itself a command."""

    id: str
    at: datetime
    command: str
    body: dict[str, JsonValue]


@dataclass(frozen=True, init=False)
class Lifecycle:
    """A process's phases in order, where it ends, and whom its events concern.

    Attributes:
        ends_in: Phases in which the case is over.
        links: What its events ask of other cases.
        background: Limits that run whatever the phase is.
    """

    phases: tuple[Phase, ...]
    ends_in: tuple[str, ...]
    links: tuple[Link, ...]
    background: tuple[Limit, ...]

    def __init__(
        self,
        *phases: Phase,
        ends_in: tuple[str, ...] = (),
        links: tuple[Link, ...] = (),
        background: tuple[Limit, ...] = (),
    ) -> None:
        object.__setattr__(self, "phases", phases)
        object.__setattr__(self, "ends_in", ends_in)
        object.__setattr__(self, "links", links)
        object.__setattr__(self, "background", background)

    def limit(self, name: str) -> Limit:
        """Find a limit by name, or by its family's (`funds` of `funds/2`).

        One the table does not know is only reminded of and declared missed.
        """
        family = name.partition("/")[0]
        listed = (each for phase in self.phases for each in phase.limits)
        return next((each for each in (*listed, *self.background) if each.name == family), Limit(name))

    def wake_ups(self, case: Case[Any]) -> tuple[WakeUp, ...]:
        """Give every moment still ahead at which this case sends itself something, earliest first.

        A clock that stands still, and a case that is over, ring nothing.
        """
        if case.state.is_end:
            return ()
        rings = [ring for clock in case.clocks.by_name.values() for ring in self._rings(clock)]
        return tuple(sorted(rings, key=lambda each: (each.at, each.id)))

    def follow_ups(self, decision: Decision[Any]) -> tuple[FollowUp, ...]:
        """Give what the events of a decision ask of others, in the order of the events."""
        return tuple(
            follow_up
            for event in decision.events
            for follow_up in (
                *clock_notices(event, decision.after.clocks, decision.view),
                *(each for link in self.links for each in link(event, decision)),
            )
        )

    def _rings(self, clock: Clock) -> list[WakeUp]:
        limit = self.limit(clock.name)
        name = {"limit": clock.name}
        rings: list[WakeUp] = []
        if clock.is_running:
            for step, day in clock.reminders_ahead():
                rings.append(_ring(clock, f"remind-{step}", day, RemindOwner, {**name, "step": step}))
            passed = clock.deadline.due_on + timedelta(days=1)
            if limit.on_the_day is not None:
                rings.append(_ring(clock, "day", clock.deadline.due_on, limit.on_the_day, {}))
            elif limit.then is not None:
                cause = {} if limit.because is None else {"because": limit.because}
                rings.append(_ring(clock, "pass", passed, limit.then, cause))
            elif not clock.is_missed:
                rings.append(_ring(clock, "miss", passed, DeclareMissed, name))
        for step, day in clock.escalations_ahead():
            rings.append(_ring(clock, f"escalate-{step}", day, Escalate, {**name, "step": step}))
        return rings


def _ring(clock: Clock, what: str, day: date, command: type[Command], body: dict[str, Any]) -> WakeUp:
    ring_id = f"{WAKE_UP}{clock.name}:{clock.opened_at_version}:{what}:{day.isoformat()}"
    return WakeUp(ring_id, start_of(day), command.__name__, body_of(command.model_validate(body)))
