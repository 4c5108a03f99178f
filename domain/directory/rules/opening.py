"""A tenant's beginning: its name, the packs it stands on, the first registrar.

Source:
    DESIGN §4; dossier §0.3 item 1.
"""

from domain.directory.commands import REGISTRAR, ChangePackStack, OpenDirectory
from domain.directory.events import DirectoryOpened, PackStackChanged
from domain.directory.rules import people, seats
from domain.directory.rules.spells import DIRECTORY, check_spell, lies_within
from domain.directory.state import Kept
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts
from domain.kernel.messages import Code

NATIONAL = "national"
"""The jurisdiction on which every other stands."""
PACKS = "dossier §0.3 item 1"


def open_directory(command: OpenDirectory, facts: Facts) -> Events:
    """Open the directory of the tenant whose stream this is.

    Raises:
        Refused: `directory.wrong_directory`, `directory.national_pack_first`, `directory.pack_twice`,
            `directory.registrar_not_seated`, `directory.organisation_not_there`, `directory.reserved_id`,
            `directory.reserved_role`, `directory.ends_before_it_begins`.
    """
    expected = f"directory-{facts.asked.tenant}"
    if facts.asked.case != expected:
        raise Refused("directory.wrong_directory", DIRECTORY, case=facts.asked.case, expected=expected)
    check_stack(command.pack_stack)
    people.check_id(command.registrar, 1)
    check_spell(command.organisation.spell, id=command.organisation.id)
    _check_first_seat(command)
    return (
        DirectoryOpened(
            name=command.name,
            pack_stack=command.pack_stack,
            organisation=command.organisation,
            registrar=command.registrar,
            seat=command.seat,
        ),
    )


def change_stack(command: ChangePackStack, state: Kept) -> Events:
    """Put the tenant under other packs from now on; what was decided keeps the packs it was decided under.

    Raises:
        Refused: `directory.national_pack_first`, `directory.pack_twice`.
    """
    if command.pack_stack == state.pack_stack:
        return NOTHING_NEW
    check_stack(command.pack_stack)
    return (PackStackChanged(pack_stack=command.pack_stack, reason=command.reason),)


def check_stack(stack: tuple[Code, ...]) -> None:
    """Let a tenant stand on the national pack first, and on each pack once.

    Raises:
        Refused: `directory.national_pack_first`, `directory.pack_twice`.
    """
    if stack[0] != NATIONAL:
        raise Refused("directory.national_pack_first", PACKS, first=stack[0], expected=NATIONAL)
    for place, name in enumerate(stack):
        if name in stack[:place]:
            raise Refused("directory.pack_twice", PACKS, pack=name)


def _check_first_seat(command: OpenDirectory) -> None:
    seat, organisation = command.seat, command.organisation
    seats.check_role(seat, 1)
    if (seat.person, seat.organisation, seat.role) != (command.registrar.id, organisation.id, REGISTRAR):
        raise Refused("directory.registrar_not_seated", DIRECTORY, id=seat.id, role=seat.role, expected=REGISTRAR)
    if not lies_within(seat.spell, organisation.spell):
        raise Refused("directory.organisation_not_there", DIRECTORY, id=seat.id, row=1, organisation=organisation.id)
