"""The decision is taken where it is recorded, so a change of law never breaks the replay of an open case."""

from pathlib import Path

from temporalio import workflow

from activities.requests import CaseSeed, CaseSummary
from domain.kernel.lifecycle import Lifecycle, Limit, Phase
from tests.replay.replaying import failures
from tests.workflows.house import House
from tests.workflows.permit import Rule
from workflows.case import Case

FAR = "2099-01-01"


@workflow.defn(name="permit")
class PermitByAnotherTable(Case):
    """The same process with another lifecycle table: a limit fewer, a phase more, another end."""

    LIFECYCLE = Lifecycle(Phase("looked_at"), Phase("pending", Limit("answer", owner="mayor")), ends_in=("archived",))

    @workflow.init
    def __init__(self, seed: CaseSeed) -> None:
        super().__init__(seed, self.LIFECYCLE)

    @workflow.run
    async def run(self, seed: CaseSeed) -> CaseSummary:
        return await self.keep(seed)


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
    assert await failures("tests.workflows.test_rule_1_decided_where_recorded:PermitByAnotherTable", [recorded]) == ""
