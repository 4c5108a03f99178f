"""The budget is the payer's; a community's account begins with what it receives (ADMISSION §8 item 17)."""

from datetime import date

import pytest

from domain.kernel.directory import Spell
from tests.domain.appropriation.budget import (
    DISTRICT,
    LONG_AGO,
    amend,
    amended,
    body,
    budgeted,
    by_finance,
    grant,
    granted,
    new,
)


@pytest.mark.parametrize("payer", ["health", "quay_office", "government"])
def test_a_department_a_subdistrict_and_a_government_may_hold_a_line(payer):
    by_finance(new(), grant(payer=payer)).then(granted(payer=payer))


@pytest.mark.parametrize(
    "kind", ["residents_committee", "villagers_committee", "community_service_station", "affairs_supervision_committee"]
)
def test_a_body_of_a_community_may_not(kind):
    world = DISTRICT.with_(body("maple", kind))
    refused = by_finance(new().in_(world), grant(payer="maple"))
    refused.then_refused("appropriation.not_a_payer", payer="maple", kind=kind)


@pytest.mark.parametrize("world", [DISTRICT, DISTRICT.with_(body("moon", district="elsewhere"))])
def test_a_payer_is_an_organisation_of_the_district(world):
    refused = by_finance(new().in_(world), grant(payer="moon"))
    refused.then_refused("appropriation.unknown_payer", payer="moon", district="zone")


@pytest.mark.parametrize(
    ("first_on", "last_on", "year", "there"),
    [
        (LONG_AGO, date(2026, 3, 3), 2026, True),  # today is its last day
        (LONG_AGO, date(2026, 3, 2), 2026, False),
        (LONG_AGO, date(2026, 12, 31), 2027, False),
        (LONG_AGO, date(2027, 1, 1), 2027, True),
        (date(2027, 12, 31), None, 2027, True),
        (date(2028, 1, 1), None, 2027, False),
    ],
)
def test_a_payer_is_there_in_what_is_left_of_the_year(first_on, last_on, year, there):
    world = DISTRICT.with_(body("health", spell=Spell(first_on=first_on, last_on=last_on)))
    answered = by_finance(new().in_(world), grant(year=year))
    if there:
        answered.then(granted(year=year))
    else:
        answered.then_refused("appropriation.payer_not_there", payer="health", year=year)


def test_a_payer_that_is_gone_gets_no_more_and_gives_back_what_is_left():
    there = budgeted(available=5)
    gone = there.in_(there.world.with_(body("health", spell=Spell(first_on=LONG_AGO, last_on=date(2026, 3, 2)))))
    by_finance(gone, amend(5)).then_refused("appropriation.payer_not_there")
    by_finance(gone, amend(-5)).then(amended(-5))
