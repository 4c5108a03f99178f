"""What is driven: scripts of `examples/` and of this folder, each in as many copies as there are cases for it.

A copy differs from the next in its command ids and in the names that are its own (`own` in `plans.yaml`): a community
of its own with its own people, so that no case is another's duplicate and none spends another's money.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import JsonValue

from adapters.calendars import read_year
from domain.kernel.messages import body_of
from domain.kernel.months import add_months
from domain.register.commands import body_to_publish
from starter.demo import YEAR, moved, on_its_day
from starter.scripts import Played, Step, read_district, read_script

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
_MONTHS_IN_QUARTER = 3

Time = Literal["now", "passed", "moved"]
"""How the days of a script come about.

`now`: its first step is today's, and nothing waits. `passed`: it began so many weeks ago, and every act is recorded
under its day with evidence, so that each limit it sets is over and rings at once. `moved`: the server moves the clock
of the case to the instant of each step.
"""


@dataclass(frozen=True)
class Plan:
    """One script, and how it is played."""

    script: Played
    time: Time
    weeks: int
    own: frozenset[str]


@dataclass(frozen=True)
class Copy:
    """One playing of a plan: its steps with the names and days they have in it."""

    name: str
    tenant: str
    time: Time
    steps: Sequence[Step]


def read_plans() -> list[Plan]:
    """Read `plans.yaml`; what is named first is driven first, and all of them in turn."""
    listed: list[dict[str, Any]] = yaml.safe_load((FOLDER / "plans.yaml").read_text(encoding="utf-8"))
    return [
        Plan(
            script=read_script(ROOT / each["script"]),
            time=each["time"],
            weeks=each.get("weeks", 0),
            own=frozenset(each.get("own", ())),
        )
        for each in listed
    ]


def copies_of(plans: Sequence[Plan], cases: int, today: date) -> list[Copy]:
    """Give so many copies, of one plan after the other."""
    return [_copy(plans[number % len(plans)], number, today) for number in range(cases)]


def announcement(tenant: str, today: date) -> Copy:
    """Let the notice for the next year come out, with more days of rest than the law alone gives.

    Every open case with a limit that rests on that year is told, and counts it again.
    """
    statutory = read_year(ROOT / "policy" / "calendars" / f"{today.year + 1}.yaml")
    bridge = [date(statutory.year, 1, day) for day in (2, 3)]
    days_off = tuple(sorted({*statutory.days_off, *bridge}))
    announced = statutory.model_copy(update={"announced": True, "days_off": days_off})
    step = Step.model_validate(
        {
            "at": today.isoformat(),
            "as": "qian",
            "send": (f"register-{tenant}-calendar", "PublishVersion"),
            "with": body_to_publish("calendar", body_of(announced)),
            "expect": {"outcome": "recorded", "events": ["CalendarYearPublished"]},
        }
    )
    return Copy("announcement", tenant, "now", [step])


def _copy(plan: Plan, number: int, today: date) -> Copy:
    first = today - timedelta(weeks=plan.weeks)
    steps = [each for _, each in moved(plan.script, first)]
    if plan.time == "passed":
        steps = [each if each.until else on_its_day(plan.script, each) for each in steps]
    own = [renamed(each, plan.own, number) for each in steps]
    return Copy(f"{number}-{Path(plan.script.name).stem}", plan.script.tenant, plan.time, own)


def renamed(step: Step, own: frozenset[str], number: int) -> Step:
    """Give a step with the names that are one copy's own, and each year and quarter that is named by a day of it."""
    person = step.person if step.person is None else _name(step.person, own, number)
    send = None if step.send is None else (_name(step.send[0], own, number), step.send[1])
    body = {key: _named(each, own, number, key) for key, each in step.body.items()}
    return step.model_copy(update={"person": person, "send": send, "body": body})


def _name(name: str, own: frozenset[str], number: int) -> str:
    return f"{name}-{number}" if name in own else name


def _named(value: JsonValue, own: frozenset[str], number: int, key: str = "") -> JsonValue:
    match value:
        case str() if key == YEAR:
            return date.fromisoformat(value).year
        case str():
            return _name(value, own, number)
        case list():
            return [_named(each, own, number) for each in value]
        case {"quarter_of": str(day), **others} if not others:
            return _quarter_end(date.fromisoformat(day)).isoformat()
        case dict():
            return {name: _named(each, own, number, name) for name, each in value.items()}
        case _:
            return value


def _quarter_end(day: date) -> date:
    """Give the day before the next quarter begins; quarters begin with the year."""
    begins = date(day.year, (day.month - 1) // _MONTHS_IN_QUARTER * _MONTHS_IN_QUARTER + 1, 1)
    return add_months(begins, _MONTHS_IN_QUARTER) - timedelta(days=1)


def district_of(plans: Sequence[Plan], cases: int) -> Iterator[tuple[Played, Step]]:
    """Give what the districts of these plans say of themselves, in the order of the instants, each act under its day.

    What is said of a name that is a copy's own is said again of each copy's.
    """
    folders = {each.script.district for each in plans if each.script.district is not None}
    said = [(part, step) for folder in sorted(folders) for part in read_district(folder) for _, step in part.steps]
    for part, step in sorted(said, key=lambda each: each[1].instant):
        for each in (step, *_said_again(step, plans, cases)):
            yield part, on_its_day(part, each)


def _said_again(step: Step, plans: Sequence[Plan], cases: int) -> Iterator[Step]:
    """Give the step once more with a member for every copy, where it lists something that names a copy's own."""
    lists = {
        key: [
            copied
            for number in range(cases)
            for member in value
            for copied in _member_of(member, plans[number % len(plans)].own, number)
        ]
        for key, value in step.body.items()
        if isinstance(value, list)
    }
    if any(lists.values()):
        yield step.model_copy(update={"body": {**step.body, **lists}})


def _member_of(member: JsonValue, own: frozenset[str], number: int) -> Iterator[JsonValue]:
    """Give what is said of a copy's own, under an id of its own."""
    if not isinstance(member, dict):
        return
    copied = _named(member, own, number)
    if copied == member or not isinstance(copied, dict):
        return
    if "id" in member and copied["id"] == member["id"]:
        copied = {**copied, "id": f"{member['id']}-{number}"}
    yield copied
