"""A point in dispute goes to the conference of its matter and comes back by its minutes, on the real servers."""

import asyncio
import json
from datetime import datetime
from itertools import count

import pytest

from domain.kernel.messages import SHANGHAI
from domain.links.admission_to_conference import conference_of
from starter.demo import example_scripts, moved

TODAY = datetime.now(SHANGHAI).date()
PATIENCE_SECONDS = 60.0
TEXT = "d" * 64
MEMBERS = [
    {"person": "ma", "organisation": "establishment"},
    {"person": "feng", "organisation": "finance"},
    {"person": "chen", "organisation": "health"},
    {"person": "tang", "organisation": "zone_government"},
]
BALLOTS = [
    {"person": "ma", "choice": "for"},
    {"person": "chen", "choice": "against", "dissent": "宜先购买服务。"},
    {"person": "tang", "choice": "for"},
]
HELD = (
    ("zheng", "InviteMembers", {"members": MEMBERS, "meets_on": TODAY.isoformat()}, "convened"),
    ("zheng", "OpenSession", {"present": ["ma", "chen", "tang"]}, "quorate"),
    ("zheng", "RecordVotes", {"motion": "admit", "ballots": BALLOTS}, "decided"),
    ("wang", "DrawMinutes", {"number": "东联〔2026〕77号", "text_sha256": TEXT}, "decided"),
    ("zheng", "SignMinutes", {"text_sha256": TEXT}, "minuted"),
)


def form() -> str:
    """Give what the example of an objection begins with, its days moved to today."""
    [script] = [each for each in example_scripts("task_admission") if "15_objection" in each.name]
    return json.dumps(moved(script, TODAY)[0][1].body, ensure_ascii=False)


async def recorded(line, case, event):
    """Wait until a case has an event of a kind, and give the last one."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        for _ in count():
            events = (await line("case", "events", case, "-o", "json")).lines
            found = [each for each in events if each["type"] == event]
            if found:
                return found[-1]
    raise AssertionError


async def send(line, case, person, kind, body):
    said = await line("case", "send", case, kind, "-", "--as", person, "-o", "json", stdin=json.dumps(body))
    assert said.code == 0, said
    return said.json


@pytest.mark.timeout(300)
async def test_an_objection_is_heard_minuted_and_told_and_every_decision_can_be_taken_again(line, working):
    async with working():
        assert (await line("demo", "register")).code == 0
        case = (await line("case", "start", "task_admission", "-", "--as", "song", stdin=form())).out.strip()
        for person, kind, body in (
            ("song", "SubmitApplication", {}),
            ("wang", "AcceptApplication", {}),
            ("wu", "GiveOpinion", {"opinion": "object", "reasons": "抽不出人。"}),
        ):
            answer = await send(line, case, person, kind, body)
        assert answer["phase"] == "joint_conference"

        conference = conference_of("zone", case)
        brought = await recorded(line, conference, "CaseBrought")
        assert (brought["data"]["case"], brought["actor"], brought["correlation_id"]) == (case, case, case)
        for person, kind, body, phase in HELD:
            assert (await send(line, conference, person, kind, body))["phase"] == phase

        decided = await recorded(line, case, "ConferenceDecided")
        assert decided["actor"] == decided["data"]["conference"] == conference
        assert [each["person"] for each in decided["data"]["minutes"]["votes"]] == ["ma", "chen", "tang"]
        await recorded(line, conference, "CaseFollowed")
        shown = (await line("case", "show", case, "-o", "json")).json
        assert shown["phase"] == "under_review"
        limits = (await line("case", "deadlines", case, "-o", "json")).lines
        assert {each["name"]: each["state"] for each in limits}["decision"] == "open"
        assert (await line("case", "show", conference, "-o", "json")).json["phase"] == "followed_up"

        proof = await line("audit", "verify", "--all", "--decisions", "-o", "json")
        assert (proof.code, proof.json["failures"]) == (0, []), proof
