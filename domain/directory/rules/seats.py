"""Seats: an office of a person in an organisation, with a role and with dates.

One person may hold several (一人兼, 交叉任职); what that forbids is decided in each case, by the roles held there.

Source:
    Dossier §3.1; S3-17, S0-11; L-RC25:8.
"""

from collections.abc import Iterable
from typing import Any

from domain.directory.commands import BeginSeats, CorrectSeat, EndSeat
from domain.directory.events import SeatCorrected, SeatEnded, SeatsBegun
from domain.directory.rules import organisations, people
from domain.directory.rules.spells import DIRECTORY, check_end, check_spell, ended, lies_within, meet
from domain.kernel.access import MACHINE_ROLES
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import OrganisationNamed, PersonNamed, Seat, SeatNamed, SeatsOf
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need


def named(seats: Iterable[Seat]) -> tuple[Need[Any], ...]:
    """Name the seats, who holds them, where, and what else these people hold."""
    return tuple(
        need
        for seat in seats
        for need in (
            SeatNamed(seat.id),
            PersonNamed(seat.person),
            OrganisationNamed(seat.organisation),
            SeatsOf(seat.person),
        )
    )


def begin(command: BeginSeats, facts: Facts) -> Events:
    """Put people into office.

    Raises:
        Refused: `directory.id_taken`, `directory.entered_twice`, and the codes of `check_seat`.
    """
    taken: list[Seat] = []
    new: list[Seat] = []
    for row, each in enumerate(command.seats, start=1):
        if any(each.id == other.id for other in taken):
            raise Refused("directory.entered_twice", DIRECTORY, id=each.id, row=row)
        stands = facts[SeatNamed(each.id)]
        if stands is not None and stands != each:
            raise Refused("directory.id_taken", DIRECTORY, id=each.id, row=row, person=stands.person)
        if stands is None:
            check_seat(each, row, (*facts[SeatsOf(each.person)], *taken), facts)
            new.append(each)
        taken.append(each)
    return (SeatsBegun(seats=tuple(new)),) if new else NOTHING_NEW


def end(command: EndSeat, facts: Facts) -> Events:
    """Let a seat end; to say that it ended earlier than the eve of the act is to correct it.

    Raises:
        Refused: `directory.unknown_seat`, `directory.ends_before_it_begins`, `directory.has_ended`,
            `directory.changes_the_past`.
    """
    seat = _there(command.seat, facts)
    if seat.spell.last_on == command.last_on:
        return NOTHING_NEW
    check_end(seat.spell, command.last_on, facts.asked.on, id=seat.id)
    return (SeatEnded(seat=ended(seat, command.last_on), reason=command.reason),)


def correct(command: CorrectSeat, facts: Facts) -> Events:
    """State a seat anew; whoever decided by the wrong entry has its version on the record.

    Raises:
        Refused: `directory.unknown_seat`, and the codes of `check_seat`.
    """
    stands, seat = _there(command.seat.id, facts), command.seat
    if stands == seat:
        return NOTHING_NEW
    check_seat(seat, 1, facts[SeatsOf(seat.person)], facts)
    return (
        SeatCorrected(
            seat=seat,
            reason=command.reason,
            was_person=stands.person if stands.person != seat.person else None,
            was_organisation=stands.organisation if stands.organisation != seat.organisation else None,
        ),
    )


def check_seat(seat: Seat, row: int, others: Iterable[Seat], facts: Facts) -> None:
    """Let a person who is there hold an office in an organisation that is there then, and the same office once a day.

    Args:
        others: Every other seat of this person, and what stands before it in the batch.

    Raises:
        Refused: `directory.reserved_role`, `directory.ends_before_it_begins`, `directory.unknown_person`,
            `directory.unknown_organisation`, `directory.organisation_not_there`, `directory.seat_already_held`.
    """
    check_role(seat, row)
    people.there(seat.person, facts, row=row)
    organisation = organisations.there(seat.organisation, facts, row=row)
    if not lies_within(seat.spell, organisation.spell):
        details = {"id": seat.id, "row": row, "organisation": organisation.id}
        raise Refused("directory.organisation_not_there", DIRECTORY, **details)
    for other in others:
        same_office = (other.person, other.organisation, other.role) == (seat.person, seat.organisation, seat.role)
        if other.id != seat.id and same_office and meet(other.spell, seat.spell):
            raise Refused("directory.seat_already_held", DIRECTORY, id=seat.id, row=row, by=other.id)


def check_role(seat: Seat, row: int) -> None:
    """Let a seat have days in order, and a role that is a person's.

    Raises:
        Refused: `directory.reserved_role`, `directory.ends_before_it_begins`.
    """
    check_spell(seat.spell, id=seat.id, row=row)
    if seat.role in MACHINE_ROLES:
        raise Refused("directory.reserved_role", DIRECTORY, id=seat.id, row=row, role=seat.role)


def _there(name: str, facts: Facts) -> Seat:
    found = facts[SeatNamed(name)]
    if found is None:
        raise Refused("directory.unknown_seat", DIRECTORY, id=name)
    return found
