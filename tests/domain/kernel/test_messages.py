"""Records are strict: what a clerk sends is taken as it stands or refused by field."""

import pickle
from datetime import UTC, date, datetime
from typing import ClassVar

import pytest

from domain.kernel.errors import BadInput, CorruptHistory, Refused
from domain.kernel.messages import Command, Text, Vocabulary, body_of, shanghai_date, start_of


class Pay(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"finance_bureau"})
    amount_fen: int
    on: date
    reason: Text


WORDS = Vocabulary[Command](Pay)
GOOD = {"amount_fen": 100, "on": "2026-02-28", "reason": "助餐"}


def test_a_good_body_becomes_the_command_and_goes_back_to_the_same_body():
    command = WORDS.read("Pay", GOOD)
    assert command == Pay(amount_fen=100, on=date(2026, 2, 28), reason="助餐")
    assert body_of(command) == GOOD


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"amount_fen": False}, "amount_fen"),
        ({"amount_fen": 1.5}, "amount_fen"),
        ({"amount_fen": "100"}, "amount_fen"),
        ({"on": "2026-02-30"}, "on"),
        ({"on": "20191—20196月"}, "on"),
        ({"reason": "   "}, "reason"),
        ({"reason": "x" * 20_001}, "reason"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_field_is_bad_input_and_is_named(changes, where):
    with pytest.raises(BadInput) as caught:
        WORDS.read("Pay", {**GOOD, **changes})
    assert caught.value.where == where


def test_a_missing_field_is_named():
    with pytest.raises(BadInput) as caught:
        WORDS.read("Pay", {"amount_fen": 1, "on": "2026-01-01"})
    assert (caught.value.where, caught.value.what) == ("reason", "nothing")


def test_an_unknown_command_names_the_known_ones():
    with pytest.raises(BadInput) as caught:
        WORDS.read("Play", GOOD)
    assert "Pay" in caught.value.expected


def test_a_long_wrong_value_is_shown_shortened():
    with pytest.raises(BadInput) as caught:
        WORDS.read("Pay", {**GOOD, "on": "x" * 5_000_000})
    assert len(caught.value.what) < 100


def test_what_was_stored_and_cannot_be_read_is_corrupt_history():
    with pytest.raises(CorruptHistory):
        WORDS.restore("Play", GOOD)
    with pytest.raises(CorruptHistory):
        WORDS.restore("Pay", {**GOOD, "amount_fen": "100"})


def test_two_classes_of_one_name_are_no_vocabulary():
    with pytest.raises(TypeError):
        Vocabulary[Command](Pay, type("Pay", (Command,), {}))


def test_the_legal_date_is_shanghais():
    assert shanghai_date(datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC)) == date(2026, 3, 2)
    assert shanghai_date(datetime(2026, 3, 2, 16, tzinfo=UTC)) == date(2026, 3, 3)
    assert start_of(date(2026, 3, 3)) == datetime(2026, 3, 2, 16, tzinfo=UTC)


def test_errors_with_arguments_survive_pickling():
    refused = pickle.loads(pickle.dumps(Refused("register.incomplete", "DL-1", field="x")))  # noqa: S301 — our own bytes
    assert (refused.code, refused.source, refused.details) == ("register.incomplete", "DL-1", {"field": "x"})
    bad = pickle.loads(pickle.dumps(BadInput("a", "b", "c").under("f")))  # noqa: S301 — our own bytes
    assert (bad.where, bad.what, bad.expected) == ("f.a", "b", "c")
