"""Records the histories that `tests/replay` holds today's code against.

Not collected by itself: `pytest tests/workflows/record_histories.py` writes them anew, which is right only when a
change is meant to let old runs drain first. A new situation is a new file; old files stay for as long as such runs may.
"""

import asyncio
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from domain.kernel.messages import shanghai_date, start_of
from tests.workflows.broken_line import Line
from tests.workflows.house import House
from tests.workflows.permit import Bug
from tests.workflows.test_database_away import until_scheduled
from tests.workflows.test_stuck_case import until_stuck

FAR = "2099-01-01"
FOLDER = Path(__file__).parents[1] / "replay" / "permit"


async def test_a_whole_life(house: House) -> None:
    case, partner = house.new_case(), house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR, remind_on=["2098-12-01"])
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.ask(case, "TellPartner", partner=partner, opens=True)
        await house.ask(case, "GrantPermit", place="kiosk-1", report_by=FAR)
        await house.ask(case, "TellNeighbours", place="kiosk-1")
        await house.handle(case).cancel()
        await house.ask(case, "ArchivePermit")
        await house.handle(case).result()
        first_run = (await house.handle(case).describe()).run_id
        await house.ask(case, "AddNote", text="too late")
        await house.handle(case).result()
        await record(house, case, "opened_granted_archived", first_run)
        await record(house, case, "refused_when_closed")
        await record(house, partner, "opened_by_another_case")


async def test_limits_that_pass(house: House) -> None:
    case = house.new_case()
    today = shanghai_date(house.now(case))
    remind_on, answer_by = today + timedelta(days=20), today + timedelta(days=30)
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=str(answer_by), remind_on=[str(remind_on)])
        await house.skip_to(case, start_of(answer_by + timedelta(days=1)) + timedelta(minutes=5))
        await house.handle(case).result()
        await record(house, case, "reminded_lapsed")


async def test_a_run_that_started_afresh(house: House) -> None:
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR, remind_on=["2098-12-01"])
        for number in range(55):
            await house.ask(case, "AddNote", text=f"{number}")
        await record(house, case, "started_afresh")


async def test_many_commands_at_once(house: House) -> None:
    case = house.new_case()
    names = [f"note-{number}" for number in range(12)]
    await house.send(case, house.envelope(case, "OpenPermit", answer_by=FAR))
    for name in names:
        await house.send(case, house.envelope(case, "AddNote", name, text=name))
    async with house.working():
        await house.answer(case, names[-1])
        await record(house, case, "many_at_once")


async def test_a_store_that_was_away(house: House) -> None:
    case, line = house.new_case(), Line(house.dsn)
    async with line.open() as dsn, house.working(dsn):
        await house.ask(case, "OpenPermit", answer_by=FAR)
        line.cut()
        for name in ("one", "two"):
            await house.send(case, house.envelope(case, "AddNote", name, text=name))
        await until_scheduled(house, case)
        line.mend()
        await house.answer(case, "two")
        await record(house, case, "store_away")


async def test_a_stuck_command(house: House) -> None:
    case = house.new_case()
    Bug.is_there = True
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.send(case, house.envelope(case, "Stumble", "stumble"))
        await house.send(case, house.envelope(case, "AddNote", "behind", text="behind it"))
        await until_stuck(house, case)
        await house.ask(case, "SetCommandAside", command="stumble", reason="known bug")
        await house.answer(case, "behind")
        await record(house, case, "stuck_set_aside")


async def test_a_worker_that_died_with_limits_it_had_kept(house: House) -> None:
    case = house.new_case()
    opened_at = house.now(case) - timedelta(days=9)
    reminders = [str(shanghai_date(opened_at) + timedelta(days=days)) for days in (1, 2)]
    await house.send(case, house.envelope(case, "OpenPermit", at=opened_at, answer_by=FAR, remind_on=reminders))
    async with house.mortal_worker(dies_after=f"wake:answer:2:remind-2:{reminders[-1]}") as mortal:
        await mortal.wait()
    async with house.working():
        await house.ask(case, "AddNote", text="afterwards")
        await record(house, case, "left_behind")


async def record(house: House, case: str, name: str, run_id: str | None = None) -> None:
    """Write one run's history, without what names the machine it ran on."""
    await house.history(case, run_id)
    fetched = await house.temporal.get_workflow_handle(case, run_id=run_id).fetch_history()
    written = json.dumps(scrubbed(json.loads(fetched.to_json())), indent=1, sort_keys=True)
    await asyncio.to_thread((FOLDER / f"{name}.json").write_text, written + "\n")


def scrubbed(value: Any) -> Any:
    if isinstance(value, list):
        return [scrubbed(each) for each in value]
    if isinstance(value, str) and re.match(r"\d+@", value):
        return "somewhere"  # a worker's own queue is named after its process and host
    if not isinstance(value, dict):
        return value
    hidden = {"identity": "somebody", "stackTrace": "", "deploymentVersion": None, "binaryChecksum": ""}
    return {key: hidden.get(key, scrubbed(each)) for key, each in value.items() if key != "workerVersion"}
