"""The event store as the decision sees it: look, and record in one call."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from activities.ports import Past, Written
from adapters.postgres import directory
from adapters.postgres.answers import recorded_since, repeated, stored_answer
from adapters.postgres.canonical import canonical, digest_of
from adapters.postgres.case_cache import CaseCache, Held
from adapters.postgres.cases import held_case
from adapters.postgres.database import Database, Stopped
from adapters.postgres.fact_loader import FactLoader
from adapters.postgres.facts import ACCOUNT, Readings
from adapters.postgres.ledger import lines_of
from adapters.postgres.read_models import changes, rows_of
from domain.kernel.chain import link
from domain.kernel.decision import Case, Decision, snapshot_lag
from domain.kernel.entries import command_body, event_bodies
from domain.kernel.envelope import Envelope
from domain.kernel.facts import Burden, BurdenOf, CasesHolding, Known, Need
from domain.kernel.followups import FollowUp
from domain.kernel.process import Process

_PARAMETERS: Final = ", ".join(f"${number}" for number in range(1, 28))
RECORD: Final = f"CALL mandate.record({_PARAMETERS}, NULL, NULL)"
"""Gives one row, `outcome` and `stored_body`. Commits by itself, so it is never called inside a transaction."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of `mandate.record`, and what is held here once it has succeeded."""

    arguments: tuple[object, ...]
    answer: dict[str, Any]
    after: Held


class Decisions:
    """Implements `activities.ports.DecisionLog` on PostgreSQL.

    One command costs one round trip while its case and its facts are in memory; the write itself finds out when they
    were stale. Safe for many tasks of one event loop; a case should have one writer, but need not.

    Args:
        database: Connections of the application role.
        processes: Every process by name; `register` and `directory` among them are read as facts.
        capacity: How many cases are held in memory.
    """

    def __init__(
        self,
        database: Database,
        processes: Mapping[str, Process[Any, Any, Any]],
        readings: Readings,
        *,
        capacity: int = 4096,
    ) -> None:
        self._database = database
        self._processes = processes
        self._cases = CaseCache(capacity)
        self._facts = FactLoader(database, processes, readings)
        self._watched: dict[str, Mapping[str, tuple[str, ...]]] = {}

    @property
    def round_trips(self) -> int:
        """How many times the store was asked since the start, for tests and benchmarks."""
        return self._database.round_trips

    async def case(self, process: Process[Any, Any, Any], tenant: str, case_id: str, *, fresh: bool) -> Case[Any]:
        """Give the case at the version last known here, or from the store when *fresh* or unknown.

        Raises:
            Unavailable: The store cannot be reached.
            CorruptHistory: What is stored cannot be read.
        """
        held = None if fresh else self._cases.get(case_id)
        if held is None:
            held = await held_case(self._database, process, tenant, case_id)
            self._cases.put(held)
        return held.case

    async def facts(self, tenant: str, case_id: str, needs: Iterable[Need[Any]], *, fresh: bool) -> Known:
        """Give every need's value with the version of each stream it came from; from memory unless *fresh*.

        Raises:
            Unavailable: The store cannot be reached.
        """
        wanted = tuple(needs)
        known = await self._facts.load(tenant, case_id, wanted, fresh=fresh)
        watched = {need.key: _holders(need, known) for need in wanted if isinstance(need, CasesHolding | BurdenOf)}
        if watched:
            self._watched[case_id] = watched
        return known

    async def record(
        self,
        envelope: Envelope,
        decided_at: datetime,  # noqa: ARG002 — the decision itself holds it; the port names it for other stores
        decision: Decision[Any],
        follow_ups: tuple[FollowUp, ...] = (),
    ) -> Written:
        """Write command, events, snapshot, read models and postings in one call, or nothing.

        A refusal and "nothing new" are answers too, on the current version of the case and of every fact they read:
        where one has moved they are a `conflict` like any other.

        Raises:
            Unavailable: The store cannot be reached; nothing is known of what it did.
        """
        stream = decision.before.id
        call = self.call(envelope, decision, follow_ups)
        if call is None:
            return Written("conflict", moved=stream)
        # Until the store has said `recorded`, nobody knows whether what is held here is still so.
        self._cases.drop(stream)
        try:
            rows = await self._database.fetch(RECORD, *call.arguments)
        except Stopped as stopped:
            return _not_written(stopped)
        match rows[0]["outcome"]:
            case "recorded":
                self._cases.put(call.after)
                self._facts.moved(stream, call.after.case.version)
                return Written("recorded", call.answer, follow_ups, call.after.case.version)
            case "repeated":
                return repeated(rows[0]["stored_body"])
            case _:
                return Written("other_body")

    async def answered(self, case_id: str, envelope: Envelope) -> Written | None:
        """Look up whether this id has been answered: `repeated`, `other_body`, or nothing.

        Raises:
            Unavailable: The store cannot be reached.
        """
        return await stored_answer(self._database, case_id, envelope)

    async def recorded_since(self, case_id: str, version: int) -> Sequence[Past]:
        """Give every command whose events came after *version*, in the order in which they were decided.

        Raises:
            Unavailable: The store cannot be reached.
        """
        return await recorded_since(self._database, case_id, version)

    def call(self, envelope: Envelope, decision: Decision[Any], follow_ups: tuple[FollowUp, ...]) -> Call | None:
        """Make everything that recording takes; nothing when it is known already that it would be a conflict."""
        before, after = decision.before, decision.after
        held = self._cases.get(before.id) or (Held(before) if before.version == 0 else None)
        watched = self._watched.pop(before.id, {})
        facts = {name: version for name, version in decision.facts.items() if not name.startswith(ACCOUNT)}
        # A directory that decides by its own rows: its head is compared as the stream's own, which then moves.
        own_version = facts.pop(before.id, before.version)
        if held is None or held.case.version != before.version or own_version != before.version:
            return None
        digest = digest_of(envelope)
        command = command_body(envelope, digest.hex(), decision, follow_ups)
        command_bytes = canonical(command)
        command_hash = link(held.command_hash, command_bytes)
        bodies = [canonical(body) for body in event_bodies(envelope, digest.hex(), decision)]
        hashes = _chained(held.hash, bodies)
        rows = rows_of(envelope.process, after, decision.view, held.rows) if bodies else held.rows
        snapshot = self._snapshot(envelope.process, held, after) if bodies else None
        head_hash = hashes[-1] if hashes else held.hash
        is_directory = envelope.process == directory.PROCESS
        stream = (before.id, before.tenant, envelope.process, before.version, held.command_count, head_hash)
        asked = (envelope.id, digest, decision.answer.outcome, command_bytes, command_hash)
        arguments = (
            *stream,
            *asked,
            list(facts),
            list(facts.values()),
            sorted(watched),
            [f"{key} {holder}" for key, holders in watched.items() for holder in holders],
            [type(event).__name__ for event in decision.events],
            bodies,
            hashes,
            snapshot,
            *changes(held.rows, rows),
            directory.changes_of(before.version, decision.events) if is_directory else [],
            lines_of(before.version, decision.events),
        )
        stored = held.stored_version if snapshot is None else after.version
        now = Held(after, head_hash, held.command_count + 1, command_hash, rows, stored)
        return Call(arguments, cast("dict[str, Any]", command["answer"]), now)

    def _snapshot(self, process: str, held: Held, after: Case[Any]) -> bytes | None:
        """Give the state that is to be stored, where the one that is would be too far behind."""
        if after.version - held.stored_version <= snapshot_lag(after.version):
            return None
        return canonical(self._processes[process].to_snapshot(after))


def _holders(need: CasesHolding | BurdenOf, known: Known) -> tuple[str, ...]:
    """Give the cases that were found to hold the key of a need."""
    value = known.values[need]
    return value.cases if isinstance(value, Burden) else cast("tuple[str, ...]", value)


def _chained(previous: bytes, bodies: list[bytes]) -> list[bytes]:
    hashes: list[bytes] = []
    for body in bodies:
        previous = link(previous, body)
        hashes.append(previous)
    return hashes


def _not_written(stopped: Stopped) -> Written:
    """Read what the call raised to leave nothing behind."""
    match stopped.state:
        case "MD001":
            return Written("conflict", moved=stopped.detail)
        case "MD002":
            return Written("short", moved=stopped.detail)
        case _:
            raise stopped
