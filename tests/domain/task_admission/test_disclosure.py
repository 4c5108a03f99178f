"""From 2026 a residents' committee shows the decision for at least fifteen days (L-RC25:34; DL-04; ADMISSION §8.27)."""

from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineKept
from domain.task_admission.commands import ConfirmListed, EndDisclosure, RejectAdmission, WithdrawApplication
from tests.domain.task_admission.askers import DEPARTMENT, RESIDENTS, SUBDISTRICT, VILLAGERS, reviewed_by
from tests.domain.task_admission.district import LISTED, District, refusal
from tests.domain.task_admission.main_line import APPROVED_ON, after, approve, approved, reviewed
from workflows.task_admission import TaskAdmissionWorkflow

LAST_DAY = date(2026, 3, 25)
LAST_OF_2025 = date(2025, 12, 31)
FIRST_OF_2026 = date(2026, 1, 1)


def taken_down(there, on, by="schedule"):
    return there.answer(EndDisclosure(), by=by, on=on)


def decided(asker, asked, on):
    there = reviewed_by(asker, asked, date(2025, 12, 1), date(2025, 12, 3))
    return after(there, approve(), "zhou", on)


def test_the_committee_shows_it_fifteen_days_from_the_posting():
    clock = approved().case.clocks["disclosure"]
    assert (clock.deadline.due_on, clock.deadline.rule, clock.deadline.kind) == (LAST_DAY, "DL-04", "duty")
    assert (clock.owner, clock.organisation, clock.deadline.source) == ("residents_committee", "harbour", "L-RC25:34")


def test_a_fifteenth_day_of_rest_gives_way_to_the_next_working_day():
    there = reviewed()
    assert after(there, approve(), "zhou", date(2026, 3, 6)).case.clocks["disclosure"].deadline.due_on == date(
        2026, 3, 23
    )


def test_it_may_be_taken_down_the_day_after_and_not_before():
    assert taken_down(approved(), LAST_DAY).answer.outcome == "nothing_new"
    answered = taken_down(approved(), date(2026, 3, 26))
    assert answered.events == (DeadlineKept(limit="disclosure", on=date(2026, 3, 26)),)
    assert answered.after.state.phase == "agreement_pending"


def test_the_schedule_takes_it_down_at_the_first_instant_after():
    rings = TaskAdmissionWorkflow.LIFECYCLE.wake_ups(approved().case)
    (ring,) = (each for each in rings if each.command == "EndDisclosure")
    assert ring.at.isoformat() == "2026-03-25T16:00:00+00:00"


def test_what_was_taken_down_is_taken_down_once():
    there = after(approved(), EndDisclosure(), "schedule", date(2026, 3, 26))
    assert taken_down(there, date(2026, 3, 27)).answer.outcome == "nothing_new"


def test_nobody_takes_it_down_in_person():
    assert refusal(taken_down(approved(), date(2026, 3, 26), by="ji"))[0] == "not_your_role"


@pytest.mark.parametrize("asker", [DEPARTMENT, SUBDISTRICT], ids=["department", "subdistrict"])
def test_a_decision_of_2025_had_no_such_clock_and_one_of_the_next_day_has(asker):
    assert "disclosure" not in decided(asker, RESIDENTS, LAST_OF_2025).case.clocks
    clock = decided(asker, RESIDENTS, FIRST_OF_2026).case.clocks["disclosure"]
    assert clock.deadline.due_on == date(2026, 1, 16)


@pytest.mark.parametrize("on", [LAST_OF_2025, FIRST_OF_2026])
def test_a_villagers_committee_follows_its_own_law(on):
    assert "disclosure" not in decided(DEPARTMENT, VILLAGERS, on).case.clocks


def test_a_listed_item_is_shown_too_and_a_refused_one_is_not():
    listed = after(District().submitted(LISTED), ConfirmListed(conditions="提供材料。"), "wang", APPROVED_ON)
    assert listed.case.clocks["disclosure"].deadline.due_on == LAST_DAY
    rejected = after(reviewed(), RejectAdmission(reasons="不予准入。"), "zhou", APPROVED_ON)
    assert "disclosure" not in rejected.case.clocks


def test_what_is_withdrawn_is_shown_no_longer():
    withdrawn = after(approved(), WithdrawApplication(), "li", APPROVED_ON)
    assert withdrawn.case.clocks["disclosure"].state == "closed"
