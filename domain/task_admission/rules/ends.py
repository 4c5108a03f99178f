"""The day on which a leg will fall, as far as it is known: the case looks again on the day after the last one."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from domain.kernel.decision import Events
from domain.kernel.directory import SeatsOf
from domain.kernel.facts import Facts
from domain.kernel.lists import ListNamed
from domain.task_admission.rules.parameters import ASSISTANCE_LIST, LIST_END, PEOPLE_END
from domain.task_admission.rules.payments import next_payment, noted
from domain.task_admission.rules.proof import absent_on, authority_on
from domain.task_admission.state import Active, AgreementPending, FundsPending, Listed, Suspended

_ONE_DAY = timedelta(days=1)


def known_ends(state: AgreementPending | FundsPending | Active | Suspended, facts: Facts) -> Events:
    """Note the last day of the people's offices, of the list entry, of the money, where it lies within the term.

    What is noted already is not noted again; what no longer ends is closed.

    Source:
        ADMISSION §8 item 30 (the legs are read on each day).
    """
    term = state.approved.term if isinstance(state, AgreementPending) else state.item.term
    first = max(facts.asked.received_on, term.start_on)  # before the work begins its first day counts
    in_office = _last_day(lambda day: not absent_on(day, state, facts), _seats_change(state, facts), first, term.end_on)
    events = noted(PEOPLE_END, in_office, facts)
    if isinstance(state, Active | Suspended):
        events = (*events, *next_payment(state, facts))
    if isinstance(state, AgreementPending) or not isinstance(state.item, Listed):
        return events
    listed = _last_day(lambda day: bool(authority_on(day, state, facts)), _lists_change(facts), first, term.end_on)
    return (*events, *noted(LIST_END, listed, facts))


def _last_day(stands: Callable[[date], bool], changes: Iterable[date], first: date, end_on: date) -> date | None:
    """Find the last day in a row on which something stands; nothing where it does not, or does to the end."""
    if not stands(first):
        return None
    lost = (day for day in sorted({*changes}) if first < day <= end_on and not stands(day))
    return next((day - _ONE_DAY for day in lost), None)


def _seats_change(state: AgreementPending | FundsPending | Active | Suspended, facts: Facts) -> Iterable[date]:
    people = {person for _, person in state.legs.offices(state.drafted.applicant)}
    seats = (seat for person in people for seat in facts[SeatsOf(person)])
    return (seat.spell.last_on + _ONE_DAY for seat in seats if seat.spell.last_on is not None)


def _lists_change(facts: Facts) -> Iterable[date]:
    published = facts[ListNamed(ASSISTANCE_LIST)]
    for each in () if published is None else published.versions:
        yield each.valid_from
        if each.valid_to is not None:
            yield each.valid_to + _ONE_DAY
