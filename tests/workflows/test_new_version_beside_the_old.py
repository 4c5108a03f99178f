"""A new version of the code works beside the old one, instead of it, and makes way for it again; open cases go on."""

import asyncio
from datetime import timedelta
from pathlib import Path

from domain.kernel.messages import shanghai_date, start_of
from tests.replay.replaying import failures
from tests.workflows.house import House, Told, ids
from tests.workflows.permit_next import FORBIDDEN

FAR = "2099-01-01"
VERSIONS = ("tests.workflows.permit:PermitWorkflow", "tests.workflows.permit_next:PermitNextWorkflow")
RECORDED = sorted((Path(__file__).parents[1] / "replay" / "permit").glob("*.json"))


async def test_open_cases_go_on_under_either_version_and_replay_under_both(house: House, tmp_path: Path) -> None:
    cases = [house.new_case() for _ in range(6)]
    async with house.worker_apart("today") as old:
        await _each(house, cases, "OpenPermit", "open", answer_by=FAR)
        async with house.worker_apart("next") as new:
            beside = await _each(house, cases, "AddNote", "beside", text=FORBIDDEN)
            again = await _each(house, cases, "AddNote", "beside", text=FORBIDDEN)
            await _ends(old)
            under_new = await _each(house, cases, "AddNote", "under-new", text=FORBIDDEN)
            async with house.worker_apart("today"):
                await _ends(new)
                back = await _each(house, cases, "AddNote", "back", text=FORBIDDEN)
    assert {each.code for each in under_new} == {"permit.note_forbidden"}
    assert {each.outcome for each in back} == {"recorded"}
    assert again == beside
    for case in cases:
        assert ids(await house.commands(case)) == [f"{case}-{word}" for word in ("open", "beside", "under-new", "back")]
    await _replay(house, cases, tmp_path)


async def test_a_clock_that_was_set_under_the_old_table_rings_as_it_was_set(house: House) -> None:
    case = house.new_case()
    answer_by = shanghai_date(house.now(case)) + timedelta(days=30)
    async with house.worker_apart("today") as old:
        await house.ask(case, "OpenPermit", answer_by=str(answer_by))
        await _ends(old)
    async with house.worker_apart("next"):
        await house.skip_to(case, start_of(answer_by + timedelta(days=1)) + timedelta(minutes=5))
        await house.handle(case).result()
    assert (await house.events(case))[-2:] == ["PermitLapsed", "DeadlineLapsed"]


async def test_what_was_recorded_before_replays_under_a_changed_table() -> None:
    assert len(RECORDED) >= 8
    assert await failures(VERSIONS[1], RECORDED) == ""


async def _each(house: House, cases: list[str], kind: str, word: str, **body: str) -> list[Told]:
    return await asyncio.gather(*(house.ask(case, kind, f"{case}-{word}", **body) for case in cases))


async def _ends(worker: asyncio.subprocess.Process) -> None:
    worker.terminate()
    assert await worker.wait() == 0


async def _replay(house: House, cases: list[str], folder: Path) -> None:
    files = [folder / f"{case}.json" for case in cases]
    for case, file in zip(cases, files, strict=True):
        file.write_text((await house.handle(case).fetch_history()).to_json())
    for version in VERSIONS:
        assert await failures(version, files) == ""
