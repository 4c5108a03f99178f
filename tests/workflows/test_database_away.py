"""The store goes away, politely or without a word; what was accepted waits and is decided once, in order."""

import asyncio

from tests.workflows.broken_line import Line
from tests.workflows.house import House, ids

FAR = "2099-01-01"


async def test_commands_wait_for_a_store_that_refuses_connections(house: House) -> None:
    case, line = house.new_case(), Line(house.dsn)
    async with line.open() as dsn, house.working(dsn):
        await house.ask(case, "OpenPermit", "open", answer_by=FAR)
        line.cut()
        for name in ("one", "two", "three"):
            await house.send(case, house.envelope(case, "AddNote", name, text=name))
        await until_scheduled(house, case)
        line.mend()
        await house.answer(case, "three")
    assert ids(await house.commands(case)) == ["open", "one", "two", "three"]
    assert (await house.events(case)).count("NoteAdded") == 3


async def test_commands_wait_for_a_store_that_does_not_answer(house: House) -> None:
    case, line = house.new_case(), Line(house.dsn)
    async with line.open() as dsn, house.working(dsn):
        await house.ask(case, "OpenPermit", "open", answer_by=FAR)
        before = len(await house.history(case))
        line.go_dead()
        await house.send(case, house.envelope(case, "AddNote", "one", text="one"))
        await until_scheduled(house, case)
        line.mend()
        await house.answer(case, "one")
        after = await house.history(case)
    assert (await house.events(case)).count("NoteAdded") == 1
    assert len(after) - before <= 12


async def until_scheduled(house: House, case: str) -> None:
    """Wait until the quick tries are over and the command lies durably with a scheduled activity."""
    async with asyncio.timeout(30):
        while not (await house.handle(case).describe()).raw_description.pending_activities:
            pass
