"""Whatever a superuser changes so that it no longer fits is found, and the row is named."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from adapters.postgres.archive import PostgresArchive
from adapters.postgres.canonical import canonical, restored
from audit.ports import Finding
from audit.verify import Proof, verify_all, verify_streams
from domain.kernel.chain import link
from domain.kernel.directory import Organisation, Person, Seat, Spell
from domain.kernel.errors import BadInput
from domain.kernel.ledger import Account, move
from tests.contract.counter import DAY, PROCESSES
from tests.contract.world import World

_LIST = {"number": 1, "published_on": "2026-03-02", "valid_from": "2026-03-02", "source": "no law", "entries": []}


_MEALS = Account(owner="health", source="budget", purpose="meals", year=2026, pocket="granted")
_GRANT = [each.model_dump(mode="json") for each in move(500, _MEALS, _MEALS.turned("available"))]


@pytest.fixture
async def lived(world: World) -> World:
    """A store in which every table holds something."""
    published = world.envelope("Publish", process="register", version=_LIST)
    await world.send("register-zone-duties", published)
    ever = Spell(first_on=DAY)
    entries = (
        Organisation(id="hall", kind="department", name="会堂", district="zone", spell=ever),
        Person(id="li", name="李"),
        Seat(id="seat-1", person="li", organisation="hall", role="counter", spell=ever),
    )
    shown = [each.model_dump(mode="json") for each in entries]
    await world.send("directory-zone", world.envelope("ChangeDirectory", process="directory", entries=shown))
    await world.ask("counter-1", "Start", key="k1", reads=["duties"])
    await world.ask("counter-1", "Add", amount=4)
    await world.ask("counter-1", "Add", amount=-1)
    await world.ask("counter-1", "Pay", postings=_GRANT)
    await world.ask("counter-1", "Add", amount=5)
    await world.ask("counter-2", "Start")
    await world.ask("counter-2", "Finish")
    await world.ask("counter-3", "Add", amount=1)
    return world


@pytest.fixture
def verified(store: Any) -> Callable[[], Awaitable[Proof]]:
    """Prove the whole record, as the role that may only read."""
    return lambda: verify_all(PostgresArchive(store.reader), processes=PROCESSES)


def _names(findings: tuple[Finding, ...], case: str, version: int, *words: str) -> bool:
    return any((each[0], each[1]) == (case, version) and all(w in each.what for w in words) for each in findings)


async def _tamper(admin: Any, *statements: str, given: tuple[object, ...] = ()) -> None:
    """Do what only a superuser can: take the triggers off, change, put them on again."""
    async with admin.transaction():
        await admin.execute("SET LOCAL session_replication_role = replica")
        for table in ("event", "command", "posting"):
            await admin.execute(f"ALTER TABLE mandate.{table} DISABLE TRIGGER ALL")
        for statement in statements:
            assert await admin.execute(statement, *given) not in {"UPDATE 0", "DELETE 0", "INSERT 0 0"}, statement
        for table in ("event", "command", "posting"):
            await admin.execute(f"ALTER TABLE mandate.{table} ENABLE ALWAYS TRIGGER {table}_is_append_only")


@pytest.mark.usefixtures("lived")
async def test_a_record_nobody_touched_holds(verified: Any):
    proof = await verified()
    assert proof.findings == ()
    assert (proof.streams, proof.events) == (5, 11)


async def test_an_empty_store_holds(verified: Any):
    assert await verified() == Proof(0, 0, ())


@pytest.mark.usefixtures("lived")
async def test_one_case_is_proved_alone(store: Any):
    proof = await verify_streams(PostgresArchive(store.reader), ["counter-1"], processes=PROCESSES)
    assert (proof.streams, proof.events, proof.findings) == (1, 5, ())


@pytest.mark.usefixtures("lived")
async def test_a_case_that_is_not_there_is_bad_input(store: Any):
    with pytest.raises(BadInput):
        await verify_streams(PostgresArchive(store.reader), ["counter-9"], processes=PROCESSES)


_CHANGES = {
    "an event's body": (
        """UPDATE mandate.event SET body = convert_to(replace(convert_from(body, 'UTF8'), '"amount":4', '"amount":9'),
            'UTF8') WHERE stream_id = 'counter-1' AND version = 3""",
        ("counter-1", 3, "event", "hash"),
    ),
    "one byte of a body, the meaning unchanged": (
        "UPDATE mandate.event SET body = ' '::bytea || body WHERE stream_id = 'counter-1' AND version = 3",
        ("counter-1", 3, "event", "hash"),
    ),
    "an event's hash": (
        "UPDATE mandate.event SET hash = sha256(hash) WHERE stream_id = 'counter-1' AND version = 3",
        ("counter-1", 3, "event", "hash"),
    ),
    "an event's type": (
        "UPDATE mandate.event SET type = 'Finished' WHERE stream_id = 'counter-1' AND version = 3",
        ("counter-1", 3, "event", "type"),
    ),
    "an event's tenant": (
        "UPDATE mandate.event SET tenant = 'other' WHERE stream_id = 'counter-1' AND version = 3",
        ("counter-1", 3, "event", "tenant"),
    ),
    "an event taken out of the middle": (
        "DELETE FROM mandate.event WHERE stream_id = 'counter-1' AND version = 3",
        ("counter-1", 4, "event", "version 4 comes after 2"),
    ),
    "the last event taken away": (
        "DELETE FROM mandate.event WHERE stream_id = 'counter-1' AND version = 5",
        ("counter-1", 5, "head", "the last event is 4"),
    ),
    "an event moved to another case": (
        "UPDATE mandate.event SET stream_id = 'counter-3', version = 1 WHERE stream_id = 'counter-1' AND version = 5",
        ("counter-3", 1, "event", "stream"),
    ),
    "the end of the events' chain": (
        "UPDATE mandate.head SET hash = sha256(hash) WHERE stream_id = 'counter-1'",
        ("counter-1", 5, "head", "hash"),
    ),
    "the end of the commands' chain": (
        "UPDATE mandate.head SET command_hash = sha256(hash) WHERE stream_id = 'counter-1'",
        ("counter-1", 5, "head", "commands"),
    ),
    "a case's tenant": (
        "UPDATE mandate.head SET tenant = 'other' WHERE stream_id = 'counter-2'",
        ("counter-2", 4, "head", "tenant"),
    ),
    "a case's process": (
        "UPDATE mandate.head SET process = 'register' WHERE stream_id = 'counter-2'",
        ("counter-2", 4, "head", "register"),
    ),
    "a head taken away": (
        "DELETE FROM mandate.head WHERE stream_id = 'counter-2'",
        ("counter-2", 0, "event", "no stream"),
    ),
    "a command's answer": (
        """UPDATE mandate.command SET body = convert_to(replace(convert_from(body, 'UTF8'), 'refused', 'recorded'),
           'UTF8') WHERE stream_id = 'counter-1' AND outcome = 'refused'""",
        ("counter-1", 0, "command", "hash"),
    ),
    "a command's outcome": (
        "UPDATE mandate.command SET outcome = 'nothing_new' WHERE stream_id = 'counter-1' AND outcome = 'refused'",
        ("counter-1", 3, "command", "outcome"),
    ),
    "a command's digest": (
        "UPDATE mandate.command SET digest = sha256(digest) WHERE stream_id = 'counter-1' AND number = 2",
        ("counter-1", 2, "command", "digest"),
    ),
    "a refused command taken away": (
        "DELETE FROM mandate.command WHERE stream_id = 'counter-1' AND outcome = 'refused'",
        ("counter-1", 0, "command", "number 4 stands in place 3"),
    ),
    "a case's only refused command": (
        "DELETE FROM mandate.command WHERE stream_id = 'counter-3'",
        ("counter-3", 0, "head", "counts 1 commands, 0 are stored"),
    ),
    "two commands in each other's place": (
        "UPDATE mandate.command SET number = 5 - number WHERE stream_id = 'counter-1' AND number IN (2, 3)",
        ("counter-1", 0, "command", "hash"),
    ),
    "a snapshot": (
        """UPDATE mandate.snapshot SET body = convert_to(replace(convert_from(body, 'UTF8'), '"total":9', '"total":8'),
           'UTF8') WHERE stream_id = 'counter-1'""",
        ("counter-1", 5, "snapshot"),
    ),
    "a snapshot's version": (
        "UPDATE mandate.snapshot SET version = 3 WHERE stream_id = 'counter-1'",
        ("counter-1", 3, "snapshot"),
    ),
    "a snapshot taken away": (
        "DELETE FROM mandate.snapshot WHERE stream_id = 'counter-1'",
        ("counter-1", 5, "snapshot", "none"),
    ),
    "a case's row": (
        "UPDATE mandate.case_row SET phase = 'done' WHERE stream_id = 'counter-1'",
        ("counter-1", 5, "case_row"),
    ),
    "a deadline's day": (
        "UPDATE mandate.deadline SET due_on = due_on + 30 WHERE stream_id = 'counter-1'",
        ("counter-1", 5, "deadline", "counting"),
    ),
    "somebody's work": (
        "DELETE FROM mandate.inbox WHERE stream_id = 'counter-1'",
        ("counter-1", 5, "inbox", "go_on"),
    ),
    "a key that is held": (
        "INSERT INTO mandate.case_key VALUES ('zone', 'k9', 'counter-1', 'counter')",
        ("counter-1", 5, "case_key", "k9"),
    ),
    "a seat's row": (
        "UPDATE mandate.directory_entry SET subject = 'wang' WHERE kind = 'seat'",
        ("directory-zone", 1, "directory_entry", "seat-1"),
    ),
    "an account's balance": (
        "UPDATE mandate.ledger_account SET balance_fen = balance_fen + 1 WHERE pocket = 'available'",
        ("health|budget|meals|2026|available", 1, "ledger account", "501"),
    ),
    "an account's owner": (
        "UPDATE mandate.ledger_account SET owner = 'MINE' WHERE pocket = 'available'",
        ("health|budget|meals|2026|available", 1, "ledger account", "name"),
    ),
    "a ledger line's amount": (
        "UPDATE mandate.posting SET amount_fen = amount_fen + 1 WHERE stream_id = 'counter-1' AND amount_fen > 0",
        ("counter-1", 4, "ledger line", "501"),
    ),
    "a ledger line taken away": (
        "DELETE FROM mandate.posting WHERE stream_id = 'counter-1' AND amount_fen > 0",
        ("counter-1", 4, "ledger line", "nothing"),
    ),
    "a register that a decision rested on": (
        "DELETE FROM mandate.head WHERE stream_id = 'register-zone-duties'",
        ("counter-1", 0, "command", "register-zone-duties at version 1"),
    ),
}


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("name", _CHANGES)
async def test_what_was_changed_is_found_and_named(name: str, admin: Any, verified: Any):
    statement, (case, version, *words) = _CHANGES[name]
    await _tamper(admin, statement)
    proof = await verified()
    assert _names(proof.findings, case, version, *words), proof.findings


@pytest.mark.usefixtures("lived")
async def test_two_events_in_each_others_place_are_found(admin: Any, verified: Any):
    swap = "UPDATE mandate.event SET version = {} WHERE stream_id = 'counter-1' AND version = {}"
    await _tamper(admin, swap.format(99, 3), swap.format(3, 5), swap.format(5, 99))
    findings = (await verified()).findings
    assert _names(findings, "counter-1", 3, "event")
    assert _names(findings, "counter-1", 5, "event")


@pytest.mark.usefixtures("lived")
async def test_a_tail_cut_off_with_its_head_is_missed_by_the_commands(admin: Any, verified: Any):
    await _tamper(
        admin,
        "DELETE FROM mandate.event WHERE stream_id = 'counter-1' AND version = 5",
        """UPDATE mandate.head AS h SET version = 4, hash = e.hash FROM mandate.event AS e
           WHERE h.stream_id = 'counter-1' AND e.stream_id = h.stream_id AND e.version = 4""",
    )
    assert _names((await verified()).findings, "counter-1", 5, "command command-7", "not there")


@pytest.mark.usefixtures("lived")
async def test_a_forged_event_with_a_hash_that_fits_has_no_command(admin: Any, verified: Any):
    last = await admin.fetchrow("SELECT body, hash FROM mandate.event WHERE stream_id = 'counter-1' AND version = 5")
    forged = canonical({**restored(last["body"]), "version": 6, "data": {"amount": 1000}})
    tail = link(last["hash"], forged)
    await _tamper(
        admin,
        """WITH forged AS (
               INSERT INTO mandate.event (stream_id, version, type, tenant, body, hash)
               VALUES ('counter-1', 6, 'Added', 'zone', $1, $2)
           )
           UPDATE mandate.head SET version = 6, hash = $2 WHERE stream_id = 'counter-1'""",
        given=(forged, tail),
    )
    findings = (await verified()).findings
    assert _names(findings, "counter-1", 6, "event", "did not leave it")
    assert _names(findings, "counter-1", 5, "snapshot")


@pytest.mark.usefixtures("lived")
async def test_a_changed_hash_blames_the_row_alone(admin: Any, verified: Any):
    await _tamper(admin, "UPDATE mandate.event SET hash = sha256(hash) WHERE stream_id = 'counter-1' AND version = 3")
    assert [each.version for each in (await verified()).findings] == [3]


@pytest.mark.usefixtures("lived")
async def test_a_case_taken_away_whole_leaves_nothing_to_find(admin: Any, verified: Any):
    """Who rules the whole database can write a history that fits; only a proof kept elsewhere shows it."""
    tables = ("event", "command", "head", "snapshot", "case_row", "deadline")
    away = "DELETE FROM mandate.{} WHERE stream_id = 'counter-2'"
    await _tamper(admin, *(away.format(table) for table in tables))
    assert (await verified()).holds
