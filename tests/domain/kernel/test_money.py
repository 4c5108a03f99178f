"""Integer fen; round half up only at the last step (dossier §3.3)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.kernel.money import MAX_FEN, Fen, FenMoved, allocate, in_yuan, round_half_up, round_up

FEN = TypeAdapter[int](Fen)


@pytest.mark.parametrize("not_money", [True, False, 1.0, 0.5, "100", None, -1, MAX_FEN + 1])
def test_what_is_no_whole_amount_of_fen_is_no_money(not_money):
    with pytest.raises(ValidationError):
        FEN.validate_python(not_money)


def test_nothing_is_an_amount_too():
    assert FEN.validate_python(0) == 0


def test_what_is_moved_may_be_taken_away():
    assert TypeAdapter[int](FenMoved).validate_python(-5) == -5


@pytest.mark.parametrize(
    ("exact", "whole"),
    [
        (Fraction(1, 2), 1),
        (Fraction(3, 2), 2),
        (Fraction(5, 2), 3),
        (Fraction(-1, 2), -1),
        (Fraction(49, 100), 0),
        (Fraction(7), 7),
    ],
)
def test_a_half_is_rounded_away_from_nothing(exact, whole):
    assert round_half_up(exact) == whole


def test_a_lower_bound_is_rounded_up():
    assert [round_up(Fraction(part, 10)) for part in (0, 1, 10, 11)] == [0, 1, 1, 2]


@given(
    st.integers(0, 10**12),
    st.lists(st.fractions(min_value=0, max_value=1000), min_size=1, max_size=8).filter(lambda parts: sum(parts) > 0),
)
def test_what_is_shared_is_all_there_and_nobody_is_a_fen_off(total, weights):
    parts = allocate(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    assert all(abs(part - total * weight / whole) < 1 for part, weight in zip(parts, weights, strict=True))


def test_of_equal_remainders_the_earlier_part_gets_the_fen():
    assert allocate(100, [1, 1, 1]) == (34, 33, 33)


@pytest.mark.parametrize(("total", "weights"), [(100, []), (100, [0, 0]), (-1, [1]), (100, [2, -1])])
def test_what_cannot_be_shared_is_an_error(total, weights):
    with pytest.raises(ValueError, match="cannot share"):
        allocate(total, weights)


def test_fen_are_written_as_yuan():
    assert [in_yuan(9916667), in_yuan(5), in_yuan(-1234500), in_yuan(0)] == ["99,166.67", "0.05", "-12,345.00", "0.00"]
