"""Ids are derived so that a repeat opens nothing; no envelope leaves unread."""

from datetime import UTC, datetime

import pytest

from domain.kernel.envelope import Who
from domain.kernel.errors import BadInput
from domain.processes import PROCESSES
from starter.client import Ask, envelope_of, matter_id, new_case_id

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
ADMISSION = PROCESSES["task_admission"]


def an_ask(**changed) -> Ask:
    said = {
        "tenant": "zone",
        "process": ADMISSION,
        "case": "task-0123456789abcdef",
        "kind": "DraftApplication",
        "body": {"community": "maple"},
        "who": Who(person="li"),
        "command_id": "draft-1",
    }
    return Ask(**{**said, **changed})


def test_the_same_command_opens_the_same_case():
    opened = {new_case_id(ADMISSION, "zone", "draft-1", {"community": "maple"}) for _ in range(2)}
    assert len(opened) == 1
    assert next(iter(opened)).startswith("task-")
    assert len(next(iter(opened))) == len("task-") + 16


def test_each_community_of_one_command_has_a_case_of_its_own_in_one_matter():
    opened = {new_case_id(ADMISSION, "zone", "draft-1", {"community": each}) for each in ("maple", "willow")}
    assert len(opened) == 2
    assert matter_id(ADMISSION, "zone", "draft-1") == matter_id(ADMISSION, "zone", "draft-1")


def test_another_tenant_has_other_cases():
    body = {"community": "maple"}
    assert new_case_id(ADMISSION, "zone", "draft-1", body) != new_case_id(ADMISSION, "babu", "draft-1", body)


def test_a_tenant_has_one_directory_and_one_register_of_each_name():
    assert new_case_id(PROCESSES["directory"], "zone", "any", {}) == "directory-zone"
    assert new_case_id(PROCESSES["register"], "zone", "any", {"register": "calendar"}) == "register-zone-calendar"


def test_the_envelope_carries_the_instant_at_which_it_came_in():
    assert envelope_of(an_ask(), NOON).received_at == NOON


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"command_id": "wake:formal_check:3:miss:2026-12-01"}, "command id"),
        ({"command_id": "a b"}, "command id"),
        ({"who": Who(person="李")}, "person"),
        ({"case": "task 1"}, "case"),
        ({"kind": "Approve"}, "command"),
        ({"body": {}}, "community"),
        ({"body": {"community": "maple", "colour": "red"}}, "colour"),
        ({"body": {"community": "maple", "application": {"start_on": "2026-02-30"}}}, "application.start_on"),
        ({"body": {"community": "maple", "application": {"start_on": "20191—20196月"}}}, "application.start_on"),
        ({"evidence": "a\x00b"}, "evidence"),
    ],
)
def test_nothing_malformed_becomes_an_envelope(changed, where):
    with pytest.raises(BadInput) as refused:
        envelope_of(an_ask(**changed), NOON)
    assert refused.value.where == where
