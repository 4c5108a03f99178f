"""A pack is published during the life of 200 cases: each question is answered by the law of its own day (item 30).

Procedure by the day of application, the route by the day of the decision, the legs by each day (ADMISSION §8).
"""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.postgres.answers import Answers
from adapters.postgres.database import Database
from domain.kernel.envelope import Who
from domain.kernel.messages import SHANGHAI
from domain.task_admission.decider import TASK_ADMISSION
from starter.client import Ask, Client, Reply, new_case_id
from starter.demo import moved
from starter.scripts import Step, read_script

ROOT = Path(__file__).parents[2]
CASES, APPLIED, ACCEPTED, REVIEWED, APPROVED = 200, 24, 8, 4, 2
"""Half of the cases are begun before the change and half on its day; so many of each half come so far, or farther."""
AT_ONCE = 16
PATIENCE = 120.0
NOTICE = "东开管〔2026〕31号"
SHORTER = f"""
- name: decision_period
  rule: DL-02
  limit: decision
  length: 10
  unit: wd
  kind: duty
  owner: approver
  source: {NOTICE}
  grade: default
  valid_from: {{since}}
  read_on: application
"""
OTHERWISE = f"""
- name: off_list_route
  value: purchase
  unit: route
  source: {NOTICE}
  grade: default
  valid_from: {{since}}
  read_on: decision
- name: undelegable_powers
  value: [eligibility_check]
  unit: kinds of power
  source: {NOTICE}
  grade: yes
  valid_from: {{since}}
  read_on: each_day
"""


def changed_pack(folder: Path, since: date) -> str:
    """Write the zone's pack with one rule more of each kind of day."""
    pack = folder / "pack"
    shutil.copytree(ROOT / "policy/development_zone", pack)
    (pack / "deadlines.yaml").write_text(SHORTER.format(since=since), encoding="utf-8")
    with (pack / "parameters.yaml").open("a", encoding="utf-8") as parameters:
        parameters.write(OTHERWISE.format(since=since))
    return str(pack)


def the_main_line(today: date) -> dict[str, Step]:
    """Give the last thing said with each command on the main line, and who says it, on days from today on."""
    steps = moved(read_script(ROOT / "examples/task_admission/10_admitted_worked_settled.yaml"), today)
    return {(step.send or ("", step.start or ""))[1]: step for _, step in steps if step.until is None}


@dataclass
class Item:
    """One application, with an article of its own, so that none is another's duplicate."""

    client: Client
    line: dict[str, Step]
    number: int
    applied_on: date | None = None
    case: str = field(init=False, default="")

    async def ask(self, kind: str, on: date | None = None, **changes: Any) -> Reply:
        """Ask what the main line asks here; under an earlier day with what shows it."""
        step = self.line[kind if kind != "DraftApplication" else TASK_ADMISSION.name]
        body = json.loads(json.dumps(step.body)) | changes
        opens = kind == "DraftApplication"
        if opens:
            body["application"]["legal_basis"]["article"] = f"43.{self.number}"
            self.case = new_case_id(TASK_ADMISSION, "zone", f"law-{self.number}", body)
        ask = Ask(
            "zone",
            TASK_ADMISSION,
            self.case,
            kind,
            body,
            Who(person=step.person or ""),
            on=on,
            evidence=None if on is None else "收件登记簿",
            opens=opens,
        )
        return await self.client.submit(ask, PATIENCE)

    async def take(self, *kinds: str) -> Reply:
        """Ask one after the other what must be recorded, and give the last answer."""
        for kind in kinds:
            on = self.applied_on if kind in {"DraftApplication", "SubmitApplication"} else None
            reply = await self.ask(kind, on)
            assert reply.outcome == "recorded", (kind, reply)
        return reply


async def all_of(items: list[Item], act: Callable[[Item], Coroutine[Any, Any, Reply]]) -> list[Reply]:
    """Let each item do the same, so many at once."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(item: Item) -> Reply:
        async with gate:
            return await act(item)

    return await asyncio.gather(*map(one, items))


@pytest.fixture
async def client(temporal: Any, database: Any, task_queue: str) -> AsyncIterator[Client]:
    async with Database(database.app, size=4) as store:
        answers = Answers(store, database.app)
        yield Client(temporal.client, answers, task_queue)
        await answers.close()


def deadline(reply: Reply, name: str) -> Any:
    assert reply.answer is not None
    return next(each for each in reply.answer.deadlines if each.name == name)


def refusal(reply: Reply) -> tuple[str, str]:
    assert reply.answer is not None
    assert reply.answer.refusal is not None, reply
    return reply.answer.refusal.code, reply.answer.refusal.source


async def test_two_hundred_cases_are_each_held_to_the_law_of_each_questions_own_day(line, working, client, tmp_path):
    today = datetime.now(SHANGHAI).date()
    steps = the_main_line(today)
    old = [Item(client, steps, number, today - timedelta(days=2)) for number in range(CASES // 2)]
    new = [Item(client, steps, number) for number in range(CASES // 2, CASES)]
    async with working():
        assert (await line("demo", "register")).code == 0
        await all_of(old, lambda each: each.take("DraftApplication"))
        await all_of(old[:APPLIED], lambda each: each.take("SubmitApplication"))
        ready = ("AcceptApplication", "GiveOpinion", "CountersignFunds")
        await all_of(old[:REVIEWED], lambda each: each.take(*ready))
        await all_of(old[:APPROVED], lambda each: each.take("ApproveAdmission"))
        await old[0].take("GrantAuthority")

        published = await line("policy", "publish", "development_zone", changed_pack(tmp_path, today), "--as", "qian")
        assert published.code == 0, published

        await all_of(new, lambda each: each.take("DraftApplication"))
        await all_of(new[:APPLIED], lambda each: each.take("SubmitApplication"))
        # Procedure: what a case is given from now on still goes by the day on which it was applied for.
        before = await all_of(old[REVIEWED:ACCEPTED], lambda each: each.take("AcceptApplication"))
        since = await all_of(new[:ACCEPTED], lambda each: each.take("AcceptApplication"))
        assert {deadline(each, "decision").source for each in since} == {NOTICE}
        assert NOTICE not in {deadline(each, "decision").source for each in before}
        # The route: the day of the decision, whenever it was applied for.
        await all_of(new[:REVIEWED], lambda each: each.take(*ready[1:]))
        decided = await all_of([*old[APPROVED:REVIEWED], *new[:REVIEWED]], lambda each: each.ask("ApproveAdmission"))
        assert {refusal(each) for each in decided} == {("task_admission.route_is_purchase", NOTICE)}
        # The legs: each day on which one is relied on; what stands already is not reopened.
        granted = await all_of(old[1:APPROVED], lambda each: each.ask("GrantAuthority"))
        assert {refusal(each) for each in granted} == {("task_admission.authority_not_delegable", NOTICE)}

    proof = await line("audit", "verify", "--all", "--decisions", "-o", "json")
    assert (proof.code, proof.json["failures"]) == (0, []), proof
