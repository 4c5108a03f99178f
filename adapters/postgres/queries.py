"""What the command line lists: rows under the keys that programs read (`mandate … -o json`)."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final, cast

from pydantic import JsonValue
from sqlalchemy import Select, and_, func, select

from adapters.postgres.campaigns import CampaignRows
from adapters.postgres.canonical import restored
from adapters.postgres.cases import Reader, Row, case_of
from adapters.postgres.facts import REGISTER
from adapters.postgres.statements import PAGE, Line, rows
from adapters.postgres.tables import (
    CASE_ROW,
    DEADLINE,
    EVENT,
    HEAD,
    LEDGER_ACCOUNT,
    POSTING,
    SNAPSHOT,
)
from domain.kernel.chain import GENESIS
from domain.kernel.entries import instant_text
from domain.kernel.messages import body_of
from domain.kernel.process import Process

_STORED: Final = (SNAPSHOT.c.version.label("snapshot_version"), SNAPSHOT.c.body.label("snapshot"))
_POCKETS: Final = ("available", "reserved", "in_transit", "spent", "returned", "granted")


class Queries:
    """Reads lists from the read models, and single cases; nothing here writes.

    Every method raises `Unavailable` when the store cannot be reached.

    Args:
        processes: Every process by name.

    Attributes:
        campaigns: How far each campaign has come.
    """

    def __init__(self, reader: Reader, processes: Mapping[str, Process[Any, Any, Any]]) -> None:
        self._reader = reader
        self._processes = processes
        self.campaigns = CampaignRows(reader)

    async def cases(
        self,
        *,
        tenant: str | None = None,
        process: str | None = None,
        phase: str | None = None,
        is_open: bool | None = None,
    ) -> AsyncIterator[Line]:
        """List cases in order of id; what is not named is not asked."""
        asked = {CASE_ROW.c.tenant: tenant, CASE_ROW.c.process: process, CASE_ROW.c.phase: phase}
        wanted = [where == value for where, value in asked.items() if value is not None]
        if is_open is not None:
            wanted.append(CASE_ROW.c.is_open.is_(is_open))
        shown = select(CASE_ROW, HEAD.c.version).join(HEAD, HEAD.c.stream_id == CASE_ROW.c.stream_id).where(*wanted)
        last = ""
        while rows := await self._rows(shown.where(CASE_ROW.c.stream_id > last).order_by(CASE_ROW.c.stream_id), PAGE):
            for row in rows:
                line: Line = {key: row[key] for key in ("process", "phase", "version", "tenant", "title")}
                yield {"case": row["stream_id"], **line}
            last = rows[-1]["stream_id"]

    async def case(self, case_id: str) -> Line | None:
        """Show a case as it stands; nothing where nothing ever happened under this id."""
        last = EVENT.alias("last")
        found = await self._rows(
            select(CASE_ROW, HEAD.c.version, *_STORED, last.c.body.label("last"))
            .join(HEAD, HEAD.c.stream_id == CASE_ROW.c.stream_id)
            .join(SNAPSHOT, SNAPSHOT.c.stream_id == CASE_ROW.c.stream_id)
            .join(last, and_(last.c.stream_id == HEAD.c.stream_id, last.c.version == HEAD.c.version))
            .where(CASE_ROW.c.stream_id == case_id)
        )
        if not found:
            return None
        row = found[0]
        shown = await case_of(self._reader, self._processes[row["process"]], row["tenant"], case_id, row)
        running = [
            line async for line in self.deadlines(case_id=case_id) if line["state"] in {"open", "stopped", "missed"}
        ]
        return {
            "case": case_id,
            **{key: row[key] for key in ("tenant", "process", "phase", "title", "version")},
            "policy_version": restored(row["last"])["policy_version"],
            "state": body_of(shown.state),
            "deadlines": cast("list[JsonValue]", running),
            **restored(row["body"]),
        }

    async def events(self, case_id: str, *, from_version: int = 1) -> AsyncIterator[Line]:
        """Give a case's events in order of version, each with the link of its chain."""
        previous = GENESIS
        if from_version > 1:
            before = await self._rows(
                select(EVENT.c.hash).where(EVENT.c.stream_id == case_id, EVENT.c.version == from_version - 1)
            )
            previous = before[0]["hash"] if before else GENESIS
        events = select(EVENT).where(EVENT.c.stream_id == case_id).order_by(EVENT.c.version)
        while rows := await self._rows(events.where(EVENT.c.version >= from_version), PAGE):
            for row in rows:
                yield _event_line(row, previous)
                previous = row["hash"]
            from_version = rows[-1]["version"] + 1

    async def deadlines(self, *, case_id: str | None = None, tenant: str | None = None) -> AsyncIterator[Line]:
        """Give a case's time limits, or all that run, soonest first."""
        shown = select(DEADLINE).order_by(DEADLINE.c.due_on, DEADLINE.c.stream_id, DEADLINE.c.name)
        if case_id is None:
            shown = shown.where(DEADLINE.c.state.in_(("open", "missed")))
        else:
            shown = shown.where(DEADLINE.c.stream_id == case_id)
        if tenant is not None:
            shown = shown.where(DEADLINE.c.tenant == tenant)
        for row in await self._rows(shown):
            line: Line = {"case": row["stream_id"], "owner": row["owner"], "state": row["state"]}
            yield {**restored(row["body"]), **line}

    async def accounts(self, tenant: str, owner: str, *, year: int | None = None) -> AsyncIterator[Line]:
        """Give an organisation's accounts, one line for source, purpose and year, every pocket in fen.

        What was granted is given as the amount it is; in the books it stands below zero, as the other side.
        """
        a = LEDGER_ACCOUNT.c
        pockets = (
            func.coalesce(func.sum(a.balance_fen).filter(a.pocket == pocket), 0).label(f"{pocket}_fen")
            for pocket in _POCKETS
        )
        shown = select(a.source, a.purpose, a.year, *pockets).where(a.tenant == tenant, a.owner == owner)
        if year is not None:
            shown = shown.where(a.year == year)
        shown = shown.group_by(a.source, a.purpose, a.year).order_by(a.year, a.source, a.purpose)
        for row in await self._rows(shown):
            line: Line = {key: row[key] for key in ("source", "purpose", "year")}
            fen: Line = {f"{pocket}_fen": int(row[f"{pocket}_fen"]) for pocket in _POCKETS}
            granted: Line = {"granted_fen": -int(row["granted_fen"])}
            yield {"account": f"{owner}/{row['purpose']}/{row['year']}", **line, **fen, **granted}

    async def movements(self, tenant: str, owner: str, *, year: int | None = None) -> AsyncIterator[Line]:
        """Give every posting to an organisation's accounts in their order, with the event behind it."""
        a, p = LEDGER_ACCOUNT.c, POSTING.c
        shown = (
            select(p.stream_id, p.version, p.amount_fen, p.balance_fen, a.source, a.purpose, a.year, a.pocket)
            .add_columns(EVENT.c.type, EVENT.c.global_position)
            .join(LEDGER_ACCOUNT, and_(a.tenant == p.tenant, a.account == p.account))
            .join(EVENT, and_(EVENT.c.stream_id == p.stream_id, EVENT.c.version == p.version))
            .where(a.tenant == tenant, a.owner == owner)
            .order_by(EVENT.c.global_position, p.line)
        )
        if year is not None:
            shown = shown.where(a.year == year)
        for row in await self._rows(shown):
            keys = ("version", "type", "source", "purpose", "year", "pocket", "amount_fen", "balance_fen")
            yield {"case": row["stream_id"], **{key: row[key] for key in keys}}

    async def registers(self, tenant: str) -> AsyncIterator[Line]:
        """List a tenant's registers, calendars and packs by name, each with its version."""
        shown = (
            select(CASE_ROW.c.stream_id, CASE_ROW.c.title, HEAD.c.version)
            .join(HEAD, HEAD.c.stream_id == CASE_ROW.c.stream_id)
            .where(CASE_ROW.c.tenant == tenant, CASE_ROW.c.process == REGISTER)
            .order_by(CASE_ROW.c.stream_id)
        )
        for row in await self._rows(shown):
            name = cast("str", row["stream_id"]).removeprefix(f"{REGISTER}-{tenant}-")
            yield {"register": name, "title": row["title"], "version": row["version"]}

    async def _rows(self, statement: Select[*tuple[Any, ...]], limit: int | None = None) -> Sequence[Row]:
        return await rows(self._reader, statement, limit)


def _event_line(row: Row, previous: bytes) -> Line:
    body = restored(row["body"])
    stored = (
        "on",
        "received_at",
        "decided_at",
        "actor",
        "role",
        "organisation",
        "on_behalf_of",
        "command_id",
        "causation_id",
        "correlation_id",
        "policy_version",
        "facts",
        "data",
    )
    return {
        "case": row["stream_id"],
        "version": row["version"],
        "type": row["type"],
        "schema_version": body["schema_version"],
        **{key: body[key] for key in stored},
        "recorded_at": instant_text(row["recorded_at"]),
        "global_position": row["global_position"],
        "previous_hash": previous.hex(),
        "hash": cast("bytes", row["hash"]).hex(),
    }
