"""A registrar, and what is published in the tests: lists, years, packs."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from domain.kernel.calendar import CalendarYear
from domain.kernel.directory import Seat, Spell
from domain.kernel.lists import ListContent, ListEntry
from domain.kernel.policy import Pack, parse_pack
from domain.register.commands import CorrectVersion, PublishVersion
from domain.register.contents import CalendarContent, Content, PackContent
from domain.register.decider import REGISTER
from tests.spec import Given, World, given

SEAT = Seat(id="s1", person="li", organisation="civil", role="registrar", spell=Spell(first_on=date(2020, 1, 1)))
WORLD = World(entries=(SEAT,))
LIST = "assistance_list"


def register(name: str = LIST) -> Given:
    return given(REGISTER, case=f"register-zone-{name}").in_(WORLD)


def entry(number: str = "A-01", matter: str = "public_security", **more: Any) -> ListEntry:
    fields = {"title": matter, "category": "security", "source": "L-RC25:10(五)", **more}
    return ListEntry(id=number, matter=matter, **fields)


def a_list(*entries: ListEntry, since: date = date(2018, 12, 29), until: date | None = None) -> ListContent:
    return ListContent(
        title="协助政府事项", valid_from=since, valid_to=until, source="S2-07", entries=entries or (entry(),)
    )


def weekdays(year: int, how_many: int) -> Iterator[date]:
    days = (date(year, 10, 1) + timedelta(days=n) for n in range(60))
    return (day for day, _ in zip((day for day in days if day.weekday() < 5), range(how_many), strict=False))


def a_year(
    year: int = 2026, *, announced: bool = True, off: int = 3, made_up: tuple[date, ...] = ()
) -> CalendarContent:
    days_off = tuple(weekdays(year, off))
    found = CalendarYear(
        year=year, announced=announced, days_off=days_off, make_up_days=made_up, source="a test's own notice"
    )
    return CalendarContent(year=found)


def value(name: str, length: int, since: str, until: str | None = None) -> dict[str, Any]:
    return {
        "name": name,
        "value": length,
        "unit": "wd",
        "valid_from": since,
        "valid_to": until,
        "source": "§1",
        "grade": "yes",
        "read_on": "each_day",
    }


def a_pack(*values: dict[str, Any], name: str = "zone") -> PackContent:
    pack: Pack = parse_pack(
        {"name": name, "title": name, "valid_from": "2012-01-01", "source": "§0", "entries": list(values)}
    )
    return PackContent(pack=pack)


def publish(content: Content, name: str = LIST) -> PublishVersion:
    return PublishVersion(name=name, content=content)


def correct(number: int, content: Content, name: str = LIST) -> CorrectVersion:
    return CorrectVersion(name=name, corrects=number, content=content, reason="录入错误")
