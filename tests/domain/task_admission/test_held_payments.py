"""Payments to come are held while a report is long late; held money is not overdue (ADMISSION §6, §8.21)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.kernel.clock_events import DeclareMissed
from domain.task_admission.application import Tranche
from domain.task_admission.commands import BeginTask, EndTerm, HoldNextTranche, RecheckProof, RefuseTask
from domain.task_admission.events import PaymentHeld, TaskSuspended
from domain.task_admission.state import view
from tests.domain.task_admission.changed_packs import with_value
from tests.domain.task_admission.district import START, refusal
from tests.domain.task_admission.main_line import AMOUNT, active, after, disburse, empowered
from tests.domain.task_admission.owed import delivered, halfway, happened, in_parts
from tests.domain.task_admission.reporting import HELD_ON, NEXT_DUE, SECOND_DUE, held, late, report, reported
from tests.domain.task_admission.standing_still import suspend
from workflows.task_admission import TaskAdmissionWorkflow

HALF = AMOUNT // 2
AFTER_DUE = SECOND_DUE + timedelta(1)


def asked(there, command, by="schedule", on=HELD_ON):
    return there.answer(command, by=by, on=on)


# --- when
def test_it_is_held_on_the_tenth_working_day_after_the_day_of_the_report():
    assert halfway().case.clocks["payment_hold"].deadline.due_on == HELD_ON
    assert asked(late(), HoldNextTranche(), on=HELD_ON - timedelta(1)).answer.outcome == "nothing_new"
    event = happened(held(), PaymentHeld)
    assert (event.purpose, event.tranches, event.report_due_on) == ("elder_meals", (2,), date(2026, 7, 14))


def test_the_schedule_holds_it_at_the_first_instant_of_that_day():
    rings = TaskAdmissionWorkflow.LIFECYCLE.wake_ups(late().case)
    (ring,) = (each for each in rings if each.command == "HoldNextTranche")
    assert ring.at.isoformat() == "2026-07-27T16:00:00+00:00"


def test_it_is_the_day_on_which_the_miss_climbs_for_the_last_time():
    assert late().case.clocks["fund_use_report"].ladder[-1] == HELD_ON


def test_reported_meanwhile_nothing_is_held():
    assert "payment_hold" in reported(late(), date(2026, 7, 20)).case.clocks
    assert asked(reported(late(), date(2026, 7, 20)), HoldNextTranche()).answer.outcome == "nothing_new"


def test_an_item_that_was_paid_in_full_has_nothing_to_hold():
    assert "payment_hold" not in active().case.clocks
    assert asked(active(), HoldNextTranche()).answer.outcome == "nothing_new"


def test_nobody_holds_it_in_person():
    assert refusal(asked(late(), HoldNextTranche(), by="feng"))[0] == "not_your_role"


def test_it_is_held_once():
    assert asked(held(), HoldNextTranche(), on=HELD_ON + timedelta(1)).answer.outcome == "nothing_new"


def test_base_funds_and_pay_floors_are_never_held():
    there = late()
    there = replace(there, packs=(with_value("never_held_fund_sources", ["department_budget"]),))
    answered = asked(there, HoldNextTranche())
    assert [type(each).__name__ for each in answered.events] == ["DeadlineClosed"]


def test_a_payment_that_was_due_before_stays_due():
    there = late(in_parts_due_in_july())
    assert asked(there, HoldNextTranche()).after.clocks["funds/2"].is_running


# --- what it does
def test_a_held_payment_is_not_made():
    refused = asked(held(), disburse(tranche=2, amount_fen=HALF, voucher="V-2"), by="feng", on=date(2026, 8, 3))
    assert refusal(refused)[0] == "payment_held"


def test_held_money_is_not_missed():
    assert asked(held(), DeclareMissed(limit="funds/2"), on=AFTER_DUE).answer.outcome == "nothing_new"
    assert not [each for each in TaskAdmissionWorkflow.LIFECYCLE.wake_ups(held().case) if "funds/2" in each.id]


def test_held_money_lets_no_work_stand_still():
    there = after_if_new(held(), RecheckProof(because="money_end"), AFTER_DUE)
    assert there.case.state.phase == "active"
    refused = asked(held(), suspend("funds_overdue"), by="ji", on=AFTER_DUE)
    assert refusal(refused)[0] == "cause_not_shown"


def test_held_money_gives_no_right_to_refuse():
    there = after(held(), suspend(), "ji", date(2026, 8, 3))
    refused = asked(there, RefuseTask(leg="money", reasons="未拨付。"), by="ji", on=AFTER_DUE)
    assert refusal(refused)[0] == "nothing_overdue"


def test_it_waits_for_nobody_to_pay_while_it_is_held():
    assert "pay_tranche/2" in {each.task for each in view(late().case.state).work}
    assert "pay_tranche/2" not in {each.task for each in view(held().case.state).work}
    assert held().case.state.duties.held_tranches == (2,)


# --- and how it ends
def test_the_report_lets_it_go_on_to_its_day():
    there = reported(held(), date(2026, 8, 3))
    clock = there.case.clocks["funds/2"]
    assert (clock.is_running, clock.deadline.due_on) == (True, SECOND_DUE)
    assert there.case.clocks["money_end"].deadline.due_on == SECOND_DUE
    assert there.case.state.duties.held == ()
    paid = asked(there, disburse(tranche=2, amount_fen=HALF, voucher="V-2"), by="feng", on=date(2026, 8, 4))
    assert paid.answer.outcome == "recorded"


def test_one_whose_day_passed_is_due_on_the_day_of_the_report_and_overdue_after_it():
    on = date(2027, 1, 11)
    there = reported(held(), on)
    assert there.case.clocks["funds/2"].deadline.due_on == on
    assert after_if_new(there, RecheckProof(because="money_end"), on).case.state.phase == "active"
    suspended = asked(there, RecheckProof(because="money_end"), on=on + timedelta(1))
    assert isinstance(suspended.events[1], TaskSuspended)


def test_it_is_held_on_after_the_term_and_let_go_by_the_report():
    there = after(held(), EndTerm(), "schedule", date(2027, 6, 1))
    assert not there.case.clocks["funds/2"].is_running
    assert reported(there, date(2027, 6, 2)).case.clocks["funds/2"].is_running


def test_a_second_late_report_holds_it_again():
    there = reported(held(), date(2026, 8, 3))
    again = there.case.clocks["payment_hold"].deadline.due_on
    assert again == date(2026, 11, 3)
    assert happened(after(there, HoldNextTranche(), "schedule", again), PaymentHeld).tranches == (2,)


@pytest.mark.parametrize("on", [date(2026, 7, 20), HELD_ON])
def test_a_report_before_or_after_the_hold_opens_the_next_one(on):
    there = late() if on < HELD_ON else held()
    assert asked(there, report(), by="ji", on=on).after.clocks["fund_use_report"].deadline.due_on == NEXT_DUE


def after_if_new(there, command, on):
    return there.given(*asked(there, command, on=on).events)


def in_parts_due_in_july():
    first = delivered(
        empowered(in_parts(Tranche(amount_fen=HALF, due_on=START), Tranche(amount_fen=HALF, due_on=date(2026, 7, 20)))),
        amount_fen=HALF,
    )
    return after(first, BeginTask(), "schedule", START)
