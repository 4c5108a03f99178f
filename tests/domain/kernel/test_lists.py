"""A decision is a function of list version, item and date; an auditor replays it with the list of its day (§0.3)."""

from datetime import date

from domain.kernel.lists import ListVersion, PublishedList

JUNE, NOVEMBER, NEW_YEAR = date(2025, 6, 2), date(2025, 11, 5), date(2026, 1, 1)


def version(
    number: int, published: date, since: date, until: date | None = None, corrects: int | None = None
) -> ListVersion:
    days = {"published_on": published, "valid_from": since, "valid_to": until}
    return ListVersion(number=number, source="S2-07", entries=(), corrects=corrects, **days)


def governing(day: date, known_by: date, *versions: ListVersion) -> int | None:
    found = PublishedList(name="x", title="x", versions=versions).in_force_on(day, known_by)
    return None if found is None else found.number


def test_both_ends_of_a_version_count() -> None:
    only = version(1, JUNE, date(2025, 7, 1), date(2025, 12, 31))
    days = (date(2025, 6, 30), date(2025, 7, 1), date(2025, 12, 31), NEW_YEAR)
    assert [governing(day, NEW_YEAR, only) for day in days] == [None, 1, 1, None]


def test_of_two_that_cover_a_day_the_later_published_one_governs() -> None:
    assert governing(NEW_YEAR, NEW_YEAR, version(1, JUNE, JUNE), version(2, NOVEMBER, NEW_YEAR)) == 2


def test_what_was_not_published_yet_was_not_known() -> None:
    assert governing(NEW_YEAR, date(2025, 11, 4), version(1, JUNE, JUNE), version(2, NOVEMBER, NEW_YEAR)) == 1
    assert governing(NEW_YEAR, date(2025, 6, 1), version(1, JUNE, JUNE)) is None


def test_when_the_later_one_ends_the_earlier_one_governs_again() -> None:
    short = version(2, NOVEMBER, NEW_YEAR, date(2026, 1, 31))
    assert governing(date(2026, 2, 1), NEW_YEAR, version(1, JUNE, JUNE), short) == 1


def test_a_correction_stands_in_the_place_of_the_version_it_corrects() -> None:
    versions = (version(1, JUNE, JUNE), version(2, NOVEMBER, NEW_YEAR), version(3, NEW_YEAR, JUNE, corrects=1))
    assert governing(NOVEMBER, NEW_YEAR, *versions) == 3
    assert governing(NEW_YEAR, NEW_YEAR, *versions) == 2
