"""Each quarter the committee signs what the ledger shows of the money; no figure is typed in (S1e-29; DL-05)."""

from datetime import date, timedelta

import pytest

from domain.kernel.clock_events import DeadlineKept, DeclareMissed
from domain.task_admission.commands.duties import FundUseLine
from domain.task_admission.events import FundUseReported
from domain.task_admission.state import view
from tests.domain.task_admission.district import details, refusal
from tests.domain.task_admission.main_line import AMOUNT, active, after, completed, leaving, paid
from tests.domain.task_admission.owed import happened, in_a_village, on_the_way_out
from tests.domain.task_admission.reporting import (
    FIRST_QUARTER,
    NEXT_DUE,
    NEXT_QUARTER,
    REPORT_DUE,
    report,
    reported,
    spent,
)
from tests.domain.task_admission.settling import check, line, proposed
from tests.domain.task_admission.standing_still import complained
from workflows.task_admission import TaskAdmissionWorkflow

PART = 1_000_000


def shown(opening, received, spent_fen):
    return FundUseLine(
        source="department_budget",
        purpose="elder_meals",
        year=2026,
        opening_fen=opening,
        received_fen=received,
        spent_fen=spent_fen,
        balance_fen=opening + received - spent_fen,
    )


def asked(there, command, by="ji", on=REPORT_DUE):
    return there.answer(command, by=by, on=on)


# --- the clock
def test_the_first_report_is_due_ten_working_days_after_the_quarter_in_which_the_work_began():
    clock = active().case.clocks["fund_use_report"]
    assert (clock.deadline.due_on, clock.deadline.rule, clock.deadline.kind) == (REPORT_DUE, "DL-05", "duty")
    assert (clock.owner, clock.organisation) == ("residents_committee", "harbour")


def test_a_villagers_committee_owes_it_too():
    assert in_a_village().case.clocks["fund_use_report"].owner == "villagers_committee"


def test_before_the_work_no_report_is_due():
    assert "fund_use_report" not in paid().case.clocks


def test_the_report_keeps_its_clock_and_opens_the_next():
    there = reported()
    assert DeadlineKept(limit="fund_use_report", on=REPORT_DUE) in there.history
    assert there.case.clocks["fund_use_report"].deadline.due_on == NEXT_DUE


def test_one_that_is_late_is_missed_the_day_after_and_may_still_come():
    on = REPORT_DUE + timedelta(1)
    assert (
        asked(active(), DeclareMissed(limit="fund_use_report"), "schedule", REPORT_DUE).answer.outcome == "nothing_new"
    )
    there = after(active(), DeclareMissed(limit="fund_use_report"), "schedule", on)
    assert there.case.clocks["fund_use_report"].is_missed
    assert asked(there, report(), on=on).answer.outcome == "recorded"


def test_it_runs_on_while_the_work_stands_still_and_after_it():
    assert complained().case.clocks["fund_use_report"].is_running
    assert leaving().case.clocks["fund_use_report"].is_running


def test_it_rings_one_timer_and_none_is_polled():
    rings = TaskAdmissionWorkflow.LIFECYCLE.wake_ups(active().case)
    names = [each.command for each in rings if each.body.get("limit") == "fund_use_report"]
    assert names == ["RemindOwner", "RemindOwner", "DeclareMissed"]


def test_the_settlement_ends_it():
    assert "fund_use_report" not in completed().case.clocks
    there = proposed(on_the_way_out(), line(spent_fen=AMOUNT))
    assert "fund_use_report" in there.case.clocks
    assert "fund_use_report" not in there.given(*check(there, line(spent_fen=AMOUNT)).events).case.clocks


# --- the figures
def test_the_figures_are_the_ledgers():
    assert happened(reported(), FundUseReported).lines == (shown(0, AMOUNT, PART),)


def test_the_next_quarter_begins_with_what_the_last_one_left():
    there = spent(reported(), 500_000, date(2026, 8, 3), voucher="H-2")
    again = reported(there, date(2026, 10, 9), NEXT_QUARTER)
    assert happened(again, FundUseReported).lines == (shown(AMOUNT - PART, 0, 500_000),)


def test_what_was_spent_after_the_quarter_is_not_in_it():
    there = spent(spent(), 7, date(2026, 7, 1), voucher="H-2")
    assert happened(reported(there), FundUseReported).lines == (shown(0, AMOUNT, PART),)


def test_what_is_booked_late_stands_in_the_next_report():
    there = spent(reported(), 300, date(2026, 6, 29), voucher="H-9")
    again = reported(there, date(2026, 10, 9), NEXT_QUARTER)
    assert happened(again, FundUseReported).lines == (shown(AMOUNT - PART, 0, 300),)


@pytest.mark.parametrize("figure", ["opening_fen", "received_fen", "spent_fen", "balance_fen"])
def test_a_figure_that_differs_by_a_fen_is_not_the_ledgers(figure):
    right = shown(0, AMOUNT, PART)
    seen = right.model_copy(update={figure: getattr(right, figure) + 1})
    refused = asked(spent(), report(lines=(seen,)))
    assert refusal(refused)[0] == "figures_not_from_ledger"
    assert details(refused)["ledger"] == [f"department_budget/elder_meals/2026: {AMOUNT - PART}"]


def test_the_figures_that_were_seen_may_be_signed():
    assert asked(spent(), report(lines=(shown(0, AMOUNT, PART),))).answer.outcome == "recorded"
    assert refusal(asked(spent(), report(lines=())))[0] == "figures_not_from_ledger"


# --- the turn
def test_a_quarter_that_is_not_over_is_not_reported_on():
    assert refusal(asked(active(), report(), on=FIRST_QUARTER))[0] == "quarter_not_over"
    assert asked(active(), report(), on=FIRST_QUARTER + timedelta(1)).answer.outcome == "recorded"


@pytest.mark.parametrize("day", [date(2026, 6, 29), date(2026, 3, 31)])
def test_a_day_that_ends_no_quarter_of_the_work_is_refused(day):
    refused = asked(active(), report(day))
    assert (refusal(refused)[0], details(refused)["quarter_end"]) == ("no_such_quarter", "2026-06-30")


def test_the_quarters_come_in_turn():
    refused = asked(active(), report(NEXT_QUARTER), on=NEXT_DUE)
    assert (refusal(refused)[0], details(refused)["expected"]) == ("quarter_out_of_turn", "2026-06-30")


def test_a_quarter_is_reported_on_once():
    assert asked(reported(), report()).answer.outcome == "nothing_new"
    assert refusal(asked(reported(), report(lines=())))[0] == "figures_not_from_ledger"


def test_only_the_committee_reports_and_only_on_work_that_has_begun():
    assert refusal(asked(active(), report(), by="li"))[0] == "not_your_role"
    assert refusal(asked(paid(), report()))[0] == "wrong_phase"


def test_it_waits_for_the_committee_with_its_last_figures():
    (work,) = (each for each in view(reported().case.state).work if each.task == "report_fund_use")
    assert (work.role, work.organisation, work.limit) == ("residents_committee", "harbour", "fund_use_report")
    assert work.since == FIRST_QUARTER
