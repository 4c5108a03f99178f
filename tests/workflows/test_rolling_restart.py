"""Both workers are restarted, one after the other, while callers go on: everybody gets an answer, and gets it once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.workflows.house import House

FAR = "2099-01-01"


async def test_no_caller_fails_while_both_workers_are_restarted_in_turn(house: House) -> None:
    cases, over = [house.new_case() for _ in range(8)], asyncio.Event()
    async with house.worker_apart() as one, house.worker_apart() as other:
        await asyncio.gather(*(house.ask(case, "OpenPermit", answer_by=FAR) for case in cases))
        async with asyncio.TaskGroup() as callers:
            calling = [callers.create_task(_calls(house, case, over)) for case in cases]
            async with _instead_of(one, house), _instead_of(other, house):
                over.set()
                await asyncio.wait(calling)
    for case, answers in zip(cases, (each.result() for each in calling), strict=True):
        assert (await house.events(case)).count("NoteAdded") == answers > 1


@asynccontextmanager
async def _instead_of(worker: asyncio.subprocess.Process, house: House) -> AsyncIterator[None]:
    """Tell a worker to stop, and let another work in its place once it has ended well."""
    worker.terminate()
    assert await worker.wait() == 0
    async with house.worker_apart():
        yield


async def _calls(house: House, case: str, over: asyncio.Event) -> int:
    """Ask for one thing after the other, and give how many answers came."""
    answers = 0
    while not over.is_set():
        told = await house.ask(case, "AddNote", within=60, text=f"{answers}")
        assert told.outcome == "recorded"
        answers += 1
    return answers
