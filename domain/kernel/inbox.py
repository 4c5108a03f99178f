"""Who must do what by when: pieces of open work as they lie in inboxes.

A principal is whoever an inbox belongs to, in one word: `chen` (a person), `secretariat@civil_affairs` (a role held in
an organisation), `secretariat@` (a role, where the case names no organisation), `@civil_affairs` (an organisation as a
whole). No identifier of the domain holds an `@`, so no two of them can be confused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.kernel.clocks import Clock, Clocks
from domain.kernel.directory import Seat
from domain.kernel.limits import SUPERVISOR, rungs
from domain.kernel.view import View, Work


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of work as others see it.

    Attributes:
        owner: The principal whose work it is.
        organisation: The organisation it lies in, if the case names one.
        rungs: The principals it has climbed to since its limit was missed, the last one highest.
        due_on: The last day of its limit; none where it is under no limit, or the clock stands still.
        since: The day it began to wait. Like the due day it is the same on every rung.
    """

    task: str
    owner: str
    organisation: str | None
    rungs: tuple[str, ...]
    due_on: date | None
    since: date

    @property
    def held_by(self) -> str:
        """The principal who holds it now."""
        return self.rungs[-1] if self.rungs else self.owner

    @property
    def seen_by(self) -> tuple[str, ...]:
        """Every principal in whose inbox it lies: who lost it to a higher rung keeps sight of it."""
        whole = () if self.organisation is None else (whole_of(self.organisation),)
        return tuple(dict.fromkeys((self.owner, *whole, *self.rungs)))


def items(view: View, clocks: Clocks) -> tuple[Item, ...]:
    """Give a case's open work, each piece on the rung of the ladder that it has reached.

    It climbs whoever owns it: also where no organisation is named, and where nobody has a seat in the role.

    Source:
        Dossier §4 (the ladder of every duty).
    """
    return tuple(_item(work, view, clocks) for work in view.work)


def principals(
    person: str, seats: Iterable[Seat], on: date, *, role: str | None = None, organisation: str | None = None
) -> tuple[str, ...]:
    """Name the principals that a person is on a day, by the seats held then.

    Args:
        seats: The person's, past and future ones too.
        role: This role alone.
        organisation: This organisation as a whole, if the person sits in it; with *role*, that role in it.
    """
    held = [seat for seat in seats if seat.spell.covers(on) and role in {None, seat.role}]
    if organisation is not None:
        held = [seat for seat in held if seat.organisation == organisation]
        named = [whole_of(organisation) if role is None else role_in(role, organisation)]
        return tuple(named) if held else ()
    roles = sorted({name for seat in held for name in (role_in(seat.role, seat.organisation), role_in(seat.role))})
    return tuple(roles) if role is not None else (person, *roles)


def role_in(role: str, organisation: str | None = None) -> str:
    """Name a role in an organisation, or wherever it is held."""
    return f"{role}@{organisation or ''}"


def whole_of(organisation: str) -> str:
    """Name an organisation as a whole."""
    return f"@{organisation}"


def _item(work: Work, view: View, clocks: Clocks) -> Item:
    organisation = work.organisation or view.organisation_of(work.role)
    clock = clocks.by_name.get(work.limit) if work.limit is not None else None
    return Item(
        task=work.task,
        owner=work.person or role_in(work.role, organisation),
        organisation=organisation,
        rungs=() if clock is None else _climbed(clock, organisation),
        due_on=clock.deadline.due_on if clock is not None and clock.is_running else None,
        since=work.since,
    )


def _climbed(clock: Clock, organisation: str | None) -> tuple[str, ...]:
    """Give the rungs: the supervisor is the one of the owner's organisation, whoever stands above is there once."""
    return tuple(role_in(role, organisation if role == SUPERVISOR else None) for role in rungs(clock))
