"""Organisations: entered once, stated anew, abolished with their seats and ties.

Source:
    Dossier §3.1.
"""

from collections.abc import Iterable
from typing import Any

from domain.directory.commands import AbolishOrganisation, AddOrganisations, AlterOrganisations
from domain.directory.events import OrganisationAbolished, OrganisationsAdded, OrganisationsAltered
from domain.directory.rules.spells import DIRECTORY, check_end, check_spell, ended, outlasts
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import ControlTiesAround, Organisation, OrganisationNamed, SeatsIn, TiesOf
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need


def named(organisations: Iterable[Organisation]) -> tuple[Need[Any], ...]:
    """Name the organisations and who controls them."""
    asked = [each for organisation in organisations for each in (organisation.id, organisation.controlled_by)]
    return tuple(OrganisationNamed(each) for each in asked if each is not None)


def around(command: AbolishOrganisation) -> tuple[Need[Any], ...]:
    """Name what hangs on an organisation."""
    names = (command.organisation, command.merged_into)
    organisations = tuple(OrganisationNamed(each) for each in names if each is not None)
    ending = command.organisation
    return (*organisations, SeatsIn(ending), TiesOf(ending), ControlTiesAround(ending))


def add(command: AddOrganisations, facts: Facts) -> Events:
    """Enter organisations, each under an id of its own and a controlling body that is there.

    Raises:
        Refused: `directory.id_taken`, `directory.entered_twice`, and the codes of `check_organisation`.
    """
    rows = command.organisations
    check_once(rows)
    new = tuple(each for row, each in enumerate(rows, start=1) if _is_new(each, row, facts))
    batch = {each.id for each in rows}
    for row, each in enumerate(rows, start=1):
        check_organisation(each, row, batch, facts)
    return (OrganisationsAdded(organisations=new),) if new else NOTHING_NEW


def alter(command: AlterOrganisations, facts: Facts) -> Events:
    """State organisations anew; when they began and ended is not altered this way.

    Raises:
        Refused: `directory.unknown_organisation`, `directory.has_ended`, `directory.spell_not_altered`,
            `directory.entered_twice`, and the codes of `check_organisation`.
    """
    check_once(command.organisations)
    altered: list[Organisation] = []
    for row, each in enumerate(command.organisations, start=1):
        stands = there(each.id, facts, row=row)
        if each == stands:
            continue
        if stands.spell.last_on is not None and stands.spell.last_on < facts.asked.on:
            raise Refused(
                "directory.has_ended", DIRECTORY, id=each.id, row=row, last_on=stands.spell.last_on.isoformat()
            )
        if each.spell != stands.spell:
            raise Refused("directory.spell_not_altered", DIRECTORY, id=each.id, row=row)
        check_organisation(each, row, set(), facts)
        altered.append(each)
    return (OrganisationsAltered(organisations=tuple(altered), reason=command.reason),) if altered else NOTHING_NEW


def abolish(command: AbolishOrganisation, facts: Facts) -> Events:
    """Let an organisation end with every seat and tie that would outlast it.

    Raises:
        Refused: `directory.unknown_organisation`, `directory.still_controls`, `directory.merged_into_itself`,
            `directory.ends_before_it_begins`, `directory.has_ended`, `directory.changes_the_past`.
    """
    organisation = there(command.organisation, facts)
    if organisation.spell.last_on == command.last_on:
        return NOTHING_NEW
    check_end(organisation.spell, command.last_on, facts.asked.on, id=organisation.id)
    if command.merged_into is not None:
        there(command.merged_into, facts)
        if command.merged_into == command.organisation:
            raise Refused("directory.merged_into_itself", DIRECTORY, id=command.organisation)
    _check_controls_nobody(command, facts)
    seats = (each for each in facts[SeatsIn(command.organisation)] if outlasts(each.spell, command.last_on))
    ties = (each for each in facts[TiesOf(command.organisation)] if outlasts(each.spell, command.last_on))
    return (
        OrganisationAbolished(
            organisation=ended(organisation, command.last_on),
            merged_into=command.merged_into,
            seats=tuple(ended(each, command.last_on) for each in seats),
            ties=tuple(ended(each, command.last_on) for each in ties),
            reason=command.reason,
        ),
    )


def there(name: str, facts: Facts, **where: int) -> Organisation:
    """Give an organisation that stands in the directory.

    Raises:
        Refused: `directory.unknown_organisation`.
    """
    found = facts[OrganisationNamed(name)]
    if found is None:
        raise Refused("directory.unknown_organisation", DIRECTORY, id=name, **where)
    return found


def check_organisation(organisation: Organisation, row: int, batch: set[str], facts: Facts) -> None:
    """Let an organisation have days in order, households that can be counted, and a controlling body that is there.

    Args:
        batch: Ids that are entered together with it.

    Raises:
        Refused: `directory.ends_before_it_begins`, `directory.households_below_zero`, `directory.tie_to_itself`,
            `directory.unknown_organisation`.
    """
    check_spell(organisation.spell, id=organisation.id, row=row)
    if organisation.households is not None and organisation.households < 0:
        raise Refused("directory.households_below_zero", DIRECTORY, id=organisation.id, row=row)
    if organisation.controlled_by == organisation.id:
        raise Refused("directory.tie_to_itself", DIRECTORY, id=organisation.id, row=row)
    if organisation.controlled_by is not None and organisation.controlled_by not in batch:
        there(organisation.controlled_by, facts, row=row)


def check_once(rows: Iterable[Organisation]) -> None:
    """Let a batch name each organisation once.

    Raises:
        Refused: `directory.entered_twice`.
    """
    seen: set[str] = set()
    for row, each in enumerate(rows, start=1):
        if each.id in seen:
            raise Refused("directory.entered_twice", DIRECTORY, id=each.id, row=row)
        seen.add(each.id)


def _is_new(organisation: Organisation, row: int, facts: Facts) -> bool:
    stands = facts[OrganisationNamed(organisation.id)]
    if stands is not None and stands != organisation:
        raise Refused("directory.id_taken", DIRECTORY, id=organisation.id, row=row, name=stands.name)
    return stands is None


def _check_controls_nobody(command: AbolishOrganisation, facts: Facts) -> None:
    """Let nobody be left under a body that is gone; a tie of its own ends with it, an organisation is altered first."""
    own = facts[TiesOf(command.organisation)]
    for tie in facts[ControlTiesAround(command.organisation)]:
        if tie.subject == command.organisation and tie not in own and outlasts(tie.spell, command.last_on):
            raise Refused("directory.still_controls", DIRECTORY, id=command.organisation, controls=tie.object)
