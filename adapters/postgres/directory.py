"""The directory's rows: organisations, people, seats and ties, each valid from one version of it to another."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, cast

from pydantic import TypeAdapter

from adapters.postgres.canonical import canonical
from domain.kernel.directory import (
    CONTROL,
    Organisation,
    OrganisationNamed,
    Person,
    PersonNamed,
    Seat,
    SeatNamed,
    SeatsIn,
    SeatsOf,
    SeatsOfRole,
    Tie,
    TiesOf,
)
from domain.kernel.facts import Need
from domain.kernel.messages import Event, body_of

Entry = Organisation | Person | Seat | Tie
Change = tuple[int, str, str, str, str, str]
"""version, kind, id, subject, object, body"""
PROCESS: Final = "directory"
_KINDS: Final[dict[type[Entry], str]] = {Organisation: "organisation", Person: "person", Seat: "seat", Tie: "tie"}


_VALID: Final = """
SELECT body FROM mandate.directory_entry
WHERE tenant = $1 AND valid_from_version <= $2 AND (valid_to_version IS NULL OR valid_to_version > $2)
"""
_ROLE: Final = "body::jsonb ->> 'role'"
"""A seat's role, which has no column of its own."""
CONTROLS: Final = (
    _VALID + "AND (kind = 'tie' AND starts_with(id, 'control ') OR kind = 'organisation' AND subject <> '')"
)
"""Whatever says that one organisation controls another; takes tenant and version."""


_CONTROL: Final[TypeAdapter[Tie | Organisation]] = TypeAdapter(Tie | Organisation)


class Question(NamedTuple):
    """Which rows answer a need: of one kind of record, by an id that stands in one of the columns."""

    kind: type[Entry]
    columns: tuple[str, ...]
    id: str
    is_one: bool

    @property
    def query(self) -> str:
        """The statement; takes tenant, version, kind, id."""
        matches = " OR ".join(f"{column} = $4" for column in self.columns)
        return _VALID + f'AND kind = $3 AND ({matches}) ORDER BY id COLLATE "C"'

    def arguments(self, tenant: str, version: int) -> tuple[object, ...]:
        """Give what the statement takes."""
        return tenant, version, _KINDS[self.kind], self.id

    def answer(self, bodies: Iterable[str]) -> object:
        """Make of the rows what the need is answered with: the one record or none, or all of them by id."""
        records = tuple(self.kind.model_validate_json(body) for body in bodies)
        return next(iter(records), None) if self.is_one else records


def stream_of(tenant: str) -> str:
    """Name the stream of a tenant's directory."""
    return f"{PROCESS}-{tenant}"


def question(need: Need[Any]) -> Question | None:
    """Say which rows answer *need*; nothing where the directory is not what it asks."""
    match need:
        case OrganisationNamed(id=wanted):
            return Question(Organisation, ("id",), wanted, is_one=True)
        case PersonNamed(id=wanted):
            return Question(Person, ("id",), wanted, is_one=True)
        case SeatNamed(id=wanted):
            return Question(Seat, ("id",), wanted, is_one=True)
        case SeatsOf(person=wanted):
            return Question(Seat, ("subject",), wanted, is_one=False)
        case SeatsIn(organisation=wanted):
            return Question(Seat, ("object",), wanted, is_one=False)
        case SeatsOfRole(role=wanted):
            return Question(Seat, (_ROLE,), wanted, is_one=False)
        case TiesOf(id=wanted):
            return Question(Tie, ("subject", "object"), wanted, is_one=False)
        case _:
            return None


def control_ties_around(organisation: str, bodies: Iterable[str]) -> tuple[Tie, ...]:
    """Give the ties of control that lead to *organisation* or from it, over any number of others.

    Args:
        bodies: Every tie of control, and every organisation that names who controls it.
    """
    ties = [_control(_CONTROL.validate_json(body)) for body in bodies]
    above = _reached({organisation}, [(tie.object, tie.subject) for tie in ties])
    below = _reached({organisation}, [(tie.subject, tie.object) for tie in ties])
    around = [tie for tie in ties if tie.object in above or tie.subject in below]
    return tuple(sorted(around, key=lambda tie: (tie.subject, tie.object, tie.spell.first_on)))


def _control(entry: Tie | Organisation) -> Tie:
    if isinstance(entry, Tie):
        return entry
    return Tie(kind=CONTROL, subject=entry.controlled_by or "", object=entry.id, spell=entry.spell)


def _reached(reached: set[str], steps: list[tuple[str, str]]) -> set[str]:
    while further := {to for come_from, to in steps if come_from in reached} - reached:
        reached |= further
    return reached


def changes_of(before_version: int, events: Sequence[Event]) -> list[Change]:
    """Give the entries that the events after *before_version* state anew.

    A directory event carries each entry it changes whole, as it stands from then on: this is all the rows need.
    """
    return [
        _change(version, entry)
        for version, event in enumerate(events, start=before_version + 1)
        for entry in _entries(event)
    ]


def _entries(event: Event) -> Iterator[Entry]:
    for name in type(event).model_fields:
        value: object = getattr(event, name)
        if isinstance(value, Organisation | Person | Seat | Tie):
            yield value
        elif isinstance(value, tuple):
            members = cast("tuple[object, ...]", value)
            yield from (each for each in members if isinstance(each, Organisation | Person | Seat | Tie))


def _change(version: int, entry: Entry) -> Change:
    body = canonical(body_of(entry)).decode()
    match entry:
        case Organisation():
            return version, "organisation", entry.id, entry.controlled_by or "", "", body
        case Person():
            return version, "person", entry.id, "", "", body
        case Seat():
            return version, "seat", entry.id, entry.person, entry.organisation, body
        case Tie():
            tie_id = f"{entry.kind} {entry.subject} {entry.object} {entry.spell.first_on.isoformat()}"
            return version, "tie", tie_id, entry.subject, entry.object, body
