"""Of what residents disapprove the joint conference decides first, and the decision follows its minutes.

X-ZG, X-JY (exit by joint conference); ADMISSION §4, §7 (OpenExitReview, DecideExit; the clocks in one place);
DL-08, DL-55.
"""

from datetime import date, timedelta

import pytest

from domain.kernel.clock_events import DeclareMissed
from domain.task_admission.commands import DecideExit, RecordConferenceDecision
from domain.task_admission.events import ConferenceCalled, ConferenceDecided, ExitReviewOpened
from domain.task_admission.state import view
from tests.domain.task_admission.district import District, details, refusal
from tests.domain.task_admission.ending import disapproved, minutes, over, review, reviewed_at_the_end
from tests.domain.task_admission.main_line import active, after, settlement
from tests.domain.task_admission.standing_still import complained
from tests.domain.task_admission.test_conference_decision import disputed, says, told
from workflows.task_admission import TaskAdmissionWorkflow

ON = date(2026, 9, 1)
MET_ON = date(2026, 9, 10)
DUE_ON = date(2026, 9, 21)
"""Fifteen working days after the review, for the conference as for the decision; the 20th is one."""
REASONS = "多数居民认为没有必要。"
MINUTES = minutes("for", "for", "against")


def before_there_was_one() -> District:
    """Give a case whose review was opened before its conference was called with it."""
    said = {"facts": REASONS, "record": "入户调查〔2026〕2号", "by": "zhou", "on": ON}
    return active().given(ExitReviewOpened(cause="residents_disapprove", **said))


def decides(outcome: str = "terminate", **said: object) -> RecordConferenceDecision:
    fields = {"outcome": outcome, "reasons": REASONS, "minutes": MINUTES}
    return RecordConferenceDecision.model_validate(fields | said)


def heard(there: District | None = None, command: RecordConferenceDecision | None = None) -> District:
    return after(there or disapproved(), command or decides(), "linked_case", MET_ON)


def end(outcome: str = "terminate", **said: object) -> DecideExit:
    return DecideExit.model_validate({"outcome": outcome} | said)


def tasks(there: District) -> list[str]:
    return [each.task for each in view(there.case.state).work]


# --- the call
@pytest.mark.parametrize("begun", [active, complained])
def test_the_review_calls_it_and_the_period_for_the_decision_runs_beside_its_own(begun):
    there = disapproved(begun())
    assert ConferenceCalled(cause="residents_disapprove", facts=REASONS, by="zhou", on=ON) in there.history
    running = {name: there.case.clocks[name].deadline.due_on for name in ("conference", "exit_decision")}
    assert running == {"conference": DUE_ON, "exit_decision": DUE_ON}
    assert there.case.clocks["exit_decision"].is_running
    assert there.case.state.phase == "exit_review"


@pytest.mark.parametrize("cause", ["list_review", "departments_request", "term_ending"])
def test_no_other_cause_does(cause):
    there = reviewed_at_the_end() if cause == "term_ending" else after(active(), review(cause), "zhou", ON)
    assert not any(isinstance(each, ConferenceCalled) for each in there.history)
    assert "conference" not in there.case.clocks


def test_it_is_the_conference_that_is_waited_for_and_then_the_decision():
    assert [task for task in tasks(disapproved()) if task in {"hold_conference", "decide_exit"}] == ["hold_conference"]
    assert [task for task in tasks(heard()) if task in {"hold_conference", "decide_exit"}] == ["decide_exit"]


def test_a_conference_that_does_not_meet_in_time_is_a_miss_and_decides_nothing():
    there = disapproved()
    ring = next(
        each
        for each in TaskAdmissionWorkflow.LIFECYCLE.wake_ups(there.case)
        if (each.command, each.body.get("limit")) == ("DeclareMissed", "conference")
    )
    assert ring.at.date() == DUE_ON  # midnight of the day after in Shanghai
    missed = after(there, DeclareMissed(limit="conference"), "schedule", DUE_ON + timedelta(1))
    assert (missed.case.state.phase, tasks(missed)[0]) == ("exit_review", "hold_conference")
    assert refusal(missed.answer(end(), by="zhou", on=DUE_ON + timedelta(1)))[0] == "conference_needed"


# --- what its minutes say
def test_its_minutes_close_its_period_and_are_on_record():
    there = heard()
    decided = ConferenceDecided(
        conference="linked_case", outcome="terminate", reasons=REASONS, minutes=MINUTES, on=MET_ON
    )
    assert there.case.state.conference.held == decided
    assert ("conference" in there.case.clocks, "exit_decision" in there.case.clocks) == (False, True)


def test_where_it_decides_nothing_it_is_waited_for_until_it_does():
    again = heard(heard(command=decides("no_decision", minutes=minutes("for", "against"))))
    assert [each.outcome for each in again.case.state.conference.minuted] == ["no_decision", "terminate"]
    nothing = heard(command=decides("no_decision", minutes=minutes("for", "against")))
    assert nothing.case.clocks["conference"].is_running
    assert refusal(nothing.answer(end(), by="zhou", on=MET_ON))[0] == "conference_needed"


def test_told_again_it_is_nothing_new_and_told_otherwise_it_comes_too_late():
    assert heard().answer(decides(), by="linked_case", on=MET_ON + timedelta(1)).answer.outcome == "nothing_new"
    assert refusal(heard().answer(decides("complete"), by="linked_case", on=MET_ON))[0] == "wrong_phase"


@pytest.mark.parametrize("outcome", ["admit", "reject", "send_back"])
def test_it_decides_on_the_exit_and_not_on_the_admission(outcome):
    assert refusal(disapproved().answer(decides(outcome), by="linked_case", on=MET_ON))[0] == "wrong_phase"


@pytest.mark.parametrize("outcome", ["complete", "terminate"])
def test_nor_on_an_exit_where_the_admission_is_in_dispute(outcome):
    assert refusal(told(disputed(), says(outcome)))[0] == "wrong_phase"


def test_a_case_that_did_not_call_it_hears_nothing_of_it():
    for there in (before_there_was_one(), over(reviewed_at_the_end())):
        assert refusal(there.answer(decides(), by="linked_case", on=date(2027, 6, 2)))[0] == "wrong_phase"


@pytest.mark.parametrize(
    ("said", "code"),
    [(None, "minutes_missing"), (minutes(), "minutes_missing"), (minutes("for", "against"), "no_majority")],
)
def test_what_it_says_has_minutes_with_votes_and_more_than_half_for_it(said, code):
    assert refusal(disapproved().answer(decides(minutes=said), by="linked_case", on=MET_ON))[0] == code


# --- the decision
@pytest.mark.parametrize("typed", [None, MINUTES])
def test_before_its_minutes_nothing_is_decided_whatever_is_cited(typed):
    answered = disapproved().answer(end(minutes=typed), by="zhou", on=MET_ON)
    assert refusal(answered) == ("conference_needed", "X-ZG, X-JY")


def test_nor_on_a_day_before_them():
    answered = heard().answer(end(), by="zhou", on=MET_ON, act_on=MET_ON - timedelta(1), evidence="审批单")
    assert refusal(answered)[0] == "conference_needed"


@pytest.mark.parametrize("typed", [None, MINUTES])
def test_the_decision_cites_the_minutes_that_came_from_it(typed):
    there = after(heard(), end(minutes=typed), "zhou", MET_ON)
    assert there.case.state.decided[-1].minutes == MINUTES
    assert "settlement" in there.case.clocks
    assert "exit_decision" not in there.case.clocks


def test_other_minutes_than_those_are_refused():
    other = MINUTES.model_copy(update={"number": "东联〔2026〕9号"})
    answered = heard().answer(end(minutes=other), by="zhou", on=MET_ON)
    assert (refusal(answered)[0], details(answered)) == ("other_minutes", {"on_record": MINUTES.number})


def test_the_decision_is_the_one_that_the_conference_took():
    answered = heard().answer(end("complete"), by="zhou", on=MET_ON)
    assert refusal(answered)[0] == "conference_decided_otherwise"
    assert details(answered) == {"decided": "terminate", "said": "complete"}
    completed = after(heard(command=decides("complete")), end("complete"), "zhou", MET_ON)
    assert completed.case.state.outcome == "complete"


def test_who_sat_in_it_takes_no_other_part():
    with_finance = MINUTES.model_copy(
        update={"votes": (MINUTES.votes[0].model_copy(update={"person": "feng"}), *MINUTES.votes[1:])}
    )
    there = after(heard(command=decides(minutes=with_finance)), end(), "zhou", MET_ON)
    proposed = after(there, settlement(), "ji", MET_ON)
    assert refusal(proposed.answer(settlement(), by="feng", on=MET_ON))[0] == "substitute_needed"


# --- cases of before
def test_a_case_that_called_none_cites_the_minutes_in_the_command():
    there = before_there_was_one()
    assert refusal(there.answer(end(), by="zhou", on=MET_ON)) == ("conference_needed", "X-ZG, X-JY")
    assert after(there, end("complete", minutes=MINUTES), "zhou", MET_ON).case.state.decided[-1].minutes == MINUTES


@pytest.mark.parametrize(("choices", "code"), [((), "minutes_missing"), (("for", "against"), "no_majority")])
def test_and_those_too_say_who_voted_and_more_than_half_for_it(choices, code):
    answered = before_there_was_one().answer(end(minutes=minutes(*choices)), by="zhou", on=MET_ON)
    assert refusal(answered)[0] == code
