"""Procedure by the day of application, the route by the decision's, the bearer by each day (ADMISSION §8: 7, 9, 30).

Each kind of asker and of committee on both sides of 2026-01-01.
"""

from dataclasses import replace
from datetime import date

import pytest

from domain.kernel.ledger import BalanceOf
from domain.task_admission.application import LegalBasis, Tranche
from domain.task_admission.commands import SubmitApplication
from tests.domain.task_admission.askers import (
    ASKERS,
    COMMITTEES,
    DEPARTMENT,
    RESIDENTS,
    SUBDISTRICT,
    VILLAGERS,
    a_form_of,
    district,
    reviewed_by,
)
from tests.domain.task_admission.changed_packs import with_grade
from tests.domain.task_admission.district import (
    BEFORE,
    BEFORE_START,
    TODAY,
    a_local_pack,
    appropriation,
    details,
    packs,
    refusal,
)
from tests.domain.task_admission.main_line import AMOUNT, after, approve, sign

LAST_OF_2025 = date(2025, 12, 31)
FIRST_OF_2026 = date(2026, 1, 1)
IN_DECEMBER = date(2025, 12, 1)
IDS = {"asker": lambda each: each.body, "asked": lambda each: each.community}


def stacked(**rule):
    return district(packs=(packs()["national"], a_local_pack(**rule)))


# --- every pair, on both sides
@pytest.mark.parametrize("asker", ASKERS, ids=IDS["asker"])
@pytest.mark.parametrize("asked", COMMITTEES, ids=IDS["asked"])
@pytest.mark.parametrize("on", [IN_DECEMBER, TODAY], ids=["2025", "2026"])
def test_whoever_asks_whomever_comes_to_an_agreement_under_the_law_of_either_year(asker, asked, on):
    there = reviewed_by(asker, asked, on, on)
    pending = after(there, approve(), "zhou", on)
    first = after(pending, sign(), asker.head, on)
    signed = after(first, sign(), asked.director, on)
    assert signed.case.state.phase == "funds_pending"
    (payer,) = {account.owner for account in signed.case.state.money.held("reserved")}
    assert payer == asker.body


# --- consent: the day of application (item 9)
@pytest.mark.parametrize("on", [LAST_OF_2025, FIRST_OF_2026])
@pytest.mark.parametrize("asker", ASKERS, ids=IDS["asker"])
@pytest.mark.parametrize("asked", COMMITTEES, ids=IDS["asked"])
def test_only_a_department_that_asked_a_residents_committee_until_2025_needed_consent(asker, asked, on):
    there = district().drafted(a_form_of(asker, asked, consent=None), community=asked.community, by=asker.clerk, on=on)
    answered = there.answer(SubmitApplication(), by=asker.clerk, on=on)
    if (asker, asked, on) == (DEPARTMENT, RESIDENTS, LAST_OF_2025):
        assert refusal(answered) == ("consent_missing", "L-RC18:20")
    else:
        assert answered.answer.outcome == "recorded"


def test_what_was_applied_for_in_2025_is_decided_in_2026_by_the_procedure_of_2025():
    lenient = district(packs=(with_grade("consent_needed", "draft"),))
    there = reviewed_by(DEPARTMENT, RESIDENTS, LAST_OF_2025, TODAY, lenient, consent=None)
    binding = replace(there, packs=(packs()["national"],))
    answered = binding.answer(approve(), by="zhou", on=TODAY)
    assert refusal(answered) == ("consent_missing", "L-RC18:20")


def test_a_period_that_changed_after_the_application_does_not_change_it():
    shorter = stacked(
        name="decision_period",
        value={"length": 10, "unit": "wd"},
        rule="DL-02",
        limit="decision",
        kind="duty",
        owner="approver",
        valid_from="2026-01-01",
        read_on="application",
    )
    old = reviewed_by(DEPARTMENT, RESIDENTS, LAST_OF_2025, TODAY, shorter)
    new = reviewed_by(DEPARTMENT, RESIDENTS, TODAY, TODAY, shorter)
    assert old.case.clocks["decision"].deadline.due_on == date(2026, 3, 24)
    assert new.case.clocks["decision"].deadline.due_on == date(2026, 3, 17)


# --- the route: the day of the decision (item 30)
@pytest.mark.parametrize(("on", "outcome"), [(date(2026, 3, 9), "recorded"), (date(2026, 3, 10), "refused")])
def test_the_way_of_off_list_work_is_that_of_the_day_of_the_decision(on, outcome):
    there = stacked(name="off_list_route", value="purchase", valid_from="2026-03-10", read_on="decision")
    answered = reviewed_by(DEPARTMENT, RESIDENTS, TODAY, TODAY, there).answer(approve(), by="zhou", on=on)
    assert answered.answer.outcome == outcome
    if outcome == "refused":
        assert refusal(answered) == ("route_is_purchase", "local rule")


# --- the bearer: each day (items 7 and 30)
FINANCE_BEARS = {"name": "delegation_bearer_residents", "value": "finance_bureau", "read_on": "each_day"}


def test_a_part_that_falls_due_in_2026_is_the_departments_also_where_finance_bore_it_in_2025():
    there = stacked(**FINANCE_BEARS)
    halves = (
        Tranche(amount_fen=AMOUNT // 2, due_on=LAST_OF_2025),
        Tranche(amount_fen=AMOUNT // 2, due_on=FIRST_OF_2026),
    )
    old = {
        "legal_basis": LegalBasis(instrument="L-RC18", article="3.5"),
        "start_on": BEFORE_START,
        "end_on": date(2026, 10, 31),
        "cost_bearer": "finance",
        "schedule": halves,
    }
    drafted = there.drafted(a_form_of(DEPARTMENT, RESIDENTS, **old), on=BEFORE)
    answered = drafted.answer(SubmitApplication(), on=BEFORE)
    assert refusal(answered) == ("wrong_cost_bearer", "L-RC25:43¶2")
    assert details(answered)["on"] == "2026-01-01"


@pytest.mark.parametrize(
    ("asker", "asked", "rule", "clause"),
    [
        (DEPARTMENT, RESIDENTS, "delegation_bearer_residents", "L-RC25:43¶2"),
        (SUBDISTRICT, RESIDENTS, "assistance_bearer_residents", "L-RC25:43¶1"),
        (DEPARTMENT, VILLAGERS, "delegation_bearer_villagers", "L-VC18:37¶1"),
        (SUBDISTRICT, VILLAGERS, "assistance_bearer_villagers", "L-VC18:37¶1"),
    ],
    ids=lambda each: getattr(each, "body", getattr(each, "community", "")),
)
def test_on_the_day_of_the_decision_that_pair_is_held_to_its_own_clause(asker, asked, rule, clause):
    money = BalanceOf(appropriation(2026).model_copy(update={"owner": "finance"}))
    lenient = district(packs=(with_grade(rule, "no"),)).with_fact(money, AMOUNT)
    there = reviewed_by(asker, asked, TODAY, TODAY, lenient, cost_bearer="finance")
    warned = there.answer(approve(), by="zhou", on=TODAY)
    assert [(each.code, each.source) for each in warned.answer.warnings] == [
        ("task_admission.wrong_cost_bearer", clause)
    ]
    binding = replace(there, packs=(packs()["national"],)).answer(approve(), by="zhou", on=TODAY)
    assert refusal(binding) == ("wrong_cost_bearer", clause)
    assert details(binding)["lawful_bearer"] == asker.body
