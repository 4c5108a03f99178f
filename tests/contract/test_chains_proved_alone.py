"""Bytes and chains are proved without what is made of the events, by as many processes as there are cores."""

from typing import Any

import pytest

from adapters.postgres.archive import PostgresArchive
from audit import verify
from audit.verify import Proof, verify_chains
from domain.kernel.errors import Unavailable
from tests.contract.test_verify_finds_tampering import _tamper
from tests.contract.world import World

_FORGED_BODY = "UPDATE mandate.event SET body = body || 'x' WHERE stream_id = 'counter-2' AND version = 3"
_FORGED_TYPE = "UPDATE mandate.event SET type = 'Paid' WHERE stream_id = 'counter-1' AND version = 3"
_CUT_OFF = "DELETE FROM mandate.event WHERE stream_id = 'counter-3' AND version = 4"


@pytest.fixture
async def archive(world: World, store: Any) -> PostgresArchive:
    """Three cases of four events each, mixed in the global order."""
    for case in ("counter-1", "counter-2", "counter-3"):
        await world.ask(case, "Start")
    for amount in (1, 2):
        for case in ("counter-1", "counter-2", "counter-3"):
            await world.ask(case, "Add", amount=amount)
    return PostgresArchive(store.reader)


def _places(proof: Proof) -> list[tuple[str, int]]:
    return [(each.case, each.version) for each in proof.findings]


async def test_chains_that_nobody_touched_hold_up_to_every_head(archive: PostgresArchive):
    assert await verify_chains(archive) == Proof(3, 12, ())
    assert await verify_chains(archive, columns=True) == Proof(3, 12, ())


async def test_a_changed_body_and_a_tail_cut_off_are_named(archive: PostgresArchive, admin: Any):
    await _tamper(admin, _FORGED_BODY, _CUT_OFF)
    assert _places(await verify_chains(archive)) == [("counter-2", 3), ("counter-3", 4)]


async def test_a_column_that_differs_from_the_body_is_named_where_columns_are_compared(
    archive: PostgresArchive, admin: Any
):
    await _tamper(admin, _FORGED_TYPE)
    assert _places(await verify_chains(archive)) == []
    assert _places(await verify_chains(archive, columns=True)) == [("counter-1", 3)]


@pytest.mark.parametrize("columns", [False, True])
async def test_two_processes_find_what_one_finds(
    archive: PostgresArchive, admin: Any, monkeypatch: pytest.MonkeyPatch, *, columns: bool
):
    await _tamper(admin, _FORGED_BODY, _CUT_OFF)
    alone = await verify_chains(archive, columns=columns)
    monkeypatch.setattr(verify, "_ALONE", 0)
    monkeypatch.setattr(verify, "_STRETCH", 2)  # every case is taken up in the middle, some by the other process
    told: list[tuple[int, int]] = []
    together = await verify_chains(
        archive, columns=columns, workers=2, progress=lambda done, total: told.append((done, total))
    )
    assert together == alone
    assert told == [(step, 6) for step in range(1, 7)]


async def test_a_server_that_goes_away_in_the_middle_of_a_proof_is_said_to_be_away(
    archive: PostgresArchive, admin: Any
):
    async with archive.open() as record:
        await record.positions()
        await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'mandate_reader'")
        with pytest.raises(Unavailable):
            await record.heads("", 10)
