"""What was paid arrives whole, in the community's one account of this source, purpose and fiscal year.

S1e-28 (separate accounting); ADMISSION §5, §8 item 17; dossier §4.1 T8. The fiscal year is that of the day of receipt
in Shanghai.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.kernel.clock_events import DeadlineKept, DeadlineSet
from domain.task_admission.events import FundsReceived, TaskActivated
from tests.domain.task_admission.district import START, District, details, refusal
from tests.domain.task_admission.main_line import (
    AMOUNT,
    PAID_ON,
    after,
    approved,
    completed,
    disburse,
    empowered,
    leaving,
    received,
    settlement,
)
from tests.domain.task_admission.owed import HALVES, account, delivered, halfway, happened, in_parts, share

SOURCE = "S1e-28, dossier §4.1"
HALF = AMOUNT // 2
NEW_YEARS_EVE = datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)
"""The last second of 2026 in Shanghai."""
NEW_YEAR = NEW_YEARS_EVE + timedelta(seconds=1)
"""The first second of 2027 in Shanghai, when in UTC it is still 31 December."""


def on_its_way(**said) -> District:
    return after(empowered(), disburse(**said), "feng", PAID_ON)


def receipt(there: District | None = None, *, by: str = "ji", on: date = PAID_ON, received_at=None, **said):
    return (there or on_its_way()).answer(received(**said), by=by, on=on, received_at=received_at)


# --- the account
def test_what_arrives_stands_in_the_communitys_own_account():
    there = after(on_its_way(), received(), "ji", PAID_ON)
    event = happened(there, FundsReceived)
    assert (event.tranche, event.amount_fen, event.year, event.warnings) == (1, AMOUNT, 2026, ())
    assert share(there) == {
        account(2026, "available", owner="health"): -AMOUNT,
        account(2026, "available"): AMOUNT,
    }


@pytest.mark.parametrize(
    "said", [{"source": "special_funds"}, {"purpose": "road_repair"}, {"year": 2025}, {"year": 2027}]
)
def test_booked_in_any_other_account_it_is_refused(said):
    answer = receipt(**said)
    assert refusal(answer) == ("wrong_account", SOURCE)
    assert details(answer)["account"] == "department_budget/elder_meals/2026"


def test_on_the_last_instant_of_the_year_in_shanghai_it_belongs_to_that_year():
    assert receipt(received_at=NEW_YEARS_EVE, year=2026).events[0].year == 2026
    assert refusal(receipt(received_at=NEW_YEARS_EVE, year=2027))[0] == "wrong_account"


def test_on_the_first_instant_of_the_next_it_belongs_to_the_next_though_utc_still_says_december():
    assert NEW_YEAR.date() == date(2026, 12, 31)
    assert receipt(received_at=NEW_YEAR, year=2027).events[0].postings[1].account == account(2027, "available")
    assert details(receipt(received_at=NEW_YEAR, year=2026))["account"] == "department_budget/elder_meals/2027"


def test_a_receipt_shown_by_evidence_belongs_to_the_year_of_its_own_day():
    there = on_its_way()
    told = {"by": "ji", "on": date(2027, 1, 4), "act_on": date(2026, 12, 31), "evidence": "银行回单"}
    assert there.answer(received(year=2026), **told).events[0].on == date(2026, 12, 31)
    assert refusal(there.answer(received(year=2027), **told))[0] == "wrong_account"


# --- who and what
@pytest.mark.parametrize("by", ["wu", "ji"])
def test_the_director_or_a_member_of_the_committee_confirms_it(by):
    assert receipt(by=by).answer.outcome == "recorded"


@pytest.mark.parametrize("by", ["li", "feng", "deng", "zhou"])
def test_nobody_else_confirms_it(by):
    assert refusal(receipt(by=by)) == ("not_your_role", "dossier §3.1")


def test_a_voucher_that_paid_nothing_is_unknown():
    answer = receipt(voucher="V-2026-0002")
    assert refusal(answer) == ("voucher_unknown", SOURCE)
    assert details(answer)["voucher"] == "V-2026-0002"
    assert refusal(receipt(empowered()))[0] == "voucher_unknown"


@pytest.mark.parametrize("amount", [AMOUNT - 1, AMOUNT + 1])
def test_a_fen_more_or_less_than_was_paid_out_differs(amount):
    answer = receipt(amount_fen=amount)
    assert refusal(answer) == ("amount_differs", SOURCE)
    assert details(answer)["disbursed_fen"] == AMOUNT


def test_money_arrives_while_the_work_goes_on_and_after_the_term_until_it_is_settled():
    going_on = after(halfway(), disburse(tranche=2, amount_fen=HALF, voucher="V-2"), "feng", date(2027, 1, 4))
    said = {"voucher": "V-2", "amount_fen": HALF, "year": 2027}
    assert receipt(going_on, on=date(2027, 1, 5), **said).answer.phase == "active"
    over = leaving(going_on)
    assert receipt(over, on=date(2027, 6, 2), **said).answer.phase == "exit_review"


def test_once_it_is_settled_nothing_more_arrives():
    settled = after(after(leaving(), settlement(), "ji", date(2027, 6, 2)), settlement(), "feng", date(2027, 6, 3))
    assert settled.case.state.phase == "exit_review"
    assert refusal(receipt(settled, on=date(2027, 6, 4)))[0] == "wrong_phase"
    assert refusal(receipt(completed(), on=date(2027, 6, 8)))[0] == "case_closed"


def test_nothing_arrives_before_the_agreement_is_signed():
    assert refusal(receipt(approved()))[0] == "wrong_phase"


# --- whole, or short
def test_a_whole_payment_keeps_its_limit():
    events = receipt().events
    assert DeadlineKept(limit="funds/1", on=PAID_ON) in events


def test_one_fen_short_warns_by_how_much_and_the_limit_runs_on():
    answer = receipt(on_its_way(amount_fen=AMOUNT - 1), amount_fen=AMOUNT - 1)
    (event,) = answer.events
    assert [(each.code, each.details) for each in event.warnings] == [
        ("task_admission.tranche_short", {"tranche": 1, "missing_fen": 1})
    ]
    assert answer.answer.phase == "funds_pending"
    assert "funds/1" in answer.after.clocks


def test_one_fen_short_the_work_does_not_begin_and_the_fen_lets_it_begin():
    there = after(on_its_way(amount_fen=AMOUNT - 1), received(amount_fen=AMOUNT - 1), "ji", PAID_ON)
    there = after(there, disburse(amount_fen=1, voucher="V-2"), "feng", START)
    last = receipt(there, amount_fen=1, voucher="V-2", on=START)
    assert [type(each) for each in last.events] == [
        FundsReceived,
        DeadlineKept,
        TaskActivated,
        DeadlineKept,
        DeadlineSet,
        DeadlineSet,
    ]
    assert last.events[0].warnings == ()


def test_each_payment_has_its_own_limit():
    first = delivered(in_parts(), amount_fen=HALF)
    assert ("funds/1" in first.case.clocks, "funds/2" in first.case.clocks) == (False, True)
    assert first.case.clocks["funds/2"].deadline.due_on == HALVES[1].due_on


# --- once
def test_the_same_receipt_again_is_nothing_new():
    there = after(on_its_way(), received(), "ji", PAID_ON)
    assert receipt(there, by="wu", on=PAID_ON + timedelta(days=1)).answer.outcome == "nothing_new"


def test_told_again_in_the_next_year_it_is_still_the_receipt_of_its_day():
    there = after(on_its_way(), received(), "ji", PAID_ON)
    assert receipt(there, on=date(2027, 1, 4)).answer.outcome == "nothing_new"
    moved = receipt(there, on=date(2027, 1, 4), year=2027)
    assert (refusal(moved)[0], details(moved)["account"]) == ("wrong_account", "department_budget/elder_meals/2026")
