"""One stream held against itself: its commands, its events, and everything that was made from them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar, cast

from audit.accounts import check_postings
from audit.chains import check_commands
from audit.ports import CommandRow, Derived, EventRow, Finding, Forms, HeadRow, PostingRow, Record, SnapshotRow
from audit.replay import Happened, body_from, read, step
from domain.kernel.decision import Case, snapshot_lag
from domain.kernel.errors import CorruptHistory
from domain.kernel.process import Process

T = TypeVar("T")
ACCOUNT = "account "
"""Begins what is no stream among the versions of facts: an account at a version of its own."""


@dataclass(frozen=True)
class Stored:
    """Every row of one stream.

    Attributes:
        told: What each event's body says, read once; nothing where it is no object.
        asked: What each command's body says, likewise.
    """

    head: HeadRow
    events: Sequence[EventRow]
    told: Sequence[Mapping[str, Any]]
    commands: Sequence[CommandRow]
    asked: Sequence[Mapping[str, Any]]
    snapshot: SnapshotRow | None
    derived: Derived
    postings: Sequence[PostingRow]


async def stored(record: Record, heads: Sequence[HeadRow]) -> list[Stored]:
    """Read every row of these streams."""
    streams = [head.stream for head in heads]
    events = _by_stream([EventRow._make(row) for row in await record.events_of(streams)])
    commands = _by_stream([CommandRow._make(row) for row in await record.commands_of(streams)])
    snapshots = {row[0]: SnapshotRow._make(row) for row in await record.snapshots_of(streams)}
    postings = _by_stream([PostingRow._make(row) for row in await record.postings_of(streams)])
    derived = await record.derived_of(streams)
    found: list[Stored] = []
    for head in heads:
        of_events, of_commands = events.get(head.stream, []), commands.get(head.stream, [])
        told, asked = [_object(row.body) for row in of_events], [_object(row.body) for row in of_commands]
        rest = snapshots.get(head.stream), derived.get(head.stream, {}), postings.get(head.stream, [])
        found.append(Stored(head, of_events, told, of_commands, asked, *rest))
    return found


async def check_streams(
    record: Record, forms: Forms, processes: Mapping[str, Process[Any, Any, Any]], heads: Sequence[HeadRow]
) -> list[Finding]:
    """Check all but the bytes and chains of events: commands, states, read models, ledger lines, facts."""
    findings: list[Finding] = []
    named: dict[str, dict[int, tuple[str, int]]] = {}
    for each in await stored(record, heads):
        findings += check_stream(each, forms, processes)
        for stream, version, by in _facts(each):
            named.setdefault(stream, {}).setdefault(version, by)
    present = {row[0]: row[3] for row in await record.heads_of(sorted(named))}
    findings += [
        Finding(*by, f"command: rests on {stream} at version {version}, which is not there")
        for stream, versions in named.items()
        for version, by in versions.items()
        if version > present.get(stream, 0)
    ]
    return findings


def check_stream(rows: Stored, forms: Forms, processes: Mapping[str, Process[Any, Any, Any]]) -> list[Finding]:
    """Check one stream against itself."""
    head = rows.head
    findings = check_commands(head.stream, rows.commands, head)
    for command, body in zip(rows.commands, rows.asked, strict=True):
        findings += check_command(command, body, forms)
    findings += check_origins(rows)
    if {row.tenant for row in (*rows.events, *rows.commands)} - {head.tenant}:
        findings.append(Finding(head.stream, head.version, "head: its tenant is not that of its rows"))
    process = processes.get(head.process)
    if process is None or not head.stream.startswith(f"{process.prefix}-"):
        return [*findings, Finding(head.stream, head.version, f"head: a {head.process} has no such stream")]
    case = then = process.begin(head.tenant, head.stream)
    happened: list[Happened] = []
    try:
        for row, body in zip(rows.events, rows.told, strict=True):
            happened.append(read(process, row, body or None))
            case = step(process, case, happened[-1])
            if rows.snapshot is not None and case.version == rows.snapshot.version:
                then = case
    except CorruptHistory as error:
        return [*findings, Finding(head.stream, case.version + 1, f"event: {error}")]
    findings += check_snapshot(rows, process, then, case.version, forms)
    return [*findings, *check_derived(rows, process, case, happened, forms)]


def check_command(row: CommandRow, body: Mapping[str, Any], forms: Forms) -> Iterator[Finding]:
    """Compare a command's columns with its body, and its digest with what was sent."""
    said = f"command {row.command_id}"
    try:
        sent, answer, version = body["sent"], body["answer"], body["decided_at_version"]
        columns = (body["stream"], sent["id"], sent["tenant"], body["digest"], answer["outcome"])
    except (KeyError, TypeError):
        yield Finding(row.stream, 0, f"{said}: the body is no command's entry")
        return
    names = ("stream", "id", "tenant", "digest", "outcome")
    actual = (row.stream, row.command_id, row.tenant, row.digest.hex(), row.outcome)
    for name, column, told in zip(names, actual, columns, strict=True):
        if column != told:
            yield Finding(row.stream, version, f"{said}: its {name} is not what the body says")
    if sha256(forms.canonical(sent)).digest() != row.digest:
        yield Finding(row.stream, version, f"{said}: the digest is not that of what was sent")


def check_origins(rows: Stored) -> Iterator[Finding]:
    """See that each event came from a recorded command, and each command left the events its answer names."""
    digests = {row.command_id: row.digest.hex() for row in rows.commands}
    kinds = {row.version: row.type for row in rows.events}
    claimed: dict[int, str] = {}
    for command, body in zip(rows.commands, rows.asked, strict=True):
        said = f"command {command.command_id}"
        answer = cast("dict[str, Any]", body.get("answer") or {})
        before, after = cast("int", body.get("decided_at_version") or 0), cast("int", answer.get("version") or 0)
        types = [kinds.get(version) for version in range(before + 1, after + 1)]
        if types != answer.get("events", []):
            yield Finding(command.stream, after, f"{said}: the events its answer names are not there")
        claimed |= dict.fromkeys(range(before + 1, after + 1), command.command_id)
    for row, body in zip(rows.events, rows.told, strict=True):
        command_id = cast("str", body.get("command_id"))
        if claimed.get(row.version) != command_id:
            yield Finding(row.stream, row.version, f"event: command {command_id} did not leave it")
        elif digests[command_id] != body.get("command_digest"):
            yield Finding(row.stream, row.version, f"event: command {command_id} has another digest")


def check_snapshot(
    rows: Stored, process: Process[Any, Any, Any], then: Case[Any], version: int, forms: Forms
) -> Iterator[Finding]:
    """Compare the stored state with the one that the events give.

    Args:
        then: The case at the version of the stored state, where it has ever been there.
        version: At which it is now.
    """
    head, snapshot = rows.head, rows.snapshot
    if (snapshot is None) != (version == 0):
        yield Finding(head.stream, version, f"snapshot: {'none is stored' if version else 'of no event'}")
    elif snapshot is not None:
        expected = (head.tenant, then.version, forms.canonical(process.to_snapshot(then)))
        is_near = version - snapshot.version <= snapshot_lag(version)
        if not is_near or (snapshot.tenant, snapshot.version, snapshot.body) != expected:
            yield Finding(head.stream, snapshot.version, "snapshot: it is not the state that the events give")


def check_derived(
    rows: Stored, process: Process[Any, Any, Any], case: Case[Any], happened: Sequence[Happened], forms: Forms
) -> Iterator[Finding]:
    """Compare everything that was made from the events with what they make today."""
    head = rows.head
    shown = forms.derived(process, case, [each.event for each in happened])
    for table in sorted(shown.keys() | rows.derived.keys()):
        expected_rows, stored_rows = shown.get(table, frozenset()), rows.derived.get(table, frozenset())
        for row in sorted(expected_rows - stored_rows, key=repr):
            yield Finding(head.stream, case.version, f"{table}: missing or not as the events give it: {_key(row)}")
        for row in sorted(stored_rows - expected_rows, key=repr):
            yield Finding(head.stream, case.version, f"{table}: not what the events give: {_key(row)}")
    yield from check_postings(head.stream, {each.version: each.event for each in happened}, rows.postings)


def _facts(rows: Stored) -> Iterator[tuple[str, int, tuple[str, int]]]:
    for row, body in zip(rows.commands, rows.asked, strict=True):
        facts = cast("dict[str, int]", body.get("facts") or {})
        for stream, version in facts.items():
            if not stream.startswith(ACCOUNT):
                yield stream, version, (row.stream, cast("int", body.get("decided_at_version") or 0))


def _object(body: bytes) -> Mapping[str, Any]:
    """Read a body that another check names when it is none."""
    try:
        return body_from(body, "")
    except CorruptHistory:
        return {}


def _key(row: tuple[Any, ...]) -> str:
    """Name a row by what tells it apart: its first columns, without bodies."""
    parts = 4
    return " ".join(str(each) for each in row[1:parts])


def _by_stream(rows: Sequence[Any]) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.stream, []).append(row)
    return grouped
