"""The law as dated data: parameters, the packs that set them, and the law in force on a case's days.

Every number belongs to a jurisdiction and to dates. A pack that stands on another is read after it; which of two values
holds is a question of force, not of place: what binds is displaced only by what binds.

Source:
    Dossier §0.3, §3.2 (which day's law), §9 C21.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar, cast

from pydantic import JsonValue, TypeAdapter, ValidationError

from domain.kernel.errors import BadInput, CorruptHistory, Refused
from domain.kernel.facts import Days
from domain.kernel.messages import Warned
from domain.kernel.packs import Entry, Grade, Kind, Pack, parse_entry, parse_pack

__all__ = ["Entry", "Law", "Pack", "Parameter", "Reading", "parse_entry", "parse_pack", "stack"]

T = TypeVar("T")
_FORCE: Final[Mapping[Grade, int]] = {"yes": 2, "default": 1, "draft": 0, "no": 0}
_REFUSES: Final = 1


class Parameter(Generic[T]):
    """The name of a dated value, and what type it has.

    Two parameters of one name and type are one; the name says nothing of the value.
    """

    def __init__(self, name: str, kind: type[T] | Any) -> None:
        self.name = name
        self._adapter = cast("TypeAdapter[T]", TypeAdapter(kind))
        self._read = lru_cache(maxsize=64)(self._read_bytes)

    def __repr__(self) -> str:
        return f"Parameter({self.name})"

    def read(self, entry: Entry) -> T:
        """Give the entry's value in the parameter's type.

        Raises:
            CorruptHistory: The pack holds something else under this name.
        """
        return self._read(entry.value_bytes)

    def _read_bytes(self, value: bytes) -> T:
        try:
            return self._adapter.validate_json(value)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise CorruptHistory(f"{self.name}: {value.decode()} does not fit: {first['msg']}") from None


@dataclass(frozen=True)
class Reading(Generic[T]):
    """A value of the law as it was read: what, by which clause, how binding, from which pack."""

    name: str
    value: T
    entry: Entry
    pack: str

    @property
    def source(self) -> str:
        """The clause."""
        return self.entry.source

    @property
    def grade(self) -> Grade:
        """How binding it is."""
        return self.entry.grade

    @property
    def unit(self) -> str:
        """What the value counts."""
        return self.entry.unit

    @property
    def rule(self) -> str:
        """Its number where it is a deadline, else its name."""
        return self.entry.rule or self.name

    @property
    def kind(self) -> Kind:
        """What breach of the deadline means."""
        return self.entry.kind or "duty"

    @property
    def owner(self) -> str | None:
        """The role whose deadline it is."""
        return self.entry.owner

    @property
    def binds(self) -> bool:
        """Whether breach refuses; a draft and a mere proposal warn."""
        return _FORCE[self.grade] >= _REFUSES

    def breach(self, code: str, **details: JsonValue) -> Warned:
        """Say that the rule is broken: refuse where it binds, warn where it does not.

        Returns:
            The warning, to be recorded in the event.

        Raises:
            Refused: *code*, with this value's clause.
        """
        if self.binds:
            raise Refused(code, self.source, **details)
        return Warned(code=code, source=self.source, details=details)


class Law:
    """A stack of packs, read on a case's days.

    Args:
        packs: The national pack first, then what stands on it.
        days: The days of the case; each value names the one it is read on.
    """

    def __init__(self, packs: Iterable[Pack], days: Days) -> None:
        self.packs: Sequence[Pack] = tuple(packs)
        self.days = days

    def __getitem__(self, parameter: Parameter[T]) -> Reading[T]:
        found = self.find(parameter.name)
        if found is None:
            packs = "+".join(pack.name for pack in self.packs)
            raise Refused("policy.not_set", "dossier §0.3", parameter=parameter.name, packs=packs)
        entry, pack = found
        return Reading(parameter.name, parameter.read(entry), entry, pack)

    def __contains__(self, parameter: Parameter[Any]) -> bool:
        return self.find(parameter.name) is not None

    def named(self, rule: str) -> str | None:
        """Give the parameter that holds a deadline of the dossier (`DL-06`), if a pack of the stack sets one."""
        return next((entry.name for pack in self.packs for entry in pack.entries if entry.rule == rule), None)

    def find(self, name: str) -> tuple[Entry, str] | None:
        """Find the value that holds and the pack it stands in.

        A later pack displaces an earlier one unless what it sets is less binding: a local default, however strict,
        never displaces a clause that binds, nor a draft what the district adopted.
        """
        held: tuple[Entry, str] | None = None
        for pack in self.packs:
            entry = pack.entry(name, self.days)
            if entry is not None and (held is None or _FORCE[entry.grade] >= _FORCE[held[0].grade]):
                held = (entry, pack.name)
        return held


def stack(packs: Mapping[str, Pack], name: str) -> tuple[Pack, ...]:
    """Give the pack *name* with everything it stands on before it.

    Raises:
        BadInput: A pack is unknown.
    """
    if name not in packs:
        raise BadInput("pack", name, "one of " + ", ".join(sorted(packs)))
    below = {each.name: each for lower in packs[name].stands_on for each in stack(packs, lower)}
    return (*below.values(), packs[name])
