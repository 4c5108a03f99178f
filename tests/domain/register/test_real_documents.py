"""What lies in policy/ is what a district publishes: each document is accepted, a later one follows the earlier."""

import re
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, cast

import pytest

from adapters.calendars import read_calendar
from adapters.documents import read_file
from adapters.packs import read_packs
from domain.kernel.lists import kind_of
from domain.kernel.messages import body_of
from domain.register.commands import COMMANDS, body_to_correct, body_to_publish
from domain.register.state import Unpublished
from tests.domain.register.publications import register

POLICY = Path(__file__).parents[3] / "policy"
DOCUMENTS = sorted(POLICY.glob("*/lists/*.yaml"))
ENACTED = date(2025, 10, 29)
_YEAR = re.compile(r"_\d{4}$")


def _register_of(document: Path) -> tuple[str, str]:
    return document.parts[-3], _YEAR.sub("", document.stem)


LISTS = [(place, name, list(files)) for (place, name), files in groupby(DOCUMENTS, key=_register_of)]


@pytest.mark.parametrize(
    ("name", "files"), [(name, files) for _, name, files in LISTS], ids=[f"{p}-{n}" for p, n, _ in LISTS]
)
def test_every_list_is_published_as_it_lies_there(name: str, files: list[Path]) -> None:
    there = register(name)
    for number, file in enumerate(files, start=1):
        document = cast("dict[str, Any]", read_file(file).value)
        on = date(2025, 6, 2) if number == 1 else ENACTED
        there = there.when(COMMANDS.read("PublishVersion", body_to_publish(name, document)), on=on).recorded()
    assert [each.number for each in there.case.state.versions] == list(range(1, len(files) + 1))


def test_the_revised_law_changes_what_a_community_assists_with_from_its_first_day_on() -> None:
    there = register("assistance_list")
    for file, on in (("assistance_list_2018", date(2025, 6, 2)), ("assistance_list_2026", ENACTED)):
        document = cast("dict[str, Any]", read_file(POLICY / f"national/lists/{file}.yaml").value)
        there = there.when(
            COMMANDS.read("PublishVersion", body_to_publish("assistance_list", document)), on=on
        ).recorded()
    published = there.case.state.published
    before, since = (published.in_force_on(day, ENACTED) for day in (date(2025, 12, 31), date(2026, 1, 1)))
    assert "public_health" in {entry.matter for entry in before.entries}
    assert "public_health" not in {entry.matter for entry in since.entries}


def test_every_pack_is_published_as_it_lies_there() -> None:
    for name, pack in read_packs(POLICY).items():
        body = body_to_publish(f"pack-{name}", body_of(pack))
        there = register(f"pack-{name}").when(COMMANDS.read("PublishVersion", body)).recorded()
        assert there.case.state.published == pack


def test_every_calendar_year_is_published_as_it_lies_there() -> None:
    calendar = read_calendar(POLICY / "calendars")
    there = register("calendar")
    for year in calendar.years:
        there = there.when(COMMANDS.read("PublishVersion", body_to_publish("calendar", body_of(year)))).recorded()
    assert there.case.state.published == calendar


def test_a_document_corrects_a_version_as_it_would_publish_one() -> None:
    document: dict[str, Any] = {"year": 2027, "announced": False, "days_off": ["2027-01-01"], "source": "x"}
    there = register("calendar").when(COMMANDS.read("PublishVersion", body_to_publish("calendar", document))).recorded()
    right = {**document, "days_off": ["2027-01-01", "2027-02-06"]}
    there.when(COMMANDS.read("CorrectVersion", body_to_correct("calendar", 1, "漏了一天", right))).recorded()


def test_a_register_that_has_published_nothing_is_no_fact() -> None:
    assert Unpublished().published is None
    assert Unpublished().versions == ()


def test_a_name_says_what_is_published_under_it() -> None:
    assert [kind_of(name) for name in ("calendar", "pack-zone", "power_duty_list", "calendars")] == [
        "calendar",
        "pack",
        "list",
        "list",
    ]
