"""What somebody asked (an amount, a name, a reason) is in the record and in no log, no figure, no span."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from activities.requests import SUBMIT
from adapters.servers.folders import remembered_port
from adapters.servers.postgres import PostgresServer
from adapters.telemetry.settings import Address
from domain.kernel.envelope import Who
from tests.workflows.broken_line import Line
from tests.workflows.house import ROOT, House
from tests.workflows.otlp_inbox import inbox
from tests.workflows.pages import text_of
from tests.workflows.test_stuck_case import until_stuck
from tests.workflows.watched_worker import STUMBLES

FAR = "2099-01-01"
AMOUNT, NAME, REASON = "867530912", "欧阳娜娜", "因病无力缴纳"
NOTE = f"{AMOUNT} {NAME} {REASON}"
CANARIES = (AMOUNT, NAME, REASON)


@dataclass
class Watched:
    """A worker in its own process, and everything that is seen of it from outside."""

    figures: Address
    temporal_figures: Address
    spans: list[bytes] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    more: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False

    def take(self, spans: bytes) -> None:
        """Keep what a collector was sent."""
        self.spans.append(spans)
        self.more.set()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until what was said so far makes it so."""
        async with asyncio.timeout(60):
            while not holds():
                assert not self.ended, "".join(self.lines)
                self.more.clear()
                await self.more.wait()

    async def until_traced(self, decisions: int) -> None:
        """Wait until the spans of so many decisions have come to the collector."""
        await self.until(lambda: b"".join(self.spans).count(b"RunActivity:cases.record") >= decisions)

    def said(self, **fields: Any) -> list[dict[str, Any]]:
        """Give the lines of the log with these fields."""
        known = [json.loads(line) for line in self.lines if line.startswith("{")]
        return [each for each in known if fields.items() <= each.items()]

    async def everything(self) -> str:
        """Give all that is seen from outside, as one text."""
        pages = [await text_of(self.figures), await text_of(self.temporal_figures)]
        return "\n".join([*pages, *self.lines, *(each.decode("utf-8", "replace") for each in self.spans)])


@asynccontextmanager
async def watched(house: House, dsn: str, folder: Path) -> AsyncIterator[Watched]:
    """Let one worker work, with all that can be switched on."""
    figures, temporal = (Address("127.0.0.1", remembered_port(folder / name)) for name in ("ours", "temporals"))
    worker = Watched(figures, temporal)
    loop = asyncio.get_running_loop()
    with inbox(lambda spans: loop.call_soon_threadsafe(worker.take, spans)) as collector:
        process = await _started(house, dsn, worker, collector)
        reading = asyncio.create_task(_read(process, worker))
        try:
            await worker.until(lambda: bool(worker.said(event="working")))
            yield worker
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()
            await reading


async def _started(house: House, dsn: str, worker: Watched, collector: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.workflows.watched_worker",
        dsn,
        house.task_queue,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={
            **os.environ,
            "TEMPORAL_ADDRESS": house.temporal.service_client.config.target_host,
            "MANDATE_METRICS": str(worker.figures),
            "MANDATE_TEMPORAL_METRICS": str(worker.temporal_figures),
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector,
            "OTEL_BSP_SCHEDULE_DELAY": "50",
        },
    )


async def _read(process: asyncio.subprocess.Process, worker: Watched) -> None:
    assert process.stdout is not None
    async for line in process.stdout:
        worker.lines.append(line.decode())
        worker.more.set()
    worker.ended = True
    worker.more.set()


async def test_what_was_asked_is_in_no_log_figure_or_span_while_all_is_well(house: House, tmp_path: Path):
    case = house.new_case()
    async with watched(house, house.dsn, tmp_path) as worker:
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.ask(case, "AddNote", "note", text=NOTE)
        await house.ask(case, "LapsePermit", "lapse")
        await worker.until_traced(3)
        await worker.until(lambda: bool(worker.said(event="answered", command="note")))
        seen = await worker.everything()
        [line] = worker.said(event="answered", command="note")
    assert (line["case"], line["tenant"], line["kind"], line["outcome"]) == (case, "zone", "AddNote", "recorded")
    assert 'mandate_answers_total{command="AddNote",outcome="recorded",process="permit"} 1.0' in seen
    assert "temporal_workflow_task_execution_latency_seconds" in seen
    assert found(seen) == []
    assert NOTE in str(await house.rows("SELECT convert_from(body, 'UTF8') FROM mandate.event"))


async def test_nor_while_a_bug_blocks_the_case_and_quotes_it(house: House, tmp_path: Path):
    case = house.new_case()
    async with watched(house, house.dsn, tmp_path) as worker:
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.send(case, house.envelope(case, "AddNote", "note", text=STUMBLES + NOTE))
        await until_stuck(house, case)
        await worker.until_traced(2)
        seen = await worker.everything()
        described = await house.handle(case).describe()
        blocked = worker.said(event="blocked", case=case, command="note", error="ValueError")
        await house.handle(case).terminate()
    assert blocked
    assert blocked[0]["at"].startswith("watched_worker.py:")
    assert 'mandate_blocked_commands{command="AddNote",error="ValueError",process="permit"} 1.0' in seen
    assert found(str(described.raw_description.pending_activities[0].last_failure.message)) == [*CANARIES]
    assert found(seen) == []


async def test_nor_where_it_cannot_even_be_read(house: House, tmp_path: Path):
    """A Signal that is no envelope is dropped by the library, which logs what it could not read."""
    case = house.new_case()
    async with watched(house, house.dsn, tmp_path) as worker:
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.handle(case).signal(SUBMIT, {"id": 1, "who": NAME, "body": NOTE})
        await worker.until(lambda: bool(worker.said(case=case, logger="temporalio.worker._workflow_instance")))
        wrong = house.envelope(case, "AddNote", "wrong", who=Who(person="operator"), text=[AMOUNT], reason=REASON)
        await house.send(case, wrong)
        await worker.until(lambda: bool(worker.said(event="blocked", command="wrong")))
        seen = await worker.everything()
        await house.handle(case).terminate()
    assert found(seen) == []


async def test_nor_while_the_store_is_away(house: House, tmp_path: Path):
    case, line = house.new_case(), Line(house.dsn)
    async with line.open() as dsn, watched(house, dsn, tmp_path) as worker:
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.history(case)
        line.cut()
        await house.send(case, house.envelope(case, "AddNote", "note", text=NOTE))
        await worker.until(lambda: len(worker.said(event="unavailable", command="note")) > 2)
        seen = await worker.everything()
        line.mend()
        await house.answer(case, "note")
    assert 'mandate_failed_tries_total{activity="cases.record",error="Unavailable"}' in seen
    assert found(seen) == []


async def test_nor_does_the_stores_own_log_quote_what_it_could_not_read(house: House, postgres: PostgresServer):
    with pytest.raises(asyncpg.InvalidTextRepresentationError) as failure:
        await house.store.fetch("SELECT $1::text::jsonb", f"{NAME}{REASON}{AMOUNT}")
    assert found(str(failure.value.detail)) == [*CANARIES]
    said = postgres.child.said()
    assert "invalid input syntax for type json" in said
    assert found(said) == []


def found(text: str) -> list[str]:
    return [each for each in CANARIES if each in text]
