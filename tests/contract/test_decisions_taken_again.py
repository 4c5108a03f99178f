"""Every decision can be taken again from what was kept with it (DESIGN §2 rule 9); what differs is named."""

from datetime import date
from typing import Any

import pytest

from adapters.postgres.archive import PostgresArchive
from adapters.postgres.canonical import canonical, restored
from adapters.postgres.facts import FactReader
from audit.corrections import Correction
from audit.decisions import Rules, retake
from audit.ports import Finding
from domain.kernel.chain import link
from tests.contract.counter import PROCESSES
from tests.contract.world import READINGS, World

_LIST = {"number": 1, "published_on": "2026-03-02", "valid_from": "2026-03-02", "source": "no law", "entries": []}


@pytest.fixture
async def lived(world: World) -> World:
    await world.send("register-zone-duties", world.envelope("Publish", process="register", version=_LIST))
    await world.ask("counter-1", "Start", key="k1", reads=["duties"])
    await world.send("register-zone-duties", world.envelope("Publish", process="register", version=_LIST))
    await world.ask("counter-2", "Start", key="k1")
    await world.ask("counter-1", "Add", amount=4)
    await world.ask("counter-1", "Add", amount=0)
    await world.ask("counter-1", "Add", amount=-1)
    await world.ask("counter-1", "Finish")
    return world


async def _retaken(world: World, store: Any, *corrections: Correction) -> tuple[Finding, ...]:
    archive = PostgresArchive(store.reader)
    facts = FactReader(world.database, PROCESSES, READINGS)
    async with archive.open() as record:
        return await retake(record, facts, archive.forms, Rules(PROCESSES, {}, corrections))


async def test_every_answer_is_given_again_word_for_word(lived: World, store: Any):
    assert await _retaken(lived, store) == ()


async def _forge(admin: Any, stream: str, command_id: str, body: bytes) -> None:
    """Write another answer, with hashes and columns that fit."""
    row = await admin.fetchrow(
        "SELECT number FROM mandate.command WHERE stream_id = $1 AND command_id = $2", stream, command_id
    )
    await admin.execute("ALTER TABLE mandate.command DISABLE TRIGGER ALL")
    rows = await admin.fetch(
        "SELECT command_id, number, body, hash FROM mandate.command WHERE stream_id = $1 ORDER BY number", stream
    )
    previous = bytes(32)
    for each in rows:
        written = body if each["number"] == row["number"] else each["body"]
        previous = link(previous, written)
        await admin.execute(
            "UPDATE mandate.command SET body = $3, hash = $4, outcome = $5 WHERE stream_id = $1 AND command_id = $2",
            stream,
            each["command_id"],
            written,
            previous,
            restored(written)["answer"]["outcome"],  # type: ignore[index]
        )
    await admin.execute("UPDATE mandate.head SET command_hash = $2 WHERE stream_id = $1", stream, previous)


async def _answered(admin: Any, command_id: str) -> dict[str, Any]:
    body = await admin.fetchval("SELECT body FROM mandate.command WHERE command_id = $1", command_id)
    return restored(body)


async def test_a_forged_answer_is_not_what_the_rules_give(lived: World, store: Any, admin: Any):
    body = await _answered(admin, "command-7")
    assert body["answer"]["refusal"]["code"] == "counter.negative"
    forged = {**body["answer"], "outcome": "nothing_new", "refusal": None}
    await _forge(admin, "counter-1", "command-7", canonical({**body, "answer": forged}))
    (finding,) = await _retaken(lived, store)
    assert finding[:2] == ("counter-1", 3)
    assert "command-7: was nothing_new, would be counter.negative; differs in answer" in finding.what


async def test_another_body_under_the_same_answer_is_found(lived: World, store: Any, admin: Any):
    body = await _answered(admin, "command-5")
    sent = {**body["sent"], "body": {"amount": 400}}
    await _forge(admin, "counter-1", "command-5", canonical({**body, "sent": sent}))
    findings = await _retaken(lived, store)
    assert any("its events would be Added@3" in each.what for each in findings), findings


async def test_a_decision_whose_facts_are_gone_cannot_be_taken_again(lived: World, store: Any, admin: Any):
    body = await _answered(admin, "command-2")
    facts = {name: version for name, version in body["facts"].items() if name != "register-zone-duties"}
    await _forge(admin, "counter-1", "command-2", canonical({**body, "facts": facts}))
    findings = await _retaken(lived, store)
    assert any("command-2: cannot be taken again" in each.what for each in findings), findings


async def test_a_listed_correction_explains_its_difference_and_no_other(lived: World, store: Any, admin: Any):
    body = await _answered(admin, "command-7")
    forged = {**body["answer"], "outcome": "nothing_new", "refusal": None}
    await _forge(admin, "counter-1", "command-7", canonical({**body, "answer": forged}))
    known = Correction(date(2026, 3, 5), "counter", "Add", "nothing_new", "counter.negative", "no law")
    assert await _retaken(lived, store, known) == ()
    too_early = Correction(date(2026, 3, 1), "counter", "Add", "nothing_new", "counter.negative", "no law")
    assert len(await _retaken(lived, store, too_early)) == 1
