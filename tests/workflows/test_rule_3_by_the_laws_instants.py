"""One command at a time per case, in the order of the law's instants: received in time is in time, however late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.kernel.messages import shanghai_date, start_of
from tests.workflows.house import House, ids

FAR = "2099-01-01"
A_SECOND = timedelta(seconds=1)


def last_day() -> date:
    """A day that is over: the limit on it passed while no worker was there."""
    return shanghai_date(datetime.now(UTC)) - timedelta(days=2)


def end_of(day: date) -> datetime:
    return start_of(day + timedelta(days=1))


async def test_commands_are_decided_in_the_order_in_which_they_came_in(house: House) -> None:
    case = house.new_case()
    now = house.now(case)
    await house.send(case, house.envelope(case, "OpenPermit", "open", at=now - timedelta(hours=9), answer_by=FAR))
    for hours, command in ((1, "third"), (3, "first"), (2, "second")):
        at = now - timedelta(hours=hours)
        await house.send(case, house.envelope(case, "AddNote", command, at=at, text=command))
    async with house.working():
        await house.answer(case, "third")
    assert ids(await house.commands(case)) == ["open", "first", "second", "third"]


@pytest.mark.parametrize(
    ("after_the_limit", "outcome"),
    [(-A_SECOND, "recorded"), (0 * A_SECOND, "refused"), (A_SECOND, "refused")],
    ids=["received in the last second", "received on the tie", "received a second late"],
)
async def test_a_late_worker_judges_by_when_a_command_was_received(
    house: House, after_the_limit: timedelta, outcome: str
) -> None:
    case, due_on = house.new_case(), last_day()
    opened_at = end_of(due_on) - timedelta(days=3)
    received_at = end_of(due_on) + after_the_limit
    await house.send(case, house.envelope(case, "OpenPermit", at=opened_at, answer_by=due_on.isoformat()))
    grant = house.envelope(case, "GrantPermit", "grant", at=received_at, place="kiosk-1", report_by=FAR)
    await house.send(case, grant)
    async with house.working():
        granted = await house.answer(case, "grant")
    assert granted.outcome == outcome
    assert ("PermitLapsed" in await house.events(case)) == (outcome == "refused")
