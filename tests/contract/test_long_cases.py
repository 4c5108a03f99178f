"""The stored state of a long case may be a few events behind, so that no command pays for the length of its case."""

from typing import Any

import pytest

from adapters.postgres.archive import PostgresArchive
from adapters.postgres.queries import Queries
from adapters.postgres.rebuild import rebuild_all
from audit.verify import verify_all
from domain.kernel.decision import snapshot_lag
from tests.contract.counter import COUNTER, PROCESSES
from tests.contract.world import TENANT, World

EVENTS = 80
LAG = snapshot_lag(EVENTS)
_STORED = "SELECT version FROM mandate.snapshot"
_BEHIND = "SELECT h.version, h.version - s.version AS behind FROM mandate.head AS h, mandate.snapshot AS s"


@pytest.fixture
async def behind(world: World, admin: Any) -> dict[int, int]:
    """By version, how far the stored state of a long case was behind; it is behind now, as far as it may be."""
    await world.ask("counter-1", "Start")
    found: dict[int, int] = {}
    while (version := await admin.fetchrow(_BEHIND))["version"] < EVENTS or version["behind"] < LAG:
        found[version["version"]] = version["behind"]
        await world.ask("counter-1", "Add", amount=1)
    return {**found, version["version"]: version["behind"]}


async def _proof(store: Any) -> Any:
    return await verify_all(PostgresArchive(store.reader), processes=PROCESSES)


async def test_it_is_never_behind_in_a_short_case_and_never_far_in_a_long_one(behind: dict[int, int]):
    assert {each for version, each in behind.items() if version < 32} == {0}
    assert all(each <= snapshot_lag(version) for version, each in behind.items())
    assert max(behind.values()) == LAG > 0


async def test_the_case_is_read_whole_and_goes_on(behind: dict[int, int], world: World, store: Any):
    held = await world.log.case(COUNTER, TENANT, "counter-1", fresh=False)
    assert await world.log.case(COUNTER, TENANT, "counter-1", fresh=True) == held
    assert held.version == max(behind)
    assert (await world.ask("counter-1", "Add", amount=1)).outcome == "recorded"
    shown = await Queries(world.database, PROCESSES).case("counter-1")
    assert shown is not None
    assert shown["version"] == max(behind) + 1
    assert shown["state"]["total"] == held.state.total + 1
    assert (await _proof(store)).holds


async def test_a_form_that_has_changed_is_stored_anew_with_the_next_event(
    behind: dict[int, int], world: World, admin: Any
):
    await admin.execute("UPDATE mandate.snapshot SET body = $1", b'{"another":"form"}')
    await world.log.case(COUNTER, TENANT, "counter-1", fresh=True)
    await world.ask("counter-1", "Add", amount=1)
    assert await admin.fetchval(_STORED) == max(behind) + 1


@pytest.mark.usefixtures("behind")
async def test_what_is_made_again_is_behind_nothing(world: World, admin: Any, store: Any):
    assert [each async for each in rebuild_all(world.database, PROCESSES)] == ["counter-1"]
    assert await admin.fetchval(_STORED) == await admin.fetchval("SELECT version FROM mandate.head")
    assert (await _proof(store)).holds


@pytest.mark.parametrize(
    "forged",
    [
        """UPDATE mandate.snapshot
           SET body = convert_to(replace(convert_from(body, 'UTF8'), '"total":', '"total":9'), 'UTF8')""",
        "UPDATE mandate.snapshot SET version = version - 1",
        "UPDATE mandate.snapshot SET version = version + 1",
        "UPDATE mandate.snapshot SET version = version + 99",
    ],
)
@pytest.mark.usefixtures("behind")
async def test_a_stored_state_that_never_was_is_found(forged: str, admin: Any, store: Any):
    await admin.execute(forged)
    assert [each.what.partition(":")[0] for each in (await _proof(store)).findings] == ["snapshot"]
