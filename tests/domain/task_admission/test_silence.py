"""Silence is not consent: it is recorded, and the decision goes on with the record (dossier §4.1 T4; DL-07)."""

from datetime import date, timedelta

import pytest

from domain.kernel.clock_events import DeadlineLapsed
from domain.task_admission.commands import RecordNoOpinion, SubmitApplication, WithdrawApplication
from domain.task_admission.events import CommunityOpinionRecorded
from tests.domain.task_admission.district import District, a_form, refusal
from tests.domain.task_admission.main_line import ACCEPTED_ON, accept, accepted, after, approved, reviewed
from workflows.task_admission import TaskAdmissionWorkflow

LAST_DAY = date(2026, 3, 12)
THE_DAY_AFTER = LAST_DAY + timedelta(1)


def answer(there, on=THE_DAY_AFTER, by="schedule"):
    return there.answer(RecordNoOpinion(), by=by, on=on)


def test_on_the_last_day_the_community_may_still_speak():
    assert answer(accepted(), on=LAST_DAY).answer.outcome == "nothing_new"


@pytest.mark.parametrize("on", [THE_DAY_AFTER, date(2026, 3, 16)])
def test_after_the_last_day_its_silence_is_recorded(on):
    answered = answer(accepted(), on=on)
    assert answered.events == (
        CommunityOpinionRecorded(opinion="no_opinion", by="schedule", on=on),
        DeadlineLapsed(limit="opinion"),
    )
    state = answered.after.state
    assert (state.phase, state.heard.opinion) == ("under_review", "no_opinion")
    assert answered.after.clocks["opinion"].state == "lapsed"


def test_the_schedule_asks_at_the_first_instant_of_the_day_after():
    rings = TaskAdmissionWorkflow.LIFECYCLE.wake_ups(accepted().case)
    (ring,) = (each for each in rings if each.command == "RecordNoOpinion")
    assert ring.at.isoformat() == "2026-03-12T16:00:00+00:00"


def test_a_weekend_or_holiday_within_the_period_does_not_count():
    submitted = District().drafted(on=date(2026, 2, 11)).answer(SubmitApplication(), on=date(2026, 2, 11))
    there = District().drafted(on=date(2026, 2, 11)).given(*submitted.events)
    clock = after(there, accept(), "wang", date(2026, 2, 13)).case.clocks["opinion"]
    # Saturday 14 and Saturday 28 February are worked; 15 to 23 February is the spring festival.
    assert clock.deadline.due_on == date(2026, 2, 27)


@pytest.mark.parametrize("there", [reviewed(), approved(), District()], ids=["heard", "approved", "new"])
def test_who_has_spoken_or_was_never_asked_is_not_silent(there):
    answered = answer(there)
    assert answered.answer.outcome == "nothing_new" or refusal(answered)[0] == "not_opened"


def test_the_silence_of_a_closed_case_is_refused_and_moves_nothing():
    there = after(accepted(), WithdrawApplication(), "li", ACCEPTED_ON)
    assert refusal(answer(there)) == ("case_closed", "DESIGN §2")


@pytest.mark.parametrize("by", ["wang", "ji", "zhou"])
def test_no_person_records_silence(by):
    assert refusal(answer(accepted(), by=by))[0] == "not_your_role"


def test_nothing_is_approved_by_silence():
    there = after(accepted(a_form()), RecordNoOpinion(), "schedule", THE_DAY_AFTER)
    assert answer(there, on=date(2026, 6, 1)).answer.outcome == "nothing_new"
    assert there.case.state.phase == "under_review"
