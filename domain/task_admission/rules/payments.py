"""The payments an item is owed, each with its limit, and the days the case itself names."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.kernel.decision import Events
from domain.kernel.facts import Facts
from domain.kernel.limits import LimitRule, close, set_date, set_limit
from domain.task_admission.application import Tranche
from domain.task_admission.rules.parameters import FUNDS, MANDATE_END, MONEY_END, START, TERM_END, TERM_REVIEW
from domain.task_admission.state import Active, Agreed, FundsPending, Listed, Suspended
from domain.task_admission.state.hand import payer


def funds_limit(number: int) -> str:
    """Name the limit of a payment, counted from 1."""
    return f"{FUNDS.name}/{number}"


def payments_due(item: Agreed | Listed, facts: Facts) -> Events:
    """Let the limit of each payment run: due on the day that is written, without a roll.

    Source:
        DL-50; dossier §4.1 T8.
    """
    return tuple(
        event for number, payment in enumerate(item.payments, start=1) for event in _due(number, payment, item, facts)
    )


def _due(number: int, payment: Tranche, item: Agreed | Listed, facts: Facts) -> Events:
    role, organisation = payer(item.screened)
    rule: LimitRule = replace(FUNDS, name=funds_limit(number), owner=role)
    return set_limit(rule, facts, payment.due_on, organisation=organisation)


def term_dates(item: Agreed | Listed, facts: Facts) -> Events:
    """Note the first and the last day of the work, which is done on both."""
    return (
        *set_date(START, item.term.start_on, facts, owner="schedule", rule=START, source="ADMISSION §8.20"),
        *set_date(TERM_END, item.term.end_on, facts, owner="schedule", rule=TERM_END, source="dossier §4.1"),
    )


def term_review(state: FundsPending, facts: Facts) -> Events:
    """Note the day on which it is looked at what becomes of the item after its term.

    Source:
        DL-54; dossier §4.1 T11; ADMISSION §8 item 25.
    """
    return set_limit(TERM_REVIEW, facts, state.item.term.end_on, back=True)


def mandate_end_date(last_on: date, facts: Facts) -> Events:
    """Note the last day of the authority that was granted."""
    return set_date(MANDATE_END, last_on, facts, owner="delegating_department", rule=MANDATE_END, source="S0-08, S4-32")


def due_days(state: FundsPending | Active | Suspended, facts: Facts) -> Iterator[date]:
    """Give the day on which each payment that is not whole is due; one whose clock stands still is due on none.

    Money that is held by rule is not overdue: it opens no right to refuse, and lets no work stand still.

    Source:
        ADMISSION §8 item 21.
    """
    for number, payment in enumerate(state.item.payments, start=1):
        clock = facts.clocks.by_name.get(funds_limit(number))
        is_held = clock is not None and clock.stopped_on is not None
        if state.money.received_for(number) < payment.amount_fen and not is_held:
            yield payment.due_on if clock is None else clock.deadline.due_on


def is_overdue_on(day: date, state: FundsPending | Active | Suspended, facts: Facts) -> bool:
    """Say whether a payment was due before a day and is not whole."""
    return any(due_on < day for due_on in due_days(state, facts))


def next_payment(state: FundsPending | Active | Suspended, facts: Facts) -> Events:
    """Note the day by which the next payment must be whole; on the day after, the money is looked at again.

    Source:
        ADMISSION §8 item 30 (the legs are read on each day); dossier §4.1 T8.
    """
    to_come = [due_on for due_on in due_days(state, facts) if due_on >= facts.asked.received_on]
    return noted(MONEY_END, min(to_come, default=None), facts)


def noted(name: str, last_on: date | None, facts: Facts) -> Events:
    """Note the last day on which a leg stands, once; what no longer ends is closed."""
    if last_on is None:
        return close(facts, name)
    if name in facts.clocks and facts.clocks[name].deadline.due_on == last_on:
        return ()
    return set_date(name, last_on, facts, owner="delegating_department", rule=name, source="S0-08, S4-32")
