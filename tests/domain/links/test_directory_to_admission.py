"""A seat that ends or was wrong, an organisation that is abolished: told to the items that name it, and to no other.

ADMISSION §6 (RecheckProof), §7: the directory tells when a named seat, person or organisation changes.
"""

from datetime import date
from typing import Any

import pytest

from domain.directory.commands import AbolishOrganisation, AddOrganisations, AddPeople, CorrectSeat, EndSeat
from domain.kernel.directory import Spell
from domain.kernel.followups import TellAffected
from domain.links.directory_to_admission import directory_to_admission
from tests.domain.directory.zone import begin, body, person, seat, with_
from tests.domain.task_admission.main_line import active, agreed, approved, empowered, leaving, reviewed
from tests.spec import Given, Then


def seated() -> Given:
    there = (AddOrganisations(organisations=(body(),)), AddPeople(people=(person(), person("zhao"))))
    return with_(*there, begin(seat()))


def told(asked: Then) -> list[tuple[str, str]]:
    """Give each key by which cases are told, and what they are told as the cause."""
    asked.recorded()
    all_of_it = [each for event in asked.decision.events for each in directory_to_admission(event, asked.decision)]
    return [
        (key, str(each.body["because"])) for each in all_of_it if isinstance(each, TellAffected) for key in each.keys
    ]


def test_a_seat_that_ends_is_told_to_who_rests_on_that_office():
    asked = seated().when(EndSeat(seat="wang-health", last_on=date(2026, 6, 30), reason="调任"))
    assert told(asked) == [("office:health/wang", "seat/wang-health")]


def test_a_seat_whose_days_were_wrong_too():
    right = seat(spell=Spell(first_on=date(2020, 1, 1), last_on=date(2025, 12, 31)))
    asked = seated().when(CorrectSeat(seat=right, reason="录入错误"))
    assert told(asked) == [("office:health/wang", "seat/wang-health")]


def test_a_seat_that_was_somebody_elses_is_told_for_both():
    asked = seated().when(CorrectSeat(seat=seat(who="zhao"), reason="录入错误"))
    assert told(asked) == [("office:health/wang", "seat/wang-health"), ("office:health/zhao", "seat/wang-health")]


def test_an_organisation_that_is_abolished_is_told_to_who_names_it():
    asked = seated().when(AbolishOrganisation(organisation="health", last_on=date(2026, 6, 30), reason="机构改革"))
    assert told(asked) == [("organisation:health", "organisation/health")]


def test_what_begins_takes_nothing_from_anybody():
    assert told(seated().when(begin(seat("zhao-health", "zhao")))) == []


NAMED = {"organisation:health", "organisation:harbour", "office:health/li", "office:health/chen"}


@pytest.mark.parametrize(
    ("there", "names"),
    [
        (reviewed, set[str]()),
        (approved, {"organisation:health", "organisation:harbour"}),
        (agreed, {"organisation:health", "organisation:harbour"}),
        (empowered, NAMED),
        (active, NAMED),
        (leaving, set[str]()),
    ],
)
def test_an_item_is_found_by_whom_its_legs_name_from_the_approval_to_the_end_of_the_term(there: Any, names: set[str]):
    case = there()
    keys = case.there.process.view(case.case.state).keys
    assert {key for key in keys if key.startswith(("organisation:", "office:"))} == names
