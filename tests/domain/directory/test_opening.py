"""A tenant stands on packs, the national one first (dossier §0.3); its first command finds nobody in office yet."""

from datetime import date

import pytest

from domain.directory.commands import AddPeople, ChangePackStack
from domain.directory.events import DirectoryOpened, PackStackChanged
from domain.directory.state import Unopened, evolve, view
from domain.kernel.directory import Spell
from domain.kernel.errors import CorruptHistory
from tests.domain.directory.zone import body, opened, opening, person, seat, unopened

STACK = ("national", "babu")


def test_the_operator_opens_it_without_a_seat() -> None:
    asked = unopened().when(opening(), by="operator")
    command = opening()
    asked.then(
        DirectoryOpened(
            name=command.name,
            pack_stack=command.pack_stack,
            organisation=command.organisation,
            registrar=command.registrar,
            seat=command.seat,
        )
    )
    assert asked.decision.asked.role == "operator"


def test_nobody_else_opens_it() -> None:
    unopened().when(opening(), by="li").then_refused("directory.not_your_role", roles=["operator"])


def test_it_is_opened_once() -> None:
    opened().when(opening(), by="operator").then_refused("directory.already_opened")


def test_it_is_opened_before_anything_else_is_asked_of_it() -> None:
    unopened().when(AddPeople(people=(person(),)), by="operator").then_refused("directory.not_opened")


def test_it_is_opened_under_its_tenants_own_name() -> None:
    there = unopened()
    elsewhere = there.process.begin("zone", "directory-other")
    asked = type(there)(there.process, elsewhere, there.world).when(opening(), by="operator")
    asked.then_refused("directory.wrong_directory", expected="directory-zone")


def test_the_first_registrar_does_the_rest() -> None:
    opened().when(AddPeople(people=(person(),)), by="li").recorded()


def test_the_first_seat_is_the_registrars() -> None:
    for wrong in (
        seat("s", "li", "civil", role="secretariat"),
        seat("s", "wang", "civil", role="registrar"),
        seat("s", "li", "health", role="registrar"),
    ):
        unopened().when(opening(seat=wrong), by="operator").then_refused("directory.registrar_not_seated")


def test_the_first_seat_lies_within_its_organisations_days() -> None:
    late = body("civil", spell=Spell(first_on=date(2012, 1, 1)))
    unopened().when(opening(organisation=late), by="operator").then_refused("directory.organisation_not_there")


def test_the_first_registrar_takes_no_reserved_name() -> None:
    asked = unopened().when(opening(registrar=person("schedule"), seat=seat("s", "schedule")), by="operator")
    asked.then_refused("directory.reserved_id", id="schedule")


def test_the_national_pack_comes_first_and_each_pack_once() -> None:
    for stack, code in (
        (("zone", "national"), "directory.national_pack_first"),
        (("national", "zone", "zone"), "directory.pack_twice"),
    ):
        unopened().when(opening(pack_stack=stack), by="operator").then_refused(code)


def test_the_operator_puts_it_under_other_packs() -> None:
    there = opened()
    there.when(ChangePackStack(pack_stack=STACK, reason="划转"), by="li").then_refused("directory.not_your_role")
    changed = there.when(ChangePackStack(pack_stack=STACK, reason="划转"), by="operator").then(
        PackStackChanged(pack_stack=STACK, reason="划转")
    )
    assert changed.case.state.pack_stack == STACK
    changed.when(ChangePackStack(pack_stack=STACK, reason="再来"), by="operator").then_nothing_new()


def test_before_it_is_opened_it_has_no_law_and_a_plain_name() -> None:
    assert Unopened().pack_stack == ()
    assert view(Unopened()).title == "directory"
    assert view(opened().case.state).title == "开发区"


def test_nothing_can_have_happened_before_it_was_opened() -> None:
    with pytest.raises(CorruptHistory):
        evolve(Unopened(), PackStackChanged(pack_stack=STACK, reason="x"), 1)
