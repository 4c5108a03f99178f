"""What a script expects of the ledger is read strictly, and compared in the pockets it names."""

from collections.abc import AsyncIterator

import pytest
from pydantic import JsonValue

from domain.kernel.errors import BadInput
from starter.balances import POCKETS, accounts_named, balances
from starter.scripts import Mismatch, compare, read_script


def row(source: str, purpose: str = "meals", **pockets: int) -> dict[str, JsonValue]:
    empty: dict[str, JsonValue] = dict.fromkeys(POCKETS, 0)
    return {"source": source, "purpose": purpose, "year": 2026, **empty, **pockets}


class Books:
    """A ledger of one organisation and year."""

    def __init__(self, *rows: dict[str, JsonValue]) -> None:
        self._rows = rows

    async def accounts(
        self, tenant: str, owner: str, *, year: int | None = None
    ) -> AsyncIterator[dict[str, JsonValue]]:
        for each in self._rows:
            if (tenant, owner, year) == ("zone", "health", 2026):
                yield each


BOOKS = Books(
    row("department_budget", granted_fen=9, available_fen=5, reserved_fen=4),
    row("special_funds", granted_fen=2, available_fen=2),
    row("department_budget", "festival", available_fen=7),
)


async def found(*names: str) -> dict[str, JsonValue]:
    return await balances(accounts_named({"ledger": {key: {} for key in names}}), BOOKS, "zone")


async def test_every_source_of_one_purpose_and_year_counts_together():
    there = await found("health/meals/2026")
    assert there["health/meals/2026"] == {
        **dict.fromkeys(POCKETS, 0),
        "granted_fen": 11,
        "available_fen": 7,
        "reserved_fen": 4,
    }


async def test_one_source_alone_may_be_named():
    there = await found("health/special_funds/meals/2026")
    assert there["health/special_funds/meals/2026"] == {
        **dict.fromkeys(POCKETS, 0),
        "granted_fen": 2,
        "available_fen": 2,
    }


async def test_an_account_that_nobody_ever_paid_into_is_zero():
    for name in ("health/meals/2027", "nobody/meals/2026", "health/nothing/2026", "health/other/meals/2026"):
        assert await found(name) == {name: dict.fromkeys(POCKETS, 0)}


async def test_only_the_pockets_that_are_named_are_compared():
    expected: dict[str, JsonValue] = {"ledger": {"health/meals/2026": {"available_fen": 7, "reserved_fen": 5}}}
    ledger = await balances(accounts_named(expected), BOOKS, "zone")
    assert list(compare(expected, {"ledger": ledger})) == [Mismatch("ledger.health/meals/2026.reserved_fen", 5, 4)]


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("5", "ledger"),
        ("{health/meals/2026: 5}", "ledger.health/meals/2026"),
        ("{health/meals/2026: {availble_fen: 5}}", "ledger.health/meals/2026.availble_fen"),
        ("{health/meals/2026: {available_fen: true}}", "ledger.health/meals/2026.available_fen"),
        ("{health/meals/2026: {available_fen: '5'}}", "ledger.health/meals/2026.available_fen"),
        ("{health/meals: {available_fen: 5}}", "ledger.health/meals"),
        ("{health/meals/26: {available_fen: 5}}", "ledger.health/meals/26"),
        ("{/meals/2026: {available_fen: 5}}", "ledger./meals/2026"),
        ("{a/b/c/d/2026: {available_fen: 5}}", "ledger.a/b/c/d/2026"),
        ("{health/ /meals/2026: {available_fen: 5}}", "ledger.health/ /meals/2026"),
    ],
)
def test_a_mistake_is_named_before_anything_is_played(tmp_path, said, where):
    script = tmp_path / "script.yaml"
    script.write_text(
        f"scenario: One\ntenant: zone\nsteps:\n  - until: 2026-03-03 10:00\n    expect: {{ledger: {said}}}\n",
        encoding="utf-8",
    )
    with pytest.raises(BadInput) as refused:
        read_script(script)
    assert refused.value.where.endswith(f"steps[1].expect.{where}")


def test_no_case_is_called_ledger(tmp_path):
    script = tmp_path / "script.yaml"
    script.write_text(
        "scenario: One\ntenant: zone\nsteps:\n"
        "  - {at: 2026-03-03 10:00, as: li, start: task_admission, name: ledger, with: {}}\n",
        encoding="utf-8",
    )
    with pytest.raises(BadInput, match="ledger is no name of a case"):
        read_script(script)


def test_a_script_without_the_ledger_names_no_account():
    assert accounts_named({"phase": "draft"}) == ()
