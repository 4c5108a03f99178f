"""必须单独核算,专款专用: accounted for apart, used for what it was given (S1e-28, S1f-16)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.kernel.errors import Refused
from domain.kernel.ledger import Account, Pocket, Posting, check, fiscal_year, may_stand, move, postings_of
from domain.kernel.messages import Event

_POCKETS: tuple[Pocket, ...] = ("granted", "available", "reserved", "in_transit", "spent", "returned")
_LAWFUL = {
    ("granted", "available"),
    ("available", "granted"),
    ("available", "reserved"),
    ("reserved", "available"),
    ("reserved", "in_transit"),
    ("in_transit", "reserved"),
    ("in_transit", "available"),
    ("available", "spent"),
    ("spent", "available"),
    ("available", "returned"),
}


def _account(pocket: Pocket, owner: str = "health", **changed: Any) -> Account:
    given_fields = {"source": "budget", "purpose": "elder_meals", "year": 2026, **changed}
    return Account(owner=owner, pocket=pocket, **given_fields)


def _code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.code


@pytest.mark.parametrize("out_of", _POCKETS)
@pytest.mark.parametrize("into", _POCKETS)
def test_money_moves_only_along_the_ways_it_has(out_of: Pocket, into: Pocket):
    if (out_of, into) in _LAWFUL:
        lines = move(5, _account(out_of), _account(into))
        assert [line.amount_fen for line in lines] == [-5, 5]
    else:
        with pytest.raises(Refused) as refused:
            move(5, _account(out_of), _account(into))
        assert _code(refused) == "ledger.no_such_move"


def test_only_a_receipt_brings_money_to_another_owner():
    move(5, _account("in_transit"), _account("available", owner="community"))
    for out_of, into in _LAWFUL - {("in_transit", "available")}:
        with pytest.raises(Refused) as refused:
            move(5, _account(out_of), _account(into, owner="community"))  # pyright: ignore[reportArgumentType]
        assert _code(refused) == "ledger.no_such_move"


def test_a_receipt_may_fall_into_the_next_fiscal_year():
    lines = move(5, _account("in_transit"), _account("available", owner="community", year=2027))
    assert [line.account.year for line in lines] == [2026, 2027]


@pytest.mark.parametrize("changed", [{"purpose": "festival"}, {"source": "welfare_lottery"}])
def test_money_changes_its_purpose_or_source_only_by_the_decision_that_allows_it(changed: dict[str, str]):
    with pytest.raises(Refused) as refused:
        move(5, _account("available"), _account("available", **changed))
    assert _code(refused) == "ledger.diversion"

    lines = move(5, _account("available"), _account("available", **changed), allowed_by="decision-7")
    assert {line.allowed_by for line in lines} == {"decision-7"}


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_and_less_than_nothing_cannot_be_moved(amount: int):
    with pytest.raises(Refused) as refused:
        move(amount, _account("available"), _account("spent"))
    assert _code(refused) == "ledger.amount_not_positive"


@pytest.mark.parametrize("amount", [0, 0.5, True, "5"])
def test_a_posting_is_a_whole_number_of_fen_and_not_nothing(amount: Any):
    with pytest.raises(ValidationError):
        Posting(account=_account("available"), amount_fen=amount)


@given(st.lists(st.tuples(st.integers(1, 10**12), st.sampled_from(sorted(_LAWFUL)))))
def test_any_moves_together_sum_to_zero_and_one_fen_more_does_not(moves: list[tuple[int, tuple[Pocket, Pocket]]]):
    lines = [line for amount, (a, b) in moves for line in move(amount, _account(a), _account(b))]
    check(lines)
    with pytest.raises(Refused) as refused:
        check([*lines, Posting(account=_account("available"), amount_fen=1)])
    assert (_code(refused), refused.value.details["difference_fen"]) == ("ledger.not_balanced", 1)


def test_two_purposes_that_make_up_for_each_other_are_a_diversion():
    lines = (
        Posting(account=_account("available"), amount_fen=-5),
        Posting(account=_account("available", purpose="festival"), amount_fen=5),
    )
    with pytest.raises(Refused) as refused:
        check(lines)
    assert _code(refused) == "ledger.diversion"
    assert refused.value.details["purpose"] == "elder_meals"


def test_the_decision_that_allows_one_posting_does_not_cover_another():
    lines = (
        Posting(account=_account("available"), amount_fen=-5, allowed_by="decision-7"),
        Posting(account=_account("available", purpose="festival"), amount_fen=5),
    )
    with pytest.raises(Refused) as refused:
        check(lines)
    assert _code(refused) == "ledger.diversion"


def test_no_account_falls_below_zero_and_the_granted_side_never_rises_above():
    assert may_stand(_account("available"), 0)
    assert not may_stand(_account("available"), -1)
    assert may_stand(_account("granted"), -1)
    assert not may_stand(_account("granted"), 1)


def test_the_fiscal_year_is_that_of_the_day_in_shanghai():
    assert fiscal_year(datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)) == 2026
    assert fiscal_year(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == 2027


def test_an_accounts_name_tells_any_two_accounts_apart():
    assert _account("available").id == "health|budget|elder_meals|2026|available"
    assert _account("available").turned("reserved") == _account("reserved")


def test_most_events_move_no_money():
    class Signed(Event):
        pass

    assert postings_of(Signed()) == ()
