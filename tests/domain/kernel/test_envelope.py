"""A command has one canonical form, or it is no command (STORE, "Hash")."""

from datetime import UTC, datetime

import pytest

from domain.kernel.envelope import MAX_INTEGER, Envelope, Who, check_subset
from domain.kernel.errors import BadInput


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"amount_fen": 12.5}, "amount_fen"),
        ({"amount_fen": float("nan")}, "amount_fen"),
        ({"a": [1, {"b": 2.0}]}, "a[1].b"),
        ({"n": MAX_INTEGER + 1}, "n"),
        ({"n": -MAX_INTEGER - 1}, "n"),
        ({"金额": 1}, ""),
        ({"a": {"b\x00": 1}}, "a"),
        ({"text": "完\x00成"}, "text"),
        ({"text": "\ud800"}, "text"),
    ],
)
def test_what_has_no_single_canonical_form_is_bad_input_and_names_its_place(value, where):
    with pytest.raises(BadInput) as caught:
        check_subset(value)
    assert caught.value.where == where


@pytest.mark.parametrize("value", [None, True, 0, MAX_INTEGER, -MAX_INTEGER, "完成", ["x", {"a": None}]])
def test_plain_json_is_let_through(value):
    check_subset({"value": value})


def _envelope(**changes: object) -> Envelope:
    at = datetime(2026, 3, 3, 2, tzinfo=UTC)
    fields = {"id": "c1", "tenant": "zone", "process": "register", "kind": "Publish", "body": {"a": 1}}
    return Envelope.model_validate({**fields, "who": Who(person="li"), "received_at": at, **changes})


def test_the_instant_and_the_trail_are_no_part_of_what_was_sent():
    later = _envelope(
        received_at=datetime(2026, 3, 4, tzinfo=UTC), correlation_id="matter-1", causation_id="task-1:3:1"
    )
    assert later.as_sent() == _envelope().as_sent()


@pytest.mark.parametrize(
    "changes",
    [{"body": {"a": 2}}, {"kind": "Correct"}, {"who": Who(person="wang")}, {"seen_version": 3}, {"tenant": "babu"}],
)
def test_another_body_kind_person_or_version_seen_is_another_command(changes):
    assert _envelope(**changes).as_sent() != _envelope().as_sent()


def test_a_newer_writers_unknown_field_is_passed_over():
    assert _envelope(colour="red") == _envelope()
