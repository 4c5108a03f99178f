"""A bug blocks the one case it strikes, loudly, until it is mended or an operator sets the command aside."""

import asyncio
from typing import Any

from temporalio.api.enums.v1 import PendingActivityState
from temporalio.client import WorkflowHandle

from domain.kernel.envelope import Who
from tests.workflows.house import House, ids
from tests.workflows.permit import Bug

FAR = "2099-01-01"


async def until_stuck(house: House, case: str) -> None:
    """Wait until a command of the case is tried by the scheduled activity, and failed there."""
    await until_stuck_at(house.handle(case))


async def until_stuck_at(handle: WorkflowHandle[Any, Any]) -> None:
    """Wait until a command of this workflow is tried by the scheduled activity, and failed there."""
    async with asyncio.timeout(30):
        while True:
            pending = (await handle.describe()).raw_description.pending_activities
            if any(each.attempt > 1 or each.state == PendingActivityState.Value(SCHEDULED) for each in pending):
                return


SCHEDULED = "PENDING_ACTIVITY_STATE_SCHEDULED"


async def test_a_bug_holds_its_case_up_and_no_other_until_it_is_mended(house: House) -> None:
    stuck, other = house.new_case(), house.new_case()
    Bug.is_there = True
    async with house.working():
        for case in (stuck, other):
            await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.send(stuck, house.envelope(stuck, "Stumble", "stumble"))
        await house.send(stuck, house.envelope(stuck, "AddNote", "behind", text="behind it"))
        await until_stuck(house, stuck)
        assert (await house.ask(other, "AddNote", text="free")).outcome == "recorded"
        assert len(await house.commands(stuck)) == 1
        Bug.is_there = False
        await house.answer(stuck, "behind")
    assert ids(await house.commands(stuck))[1:] == ["stumble", "behind"]
    assert (await house.events(stuck))[-2:] == ["Stumbled", "NoteAdded"]


async def test_an_operator_sets_a_stuck_command_aside_and_the_case_goes_on(house: House) -> None:
    case = house.new_case()
    Bug.is_there = True
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.send(case, house.envelope(case, "Stumble", "stumble"))
        await house.send(case, house.envelope(case, "AddNote", "behind", text="behind it"))
        await until_stuck(house, case)
        aside = await house.ask(case, "SetCommandAside", "aside", command="stumble", reason="known bug")
        refused = await house.answer(case, "stumble")
        behind = await house.answer(case, "behind")
    assert aside.outcome == "recorded"
    assert refused.code == "permit.set_aside"
    assert refused["answer"]["refusal"]["details"] == {"by": "operator", "command_id": "aside"}
    assert behind.outcome == "recorded"
    assert ids(await house.commands(case))[1:] == ["aside", "stumble", "behind"]
    assert await house.events(case) == ["PermitOpened", "DeadlineSet", "NoteAdded"]


async def test_nobody_but_the_operator_sets_a_command_aside(house: House) -> None:
    case = house.new_case()
    Bug.is_there = True
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.send(case, house.envelope(case, "Stumble", "stumble"))
        await until_stuck(house, case)
        wish = {"command": "stumble", "reason": "in a hurry"}
        envelope = house.envelope(case, "SetCommandAside", "aside", who=Who(person="stranger"), **wish)
        await house.send(case, envelope)
        refused = await house.answer(case, "aside")
        assert ids(await house.commands(case))[1:] == ["aside"]
        Bug.is_there = False
        stumbled = await house.answer(case, "stumble")
    assert refused.code == "permit.not_your_role"
    assert stumbled.outcome == "recorded"


async def test_a_command_that_holds_nothing_up_cannot_be_set_aside(house: House) -> None:
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", "open", answer_by=FAR)
        told = await house.ask(case, "SetCommandAside", command="open", reason="second thoughts")
    assert told.code == "permit.nothing_to_set_aside"
    assert (await house.answer(case, "open")).outcome == "recorded"
