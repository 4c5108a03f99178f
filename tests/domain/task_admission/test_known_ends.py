"""A leg that is known to end is looked at again on the day after its last one, without anybody's asking.

ADMISSION §6 (RecheckProof), §8 item 30: the legs are read on each day; what was published or entered before tells the
day on which one will fall.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.kernel.clock_events import DeadlineClosed, DeadlineSet
from domain.kernel.directory import Seat, Spell
from domain.task_admission.commands import EndTerm, RecheckProof
from domain.task_admission.events import LegLost
from tests.domain.task_admission.district import START, District, entry, published, seat, version
from tests.domain.task_admission.main_line import (
    END,
    SIGNED_ON,
    active,
    after,
    agreed,
    approved,
    empowered,
    name_people,
)
from tests.domain.task_admission.owed import listed, with_seats, without_seats
from workflows.task_admission import TaskAdmissionWorkflow

ONE_DAY = timedelta(days=1)
LAST = date(2026, 9, 30)
SOON = date(2026, 6, 10)


def ends(there: District, name: str) -> date | None:
    """Give the day that is noted, if one is."""
    clocks = there.case.clocks
    return clocks[name].deadline.due_on if name in clocks else None


def leaving_office(there: District, person: str, last_on: date | None) -> District:
    return with_seats(without_seats(there, person), seat(person, "health", "delegating_department", last_on=last_on))


def told(there: District, on: date = SOON, because: str = "seat/li-health") -> Any:
    return there.answer(RecheckProof(because=because), by="linked_case", on=on)


def rung(there: District, name: str) -> list[tuple[str, str]]:
    """Give the instant and the cause of what the schedule will send for a limit."""
    rings = TaskAdmissionWorkflow.LIFECYCLE.wake_ups(there.case)
    of_it = (each for each in rings if each.id.startswith(f"wake:{name}:"))
    return [(each.at.isoformat()[:16], str(each.body["because"])) for each in of_it]


# --- people
def test_who_is_named_with_an_office_that_ends_within_the_term_is_looked_at_on_the_day_after():
    there = after(leaving_office(agreed(), "li", LAST), name_people(), "li", SIGNED_ON)
    assert ends(there, "people_end") == LAST
    assert rung(there, "people_end") == [("2026-09-30T16:00", "people_end")]


def test_while_the_agreement_is_pending_too():
    there = after(leaving_office(approved(), "li", LAST), name_people(), "li", SIGNED_ON)
    assert ends(there, "people_end") == LAST


def test_a_seat_that_gets_a_last_day_to_come_is_noted_and_loses_nothing_yet():
    answer = told(leaving_office(active(), "li", LAST))
    (noted,) = answer.events
    assert isinstance(noted, DeadlineSet)
    assert (noted.limit, noted.deadline.due_on, noted.deadline.kind) == ("people_end", LAST, "date")


def test_the_same_day_is_not_noted_again():
    there = leaving_office(active(), "li", LAST)
    assert told(there.given(*told(there).events), SOON + ONE_DAY).answer.outcome == "nothing_new"


def test_on_the_day_after_the_leg_is_lost_and_the_day_is_done_with():
    there = leaving_office(active(), "li", LAST)
    there = there.given(*told(there).events)
    answer = there.answer(RecheckProof(because="people_end"), by="schedule", on=LAST + ONE_DAY)
    lost = LegLost(leg="people", because="people_end", on=LAST + ONE_DAY)
    assert (answer.events[0], answer.events[-1]) == (lost, DeadlineClosed(limit="people_end"))
    assert answer.answer.phase == "suspended"


def test_of_several_the_first_who_leaves_counts():
    both = leaving_office(leaving_office(active(), "li", LAST), "chen", LAST - ONE_DAY)
    assert told(both).events[0].deadline.due_on == LAST - ONE_DAY


def test_who_goes_on_in_another_office_of_the_same_organisation_does_not_end():
    next_office = Spell(first_on=LAST + ONE_DAY, last_on=None)
    other = Seat(id="li-2", person="li", organisation="health", role="head_of_department", spell=next_office)
    assert told(with_seats(leaving_office(active(), "li", LAST), other)).answer.outcome == "nothing_new"


@pytest.mark.parametrize(("last_on", "noted"), [(END, None), (END - ONE_DAY, END - ONE_DAY)])
def test_what_ends_with_the_term_needs_no_look(last_on: date, noted: date | None):
    there = after(leaving_office(agreed(), "li", last_on), name_people(), "li", SIGNED_ON)
    assert ends(there, "people_end") == noted


def test_a_seat_that_after_all_does_not_end_is_no_longer_waited_for():
    there = leaving_office(active(), "li", LAST)
    there = leaving_office(there.given(*told(there).events), "li", None)
    assert told(there).events == (DeadlineClosed(limit="people_end"),)


def test_before_the_agreement_a_day_is_noted_and_nothing_is_lost():
    there = after(approved(), name_people(), "li", SIGNED_ON)
    assert [type(each) for each in told(leaving_office(there, "li", LAST), SIGNED_ON).events] == [DeadlineSet]
    assert told(without_seats(there, "li"), SIGNED_ON).answer.outcome == "nothing_new"


def test_before_the_work_begins_its_first_day_counts():
    there = leaving_office(empowered(), "li", START)
    assert told(there, SIGNED_ON + ONE_DAY).events[0].deadline.due_on == START


def test_once_the_term_is_over_nothing_is_waited_for():
    there = leaving_office(active(), "li", LAST)
    there = after(there.given(*told(there).events), EndTerm(), "schedule", END + ONE_DAY)
    assert ends(there, "people_end") is None


# --- listed items
def test_an_entry_that_is_to_be_struck_is_looked_at_on_that_day():
    struck = version(2, entry("A-02", "something_else"), since=date(2026, 10, 1), published=SOON)
    there = with_lists(listed(), struck)
    (noted,) = told(there, because="assistance_list@2").events
    assert (noted.limit, noted.deadline.due_on) == ("list_end", LAST)
    later = there.given(noted)
    assert rung(later, "list_end") == [("2026-09-30T16:00", "list_end")]
    lost = later.answer(RecheckProof(because="list_end"), by="schedule", on=LAST + ONE_DAY).events
    assert lost[0] == LegLost(leg="authority", because="list_end", on=LAST + ONE_DAY)


def test_an_entry_that_goes_on_in_the_next_version_is_not():
    goes_on = version(2, entry("A-07", "public_health_notices"), since=date(2026, 10, 1), published=SOON)
    assert told(with_lists(listed(), goes_on)).answer.outcome == "nothing_new"


def test_a_list_with_a_last_day_is_noted_when_the_item_is_confirmed():
    short = published("assistance_list", version(1, entry("A-01", "public_health_notices"), until=LAST))
    assert ends(listed(District().with_list(short)), "list_end") == LAST


def with_lists(there: District, *more: Any) -> District:
    """Give the case where further versions of the assistance list have been published."""
    first = next(each for each in there.lists if each.name == "assistance_list")
    return there.with_list(replace_versions(first, *more))


def replace_versions(one: Any, *more: Any) -> Any:
    return one.model_copy(update={"versions": (*one.versions, *more)})
