"""Who must do what by when, through the command line on the real servers: overdue work on every rung; what was seen."""

import asyncio
import json
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from domain.kernel.messages import SHANGHAI
from starter.demo import example_scripts, moved

KEYS = {"case", "task", "due_on", "since", "held_by", "phase", "version", "title", "owner", "overdue"}
TODAY = datetime.now(SHANGHAI).date()
LONG_AGO = TODAY - timedelta(days=90)
SCRIPTS = {Path(each.name).stem: each for each in example_scripts("task_admission")}
REJECTION = ("--set", "reason=prohibited", "--set", "reasons=招商引资不得作为社区工作任务。", "--set", "entry=P-01")
PATIENCE_SECONDS = 60.0


def _form(script):
    """Give what an example begins with, its days moved to today."""
    return json.dumps(moved(SCRIPTS[script], TODAY)[0][1].body, ensure_ascii=False)


async def _recorded(line, case, event, number):
    """Wait until a case has so many events of a kind, and give all of them."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        for _ in count():
            events = (await line("case", "events", case, "-o", "json")).lines
            if [each["type"] for each in events].count(event) >= number:
                return events
    raise AssertionError


async def _item(line, person, case, *asked):
    """Give what a person's inbox says of a case; nothing where it is not in it."""
    said = await line("inbox", "--as", person, "-o", "json", *asked)
    assert said.code == 0, said
    assert all(each.keys() >= KEYS for each in said.lines)
    found = [each for each in said.lines if each["case"] == case]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.timeout(300)
async def test_a_missed_formal_check_lies_in_every_inbox_it_climbed_through_and_is_answered_as_it_was_seen(
    line, working
):
    """The act bears a day so long ago that its reminders, its miss and the whole ladder are due at once."""
    that_day = ("--on", LONG_AGO.isoformat(), "--evidence", "收文登记簿")
    async with working():
        assert (await line("demo", "register")).code == 0
        opened = await line(
            "case", "start", "task_admission", "-", "--as", "lin", *that_day, stdin=_form("1_prohibited")
        )
        assert opened.code == 0, opened
        case = opened.out.strip()
        submitted = await line("case", "send", case, "SubmitApplication", "--as", "lin", *that_day, "-o", "json")
        assert submitted.json["phase"] == "screening", submitted
        [limit] = [each for each in submitted.json["deadlines"] if each["name"] == "formal_check"]

        events = await _recorded(line, case, "EscalationRaised", 2)
        rang = [each["type"] for each in events][submitted.json["version"] :]
        assert rang == ["OwnerReminded", "OwnerReminded", "DeadlineMissed", "EscalationRaised", "EscalationRaised"]

        for person in ("wang", "tang", "cai", "hu"):
            item = await _item(line, person, case)
            assert item is not None, person
            assert (item["held_by"], item["owner"], item["overdue"]) == ("supervision_office", "secretariat", True)
            assert (item["since"], item["due_on"]) == (LONG_AGO.isoformat(), limit["due_on"])
            assert item["version"] == submitted.json["version"] + len(rang)
        assert await _item(line, "lin", case) is None
        shown = await line("inbox", "--as", "wang", "--lang", "zh")
        assert f"{limit['due_on']} 已逾期" in shown.out

        # What clocks did since the submission makes nothing void that was prepared on it.
        seen = ("--seen-version", str(submitted.json["version"]), "-o", "json")
        rejected = await line("case", "send", case, "RejectApplication", "--as", "wang", *REJECTION, *seen)
        assert (rejected.code, rejected.json["phase"]) == (0, "rejected"), rejected
        assert await _item(line, "wang", case) is None
        proof = await line("audit", "verify", "--all", "--decisions", "-o", "json")
        assert (proof.code, proof.json["failures"]) == (0, []), proof


@pytest.mark.timeout(300)
async def test_an_approval_prepared_before_an_objection_arrived_is_refused_and_stays_refused(line, working):
    async with working():
        assert (await line("demo", "register")).code == 0
        opened = await line("case", "start", "task_admission", "-", "--as", "li", stdin=_form("9_formal_check_missed"))
        case = opened.out.strip()
        draft = await _item(line, "li", case, "--organisation", "health")
        assert draft["held_by"] == "delegating_department@health"
        elsewhere = await line("inbox", "--as", "li", "--organisation", "finance")
        assert (elsewhere.code, "health" in elsewhere.err) == (2, True), elsewhere
        for person, kind, *settings in (
            ("li", "SubmitApplication"),
            ("wang", "AcceptApplication"),
            ("wu", "GiveOpinion", "--set", "opinion=accept"),
        ):
            said = await line("case", "send", case, kind, "--as", person, *settings)
            assert said.code == 0, said

        seen = await _item(line, "zhou", case, "--role", "approver")
        assert (seen["task"], seen["held_by"]) == ("decide_admission", "approver")
        objection = ("--set", "opinion=object", "--set", "reasons=送餐电动车无处停放。")
        late = await line("case", "send", case, "GiveOpinion", "--as", "wu", *objection)
        assert late.code == 0, late

        approve = ("case", "send", case, "ApproveAdmission", "--as", "zhou", "-o", "json", "--command-id", "prepared")
        refused = await line(*approve, "--seen-version", str(seen["version"]))
        # While the period for the community's opinion lasts, an objection calls the conference.
        assert (refused.code, refused.json["phase"]) == (1, "joint_conference"), refused
        assert refused.json["refusal"]["code"] == "task_admission.changed_since_seen"
        assert refused.json["refusal"]["details"] == {"seen": seen["version"], "now": refused.json["version"]}
        assert (await line(*approve, "--seen-version", str(seen["version"]))).out == refused.out

        now = await _item(line, "zheng", case)
        assert now["task"] == "hold_conference"
        decide = ("case", "send", case, "WithdrawApplication", "--as", "li", "-o", "json", "--set", "reason=居民反对。")
        ahead = await line(*decide, "--seen-version", str(now["version"] + 1))
        assert (ahead.code, ahead.json["refusal"]["code"]) == (1, "task_admission.changed_since_seen")
        decided = await line(*decide, "--seen-version", str(now["version"]))
        assert (decided.code, decided.json["phase"]) == (0, "withdrawn"), decided
