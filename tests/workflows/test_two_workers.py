"""Two workers share the cases: whichever takes a command, there is one record; one takes over what the other leaves."""

import asyncio
import signal

from tests.workflows.house import House, ids

FAR = "2099-01-01"


async def test_two_workers_answer_ten_cases_each_command_once(house: House) -> None:
    cases = [house.new_case() for _ in range(10)]
    async with house.working(), house.working():
        await asyncio.gather(*(house.ask(case, "OpenPermit", answer_by=FAR) for case in cases))
        await asyncio.gather(*(_notes(house, case, range(8)) for case in cases))
    for case in cases:
        assert (await house.events(case)).count("NoteAdded") == 8


async def test_a_case_goes_on_with_the_worker_that_is_left(house: House) -> None:
    case = house.new_case()
    async with house.working():
        async with house.working():
            await house.ask(case, "OpenPermit", answer_by=FAR)
            await _notes(house, case, range(4))
        await _notes(house, case, range(4, 8))
    assert (await house.events(case)).count("NoteAdded") == 8


async def test_one_of_two_is_killed_under_load_and_the_other_takes_over_all_it_had(house: House) -> None:
    cases = [house.new_case() for _ in range(10)]
    async with house.mortal_worker(dies_after=f"{cases[0]}-4") as mortal:
        # Opened while it is alone, so that every case is in its hands when the other comes.
        await asyncio.gather(*(house.ask(case, "OpenPermit", f"{case}-open", answer_by=FAR) for case in cases))
        async with house.working():
            await asyncio.gather(*(_notes(house, case, range(8)) for case in cases))
        assert await mortal.wait() == -signal.SIGKILL
    for case in cases:
        assert ids(await house.commands(case)) == [f"{case}-open", *(f"{case}-{number}" for number in range(8))]
        assert (await house.events(case)).count("NoteAdded") == 8


async def _notes(house: House, case: str, numbers: range) -> None:
    for number in numbers:
        # The server gives a worker that says no more five seconds, and ten where it had begun.
        told = await house.ask(case, "AddNote", f"{case}-{number}", within=60, text=f"{number}")
        assert told.outcome == "recorded"
