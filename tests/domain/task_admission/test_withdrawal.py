"""An application is taken back freely until both have signed; then no more (ADMISSION §3, §8 item 14)."""

from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineClosed
from domain.kernel.ledger import check
from domain.task_admission.commands import (
    BeginTask,
    ConfirmListed,
    ReferToConference,
    WithdrawApplication,
)
from domain.task_admission.events import ApplicationWithdrawn, FundsReleased, FundsReturned
from domain.task_admission.state import view
from tests.domain.task_admission.district import LISTED, START, District, a_form, appropriation, refusal
from tests.domain.task_admission.main_line import (
    AMOUNT,
    PAID_ON,
    SIGNED_ON,
    accepted,
    active,
    after,
    agreed,
    approved,
    disburse,
    leaving,
    name_people,
    paid,
    received,
    reviewed,
)
from tests.domain.task_admission.signing import signed_by_department

REASON = "另行安排"
REFERRED = after(District().submitted(a_form(needs_community=False)), ReferToConference(), "wang", date(2026, 3, 5))
LISTED_ITEM = after(District().submitted(LISTED), ConfirmListed(conditions="提供材料。"), "wang", date(2026, 3, 5))


def answer(there, by="li", on=SIGNED_ON):
    return there.answer(WithdrawApplication(reason=REASON), by=by, on=on)


BEFORE_THE_DECISION = {
    "draft": District().drafted(),
    "screening": District().submitted(),
    "consulting": accepted(),
    "review": reviewed(),
    "conference": REFERRED,
}


@pytest.mark.parametrize("there", BEFORE_THE_DECISION.values(), ids=BEFORE_THE_DECISION)
def test_before_the_decision_it_takes_no_more_than_a_word(there):
    answered = answer(there)
    assert answered.events[0] == ApplicationWithdrawn(reason=REASON)
    assert all(isinstance(each, DeadlineClosed) for each in answered.events[1:])
    assert (answered.after.state.phase, answered.after.clocks.lasting()) == ("withdrawn", ())


@pytest.mark.parametrize("there", [approved(), signed_by_department()], ids=["unsigned", "one signature"])
def test_between_the_decision_and_the_second_signature_the_reserve_is_free_again(there):
    answered = answer(there)
    released, withdrawn, *_ = answered.events
    assert isinstance(released, FundsReleased)
    check(released.postings)
    assert (released.amount_fen, released.because) == (AMOUNT, "withdrawn")
    assert withdrawn == ApplicationWithdrawn(reason=REASON)
    assert answered.after.state.before.money.held("reserved") == {}
    assert answered.after.clocks.lasting() == ()


def test_what_was_withdrawn_stands_on_no_checklist():
    shown = view(answer(approved()).after.state)
    assert (shown.keys, shown.work, shown.burden_hours) == ((), (), 0)


@pytest.mark.parametrize("there", [agreed(), paid(), active(), leaving()], ids=["agreed", "paid", "active", "leaving"])
def test_what_both_have_signed_is_not_withdrawn(there):
    assert refusal(answer(there, on=date(2027, 6, 1))) == ("wrong_phase", "dossier §4.1")


@pytest.mark.parametrize("by", ["ji", "wu", "wang", "zhou", "zhao"])
def test_nobody_but_the_applying_body_withdraws(by):
    assert refusal(answer(approved(), by=by))[0] == "not_your_role"


def test_what_was_withdrawn_stays_withdrawn():
    there = approved()
    assert refusal(answer(there.given(*answer(there).events))) == ("case_closed", "DESIGN §2")


# --- an item of the list, for which nobody signs
def listed_and_paid(*commands):
    there = after(LISTED_ITEM, disburse(), "feng", PAID_ON)
    for command, by in commands:
        there = after(there, command, by, PAID_ON)
    return there


def test_a_listed_item_is_taken_back_until_the_work_begins():
    answered = answer(LISTED_ITEM)
    assert answered.answer.events[:2] == ("FundsReleased", "ApplicationWithdrawn")
    assert (answered.after.state.phase, answered.after.clocks.lasting()) == ("withdrawn", ())
    assert answered.after.state.before.money.held("reserved") == {}


def test_money_on_its_way_is_called_back():
    answered = answer(listed_and_paid(), on=PAID_ON)
    money = answered.after.state.before.money
    assert [dict(money.held(pocket)) for pocket in ("reserved", "in_transit", "available")] == [{}, {}, {}]


def test_money_that_has_arrived_is_returned():
    answered = answer(listed_and_paid((received(), "ji")), on=PAID_ON)
    returned = answered.events[0]
    assert isinstance(returned, FundsReturned)
    check(returned.postings)
    money = answered.after.state.before.money
    assert money.held("available") == {appropriation(2026): -AMOUNT}
    assert sum(money.held("returned").values()) == AMOUNT


def test_its_vouchers_stay_used():
    shown = view(answer(listed_and_paid(), on=PAID_ON).after.state)
    assert shown.used_up == ("voucher:health:V-2026-0001",)


def test_a_listed_item_on_which_work_has_begun_is_not_withdrawn():
    there = listed_and_paid((received(), "ji"), (name_people(), "li"))
    begun = after(there, BeginTask(), "schedule", START)
    assert begun.case.state.phase == "active"
    assert refusal(answer(begun, on=START))[0] == "wrong_phase"
