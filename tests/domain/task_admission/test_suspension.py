"""Work stands still for a named cause, with its leg, and has ten working days in which it is cured.

DL-51; dossier §4.1 (→suspended, T9); ADMISSION §6 (SuspendTask, RecheckProof), §8 items 21 and 22.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.kernel.clock_events import ClockResumed, ClockSuspended, DeadlineSet
from domain.task_admission.commands import ActivateTask, RecheckProof, RefuseTask
from domain.task_admission.events import LegLost, TaskSuspended
from domain.task_admission.state import Suspended, view
from tests.domain.task_admission.district import District, details, refusal, seat
from tests.domain.task_admission.main_line import active, after, agreed, leaving
from tests.domain.task_admission.owed import halfway, without_seats
from tests.domain.task_admission.standing_still import (
    LOST_ON,
    NAMED_ON,
    ONE_DAY,
    complained,
    listed_at_work,
    resume,
    suspend,
    with_both_named,
    without_entry,
    without_mandate,
)
from workflows.task_admission import TaskAdmissionWorkflow

DUE_ON = date(2027, 1, 4)


# --- who, and for what
@pytest.mark.parametrize(
    ("by", "side"),
    [("ji", "community"), ("wu", "community"), ("li", "department"), ("chen", "department"), ("zhou", "authority")],
)
def test_each_side_and_the_authority_may_let_the_work_stand_still(by, side):
    answered = active().answer(suspend(), by=by, on=NAMED_ON)
    said, cure = answered.events
    assert said == TaskSuspended(
        cause="scope_exceeded", leg=None, facts="要求居委会代为收费。", side=side, by=by, on=NAMED_ON
    )
    assert (cure.limit, cure.deadline.due_on, cure.deadline.kind) == ("cure", date(2026, 9, 15), "limit")
    assert (answered.after.state.phase, type(answered.after.state)) == ("suspended", Suspended)


@pytest.mark.parametrize("by", ["wang", "feng", "he", "zheng", "schedule"])
def test_and_nobody_else(by):
    assert refusal(active().answer(suspend(), by=by, on=NAMED_ON))[0] == "not_your_role"


@pytest.mark.parametrize(("cause", "facts"), [(None, "收费。"), ("scope_exceeded", None), (None, None)])
def test_without_a_cause_and_what_shows_it_nothing_stands_still(cause, facts):
    answered = active().answer(suspend(cause, facts), by="ji", on=NAMED_ON)
    assert (refusal(answered), details(answered)["why"]) == (("no_cause", "dossier §4.1 T9"), "not_named")


@pytest.mark.parametrize("there", [agreed, leaving])
def test_only_work_that_is_done_can_stand_still(there):
    assert refusal(there().answer(suspend(), by="ji", on=date(2027, 6, 2)))[0] == "wrong_phase"


def test_who_acted_in_another_part_lets_nothing_stand_still():
    joint = replace(active(), seats=(*District().seats, seat("li", "authority", "approver")))
    assert refusal(joint.answer(suspend(), by="li", on=NAMED_ON))[0] in {"substitute_needed", "own_application"}
    own = replace(active(), seats=(*District().seats, seat("zhu", "health", "approver")))
    assert refusal(own.answer(suspend(), by="zhu", on=NAMED_ON))[0] == "own_application"
    complainer = replace(complained(), seats=(*District().seats, seat("ji", "authority", "approver")))
    assert refusal(complainer.answer(resume("scope_exceeded"), by="ji", on=NAMED_ON))[0] == "substitute_needed"


# --- what the record shows
@pytest.mark.parametrize(
    ("cause", "leg"), [("funds_overdue", "money"), ("authority_ended", "authority"), ("staff_missing", "people")]
)
def test_a_cause_that_the_record_shows_otherwise_is_refused_with_its_leg(cause, leg):
    answered = active().answer(suspend(cause, "听说如此。"), by="ji", on=NAMED_ON)
    assert refusal(answered)[0] == "cause_not_shown"
    assert (details(answered)["cause"], details(answered)["leg"]) == (cause, leg)


def test_money_that_is_overdue_is_a_cause_from_the_day_after_and_the_hand_that_pays_must_cure_it():
    on_the_day = halfway().answer(suspend("funds_overdue", "第二笔未到。"), by="ji", on=DUE_ON)
    assert refusal(on_the_day)[0] == "cause_not_shown"
    answered = halfway().answer(suspend("funds_overdue", "第二笔未到。"), by="ji", on=DUE_ON + ONE_DAY)
    assert (answered.events[0].leg, answered.after.clocks["cure"].owner) == ("money", "finance_bureau")


@pytest.mark.parametrize(
    ("gone", "owner", "organisation"),
    [("li", "delegating_department", "health"), ("shi", "residents_committee", "harbour")],
)
def test_somebody_who_left_is_a_cause_that_his_own_side_must_cure(gone, owner, organisation):
    there = without_seats(with_both_named(), gone)
    answered = there.answer(suspend("staff_missing", "工作人员已离任。"), by="chen", on=NAMED_ON)
    clock = answered.after.clocks["cure"]
    assert (answered.events[0].leg, clock.owner, clock.organisation) == ("people", owner, organisation)


def test_where_both_sides_lack_somebody_the_department_must():
    there = without_seats(with_both_named(), "li", "shi")
    answered = there.answer(suspend("staff_missing", "工作人员均已离任。"), by="chen", on=NAMED_ON)
    assert answered.after.clocks["cure"].owner == "delegating_department"


def test_a_changed_list_is_about_the_authority_of_a_listed_item_and_of_another_only_what_is_said():
    changed = suspend("law_or_list_changed", "清单已调整。")
    assert refusal(listed_at_work().answer(changed, by="ji", on=NAMED_ON))[0] == "cause_not_shown"
    gone = without_entry(listed_at_work()).answer(changed, by="ji", on=NAMED_ON)
    assert gone.events[0].leg == "authority"
    assert active().answer(changed, by="ji", on=NAMED_ON).events[0].leg is None


# --- by the record itself
def test_a_list_that_is_published_anew_without_the_entry_lets_the_work_stand_still():
    answered = without_entry(listed_at_work()).answer(
        RecheckProof(because="assistance_list@2"), by="linked_case", on=NAMED_ON
    )
    lost, suspended, _ = answered.events
    assert (lost.leg, suspended.cause, suspended.side, suspended.facts) == (
        "authority",
        "authority_ended",
        "record",
        "assistance_list@2",
    )


def test_an_item_that_had_noted_a_lost_leg_before_work_could_stand_still_does_so_when_it_looks_again():
    """What was recorded before there were suspensions."""
    there = without_seats(active().given(LegLost(leg="people", because="directory", on=NAMED_ON)), "li")
    assert there.case.state.phase == "active"
    answered = there.answer(RecheckProof(because="directory"), by="linked_case", on=NAMED_ON + ONE_DAY)
    assert [type(each) for each in answered.events] == [TaskSuspended, DeadlineSet]


# --- money that is held
def held(there: District) -> District:
    """Give the case with the clock of its second payment standing still, as a hold by rule records it."""
    return there.given(ClockSuspended(limit="funds/2", on=date(2026, 12, 1), reason="report_late"))


def test_held_money_is_not_overdue_money():
    """ADMISSION §8 item 21: no suspension by the record, none by anybody's word, no refusal."""
    day = date(2027, 2, 1)
    looked_at = held(halfway()).answer(RecheckProof(because="money_end"), by="schedule", on=day)
    assert (looked_at.answer.phase, losses(looked_at)) == ("active", [])
    named = held(halfway()).answer(suspend("funds_overdue", "第二笔未到。"), by="ji", on=day)
    assert refusal(named)[0] == "cause_not_shown"
    stopped = held(complained(halfway()))
    refused = stopped.answer(RefuseTask(leg="money", reasons="第二笔未到。"), by="wu", on=day)
    assert refusal(refused)[0] == "nothing_overdue"
    assert stopped.answer(resume("scope_exceeded"), by="zhou", on=day).answer.phase == "active"


def test_once_its_clock_runs_again_it_is_due_on_the_clocks_day_and_overdue_on_the_day_after():
    there = held(halfway())
    until = date(2027, 2, 1)
    clock = there.case.clocks["funds/2"]
    due = clock.deadline.model_copy(update={"due_on": until})
    there = there.given(ClockResumed(limit="funds/2", on=until, deadline=due, reminders=()))
    assert losses(there.answer(RecheckProof(because="money_end"), by="schedule", on=until)) == []
    assert losses(there.answer(RecheckProof(because="money_end"), by="schedule", on=until + ONE_DAY)) == ["money"]


def losses(answered: Any) -> list[str]:
    return [each.leg for each in answered.events if isinstance(each, LegLost)]


# --- a second cause
def test_a_second_cause_is_added_and_the_cure_does_not_begin_anew():
    first = without_mandate()
    second = after(first, suspend(), "ji", LOST_ON + 3 * ONE_DAY)
    assert [each.cause for each in second.case.state.causes] == ["authority_ended", "scope_exceeded"]
    assert second.case.clocks["cure"] == first.case.clocks["cure"]
    third = without_seats(second, "li").answer(RecheckProof(because="directory"), by="linked_case", on=date(2027, 1, 6))
    assert [type(each) for each in third.events] == [LegLost, TaskSuspended]
    assert [each.cause for each in third.after.state.causes][-1] == "staff_missing"


def test_the_same_cause_twice_is_nothing_new_whoever_names_it():
    assert complained().answer(suspend(facts="又要求收费。"), by="wu", on=NAMED_ON).answer.outcome == "nothing_new"
    there = without_mandate()
    named = there.answer(suspend("authority_ended", "授权已到期。"), by="ji", on=LOST_ON)
    again = there.answer(RecheckProof(because="mandate_end"), by="schedule", on=LOST_ON)
    assert (named.answer.outcome, again.answer.outcome) == ("nothing_new", "nothing_new")


def test_a_leg_that_somebody_named_first_is_not_a_second_cause_when_the_record_finds_it():
    there = after(without_seats(active(), "li"), suspend("staff_missing", "已调离。"), "ji", NAMED_ON)
    answered = there.answer(RecheckProof(because="directory"), by="linked_case", on=NAMED_ON)
    assert [type(each) for each in answered.events] == [LegLost]


# --- meanwhile
def test_the_term_and_the_other_payments_run_on():
    there = complained(halfway())
    assert {"term_end", "funds/2", "money_end", "mandate_end"} <= {*there.case.clocks.lasting()}
    later = there.answer(RecheckProof(because="money_end"), by="schedule", on=DUE_ON + ONE_DAY)
    assert [each.cause for each in later.after.state.causes] == ["scope_exceeded", "funds_overdue"]


def test_it_stays_on_the_checklist_and_is_found_by_what_it_rests_on():
    before, meanwhile = view(active().case.state), view(complained().case.state)
    assert (before.keys, before.burden_hours, before.used_up) == (
        meanwhile.keys,
        meanwhile.burden_hours,
        meanwhile.used_up,
    )


def test_what_must_be_done_is_what_the_cause_lacks():
    own = [each for each in view(without_mandate().case.state).work if each.task != "report_fund_use"]
    assert [(each.task, each.role, each.limit) for each in own] == [
        ("grant_authority", "delegating_department", "cure")
    ]
    named = [each for each in view(complained().case.state).work if each.task != "report_fund_use"]
    assert [(each.task, each.role, each.limit) for each in named] == [("resume_task", "approver", "cure")]


def test_both_sides_are_told_the_cause_the_leg_and_what_shows_it():
    told = TaskAdmissionWorkflow.LIFECYCLE.follow_ups(active().answer(suspend(), by="ji", on=NAMED_ON))
    assert {(each.notice, each.to_organisation) for each in told} == {
        ("task_suspended", "health"),
        ("task_suspended", "harbour"),
    }


def test_it_does_not_begin_again_by_being_asked_whether_it_may():
    assert refusal(complained().answer(ActivateTask(), by="wu", on=NAMED_ON))[0] == "wrong_phase"
