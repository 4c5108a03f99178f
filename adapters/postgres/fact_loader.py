"""Facts as they are now, held in memory until a stream is seen to move."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, cast

from adapters.postgres import directory
from adapters.postgres.cases import Reader, Row, case_of
from adapters.postgres.facts import FactReader, Readings, Value, account_name, register_stream
from domain.kernel.facts import Burden, BurdenOf, CasesHolding, Known, Need
from domain.kernel.ledger import BalanceOf
from domain.kernel.lists import CalendarInForce, ListNamed, PacksInForce
from domain.kernel.process import Process

_HOLDERS: Final = """
SELECT k.stream_id, h.version FROM mandate.case_key AS k JOIN mandate.head AS h ON h.stream_id = k.stream_id
WHERE k.tenant = $1 AND k.key = $2 AND k.stream_id <> $3 ORDER BY k.stream_id COLLATE "C"
"""
_CARRIERS: Final = """
SELECT k.stream_id, h.process, h.version, s.version AS snapshot_version, s.body AS snapshot
FROM mandate.case_key AS k
JOIN mandate.head AS h ON h.stream_id = k.stream_id
LEFT JOIN mandate.snapshot AS s ON s.stream_id = k.stream_id
WHERE k.tenant = $1 AND k.key = $2 AND k.stream_id <> $3 ORDER BY k.stream_id COLLATE "C"
"""
_BALANCE: Final = "SELECT version, balance_fen FROM mandate.ledger_account WHERE tenant = $1 AND account = $2"
_LOOK: Final = """
SELECT k.stream_id, coalesce(h.version, 0) AS version, s.version AS snapshot_version, s.body AS snapshot
FROM unnest($1::text[], $2::integer[]) AS k (stream_id, known_version)
LEFT JOIN mandate.head AS h ON h.stream_id = k.stream_id
LEFT JOIN mandate.snapshot AS s ON s.stream_id = k.stream_id AND h.version <> k.known_version
"""


NO_BURDEN: Final = Burden(0, ())


class FactLoader(FactReader):
    """Reads facts as they are now, from memory as long as their streams have not been seen to move.

    A stale value does no harm: the write compares the versions, and the next reading is fresh.

    Args:
        values: How many values are held in memory.
    """

    def __init__(
        self,
        reader: Reader,
        processes: Mapping[str, Process[Any, Any, Any]],
        readings: Readings,
        *,
        values: int = 16_384,
    ) -> None:
        super().__init__(reader, processes, readings)
        self._heads: dict[str, int] = {}
        self._values: OrderedDict[tuple[str, Need[Any]], Value] = OrderedDict()
        self._value_capacity = values

    def moved(self, stream: str, version: int) -> None:
        """Take note that a stream now stands at *version*, if it is one that facts are read from."""
        if stream in self._heads:
            self._heads[stream] = version

    async def load(self, tenant: str, case_id: str, needs: Sequence[Need[Any]], *, fresh: bool) -> Known:
        """Give every need's value with the versions it came from, all of one moment.

        Which cases hold a key is not asked the first time but taken to be none: the write finds out in the same call,
        and what was wrong is decided again on a fresh reading.

        Raises:
            Unavailable: The store cannot be reached.
        """
        heads: Mapping[str, int] = self._heads
        if fresh or any(self._remembered(tenant, need, heads) is None for need in needs):
            # Other commands go on meanwhile and may find a stream moved: what is read here must stay of one moment.
            heads = dict(self._heads)
            if fresh or not self._knows_heads(tenant, needs):
                heads = await self._look(tenant, needs)
        values: dict[Need[Any], object] = {}
        versions: dict[str, int] = {}
        for need in needs:
            value, read = self._remembered(tenant, need, heads, fresh=fresh) or await self._read(
                tenant, case_id, need, heads
            )
            values[need] = value
            versions.update(read)
        return Known(values, versions)

    def _remembered(
        self, tenant: str, need: Need[Any], heads: Mapping[str, int], *, fresh: bool = False
    ) -> Value | None:
        """Give a value that was read at these heads."""
        if isinstance(need, CasesHolding):
            return None if fresh else ((), {})
        if isinstance(need, BurdenOf):
            return None if fresh else (NO_BURDEN, {})
        found = self._values.get((tenant, need))
        if found is None or any(heads.get(stream) != version for stream, version in found[1].items()):
            return None
        return found

    async def _read(self, tenant: str, case_id: str, need: Need[Any], heads: Mapping[str, int]) -> Value:
        match need:
            case CasesHolding(key=key):
                rows = await self._reader.fetch(_HOLDERS, tenant, key, case_id)
                holders = {cast("str", row["stream_id"]): cast("int", row["version"]) for row in rows}
                return tuple(holders), holders
            case BurdenOf():
                rows = await self._reader.fetch(_CARRIERS, tenant, need.key, case_id)
                return await self._burden(tenant, {row["stream_id"]: row for row in rows})
            case BalanceOf(account=account):
                rows = await self._reader.fetch(_BALANCE, tenant, account.id)
                name = account_name(tenant, account)
                return (rows[0]["balance_fen"], {name: rows[0]["version"]}) if rows else (0, {name: 0})
            case _:
                found = await self.value(tenant, case_id, need, heads)
                self._values[tenant, need] = found
                self._values.move_to_end((tenant, need))
                if len(self._values) > self._value_capacity:
                    self._values.popitem(last=False)
                return found

    async def _burden(self, tenant: str, carriers: Mapping[str, Row]) -> Value:
        hours = 0
        for stream, row in carriers.items():
            process = self._processes[row["process"]]
            case = await case_of(self._reader, process, tenant, stream, row)
            hours += process.view(case.state).burden_hours
        return Burden(hours, tuple(carriers)), {stream: cast("int", row["version"]) for stream, row in carriers.items()}

    def _knows_heads(self, tenant: str, needs: Sequence[Need[Any]]) -> bool:
        if any(isinstance(n, PacksInForce) and self._remembered(tenant, n, self._heads) is None for n in needs):
            return False
        return all(stream in self._heads for stream in _streams(tenant, needs))

    async def _look(self, tenant: str, needs: Sequence[Need[Any]]) -> Mapping[str, int]:
        """Read the heads of every stream the needs rest on, and what registers publish that is not known yet."""
        heads = await self._look_at(tenant, _streams(tenant, needs))
        if PacksInForce() in needs:
            stack_of = directory.stream_of(tenant)
            stack = cast("Sequence[str]", await self._state(tenant, stack_of, heads[stack_of]) or ())
            heads |= await self._look_at(tenant, {register_stream(tenant, f"pack-{name}") for name in stack})
        self._heads |= heads
        return heads

    async def _look_at(self, tenant: str, streams: Iterable[str]) -> dict[str, int]:
        wanted = sorted(streams)
        known = [self._heads.get(stream, 0) for stream in wanted]
        heads: dict[str, int] = {}
        for row in await self._reader.fetch(_LOOK, wanted, known):
            stream, version = row["stream_id"], row["version"]
            if version > 0 and (stream, version) not in self._states:
                case = await case_of(self._reader, self._process_of(stream), tenant, stream, row)
                self.keep(stream, version, case)
            heads[stream] = version
        return heads


def _streams(tenant: str, needs: Sequence[Need[Any]]) -> set[str]:
    streams: set[str] = set()
    for need in needs:
        match need:
            case CalendarInForce():
                streams.add(register_stream(tenant, "calendar"))
            case ListNamed(register=name):
                streams.add(register_stream(tenant, name))
            case CasesHolding() | BurdenOf() | BalanceOf():
                pass
            case _:
                streams.add(directory.stream_of(tenant))
    return streams
