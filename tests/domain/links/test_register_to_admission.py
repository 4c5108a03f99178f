"""A published or corrected list is told to the items that rest on an entry of which it says something else.

ADMISSION §6 (RecheckProof), §7: the register tells each open case that names a changed entry.
"""

from datetime import date
from typing import Any

from domain.kernel.followups import TellAffected
from domain.kernel.lists import ListContent
from domain.links.register_to_admission import register_to_admission
from tests.domain.register.publications import a_list, a_year, correct, entry, publish, register
from tests.domain.task_admission.main_line import agreed
from tests.domain.task_admission.owed import listed
from tests.spec import Given, Then

SECURITY, MEALS, NOTICES = entry("A-01", "security"), entry("A-02", "meals"), entry("A-03", "notices")
FIRST = a_list(SECURITY, MEALS)
NEXT, LATER = date(2026, 4, 1), date(2027, 1, 1)


def published(*contents: ListContent) -> Given:
    there = register()
    for each in contents:
        there = there.when(publish(each)).recorded()
    return there


def keys(asked: Then) -> list[str]:
    """Give the keys by which cases are told of an answer."""
    asked.recorded()
    told = [each for event in asked.decision.events for each in register_to_admission(event, asked.decision)]
    assert len(told) <= 1  # one campaign, so that a case with several of the keys is told once
    return [key for each in told if isinstance(each, TellAffected) for key in each.keys]


def test_nobody_rests_on_a_list_that_is_published_for_the_first_time():
    assert keys(register().when(publish(FIRST))) == []


def test_an_entry_that_is_struck_is_told_and_what_stays_as_it_is_is_not():
    assert keys(published(FIRST).when(publish(a_list(MEALS, since=NEXT)))) == ["list:assistance_list/security"]


def test_an_entry_that_reads_otherwise_or_is_new_is_told():
    other = MEALS.model_copy(update={"held_by": ("department",)})
    asked = published(FIRST).when(publish(a_list(SECURITY, other, NOTICES, since=NEXT)))
    assert keys(asked) == ["list:assistance_list/meals", "list:assistance_list/notices"]


def test_the_same_list_anew_concerns_nobody():
    assert keys(published(FIRST).when(publish(a_list(SECURITY, MEALS, since=NEXT)))) == []


def test_a_version_to_come_that_is_published_before_another_is_compared_with_both():
    there = published(FIRST, a_list(SECURITY, MEALS, NOTICES, since=LATER))
    asked = there.when(publish(a_list(SECURITY, MEALS, since=date(2026, 6, 1))))
    assert keys(asked) == ["list:assistance_list/notices"]


def test_a_correction_is_told_for_what_it_changes():
    assert keys(published(FIRST).when(correct(1, a_list(SECURITY)))) == ["list:assistance_list/meals"]


def test_a_correction_by_which_days_are_lost_is_told_for_every_entry():
    shorter = a_list(SECURITY, MEALS, until=date(2026, 12, 31))
    assert keys(published(FIRST).when(correct(1, shorter))) == [
        "list:assistance_list/meals",
        "list:assistance_list/security",
    ]


def test_it_says_which_version_it_was():
    asked = published(FIRST).when(publish(a_list(MEALS, since=NEXT)))
    (told,) = register_to_admission(asked.decision.events[0], asked.decision)
    assert isinstance(told, TellAffected)
    assert (told.command, told.body) == ("RecheckProof", {"because": "assistance_list@2"})


def test_lists_that_are_read_once_at_a_decision_and_calendars_tell_nobody():
    there = register("prohibited_list").when(publish(FIRST, "prohibited_list")).recorded()
    assert keys(there.when(publish(a_list(MEALS, since=NEXT), "prohibited_list"))) == []
    assert keys(register("calendar").when(publish(a_year(), "calendar"))) == []


def test_a_listed_item_is_found_by_its_matter_and_an_agreed_one_is_not():
    def found(there: Any) -> list[str]:
        view = there.there.process.view(there.case.state)
        return [key for key in view.keys if key.startswith("list:")]

    assert found(listed()) == ["list:assistance_list/public_health_notices"]
    assert found(agreed()) == []
