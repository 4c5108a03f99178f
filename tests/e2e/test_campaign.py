"""`mandate campaign`: how far a change has come is seen, paused and resumed from the line, by who runs the house."""

from datetime import UTC, datetime
from typing import Any

import pytest

from activities.links import begin_campaign
from activities.requests import CarryRequest
from adapters.postgres.campaigns import CampaignRows
from adapters.postgres.database import Database
from domain.kernel.followups import TellAffected

CAUSE = "register-zone-assistance_list"
KEYS = {"campaign", "tenant", "key", "command", "cause", "state", "concerned", "told", "last", "by"}


@pytest.fixture
async def campaign(temporal: Any, database: Any, task_queue: str, working: Any) -> str:
    """The id of a campaign that concerns nobody and is over."""
    told = TellAffected(key="list:assistance_list/meals", command="RecheckProof", body={"because": "assistance_list@2"})
    now = datetime.now(UTC)
    request = CarryRequest(
        tenant="zone", case=CAUSE, follow_ups=(told,), ids=("link-1",), caused_at=now, caused_by=task_queue
    )
    async with working(), Database(database.app) as store:
        await begin_campaign(temporal.client, task_queue, told, "link-1", request)
        while True:
            for row in await CampaignRows(store).newest("zone"):
                if row["state"] == "finished":
                    return str(row["campaign"])


@pytest.mark.usefixtures("campaign")
async def test_campaigns_are_listed_for_programs_and_for_people(line: Any):
    said = await line("campaign", "list", "-o", "json")
    [listed] = said.lines
    assert listed.keys() == KEYS | {"started_at", "finished_at"}
    assert (listed["state"], listed["told"], listed["cause"]) == ("finished", 0, CAUSE)
    for_people = (await line("campaign", "list", "--lang", "zh")).out
    assert "已完成" in for_people
    assert "RecheckProof" not in for_people


async def test_one_is_shown_by_its_id(line: Any, campaign: str):
    assert (await line("campaign", "show", campaign, "-o", "json")).json["key"] == "list:assistance_list/meals"
    unknown = await line("campaign", "show", "campaign-0", "-o", "json")
    assert unknown.code == 2
    assert "mandate campaign list" in unknown.err
    assert (await line("campaign", "show", campaign, "--tenant", "elsewhere")).code == 2


async def test_nobody_pauses_but_who_runs_the_house_nor_what_is_over(line: Any, campaign: str):
    assert (await line("campaign", "pause", campaign)).code == 2
    refused = await line("campaign", "pause", campaign, "--as", "li")
    assert refused.code == 1
    assert "campaign.not_your_role" in refused.err
    over = await line("campaign", "pause", campaign, "--as", "operator")
    assert over.code == 2
    assert "not over" in over.err


async def test_what_is_paused_while_no_worker_works_is_accepted_and_waits_to_be_resumed(
    line: Any, temporal: Any, database: Any, task_queue: str, working: Any
):
    told = TellAffected(key="list:assistance_list/meals", command="RecheckProof", body={})
    now = datetime.now(UTC)
    request = CarryRequest(
        tenant="zone", case=CAUSE, follow_ups=(told,), ids=("link-2",), caused_at=now, caused_by=task_queue
    )
    await begin_campaign(temporal.client, task_queue, told, "link-2", request)
    await begin_campaign(temporal.client, task_queue, told, "link-2", request)
    execution = f"TaskQueue = '{task_queue}' AND WorkflowType = 'campaign'"
    async with Database(database.app) as store:
        campaign = ""
        while not campaign:
            async for each in temporal.client.list_workflows(execution):
                campaign = each.id
        insert = "INSERT INTO mandate.campaign VALUES ($1, 'zone', 'k', 'RecheckProof', $2, 'running', 0, 0, '')"
        await store.fetch(insert, campaign, CAUSE)
    paused = await line("campaign", "pause", campaign, "--as", "operator", "-o", "json")
    assert (paused.code, paused.json["state"]) == (4, "running")
    async with working():
        again = await line("campaign", "pause", campaign, "--as", "operator", "-o", "json")
        assert (again.code, again.json["state"], again.json["by"]) == (0, "paused", "operator")
        resumed = await line("campaign", "resume", campaign, "--as", "operator", "-o", "json")
        assert resumed.code == 0
        assert resumed.json["state"] in {"running", "finished"}
