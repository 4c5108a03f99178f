"""What one case's event asks of others is carried out once, by an id derived from the event."""

from domain.kernel.envelope import LINKED_CASE
from tests.workflows.house import House, Told, ids

FAR = "2099-01-01"


async def test_a_case_opens_another_one_and_is_named_as_who_asked(house: House) -> None:
    case, partner = house.new_case(), house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        told = await house.ask(case, "TellPartner", "tell", partner=partner, opens=True)
        opening = await house.answer(partner, follow_up_of(case, told))
    assert opening.outcome == "recorded"
    assert opening["sent"]["who"] == {
        "person": case,
        "machine": LINKED_CASE,
        "organisation": None,
        "on_behalf_of": None,
    }
    assert (opening["causation_id"], opening["correlation_id"]) == ("tell", case)


async def test_a_command_sent_again_carries_nothing_out_twice(house: House) -> None:
    case, partner = house.new_case(), house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.ask(partner, "OpenPermit", answer_by=FAR)
        told = await house.ask(case, "TellPartner", "tell", partner=partner, text="once")
        await house.answer(partner, follow_up_of(case, told))
        await house.send(case, house.envelope(case, "TellPartner", "tell", partner=partner, text="once"))
        second = await house.ask(case, "TellPartner", "tell-2", partner=partner, text="twice")
        await house.answer(partner, follow_up_of(case, second))
    assert (await house.events(partner)).count("NoteAdded") == 2


async def test_a_closed_case_records_the_refusal_of_what_it_is_told(house: House) -> None:
    case, partner = house.new_case(), house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.ask(partner, "OpenPermit", answer_by=FAR)
        await house.ask(partner, "ArchivePermit")
        await house.handle(partner).result()
        told = await house.ask(case, "TellPartner", partner=partner, text="anybody home?")
        refusal = await house.answer(partner, follow_up_of(case, told))
    assert refusal.code == "permit.case_closed"


async def test_every_open_case_that_holds_the_key_is_told_and_no_other(house: House) -> None:
    case, holder, elsewhere, closed = (house.new_case() for _ in range(4))
    async with house.working():
        for each in (case, holder, elsewhere, closed):
            await house.ask(each, "OpenPermit", answer_by=FAR)
        await house.ask(closed, "GrantPermit", place="kiosk-1", report_by=FAR)
        await house.ask(closed, "ArchivePermit")
        await house.ask(holder, "GrantPermit", place="kiosk-1", report_by=FAR)
        await house.ask(elsewhere, "GrantPermit", place="kiosk-2", report_by=FAR)
        told = await house.ask(case, "TellNeighbours", place="kiosk-1")
        await house.answer(holder, f"{follow_up_of(case, told)}:{holder}")
        await house.ask(elsewhere, "AddNote", "after", text="after")
    assert (await house.events(holder))[-1] == "NoteAdded"
    assert ids(await house.commands(elsewhere))[-1] == "after"
    assert (await house.events(elsewhere)).count("NoteAdded") == 1
    assert "NoteAdded" not in await house.events(closed)


def follow_up_of(case: str, told: Told, place: int = 1) -> str:
    """Name the command that the place-th follow-up of an answer becomes."""
    return f"link:{case}@{told['answer']['version']}.{place}"
