"""How the arguments of a rule are read: strictly, saying what was expected of what does not fit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from re import compile as pattern
from typing import Any, Final

from pydantic import JsonValue

from domain.kernel.errors import BadInput
from domain.kernel.exact import exact_number
from domain.kernel.money import MAX_FEN

_WHOLE: Final = pattern(r"-?(0|[1-9][0-9]{0,15})")
_DAY: Final = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_DAY: Final = date(1949, 10, 1)
_LAST_DAY: Final = date(2199, 12, 31)
_MONTHS_IN_YEAR: Final = 12
_SHORT_ROLES: Final[Mapping[str, str]] = {
    "department": "delegating_department",
    "finance": "finance_bureau",
    "subdistrict": "subdistrict_office",
    "township": "township_government",
    "committee": "residents_committee",
    "station": "community_service_station",
    "centre": "community_service_centre",
}
_ROLES: Final = frozenset(_SHORT_ROLES.values()) | {
    "villagers_committee",
    "party_branch",
    "affairs_supervision_committee",
    "civil_affairs_bureau",
    "establishment_office",
    "buyer",
    "procuring_entity",
    "service_provider",
    "supplier",
    "evaluator",
    "mediation_committee",
}


@dataclass(frozen=True)
class Argument:
    """One argument of a rule.

    Attributes:
        expected: What a person is told to write.
        parse: Makes the value, or raises `ValueError`.
        name: What the formula calls it, where a person calls it otherwise.
        is_required: Whether it must be given; `default` stands for it where it is not.
    """

    expected: str
    parse: Callable[[JsonValue], Any]
    name: str | None = None
    is_required: bool = True
    default: Any = None

    def called(self, name: str) -> "Argument":
        """Say what the formula calls it."""
        return replace(self, name=name)

    def optional(self) -> "Argument":
        """Let it be left out."""
        return replace(self, is_required=False)

    def or_(self, default: object) -> "Argument":
        """Let it be left out, and say what then holds."""
        return replace(self, is_required=False, default=default)


Arguments = Mapping[str, Argument]


def read(takes: Arguments, given: Mapping[str, JsonValue]) -> dict[str, Any]:
    """Read every argument of a rule.

    Raises:
        BadInput: Names the first that is unknown, missing or malformed.
    """
    for name in given:
        if name not in takes:
            raise BadInput(name, "unknown", "one of " + ", ".join(takes))
    values: dict[str, Any] = {}
    for name, argument in takes.items():
        if name in given:
            values[argument.name or name] = _one(name, argument, given[name])
        elif argument.is_required:
            raise BadInput(name, "nothing", argument.expected)
        elif argument.default is not None:
            values[argument.name or name] = argument.default
    return values


def _one(name: str, argument: Argument, value: JsonValue) -> object:
    try:
        return argument.parse(value)
    except (ValueError, TypeError):
        raise BadInput(name, repr(value)[:80], argument.expected) from None


def whole(value: JsonValue) -> int:
    """Read a whole number: `2500`; not `2,500`, `2500.0`, `true`.

    Raises:
        ValueError: It is no whole number, or too large for JSON.
    """
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > MAX_FEN:
        raise ValueError(value)
    return value


def day(value: JsonValue) -> date:
    """Read a date that exists, as `2026-03-02`.

    Raises:
        ValueError: It is no such date.
    """
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError(value)
    read_day = date.fromisoformat(value)
    if not _FIRST_DAY <= read_day <= _LAST_DAY:
        raise ValueError(value)
    return read_day


def _within(least: int, most: int) -> Callable[[JsonValue], int]:
    def parse(value: JsonValue) -> int:
        number = whole(value)
        if not least <= number <= most:
            raise ValueError(value)
        return number

    return parse


def _yes_or_no(value: JsonValue) -> bool:
    match value:
        case bool():
            return value
        case "true":
            return True
        case "false":
            return False
        case _:
            raise ValueError(value)


def _number(value: JsonValue) -> Fraction:
    number = exact_number(value)
    if number < 0:
        raise ValueError(value)
    return number


def _listed(parse: Callable[[JsonValue], Any]) -> Callable[[JsonValue], tuple[Any, ...]]:
    def parse_all(value: JsonValue) -> tuple[Any, ...]:
        parts = list[JsonValue](value.split(",")) if isinstance(value, str) else value
        if isinstance(parts, int) and not isinstance(parts, bool):
            parts = [parts]
        if not isinstance(parts, list) or not parts:
            raise ValueError(value)
        return tuple(parse(part) for part in parts)

    return parse_all


def _present_of_approved(value: JsonValue) -> tuple[int, int]:
    if not isinstance(value, str):
        raise TypeError(value)
    actual, approved = value.split("/")
    return whole_count(actual), whole_count(approved)


def _at_most_a_year(value: JsonValue) -> tuple[tuple[int, int], ...]:
    months = _listed(_present_of_approved)(value)
    if len(months) > _MONTHS_IN_YEAR:
        raise ValueError(value)
    return months


def _role(value: JsonValue) -> str:
    role = _SHORT_ROLES.get(value, value) if isinstance(value, str) else None
    if role not in _ROLES:
        raise ValueError(value)
    return role


def one_of(*words: str) -> Argument:
    """One of some words."""

    def parse(value: JsonValue) -> str:
        if value not in words:
            raise ValueError(value)
        return str(value)

    return Argument("one of " + ", ".join(words), parse)


def up_to(most: int) -> Argument:
    """A whole number from 0 to *most*."""
    return Argument(f"a whole number from 0 to {most}", _within(0, most))


whole_count: Final = _within(0, MAX_FEN)
COUNT: Final = Argument("a whole number, 0 or more, without separators", whole_count)
POSITIVE: Final = Argument("a whole number, 1 or more, without separators", _within(1, MAX_FEN))
MONTHS: Final = Argument("whole months, 1 to 12", _within(1, _MONTHS_IN_YEAR))
FEN: Final = Argument("an amount in whole fen, 0 or more", whole_count)
YES_OR_NO: Final = Argument("true or false", _yes_or_no)
NUMBER: Final = Argument("a number, 0 or more, as 8 or 0.08", _number)
SIGNED_NUMBER: Final = Argument("a number, as 89.5", exact_number)
DAY: Final = Argument("a date that exists, as 2026-03-02", day)
ROLE: Final = Argument("a role: " + ", ".join(sorted(_ROLES)), _role)
COUNTS: Final = Argument("whole numbers, as 10,12,7", _listed(whole_count))
FENS: Final = Argument("amounts in whole fen, as 3000000,2000000", _listed(whole_count))
NUMBERS: Final = Argument("numbers, as 0.5,0.3,0.2", _listed(_number))
MONTHS_PRESENT: Final = Argument("persons present of approved for up to twelve months, as 10/12,14/12", _at_most_a_year)
