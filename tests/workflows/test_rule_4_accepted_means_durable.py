"""What was acknowledged is never lost and never happens twice, whoever dies meanwhile."""

import asyncio
import signal

from tests.workflows.house import House, ids

FAR = "2099-01-01"


async def test_what_was_accepted_while_no_worker_lived_is_answered_later(house: House) -> None:
    case = house.new_case()
    await house.send(case, house.envelope(case, "OpenPermit", "open", answer_by=FAR))
    await house.send(case, house.envelope(case, "AddNote", "note", text="waiting"))
    assert await house.commands(case) == []
    async with house.working():
        assert (await house.answer(case, "note")).outcome == "recorded"


async def test_a_worker_killed_after_the_commit_leaves_one_event_and_no_command_behind(house: House) -> None:
    case = house.new_case()
    async with house.mortal_worker(dies_after="last") as mortal:
        await house.ask(case, "OpenPermit", "open", answer_by=FAR)
        await house.send(case, house.envelope(case, "AddNote", "last", text="last words"))
        await house.send(case, house.envelope(case, "AddNote", "next", text="after it"))
        assert await mortal.wait() == -signal.SIGKILL
    assert ids(await house.commands(case)) == ["open", "last"]
    async with house.working():
        assert (await house.answer(case, "next")).outcome == "recorded"
    assert ids(await house.commands(case)) == ["open", "last", "next"]
    assert (await house.events(case)).count("NoteAdded") == 2


async def test_a_case_that_starts_afresh_under_load_loses_nothing_and_repeats_nothing(house: House) -> None:
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        first_run = (await house.handle(case).describe()).run_id
        names = [f"note-{number}" for number in range(150)]
        await asyncio.gather(*(_ten_in_a_row(house, case, names[start::10]) for start in range(10)))
        told = await asyncio.gather(*(house.answer(case, name) for name in names))
    assert {each.outcome for each in told} == {"recorded"}
    assert (await house.events(case)).count("NoteAdded") == len(names)
    assert (await house.handle(case).describe()).run_id != first_run


async def _ten_in_a_row(house: House, case: str, names: list[str]) -> None:
    for name in names:
        await house.ask(case, "AddNote", name, text=name)
