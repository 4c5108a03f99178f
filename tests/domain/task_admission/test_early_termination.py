"""A side ends an item before its term with the notice that the agreement names; to its last day the item stands.

S2-08 (exit clause); dossier §4.1; ADMISSION §7; L-RC25:40¶2.
"""

from datetime import date, timedelta

import pytest

from domain.task_admission.commands import DecideExit, EndTerm, RecheckProof
from domain.task_admission.events import EarlyTerminationRequested, TermEnded
from domain.task_admission.state import view
from tests.domain.task_admission.district import District, details, refusal
from tests.domain.task_admission.ending import (
    DECIDED_ON,
    renew,
    renewed,
    request_end,
    reviewed_at_the_end,
    signed_with_notice,
    to_be_renewed,
)
from tests.domain.task_admission.main_line import END, active, after, agreed, leaving
from tests.domain.task_admission.standing_still import listed_at_work

ON, NOTICE = date(2026, 9, 1), 30
EARLIEST = ON + timedelta(days=NOTICE)
SOONER = date(2027, 5, 20)
"""A day in the last month of the term."""


def ended_sooner(there: District) -> District:
    """Give an item of whose end something was decided, ended by the community a few days sooner."""
    asked = after(there, request_end(SOONER), "ji", date(2027, 5, 13))
    return after(asked, EndTerm(), "schedule", SOONER + timedelta(days=1))


@pytest.mark.parametrize(("by", "side"), [("li", "department"), ("ji", "community"), ("wu", "community")])
def test_either_side_ends_it_on_a_day_that_it_names_in_time(by, side):
    answered = signed_with_notice(NOTICE).answer(request_end(EARLIEST), by=by, on=ON)
    assert answered.events[0] == EarlyTerminationRequested(
        side=side, ends_on=EARLIEST, reasons="人手不足。", by=by, on=ON
    )
    clocks = answered.after.clocks
    assert (clocks["term_end"].deadline.due_on, "term_review" in clocks) == (EARLIEST, False)
    assert "exit_decision" in clocks
    assert answered.after.state.phase == "active"


def test_a_day_too_soon_is_refused_with_the_earliest_one():
    answered = signed_with_notice(NOTICE).answer(request_end(EARLIEST - timedelta(days=1)), by="ji", on=ON)
    assert refusal(answered) == ("notice_too_short", "S2-08, dossier §4.1")
    assert details(answered) == {"notice_days": NOTICE, "earliest_end_on": "2026-10-01"}


def test_where_the_agreement_names_no_days_any_day_to_come_is_in_time():
    assert active().answer(request_end(ON), by="ji", on=ON).answer.outcome == "recorded"
    assert refusal(active().answer(request_end(ON - timedelta(days=1)), by="ji", on=ON))[0] == "notice_too_short"
    assert refusal(active().answer(request_end(None), by="ji", on=ON))[0] == "notice_too_short"


def test_it_needs_reasons():
    assert refusal(active().answer(request_end(EARLIEST, None), by="ji", on=ON))[0] == "reasons_missing"


def test_a_statutory_duty_the_community_cannot_end_and_the_department_can():
    assert refusal(listed_at_work().answer(request_end(EARLIEST), by="ji", on=ON))[0] == "statutory_duty"
    assert listed_at_work().answer(request_end(EARLIEST), by="li", on=ON).answer.outcome == "recorded"


def test_to_its_last_day_the_legs_are_looked_at_and_on_the_day_after_it_is_over():
    there = after(active(), request_end(EARLIEST), "ji", ON)
    gone = there.answer(EndTerm(), by="schedule", on=EARLIEST)
    assert gone.events == ()
    over = there.answer(EndTerm(), by="schedule", on=EARLIEST + timedelta(days=1))
    assert over.events[0] == TermEnded(last_on=EARLIEST)
    assert (over.after.state.phase, over.after.state.since) == ("exit_review", EARLIEST)
    assert there.answer(RecheckProof(because="directory"), by="linked_case", on=END).events == ()


def test_no_later_day_takes_the_place_of_the_one_that_stands_and_an_earlier_one_does():
    there = after(active(), request_end(EARLIEST), "ji", ON)
    assert there.answer(request_end(EARLIEST), by="li", on=ON).answer.outcome == "nothing_new"
    assert active().answer(request_end(END), by="li", on=ON).answer.outcome == "nothing_new"
    sooner = after(there, request_end(EARLIEST - timedelta(days=5)), "li", ON)
    assert sooner.case.clocks["term_end"].deadline.due_on == EARLIEST - timedelta(days=5)


def test_the_authority_has_to_decide_on_it():
    assert "decide_exit" in [
        each.task for each in view(after(active(), request_end(EARLIEST), "ji", ON).case.state).work
    ]


def test_what_was_decided_of_the_end_of_the_term_is_decided_again():
    completed = after(reviewed_at_the_end(), DecideExit(outcome="complete"), "zhou", DECIDED_ON)
    there = ended_sooner(completed)
    assert there.case.state.outcome is None
    decided = there.answer(DecideExit(outcome="terminate"), by="zhou", on=date(2027, 5, 22))
    assert decided.after.state.is_terminated
    assert "exit_decision" not in decided.after.clocks


def test_what_is_ended_early_is_not_carried_on_though_that_was_looked_at_before():
    there = after(to_be_renewed(), request_end(SOONER), "ji", date(2027, 5, 11))
    assert there.answer(renew(), by="zhou", on=date(2027, 5, 12)).answer.outcome == "refused"
    answered = there.answer(DecideExit(outcome="review_renewal"), by="zhou", on=date(2027, 5, 12))
    assert refusal(answered)[0] == "new_application_needed"


def test_a_renewal_decided_before_stands_and_the_old_item_ends_by_a_decision_of_its_own():
    there = ended_sooner(renewed())
    assert there.case.state.phase == "exit_review"
    decided = there.answer(DecideExit(outcome="terminate"), by="zhou", on=date(2027, 5, 22))
    assert decided.after.state.is_terminated
    assert there.case.state.renewals


@pytest.mark.parametrize("there", [agreed, leaving])
def test_only_what_is_at_work_is_ended_early(there):
    assert refusal(there().answer(request_end(date(2027, 7, 1)), by="ji", on=date(2027, 6, 1)))[0] == "wrong_phase"
