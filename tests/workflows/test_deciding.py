"""Decide and record, without Temporal: what is stale is decided again, what was answered is not, failures are named."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from activities.cases import Cases
from activities.ports import Written
from activities.requests import Recorded, RecordRequest
from adapters.postgres.database import Database
from adapters.postgres.decisions import Decisions
from domain.kernel.decision import Case
from domain.kernel.envelope import Envelope, Who
from domain.kernel.errors import StreamConflict, Unavailable
from tests.workflows.house import CLERK, PROCESSES, READINGS, TENANT, WORKFLOWS
from tests.workflows.permit import Bug

FAR = "2099-01-01"
CASE = "permit-1"
NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


class Restless(Decisions):
    """A store in which somebody else writes to the case between every look and the write."""

    intruder: "Desk | None" = None
    intrusions = 0

    async def case(self, process: Any, tenant: str, case_id: str, *, fresh: bool) -> Case[Any]:
        case = await super().case(process, tenant, case_id, fresh=fresh)
        if self.intrusions:
            self.intrusions -= 1
            assert self.intruder is not None
            await self.intruder.ask("AddNote", f"intrusion-{self.intrusions}", text="me first")
        return case


class Forgetful(Decisions):
    """A store whose word is lost once, after something with this outcome was written."""

    loses = ""

    async def record(self, envelope: Envelope, *rest: Any) -> Written:
        written = await super().record(envelope, *rest)
        if written.answer and written.answer["outcome"] == self.loses:
            self.loses = ""
            raise Unavailable("the word is lost")
        return written


class Desk:
    """One worker's decisions."""

    def __init__(self, log: Decisions) -> None:
        self.log = log
        self.cases = Cases(log, PROCESSES, {name: each.LIFECYCLE for name, each in WORKFLOWS.items()})

    async def ask(
        self, kind: str, command_id: str, /, *, again: bool = False, case: str = CASE, **body: Any
    ) -> Recorded:
        request = RecordRequest(case=case, envelope=envelope(kind, command_id, **body), decided_at=NOW)
        return await self.cases.answer(request, again=again)


def envelope(kind: str, command_id: str, /, *, who: Who = CLERK, **body: Any) -> Envelope:
    return Envelope(id=command_id, tenant=TENANT, process="permit", kind=kind, who=who, received_at=NOW, body=body)


@pytest.fixture
async def store(database: Any) -> AsyncIterator[Database]:
    async with Database(database.app) as store:
        yield store


@pytest.fixture
async def desk(store: Database) -> Desk:
    desk = Desk(Decisions(store, PROCESSES, READINGS))
    await desk.ask("OpenPermit", "open", answer_by=FAR)
    return desk


async def test_a_command_on_a_case_in_memory_costs_one_round_trip(desk: Desk) -> None:
    before = desk.log.round_trips
    await desk.ask("AddNote", "note", text="one")
    assert desk.log.round_trips - before == 1


async def test_opening_a_case_costs_one_round_trip_too(desk: Desk) -> None:
    before = desk.log.round_trips
    opened = await desk.ask("OpenPermit", "open", case="permit-2", answer_by=FAR)
    assert opened.answer["outcome"] == "recorded"
    assert desk.log.round_trips - before == 1


async def test_opening_a_case_that_is_there_repeats_the_first_answer_or_is_refused(desk: Desk, store: Database) -> None:
    elsewhere = Desk(Decisions(store, PROCESSES, READINGS))
    for worker in (desk, elsewhere):
        again = await worker.ask("OpenPermit", "open", answer_by=FAR)
        assert (again.answer["outcome"], again.standing.version) == ("recorded", 2)
    other = await elsewhere.ask("OpenPermit", "open-2", answer_by=FAR)
    assert other.answer["refusal"]["code"] == "permit.already_opened"


async def test_what_moved_meanwhile_is_decided_again_on_a_fresh_reading(desk: Desk, store: Database) -> None:
    restless = Restless(store, PROCESSES, READINGS)
    restless.intruder, restless.intrusions = desk, 2
    recorded = await Desk(restless).ask("AddNote", "note", text="mine")
    assert recorded.answer["outcome"] == "recorded"
    assert recorded.standing.version == 2 + 2 + 1


async def test_a_case_that_keeps_moving_is_a_conflict_after_three_fresh_decisions(desk: Desk, store: Database) -> None:
    restless = Restless(store, PROCESSES, READINGS)
    restless.intruder, restless.intrusions = desk, 4
    with pytest.raises(StreamConflict, match="permit-1"):
        await Desk(restless).ask("AddNote", "note", text="mine")
    assert restless.intrusions == 0


async def test_a_command_answered_before_is_not_decided_again(desk: Desk) -> None:
    first = await desk.ask("Stumble", "stumble")
    Bug.is_there = True
    try:
        again = await desk.ask("Stumble", "stumble", again=True)
        with pytest.raises(ZeroDivisionError):
            await desk.ask("Stumble", "stumble-2", again=True)
    finally:
        Bug.is_there = False
    assert again == first


async def test_the_standing_is_of_today_though_the_answer_is_of_then(desk: Desk) -> None:
    first = await desk.ask("OpenPermit", "open", answer_by=FAR)
    await desk.ask("ArchivePermit", "archive")
    again = await desk.ask("OpenPermit", "open", answer_by=FAR)
    assert again.answer == first.answer
    assert (first.standing.phase, again.standing.phase) == ("pending", "archived")
    assert again.standing.closed
    assert first.standing.wake_ups
    assert not again.standing.wake_ups


async def test_a_repeat_gets_the_follow_ups_of_the_first_answer_under_the_same_ids(desk: Desk) -> None:
    first = await desk.ask("TellPartner", "tell", partner="permit-2")
    again = await desk.ask("TellPartner", "tell", partner="permit-2")
    assert first.follow_ups
    assert (again.follow_ups, again.follow_up_ids) == (first.follow_ups, first.follow_up_ids)


@pytest.mark.parametrize("lost", ["recorded", "refused"], ids=["the operator's", "the stuck one's"])
async def test_setting_aside_is_finished_when_a_word_was_lost(desk: Desk, store: Database, lost: str) -> None:
    by = envelope("SetCommandAside", "aside", command="stumble", reason="known bug")
    request = RecordRequest(case=CASE, envelope=envelope("Stumble", "stumble"), decided_at=NOW, set_aside_by=by)
    forgetful = Forgetful(store, PROCESSES, READINGS)
    forgetful.loses = lost
    cases = Desk(forgetful).cases
    with pytest.raises(Unavailable):
        await cases.answer(request)
    granted = await cases.answer(request)
    stuck = await desk.ask("Stumble", "stumble", again=True)
    assert granted.answer["outcome"] == "recorded"
    assert stuck.answer["refusal"]["code"] == "permit.set_aside"
