"""The formal check is a duty of five working days: late is a miss and a ladder, never an answer (DL-06, §3.2)."""

from datetime import date, timedelta

import pytest

from domain.kernel.clock_events import DeadlineMissed, DeclareMissed, Escalate, EscalationRaised
from domain.task_admission.commands import (
    AcceptApplication,
    ConfirmListed,
    DirectToDepartment,
    ReferToConference,
    RejectApplication,
)
from domain.task_admission.state import view
from tests.domain.task_admission.district import LISTED, District, a_form
from tests.domain.task_admission.main_line import after
from workflows.task_admission import TaskAdmissionWorkflow

LAST_DAY = date(2026, 3, 10)
"""Five working days after `TODAY`."""
THE_DAY_AFTER = LAST_DAY + timedelta(1)
ANSWERS = [
    (a_form(), AcceptApplication()),
    (LISTED, ConfirmListed(conditions="区卫生健康局提供宣传材料。")),
    (a_form(routine=True), DirectToDepartment()),
    (a_form(matter="investment_attraction"), RejectApplication(reason="prohibited", reasons="禁止", entry="P-01")),
    (a_form(needs_community=False), ReferToConference()),
]


def missed(there, on=THE_DAY_AFTER):
    return there.answer(DeclareMissed(limit="formal_check"), by="schedule", on=on)


@pytest.mark.parametrize(("form", "command"), ANSWERS, ids=[type(each).__name__ for _, each in ANSWERS])
def test_every_answer_of_the_secretariat_on_the_last_day_keeps_the_period(form, command):
    after_it = District().submitted(form).answer(command, by="wang", on=LAST_DAY).after
    assert after_it.clocks["formal_check"].state == "done"


@pytest.mark.parametrize(("form", "command"), ANSWERS, ids=[type(each).__name__ for _, each in ANSWERS])
def test_an_answer_after_the_last_day_is_taken_and_the_miss_stays(form, command):
    late = after(District().submitted(form), DeclareMissed(limit="formal_check"), "schedule", THE_DAY_AFTER)
    answered = late.answer(command, by="wang", on=THE_DAY_AFTER)
    assert answered.answer.outcome == "recorded"
    assert answered.after.clocks["formal_check"].state == "missed"


def test_it_is_not_missed_on_its_last_day():
    assert missed(District().submitted(), on=LAST_DAY).answer.outcome == "nothing_new"


def test_silence_neither_accepts_nor_rejects():
    answered = missed(District().submitted())
    (miss,) = answered.events
    assert isinstance(miss, DeadlineMissed)
    assert (miss.to_role, miss.due_on, miss.ladder) == ("supervisor", LAST_DAY, (date(2026, 3, 13), date(2026, 3, 24)))
    assert answered.after.state.phase == "screening"


def test_the_ladder_climbs_on_its_days_and_moves_no_phase():
    there = after(District().submitted(), DeclareMissed(limit="formal_check"), "schedule", THE_DAY_AFTER)
    for step, (role, day) in enumerate(
        [("coordinating_body", date(2026, 3, 13)), ("supervision_office", date(2026, 3, 24))], start=1
    ):
        answered = there.answer(Escalate(limit="formal_check", step=step), by="schedule", on=day)
        (raised,) = answered.events
        assert isinstance(raised, EscalationRaised)
        assert (raised.to_role, answered.after.state.phase) == (role, "screening")
        there = there.given(raised)
    assert there.case.clocks["formal_check"].escalations_ahead() == []


def test_the_ladder_stops_when_the_check_is_done():
    late = after(District().submitted(), DeclareMissed(limit="formal_check"), "schedule", THE_DAY_AFTER)
    done = after(late, AcceptApplication(), "wang", THE_DAY_AFTER)
    assert done.answer(Escalate(limit="formal_check", step=1), by="schedule").answer.outcome == "nothing_new"
    assert [each.command for each in TaskAdmissionWorkflow.LIFECYCLE.wake_ups(done.case) if "formal" in each.id] == []


def test_the_secretariat_sees_the_check_with_its_limit_as_its_work():
    (work,) = view(District().submitted().case.state).work
    assert (work.task, work.role, work.limit) == ("formal_check", "secretariat", "formal_check")
