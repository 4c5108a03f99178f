"""Figures are exact after a known load; what stands still, waits or is late is read from where it is known."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from adapters.servers.folders import remembered_port
from adapters.telemetry.gauges import (
    BLOCKED,
    BLOCKED_SECONDS,
    OVERDUE,
    QUEUE_AGE,
    QUEUE_LENGTH,
    READER_LAG,
    SOURCE_UP,
    Seen,
    look,
)
from adapters.telemetry.outlook import Outlook
from adapters.telemetry.settings import Address
from tests.workflows.broken_line import Line
from tests.workflows.house import House
from tests.workflows.pages import figures, text_of
from tests.workflows.permit import Bug, Rule
from tests.workflows.test_stuck_case import until_stuck

FAR = "2099-01-01"
FORBIDDEN = "not this"
COUNTED = ("mandate_commands_total", "mandate_answers_total", "mandate_refusals_total", "mandate_failed_tries_total")


@pytest.fixture
def address(house: House, tmp_path: Path) -> Address:
    """Where this test's house shows its figures."""
    found = Address("127.0.0.1", remembered_port(tmp_path / "port"))
    house.outlook = Outlook(figures=found)
    return found


async def seen(house: House) -> Seen:
    return await look(house.store, house.temporal, house.task_queue)


async def test_every_command_is_counted_once_by_its_outcome_whatever_is_sent_again(house: House, address: Address):
    case = house.new_case()
    Rule.forbidden = FORBIDDEN
    async with house.working():
        await house.ask(case, "OpenPermit", "open", answer_by=FAR)
        for name in ("one", "two", "three"):
            await house.ask(case, "AddNote", name, text=name)
        await house.ask(case, "AddNote", "four", text=FORBIDDEN)
        await house.ask(case, "OpenPermit", "open again", answer_by=FAR)
        await house.ask(case, "LapsePermit", "lapse")
        await house.send(case, house.envelope(case, "AddNote", "one", text="one"))
        await house.history(case)
        counted = figures(await text_of(address), *COUNTED)
    assert counted == {
        'mandate_commands_total{command="OpenPermit",process="permit"}': 2,
        'mandate_commands_total{command="AddNote",process="permit"}': 5,
        'mandate_commands_total{command="LapsePermit",process="permit"}': 1,
        'mandate_answers_total{command="OpenPermit",outcome="recorded",process="permit"}': 1,
        'mandate_answers_total{command="OpenPermit",outcome="refused",process="permit"}': 1,
        'mandate_answers_total{command="AddNote",outcome="recorded",process="permit"}': 3,
        'mandate_answers_total{command="AddNote",outcome="refused",process="permit"}': 1,
        'mandate_answers_total{command="LapsePermit",outcome="refused",process="permit"}': 1,
        'mandate_refusals_total{code="permit.note_forbidden",command="AddNote",process="permit"}': 1,
        'mandate_refusals_total{code="permit.already_opened",command="OpenPermit",process="permit"}': 1,
        'mandate_refusals_total{code="permit.not_your_role",command="LapsePermit",process="permit"}': 1,
    }


async def test_the_wait_for_an_answer_is_counted_from_the_receipt(house: House, address: Address):
    case, a_minute_ago = house.new_case(), datetime.now(UTC) - timedelta(minutes=1)
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR, at=a_minute_ago)
        await house.history(case)
        waited = figures(await text_of(address), "mandate_answer_wait_seconds_count", "mandate_answer_wait_seconds_sum")
    assert waited['mandate_answer_wait_seconds_count{process="permit"}'] == 1
    assert 60 <= waited['mandate_answer_wait_seconds_sum{process="permit"}'] < 120


async def test_what_blocks_a_case_is_shown_with_its_class_until_it_is_mended(house: House, address: Address):
    case, labels = house.new_case(), '{command="Stumble",error="ZeroDivisionError",process="permit"}'
    Bug.is_there = True
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        before = datetime.now(UTC)
        await house.send(case, house.envelope(case, "Stumble", "stumble"))
        await until_stuck(house, case)
        text = await text_of(address)
        [standing] = (await seen(house)).standstills
        Bug.is_there = False
        await house.answer(case, "stumble")
        await house.history(case)
        mended = figures(await text_of(address), BLOCKED, BLOCKED_SECONDS)
    assert figures(text, BLOCKED) == {f"{BLOCKED}{labels}": 1}
    assert 0 <= figures(text, BLOCKED_SECONDS)[f"{BLOCKED_SECONDS}{labels}"] < 30
    failed = figures(text, "mandate_failed_tries_total")
    assert failed['mandate_failed_tries_total{activity="cases.record",error="ZeroDivisionError"}'] >= 1
    assert (standing.what.case, standing.what.command_id, standing.what.error) == (case, "stumble", "ZeroDivisionError")
    assert standing.since >= before
    assert mended == {}
    assert (await seen(house)).standstills == []


async def test_a_command_that_was_set_aside_blocks_nothing(house: House, address: Address):
    case = house.new_case()
    Bug.is_there = True
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.send(case, house.envelope(case, "Stumble", "stumble"))
        await until_stuck(house, case)
        await house.ask(case, "SetCommandAside", "aside", command="stumble", reason="known bug")
        await house.answer(case, "stumble")
        assert figures(await text_of(address), BLOCKED) == {}


async def test_a_name_that_the_process_does_not_have_is_shown_nowhere(house: House, address: Address):
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.send(case, house.envelope(case, "欧阳娜娜", "strange"))
        await until_stuck(house, case)
        text = await text_of(address)
    assert figures(text, BLOCKED) == {f'{BLOCKED}{{command="unknown",error="BadInput",process="permit"}}': 1}
    assert "欧阳娜娜" not in text


async def test_a_store_that_is_away_is_a_figure_too(house: House, address: Address):
    case, line = house.new_case(), Line(house.dsn)
    async with line.open() as dsn, house.working(dsn):
        await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.history(case)
        assert figures(await text_of(address), SOURCE_UP) == {
            f'{SOURCE_UP}{{source="postgresql"}}': 1,
            f'{SOURCE_UP}{{source="temporal"}}': 1,
        }
        line.cut()
        await house.send(case, house.envelope(case, "AddNote", "one", text="one"))
        async with asyncio.timeout(30):
            while not (away := figures(await text_of(address), "mandate_failed_tries_total")):
                pass
        assert away.keys() == {'mandate_failed_tries_total{activity="cases.record",error="Unavailable"}'}
        assert figures(await text_of(address), SOURCE_UP)[f'{SOURCE_UP}{{source="postgresql"}}'] == 0
        line.mend()
        await house.answer(case, "one")
        assert figures(await text_of(address), BLOCKED) == {}


async def test_a_store_that_says_nothing_holds_the_page_up_no_longer_than_is_waited_for_it(
    house: House, address: Address
):
    line = Line(house.dsn)
    async with line.open() as dsn, house.working(dsn):
        line.go_dead()
        shown = figures(await text_of(address), SOURCE_UP)
        line.mend()
    assert shown == {f'{SOURCE_UP}{{source="postgresql"}}': 0, f'{SOURCE_UP}{{source="temporal"}}': 1}


async def test_limits_whose_last_day_is_over_are_counted_by_name(house: House, address: Address):
    late, kept, yesterday = house.new_case(), house.new_case(), (datetime.now(UTC) - timedelta(days=2)).date()
    async with house.working():
        for case in (late, kept):
            await house.ask(case, "OpenPermit", answer_by=FAR)
        await house.ask(late, "GrantPermit", place="kiosk-1", report_by=yesterday.isoformat())
        await house.ask(kept, "GrantPermit", place="kiosk-2", report_by=FAR)
        await house.answer(late, await wake_up(house, late, "DeclareMissed"))
        overdue = figures(await text_of(address), OVERDUE)
    assert overdue == {f'{OVERDUE}{{limit="report",process="permit",state="missed"}}': 1}


async def wake_up(house: House, case: str, command: str) -> str:
    """Wait until a case has been told something by the schedule, and give that command's id."""
    async with asyncio.timeout(30):
        while True:
            for each in await house.commands(case):
                if each["sent"]["kind"] == command:
                    return each["sent"]["id"]


async def test_a_writer_that_does_not_end_is_seen_to_hold_readers_back(house: House):
    writer: Any = await asyncpg.connect(house.dsn)
    assert figure(await seen(house), READER_LAG) == 0
    async with writer.transaction():
        await writer.execute(
            "INSERT INTO mandate.event (stream_id, version, type, tenant, body, hash) "
            "VALUES ('slow', 1, 'Written', 'zone', '\\x00', '\\x00')"
        )
        await writer.execute("SELECT pg_sleep(0.05)")
        assert 0.05 <= figure(await seen(house), READER_LAG) < 30
    assert figure(await seen(house), READER_LAG) == 0
    await writer.close()


async def test_commands_that_nobody_takes_up_are_counted_with_their_age(house: House):
    case = house.new_case()
    await house.send(case, house.envelope(case, "OpenPermit", answer_by=FAR))
    async with asyncio.timeout(30):
        while figure(waiting := await seen(house), QUEUE_AGE, queue="workflow") == 0:
            pass
    assert figure(waiting, QUEUE_LENGTH, queue="workflow") == 1
    assert figure(waiting, QUEUE_AGE, queue="workflow") < 30


def figure(found: Seen, name: str, **labels: str) -> float:
    [value] = [each.value for each in found.samples if each.name == name and each.labels == labels]
    return value
