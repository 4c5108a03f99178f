"""Who acts is a person of the directory; the ids under which the engine acts are nobody's (DESIGN §2)."""

from domain.directory.commands import AddPeople, AlterPerson
from domain.directory.events import PeopleAdded, PersonAltered
from domain.kernel.directory import Person
from tests.domain.directory.zone import after, opened, person, with_


def add(*people: Person) -> AddPeople:
    return AddPeople(people=people)


def test_people_are_entered_in_one_event() -> None:
    opened().when(add(person(), person("zhao"))).then(PeopleAdded(people=(person(), person("zhao"))))


def test_who_is_there_already_is_passed_over() -> None:
    there = with_(add(person()))
    there.when(add(person())).then_nothing_new()
    there.when(add(person(), person("zhao"))).then(PeopleAdded(people=(person("zhao"),)))


def test_a_refusal_names_the_row() -> None:
    there = with_(add(person()))
    for second, code in (
        (Person(id="wang", name="王五"), "directory.id_taken"),
        (person("zhao"), "directory.entered_twice"),
        (person("operator"), "directory.reserved_id"),
        (person("schedule"), "directory.reserved_id"),
    ):
        there.when(add(person("zhao"), second)).then_refused(code, row=2)


def test_a_person_is_renamed() -> None:
    asked = with_(add(person())).when(AlterPerson(person=Person(id="wang", name="王敏"), reason="更正姓名"))
    asked.then(PersonAltered(person=Person(id="wang", name="王敏"), reason="更正姓名"))
    after(asked).when(AlterPerson(person=Person(id="wang", name="王敏"), reason="再来")).then_nothing_new()


def test_who_is_renamed_is_there() -> None:
    opened().when(AlterPerson(person=person(), reason="x")).then_refused("directory.unknown_person", id="wang")
