"""When every cause is cured the work goes on: by the record's finding or the authority's word; else it is decided.

DL-51, DL-55; ADMISSION §6 (ResumeTask, EndCure), §8 items 20, 22 and 23; S0-08, S4-32.
"""

from dataclasses import replace
from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineLapsed
from domain.task_admission.commands import DecideExit, EndCure, EndTerm, RecheckProof
from domain.task_admission.events import CureFailed, TaskExited, TaskResumed
from domain.task_admission.state import Terminated, view
from tests.domain.task_admission.district import LISTS, District, details, refusal, seat
from tests.domain.task_admission.main_line import (
    END,
    active,
    after,
    disburse,
    name_people,
    received,
    settlement,
)
from tests.domain.task_admission.owed import delivered, halfway, share, with_seats, without_seats
from tests.domain.task_admission.settling import HALF
from tests.domain.task_admission.standing_still import (
    CURE_ENDS,
    LOST_ON,
    NAMED_ON,
    ONE_DAY,
    complained,
    empower_again,
    given_up,
    listed_at_work,
    resume,
    suspend,
    without_entry,
    without_mandate,
)
from workflows.task_admission import TaskAdmissionWorkflow

CURED_ON = date(2027, 1, 6)
DUE_ON = date(2027, 1, 4)


def without_money() -> District:
    return after(halfway(), RecheckProof(because="money_end"), "schedule", DUE_ON + ONE_DAY)


# --- by itself
def test_what_the_record_alone_had_stopped_goes_on_with_the_leg_that_was_lost_shown_anew():
    answered = without_mandate().answer(empower_again(), by="chen", on=CURED_ON)
    (again,) = [each for each in answered.events if isinstance(each, TaskResumed)]
    assert (again.by, again.on, again.cured) == ("schedule", CURED_ON, ())
    assert [each.type for each in again.authority] == ["AuthorityGranted"]
    assert (answered.answer.phase, answered.after.clocks["cure"].state) == ("active", "done")


def test_the_proof_of_going_on_cites_events_of_all_three_legs_by_their_versions():
    there = after(without_mandate(), empower_again(), "chen", CURED_ON)
    again = there.case.state.pauses[-1].ended
    for cited in (*again.authority, *again.people, *again.money):
        assert type(there.history[cited.version - 1]).__name__ == cited.type


def test_money_that_arrives_lets_the_work_go_on_and_one_fen_less_does_not():
    there = after(without_money(), disburse(tranche=2, amount_fen=HALF - 1, voucher="V-2"), "feng", CURED_ON)
    short = there.answer(received(amount_fen=HALF - 1, voucher="V-2", year=2027), by="ji", on=CURED_ON)
    assert short.answer.phase == "suspended"
    there = after(there.given(*short.events), disburse(tranche=2, amount_fen=1, voucher="V-3"), "feng", CURED_ON)
    whole = there.answer(received(amount_fen=1, voucher="V-3", year=2027), by="ji", on=CURED_ON)
    assert (whole.answer.phase, whole.after.clocks["funds/2"].state) == ("active", "done")


def test_somebody_in_office_in_the_place_of_who_left_lets_the_work_go_on():
    gone = after(without_seats(active(), "li"), RecheckProof(because="directory"), "linked_case", NAMED_ON)
    other = with_seats(gone, seat("ding", "health", "delegating_department"))
    named = name_people(people=(name_people().people[0].model_copy(update={"person": "ding"}),))
    assert other.answer(named, by="chen", on=NAMED_ON + ONE_DAY).answer.phase == "active"


def test_a_list_that_is_corrected_lets_the_work_go_on_when_it_is_looked_at_again():
    there = after(without_entry(listed_at_work()), RecheckProof(because="assistance_list@2"), "linked_case", NAMED_ON)
    back = there.with_list(*LISTS)
    answered = back.answer(RecheckProof(because="assistance_list@3"), by="linked_case", on=NAMED_ON + ONE_DAY)
    assert (answered.answer.phase, answered.after.state.legs.lost) == ("active", ())


def test_with_two_legs_lost_the_first_that_is_shown_again_is_not_enough():
    there = after(without_seats(halfway(), "li"), RecheckProof(because="money_end"), "schedule", DUE_ON + ONE_DAY)
    assert [each.cause for each in there.case.state.causes] == ["staff_missing", "funds_overdue"]
    there = delivered(there, on=CURED_ON, tranche=2, amount_fen=HALF, voucher="V-2")
    assert there.case.state.phase == "suspended"
    other = (name_people().people[0].model_copy(update={"person": "chen"}),)
    assert there.answer(name_people(people=other), by="chen", on=CURED_ON).answer.phase == "active"


def test_a_leg_that_was_shown_again_may_be_lost_again_and_then_has_a_cure_of_its_own():
    there = after(without_mandate(), empower_again(until_on=date(2027, 1, 31)), "chen", CURED_ON)
    again = after(there, RecheckProof(because="mandate_end"), "schedule", date(2027, 2, 1))
    assert (again.case.state.phase, len(again.case.state.pauses)) == ("suspended", 1)
    assert again.case.clocks["cure"].started_on == date(2027, 2, 1)


# --- by the authority's word
def test_what_somebody_named_only_the_authority_lets_go_on_and_says_what_is_cured():
    there = complained()
    assert (
        there.answer(RecheckProof(because="directory"), by="linked_case", on=NAMED_ON).answer.outcome == "nothing_new"
    )
    uncured = there.answer(resume(), by="zhou", on=NAMED_ON)
    assert (refusal(uncured)[0], details(uncured)["causes"]) == ("cause_not_cured", ["scope_exceeded"])
    assert refusal(there.answer(resume("scope_exceeded", reasons=None), by="zhou", on=NAMED_ON))[0] == "reasons_missing"
    answered = there.answer(resume("scope_exceeded"), by="zhou", on=NAMED_ON)
    assert (answered.answer.phase, answered.after.state.pauses[0].ended.cured) == ("active", ("scope_exceeded",))


@pytest.mark.parametrize("by", ["ji", "li", "wang", "schedule"])
def test_and_nobody_else_does(by):
    assert refusal(complained().answer(resume("scope_exceeded"), by=by, on=NAMED_ON))[0] == "not_your_role"


def test_nor_does_the_authority_while_a_leg_is_missing():
    there = after(without_mandate(), suspend(), "ji", LOST_ON)
    assert refusal(there.answer(resume("scope_exceeded"), by="zhou", on=CURED_ON))[0] == "authority_missing"
    there = after(there, empower_again(), "chen", CURED_ON)
    assert there.case.state.phase == "suspended"
    assert there.answer(resume("scope_exceeded"), by="zhou", on=CURED_ON).answer.phase == "active"


def test_a_leg_that_somebody_named_is_cured_on_the_record_and_still_takes_the_authoritys_word():
    there = after(without_seats(halfway(), "li"), suspend("staff_missing", "已调离。"), "ji", NAMED_ON)
    back = with_seats(there, seat("li", "health", "delegating_department"))
    assert refusal(there.answer(resume(), by="zhou", on=NAMED_ON))[0] == "people_missing"
    assert back.answer(RecheckProof(because="directory"), by="linked_case", on=NAMED_ON).answer.phase == "suspended"
    assert back.answer(resume(), by="zhou", on=NAMED_ON).answer.phase == "active"


def test_a_payment_that_is_due_on_the_day_is_not_overdue_and_holds_nothing_up():
    there = complained(halfway(), on=date(2026, 12, 30))
    assert there.answer(resume("scope_exceeded"), by="zhou", on=DUE_ON).answer.phase == "active"
    assert refusal(there.answer(resume("scope_exceeded"), by="zhou", on=DUE_ON + ONE_DAY))[0] == "funding_missing"


def test_who_complained_does_not_judge_the_cure():
    joint = replace(complained(), seats=(*District().seats, seat("ji", "authority", "approver")))
    assert refusal(joint.answer(resume("scope_exceeded"), by="ji", on=NAMED_ON))[0] == "substitute_needed"


def test_the_same_again_is_nothing_new():
    there = after(complained(), resume("scope_exceeded"), "zhou", NAMED_ON)
    assert there.answer(resume("scope_exceeded"), by="zhou", on=NAMED_ON).answer.outcome == "nothing_new"


def test_what_went_on_may_be_complained_of_again():
    there = after(complained(), resume("scope_exceeded"), "zhou", NAMED_ON)
    again = after(there, suspend(), "wu", NAMED_ON + ONE_DAY)
    assert (len(again.case.state.pauses), again.case.clocks["cure"].started_on) == (1, NAMED_ON + ONE_DAY)


# --- or not
def test_what_is_not_cured_by_the_last_day_is_decided_on_from_the_day_after():
    assert without_mandate().answer(EndCure(), by="schedule", on=CURE_ENDS).answer.outcome == "nothing_new"
    answered = without_mandate().answer(EndCure(), by="schedule", on=CURE_ENDS + ONE_DAY)
    failed, lapsed, *_ = answered.events
    assert failed == CureFailed(causes=("authority_ended",), due_on=CURE_ENDS)
    assert lapsed == DeadlineLapsed(limit="cure")
    assert answered.answer.phase == "exit_review"
    assert {*answered.after.clocks.lasting()} == {"disclosure", "exit_decision", "fund_use_report"}


def test_the_schedule_asks_for_it_with_the_first_instant_of_the_day_after():
    rings = TaskAdmissionWorkflow.LIFECYCLE.wake_ups(without_mandate().case)
    assert ("EndCure", "2027-01-15T16:00") in [(each.command, each.at.isoformat()[:16]) for each in rings]


def test_what_was_cured_in_time_does_not_fail():
    there = after(without_mandate(), empower_again(), "chen", CURE_ENDS)
    assert there.answer(EndCure(), by="schedule", on=CURE_ENDS + ONE_DAY).answer.outcome == "nothing_new"


def test_a_term_that_ends_meanwhile_ends_the_work_and_the_cure_with_it():
    there = after(complained(on=date(2027, 5, 28)), EndTerm(), "schedule", END + ONE_DAY)
    assert (there.case.state.phase, there.case.clocks["cure"].state) == ("exit_review", "closed")
    assert [each.cause for each in there.case.state.causes] == ["scope_exceeded"]
    assert there.answer(EndCure(), by="schedule", on=date(2027, 7, 1)).answer.outcome == "nothing_new"


def test_both_sides_and_the_authority_hear_that_it_failed():
    told = TaskAdmissionWorkflow.LIFECYCLE.follow_ups(
        without_mandate().answer(EndCure(), by="schedule", on=CURE_ENDS + ONE_DAY)
    )
    assert {(each.notice, each.to_role) for each in told} == {
        ("cure_failed", "delegating_department"),
        ("cure_failed", "residents_committee"),
        ("cure_failed", "approver"),
    }


# --- and then ends as it stands
def test_what_was_not_cured_is_terminated_once_it_is_decided_and_settled():
    there = after(given_up(), DecideExit(outcome="terminate"), "zhou", date(2027, 1, 20))
    assert "accept_completion" not in [each.task for each in view(there.case.state).work]
    there = after(there, settlement(), "ji", date(2027, 1, 21))
    answered = there.answer(settlement(), by="feng", on=date(2027, 1, 22))
    assert TaskExited(on=date(2027, 1, 22)) in answered.events
    assert (answered.answer.phase, type(answered.after.state)) == ("terminated", Terminated)
    assert answered.after.clocks.lasting() == ()


def test_settled_first_and_decided_last_ends_it_just_so():
    there = after(given_up(), settlement(), "ji", date(2027, 1, 18))
    there = after(there, settlement(), "feng", date(2027, 1, 19))
    answered = there.answer(DecideExit(outcome="terminate"), by="zhou", on=date(2027, 1, 20))
    assert answered.answer.phase == "terminated"
    assert sum(share(there).values()) == 0
