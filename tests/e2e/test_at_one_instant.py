"""Two commands received at one instant, on the real runner: one order, the later answered by what the earlier made.

Both are sent while no worker is there, so that their order is the order in which they arrived (DESIGN §2).
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Self
from uuid import uuid4

import pytest

from domain.kernel.envelope import Envelope, Who
from domain.kernel.messages import SHANGHAI, Command, body_of
from domain.task_admission.application import Term, Tranche
from domain.task_admission.commands import DraftApplication, SubmitApplication, WithdrawApplication
from tests.domain.task_admission.district import a_form
from tests.domain.task_admission.main_line import accept, approve, countersign, opinion
from tests.workflows.house import House, Told

AMOUNT = 3_000_000
PURPOSE = "two_at_once"
WITHDRAWAL = (WithdrawApplication(reason="另行安排"), "li")
OBJECTION = (opinion(opinion="object", reasons="社区人手不足。"), "wu")
FIRST_DAY = datetime.now(SHANGHAI).date() + timedelta(days=90)
LAST_DAY = FIRST_DAY + timedelta(days=180)
PARTS = (Tranche(amount_fen=AMOUNT, due_on=FIRST_DAY),)
APPROVAL = (approve(term=Term(start_on=FIRST_DAY, end_on=LAST_DAY)), "zhou")


FORM = a_form(start_on=FIRST_DAY, end_on=LAST_DAY, amount_fen=AMOUNT, money={"purpose": PURPOSE}, schedule=PARTS)


class Item:
    """One case, to which somebody sends for everybody and waits for answers."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.case = f"task-{uuid4().hex[:16]}"
        self._numbers = count(1)

    async def send(self, command: Command, by: str, at: datetime | None = None) -> str:
        envelope = Envelope(
            id=f"c-{next(self._numbers)}",
            tenant="zone",
            process="task_admission",
            kind=type(command).__name__,
            who=Who(person=by),
            received_at=at or datetime.now(UTC),
            body=body_of(command),
        )
        await self.house.send(self.case, envelope)
        return envelope.id

    async def ask(self, command: Command, by: str) -> None:
        told = await self.house.answer(self.case, await self.send(command, by))
        assert told.outcome == "recorded", told

    async def accepted(self) -> Self:
        """Come as far as the community's opinion, in the example district."""
        await self.ask(DraftApplication(community="harbour", application=FORM), "li")
        await self.ask(SubmitApplication(), "li")
        await self.ask(accept(), "wang")
        return self

    async def reviewed(self) -> Self:
        """Come as far as the decision."""
        await self.accepted()
        await self.ask(opinion(), "wu")
        await self.ask(countersign(purpose=PURPOSE, schedule=PARTS), "feng")
        return self

    async def at_once(self, *asked: tuple[Command, str]) -> list[str]:
        """Send several commands that bear one instant, in this order."""
        now = datetime.now(UTC)
        return [await self.send(command, by, now) for command, by in asked]

    async def answers(self, ids: list[str]) -> list[Told]:
        return [await self.house.answer(self.case, each) for each in ids]


@pytest.fixture
async def house(temporal: Any, database: Any, task_queue: str) -> AsyncIterator[House]:
    house = House(temporal, database.app, task_queue)
    await house.open()
    yield house
    await house.close()


async def granted(line: Any) -> None:
    """Load the example district, and let finance grant what these items are paid from."""
    assert (await line("demo", "register")).code == 0
    account = {"payer": "health", "source": "department_budget", "purpose": PURPOSE, "year": FIRST_DAY.year}
    words = [word for name, value in account.items() for word in ("--set", f"line.{name}={value}")]
    rest = ("--set", f"amount_fen={AMOUNT}", "--set", "document=东开财预〔2026〕99号", "--as", "feng")
    assert (await line("case", "start", "appropriation", *words, *rest)).code == 0


@pytest.mark.timeout(300)
async def test_approving_objecting_and_withdrawing_at_once_have_one_order_each(house, line, working):
    async with working():
        await granted(line)
        items = [
            await Item(house).reviewed(),
            await Item(house).reviewed(),
            await Item(house).accepted(),
            await Item(house).accepted(),
        ]
    pairs = ((APPROVAL, WITHDRAWAL), (WITHDRAWAL, APPROVAL), (OBJECTION, WITHDRAWAL), (WITHDRAWAL, OBJECTION))
    sent = [await item.at_once(*pair) for item, pair in zip(items, pairs, strict=True)]
    async with working():
        told = [await item.answers(ids) for item, ids in zip(items, sent, strict=True)]

    (approved, then_withdrawn), (withdrawn, then_refused), (objected, from_conference), (gone, unheard) = told
    assert approved.events[:2] == ["AdmissionApproved", "FundsReserved"]
    assert then_withdrawn.events[:2] == ["FundsReleased", "ApplicationWithdrawn"]
    assert (withdrawn.outcome, then_refused.code) == ("recorded", "task_admission.case_closed")
    assert "ConferenceCalled" in objected.events
    assert from_conference["answer"]["phase"] == "withdrawn"
    assert (gone.outcome, unheard.code) == ("recorded", "task_admission.case_closed")

    accounts = (await line("ledger", "show", "health", "--year", str(FIRST_DAY.year), "-o", "json")).lines
    [account] = [each for each in accounts if f"/{PURPOSE}/" in each["account"]]
    assert (account["available_fen"], account["reserved_fen"]) == (AMOUNT, 0)
    proof = await line("audit", "verify", "--all", "--decisions", "-o", "json")
    assert (proof.code, proof.json["failures"]) == (0, []), proof
