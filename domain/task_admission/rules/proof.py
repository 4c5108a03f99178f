"""Active is a proof: authority, people and money, each shown by events of the case (权随责走、费随事转).

Each leg is looked at as it stands on a day; what is missing has a refusal of its own that names it.

Source:
    S0-08; S4-32; ADMISSION §5, §8 items 19, 20, 29, 30.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from domain.kernel.clock_events import ClockEvent
from domain.kernel.decision import Events
from domain.kernel.directory import SeatsOf
from domain.kernel.envelope import SCHEDULE
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.limits import keep
from domain.kernel.lists import ListNamed
from domain.task_admission.commands.legs import Assignment
from domain.task_admission.commands.suspension import SuspensionCause
from domain.task_admission.events import AdmissionEvent, AuthorityGranted, PeopleNamed, TaskActivated, TaskResumed
from domain.task_admission.events.cited import EventCited
from domain.task_admission.rules.fund_use import next_report
from domain.task_admission.rules.lists import read_list
from domain.task_admission.rules.parameters import ASSISTANCE_LIST, CURE, START
from domain.task_admission.rules.payments import is_overdue_on, next_payment, term_review
from domain.task_admission.state import (
    Active,
    AdmissionState,
    AgreementPending,
    FundsPending,
    Legs,
    Listed,
    Shown,
    Suspended,
    evolve,
)

SOURCE: Final = "S0-08, S4-32"
Owing = AgreementPending | FundsPending | Suspended
"""Stages at which a leg may be shown."""
Owed = FundsPending | Active | Suspended
Cited = tuple[EventCited, ...]


@dataclass(frozen=True)
class Proof:
    """What shows each leg; a leg without events is not proven."""

    authority: Cited
    people: Cited
    money: Cited


def proof_needs(state: AdmissionState, *named: str) -> tuple[Need[Any], ...]:
    """Name what the proof reads: the offices of everybody named, and the list of a listed item.

    Args:
        named: People whom the command at hand names.
    """
    if not isinstance(state, AgreementPending | FundsPending | Active | Suspended):
        return ()
    people = {*named, *(person for shown in state.legs.people for person in _people_of(shown.event))}
    seats = tuple(SeatsOf(person) for person in sorted(people))
    is_listed = not isinstance(state, AgreementPending) and isinstance(state.item, Listed)
    return (*seats, ListNamed(ASSISTANCE_LIST)) if is_listed else seats


def _people_of(named: PeopleNamed) -> Iterator[str]:
    yield from (each.person for each in named.people)
    if named.accountable_officer is not None:
        yield named.accountable_officer


def needed_from(day: date, state: Owed) -> date:
    """Give the day for which the legs must stand when they are looked at: before the work begins, its first one."""
    return max(day, state.item.term.start_on)


def proof_on(day: date, state: Owed, facts: Facts) -> Proof:
    """Give what shows each leg on a day."""
    return Proof(authority_on(day, state, facts), people_on(day, state, facts), money_on(day, state, facts))


def authority_on(day: date, state: Owed, facts: Facts) -> Cited:
    """Find the grants that cover the day; of a listed item, the entry in force."""
    if isinstance(state.item, Listed):
        entries = read_list(facts, ASSISTANCE_LIST, day).about(state.application.matter)
        return (_cite(state.item.confirmed),) if entries else ()
    return tuple(_cite(each) for each in grants_on(day, state.legs))


def grants_on(day: date, legs: Legs) -> tuple[Shown[AuthorityGranted], ...]:
    """Find the grants that cover a day; each covers everything the decision admits."""
    return tuple(each for each in legs.authority if each.event.from_on <= day <= each.event.until_on)


def people_on(day: date, state: Owed, facts: Facts) -> Cited:
    """Find who was named, all of them in office on the day, with an officer of the department who answers for it."""
    if state.accountable_officer is None or absent_on(day, state, facts):
        return ()
    return tuple(_cite(each) for each in state.legs.people)


def absent_on(day: date, state: Owing | Owed, facts: Facts) -> tuple[str, ...]:
    """Name everybody named who is not in office on the day."""
    absent = [
        each.person
        for shown in state.legs.people
        for each in _offices(shown.event, state.drafted.applicant)
        if not holds_office(each, day, facts)
    ]
    return tuple(dict.fromkeys(absent))


def _offices(named: PeopleNamed, applicant: str) -> Iterator[Assignment]:
    yield from named.people
    if named.accountable_officer is not None:
        yield Assignment(person=named.accountable_officer, organisation=applicant, hours_a_month=0)


def holds_office(assigned: Assignment, day: date, facts: Facts) -> bool:
    """Say whether somebody holds an office in the organisation he is named from, on a day."""
    seats = facts[SeatsOf(assigned.person)]
    return any(seat.organisation == assigned.organisation and seat.spell.covers(day) for seat in seats)


def money_on(day: date, state: Owed, facts: Facts) -> Cited:
    """Find the receipts: before the work if the first payment is whole, then if nothing is overdue."""
    is_missing = is_overdue_on(day, state, facts) if isinstance(state, Suspended) else any(state.unpaid_on(day))
    return () if is_missing else tuple(_cite(each) for each in state.money.received)


def _cite(shown: Shown[Any]) -> EventCited:
    return EventCited(version=shown.version, type=type(shown.event).__name__)


def refusal_on(day: date, state: Owed, facts: Facts) -> Refused | None:
    """Say why the work may not begin on a day: the missing leg, then the day itself; nothing where it may.

    Before the first day the legs are looked at as they will stand on it.

    Returns:
        `task_admission.authority_missing`, `task_admission.people_missing`, `task_admission.funding_missing`,
        `task_admission.too_early`, `task_admission.term_over`.
    """
    term = state.item.term
    if day > term.end_on:
        return Refused("task_admission.term_over", "ADMISSION §8.20", end_on=term.end_on.isoformat())
    needed_on = needed_from(day, state)
    proof = proof_on(needed_on, state, facts)
    if not proof.authority:
        on = needed_on.isoformat()
        return Refused("task_admission.authority_missing", SOURCE, scope=[*state.item.scope], on=on)
    if not proof.people:
        absent = absent_on(needed_on, state, facts)
        return Refused("task_admission.people_missing", SOURCE, why="not_in_office" if absent else "not_named")
    if not proof.money:
        tranche, due_on, missing = next(state.unpaid_on(needed_on))
        details = {"tranche": tranche, "due_on": due_on.isoformat(), "missing_fen": missing}
        return Refused("task_admission.funding_missing", SOURCE, why="not_received", **details)
    if day < term.start_on:
        return Refused("task_admission.too_early", "ADMISSION §8.20", start_on=term.start_on.isoformat())
    return None


def activated(state: FundsPending, facts: Facts) -> Events:
    """Let the work begin, from the day of the decision and never from an earlier one; the legs stand.

    Source:
        ADMISSION §8 item 20.
    """
    day = facts.asked.received_on
    proof = proof_on(day, state, facts)
    begun = TaskActivated(authority=proof.authority, people=proof.people, money=proof.money, on=day)
    dates = (*term_review(state, facts), *next_payment(state, facts), *next_report(day, state, facts))
    return begun, *keep(facts, START), *dates


def resumed(
    state: Suspended,
    facts: Facts,
    *,
    by: str = SCHEDULE,
    cured: tuple[SuspensionCause, ...] = (),
    reasons: str | None = None,
) -> Events:
    """Let the work go on, from the day of the decision; the legs stand, and every cause is cured."""
    day = facts.asked.received_on
    proof = proof_on(day, state, facts)
    again = TaskResumed(
        authority=proof.authority,
        people=proof.people,
        money=proof.money,
        cured=cured,
        reasons=reasons,
        by=by,
        on=day,
    )
    return again, *keep(facts, CURE.name)


def with_activation(state: AdmissionState, events: Events, facts: Facts) -> Events:
    """Let the work begin, or go on, in the same answer, where these events bring the last leg.

    It begins when its first day is there; it goes on where the record alone had let it stand still.

    Source:
        ADMISSION §8 items 20 and 22.
    """
    after = folded(state, events, facts.version)
    if isinstance(after, FundsPending):
        return events if _refused_today(after, facts) else (*events, *activated(after, facts))
    if isinstance(after, Suspended) and after.is_the_records_own and not _refused_today(after, facts):
        return *events, *resumed(after, facts)
    return events


def _refused_today(state: Owed, facts: Facts) -> bool:
    return refusal_on(facts.asked.received_on, state, facts) is not None


def folded(state: AdmissionState, events: Events, version: int) -> AdmissionState:
    """Give the state after events of one answer, the first of which follows *version*."""
    for number, event in enumerate(events, start=version + 1):
        if not isinstance(event, ClockEvent):
            state = evolve(state, cast("AdmissionEvent", event), number)
    return state
