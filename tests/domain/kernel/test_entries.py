"""What is hashed: one body a command, one an event, and nothing of either left out (DESIGN §3)."""

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from domain.kernel.chain import GENESIS, link
from domain.kernel.entries import command_body, event_bodies, instant_text
from domain.kernel.envelope import Envelope, Who, check_subset
from domain.kernel.errors import Undeclared
from domain.kernel.facts import CasesHolding, Days, Facts, Known
from domain.kernel.followups import ServeNotice
from tests.domain.kernel.permit import CALENDAR, at, opened

NOTE = Envelope(
    id="n1",
    tenant="zone",
    process="permit",
    kind="Note",
    who=Who(person="li", on_behalf_of="wang"),
    received_at=at("2026-03-03"),
    body={"text": "a"},
)
DIGEST = "ab" * 32


def _decision():
    return opened().send("Note", {"text": "a"}, on="2026-03-03", who=NOTE.who)


def test_an_event_carries_who_when_under_which_law_and_which_command_made_it():
    first, second = event_bodies(NOTE, DIGEST, _decision())
    assert (first["version"], first["type"], second["version"], second["type"]) == (4, "Noted", 5, "DeadlineKept")
    assert first == {
        "tenant": "zone",
        "stream": "permit-1",
        "on": "2026-03-03",
        "received_at": "2026-03-03T02:00:00.000000Z",
        "decided_at": "2026-03-03T02:00:00.000000Z",
        "actor": "li",
        "role": "clerk",
        "organisation": "north",
        "on_behalf_of": "wang",
        "command_id": "c2",
        "command_digest": DIGEST,
        "causation_id": None,
        "correlation_id": "permit-1",
        "policy_version": first["policy_version"],
        "facts": {"directory-zone": 1},
        "version": 4,
        "type": "Noted",
        "schema_version": 1,
        "data": {"text": "a", "warnings": []},
    }


def test_every_body_lies_inside_the_subset_that_has_one_canonical_form():
    decision = _decision()
    for body in (*event_bodies(NOTE, DIGEST, decision), command_body(NOTE, DIGEST, decision, ())):
        check_subset(json.loads(json.dumps(body)))


def test_a_commands_entry_holds_what_was_sent_answered_and_read():
    notice = ServeNotice(to_role="clerk", notice="deadline_reminder")
    body = command_body(NOTE, DIGEST, _decision(), (notice,))
    assert body["sent"] == NOTE.as_sent()
    assert body["answer"]["outcome"] == "recorded"
    assert (body["decided_at_version"], body["digest"], body["facts"]) == (3, DIGEST, {"directory-zone": 1})
    assert body["follow_ups"][0]["notice"] == "deadline_reminder"


def test_a_refused_commands_entry_holds_the_refusal():
    refused = opened().send("Note", {"text": "forbidden"}, on="2026-03-03")
    body = command_body(NOTE, DIGEST, refused, ())
    assert body["answer"]["refusal"]["code"] == "permit.forbidden"
    assert event_bodies(NOTE, DIGEST, refused) == ()


def test_instants_are_written_so_that_text_order_is_time_order():
    whole = datetime(2026, 3, 3, 2, tzinfo=UTC)
    a_little_later = whole.astimezone(timezone(timedelta(hours=8))) + timedelta(microseconds=1)
    assert instant_text(whole) == "2026-03-03T02:00:00.000000Z"
    assert instant_text(whole) < instant_text(a_little_later)


def test_each_link_hangs_on_the_one_before_it():
    first = link(GENESIS, b"a")
    assert first == sha256(bytes(32) + b"a").digest()
    assert link(first, b"b") != link(GENESIS, b"b")


def test_reading_what_was_not_declared_is_a_bug():
    decision = _decision()
    need = CasesHolding("item:x")
    law = None
    facts = Facts(decision.asked, law, CALENDAR, decision.after.clocks, Known({need: ("task-1",)}, {}))
    assert facts[need] == ("task-1",)
    with pytest.raises(Undeclared):
        facts[CasesHolding("item:y")]


def test_a_rule_may_be_read_on_one_day_throughout():
    days = Days.all_on(at("2026-03-03").date())
    assert {days.application, days.start_on, days.decision, days.each_day} == {at("2026-03-03").date()}
