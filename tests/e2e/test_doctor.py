"""`mandate doctor` shows the figures under the names that Prometheus reads, and names the case that stands still."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from activities.links import open_with
from adapters.servers.folders import remembered_port
from adapters.telemetry.gauges import GAUGES, READER_LAG, SOURCE_UP
from adapters.telemetry.outlook import Outlook
from adapters.telemetry.settings import Address
from domain.kernel.envelope import Envelope, Who
from tests.workflows.pages import figures, text_of
from tests.workflows.test_stuck_case import until_stuck_at
from worker import run_worker

CASE = "task-0123456789abcdef"


def checks(said: Any, name: str) -> list[Mapping[str, Any]]:
    return [each for each in said.lines if each["check"] == name]


async def test_the_figures_are_shown_under_their_names(line, working):
    async with working():
        said = await line("doctor", "-o", "json")
    shown = {each["details"]["series"]: each["details"]["value"] for each in checks(said, "figure")}
    assert shown[f'{SOURCE_UP}{{source="postgresql"}}'] == "1"
    assert shown[f'{SOURCE_UP}{{source="temporal"}}'] == "1"
    assert shown[READER_LAG] == "0"
    assert {each.partition("{")[0] for each in shown} <= GAUGES.keys()
    [blocked] = checks(said, "blocked")
    assert blocked["ok"]


async def test_what_the_worker_has_counted_is_shown_as_its_page_shows_it(
    line, database, temporal, task_queue, tmp_path
):
    address = Address("127.0.0.1", remembered_port(tmp_path / "port"))
    stop = asyncio.Event()
    work = run_worker(temporal.client, database.app, stop, task_queue=task_queue, outlook=Outlook(figures=address))
    worker = asyncio.create_task(work)
    refused = await line("case", "start", "task_admission", "--set", "community=maple", "--as", "stranger")
    said = await line("doctor", "-o", "json", MANDATE_METRICS=str(address))
    page = figures(await text_of(address), "mandate_answers_total")
    stop.set()
    await worker
    shown = {each["details"]["series"]: float(each["details"]["value"]) for each in checks(said, "figure")}
    answered = 'mandate_answers_total{command="DraftApplication",outcome="refused",process="task_admission"}'
    assert refused.code == 1
    assert page == {answered: 1}
    assert shown.items() >= page.items()


async def test_a_page_of_figures_that_nobody_serves_is_named(line):
    said = await line("doctor", "-o", "json", MANDATE_METRICS="127.0.0.1:1")
    [missing] = checks(said, "figures")
    assert "127.0.0.1:1" in missing["message"]


@pytest.fixture
async def stuck(temporal: Any, task_queue: str, working: Any) -> str:
    """A case whose first command its process does not have, so that no worker gets past it."""
    envelope = Envelope(
        id="strange-1",
        tenant="zone",
        process="task_admission",
        kind="NoSuchCommand",
        who=Who(person="li"),
        received_at=datetime.now(UTC),
        body={"reason": "因病无力缴纳"},
    )
    async with working():
        await open_with(temporal.client, task_queue, CASE, envelope)
        await until_stuck_at(temporal.client.get_workflow_handle(CASE))
    return CASE


async def test_a_case_that_stands_still_is_named_with_what_to_do(line, stuck):
    said = await line("doctor", "-o", "json")
    [blocked] = checks(said, "blocked")
    assert said.code == 3
    assert not blocked["ok"]
    assert blocked["details"].items() >= {"case": stuck, "command_id": "strange-1", "error": "BadInput"}.items()
    assert f"mandate case send {stuck} SetCommandAside --set command=strange-1" in blocked["message"]
    assert {each["details"]["series"] for each in checks(said, "figure")} >= {
        'mandate_blocked_commands{command="unknown",error="BadInput",process="task_admission"}'
    }
    assert "因病" not in said.out
    in_chinese = await line("doctor", "--lang", "zh")
    assert "停滞" in in_chinese.out
    assert stuck in in_chinese.out


async def test_what_stands_still_is_named_while_temporal_is_away(line, stuck):
    said = await line("doctor", "-o", "json", TEMPORAL_ADDRESS="127.0.0.1:1")
    assert checks(said, "blocked")[0]["details"]["case"] == stuck
    shown = {each["details"]["series"]: each["details"]["value"] for each in checks(said, "figure")}
    assert shown[f'{SOURCE_UP}{{source="temporal"}}'] == "0"
