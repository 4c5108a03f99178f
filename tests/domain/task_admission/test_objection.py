"""A community that objects gives reasons; the joint conference decides, the decision waits (ADMISSION §4, §8.12)."""

from datetime import date

import pytest

from domain.kernel.clock_events import ClockSuspended, DeadlineKept, DeclareMissed
from domain.task_admission.commands import ApproveAdmission, RejectAdmission, WithdrawApplication
from domain.task_admission.events import CommunityOpinionRecorded, ConferenceCalled
from domain.task_admission.state import JointConference, UnderReview, view
from tests.domain.task_admission.district import details, refusal
from tests.domain.task_admission.main_line import HEARD_ON, accepted, after, approve, countersign, opinion, reviewed

REASONS = "社区人手不足，且该事项属于部门职责。"
LAST_DAY = date(2026, 3, 12)
THE_DAY_AFTER = date(2026, 3, 13)


def objected(there=None, on=HEARD_ON, by="ji", reasons=REASONS):
    return (there or accepted()).answer(opinion(opinion="object", reasons=reasons), by=by, on=on)


def test_an_objection_calls_the_conference_and_stops_the_decision():
    answered = objected()
    said, called, kept, stopped, conference = answered.events
    assert said == CommunityOpinionRecorded(opinion="object", reasons=REASONS, by="ji", on=HEARD_ON)
    assert called == ConferenceCalled(cause="objection", facts=REASONS, by="ji", on=HEARD_ON)
    assert kept == DeadlineKept(limit="opinion", on=HEARD_ON)
    assert stopped == ClockSuspended(limit="decision", on=HEARD_ON, reason="joint_conference")
    assert (conference.limit, conference.deadline.due_on) == ("conference", date(2026, 3, 27))
    assert isinstance(answered.after.state, JointConference)


def test_while_the_conference_is_open_the_decision_is_never_missed():
    there = accepted().given(*objected().events)
    assert there.case.clocks["decision"].state == "stopped"
    late = there.answer(DeclareMissed(limit="decision"), by="schedule", on=date(2026, 12, 1))
    assert late.answer.outcome == "nothing_new"


def test_the_conference_is_a_duty_with_a_day():
    there = accepted().given(*objected().events)
    on_time = there.answer(DeclareMissed(limit="conference"), by="schedule", on=date(2026, 3, 27))
    assert on_time.answer.outcome == "nothing_new"
    late = there.answer(DeclareMissed(limit="conference"), by="schedule", on=date(2026, 3, 28))
    assert (late.answer.events, late.after.state.phase) == (("DeadlineMissed",), "joint_conference")


def test_an_objection_without_reasons_is_refused():
    answered = objected(reasons=None)
    assert refusal(answered) == ("reasons_missing", "dossier §4.1, §3.4")
    assert details(answered)["why"] == "objection_without_reasons"


def test_a_community_that_agreed_may_still_object_until_its_last_day():
    heard = after(accepted(), opinion(), "ji", HEARD_ON)
    answered = objected(heard, by="wu", on=LAST_DAY)
    assert answered.after.state.phase == "joint_conference"
    assert isinstance(answered.after.state.before, UnderReview)
    assert answered.after.clocks["decision"].state == "stopped"


def test_and_afterwards_its_objection_is_read_and_stops_nothing():
    heard = after(accepted(), opinion(), "ji", HEARD_ON)
    answered = objected(heard, by="wu", on=THE_DAY_AFTER)
    assert answered.after.state.phase == "under_review"
    assert answered.after.clocks["decision"].state == "open"


@pytest.mark.parametrize(
    ("command", "by"),
    [(approve(), "zhou"), (RejectAdmission(reasons="不予准入。"), "zhou"), (countersign(), "feng")],
    ids=lambda each: type(each).__name__,
)
def test_before_the_conference_has_decided_nobody_else_does(command, by):
    there = accepted().given(*objected().events)
    assert refusal(there.answer(command, by=by, on=date(2026, 3, 9)))[0] == "wrong_phase"


def test_until_then_the_item_can_only_be_withdrawn():
    there = accepted().given(*objected().events)
    answered = there.answer(WithdrawApplication(reason="另行安排"), on=date(2026, 3, 9))
    assert (answered.after.state.phase, answered.after.clocks.lasting()) == ("withdrawn", ())


def test_objecting_again_in_the_same_words_is_nothing_new_and_in_others_too_late():
    there = accepted().given(*objected().events)
    assert objected(there).answer.outcome == "nothing_new"
    assert refusal(objected(there, reasons="另有理由。"))[0] == "wrong_phase"


def test_the_convenor_has_the_conference_to_hold():
    (work,) = view(objected().after.state).work
    assert (work.task, work.role, work.limit, work.since) == ("hold_conference", "convenor", "conference", HEARD_ON)


def test_an_approval_prepared_before_the_objection_is_void():
    there = reviewed()
    seen = there.case.version
    objected_in_time = there.given(*objected(there, by="wu").events)
    assert isinstance(approve(), ApproveAdmission)
    answered = objected_in_time.answer(approve(), by="zhou", on=date(2026, 3, 9), seen_version=seen)
    assert refusal(answered)[0] == "changed_since_seen"
