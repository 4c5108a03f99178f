"""Whether the record and Temporal are of one time, before anybody goes on with them.

A store that is set back to an earlier day beside a Temporal of today, or the other way round, works without a word: the
record answers, the runs wait. What distinguishes it from an unclean end is who knows what. Temporal has followed
nothing that is not recorded. And what is recorded and was not followed had been sent to a run that has it still; or it
is a time limit of the run's own, which asks again.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from typing import Final, NamedTuple

from temporalio.api.namespace.v1 import UpdateNamespaceInfo
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from activities.requests import CAMPAIGN
from adapters.postgres.answers import recorded_since
from adapters.postgres.database import Database
from adapters.servers.errors import Parted, PartedError
from adapters.servers.runs import read_run
from domain.kernel.errors import Unavailable
from domain.kernel.lifecycle import WAKE_UP

LOOKED_AT: Final = 100
"""Of how many open cases, those recorded last, the runs are read at every start; of all where one is found."""
MARK: Final = "mandate.record"
"""Where in its namespace's data Temporal remembers the record."""
_AT_ONCE: Final = 16
_NEWEST: Final = """
SELECT global_position, encode(hash, 'hex') AS hash FROM mandate.event ORDER BY global_position DESC LIMIT 1
"""
_HOLDS: Final = "SELECT 1 FROM mandate.event WHERE global_position = $1 AND encode(hash, 'hex') = $2"
_OPEN: Final = """
SELECT h.stream_id, h.version FROM mandate.case_row AS r
JOIN mandate.head AS h ON h.stream_id = r.stream_id
JOIN mandate.event AS e ON e.stream_id = h.stream_id AND e.version = h.version
WHERE r.is_open ORDER BY e.global_position DESC LIMIT $1
"""
_NOW: Final = """
SELECT h.version, coalesce(r.is_open, false) AS is_open FROM mandate.head AS h
LEFT JOIN mandate.case_row AS r ON r.stream_id = h.stream_id WHERE h.stream_id = $1
"""
_KNOWN: Final = "SELECT stream_id FROM mandate.head WHERE stream_id = ANY ($1)"


class Mark(NamedTuple):
    """What Temporal's namespace remembers of the record it was last with: an event, and when."""

    position: int
    hash: str
    at: str


async def compare(database: Database, client: Client) -> PartedError | None:
    """Hold the record against Temporal, right also while work goes on; where they are of one time give nothing.

    Raises:
        Unavailable: A server is away.
    """
    mark = await _mark(client)
    beyond_at = mark.at if mark and not await database.fetch(_HOLDS, mark.position, mark.hash) else ""
    parted = await _among(database, client, await _open_cases(database, LOOKED_AT))
    if not beyond_at and not parted:
        return None
    everywhere = await _among(database, client, await _open_cases(database, None))
    strange = [each async for each in _unknown(database, client)]
    return PartedError((*everywhere, *strange), beyond_at) if beyond_at or everywhere or strange else None


async def note(database: Database, client: Client, at: str) -> None:
    """Let Temporal remember the record's last event, so that a record of an earlier day is known by it.

    Raises:
        Unavailable: A server is away.
    """
    rows = await database.fetch(_NEWEST)
    if not rows:
        return
    mark = Mark(rows[0]["global_position"], rows[0]["hash"], at)
    before = await _mark(client)
    if before is not None and before[:2] == mark[:2]:
        return
    info = UpdateNamespaceInfo(data={MARK: json.dumps(mark)})
    try:
        await client.workflow_service.update_namespace(
            UpdateNamespaceRequest(namespace=client.namespace, update_info=info)
        )
    except RPCError as error:
        raise Unavailable(f"Temporal: {error.status.name} {error.message}") from error


async def _mark(client: Client) -> Mark | None:
    try:
        described = await client.workflow_service.describe_namespace(
            DescribeNamespaceRequest(namespace=client.namespace)
        )
    except RPCError as error:
        raise Unavailable(f"Temporal: {error.status.name} {error.message}") from error
    said = described.namespace_info.data.get(MARK)
    return Mark(*json.loads(said)) if said else None


async def _open_cases(database: Database, limit: int | None) -> Sequence[tuple[str, int]]:
    return [(row["stream_id"], row["version"]) for row in await database.fetch(_OPEN, limit)]


async def _among(database: Database, client: Client, cases: Sequence[tuple[str, int]]) -> list[Parted]:
    found: list[Parted | None] = []
    for first in range(0, len(cases), _AT_ONCE):
        some = cases[first : first + _AT_ONCE]
        found += await asyncio.gather(*(_judged(database, client, *each) for each in some))
    return [each for each in found if each is not None]


async def _judged(database: Database, client: Client, case: str, version: int) -> Parted | None:
    """Hold one case against its run.

    Work may go on meanwhile, so each is read again where they differ: the run, then the record, which is never behind
    what a run has followed; then the run, which has every command that led to an event.
    """
    run = await read_run(client, case, until=version)
    if run is not None and run.is_open and run.followed == version:
        return None
    run = await read_run(client, case)
    rows = await database.fetch(_NOW, case)
    recorded, is_open = (rows[0]["version"], rows[0]["is_open"]) if rows else (0, False)
    if run is not None and run.followed > recorded:
        return Parted(case, "record", recorded, run.followed)
    if is_open and (run is None or not run.is_open):
        return Parted(case, "temporal", recorded, None)
    if run is None:
        return None
    past = await recorded_since(database, case, run.followed)
    again = await read_run(client, case) or run
    unheard = (each for each in past if each.version > again.followed and each.command_id not in again.sent)
    if any(not each.command_id.startswith(WAKE_UP) for each in unheard):
        return Parted(case, "temporal", recorded, run.followed)
    return None


async def _unknown(database: Database, client: Client) -> AsyncIterator[Parted]:
    """Give the cases whose runs have followed a record that holds nothing of them."""
    running = [
        each.id async for each in client.list_workflows("ExecutionStatus = 'Running'") if each.workflow_type != CAMPAIGN
    ]
    known = {row["stream_id"] for row in await database.fetch(_KNOWN, running)}
    for case in running:
        run = await read_run(client, case) if case not in known else None
        # Asked again after the run: what it has followed was recorded before.
        if run is not None and run.followed > 0 and not await database.fetch(_NOW, case):
            yield Parted(case, "record", 0, run.followed)
