"""A conference has one of five causes, on the record where the record can show it (S1e-35; ADMISSION §4)."""

from datetime import date

import pytest

from domain.kernel.clock_events import ClockSuspended, DeadlineClosed
from domain.task_admission.commands import CallConference, RecordNoOpinion
from domain.task_admission.events import ConferenceCalled
from tests.domain.task_admission.district import District, details, refusal
from tests.domain.task_admission.main_line import HEARD_ON, accepted, after, approved, opinion

FACTS = "财政与卫健部门对经费来源意见不一。"
THE_DAY_AFTER = date(2026, 3, 13)


def answer(there=None, by="zheng", cause="fund_dispute", facts=FACTS, on=HEARD_ON):
    return (there or accepted()).answer(CallConference(cause=cause, facts=facts), by=by, on=on)


@pytest.mark.parametrize("cause", ["competence", "fund_dispute", "several_districts"])
def test_the_convenor_calls_it_on_a_cause_that_lies_outside_the_record(cause):
    answered = answer(cause=cause)
    called, closed, stopped, conference = answered.events
    assert called == ConferenceCalled(cause=cause, facts=FACTS, by="zheng", on=HEARD_ON)
    assert closed == DeadlineClosed(limit="opinion")
    assert stopped == ClockSuspended(limit="decision", on=HEARD_ON, reason="joint_conference")
    assert conference.deadline.due_on == date(2026, 3, 27)


@pytest.mark.parametrize(("cause", "facts"), [(None, FACTS), ("fund_dispute", None)])
def test_cause_and_facts_are_named(cause, facts):
    answered = answer(cause=cause, facts=facts)
    assert refusal(answered) == ("no_cause", "S1e-35")
    assert details(answered)["why"] == "not_named"


@pytest.mark.parametrize("cause", ["objection", "list_conflict"])
def test_an_objection_or_a_conflict_of_lists_that_is_not_on_the_record_is_no_cause(cause):
    answered = answer(cause=cause)
    assert refusal(answered) == ("no_cause", "S1e-35")
    assert details(answered) == {"why": "not_on_record", "cause": cause}


def test_a_late_objection_is_on_the_record_and_the_convenor_may_take_it_up():
    silent = after(accepted(), RecordNoOpinion(), "schedule", THE_DAY_AFTER)
    late = after(silent, opinion(opinion="object", reasons="人手不足。"), "ji", THE_DAY_AFTER)
    assert answer(late, cause="objection", on=THE_DAY_AFTER).after.state.phase == "joint_conference"


def test_calling_again_on_the_same_cause_is_nothing_new_and_on_another_is_too_late():
    there = accepted().given(*answer().events)
    assert answer(there).answer.outcome == "nothing_new"
    assert refusal(answer(there, cause="several_districts"))[0] == "wrong_phase"


@pytest.mark.parametrize("there", [District().submitted(), approved()], ids=["screening", "approved"])
def test_there_is_nothing_to_confer_on_before_acceptance_or_after_the_decision(there):
    assert refusal(answer(there, on=date(2026, 3, 11)))[0] == "wrong_phase"


@pytest.mark.parametrize("by", ["zhou", "wang", "ji", "li"])
def test_nobody_but_the_convenor_calls_it(by):
    assert refusal(answer(by=by)) == ("not_your_role", "dossier §3.1")
