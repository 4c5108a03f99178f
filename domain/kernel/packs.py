"""Policy packs: every dated value of one jurisdiction, with its clause and how binding it is."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import combinations
from json import dumps
from typing import Literal, Self, TypeVar, cast

from pydantic import JsonValue, ValidationError, model_validator
from pydantic_core import to_json

from domain.kernel.facts import Days
from domain.kernel.messages import Code, Record, Text, first_defect

R = TypeVar("R", bound=Record)
Grade = Literal["yes", "default", "draft", "no"]
"""Whether a value binds: by law, by the district's adoption of the pack; or only as a draft, or not at all."""
ReadOn = Literal["application", "start_on", "decision", "each_day"]
Kind = Literal["duty", "forfeiture", "limit", "date"]


class Entry(Record):
    """One dated value.

    Attributes:
        name: The parameter's name.
        value: As JSON; what is not whole is a decimal string.
        unit: What the value counts: `wd`, `fen`, `persons`, `fen/household/year` …
        valid_to: Inclusive; none where no end is known.
        source: The clause.
        read_on: The day of the case on which the value is read.
        rule: Its number in the dossier where it is a deadline (`DL-06`).
        limit: The clock's name in a case where it is a deadline (`formal_check`).
        kind: Where it is a deadline: breach of a *duty* is recorded, a *forfeiture* loses the right.
        owner: The role whose deadline it is.
    """

    name: Code
    value: JsonValue
    unit: Text
    valid_from: date
    valid_to: date | None = None
    source: Text
    grade: Grade
    read_on: ReadOn
    rule: Code | None = None
    limit: Code | None = None
    kind: Kind | None = None
    owner: Code | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            message = f"{self.name}: valid_to lies before valid_from"
            raise ValueError(message)
        if len({self.rule is None, self.limit is None, self.kind is None, self.owner is None}) > 1:
            message = f"{self.name}: a deadline has rule, limit, kind and owner"
            raise ValueError(message)
        if _holds_a_float(self.value):
            message = f"{self.name}: a number that is not whole is written as text"
            raise ValueError(message)
        return self

    @cached_property
    def value_bytes(self) -> bytes:
        """The value as JSON bytes."""
        return to_json(self.value)

    def is_in_force(self, day: date) -> bool:
        """Whether the value holds on *day*; both ends count."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def _holds_a_float(value: object) -> bool:
    if isinstance(value, list):
        return any(_holds_a_float(each) for each in cast("list[object]", value))
    if isinstance(value, dict):
        return any(_holds_a_float(each) for each in cast("dict[str, object]", value).values())
    return isinstance(value, float)


class Pack(Record):
    """The parameters of one jurisdiction.

    Attributes:
        name: `national`, `development_zone` …
        stands_on: The packs that are read before it.
        units: The organisations in whose cases alone it holds, as a pilot does; none for all.
        valid_to: Inclusive; none where no end is known.
    """

    name: Code
    title: Text
    stands_on: tuple[Code, ...] = ()
    units: tuple[Code, ...] = ()
    valid_from: date
    valid_to: date | None = None
    source: Text
    entries: tuple[Entry, ...]

    @model_validator(mode="after")
    def _says_one_thing_a_day(self) -> Self:
        for entries in self._by_name.values():
            for one, other in combinations(entries, 2):
                first, later = sorted((one, other), key=lambda each: each.valid_from)
                if first.valid_to is None or later.valid_from <= first.valid_to:
                    message = f"{one.name} has two values on {later.valid_from}"
                    raise ValueError(message)
        rules = {(each.rule, each.name) for each in self.entries if each.rule is not None}
        if len({rule for rule, _ in rules}) < len(rules):
            message = "two parameters share one rule"
            raise ValueError(message)
        return self

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Entry, ...]]:
        names = dict.fromkeys(entry.name for entry in self.entries)
        return {name: tuple(entry for entry in self.entries if entry.name == name) for name in names}

    @cached_property
    def digest(self) -> str:
        """Hex SHA-256 of the canonical JSON (keys sorted, no blanks, UTF-8)."""
        body = self.model_dump(mode="json")
        return sha256(dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def is_in_force(self, day: date) -> bool:
        """Whether the pack holds on *day*; both ends count."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def governs(self, parties: frozenset[str]) -> bool:
        """Whether the pack holds in a case of these organisations.

        Source:
            S1e 七(七) (pilot before roll-out).
        """
        return not self.units or not parties.isdisjoint(self.units)

    def entry(self, name: str, days: Days) -> Entry | None:
        """Find the value of *name* that is in force on the day it asks to be read on."""
        for entry in self._by_name.get(name, ()):
            day = _day(days, entry.read_on)
            if entry.is_in_force(day) and self.is_in_force(day):
                return entry
        return None


def _day(days: Days, read_on: ReadOn) -> date:
    return cast("date", getattr(days, read_on))


def parse_pack(document: object) -> Pack:
    """Make a pack of plain JSON values or of JSON bytes.

    Raises:
        BadInput: Names the first field that is wrong (`entries.3.valid_from`) and what was expected there.
    """
    return _parse(Pack, document)


def parse_entry(document: object) -> Entry:
    """Make one dated value of plain JSON values or of JSON bytes.

    Raises:
        BadInput: Names the first field that is wrong and what was expected there.
    """
    return _parse(Entry, document)


def _parse(record: type[R], document: object) -> R:
    try:
        return record.model_validate_json(document if isinstance(document, bytes) else to_json(document))
    except ValidationError as error:
        raise first_defect(error) from None
