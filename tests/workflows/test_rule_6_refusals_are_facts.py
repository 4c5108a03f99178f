"""A refused attempt is recorded; a closed case records it in a short run; an unknown case starts nothing."""

from temporalio.client import WorkflowExecutionStatus

from activities.links import submit
from domain.kernel.envelope import Who
from tests.workflows.house import House, ids

FAR = "2099-01-01"


async def test_a_refused_attempt_is_recorded_with_actor_code_and_clause(house: House) -> None:
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        envelope = house.envelope(case, "AddNote", who=Who(person="stranger"), text="let me in")
        await house.send(case, envelope)
        told = await house.answer(case, envelope.id)
    assert told.code == "permit.not_your_role"
    assert told["answer"]["refusal"]["source"]
    assert told["sent"]["who"]["person"] == "stranger"
    assert ids(await house.commands(case))[-1] == envelope.id


async def test_a_command_to_a_closed_case_starts_a_short_run_that_records_the_refusal(house: House) -> None:
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.ask(case, "ArchivePermit")
        ended = await house.handle(case).result()
        first_run = (await house.handle(case).describe()).run_id
        told = await house.ask(case, "AddNote", text="too late")
        again = await house.handle(case).result()
        short_run = await house.history(case)
    assert ended["phase"] == "archived"
    assert told.code == "permit.case_closed"
    assert again == ended
    assert (await house.handle(case).describe()).run_id != first_run
    assert len(short_run) <= 8


async def test_a_case_whose_opening_was_refused_waits_for_nothing(house: House) -> None:
    case = house.new_case()
    async with house.working():
        envelope = house.envelope(case, "OpenPermit", who=Who(person="stranger"), answer_by=FAR)
        await house.send(case, envelope)
        assert (await house.answer(case, envelope.id)).outcome == "refused"
        await house.handle(case).result()
        assert (await house.ask(case, "OpenPermit", answer_by=FAR)).outcome == "recorded"


async def test_a_signal_to_an_unknown_case_starts_nothing(house: House) -> None:
    case = house.new_case()
    assert await submit(house.temporal, case, house.envelope(case, "AddNote", text="nobody here")) is False


async def test_a_request_to_cancel_ends_no_case(house: House) -> None:
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.handle(case).cancel()
        assert (await house.ask(case, "AddNote", text="still here")).outcome == "recorded"
        described = await house.handle(case).describe()
    assert described.status is WorkflowExecutionStatus.RUNNING
