"""The law as dated data: parameters, the packs that set them, and the law in force on a case's days.

Every number belongs to a jurisdiction and to dates. A pack that stands on another is read after it; which of two values
holds is a question of force, not of place: what binds is displaced only by what binds.

Source:
    Dossier §0.3, §3.2 (which day's law), §9 C21.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from hashlib import sha256
from itertools import combinations
from re import compile as pattern
from typing import Annotated, Any, Final, Generic, Literal, Self, TypeVar, cast

from pydantic import BeforeValidator, JsonValue, PlainSerializer, TypeAdapter, ValidationError, model_validator
from pydantic_core import to_json

from domain.kernel.errors import BadInput, CorruptHistory, Refused
from domain.kernel.facts import Days
from domain.kernel.messages import Code, Record, Text, Warned

T = TypeVar("T")
R = TypeVar("R", bound=Record)
Grade = Literal["yes", "default", "draft", "no"]
"""Whether a value binds: by law, by the district's adoption of the pack; or only as a draft, or not at all."""
ReadOn = Literal["application", "start_on", "decision", "each_day"]
Kind = Literal["duty", "forfeiture", "limit", "date"]

_FORCE: Final[Mapping[Grade, int]] = {"yes": 2, "default": 1, "draft": 0, "no": 0}
_REFUSES: Final = 1
_EXACT: Final = pattern(r"-?([0-9]{1,30}(\.[0-9]{1,30})?|\.[0-9]{1,30}|[0-9]{1,30}/[1-9][0-9]{0,29})")


def exact_number(value: object) -> Fraction:
    """Read a number that must not lose anything: an integer, or text like `8`, `0.08`, `2/3`.

    Raises:
        ValueError: It is something else; a float, too.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and _EXACT.fullmatch(value):
        return Fraction(value)
    message = "a number, as 8, 0.08 or 2/3"
    raise ValueError(message)


def decimal_text(exact: Fraction) -> str:
    """Write an exact number as a decimal without trailing zeros, or as a fraction where no decimal is exact."""
    twos = fives = 0
    left = exact.denominator
    while left % 2 == 0:
        left, twos = left // 2, twos + 1
    while left % 5 == 0:
        left, fives = left // 5, fives + 1
    if left != 1:
        return str(exact)
    places = max(twos, fives)
    digits = str(abs(exact.numerator) * 10**places // exact.denominator).zfill(places + 1)
    whole, fraction = digits[: len(digits) - places], digits[len(digits) - places :]
    return f"{'-' if exact < 0 else ''}{whole}{'.' if fraction else ''}{fraction}"


Exact = Annotated[Fraction, BeforeValidator(exact_number), PlainSerializer(decimal_text)]
"""An exact number, written as an integer or a decimal string, never a float."""


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

    def read(self, entry: "Entry") -> T:
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
        valid_to: Inclusive; none where no end is known.
    """

    name: Code
    title: Text
    stands_on: tuple[Code, ...] = ()
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
        return sha256(canonical(self.model_dump(mode="json"))).hexdigest()

    def is_in_force(self, day: date) -> bool:
        """Whether the pack holds on *day*; both ends count."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def entry(self, name: str, days: Days) -> Entry | None:
        """Find the value of *name* that is in force on the day it asks to be read on."""
        for entry in self._by_name.get(name, ()):
            day = _day(days, entry.read_on)
            if entry.is_in_force(day) and self.is_in_force(day):
                return entry
        return None


def canonical(value: JsonValue) -> bytes:
    """Write JSON in one form: keys sorted, no blanks, UTF-8; for values without floats."""
    return to_json(_sorted(value))


def _sorted(value: JsonValue) -> JsonValue:
    match value:
        case dict():
            return {key: _sorted(value[key]) for key in sorted(value)}
        case list():
            return [_sorted(each) for each in value]
        case _:
            return value


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
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        shown = "nothing" if first["type"] == "missing" else repr(first["input"])[:80]
        raise BadInput(where, shown, first["msg"].removeprefix("Value error, ")) from None


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
