"""A district with a finance bureau and bodies that spend, whose accounts move with a line's own events."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from domain.appropriation.commands import AmendAppropriation, BudgetLine, GrantAppropriation
from domain.appropriation.decider import APPROPRIATION
from domain.appropriation.events import AppropriationAmended, AppropriationGranted
from domain.kernel.directory import Organisation, Person, Seat, Spell
from domain.kernel.facts import Need
from domain.kernel.ledger import Account, BalanceOf, move, postings_of
from domain.kernel.messages import Event
from tests.spec import Given, Then, World, given

LONG_AGO = date(2010, 1, 1)
GRANTED_FEN = 100_000_00
DOCUMENT = "财预〔2026〕12号"
LATER = "财预〔2026〕31号"


def body(name: str, kind: str = "department", *, district: str = "zone", **more: Any) -> Organisation:
    spell = more.pop("spell", Spell(first_on=LONG_AGO))
    return Organisation(id=name, kind=kind, name=name, district=district, spell=spell, **more)


def seat(who: str, where: str, role: str = "finance_bureau", last_on: date | None = None) -> Seat:
    spell = Spell(first_on=LONG_AGO, last_on=last_on)
    return Seat(id=f"{who}-{where}-{role}", person=who, organisation=where, role=role, spell=spell)


DISTRICT = World(
    entries=(
        body("finance", "finance_bureau"),
        body("health"),
        body("quay_office", "subdistrict_office"),
        body("government", "district_government"),
        body("harbour", "residents_committee"),
        body("fields", "villagers_committee"),
        Person(id="feng", name="冯雪"),
        Person(id="tang", name="唐丽"),
        seat("feng", "finance"),
        seat("tang", "government"),
    )
)


def line(**changed: Any) -> BudgetLine:
    fields = {"payer": "health", "source": "department_budget", "purpose": "elder_meals", "year": 2026, **changed}
    return BudgetLine(**fields)


def grant(amount_fen: int = GRANTED_FEN, document: str = DOCUMENT, **changed: Any) -> GrantAppropriation:
    return GrantAppropriation(line=line(**changed), amount_fen=amount_fen, document=document)


def amend(change_fen: int, document: str = LATER, reason: str = "年中调整") -> AmendAppropriation:
    return AmendAppropriation(change_fen=change_fen, reason=reason, document=document)


def granted(amount_fen: int = GRANTED_FEN, document: str = DOCUMENT, **changed: Any) -> AppropriationGranted:
    there = line(**changed)
    postings = move(amount_fen, there.account("granted"), there.account("available"))
    return AppropriationGranted(line=there, amount_fen=amount_fen, document=document, postings=postings)


def amended(change_fen: int, document: str = LATER, reason: str = "年中调整", **changed: Any) -> AppropriationAmended:
    there = line(**changed)
    accounts = there.account("granted"), there.account("available")
    out_of, into = accounts if change_fen > 0 else accounts[::-1]
    postings = move(abs(change_fen), out_of, into)
    return AppropriationAmended(change_fen=change_fen, reason=reason, document=document, postings=postings)


def balances(**pockets: int) -> Mapping[Need[Any], object]:
    """Answer what stands in the pockets of the line that `line()` names."""
    return {BalanceOf(line().account(pocket)): fen for pocket, fen in pockets.items()}  # pyright: ignore[reportArgumentType]


def new() -> Given:
    return given(APPROPRIATION).in_(DISTRICT)


def budgeted(*amendments: AppropriationAmended, available: int = GRANTED_FEN, **changed: Any) -> Given:
    """Give a line after its grant, with so much of it still available."""
    there = given(APPROPRIATION, granted(**changed), *amendments)
    account = line(**changed).account("available")
    return there.in_(replace(DISTRICT, others={BalanceOf(account): available}))


def posted(world: World, events: tuple[Event, ...]) -> World:
    """Let the accounts move by what was recorded."""
    stands: dict[Account, int] = {need.account: fen for need, fen in world.others.items()}  # pyright: ignore[reportAttributeAccessIssue, reportAssignmentType]
    for posting in (each for event in events for each in postings_of(event)):
        stands[posting.account] = stands.get(posting.account, 0) + posting.amount_fen
    return replace(world, others={BalanceOf(account): fen for account, fen in stands.items()})


def by_finance(there: Given, command: Any, **more: Any) -> Then:
    return there.when(command, **{"by": "feng", **more})
