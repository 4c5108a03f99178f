"""One conference decides all cases of a matter: the first opens it, others join, and may leave (ADMISSION §1)."""

from datetime import date

from domain.joint_conference.commands import ConfirmFollowUp, LeaveConference
from domain.joint_conference.events import CaseBrought, CaseFollowed, CaseLeft
from domain.kernel.clock_events import DeadlineClosed, DeadlineSet, DeclareMissed
from tests.domain.joint_conference.council import (
    CALLED_ON,
    CASE,
    DUE_ON,
    OTHER,
    SIGNED_ON,
    brought,
    called,
    convened,
    decided,
    drawn,
    followed,
    from_case,
    in_session,
    joined,
    left,
    new,
    phase,
    signed,
    votes,
)

NEXT_DAY = date(2026, 3, 28)


def test_the_first_case_opens_it_and_has_fifteen_working_days():
    answered = from_case(new(), brought())
    case, limit = answered.decision.events
    assert isinstance(case, CaseBrought)
    assert (case.case, case.cause, case.applicant, case.on) == (CASE, "objection", "housing", CALLED_ON)
    assert isinstance(limit, DeadlineSet)
    assert (limit.owner, limit.deadline.due_on, limit.deadline.kind) == ("convenor", DUE_ON, "duty")
    assert phase(answered.after) == "called"


def test_another_case_of_the_matter_joins_it_and_the_period_of_the_first_runs_on():
    answered = from_case(convened(), brought(community="garden"), OTHER, date(2026, 3, 10))
    assert [type(each) for each in answered.decision.events] == [CaseBrought]
    state = answered.after.case.state
    assert [each.case for each in state.brought] == [CASE, OTHER]
    assert answered.after.case.clocks["conference"].deadline.due_on == DUE_ON


def test_a_case_that_waits_already_is_nothing_new():
    from_case(called(), brought()).then_nothing_new()


def test_only_a_case_may_bring_itself():
    new().when(brought(), by="zheng").then_refused("joint_conference.not_your_role")


def test_a_case_that_is_taken_back_leaves_and_the_last_one_closes_the_period():
    first = from_case(joined(called()), LeaveConference()).then(CaseLeft(case=CASE, on=CALLED_ON))
    assert phase(first) == "called"
    answered = from_case(first, LeaveConference(), OTHER)
    answered.then(CaseLeft(case=OTHER, on=CALLED_ON), DeadlineClosed(limit="conference"))
    assert phase(answered.after) == "called_off"


def test_a_case_that_does_not_wait_leaves_nothing():
    from_case(called(), LeaveConference(), OTHER).then_nothing_new()
    from_case(left(called()), LeaveConference()).then_nothing_new()


def test_a_session_that_has_nothing_left_to_decide_is_over_and_who_came_later_is_invited_anew():
    there = left(joined(in_session()))
    assert phase(there) == "called"
    assert [each.case for each in there.case.state.brought] == [OTHER]


def test_a_case_that_comes_when_the_session_is_open_waits_for_another():
    there = signed(drawn(decided(joined(in_session(), on=date(2026, 3, 12)))))
    assert phase(there) == "called"
    assert [each.case for each in there.case.state.brought] == [OTHER]
    assert there.case.clocks["conference"].deadline.due_on == date(2026, 4, 2)
    assert there.case.state.awaited == (CASE,)


def test_followed_up_is_when_every_case_has_the_decision_on_its_record():
    there = signed(drawn(decided(in_session(convened(joined(called()))))))
    assert phase(there) == "minuted"
    once = from_case(there, ConfirmFollowUp(), CASE, SIGNED_ON).then(CaseFollowed(case=CASE, on=SIGNED_ON))
    assert phase(once) == "minuted"
    from_case(once, ConfirmFollowUp(), CASE, SIGNED_ON).then_nothing_new()
    assert phase(followed(once, OTHER)) == "followed_up"


def test_a_confirmation_that_comes_late_is_noted_whatever_stage_the_next_session_is_at():
    there = followed(joined(signed(), on=SIGNED_ON))
    assert (phase(there), there.case.state.awaited) == ("called", ())


def test_a_case_that_joins_after_a_decision_and_leaves_again_leaves_the_decision_to_be_confirmed():
    there = left(joined(signed(), on=SIGNED_ON), OTHER)
    assert (phase(there), there.case.state.awaited) == ("minuted", (CASE,))
    again = left(joined(followed(signed()), on=SIGNED_ON), OTHER)
    assert phase(again) == "followed_up"


def test_a_matter_that_was_decided_can_come_back_and_has_a_period_of_its_own():
    again = joined(followed(signed()), CASE, date(2026, 4, 1))
    assert phase(again) == "called"
    assert again.case.clocks["conference"].deadline.due_on == date(2026, 4, 23)
    assert [each.number for each in again.case.state.minutes] == ["东联〔2026〕3号"]


def test_a_conference_that_does_not_decide_in_time_is_missed_and_stays_where_it_is():
    there = convened()
    there.when(DeclareMissed(limit="conference"), by="schedule", on=DUE_ON).then_nothing_new()
    missed = there.when(DeclareMissed(limit="conference"), by="schedule", on=NEXT_DAY)
    assert missed.decision.answer.events == ("DeadlineMissed",)
    assert phase(missed.after) == "convened"
    late = in_session(missed.after)
    assert phase(signed(drawn(decided(late, votes())))) == "minuted"


def test_what_is_left_waiting_keeps_the_decision_of_the_others():
    there = left(joined(decided()), OTHER)
    assert phase(there) == "decided"
    assert phase(followed(signed(drawn(there)))) == "followed_up"
