"""What a benchmark makes ready without Temporal stands as the walked line leaves it, row by row, and is proven alike.

Two copies of one script, in one district: one is led through its days by a real client and a real worker, the other is
decided and recorded in process. What they leave differs in ids and instants, and in the names that are a copy's own.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg

from adapters.postgres.answers import Answers
from adapters.postgres.database import Database
from benchmarks.main_line import Walking, until_the_first_day
from benchmarks.prepared import in_parts, play_all, prolonged, wake
from domain.kernel.messages import SHANGHAI
from tests.faults.caller import Ways, load_district
from tests.faults.looks import Looks
from tests.faults.notes import Notes
from tests.faults.plans import Copy, copies_of, district_of, read_plans
from worker import run_worker
from workflows.wire import TASK_QUEUE

_TABLES = {
    "head": "version, command_count",
    "event": "version, type, body",
    "command": "number, outcome, body",
    "snapshot": "version, body",
    "case_row": "process, phase, title, is_open, body",
    "deadline": "name, owner, organisation, state, due_on, body",
    "inbox": "task, owner, principal, due_on, since, held_by",
    "case_key": "key",
    "posting": "version, line, account, amount_fen, account_version, balance_fen",
    "notice": "id, to_role, to_organisation, notice, details",
}
_ITS_OWN = {"id", "received_at", "decided_at", "command_id", "command_digest", "digest", "causation_id"}
_COPY = re.compile(r"\b(harbour|wu|bai|elder_meals|voucher)-[01]\b")
_STREAM = re.compile(r"\b(task|appropriation)-[0-9a-f]{16}\b")


@asynccontextmanager
async def ways_into(temporal: Any, dsn: str, notes: Path) -> AsyncIterator[Ways]:
    """Open the ways of those who lead a case, with a worker on the other side, and leave no run behind."""
    stop = asyncio.Event()
    worker = asyncio.create_task(run_worker(temporal.client, dsn, stop))
    async with Database(dsn) as database:
        answers = Answers(database, dsn)
        try:
            yield Ways(temporal, answers, Looks(database), Notes(notes))
        finally:
            await answers.close()
            stop.set()
            await worker
            running = f"TaskQueue = '{TASK_QUEUE}' AND ExecutionStatus = 'Running'"
            async for each in temporal.client.list_workflows(running):
                await temporal.client.get_workflow_handle(each.id).terminate()


def opened_today(copy: Copy) -> Copy:
    """Let a copy's cases be opened now, as a real clock has it that nobody moves before there is a case."""
    now = {"at": datetime.now(SHANGHAI).isoformat()}
    return replace(copy, steps=[each.model_copy(update=now) if each.start else each for each in copy.steps])


def scrubbed(value: Any) -> Any:
    """Leave out what tells two copies of one story apart."""
    match value:
        case dict():
            return {scrubbed(key): scrubbed(each) for key, each in value.items() if key not in _ITS_OWN}
        case list():
            return [scrubbed(each) for each in value]
        case str():
            return _STREAM.sub(r"\1-CASE", _COPY.sub(r"\1-COPY", value))
        case bytes():
            return scrubbed(json.loads(value))
        case _:
            return value


async def left(admin: "asyncpg.Connection[asyncpg.Record]", stream: str) -> dict[str, list[Any]]:
    """Give every row that a case left, in every table."""
    found: dict[str, list[Any]] = {}
    for table, columns in _TABLES.items():
        rows = await admin.fetch(f"SELECT {columns} FROM mandate.{table} WHERE stream_id = $1", stream)  # noqa: S608 — our own tables
        found[table] = sorted((scrubbed([*row]) for row in rows), key=repr)
    return found


async def test_every_row_of_a_case_is_there_and_the_decisions_hold(
    moved_time: Any, database: Any, line: Any, tmp_path: Path
) -> None:
    plans = [each for each in read_plans() if Path(each.script.name).stem == "main_line"]
    tomorrow = datetime.now(SHANGHAI).date() + timedelta(days=1)
    led, made = (prolonged(until_the_first_day(each), 9) for each in copies_of(plans, 2, tomorrow))
    async with ways_into(moved_time, database.app, tmp_path / "notes.jsonl") as ways:
        await load_district(ways, in_parts(district_of(plans, 2)))
        walking = Walking(ways, led)
        for position, step in enumerate(led.steps):
            await walking.reach(position)
            if step.until is None:
                await walking.take(position)
        names = (await play_all(database.app, [opened_today(made)]))[made.name]
        await wake(ways, database.app, [names["item"]])
    admin = await asyncpg.connect(database.admin)
    try:
        for name in ("budget", "item"):
            walked, prepared = await left(admin, walking.names[name]), await left(admin, names[name])
            for table in _TABLES:
                assert prepared[table] == walked[table], table
    finally:
        await admin.close()
    proven = await line("audit", "verify", "--all", "--decisions")
    assert proven.code == 0, proven.out
