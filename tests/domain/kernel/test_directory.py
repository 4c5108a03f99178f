"""Every date is a legal date in Shanghai; a last day is inclusive (dossier §3.2)."""

from datetime import date

from domain.kernel.directory import Spell

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 6)


def test_the_first_and_the_last_day_count() -> None:
    days = (date(2026, 3, 1), FIRST, LAST, date(2026, 3, 7))
    assert [Spell(first_on=FIRST, last_on=LAST).covers(day) for day in days] == [False, True, True, False]


def test_without_a_last_day_it_lasts_until_further_notice() -> None:
    assert Spell(first_on=FIRST).covers(date(2099, 12, 31))
