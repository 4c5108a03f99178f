"""History events a command leaves in Temporal, read from the histories of real cases.

A command of a district's draft, and on the small process that the runner is tried with: one that changes no clock, one
that re-arms the timer, one with a follow-up.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from temporalio.client import Client
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from benchmarks import district, harness
from benchmarks.district import Site
from benchmarks.harness import Reading
from starter.joins import open_doors
from tests.workflows.house import House
from workflows.wire import wire

FIGURE = "history events of a command"
PLAIN, REARMED, FOLLOWED = 5, 7, 6
_TIMES = 5


async def _growth(house: House, case: str, act: Callable[[], Awaitable[Any]], times: int = 1) -> float:
    """Count what a case's history grows by when something is done, on average of so many times."""
    before = len(await house.history(case))
    for _ in range(times):
        await act()
    return (len(await house.history(case)) - before) / times


async def _measured(site: Site) -> list[Reading]:
    temporal = await Client.connect(site.temporal.address, plugins=[wire()])
    skipper = TimeSkipper(temporal, config=TimeSkippingConfig(enabled=False))
    house = House(skipper, harness.application(site.postgres), "permits")
    await house.open()
    try:
        async with house.working():  # before there is a district, whose registers this worker does not know
            permits = await _permits(house)
        async with open_doors() as doors:
            await district.load(doors)
            (draft,) = await district.open_drafts(await doors.client(), 1)
            return [*permits, _held("a draft", await _growth(house, draft.case, draft.amend, _TIMES), PLAIN)]
    finally:
        await house.close()


async def _permits(house: House) -> list[Reading]:
    case, partner = house.new_case(), house.new_case()
    for each in (case, partner):
        await house.ask(each, "OpenPermit", answer_by="2098-01-01")
    plain = await _growth(house, case, lambda: house.ask(case, "AddNote", text="a note"), _TIMES)
    followed = await _growth(house, case, lambda: house.ask(case, "TellPartner", partner=partner), _TIMES)
    rearmed = await _growth(house, case, lambda: house.ask(case, "GrantPermit", place="hall", report_by="2099-01-01"))
    return [
        _held("no clock", plain, PLAIN),
        _held("re-armed", rearmed, REARMED),
        _held("follow-up", followed, FOLLOWED),
    ]


def _held(at: str, events: float, goal: int) -> Reading:
    return harness.read(FIGURE, at, events, "events", goal=goal)


def measure() -> list[Reading]:
    """Take the figures on servers of their own."""
    with district.at_work(moves_clocks=True) as site:
        return asyncio.run(_measured(site))


if __name__ == "__main__":
    harness.write_lines(measure())
