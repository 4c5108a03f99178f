"""A case from what is stored of it: its snapshot, where its form is known, and the events that came after it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, Protocol

from adapters.postgres.canonical import restored
from adapters.postgres.case_cache import Held
from adapters.postgres.read_models import rows_of
from domain.kernel.decision import Case
from domain.kernel.errors import CorruptHistory
from domain.kernel.process import Process

LOOK: Final = """
SELECT h.tenant, h.process, h.version, h.hash, h.command_count, h.command_hash,
       s.version AS snapshot_version, s.body AS snapshot
FROM mandate.head AS h LEFT JOIN mandate.snapshot AS s ON s.stream_id = h.stream_id
WHERE h.stream_id = $1
"""
EVENTS: Final = """
SELECT version, type, body FROM mandate.event
WHERE stream_id = $1 AND version > $2 AND version <= $3 ORDER BY version
"""
Row = Mapping[str, Any]


class Reader(Protocol):
    """Who fetches rows: a connection, or one that is counted."""

    async def fetch(self, query: str, *args: object) -> list[Any]:
        """Give every row, in one round trip."""
        ...


async def held_case(reader: Reader, process: Process[Any, Any, Any], tenant: str, case_id: str) -> Held:
    """Read a case with the heads of its chains; one never recorded is at version 0.

    Raises:
        CorruptHistory: The stream belongs to another process or tenant, or its events cannot be read.
    """
    found = await reader.fetch(LOOK, case_id)
    if not found:
        return Held(process.begin(tenant, case_id))
    row: Row = found[0]
    if (row["process"], row["tenant"]) != (process.name, tenant):
        raise CorruptHistory(f"{case_id} is a {row['process']} of {row['tenant']}, not a {process.name} of {tenant}")
    stored = _stored(process, tenant, case_id, row)
    case = await _at(reader, process, stored, row["version"])
    rows = rows_of(process.name, case, process.view(case.state))
    return Held(case, row["hash"], row["command_count"], row["command_hash"], rows, stored.version)


async def case_of(reader: Reader, process: Process[Any, Any, Any], tenant: str, case_id: str, row: Row) -> Case[Any]:
    """Give a case at the version in *row*, from the snapshot beside it and the events since."""
    return await _at(reader, process, _stored(process, tenant, case_id, row), row["version"])


def _stored(process: Process[Any, Any, Any], tenant: str, case_id: str, row: Row) -> Case[Any]:
    """Give the case as its snapshot has it; as it begins where there is none, or none that fits."""
    version: int = row["snapshot_version"] or 0
    if 0 < version <= row["version"]:
        try:
            return process.from_snapshot(tenant, case_id, version, restored(row["snapshot"]))
        except CorruptHistory:
            pass  # the form has changed since; the events are the record, and the next write mends the snapshot
    return process.begin(tenant, case_id)


async def folded_case(
    reader: Reader, process: Process[Any, Any, Any], tenant: str, case_id: str, version: int
) -> Case[Any]:
    """Give a case at *version* from its events alone.

    Raises:
        CorruptHistory: An event is missing, unknown, or does not fit its class.
    """
    return await _at(reader, process, process.begin(tenant, case_id), version)


async def _at(reader: Reader, process: Process[Any, Any, Any], case: Case[Any], version: int) -> Case[Any]:
    """Let the events up to *version* happen to an earlier case."""
    if case.version == version:
        return case
    case = fold(process, case, await reader.fetch(EVENTS, case.id, case.version, version))
    if case.version != version:
        raise CorruptHistory(f"{case.id}: {case.version} events are stored, its head says {version}")
    return case


def fold(process: Process[Any, Any, Any], case: Case[Any], events: Iterable[Row]) -> Case[Any]:
    """Let stored events (version, type, body) happen to a case.

    Raises:
        CorruptHistory: A version is missing, or an event cannot be read.
    """
    for row in events:
        if row["version"] != case.version + 1:
            raise CorruptHistory(f"{case.id}: after version {case.version} comes {row['version']}")
        body: dict[str, Any] = restored(row["body"])
        event = process.events.restore(row["type"], body["data"])
        case = process.fold(case, (event,))
        if case.version == 1:
            case = replace(case, correlation_id=body["correlation_id"])
    return case
