"""Two workers share the cases; whichever takes a command, there is one record."""

import asyncio

from tests.workflows.house import House

FAR = "2099-01-01"


async def test_two_workers_answer_ten_cases_each_command_once(house: House) -> None:
    cases = [house.new_case() for _ in range(10)]
    async with house.working(), house.working():
        await asyncio.gather(*(house.ask(case, "OpenPermit", answer_by=FAR) for case in cases))
        await asyncio.gather(*(_notes(house, case, 8) for case in cases))
    for case in cases:
        assert (await house.events(case)).count("NoteAdded") == 8


async def test_a_case_goes_on_with_the_worker_that_is_left(house: House) -> None:
    case = house.new_case()
    async with house.working():
        async with house.working():
            await house.ask(case, "OpenPermit", answer_by=FAR)
            await _notes(house, case, 4)
        await _notes(house, case, 4)
    assert (await house.events(case)).count("NoteAdded") == 8


async def _notes(house: House, case: str, how_many: int) -> None:
    for number in range(how_many):
        assert (await house.ask(case, "AddNote", text=f"{number}")).outcome == "recorded"
