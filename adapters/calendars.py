"""Working-day calendars: YAML on disk to `Calendar`, and the files of announced years from chinesecalendar.

`python -m adapters.calendars policy/calendars 2004 2026` writes the files of those years again, to the same bytes.
"""

import sys
from collections.abc import Iterator
from datetime import date
from json import dumps
from pathlib import Path
from textwrap import fill

from chinese_calendar import constants  # pyright: ignore[reportMissingTypeStubs] — the package has none
from pydantic import ValidationError
from pydantic_core import to_json

from adapters.documents import read_file
from domain.kernel.calendar import Calendar, CalendarYear
from domain.kernel.errors import BadInput
from domain.kernel.messages import first_defect


def read_calendar(folder: Path) -> Calendar:
    """Read every year below *folder* (`policy/calendars`).

    Raises:
        BadInput: Names the file and line of the first value that is wrong.
    """
    return Calendar(years=tuple(read_year(path) for path in sorted(folder.glob("*.yaml"))))


def read_year(path: Path) -> CalendarYear:
    """Read one year.

    Raises:
        BadInput: Names the file and line of the first value that is wrong.
    """
    document = read_file(path)
    try:
        return CalendarYear.model_validate_json(to_json(document.value))
    except ValidationError as error:
        raise document.located(first_defect(error)) from None


def announced_year(year: int) -> CalendarYear:
    """Take one year from chinesecalendar, which follows the State Council's notices.

    Raises:
        BadInput: The installed version does not hold that year.
    """
    days_off = _of(year, constants.holidays)
    if not days_off:
        raise BadInput("year", str(year), "a year the installed chinesecalendar holds")
    return CalendarYear(
        year=year,
        days_off=days_off,
        make_up_days=_of(year, constants.workdays),
        source=f"国务院办公厅关于{year}年部分节假日安排的通知 (L-HOL, chinesecalendar)",
    )


def _of(year: int, days: dict[date, str]) -> tuple[date, ...]:
    return tuple(sorted(day for day in days if day.year == year))


def yaml_of(year: CalendarYear) -> str:
    """Write a year as its file."""
    head = f"year: {year.year}\nannounced: {dumps(year.announced)}\nsource: {dumps(year.source, ensure_ascii=False)}\n"
    return head + f"days_off:\n{_listed(year.days_off)}\nmake_up_days:\n{_listed(year.make_up_days)}\n"


def _listed(days: tuple[date, ...]) -> str:
    text = "[" + ", ".join(day.isoformat() for day in days) + "]"
    return fill(text, width=100, initial_indent="  ", subsequent_indent="   ", break_on_hyphens=False)


def _written(folder: Path, years: range) -> Iterator[Path]:
    for year in years:
        path = folder / f"{year}.yaml"
        path.write_text(yaml_of(announced_year(year)), encoding="utf-8")
        yield path


if __name__ == "__main__":
    target, first, last = sys.argv[1:]
    for each in _written(Path(target), range(int(first), int(last) + 1)):
        sys.stdout.write(f"{each}\n")
