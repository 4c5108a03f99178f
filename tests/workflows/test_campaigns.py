"""One change reaches every case it concerns, once, at a bounded rate; it can be seen, paused, resumed and killed."""

import asyncio
import signal
from collections.abc import Callable
from typing import Any

from activities.campaigns import Pace
from activities.links import send_signal
from activities.requests import PAUSE, RESUME
from adapters.postgres.campaigns import CampaignRows
from tests.workflows.house import TENANT, House, Told

FAR = "2099-01-01"
MANY = 60
A_FEW = 6
ABREAST = 10
STREET = "street:main"
LONGEST_RUN = 300
LONG = 100.0
"""Seconds within which a loaded machine has told them all."""


async def test_every_case_that_holds_a_key_is_told_once_and_no_other(house: House):
    elsewhere = house.new_case()
    async with house.working():
        street = await _street(house, A_FEW)
        await _granted(house, elsewhere, "side/1")
        told = await _announce(house, also=["main/0", "main/1"])
        campaign = await _finished(house)
        await _heard(house, told, street)
        await house.ask(elsewhere, "AddNote", "after", text="after")
    assert [await _notes(house, case) for case in street] == [1] * A_FEW
    assert await _notes(house, elsewhere) == 1
    assert (campaign["told"], campaign["concerned"], campaign["last"]) == (A_FEW, A_FEW, street[-1])
    assert (campaign["key"], campaign["command"], campaign["cause"]) == (STREET, "AddNote", told["stream"])


async def test_the_case_behind_the_change_is_not_told_of_it(house: House):
    async with house.working():
        street = await _street(house, A_FEW)
        told = await house.ask(street[3], "TellNeighbours", place=STREET)
        campaign = await _finished(house)
        await _heard(house, told, [case for case in street if case != street[3]])
        await house.ask(street[3], "ArchivePermit")
    assert [await _notes(house, case) for case in street] == [int(case != street[3]) for case in street]
    assert campaign["told"] == A_FEW - 1


async def test_a_follow_up_that_is_carried_out_again_begins_no_second_campaign(house: House):
    async with house.working():
        street = await _street(house, A_FEW)
        told = await _announce(house, "tell")
        campaign = await _finished(house)
        await house.handle(campaign["campaign"]).result()
        await house.send(told["stream"], house.envelope(told["stream"], "TellNeighbours", "tell", place=STREET))
        await house.ask(told["stream"], "AddNote", text="afterwards")
        await _heard(house, told, street)
        runs = await _runs(house, campaign["campaign"])
    assert await _rows(house) == [campaign]
    assert len(runs) == 1


async def test_a_campaign_that_concerns_nobody_ends_at_once_and_can_no_more_be_paused(house: House):
    async with house.working():
        await _announce(house)
        campaign = await _finished(house)
        await house.handle(campaign["campaign"]).result()
    assert (campaign["told"], campaign["concerned"], campaign["last"]) == (0, 0, None)
    assert not await send_signal(house.temporal, campaign["campaign"], PAUSE, "li")


async def test_paused_it_tells_nobody_resumed_it_tells_the_rest_and_no_run_grows_past_300_events(house: House):
    house.pace = Pace(cases_per_second=20, page_length=1)
    async with house.working():
        street = await _street(house, MANY)
        told = await _announce(house)
        begun = await _seen(house, lambda row: row["told"] > 1)
        assert await send_signal(house.temporal, begun["campaign"], PAUSE, "li")
        paused = await _seen(house, lambda row: row["state"] == "paused")
    assert 0 < paused["told"] < MANY
    assert paused["by"] == "li"
    async with house.working():
        # Another worker finds it paused, and it stays so.
        await _heard(house, told, street[: paused["told"]])
        await house.ask(street[-1], "TellPartner", partner=street[0])
        assert await _notes(house, street[-1]) == 0
        assert await _rows(house) == [paused]
        assert await send_signal(house.temporal, begun["campaign"], RESUME, "wang")
        finished = await _finished(house)
        await _heard(house, told, street)
        lengths = [await _length(house, begun["campaign"], run) for run in await _runs(house, begun["campaign"])]
    assert (finished["told"], finished["by"]) == (MANY, "wang")
    assert [await _notes(house, case) for case in street[1:]] == [1] * (MANY - 1)
    assert len(lengths) > 1
    assert max(lengths) <= LONGEST_RUN


async def test_it_goes_on_where_it_was_when_the_worker_is_killed_in_the_middle(house: House):
    case = house.new_case()
    async with house.working():
        street = await _street(house, MANY)
        await house.ask(case, "OpenPermit", answer_by=FAR)
    await house.send(case, house.envelope(case, "TellNeighbours", "tell", place=STREET))
    async with house.mortal_worker(dies_after=f"link:{case}@3.1:{street[MANY // 2]}") as mortal:
        assert await mortal.wait() == -signal.SIGKILL
    [seen] = await _rows(house)
    assert seen["state"] == "running"
    assert 0 < seen["told"] < MANY
    async with house.working():
        finished = await _finished(house)
        await _heard(house, await house.answer(case, "tell"), street)
    assert finished["told"] == MANY
    assert [await _notes(house, each) for each in street] == [1] * MANY


async def _street(house: House, number: int) -> list[str]:
    """Give the permits of one street, in order of id."""
    cases = sorted(house.new_case() for _ in range(number))
    for row in range(0, number, ABREAST):
        together = enumerate(cases[row : row + ABREAST], start=row)
        await asyncio.gather(*(_granted(house, case, f"main/{number}") for number, case in together))
    return cases


async def _granted(house: House, case: str, place: str) -> None:
    await house.ask(case, "OpenPermit", answer_by=FAR)
    await house.ask(case, "GrantPermit", place=place, report_by=FAR)


async def _announce(house: House, command_id: str | None = None, **more: Any) -> Told:
    """Have a case of another street tell the whole street."""
    case = house.new_case()
    await house.ask(case, "OpenPermit", answer_by=FAR)
    return await house.ask(case, "TellNeighbours", command_id, place=STREET, **more)


async def _heard(house: House, told: Told, cases: list[str]) -> None:
    """Wait until each case has answered what it was told."""
    follow_up = f"link:{told['stream']}@{told['answer']['version']}.1"
    await asyncio.gather(*(house.answer(case, f"{follow_up}:{case}", within=LONG) for case in cases))


async def _notes(house: House, case: str) -> int:
    return (await house.events(case)).count("NoteAdded")


async def _rows(house: House) -> list[Any]:
    return [*await CampaignRows(house.store).newest(TENANT)]


async def _seen(house: House, is_so: Callable[[Any], bool]) -> Any:
    """Look at the campaign until it is so."""
    async with asyncio.timeout(LONG):
        while True:
            for row in await _rows(house):
                if is_so(row):
                    return row


async def _finished(house: House) -> Any:
    return await _seen(house, lambda row: row["state"] == "finished")


async def _runs(house: House, campaign: str) -> list[str]:
    """Give the runs of a campaign, each of which but the first was begun by the one before it."""
    runs: list[str] = []
    run: str = (await house.handle(campaign).describe()).run_id
    while run:
        runs.append(run)
        first = (await house.temporal.get_workflow_handle(campaign, run_id=run).fetch_history()).events[0]
        run = first.workflow_execution_started_event_attributes.continued_execution_run_id
    return runs


async def _length(house: House, campaign: str, run: str) -> int:
    return len((await house.temporal.get_workflow_handle(campaign, run_id=run).fetch_history()).events)
