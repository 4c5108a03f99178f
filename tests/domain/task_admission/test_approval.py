"""An item is admitted when everything it was handed in with is still true on that day (dossier §4.1; ADMISSION §4)."""

from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineKept, DeclareMissed
from domain.task_admission.application import Term
from domain.task_admission.events import AdmissionApproved, FundsReserved
from domain.task_admission.state import AgreementPending, view
from tests.domain.task_admission.changed_packs import with_grade
from tests.domain.task_admission.district import START, District, a_form, appropriation, details, refusal
from tests.domain.task_admission.main_line import (
    AMOUNT,
    APPROVED_ON,
    END,
    SCOPE,
    accepted,
    after,
    approve,
    approved,
    reviewed,
)


def answer(there=None, by="zhou", on=APPROVED_ON, **said):
    return (there or reviewed()).answer(approve(**said), by=by, on=on)


def test_the_decision_names_number_scope_term_amount_conditions_and_method():
    answered = answer(conditions="每半年复核名单。")
    assert answered.events[0] == AdmissionApproved(
        decision_no="东准〔2026〕12号",
        scope=SCOPE,
        term=Term(start_on=START, end_on=END),
        amount_fen=AMOUNT,
        conditions="每半年复核名单。",
        evaluation_method="每季度入户回访。",
        by="zhou",
        on=APPROVED_ON,
    )
    assert isinstance(answered.after.state, AgreementPending)


def test_the_money_is_set_aside_in_the_same_answer():
    reserved = answer().events[1]
    assert isinstance(reserved, FundsReserved)
    assert reserved.amount_fen == AMOUNT
    state = answer().after.state
    assert state.money.held("reserved") == {appropriation(2026).turned("reserved"): AMOUNT}


def test_the_decision_is_kept_and_both_sides_have_thirty_days_to_sign():
    answered = answer()
    assert DeadlineKept(limit="decision", on=APPROVED_ON) in answered.events
    assert answered.after.clocks.lasting() == ("signature", "disclosure")
    signature = answered.after.clocks["signature"]
    assert (signature.deadline.due_on, signature.deadline.rule, signature.deadline.kind, signature.owner) == (
        date(2026, 4, 9),
        "DL-09",
        "forfeiture",
        "both_parties",
    )


def test_thirty_days_that_end_on_a_day_of_rest_end_on_the_next_working_day():
    late = answer(on=date(2026, 3, 6))
    assert late.after.clocks["signature"].deadline.due_on == date(2026, 4, 7)


def test_from_the_approval_on_the_item_stands_on_the_checklist_and_weighs_on_the_community():
    before, shown = view(reviewed().case.state), view(answer().after.state)
    assert (before.keys, before.burden_hours) == ((), 0)
    assert shown.keys[:2] == ("item:harbour:L-RC25:10.3:elder_meals", "burden:harbour")
    assert shown.burden_hours == 40


def test_a_decision_after_its_last_day_is_taken_and_the_miss_stays():
    late = date(2026, 3, 27)
    on_time = reviewed().answer(DeclareMissed(limit="decision"), by="schedule", on=date(2026, 3, 26))
    assert on_time.answer.outcome == "nothing_new"
    missed = after(reviewed(), DeclareMissed(limit="decision"), "schedule", late)
    assert missed.case.state.phase == "under_review"
    assert answer(missed, on=late).after.clocks["decision"].state == "missed"


# --- what the decision must say
@pytest.mark.parametrize("field", ["decision_no", "term", "evaluation_method"])
def test_each_blank_of_the_decision_is_named(field):
    answered = answer(**{field: None})
    assert refusal(answered) == ("incomplete_decision", "dossier §4.1")
    assert details(answered)["fields"] == [field]


def test_a_decision_without_a_scope_admits_nothing():
    assert details(answer(scope=()))["fields"] == ["scope"]


@pytest.mark.parametrize(
    ("term", "outcome"),
    [
        (Term(start_on=START, end_on=END), "recorded"),
        (Term(start_on=date(2026, 6, 2), end_on=date(2027, 5, 30)), "recorded"),
        (Term(start_on=date(2026, 5, 31), end_on=END), "refused"),
        (Term(start_on=START, end_on=date(2027, 6, 1)), "refused"),
    ],
)
def test_the_decision_stays_within_the_term_that_was_applied_for(term, outcome):
    assert answer(term=term).answer.outcome == outcome


def test_what_goes_beyond_the_application_by_a_day_is_refused():
    answered = answer(term=Term(start_on=START, end_on=date(2027, 6, 1)))
    assert refusal(answered) == ("beyond_application", "dossier §4.1")
    assert (details(answered)["start_on"], details(answered)["end_on"]) == ("2026-06-01", "2027-05-31")


# --- the day
def test_an_item_is_admitted_on_its_first_day_and_not_after_it():
    assert answer(on=START).answer.outcome == "recorded"
    answered = answer(on=date(2026, 6, 2))
    assert refusal(answered) == ("start_before_decision", "dossier §4.1")
    assert (details(answered)["start_on"], details(answered)["decided_on"]) == ("2026-06-01", "2026-06-02")


def test_a_decision_that_lets_the_work_begin_later_comes_in_time():
    later = Term(start_on=date(2026, 6, 2), end_on=END)
    assert answer(on=date(2026, 6, 2), term=later).answer.outcome == "recorded"


# --- who, when
def test_without_finance_nothing_is_approved():
    heard = District(history=tuple(each for each in reviewed().history if type(each).__name__ != "FundsCountersigned"))
    assert refusal(answer(heard)) == ("funds_not_countersigned", "dossier §4.1")


@pytest.mark.parametrize("there", [accepted(), District().submitted()], ids=["consulting", "screening"])
def test_nothing_is_approved_before_the_community_was_heard(there):
    assert refusal(answer(there))[0] == "wrong_phase"


@pytest.mark.parametrize("by", ["li", "wang", "zheng", "feng", "ji", "schedule"])
def test_nobody_but_the_approver_decides(by):
    assert refusal(answer(by=by)) == ("not_your_role", "dossier §3.1")


def test_approving_the_same_again_is_nothing_new_and_anything_else_is_too_late():
    assert answer(approved()).answer.outcome == "nothing_new"
    assert refusal(answer(approved(), decision_no="东准〔2026〕13号"))[0] == "wrong_phase"
    assert refusal(answer(approved(), scope=SCOPE[:1]))[0] == "wrong_phase"


def test_what_was_only_warned_of_is_recorded_in_the_decision():
    there = District(packs=(with_grade("term_maximum", "draft"),))
    answered = answer(reviewed(accepted(a_form(end_on=date(2040, 1, 1)), there)))
    assert [each.code for each in answered.events[0].warnings] == ["task_admission.term_too_long"]
    assert answered.answer.warnings == answered.events[0].warnings
