"""Payments to come are held while a report is long overdue, and go on with it.

Held money is not overdue: the clock of a held payment stands still, so it is neither missed nor a ground to let the
work stand still or to refuse it. What was due before stays due; base funds and pay floors are never held.

Source:
    ADMISSION §6, §8 item 21; dossier §4.1 T10, §10.16.
"""

from dataclasses import replace
from datetime import date

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts
from domain.kernel.limits import ClockEvents, close, resume, set_date, stop
from domain.kernel.periods import reckon
from domain.task_admission.events import PaymentHeld
from domain.task_admission.rules.parameters import (
    FUND_USE_REPORT,
    NEVER_HELD_FUND_SOURCES,
    PAYMENT_HOLD,
    PAYMENT_HOLD_AFTER,
)
from domain.task_admission.rules.payments import funds_limit, next_payment
from domain.task_admission.rules.quarters import SOURCE, Begun
from domain.task_admission.state import AdmissionState, ExitReview, FundsPending


def hold_day(report_due_on: date, state: FundsPending | Begun, facts: Facts) -> Events:
    """Note the day on which payments to come are held unless the report is there; none where all was paid out."""
    payments = enumerate(state.item.payments, start=1)
    if all(state.money.disbursed_for(number) >= each.amount_fen for number, each in payments):
        return ()
    after = facts.law[PAYMENT_HOLD_AFTER]
    on = reckon(after.value, report_due_on, facts.calendar).due_on
    return set_date(PAYMENT_HOLD, on, facts, owner="schedule", rule=PAYMENT_HOLD, source=after.source)


def hold(state: AdmissionState, facts: Facts) -> Events:
    """Hold the payments to come, where the report is still missing on that day; reported meanwhile is nothing new.

    A calendar published since may have moved the day: then it is waited for.
    """
    if not isinstance(state, Begun) or PAYMENT_HOLD not in facts.clocks or FUND_USE_REPORT.name not in facts.clocks:
        return NOTHING_NEW
    report_due_on = facts.clocks[FUND_USE_REPORT.name].deadline.due_on
    day = facts.asked.received_on
    if day < reckon(facts.law[PAYMENT_HOLD_AFTER].value, report_due_on, facts.calendar).due_on:
        is_moved = day >= facts.clocks[PAYMENT_HOLD].deadline.due_on
        return hold_day(report_due_on, state, facts) if is_moved else NOTHING_NEW
    over = close(facts, PAYMENT_HOLD)
    funding, tranches = state.application.funding, _to_come(day, state, facts)
    if funding is None or not tranches or funding.source in facts.law[NEVER_HELD_FUND_SOURCES].value:
        return over
    held = PaymentHeld(
        source=funding.source, purpose=funding.purpose, tranches=tranches, report_due_on=report_due_on, on=day
    )
    stopped = stop(facts, *(funds_limit(number) for number in tranches), reason=FUND_USE_REPORT.name)
    return held, *over, *stopped, *_next_payment(state, stopped, facts)


def _to_come(day: date, state: Begun, facts: Facts) -> tuple[int, ...]:
    """Number the payments that are not paid out and whose day is not past."""
    return tuple(
        number
        for number, payment in enumerate(state.item.payments, start=1)
        if state.money.disbursed_for(number) < payment.amount_fen and _is_ahead(funds_limit(number), day, facts)
    )


def _is_ahead(limit: str, day: date, facts: Facts) -> bool:
    return limit in facts.clocks and facts.clocks[limit].is_running and facts.clocks[limit].deadline.due_on >= day


def let_go(state: Begun, facts: Facts) -> Events:
    """Let the clocks of held payments run again; one whose day passed meanwhile is due on the day of the report."""
    resumed = resume(facts, *(funds_limit(number) for number in state.duties.held_tranches))
    return (*resumed, *_next_payment(state, resumed, facts)) if resumed else ()


def _next_payment(state: Begun, moved: ClockEvents, facts: Facts) -> Events:
    """Note the day of the next payment as it is once these clocks have moved."""
    if isinstance(state, ExitReview):
        return ()
    clocks = facts.clocks
    for number, event in enumerate(moved, start=facts.version + 1):
        clocks = clocks.evolve(event, number)
    return next_payment(state, replace(facts, clocks=clocks))


def check_not_held(tranche: int, facts: Facts) -> None:
    """Let a held payment not be made.

    Raises:
        Refused: `task_admission.payment_held`.
    """
    limit = funds_limit(tranche)
    if limit in facts.clocks and not facts.clocks[limit].is_running:
        since = facts.clocks[limit].stopped_on
        raise Refused("task_admission.payment_held", SOURCE, tranche=tranche, since=str(since))
