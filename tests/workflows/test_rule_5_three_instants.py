"""Three instants: received (in time or not), on (the legal date of the act), decided (the workflow's time)."""

from datetime import datetime, timedelta

from domain.kernel.entries import instant_text
from tests.workflows.house import House

FAR = "2099-01-01"


async def test_each_instant_is_recorded_for_what_it_is(house: House) -> None:
    case = house.new_case()
    received_at = house.now(case) - timedelta(hours=50)
    on = (received_at - timedelta(days=3)).date()
    async with house.working():
        await house.ask(case, "OpenPermit", at=received_at, answer_by=FAR)
        envelope = house.envelope(case, "AddNote", at=received_at, text="found on paper")
        envelope = envelope.model_copy(update={"on": on, "evidence": "the stamped letter"})
        before = house.now(case)
        await house.send(case, envelope)
        told = await house.answer(case, envelope.id)
    assert told["received_at"] == instant_text(received_at)
    assert told["on"] == on.isoformat()
    assert before - timedelta(seconds=1) <= datetime.fromisoformat(told["decided_at"]) <= house.now(case)


async def test_a_decision_is_dated_by_the_workflows_own_time(house: House) -> None:
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.skip(case, timedelta(days=40))
        moved = house.now(case)
        told = await house.ask(case, "AddNote", text="forty days later")
    decided_at = datetime.fromisoformat(told["decided_at"])
    assert abs(decided_at - moved) < timedelta(minutes=1)


async def test_an_earlier_day_without_evidence_is_refused(house: House) -> None:
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        envelope = house.envelope(case, "AddNote", text="yesterday, they say")
        await house.send(case, envelope.model_copy(update={"on": (house.now(case) - timedelta(days=3)).date()}))
        told = await house.answer(case, envelope.id)
    assert told.code == "permit.earlier_day_without_evidence"
