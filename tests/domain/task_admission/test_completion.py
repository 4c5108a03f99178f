"""An item leaves the checklist when it was decided, accepted, confirmed and settled, in any order of the parts.

Dossier §4.1 (→completed), §3.4 (reasons); DL-55, DL-56; ADMISSION §7, §8 item 23.
"""

from datetime import date
from itertools import permutations

import pytest

from domain.kernel.clock_events import DeadlineKept, DeclareMissed
from domain.kernel.followups import ServeNotice
from domain.task_admission.commands import AcceptCompletion, ConfirmCompletion, DecideExit
from domain.task_admission.events import CompletionRefused, TaskCompleted
from tests.domain.task_admission.district import START, District, refusal, seat
from tests.domain.task_admission.main_line import (
    active,
    after,
    completed,
    confirmed,
    decided,
    leaving,
    paid,
    settlement,
)
from tests.domain.task_admission.owed import in_a_village, with_seats
from workflows.task_admission import TaskAdmissionWorkflow

DAY = date(2027, 6, 3)
NOT_DONE = "四月以来未送餐。"
PARTS = {
    "decided": ((DecideExit(outcome="complete"), "zhou"),),
    "accepted": ((AcceptCompletion(), "li"),),
    "confirmed": ((ConfirmCompletion(), "ji"),),
    "settled": ((settlement(), "ji"), (settlement(), "feng")),
}


def with_parts(*parts: str) -> District:
    there = leaving()
    for part in parts:
        for command, by in PARTS[part]:
            there = after(there, command, by, DAY)
    return there


# --- in any order
@pytest.mark.parametrize("order", list(permutations(PARTS)), ids="-".join)
def test_it_is_completed_by_the_last_part_whichever_that_is(order):
    almost = with_parts(*order[:-1])
    assert almost.case.state.phase == "exit_review"
    there = with_parts(*order)
    assert there.case.state.phase == "completed"
    assert TaskCompleted(on=DAY) in there.history[len(almost.history) :]
    assert there.case.clocks.lasting() == ()


@pytest.mark.parametrize("missing", PARTS)
def test_without_any_one_part_it_is_not(missing):
    assert with_parts(*(each for each in PARTS if each != missing)).case.state.phase == "exit_review"


def test_both_sides_hear_that_it_is_completed():
    answer = with_parts("decided", "accepted", "settled").answer(ConfirmCompletion(), by="ji", on=DAY)
    told = [each for each in TaskAdmissionWorkflow.LIFECYCLE.follow_ups(answer) if isinstance(each, ServeNotice)]
    assert {(each.notice, each.to_organisation) for each in told} == {
        ("task_completed", "health"),
        ("task_completed", "harbour"),
    }


def test_nothing_follows_once_it_is():
    for command, by in (pair for part in PARTS.values() for pair in part):
        assert refusal(completed().answer(command, by=by, on=date(2027, 6, 8)))[0] == "case_closed"


# --- the exit decision
def test_the_decision_keeps_its_limit_and_opens_that_of_the_settlement():
    answer = leaving().answer(DecideExit(outcome="complete"), by="zhou", on=date(2027, 6, 2))
    event, kept, opened = answer.events
    assert (event.outcome, event.by) == ("complete", "zhou")
    assert kept == DeadlineKept(limit="exit_decision", on=date(2027, 6, 2))
    assert (opened.limit, opened.owner, opened.organisation) == ("settlement", "residents_committee", "harbour")
    assert opened.deadline.due_on == date(2027, 6, 17)


def test_in_a_village_the_settlement_is_the_villagers_committees_duty():
    there = leaving(in_a_village())
    opened = there.answer(DecideExit(outcome="complete"), by="zhou", on=DAY).events[-1]
    assert (opened.owner, opened.organisation) == ("villagers_committee", "fields")


def test_decided_again_is_nothing_new():
    assert decided().answer(DecideExit(outcome="complete"), by="zhou", on=DAY).answer.outcome == "nothing_new"


def test_decided_late_it_stays_missed():
    late = date(2027, 6, 24)
    there = after(leaving(), DeclareMissed(limit="exit_decision"), "schedule", late)
    assert there.case.state.phase == "exit_review"
    there = after(there, DecideExit(outcome="complete"), "zhou", late)
    assert there.case.clocks["exit_decision"].state == "missed"


def test_once_settled_no_further_period_for_the_settlement_is_opened():
    there = with_parts("settled", "decided")
    assert "settlement" not in there.case.clocks.by_name


@pytest.mark.parametrize("by", ["li", "ji", "feng", "wang"])
def test_only_the_approver_decides(by):
    assert refusal(leaving().answer(DecideExit(outcome="complete"), by=by, on=DAY)) == ("not_your_role", "dossier §3.1")


# --- acceptance and confirmation
OTHERS = [
    *((AcceptCompletion(), other) for other in ("wu", "he", "zhou")),
    *((ConfirmCompletion(), other) for other in ("li", "deng", "zhou")),
]


@pytest.mark.parametrize(("command", "by"), OTHERS)
def test_the_department_accepts_and_the_community_confirms_and_nobody_else(command, by):
    assert refusal(decided().answer(command, by=by, on=DAY)) == ("not_your_role", "dossier §3.1")


@pytest.mark.parametrize(("command", "by"), [(AcceptCompletion(), "chen"), (ConfirmCompletion(), "wu")])
def test_the_head_or_the_director_may_do_it(command, by):
    assert decided().answer(command, by=by, on=DAY).answer.outcome == "recorded"


def test_once_said_it_is_nothing_new():
    there = confirmed()
    assert there.answer(AcceptCompletion(), by="chen", on=DAY).answer.outcome == "nothing_new"
    assert there.answer(ConfirmCompletion(), by="wu", on=DAY).answer.outcome == "nothing_new"


SAYING_NO = [
    (AcceptCompletion(accepted=False, reasons=NOT_DONE), "li", "department"),
    (ConfirmCompletion(confirmed=False, reasons=NOT_DONE), "ji", "community"),
]


@pytest.mark.parametrize(("command", "by", "side"), SAYING_NO)
def test_saying_no_needs_reasons_and_is_recorded_with_them(command, by, side):
    blank = command.model_copy(update={"reasons": None})
    assert refusal(decided().answer(blank, by=by, on=DAY)) == ("reasons_missing", "dossier §3.4")
    (event,) = decided().answer(command, by=by, on=DAY).events
    assert event == CompletionRefused(side=side, reasons=NOT_DONE, by=by, on=DAY)


@pytest.mark.parametrize(("command", "by", "side"), SAYING_NO)
def test_saying_no_again_for_the_same_reasons_is_nothing_new_and_for_others_it_is(command, by, side):
    there = after(decided(), command, by, DAY)
    assert there.answer(command, by=by, on=DAY).answer.outcome == "nothing_new"
    other = command.model_copy(update={"reasons": "台账不全。"})
    assert there.answer(other, by=by, on=DAY).events[0].side == side


@pytest.mark.parametrize(("command", "by", "side"), SAYING_NO)
def test_the_last_word_of_a_side_counts(command, by, side):
    """Who said that the work is not done has not accepted it, whatever he said before; and may accept it after all."""
    refused = after(confirmed(), command, by, DAY)
    still_open = after(after(refused, settlement(), "ji", DAY), settlement(), "feng", DAY)
    assert still_open.case.state.phase == "exit_review"
    assert bool(still_open.case.state.accepted) != bool(still_open.case.state.confirmed)
    agreed_after_all = type(command)()
    assert still_open.answer(agreed_after_all, by=by, on=DAY).answer.phase == "completed"
    assert [each.side for each in refused.case.state.refusals] == [side]


@pytest.mark.parametrize(("command", "by", "side"), SAYING_NO)
def test_saying_no_once_more_after_a_yes_is_new_for_the_same_reasons(command, by, side):
    there = after(after(decided(), command, by, DAY), type(command)(), by, DAY)
    (event,) = there.answer(command, by=by, on=DAY).events
    assert (event.side, event.reasons) == (side, NOT_DONE)


# --- too early
@pytest.mark.parametrize("there", [paid, active])
@pytest.mark.parametrize("part", ["decided", "accepted", "confirmed"])
def test_none_of_it_is_said_before_the_term_is_over(there, part):
    ((command, by),) = PARTS[part]
    # Of work that goes on the end may be decided, once a review or a side asks for it.
    code = "no_cause" if (there, part) == (active, "decided") else "wrong_phase"
    assert refusal(there().answer(command, by=by, on=START)) == (code, "dossier §4.1")


# --- nobody decides on his own organisation's item
def test_the_approver_does_not_decide_on_his_own_organisations_item():
    both = with_seats(leaving(), seat("zhou", "health", "delegating_department"))
    assert refusal(both.answer(DecideExit(outcome="complete"), by="zhou", on=DAY))[0] == "substitute_needed"
    own = with_seats(leaving(), seat("bai", "health", "approver"))
    assert refusal(own.answer(DecideExit(outcome="complete"), by="bai", on=DAY)) == ("own_application", "dossier §3.1")
