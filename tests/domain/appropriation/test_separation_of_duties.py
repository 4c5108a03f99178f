"""Finance is not the user of the money: nobody disposes of his own organisation's budget (dossier §3.1, §4.5 P6)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.kernel.directory import CONTROL, ControlTiesAround, Spell, Tie
from tests.domain.appropriation.budget import (
    DISTRICT,
    LONG_AGO,
    amend,
    amended,
    budgeted,
    by_finance,
    grant,
    granted,
    new,
    seat,
)


def control(above: str, below: str, last_on: date | None = None) -> Tie:
    return Tie(kind=CONTROL, subject=above, object=below, spell=Spell(first_on=LONG_AGO, last_on=last_on))


def test_finance_does_not_grant_to_itself():
    refused = by_finance(new(), grant(payer="finance"))
    refused.then_refused("appropriation.own_line", organisation="finance", payer="finance")


def test_where_finance_itself_spends_a_substitutes_office_grants_and_amends():
    new().when(grant(payer="finance"), by="tang").then(granted(payer="finance"))
    budgeted(payer="finance").when(amend(5), by="tang").then(amended(5, payer="finance"))
    by_finance(budgeted(payer="finance"), amend(5)).then_refused("appropriation.own_line")


def test_the_substitute_does_not_grant_to_its_own_office_but_finance_does():
    new().when(grant(payer="government"), by="tang").then_refused("appropriation.own_line", organisation="government")
    by_finance(new(), grant(payer="government")).then(granted(payer="government"))


@pytest.mark.parametrize(
    "ties",
    [
        (control("finance", "health"),),
        (control("health", "finance"),),
        (control("holding", "health"), control("holding", "finance")),
    ],
)
def test_nor_to_a_body_under_common_control(ties):
    there = new().in_(replace(DISTRICT, others={ControlTiesAround("health"): ties}))
    by_finance(there, grant()).then_refused("appropriation.own_line", payer="health")


def test_control_is_read_on_the_day_of_the_act():
    there = new().in_(DISTRICT.with_(control("finance", "health", last_on=date(2026, 3, 2))))
    by_finance(there, grant()).then(granted())


def test_who_also_sits_in_the_paying_body_needs_a_substitute():
    there = DISTRICT.with_(seat("feng", "health", "adviser"))
    by_finance(new().in_(there), grant()).then_refused("appropriation.substitute_needed", person="feng")
    line_there = budgeted()
    seated = line_there.in_(line_there.world.with_(seat("feng", "health", "adviser")))
    by_finance(seated, amend(5)).then_refused("appropriation.substitute_needed", payer="health")


def test_a_seat_given_up_before_is_no_seat_and_a_joint_post_elsewhere_is_lawful():
    seats = (seat("feng", "health", "adviser", last_on=date(2026, 3, 2)), seat("feng", "quay_office", "adviser"))
    by_finance(new().in_(DISTRICT.with_(*seats)), grant()).then(granted())
