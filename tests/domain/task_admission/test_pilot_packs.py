"""A pilot's rules govern the cases of the units that try them, and no others (S1e 七(七); dossier §8 row 56)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.kernel.policy import Pack
from domain.task_admission.commands import ActivateTask, SubmitApplication
from domain.task_admission.commands.closing import SettlementLine
from tests.domain.task_admission.district import (
    District,
    a_form,
    details,
    organisation,
    packs,
    refusal,
    seat,
)
from tests.domain.task_admission.main_line import AMOUNT, PAID_ON, disburse, empowered, leaving, paid, settlement
from tests.domain.task_admission.owed import concluded

FINANCE_ALONE = ["finance_bureau"]


def paying_itself() -> District:
    """Give an item whose department pays with its own hand."""
    return concluded(a_form(money={"channel": "delegating_department"}))


def pilot(name: str, *units: str, value: object) -> Pack:
    """Give a pack that sets one rule in the cases of these units."""
    entry = {"name": name, "value": value, "unit": "x", "valid_from": date(2026, 1, 1), "source": "试点办法第三条"}
    dated = {"name": "pilot", "title": "试点", "stands_on": ("national",), "units": units, "source": "试点办法"}
    return Pack.model_validate(
        {**dated, "valid_from": date(2026, 1, 1), "entries": ({**entry, "grade": "yes", "read_on": "each_day"},)}
    )


def trying(there: District, name: str, *units: str, value: object) -> District:
    return replace(there, packs=(packs()["national"], pilot(name, *units, value=value)))


@pytest.mark.parametrize("unit", ["harbour", "health"])
def test_a_payment_in_a_pilots_unit_goes_by_its_channel_whether_it_pays_or_is_paid(unit):
    there = trying(paying_itself(), "payers", unit, value=FINANCE_ALONE)
    answer = there.answer(disburse(), by="li", on=PAID_ON)
    assert refusal(answer) == ("forbidden_channel", "试点办法第三条")
    assert details(answer)["payers"] == ["finance_bureau"]


def test_elsewhere_the_nations_rule_holds():
    there = trying(paying_itself(), "payers", "garden", value=FINANCE_ALONE)
    assert there.answer(disburse(), by="li", on=PAID_ON).answer.outcome == "recorded"


def test_two_communities_of_one_district_may_be_under_different_rules_on_one_day():
    there = District(
        organisations=(*District().organisations, organisation("garden", "residents_committee")),
        seats=(*District().seats, seat("gu", "garden", "committee_director")),
    )
    tried = trying(there, "added_posts_allowed", "garden", value=1)
    form = a_form(added_posts=1)
    at_harbour = tried.drafted(form).answer(SubmitApplication())
    at_garden = tried.drafted(form, community="garden").answer(SubmitApplication())
    assert refusal(at_harbour) == ("added_staff", "S1e-27")
    assert at_garden.answer.outcome == "recorded"


def test_a_pilot_lets_its_own_units_carry_money_over_and_no_others():
    lines = SettlementLine.model_validate(
        settlement().lines[0].model_dump() | {"spent_fen": AMOUNT - 1, "returned_fen": 0, "carried_fen": 1}
    )
    command = settlement().model_copy(update={"lines": (lines,)})
    day = date(2027, 6, 4)
    here = trying(leaving(), "carry_over_allowed", "harbour", value=True)
    assert here.answer(command, by="ji", on=day).answer.outcome == "recorded"
    there = trying(leaving(), "carry_over_allowed", "garden", value=True)
    assert refusal(there.answer(command, by="ji", on=day))[0] == "diversion"


def test_a_pilot_changes_nothing_that_it_does_not_name():
    there = trying(paid(), "payers", "harbour", value=FINANCE_ALONE)
    assert there.answer(ActivateTask(), by="li", on=date(2026, 6, 1)).answer.phase == "active"


def test_every_pack_of_the_stack_is_kept_with_the_answer_also_one_that_did_not_govern():
    decision = trying(empowered(), "payers", "garden", value=FINANCE_ALONE).answer(disburse(), by="feng", on=PAID_ON)
    assert [each.partition("@")[0] for each in decision.policy_version.split("+")] == ["national", "pilot"]
