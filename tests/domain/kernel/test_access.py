"""The operator opens a tenant before anybody sits anywhere; everybody else asks from a seat (dossier §3.1)."""

from datetime import date
from typing import ClassVar

import pytest

from domain.kernel.access import check_operator, role_in_case
from domain.kernel.directory import Seat, Spell
from domain.kernel.envelope import Who
from domain.kernel.errors import Refused
from domain.kernel.messages import Command
from domain.kernel.view import Party, View

TODAY = date(2026, 3, 3)
PLAIN = View(phase="x", title="x")


class Run(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"operator"})


class File(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"clerk"})


def seat(role: str = "clerk", organisation: str = "north", *, last_on: date | None = None) -> Seat:
    spell = Spell(first_on=date(2020, 1, 1), last_on=last_on)
    return Seat(id=f"s-{organisation}", person="li", organisation=organisation, role=role, spell=spell)


def role(
    command: type[Command], person: str, *seats: Seat, view: View = PLAIN, organisation: str | None = None
) -> tuple[str, str | None]:
    return role_in_case(
        "permit", command, Who(person=person, organisation=organisation), seats=seats, view=view, on=TODAY
    )


def refusal(command: type[Command], person: str, *seats: Seat, view: View = PLAIN) -> str:
    with pytest.raises(Refused) as refused:
        role(command, person, *seats, view=view)
    return refused.value.code


def test_the_operator_needs_no_seat() -> None:
    assert role(Run, "operator") == ("operator", None)


def test_the_operator_is_nothing_but_the_operator() -> None:
    assert refusal(File, "operator") == "permit.not_your_role"


def test_a_named_person_may_hold_a_seat_as_operator() -> None:
    assert role(Run, "li", seat("operator")) == ("operator", "north")
    assert refusal(Run, "li", seat("clerk")) == "permit.not_your_role"


def test_a_seat_that_has_ended_gives_no_role() -> None:
    assert refusal(File, "li", seat(last_on=date(2026, 3, 2))) == "permit.not_in_office"
    assert role(File, "li", seat(last_on=TODAY)) == ("clerk", "north")


def test_where_the_case_has_named_the_organisation_only_its_seats_count() -> None:
    named = View(phase="x", title="x", parties=(Party(role="clerk", organisation="south"),))
    assert refusal(File, "li", seat(), view=named) == "permit.not_your_role"
    assert role(File, "li", seat(), seat(organisation="south"), view=named) == ("clerk", "south")


def test_of_several_seats_the_one_of_the_organisation_that_is_named_counts() -> None:
    seats = (seat(), seat(organisation="south"))
    assert role(File, "li", *seats) == ("clerk", "north")
    assert role(File, "li", *seats, organisation="south") == ("clerk", "south")


def test_a_role_that_nobody_holds_in_the_case_gives_nothing() -> None:
    nobody = View(phase="x", title="x", unheld=("clerk",))
    assert refusal(File, "li", seat(), view=nobody) == "permit.not_your_role"
    assert role(File, "li", seat(), view=View(phase="x", title="x", unheld=("mayor",))) == ("clerk", "north")


def test_only_who_runs_the_house_interferes_with_its_machinery():
    spell = Spell(first_on=date(2020, 1, 1), last_on=date(2026, 3, 2))
    keeper = Seat(id="s1", person="li", organisation="civil", role="operator", spell=spell)
    clerk = Seat(id="s2", person="wang", organisation="civil", role="clerk", spell=spell)
    check_operator("operator", (), date(2026, 3, 2), process="campaign")
    check_operator("li", (keeper,), date(2026, 3, 2), process="campaign")
    for person, seats, on in (("li", (keeper,), date(2026, 3, 3)), ("wang", (clerk,), date(2026, 3, 2))):
        with pytest.raises(Refused, match="not_your_role"):
            check_operator(person, seats, on, process="campaign")
