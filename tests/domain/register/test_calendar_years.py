"""A deadline beyond the table is provisional and is recomputed, by an event, when the table arrives (dossier §3.2)."""

from datetime import date

from domain.kernel.followups import TellAffected
from domain.links.register_to_cases import register_to_cases
from domain.register.events import CalendarYearPublished
from tests.domain.register.publications import a_list, a_year, correct, publish, register
from tests.spec import TODAY, Given

SATURDAY = date(2026, 10, 10)


def published(*contents: object) -> Given:
    there = register("calendar")
    for content in contents:
        there = there.when(publish(content, "calendar")).recorded()
    return there


def test_each_year_is_published_by_itself_and_read_in_order() -> None:
    state = published(a_year(2027, announced=False), a_year(2026)).case.state
    assert [each.year for each in state.published.years] == [2026, 2027]
    assert [each.number for each in state.versions] == [1, 2]


def test_the_notice_replaces_what_was_assumed_of_the_year() -> None:
    state = published(a_year(announced=False, off=1), a_year(off=3, made_up=(SATURDAY,))).case.state
    assert state.published.is_announced(2026)
    assert state.published.is_working(SATURDAY)


def test_an_announced_year_is_announced_once() -> None:
    published(a_year()).when(publish(a_year(off=4), "calendar")).then_refused(
        "register.year_already_announced", year=2026, version=1
    )


def test_the_same_year_again_is_nothing_new() -> None:
    published(a_year()).when(publish(a_year(), "calendar")).then_nothing_new()


def test_a_day_is_named_once() -> None:
    content = a_year()
    twice = content.year.model_copy(update={"days_off": (*content.year.days_off, content.year.days_off[0])})
    asked = register("calendar").when(publish(content.model_copy(update={"year": twice}), "calendar"))
    asked.then_refused("register.day_twice", day="2026-10-01")


def test_no_weekend_is_worked_but_for_a_working_day_that_was_freed() -> None:
    content = a_year(off=1, made_up=(SATURDAY, date(2026, 10, 17)))
    register("calendar").when(publish(content, "calendar")).then_refused(
        "register.nothing_to_make_up_for", made_up=2, freed=1
    )


def test_a_published_year_has_every_provisional_deadline_counted_again() -> None:
    asked = register("calendar").when(publish(a_year(2027), "calendar"))
    asked.recorded()
    told = TellAffected(key="provisional", command="RecomputeDeadlines", body={"year": 2027})
    assert [register_to_cases(each, asked.decision) for each in asked.decision.events] == [(told,)]


def test_a_corrected_year_too() -> None:
    asked = published(a_year()).when(correct(1, a_year(off=4), "calendar"))
    asked.recorded()
    assert register_to_cases(asked.decision.events[0], asked.decision)


def test_a_published_list_has_nothing_counted_again() -> None:
    asked = register().when(publish(a_list()))
    asked.recorded()
    assert register_to_cases(asked.decision.events[0], asked.decision) == ()


def test_the_event_says_when_the_year_was_published() -> None:
    asked = register("calendar").when(publish(a_year(), "calendar"))
    asked.recorded()
    (event,) = asked.decision.events
    assert isinstance(event, CalendarYearPublished)
    assert event.version.published_on == TODAY
