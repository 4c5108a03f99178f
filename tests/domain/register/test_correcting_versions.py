"""Replay of an old case must use the rules of its day (dossier §0.3): a correction replaces and hides nothing."""

from datetime import date

from domain.register.events import CalendarYearCorrected, ListVersionCorrected, PolicyPackCorrected
from tests.domain.register.publications import a_list, a_pack, a_year, correct, entry, publish, register, value
from tests.spec import TODAY, Given

LATER = date(2026, 5, 4)
NEXT = date(2026, 6, 1)
RIGHT = a_list(entry(matter="public_safety"))


def two_versions() -> Given:
    there = register().when(publish(a_list())).recorded()
    return there.when(publish(a_list(entry(), entry("A-02", "petitions"), since=LATER)), on=LATER).recorded()


def test_a_correction_governs_in_the_place_of_what_it_corrects_and_not_at_the_end() -> None:
    there = two_versions().when(correct(1, RIGHT), on=NEXT).recorded()
    published = there.case.state.published
    assert published.in_force_on(date(2026, 3, 3), NEXT).number == 3
    assert published.in_force_on(LATER, NEXT).number == 2


def test_before_the_correction_was_published_the_wrong_version_was_what_one_knew() -> None:
    published = two_versions().when(correct(1, RIGHT), on=NEXT).recorded().case.state.published
    assert published.in_force_on(date(2026, 3, 3), LATER).number == 1


def test_a_correction_of_a_correction_stands_in_the_first_ones_place() -> None:
    again = a_list(entry(matter="public_order"))
    there = two_versions().when(correct(1, RIGHT), on=NEXT).recorded().when(correct(3, again), on=NEXT).recorded()
    published = there.case.state.published
    assert published.in_force_on(TODAY, NEXT).number == 4
    assert published.in_force_on(LATER, NEXT).number == 2


def test_a_correction_keeps_its_reason() -> None:
    asked = two_versions().when(correct(1, RIGHT), on=NEXT)
    asked.recorded()
    (event,) = asked.decision.events
    assert isinstance(event, ListVersionCorrected)
    assert (event.version.corrects, event.reason) == (1, "录入错误")


def test_the_same_correction_again_is_nothing_new() -> None:
    there = two_versions().when(correct(1, RIGHT), on=NEXT).recorded()
    there.when(correct(1, RIGHT), on=NEXT).then_nothing_new()


def test_a_correction_that_corrects_nothing_is_nothing_new() -> None:
    two_versions().when(correct(1, a_list()), on=NEXT).then_nothing_new()


def test_what_is_corrected_must_be_there_and_not_be_corrected_yet() -> None:
    two_versions().when(correct(7, RIGHT), on=NEXT).then_refused("register.unknown_version", version=7, last=2)
    there = two_versions().when(correct(1, RIGHT), on=NEXT).recorded()
    another = a_list(entry(matter="public_order"))
    there.when(correct(1, another), on=NEXT).then_refused("register.already_corrected", version=1, by=3)


def test_a_correction_is_a_whole_list_too() -> None:
    wrong = a_list(entry(category=None))
    two_versions().when(correct(1, wrong), on=NEXT).then_refused("register.entry_without_class")


def test_a_register_is_not_opened_by_a_correction() -> None:
    register().when(correct(1, RIGHT)).then_refused("register.not_opened", command="CorrectVersion")


def test_an_announced_year_is_corrected_with_the_same_year() -> None:
    there = register("calendar").when(publish(a_year(), "calendar")).recorded()
    there.when(correct(1, a_year(2027), "calendar")).then_refused("register.another_year", expected=2026)
    asked = there.when(correct(1, a_year(off=5), "calendar"))
    after = asked.recorded()
    assert isinstance(asked.decision.events[0], CalendarYearCorrected)
    assert len(after.case.state.published.years[0].days_off) == 5
    after.when(correct(1, a_year(off=5), "calendar")).then_nothing_new()
    after.when(correct(1, a_year(off=6), "calendar")).then_refused("register.already_corrected", by=2)


def test_a_year_that_its_notice_has_replaced_is_not_corrected_any_more() -> None:
    there = register("calendar").when(publish(a_year(announced=False), "calendar")).recorded()
    there = there.when(publish(a_year(off=5), "calendar")).recorded()
    there.when(correct(1, a_year(off=4), "calendar")).then_refused("register.not_the_last", version=1, last=2)


def test_only_the_last_pack_is_corrected_and_then_for_every_day() -> None:
    old, wrong, right = value("x", 5, "2020-01-01"), value("y", 7, "2026-05-04"), value("x", 6, "2020-01-01")
    there = register("pack-zone").when(publish(a_pack(old), "pack-zone")).recorded()
    there = there.when(publish(a_pack(old, wrong), "pack-zone"), on=LATER).recorded()
    there.when(correct(1, a_pack(right), "pack-zone"), on=NEXT).then_refused("register.not_the_last", last=2)
    asked = there.when(correct(2, a_pack(right), "pack-zone"), on=NEXT)
    after = asked.recorded()
    assert isinstance(asked.decision.events[0], PolicyPackCorrected)
    assert after.case.state.published == a_pack(right).pack
    after.when(correct(2, a_pack(right), "pack-zone"), on=NEXT).then_nothing_new()
