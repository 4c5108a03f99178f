"""The picture of a campaign: it never goes back, and what has ended stays as it ended."""

from datetime import datetime
from typing import Any

from adapters.postgres.campaigns import CampaignRows, CampaignTable
from tests.contract.test_tenants_apart import a_campaign
from tests.contract.world import TENANT, World


async def _shown(world: World) -> Any:
    return await CampaignRows(world.database).one(f"campaign-{TENANT}")


async def test_it_shows_whom_it_concerns_and_how_far_it_has_come(world: World):
    board, seed = CampaignTable(world.database), a_campaign(TENANT)
    await board.begin(seed, concerned=3)
    await board.note(seed, "running", 2, "task-2")
    shown = await _shown(world)
    assert datetime.fromisoformat(shown.pop("started_at")).tzinfo is not None
    assert shown == {
        "campaign": f"campaign-{TENANT}",
        "tenant": TENANT,
        "key": "list:list/meals",
        "command": "RecheckProof",
        "cause": f"register-{TENANT}-list",
        "state": "running",
        "concerned": 3,
        "told": 2,
        "last": "task-2",
        "by": None,
        "finished_at": None,
    }


async def test_a_page_that_is_told_again_does_not_set_it_back(world: World):
    board, seed = CampaignTable(world.database), a_campaign(TENANT)
    await board.begin(seed, concerned=3)
    await board.note(seed, "running", 2, "task-2")
    await board.begin(seed, concerned=9)
    await board.note(seed, "running", 1, "task-1")
    shown = await _shown(world)
    assert (shown["concerned"], shown["told"], shown["last"]) == (3, 2, "task-2")


async def test_what_has_ended_stays_as_it_ended(world: World):
    board, seed = CampaignTable(world.database), a_campaign(TENANT)
    await board.begin(seed, concerned=3)
    await board.note(seed, "finished", 3, "task-3")
    ended = await _shown(world)
    assert ended["finished_at"] >= ended["started_at"]
    await board.note(seed.model_copy(update={"by": "li"}), "paused", 3, "task-3")
    assert await _shown(world) == ended


async def test_the_newest_stands_first_and_another_tenants_is_not_listed(world: World):
    board = CampaignTable(world.database)
    for name in ("first", "second"):
        await board.begin(a_campaign(TENANT).model_copy(update={"campaign": name}), concerned=1)
    await board.begin(a_campaign("babu"), concerned=1)
    listed = await CampaignRows(world.database).newest(TENANT)
    assert [row["campaign"] for row in listed] == ["second", "first"]
    assert await CampaignRows(world.database).one("third") is None
