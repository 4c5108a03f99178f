"""People: entered once, under an id that the engine does not use itself.

Source:
    Dossier §3.1.
"""

from domain.directory.commands import AddPeople, AlterPerson
from domain.directory.events import PeopleAdded, PersonAltered
from domain.directory.rules.spells import DIRECTORY
from domain.kernel.access import RESERVED_PERSONS
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import Person, PersonNamed
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts


def add(command: AddPeople, facts: Facts) -> Events:
    """Enter people.

    Raises:
        Refused: `directory.reserved_id`, `directory.entered_twice`, `directory.id_taken`.
    """
    seen: set[str] = set()
    new: list[Person] = []
    for row, each in enumerate(command.people, start=1):
        check_id(each, row)
        if each.id in seen:
            raise Refused("directory.entered_twice", DIRECTORY, id=each.id, row=row)
        seen.add(each.id)
        stands = facts[PersonNamed(each.id)]
        if stands is not None and stands != each:
            raise Refused("directory.id_taken", DIRECTORY, id=each.id, row=row, name=stands.name)
        if stands is None:
            new.append(each)
    return (PeopleAdded(people=tuple(new)),) if new else NOTHING_NEW


def alter(command: AlterPerson, facts: Facts) -> Events:
    """State a person anew.

    Raises:
        Refused: `directory.unknown_person`.
    """
    if there(command.person.id, facts) == command.person:
        return NOTHING_NEW
    return (PersonAltered(person=command.person, reason=command.reason),)


def there(name: str, facts: Facts, **where: int) -> Person:
    """Give a person who stands in the directory.

    Raises:
        Refused: `directory.unknown_person`.
    """
    found = facts[PersonNamed(name)]
    if found is None:
        raise Refused("directory.unknown_person", DIRECTORY, id=name, **where)
    return found


def check_id(person: Person, row: int) -> None:
    """Give nobody an id under which the engine itself acts.

    Raises:
        Refused: `directory.reserved_id`.
    """
    if person.id in RESERVED_PERSONS:
        raise Refused("directory.reserved_id", DIRECTORY, id=person.id, row=row)
