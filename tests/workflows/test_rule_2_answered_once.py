"""A command is answered once: a repeated id gets the first answer, the same id with another body is refused."""

from tests.workflows.house import House

FAR = "2099-01-01"


async def test_a_repeated_command_gets_the_first_answer_in_the_same_words(house: House) -> None:
    case = house.new_case()
    async with house.working():
        first = await house.ask(case, "OpenPermit", "open-1", answer_by=FAR)
        await house.ask(case, "AddNote", "note-1", text="one")
        await house.send(case, house.envelope(case, "OpenPermit", "open-1", answer_by=FAR))
        await house.ask(case, "AddNote", "note-2", text="two")
    assert first.outcome == "recorded"
    assert await house.answer(case, "open-1") == first
    assert await house.events(case) == ["PermitOpened", "DeadlineSet", "NoteAdded", "NoteAdded"]
