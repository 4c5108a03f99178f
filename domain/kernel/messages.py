"""What is asked, what happened, where a case stands: the records every process is made of."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from re import compile as pattern
from typing import Annotated, Any, ClassVar, Final, Generic, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue, StringConstraints, ValidationError
from pydantic_core import to_json

from domain.kernel.errors import BadInput, CorruptHistory

_QUOTED: Final = pattern(r"'([^']*)'")
SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone of every legal date; it has had one offset since 1991."""

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,119}$")]
"""An identifier: ASCII, no blanks."""
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"^[^\x00]*\S[^\x00]*$")]
"""Something a person wrote: not blank, no NUL, at most 20,000 characters."""


def shanghai_date(instant: datetime) -> date:
    """Name the legal date on which *instant* (aware) falls."""
    return instant.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    """Give the first instant of a legal date, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).astimezone(UTC)


class Record(BaseModel):
    """A value that never changes and has no field it was not given."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Command(Record):
    """What somebody asks: the body alone. Who and when arrive as `facts.asked`."""

    asked_by: ClassVar[frozenset[str]] = frozenset()
    """The roles that may ask it, by a seat held on the day of the act."""
    asked_by_others: ClassVar[frozenset[str]] = frozenset()
    """Roles that may ask it by a seat in an organisation other than the one that holds the role in this case."""
    continues: ClassVar[bool] = False
    """An opening command that may also come later, as each new version of a register does."""


class Event(Record):
    """What then is true."""

    schema_version: ClassVar[int] = 1


class State(Record):
    """Where a case stands. A union of these is a process; `phase` is its name in every table."""

    phase: ClassVar[str] = ""
    is_end: ClassVar[bool] = False
    """No more events once a case is here; later commands are refused and recorded."""


class Warned(Record):
    """A rule that speaks but does not bind here: recorded in the event, shown with the answer."""

    code: str
    source: str
    details: dict[str, JsonValue] = {}


class Asked(Record):
    """Who asks, in which role, and the three instants.

    Attributes:
        tenant: The district whose case it is.
        case: The stream id of the case.
        command_id: The caller's id for this command; the same id is answered once.
        person: The person who acts, or `schedule`, or the id of the linked case.
        role: The role this person holds *in this case*.
        organisation: The organisation of the seat that gives the role.
        on_behalf_of: The person a written proxy acts for.
        on: The legal date of the act: the day it was received, or earlier with evidence.
        received_at: Stamped by the way in; decides whether an act is in time.
        decided_at: The workflow's time.
        seen_version: The version the person saw when deciding to ask.
    """

    tenant: str
    command_id: str
    person: str
    role: str
    organisation: str | None = None
    on_behalf_of: str | None = None
    on: date
    evidence: str | None = None
    received_at: AwareDatetime
    decided_at: AwareDatetime
    seen_version: int | None = None
    case: str = ""

    @property
    def received_on(self) -> date:
        """The legal date on which the command came in; its last instant is 24:00 in Shanghai."""
        return shanghai_date(self.received_at)


R = TypeVar("R", bound=Record)


class Vocabulary(Generic[R]):
    """The classes of one kind that a process speaks, by their stored names."""

    def __init__(self, *classes: type[R]) -> None:
        self.by_name: Mapping[str, type[R]] = {each.__name__: each for each in classes}
        if len(self.by_name) != len(classes):
            message = "two classes of one vocabulary share a name"
            raise TypeError(message)

    def __contains__(self, name: object) -> bool:
        return name in self.by_name

    def __add__(self, other: "Vocabulary[R]") -> "Vocabulary[R]":
        return Vocabulary(*self.by_name.values(), *other.by_name.values())

    def read(self, name: str, body: Mapping[str, JsonValue]) -> R:
        """Make a record of what somebody sent.

        Raises:
            BadInput: Names the first field that is wrong and what was expected there.
        """
        if name not in self.by_name:
            raise BadInput("command", name, "one of " + ", ".join(sorted(self.by_name)))
        try:
            return self.by_name[name].model_validate_json(to_json(body))
        except ValidationError as error:
            raise first_defect(error) from None

    def restore(self, name: str, data: Mapping[str, JsonValue]) -> R:
        """Make a record of what was stored.

        Raises:
            CorruptHistory: The name is unknown or the data do not fit it.
        """
        if name not in self.by_name:
            raise CorruptHistory(f"unknown name {name}")
        try:
            return self.by_name[name].model_validate_json(to_json(data))
        except ValidationError as error:
            defect = first_defect(error)
            raise CorruptHistory(f"{name}.{defect.where}: {defect.what}") from None


def first_defect(error: ValidationError) -> BadInput:
    """Name the first field that is wrong, what stands there, what was expected, and what kind of mistake that is."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    given: Any = first["input"]
    shown = "nothing" if first["type"] == "missing" else repr(given)
    limit = 80
    return BadInput(
        where,
        shown if len(shown) <= limit else shown[:limit] + "…",
        first["msg"].removeprefix("Value error, "),
        defect=first["type"],
        details={key: _listed(value) for key, value in first.get("ctx", {}).items() if isinstance(value, str | int)},
    )


def _listed(value: str | int) -> JsonValue:
    """Give words that stand in quotes, `'own', 'delegated' or 'assist'`, one by one."""
    return [*_QUOTED.findall(value)] if isinstance(value, str) and value.startswith("'") else value


def body_of(record: Record) -> dict[str, JsonValue]:
    """Give a record's fields as JSON values: dates and instants as text, money as integers."""
    return record.model_dump(mode="json")
