"""Facts as they were at given versions: each need's value with the version of each stream it came from."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from adapters.postgres import directory
from adapters.postgres.cases import Reader, folded_case
from domain.kernel.calendar import Calendar
from domain.kernel.directory import ControlTiesAround
from domain.kernel.errors import CorruptHistory
from domain.kernel.facts import Burden, BurdenOf, CasesHolding, Known, Need
from domain.kernel.ledger import Account, BalanceOf
from domain.kernel.lists import CalendarInForce, ListNamed, PacksInForce
from domain.kernel.process import Process
from domain.kernel.view import View

REGISTER: Final = "register"
ACCOUNT: Final = "account "
"""Begins the name under which an account's version stands among the versions of facts; it is no stream."""
_HEAD: Final = "SELECT process FROM mandate.head WHERE stream_id = $1"
_BALANCE_AT: Final = """
SELECT account_version AS version, balance_fen FROM mandate.posting
WHERE tenant = $1 AND account = $2 AND account_version = $3
"""


@dataclass(frozen=True)
class Readings:
    """How the folded states of the two publishing processes are read as facts.

    Attributes:
        published: What a register's state publishes: a `PublishedList`, a `Calendar` or a `Pack`.
        pack_stack: Which packs a directory's state names, the national one first.
    """

    published: Callable[[Any], object]
    pack_stack: Callable[[Any], Sequence[str]]


READINGS: Final = Readings(published=lambda state: state.published, pack_stack=lambda state: state.pack_stack)
"""How a register and a directory are read as facts."""


def register_stream(tenant: str, name: str) -> str:
    """Name the stream of a tenant's register (`calendar`, `pack-national`, `assistance_list`)."""
    return f"{REGISTER}-{tenant}-{name}"


Value = tuple[object, Mapping[str, int]]
"""A fact's value, and the version of each stream it came from."""


class FactReader:
    """Reads facts as they were at versions that are given, as an auditor does.

    Args:
        capacity: How many folded registers are held in memory, each at one version.
    """

    def __init__(
        self,
        reader: Reader,
        processes: Mapping[str, Process[Any, Any, Any]],
        readings: Readings,
        *,
        capacity: int = 256,
    ) -> None:
        self._reader = reader
        self._processes = processes
        self._readings = readings
        self._capacity = capacity
        self._states: OrderedDict[tuple[str, int], object] = OrderedDict()

    async def at(self, tenant: str, case_id: str, needs: Iterable[Need[Any]], versions: Mapping[str, int]) -> Known:
        """Give every need's value at *versions*, as they were kept with an answer.

        Raises:
            Unavailable: The store cannot be reached.
            CorruptHistory: A stream that must have been read has no version, or cannot be read.
        """
        values: dict[Need[Any], object] = {}
        for need in needs:
            values[need], _ = await self.value(tenant, case_id, need, versions)
        return Known(values, versions)

    async def value(self, tenant: str, case_id: str, need: Need[Any], versions: Mapping[str, int]) -> Value:
        """Give one need's value, with those of *versions* it came from."""
        match need:
            case PacksInForce():
                return await self._packs(tenant, versions)
            case CalendarInForce():
                stream = register_stream(tenant, "calendar")
                published = await self._published(tenant, stream, versions)
                return published or Calendar(), {stream: versions[stream]}
            case ListNamed(register=name):
                stream = register_stream(tenant, name)
                return await self._published(tenant, stream, versions), {stream: versions[stream]}
            case CasesHolding(key=key):
                holders = await self._holders_at(tenant, case_id, key, versions)
                return tuple(holders), {stream: versions[stream] for stream in holders}
            case BurdenOf():
                carriers = await self._holders_at(tenant, case_id, need.key, versions)
                hours = sum(view.burden_hours for view in carriers.values())
                return Burden(hours, tuple(carriers)), {stream: versions[stream] for stream in carriers}
            case BalanceOf(account=account):
                name = account_name(tenant, account)
                rows = await self._reader.fetch(_BALANCE_AT, tenant, account.id, _version(versions, name))
                return (rows[0]["balance_fen"] if rows else 0), {name: versions[name]}
            case _:
                return await self._directory(tenant, need, versions)

    async def _directory(self, tenant: str, need: Need[Any], versions: Mapping[str, int]) -> Value:
        if isinstance(need, ControlTiesAround):
            return await self._control_ties(tenant, need.organisation, versions)
        question = directory.question(need)
        if question is None:
            raise TypeError(f"no loader for {need}")
        stream = directory.stream_of(tenant)
        version = _version(versions, stream)
        rows = await self._reader.fetch(question.query, *question.arguments(tenant, version))
        return question.answer(row["body"] for row in rows), {stream: version}

    async def _control_ties(self, tenant: str, organisation: str, versions: Mapping[str, int]) -> Value:
        stream = directory.stream_of(tenant)
        rows = await self._reader.fetch(directory.CONTROLS, tenant, _version(versions, stream))
        return directory.control_ties_around(organisation, (row["body"] for row in rows)), {stream: versions[stream]}

    async def _packs(self, tenant: str, versions: Mapping[str, int]) -> Value:
        stack_of = directory.stream_of(tenant)
        stack = cast("Sequence[str]", await self._state(tenant, stack_of, _version(versions, stack_of)) or ())
        streams = [register_stream(tenant, f"pack-{name}") for name in stack]
        packs = [await self._published(tenant, stream, versions) for stream in streams]
        read = {stream: versions[stream] for stream in (stack_of, *streams)}
        return tuple(pack for pack in packs if pack is not None), read

    async def _published(self, tenant: str, stream: str, versions: Mapping[str, int]) -> object:
        return await self._state(tenant, stream, _version(versions, stream))

    async def _state(self, tenant: str, stream: str, version: int) -> object:
        """Give what a register publishes, or which packs a directory names, at a version; none before the first."""
        if version == 0:
            return None
        if (stream, version) not in self._states:
            process = self._process_of(stream)
            self.keep(stream, version, await folded_case(self._reader, process, tenant, stream, version))
        self._states.move_to_end((stream, version))
        return self._states[stream, version]

    def keep(self, stream: str, version: int, case: Any) -> None:
        """Hold what a folded register or directory says."""
        is_directory = self._process_of(stream).name == directory.PROCESS
        read = self._readings.pack_stack if is_directory else self._readings.published
        self._states[stream, version] = read(case.state)
        if len(self._states) > self._capacity:
            self._states.popitem(last=False)

    def _process_of(self, stream: str) -> Process[Any, Any, Any]:
        return self._processes[stream.partition("-")[0]]

    async def _holders_at(self, tenant: str, case_id: str, key: str, versions: Mapping[str, int]) -> Mapping[str, View]:
        """Find the holders among the cases whose versions were kept: no others were known to the decision."""
        holders: dict[str, View] = {}
        for stream, version in sorted(versions.items()):
            if stream == case_id or stream.startswith((f"{directory.PROCESS}-", f"{REGISTER}-", ACCOUNT)):
                continue
            rows = await self._reader.fetch(_HEAD, stream)
            if not rows:
                raise CorruptHistory(f"{case_id} was decided by {stream}, which does not exist")
            process = self._processes[rows[0]["process"]]
            case = await folded_case(self._reader, process, tenant, stream, version)
            view = process.view(case.state)
            if key in view.held_keys(is_open=not case.state.is_end):
                holders[stream] = view
        return holders


def account_name(tenant: str, account: Account) -> str:
    """Name an account among the versions of facts."""
    return f"{ACCOUNT}{tenant} {account.id}"


def _version(versions: Mapping[str, int], stream: str) -> int:
    if stream not in versions:
        raise CorruptHistory(f"a decision that read {stream} kept no version of it")
    return versions[stream]
