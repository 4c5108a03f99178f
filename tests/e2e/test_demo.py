"""The demo, and every way of looking at what it left, through the command line on the real servers."""

from datetime import UTC, datetime

import pytest

REPLY = {"case", "outcome", "version", "phase", "events", "refusal", "warnings", "deadlines", "command_id"}
DEADLINE = {"name", "due_on", "due_at", "rule", "kind", "provisional", "derivation", "source"}
SHOWN = {"case", "process", "phase", "version", "policy_version", "state", "deadlines", "parties", "links"}
LISTED = {"case", "process", "phase", "version", "tenant", "title"}
EVENT = {
    "case",
    "version",
    "type",
    "schema_version",
    "on",
    "received_at",
    "decided_at",
    "recorded_at",
    "actor",
    "role",
    "organisation",
    "on_behalf_of",
    "command_id",
    "causation_id",
    "correlation_id",
    "policy_version",
    "data",
    "previous_hash",
    "hash",
}
PLAYED_TODAY = {
    "screening",
    "consulting_community",
    "under_review",
    "joint_conference",
    "agreement_pending",
    "funds_pending",
    "rejected",
    "withdrawn",
    "direct_by_department",
}
"""Where the examples stand when no time may pass: as far as the legs, the money in the community's account."""


@pytest.mark.timeout(300)
async def test_the_demo_plays_twice_and_changes_nothing_the_second_time_and_every_reader_reads_it(line, working):
    async with working():
        first = await line("demo", "task_admission")
        cases = await line("case", "list", "-o", "json")
        again = await line("demo", "task_admission")
        after = await line("case", "list", "-o", "json")
    assert first.code == 0, first
    assert "✗" not in first.out
    assert again.code == 0, again
    assert after.out == cases.out
    assert {each["phase"] for each in cases.lines if each["process"] == "task_admission"} >= PLAYED_TODAY
    await _every_reader_gives_the_keys_of_the_contract(line)


async def _every_reader_gives_the_keys_of_the_contract(line):
    waiting = await line("case", "list", "--process", "task_admission", "--phase", "screening", "--open", "-o", "json")
    assert all(each.keys() >= LISTED for each in waiting.lines)
    case = waiting.lines[0]["case"]
    await _a_case_reads_alike_now_and_replayed(line, case)

    limits = await line("case", "deadlines", case, "-o", "json")
    assert all(each.keys() >= DEADLINE | {"case", "owner", "state"} for each in limits.lines)
    assert [each["name"] for each in limits.lines if each["state"] == "open"] == ["formal_check"]
    assert limits.lines[0]["derivation"][0].keys() >= {"step", "on", "why"}

    inbox = await line("inbox", "--as", "wang", "-o", "json")
    assert inbox.lines
    assert all(each.keys() >= {"case", "task", "due_on", "since", "held_by", "phase"} for each in inbox.lines)
    assert [each["due_on"] for each in inbox.lines] == sorted(each["due_on"] for each in inbox.lines)

    registers = await line("register", "list", "-o", "json")
    assert {"calendar", "pack-national", "assistance_list"} <= {each["register"] for each in registers.lines}
    entries = await line("register", "show", "assistance_list", "-o", "json")
    keys = {"register", "version", "valid_from", "valid_to", "entry", "class", "source"}
    assert entries.lines
    assert all(each.keys() >= keys for each in entries.lines)

    year = await line("calendar", "show", str(datetime.now(UTC).year), "-o", "json")
    assert year.json["announced"] is True
    [account] = (await line("ledger", "show", "garden", "-o", "json")).lines
    assert account.keys() >= {"account", "source", "purpose", "year", "available_fen", "reserved_fen"}
    assert (account["purpose"], account["available_fen"]) == ("elder_meals", 6_000_000)
    for words in (("case", "show", case), ("case", "deadlines"), ("case", "events", case), ("inbox", "--as", "wang")):
        said = await line(*words, "--lang", "zh")
        assert said.code == 0, said
        assert said.out


async def _a_case_reads_alike_now_and_replayed(line, case):
    shown = await line("case", "show", case, "-o", "json")
    assert shown.json.keys() >= SHOWN
    assert shown.json["policy_version"]
    assert all(each.keys() >= DEADLINE for each in shown.json["deadlines"])

    events = await line("case", "events", case, "-o", "json")
    assert all(each.keys() >= EVENT for each in events.lines)
    assert [each["version"] for each in events.lines] == list(range(1, shown.json["version"] + 1))
    links = [each["previous_hash"] for each in events.lines[1:]]
    assert links == [each["hash"] for each in events.lines[:-1]]
    assert (await line("case", "events", case, "--from", "2", "-o", "json")).lines == events.lines[1:]

    replayed = await line("case", "show", case, "--at-version", str(shown.json["version"]), "-o", "json")
    assert {key: replayed.json[key] for key in SHOWN} == {key: shown.json[key] for key in SHOWN}
    earlier = await line("case", "show", case, "--at-version", "1", "-o", "json")
    assert earlier.json["phase"] == "draft"
    as_of = await line("case", "show", case, "--as-of", datetime.now(UTC).isoformat(), "-o", "json")
    assert as_of.json["state"] == shown.json["state"]


async def test_a_case_is_opened_told_and_asked_by_hand(line, working):
    async with working():
        assert (await line("demo", "register")).code == 0
        opened = await line("case", "start", "task_admission", "--set", "community=garden", "--as", "li")
        assert opened.code == 0, opened
        case = opened.out.strip()
        amended = await line(
            "case", "send", case, "AmendDraft", "-", "--as", "li", "-o", "json", stdin="application: {title: 试}"
        )
        assert amended.code == 0, amended
        assert amended.json.keys() == REPLY
        assert amended.json["events"] == ["DraftAmended"]
        same = await line(
            "case", "send", case, "AmendDraft", "--set", "application.title=试", "--as", "li", "-o", "json"
        )
        assert (same.code, same.json["outcome"]) == (0, "nothing_new")
        stale = ("case", "send", case, "WithdrawApplication", "--as", "li", "-o", "json", "--seen-version", "1")
        refused = await line(*stale)
        assert (refused.code, refused.json["refusal"]["code"]) == (1, "task_admission.changed_since_seen")
        other = await line("case", "send", case, "WithdrawApplication", "--as", "li", "--tenant", "babu")
        assert other.code == 2, other
        gone = await line("case", "send", case, "WithdrawApplication", "--as", "li", "-o", "json")
        assert (gone.code, gone.json["phase"]) == (0, "withdrawn")
        closed = await line("case", "send", case, "SubmitApplication", "--as", "li", "-o", "json")
        assert (closed.code, closed.json["refusal"]["code"]) == (1, "task_admission.case_closed")
