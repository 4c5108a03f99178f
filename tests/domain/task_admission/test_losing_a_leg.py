"""What a leg rests on may end: the case notes it once, and the work stands still until it is shown again.

ADMISSION §6 (RecheckProof), §8 item 30: the legs are read on each day. Before the work begins they are looked at for
its first day.
"""

from datetime import date
from typing import Any

import pytest

from domain.kernel.clock_events import DeadlineSet
from domain.kernel.followups import ServeNotice
from domain.task_admission.commands import RecheckProof
from domain.task_admission.commands.legs import Assignment
from domain.task_admission.events import LegLost, TaskSuspended
from tests.domain.task_admission.district import START, District, entry, published, refusal, seat, version
from tests.domain.task_admission.main_line import (
    END,
    SIGNED_ON,
    active,
    after,
    agreed,
    approved,
    disburse,
    empowered,
    grant,
    leaving,
    name_people,
    received,
)
from tests.domain.task_admission.owed import halfway, listed, with_seats, without_seats
from tests.domain.task_admission.settling import HALF
from tests.domain.task_admission.standing_still import CURE_ENDS, LOST_ON, MANDATE_ENDS, ONE_DAY, with_mandate
from workflows.task_admission import TaskAdmissionWorkflow


def recheck(there: District, on: date, because: str = "mandate_end", by: str = "schedule"):
    return there.answer(RecheckProof(because=because), by=by, on=on)


def lost(there: District, on: date, because: str = "mandate_end") -> District:
    return after(there, RecheckProof(because=because), "schedule", on)


def losses(answer: Any) -> list[str]:
    return [each.leg for each in answer.events if isinstance(each, LegLost)]


# --- authority
def test_the_day_after_its_last_one_the_authority_is_lost_and_on_the_day_it_is_not():
    assert recheck(with_mandate(), MANDATE_ENDS).answer.outcome == "nothing_new"
    answer = recheck(with_mandate(), LOST_ON)
    lost, suspended, cure = answer.events
    assert lost == LegLost(leg="authority", because="mandate_end", on=LOST_ON)
    assert suspended == TaskSuspended(
        cause="authority_ended", leg="authority", facts="mandate_end", side="record", by="schedule", on=LOST_ON
    )
    assert (cure.limit, cure.organisation, cure.deadline.due_on) == ("cure", "health", CURE_ENDS)
    assert answer.answer.phase == "suspended"


def test_the_schedule_asks_with_the_first_instant_of_the_day_after():
    rings = TaskAdmissionWorkflow.LIFECYCLE.wake_ups(with_mandate().case)
    assert ("RecheckProof", "2026-12-31T16:00") in [(each.command, each.at.isoformat()[:16]) for each in rings]


def test_authority_for_the_whole_term_is_not_lost_before_its_end():
    assert recheck(active(), END).answer.outcome == "nothing_new"


def test_both_sides_are_told():
    told = TaskAdmissionWorkflow.LIFECYCLE.follow_ups(recheck(with_mandate(), MANDATE_ENDS + ONE_DAY))
    assert {(each.notice, each.to_organisation) for each in told if isinstance(each, ServeNotice)} == {
        ("leg_lost", "health"),
        ("leg_lost", "harbour"),
        ("task_suspended", "health"),
        ("task_suspended", "harbour"),
    }


# --- people
@pytest.mark.parametrize("person", ["li", "chen"])
def test_when_somebody_who_was_named_leaves_office_the_people_are_lost(person):
    leaves = seat(person, "health", "delegating_department", last_on=date(2026, 9, 30))
    there = with_seats(without_seats(active(), person), leaves)
    assert not losses(recheck(there, date(2026, 9, 30), "directory"))
    answer = recheck(there, date(2026, 10, 1), "directory")
    assert answer.events[0] == LegLost(leg="people", because="directory", on=date(2026, 10, 1))
    assert (answer.events[1].cause, answer.answer.phase) == ("staff_missing", "suspended")


def test_two_legs_may_be_lost_at_once():
    there = without_seats(with_mandate(), "li")
    answer = recheck(there, LOST_ON)
    assert losses(answer) == ["authority", "people"]
    assert [each.leg for each in answer.after.state.causes] == ["authority", "people"]
    assert [each.limit for each in answer.events if isinstance(each, DeadlineSet)] == ["cure"]


# --- money
def test_money_that_is_due_and_not_there_on_the_day_after_is_lost_and_on_the_day_it_is_not():
    assert recheck(halfway(), date(2027, 1, 4), "money_end").answer.outcome == "nothing_new"
    answer = recheck(halfway(), date(2027, 1, 5), "money_end")
    assert (losses(answer), answer.after.state.causes[0].cause) == (["money"], "funds_overdue")
    assert answer.after.clocks["cure"].owner == "finance_bureau"


def test_the_schedule_looks_at_the_money_with_the_first_instant_of_the_day_after_it_was_due():
    rings = TaskAdmissionWorkflow.LIFECYCLE.wake_ups(halfway().case)
    asked = [(each.command, each.at.isoformat()[:16], each.body) for each in rings]
    assert ("RecheckProof", "2027-01-04T16:00", {"because": "money_end"}) in asked


def test_money_that_came_in_time_is_looked_at_no_more():
    paid_out = disburse(tranche=2, amount_fen=HALF, voucher="V-2")
    there = after(halfway(), paid_out, "feng", date(2026, 12, 1))
    there = after(there, received(amount_fen=HALF, voucher="V-2"), "ji", date(2026, 12, 2))
    assert "money_end" not in there.case.clocks
    assert recheck(there, date(2027, 1, 5), "money_end").answer.outcome == "nothing_new"


def test_one_fen_short_is_overdue_too():
    there = after(halfway(), disburse(tranche=2, amount_fen=HALF - 1, voucher="V-2"), "feng", date(2026, 12, 1))
    there = after(there, received(amount_fen=HALF - 1, voucher="V-2"), "ji", date(2026, 12, 2))
    assert losses(recheck(there, date(2027, 1, 5), "money_end")) == ["money"]


# --- once
def test_the_same_change_twice_is_nothing_new():
    there = lost(with_mandate(), MANDATE_ENDS + ONE_DAY)
    assert recheck(there, MANDATE_ENDS + ONE_DAY).answer.outcome == "nothing_new"


def test_nor_does_another_change_lose_again_what_is_lost():
    there = lost(with_mandate(), MANDATE_ENDS + ONE_DAY)
    assert recheck(there, MANDATE_ENDS + 2 * ONE_DAY, "directory").answer.outcome == "nothing_new"


def test_a_leg_that_was_shown_again_can_be_lost_again():
    first = date(2026, 6, 30)
    there = after(agreed(), grant(until_on=first), "chen", SIGNED_ON)
    there = lost(there, first + ONE_DAY)
    second = date(2026, 7, 31)
    there = after(there, grant(from_on=first + 2 * ONE_DAY, until_on=second), "chen", first + 2 * ONE_DAY)
    assert recheck(there, second).answer.outcome == "nothing_new"
    assert [each.leg for each in recheck(there, second + ONE_DAY).events] == ["authority"]


def test_people_who_are_named_anew_can_be_lost_again():
    there = lost(without_seats(empowered(), "li"), date(2026, 5, 6), "directory")
    other = (Assignment(person="chen", organisation="health", hours_a_month=40),)
    there = after(there, name_people(people=other), "chen", date(2026, 5, 7))
    assert recheck(there, date(2026, 5, 8), "directory").answer.outcome == "nothing_new"
    assert [each.leg for each in recheck(without_seats(there, "chen"), date(2026, 5, 9), "directory").events] == [
        "people"
    ]


# --- before the work begins
def test_authority_granted_for_the_first_day_is_not_lost_because_that_day_is_still_to_come():
    assert recheck(empowered(), SIGNED_ON + ONE_DAY, "directory").answer.outcome == "nothing_new"


def test_a_person_who_will_have_left_by_the_first_day_is_lost_as_soon_as_it_is_known():
    leaves = seat("li", "health", "delegating_department", last_on=START - ONE_DAY)
    there = with_seats(without_seats(empowered(), "li"), leaves)
    assert [each.leg for each in recheck(there, date(2026, 5, 6), "directory").events] == ["people"]
    stays = seat("li", "health", "delegating_department", last_on=START)
    assert not losses(recheck(with_seats(without_seats(empowered(), "li"), stays), date(2026, 5, 6)))


def test_what_was_never_shown_cannot_be_lost():
    assert recheck(agreed(), date(2026, 5, 6)).answer.outcome == "nothing_new"
    worker = Assignment(person="ji", organisation="harbour", hours_a_month=8)
    only_theirs = after(agreed(), name_people(people=(worker,), accountable_officer=None), "wu", SIGNED_ON)
    assert recheck(without_seats(only_theirs, "ji"), date(2026, 5, 6)).answer.outcome == "nothing_new"


# --- listed items
def test_a_listed_item_loses_its_authority_with_its_entry():
    without = published("assistance_list", version(1, entry("A-02", "something_else")))
    answer = recheck(listed().with_list(without), date(2026, 5, 6), "assistance_list")
    assert [each.leg for each in answer.events] == ["authority"]
    assert recheck(listed(), date(2026, 5, 6), "assistance_list").answer.outcome == "nothing_new"


# --- who, and when
def test_another_case_may_ask_and_no_person():
    assert recheck(with_mandate(), MANDATE_ENDS + ONE_DAY, by="linked_case").answer.outcome == "recorded"
    assert refusal(recheck(active(), START, by="li"))[0] == "not_your_role"


@pytest.mark.parametrize("there", [approved, leaving])
def test_it_means_nothing_before_the_agreement_nor_once_the_term_is_over(there):
    assert recheck(without_seats(there(), "li", "chen"), date(2027, 6, 2)).answer.outcome == "nothing_new"


def test_on_the_last_day_of_the_term_a_leg_may_still_be_lost_and_on_the_day_after_no_more():
    there = without_seats(active(), "li")
    assert recheck(there, END).answer.outcome == "recorded"
    assert recheck(there, END + ONE_DAY).answer.outcome == "nothing_new"
