"""What one case's event asks of others is carried out once, by an id derived from the event."""

import signal
from datetime import timedelta

from domain.kernel.envelope import LINKED_CASE
from domain.kernel.messages import shanghai_date
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


async def test_what_follows_from_a_limit_is_carried_out_when_the_worker_died_with_several_of_them(house: House) -> None:
    """Both reminders are recorded when it dies, so the case lists them no longer; nobody asks for them again."""
    case = house.new_case()
    opened_at = house.now(case) - timedelta(days=9)
    first, second = (shanghai_date(opened_at) + timedelta(days=days) for days in (1, 2))
    reminders = [first.isoformat(), second.isoformat()]
    await house.send(case, house.envelope(case, "OpenPermit", at=opened_at, answer_by=FAR, remind_on=reminders))
    async with house.mortal_worker(dies_after=f"wake:answer:2:remind-2:{second}") as mortal:
        assert await mortal.wait() == -signal.SIGKILL
    async with house.working():
        await house.ask(case, "AddNote", text="afterwards")
    assert await house.events(case) == ["PermitOpened", "DeadlineSet", "OwnerReminded", "OwnerReminded", "NoteAdded"]
    assert await served(house, case) == [f"link:{case}@3.1", f"link:{case}@4.1"]


async def test_what_follows_is_carried_out_when_the_worker_died_beyond_what_the_case_had_followed(house: House) -> None:
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
    over = shanghai_date(house.now(case)) - timedelta(days=2)
    await house.send(case, house.envelope(case, "GrantPermit", "grant", place="kiosk-1", report_by=over.isoformat()))
    async with house.mortal_worker(dies_after=f"wake:report:5:miss:{over + timedelta(days=1)}") as mortal:
        assert await mortal.wait() == -signal.SIGKILL
    async with house.working():
        await house.ask(case, "AddNote", text="afterwards")
    assert (await house.events(case)).count("DeadlineMissed") == 1
    assert await served(house, case) == [f"link:{case}@6.1"]


async def test_a_repeat_in_a_closed_case_carries_out_nothing_again(house: House) -> None:
    case, partner = house.new_case(), house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.ask(partner, "OpenPermit", answer_by=FAR)
        told = await house.ask(case, "TellPartner", "tell", partner=partner, text="once")
        await house.answer(partner, follow_up_of(case, told))
        await house.ask(case, "ArchivePermit", "archive")
        await house.ask(partner, "ArchivePermit")
        for each in (case, partner):
            await house.handle(each).result()
        ended = (await house.handle(partner).describe()).run_id
        await house.send(case, house.envelope(case, "ArchivePermit", "archive"))
        await house.handle(case).result()
    assert (await house.handle(partner).describe()).run_id == ended


async def served(house: House, case: str) -> list[str]:
    rows = await house.rows("SELECT id, stream_id FROM mandate.notice ORDER BY id")
    return [row["id"] for row in rows if row["stream_id"] == case]


def follow_up_of(case: str, told: Told, place: int = 1) -> str:
    """Name the command that the place-th follow-up of an answer becomes."""
    return f"link:{case}@{told['answer']['version']}.{place}"
