"""A command is answered once: a repeated id gets the first answer, the same id with another body is refused."""

import asyncio

from adapters.postgres.database import Database
from adapters.postgres.decisions import Decisions
from tests.workflows.house import PROCESSES, READINGS, House, ids

FAR = "2099-01-01"


async def test_a_repeated_command_gets_the_first_answer_and_adds_nothing(house: House) -> None:
    case = house.new_case()
    async with house.working():
        first = await house.ask(case, "OpenPermit", "open-1", answer_by=FAR)
        await house.send(case, house.envelope(case, "OpenPermit", "open-1", answer_by=FAR))
        await house.ask(case, "AddNote", "note-1", text="one")
    assert first.outcome == "recorded"
    assert await house.answer(case, "open-1") == first
    assert await house.events(case) == ["PermitOpened", "DeadlineSet", "NoteAdded"]


async def test_a_refused_command_stays_refused_when_its_reason_has_gone(house: House) -> None:
    holder, late = house.new_case(), house.new_case()
    async with house.working():
        await house.ask(holder, "OpenPermit", answer_by=FAR)
        await house.ask(holder, "GrantPermit", place="kiosk-1", report_by=FAR)
        await house.ask(late, "OpenPermit", answer_by=FAR)
        first = await house.ask(late, "GrantPermit", "grant-1", place="kiosk-1", report_by=FAR)
        await house.ask(holder, "ArchivePermit")
        await house.send(late, house.envelope(late, "GrantPermit", "grant-1", place="kiosk-1", report_by=FAR))
        again = await house.ask(late, "GrantPermit", "grant-2", place="kiosk-1", report_by=FAR)
    assert first.code == "permit.place_taken"
    assert await house.answer(late, "grant-1") == first
    assert again.outcome == "recorded"
    assert ids(await house.commands(late)).count("grant-1") == 1


async def test_another_body_under_the_same_id_is_refused_and_holds_nobody_up(house: House) -> None:
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        first = await house.ask(case, "AddNote", "note-1", text="one")
        other = house.envelope(case, "AddNote", "note-1", text="two")
        await house.send(case, other)
        await house.ask(case, "AddNote", "note-2", text="three")
    async with Database(house.dsn) as database:
        written = await Decisions(database, PROCESSES, READINGS).answered(case, other)
    assert written is not None
    assert written.outcome == "other_body"
    assert await house.answer(case, "note-1") == first
    assert (await house.events(case)).count("NoteAdded") == 2


async def test_thirty_callers_at_once_are_each_answered_once(house: House) -> None:
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        envelopes = [house.envelope(case, "AddNote", f"note-{number}", text=f"{number}") for number in range(30)]
        await asyncio.gather(*(house.send(case, each) for each in (*envelopes, *envelopes)))
        told = await asyncio.gather(*(house.answer(case, each.id) for each in envelopes))
    assert {each.outcome for each in told} == {"recorded"}
    assert (await house.events(case)).count("NoteAdded") == 30
