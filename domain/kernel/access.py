"""Who may ask: the role a person holds in this case, by a seat held on the day of the act.

One person needs no seat: the id `operator` is reserved for who runs the house, since a tenant's first command has no
directory in which a seat could be looked up. It holds the role `operator`, everywhere and always, and no other; no
directory can give that id to a person. Named people may hold seats of the role `operator` beside it.
"""

from collections.abc import Iterable
from datetime import date

from pydantic import JsonValue

from domain.kernel.directory import Seat
from domain.kernel.envelope import LINKED_CASE, OPERATOR, SCHEDULE, Who
from domain.kernel.errors import Refused
from domain.kernel.messages import Command
from domain.kernel.view import View

SEATS_SOURCE = "dossier §3.1"
MACHINE_ROLES = frozenset({SCHEDULE, LINKED_CASE})
"""Roles that no person holds: what a limit or another case asks for."""
RESERVED_PERSONS = frozenset({OPERATOR, SCHEDULE})
"""Ids that no directory can give to a person."""


def role_in_case(
    process: str, command: type[Command], who: Who, *, seats: tuple[Seat, ...], view: View, on: date
) -> tuple[str, str | None]:
    """Find the role in which *who* may send *command* to this case on the day *on*, and the organisation behind it.

    A seat gives its role here only when the case has named no organisation for that role, or names this one; what is
    asked of others (`asked_by_others`), only when it names another. A role that the case says nobody holds gives
    nothing. Where several seats would do, the one of the organisation the person named, else the first by id.

    Raises:
        Refused: `<process>.not_your_role` (no seat that may ask this), `<process>.not_in_office` (there is one, but not
            on that day).
    """
    if who.machine is not None:
        if who.machine in command.asked_by:
            return who.machine, None
        raise Refused(f"{process}.not_your_role", SEATS_SOURCE, role=who.machine, command=command.__name__)
    if who.person == OPERATOR and OPERATOR in command.asked_by:
        return OPERATOR, None
    fitting = [seat for seat in seats if _gives(seat, command, who, view)]
    for seat in sorted(fitting, key=lambda each: each.id):
        if seat.spell.covers(on):
            return seat.role, seat.organisation
    code = "not_in_office" if fitting else "not_your_role"
    roles: list[JsonValue] = [*sorted((command.asked_by | command.asked_by_others) - MACHINE_ROLES)]
    details = {"person": who.person, "command": command.__name__, "on": on.isoformat()}
    raise Refused(f"{process}.{code}", SEATS_SOURCE, **details, roles=roles)


def check_operator(person: str, seats: Iterable[Seat], on: date, *, process: str) -> None:
    """Let who runs the house, and nobody else, interfere with its machinery.

    Raises:
        Refused: `<process>.not_your_role`.
    """
    held = (seat for seat in seats if seat.role == OPERATOR and seat.spell.covers(on))
    if person != OPERATOR and not any(held):
        raise Refused(f"{process}.not_your_role", SEATS_SOURCE, person=person, on=on.isoformat(), roles=[OPERATOR])


def _gives(seat: Seat, command: type[Command], who: Who, view: View) -> bool:
    if who.organisation is not None and seat.organisation != who.organisation:
        return False
    if seat.role in view.unheld:
        return False
    named = view.organisation_of(seat.role)
    if named is None or named == seat.organisation:
        return seat.role in command.asked_by
    return seat.role in command.asked_by_others
