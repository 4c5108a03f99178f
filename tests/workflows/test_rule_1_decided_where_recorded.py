"""The decision is taken where it is recorded, so a change of law never breaks the replay of an open case."""

from pathlib import Path

from tests.replay.replaying import failures
from tests.workflows.house import House
from tests.workflows.permit import Rule

FAR = "2099-01-01"


async def test_a_changed_rule_holds_for_the_next_command_of_an_open_case(house: House) -> None:
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        before = await house.ask(case, "AddNote", text="noise")
        Rule.forbidden = "noise"
        after = await house.ask(case, "AddNote", text="noise")
    assert before.outcome == "recorded"
    assert after.code == "permit.note_forbidden"


async def test_a_case_replays_under_a_changed_table(house: House, tmp_path: Path) -> None:
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR, remind_on=["2098-12-01"])
        await house.ask(case, "AddNote", text="noise")
        await house.ask(case, "GrantPermit", place="kiosk-1", report_by=FAR)
    recorded = tmp_path / f"{case}.json"
    recorded.write_text((await house.handle(case).fetch_history()).to_json())
    assert await failures("tests.workflows.permit_next:PermitNextWorkflow", [recorded]) == ""
