"""Money: every event's postings sum to zero, no account goes below zero, nobody waits for anybody in a ring."""

import asyncio
import random
from typing import Any

import pytest

from adapters.postgres.database import Database
from domain.kernel.errors import Refused
from domain.kernel.ledger import Account, BalanceOf, Pocket, Posting, move
from tests.contract.world import TENANT, World


def _account(owner: str, pocket: Pocket, purpose: str = "elder_meals") -> Account:
    return Account(owner=owner, source="budget", purpose=purpose, year=2026, pocket=pocket)


def _lines(*postings: Posting) -> list[dict[str, Any]]:
    return [each.model_dump(mode="json") for each in postings]


def grant(owner: str, amount_fen: int, purpose: str = "elder_meals") -> list[dict[str, Any]]:
    return _lines(*move(amount_fen, _account(owner, "granted", purpose), _account(owner, "available", purpose)))


def reserve(owner: str, amount_fen: int, purpose: str = "elder_meals") -> list[dict[str, Any]]:
    return _lines(*move(amount_fen, _account(owner, "available", purpose), _account(owner, "reserved", purpose)))


async def _balances(admin: Any) -> dict[str, int]:
    rows = await admin.fetch("SELECT owner, pocket, purpose, balance_fen FROM mandate.ledger_account")
    return {f"{row['owner']} {row['purpose']} {row['pocket']}": row["balance_fen"] for row in rows}


async def holds_together(admin: Any) -> None:
    assert not await admin.fetch(
        "SELECT stream_id, version FROM mandate.posting GROUP BY 1, 2 HAVING sum(amount_fen) <> 0"
    )
    assert await admin.fetchval("SELECT coalesce(sum(balance_fen), 0) FROM mandate.ledger_account") == 0
    wrong = await admin.fetch(
        """
        SELECT a.account FROM mandate.ledger_account AS a LEFT JOIN LATERAL (
            SELECT sum(p.amount_fen) AS total, count(*) AS lines, max(p.account_version) AS last,
                   (array_agg(p.balance_fen ORDER BY p.account_version DESC))[1] AS after
            FROM mandate.posting AS p WHERE p.tenant = a.tenant AND p.account = a.account
        ) AS p ON true
        WHERE (a.balance_fen, a.balance_fen, a.version, a.version)
              IS DISTINCT FROM (p.total, p.after, p.lines::integer, p.last)
        """
    )
    assert not wrong


async def test_postings_are_copied_with_each_accounts_version_and_balance_after(world: World, admin: Any):
    await world.ask("counter-1", "Start")
    await world.ask("counter-1", "Pay", postings=grant("health", 500_00))
    await world.ask("counter-1", "Pay", postings=reserve("health", 200_00))

    assert await _balances(admin) == {
        "health elder_meals granted": -500_00,
        "health elder_meals available": 300_00,
        "health elder_meals reserved": 200_00,
    }
    rows = await admin.fetch(
        "SELECT version, line, amount_fen, account_version, balance_fen FROM mandate.posting ORDER BY 1, 2"
    )
    assert [tuple(row) for row in rows] == [
        (3, 1, -500_00, 1, -500_00),
        (3, 2, 500_00, 1, 500_00),
        (4, 1, -200_00, 2, 300_00),
        (4, 2, 200_00, 1, 200_00),
    ]
    await holds_together(admin)


async def test_what_would_leave_an_account_below_zero_is_short_and_leaves_nothing(world: World, admin: Any):
    await world.ask("counter-1", "Start")
    await world.ask("counter-1", "Pay", postings=grant("health", 100_00))
    before = await admin.fetchval("SELECT count(*) FROM mandate.command")

    short = await world.once("counter-1", world.envelope("Pay", postings=reserve("health", 100_01)), fresh=True)

    assert (short.outcome, short.moved) == ("short", _account("health", "available").id)
    assert await admin.fetchval("SELECT count(*) FROM mandate.command") == before
    assert await _balances(admin) == {"health elder_meals granted": -100_00, "health elder_meals available": 100_00}
    assert (await world.ask("counter-1", "Pay", postings=reserve("health", 100_00))).outcome == "recorded"
    await holds_together(admin)


async def test_an_account_nobody_ever_paid_into_is_short(world: World):
    await world.ask("counter-1", "Start")
    short = await world.once("counter-1", world.envelope("Pay", postings=reserve("nobody", 1)), fresh=True)
    assert short.outcome == "short"


async def test_postings_that_do_not_sum_to_zero_never_reach_the_store(world: World, admin: Any):
    await world.ask("counter-1", "Start")
    with pytest.raises(Refused, match="not_balanced"):
        await world.ask("counter-1", "Pay", postings=grant("health", 100_00)[1:])
    assert await _balances(admin) == {}


async def test_fifty_writers_reserve_no_more_than_there_is(world: World, admin: Any):
    await world.ask("counter-0", "Start")
    await world.ask("counter-0", "Pay", postings=grant("health", 100_00))
    for number in range(1, 51):
        await world.ask(f"counter-{number}", "Start")

    seven = reserve("health", 7_00)
    sent = [world.once(f"counter-{n}", world.envelope("Pay", postings=seven)) for n in range(1, 51)]
    outcomes = [written.outcome for written in await asyncio.gather(*sent)]

    assert (outcomes.count("recorded"), outcomes.count("short")) == (14, 36)
    assert (await _balances(admin))["health elder_meals available"] == 2_00
    await holds_together(admin)


async def test_writers_that_need_the_same_accounts_in_any_order_never_wait_in_a_ring(world: World, admin: Any):
    order = random.Random(7)  # noqa: S311 — an order that can be had again
    purposes = [f"purpose-{n}" for n in range(6)]
    await world.ask("counter-0", "Start")
    for purpose in purposes:
        await world.ask("counter-0", "Pay", postings=grant("health", 1_000_00, purpose))
    for number in range(1, 17):
        await world.ask(f"counter-{number}", "Start")

    async def pay(number: int) -> None:
        for _ in range(12):
            chosen = order.sample(purposes, 4)
            postings = [line for purpose in chosen for line in reserve("health", 1, purpose)]
            order.shuffle(postings)
            assert (await world.ask(f"counter-{number}", "Pay", postings=postings)).outcome == "recorded"

    await asyncio.gather(*(pay(number) for number in range(1, 17)))

    deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    assert await admin.fetchval(deadlocks) == 0
    assert sum(v for name, v in (await _balances(admin)).items() if name.endswith("reserved")) == 16 * 12 * 4
    await holds_together(admin)


async def test_a_balance_is_read_now_and_as_it_was(store: Any, world: World):
    await world.ask("counter-1", "Start")
    await world.ask("counter-1", "Pay", postings=grant("health", 500_00))
    need = BalanceOf(_account("health", "available"))
    facts = world.log._facts

    first = await facts.load(TENANT, "counter-1", (need,), fresh=False)
    await world.ask("counter-1", "Pay", postings=reserve("health", 200_00))
    then = await facts.load(TENANT, "counter-1", (need,), fresh=False)

    assert (first.values[need], then.values[need]) == (500_00, 300_00)
    assert (await facts.at(TENANT, "counter-1", (need,), first.versions)).values[need] == 500_00
    async with Database(store.app) as elsewhere:
        never = BalanceOf(_account("nobody", "available"))
        assert (await World(elsewhere).log._facts.load(TENANT, "x", (never,), fresh=True)).values[never] == 0
