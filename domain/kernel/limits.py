"""What a decider says of its time limits, and what the kernel answers when the schedule asks.

Every function here is pure and gives events; an empty tuple where there is nothing to say.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.kernel.clock_events import (
    ClockCommand,
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
    DeclareMissed,
    Escalate,
    EscalationRaised,
    OwnerReminded,
    RecomputeDeadlines,
    RemindOwner,
)
from domain.kernel.clocks import Clock
from domain.kernel.facts import Facts
from domain.kernel.periods import Period, Reckoning, Span, Step, reckon, working_days_after, working_days_before
from domain.kernel.policy import Parameter

LADDER_REMINDERS: Final = Parameter("ladder_reminders", tuple[int, ...])
"""Working days before the due date on which the owner is reminded."""
LADDER_STEPS: Final = Parameter("ladder_steps", tuple[int, ...])
"""Working days after the due date on which a missed duty climbs one step."""
SUPERVISOR: Final = "supervisor"
LADDER_ROLES: Final = ("coordinating_body", "supervision_office")
"""Who hears of a missed duty at each step after the owner's supervisor."""
ClockEvents = tuple[ClockEvent, ...]


@dataclass(frozen=True)
class LimitRule:
    """What the law says of one limit: its name in the case, the parameter that gives its length, who owns it."""

    name: str
    parameter: Parameter[Period]
    owner: str


def set_limit(
    rule: LimitRule, facts: Facts, started_on: date, *, organisation: str | None = None, back: bool = False
) -> tuple[DeadlineSet]:
    """Let a limit begin: counted from *started_on*, which itself does not count.

    A limit that a case has several of at once, one for each payment, is named after its family: `funds/2`.

    Args:
        organisation: Whose duty it is, where the role alone does not tell.
        back: Count back from *started_on*, a day to come.
    """
    value = facts.law[rule.parameter]
    reckoning = reckon(value.value, started_on, facts.calendar, back=back)
    deadline = _deadline(rule.name, reckoning, rule=value.rule, kind=value.kind, source=value.source)
    return (
        DeadlineSet(
            limit=rule.name,
            owner=rule.owner,
            organisation=organisation,
            period=value.value,
            started_on=started_on,
            deadline=deadline,
            reminders=_reminders(deadline, facts, facts.asked.on),
        ),
    )


def set_date(name: str, on: date, facts: Facts, *, owner: str, rule: str, source: str) -> tuple[DeadlineSet]:
    """Note a day that the case itself names, as the last of a term is: nothing is counted, and nobody is reminded."""
    deadline = Deadline(
        name=name,
        due_on=on,
        due_at=None,
        rule=rule,
        kind="date",
        provisional=False,
        derivation=(Step(step="start", on=on, why="given"),),
        source=source,
    )
    return (
        DeadlineSet(limit=name, owner=owner, period=None, started_on=facts.asked.on, deadline=deadline, reminders=()),
    )


def keep(facts: Facts, *names: str) -> ClockEvents:
    """Say that what these limits asked for is done; those not running are passed over."""
    return tuple(DeadlineKept(limit=name, on=facts.asked.on) for name in names if name in facts.clocks)


def lapse(facts: Facts, *names: str) -> ClockEvents:
    """Say that the right these limits guarded is lost."""
    return tuple(DeadlineLapsed(limit=name) for name in names if name in facts.clocks)


def close(facts: Facts, *names: str) -> ClockEvents:
    """Close these limits, because the case moved on; those not running are passed over."""
    return tuple(DeadlineClosed(limit=name) for name in names if name in facts.clocks)


def close_all(facts: Facts, *, but: Iterable[str] = ()) -> ClockEvents:
    """Close every limit still running, because the case moved on."""
    spared = frozenset(but)
    return close(facts, *(name for name in facts.clocks.lasting() if name not in spared))


def stop(facts: Facts, *names: str, reason: str) -> ClockEvents:
    """Let these clocks stand still from the day of the act; those not running are passed over.

    A day on which a clock stood still before is not taken out twice, whatever earlier day an act is given.
    """
    running = (facts.clocks[name] for name in names if name in facts.clocks and facts.clocks[name].is_running)
    return tuple(
        ClockSuspended(limit=each.name, on=max((facts.asked.on, *(span.until for span in each.spans))), reason=reason)
        for each in running
    )


def resume(facts: Facts, *names: str) -> ClockEvents:
    """Let these clocks run again with what was left, at least one working day; the day of return counts again.

    A miss from before stays, and climbs on from the new last day.
    """
    standing = (name for name in names if name in facts.clocks and facts.clocks[name].stopped_on is not None)
    return tuple(_resumed(facts.clocks[name], facts) for name in standing)


def _resumed(clock: Clock, facts: Facts) -> ClockResumed:
    stopped_on = clock.stopped_on or facts.asked.on
    until = max(facts.asked.on, stopped_on)
    deadline = _counted_again(clock, facts, (*clock.spans, Span(first_on=stopped_on, until=until)))
    reminders = _reminders(deadline, facts, until)
    ladder = _ladder(deadline, facts) if clock.ladder else ()
    return ClockResumed(limit=clock.name, on=until, deadline=deadline, reminders=reminders, ladder=ladder)


def decide(command: ClockCommand, facts: Facts) -> ClockEvents:
    """Answer what the schedule asks of a limit; what is already so, or no longer runs, is nothing new."""
    match command:
        case RemindOwner(limit=name, step=step):
            return _remind(facts, name, step)
        case DeclareMissed(limit=name):
            return _declare_missed(facts, name)
        case Escalate(limit=name, step=step):
            return _escalate(facts, name, step)
        case RecomputeDeadlines():
            return _recompute(facts)
        case _:
            raise TypeError(f"no clock command: {type(command).__name__}")


def _remind(facts: Facts, name: str, step: int) -> ClockEvents:
    if name not in facts.clocks:
        return ()
    clock = facts.clocks[name]
    if not clock.is_running or step in clock.reminded or clock.is_missed:
        return ()
    return (
        OwnerReminded(
            limit=name, step=step, owner=clock.owner, organisation=clock.organisation, due_on=clock.deadline.due_on
        ),
    )


def _declare_missed(facts: Facts, name: str) -> ClockEvents:
    if name not in facts.clocks:
        return ()
    clock = facts.clocks[name]
    if not clock.is_running or clock.is_missed or facts.asked.received_on <= clock.deadline.due_on:
        return ()
    ladder = _ladder(clock.deadline, facts) if clock.deadline.kind == "duty" else ()
    return (
        DeadlineMissed(
            limit=name,
            owner=clock.owner,
            organisation=clock.organisation,
            due_on=clock.deadline.due_on,
            to_role=SUPERVISOR,
            ladder=ladder,
        ),
    )


def _ladder(deadline: Deadline, facts: Facts) -> tuple[date, ...]:
    """Give the days on which a missed duty climbs."""
    return tuple(working_days_after(deadline.due_on, days, facts.calendar) for days in facts.law[LADDER_STEPS].value)


def _escalate(facts: Facts, name: str, step: int) -> ClockEvents:
    if name not in facts.clocks:
        return ()
    clock = facts.clocks[name]
    if not clock.is_missed or step in clock.escalated or not 1 <= step <= len(clock.ladder):
        return ()
    return (EscalationRaised(limit=name, step=step, to_role=_rung(step), due_on=clock.deadline.due_on),)


def rungs(clock: Clock) -> tuple[str, ...]:
    """Name the roles a miss has reached by now, from the owner's supervisor up; none once the limit has ended."""
    if not clock.is_missed or clock.ended is not None:
        return ()
    return (SUPERVISOR, *dict.fromkeys(_rung(step) for step in sorted(clock.escalated)))


def _rung(step: int) -> str:
    return LADDER_ROLES[min(step, len(LADDER_ROLES)) - 1]


def _recompute(facts: Facts) -> ClockEvents:
    recomputed = (_recomputed(clock, facts) for clock in facts.clocks.by_name.values())
    return tuple(event for event in recomputed if event is not None)


def _recomputed(clock: Clock, facts: Facts) -> DeadlineRecomputed | None:
    if clock.ended is not None or clock.is_missed or clock.period is None or not clock.deadline.provisional:
        return None
    deadline = _counted_again(clock, facts, clock.spans)
    if deadline == clock.deadline:
        return None
    return DeadlineRecomputed(
        limit=clock.name,
        was_due_on=clock.deadline.due_on,
        deadline=deadline,
        reminders=_reminders(deadline, facts, facts.asked.on),
    )


def _counted_again(clock: Clock, facts: Facts, spans: tuple[Span, ...]) -> Deadline:
    if clock.period is None:
        return clock.deadline
    old = clock.deadline
    # A right that was lost before the clock stopped does not come back; a duty always has a day left to be done in.
    revives = old.kind != "forfeiture"
    reckoning = reckon(clock.period, clock.started_on, facts.calendar, suspended=spans, revives=revives)
    return _deadline(clock.name, reckoning, rule=old.rule, kind=old.kind, source=old.source)


def _deadline(name: str, reckoning: Reckoning, *, rule: str, kind: str, source: str) -> Deadline:
    return Deadline.model_validate(
        {
            "name": name,
            "due_on": reckoning.due_on,
            "due_at": reckoning.due_at,
            "rule": rule,
            "kind": kind,
            "provisional": reckoning.provisional,
            "derivation": reckoning.derivation,
            "source": source,
        }
    )


def _reminders(deadline: Deadline, facts: Facts, today: date) -> tuple[date, ...]:
    """Give the days to remind on; those not after the day of the act are dropped, or they would ring at once."""
    if deadline.kind == "date":
        return ()
    leads = facts.law[LADDER_REMINDERS].value
    days = (working_days_before(deadline.due_on, lead, facts.calendar) for lead in leads)
    return tuple(sorted(day for day in days if day > today))
