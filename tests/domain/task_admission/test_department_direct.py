"""Routine services for residents are the department's own: nothing enters the checklist (S3-10; dossier §8 row 9)."""

from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineKept
from domain.task_admission.commands import DirectToDepartment
from domain.task_admission.events import DepartmentServesDirectly
from domain.task_admission.state import view
from tests.domain.task_admission.district import District, a_form, details, refusal
from tests.domain.task_admission.main_line import accepted

ON = date(2026, 3, 5)


def answer(there, by="wang"):
    return there.answer(DirectToDepartment(), by=by, on=ON)


def test_the_department_sends_its_own_staff_and_the_case_is_over():
    answered = answer(District().submitted(a_form(routine=True)))
    assert answered.events == (
        DepartmentServesDirectly(by="wang", on=ON),
        DeadlineKept(limit="formal_check", on=ON),
    )
    assert answered.after.state.phase == "direct_by_department"
    assert answered.after.clocks.lasting() == ()


def test_no_task_stands_on_the_communitys_checklist():
    shown = view(answer(District().submitted(a_form(routine=True))).after.state)
    assert (shown.keys, shown.work, shown.burden_hours) == ((), (), 0)


def test_an_item_that_needs_the_community_is_not_the_departments_alone():
    answered = answer(District().submitted())
    assert refusal(answered) == ("route_not_direct", "dossier §4.1")
    assert details(answered)["route"] == "off_list"


@pytest.mark.parametrize("there", [District().drafted(a_form(routine=True)), accepted()], ids=["draft", "accepted"])
def test_only_the_formal_check_directs(there):
    assert refusal(answer(there))[0] == "wrong_phase"


def test_what_was_directed_is_closed():
    there = District().submitted(a_form(routine=True))
    assert refusal(answer(there.given(*answer(there).events))) == ("case_closed", "DESIGN §2")
