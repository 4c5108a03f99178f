"""Who bears the cost: by the kind of committee, the kind of asker, and the day (ADMISSION §8 item 7; C04).

L-RC25:43 has two rules from 2026-01-01: the government or subdistrict that asks provides (¶1), the department that
delegates pays (¶2). Towards village committees the department has paid since 2010 (L-VC18:37¶1).
"""

from datetime import date

import pytest

from domain.kernel.policy import Pack
from domain.task_admission.application import LegalBasis, Tranche
from domain.task_admission.commands import SubmitApplication
from domain.task_admission.rules.funding import bearer_rule
from tests.domain.task_admission.changed_packs import with_grade
from tests.domain.task_admission.district import (
    BEFORE,
    BEFORE_START,
    TODAY,
    District,
    a_form,
    an_old_form,
    details,
    packs,
    refusal,
)

LOCAL = Pack.model_validate_json(
    b"""{"name": "local", "title": "local", "stands_on": ["national"], "valid_from": "2010-01-01", "source": "local",
    "entries": [{"name": "delegation_bearer_residents", "value": "finance_bureau", "unit": "role",
    "valid_from": "2010-01-01", "source": "local rule", "grade": "default", "read_on": "each_day"}]}"""
)
VILLAGE_LAW = LegalBasis(instrument="L-VC18", article="37")


def submit(form, *, by="li", on=TODAY, community="harbour", there=None):
    return (
        (there or District()).drafted(form, by=by, on=on, community=community).answer(SubmitApplication(), by=by, on=on)
    )


# --- residents' committees
def test_from_2026_the_department_that_delegates_to_a_residents_committee_pays():
    answer = submit(a_form(cost_bearer="finance"))
    assert refusal(answer) == ("wrong_cost_bearer", "L-RC25:43¶2")
    assert (details(answer)["lawful_bearer"], details(answer)["on"]) == ("health", "2026-06-01")


def test_before_2026_the_department_paid_as_the_state_council_asked():
    assert refusal(submit(an_old_form(cost_bearer="finance"), on=BEFORE)) == ("wrong_cost_bearer", "S1f-05")
    assert submit(an_old_form(), on=BEFORE).answer.outcome == "recorded"


def test_from_2026_the_subdistrict_that_asks_a_residents_committee_provides():
    form = a_form(cost_bearer="health", accountable_officer="zhao")
    assert refusal(submit(form, by="zhao")) == ("wrong_cost_bearer", "L-RC25:43¶1")
    own = a_form(cost_bearer="quay_office", accountable_officer="zhao")
    assert submit(own, by="zhao").answer.outcome == "recorded"


def test_before_2026_the_subdistrict_that_asks_provided_as_the_state_council_asked():
    form = an_old_form(cost_bearer="health", accountable_officer="zhao")
    assert refusal(submit(form, by="zhao", on=BEFORE)) == ("wrong_cost_bearer", "S1f-08")


# --- villagers' committees
@pytest.mark.parametrize(
    ("form", "on"),
    [(an_old_form(cost_bearer="finance", legal_basis=VILLAGE_LAW), BEFORE), (a_form(cost_bearer="finance"), TODAY)],
)
def test_on_both_sides_of_2026_the_department_pays_a_villagers_committee(form, on):
    assert refusal(submit(form, on=on, community="fields")) == ("wrong_cost_bearer", "L-VC18:37¶1")


def test_the_government_that_asks_a_villagers_committee_provides():
    form = a_form(cost_bearer="health", accountable_officer="zhao")
    assert refusal(submit(form, by="zhao", community="fields")) == ("wrong_cost_bearer", "L-VC18:37¶1")


@pytest.mark.parametrize(
    ("committee", "asker", "rule"),
    [
        ("residents_committee", "subdistrict_office", "assistance_bearer_residents"),
        ("residents_committee", "department", "delegation_bearer_residents"),
        ("villagers_committee", "township_government", "assistance_bearer_villagers"),
        ("villagers_committee", "civil_affairs_bureau", "delegation_bearer_villagers"),
    ],
)
def test_each_kind_of_committee_and_asker_has_a_rule_of_its_own(committee, asker, rule):
    assert bearer_rule(committee, asker).name == rule


# --- ⟨30⟩: the bearer is read on each day on which money is relied on
def test_a_local_rule_may_name_finance_before_2026_and_not_after():
    there = District(packs=(packs()["national"], LOCAL))
    assert submit(an_old_form(cost_bearer="finance"), on=BEFORE, there=there).answer.outcome == "recorded"
    assert refusal(submit(a_form(cost_bearer="finance"), there=there)) == ("wrong_cost_bearer", "L-RC25:43¶2")


def test_under_that_rule_the_department_or_a_stranger_does_not_bear_it():
    there = District(packs=(packs()["national"], LOCAL))
    assert refusal(submit(an_old_form(), on=BEFORE, there=there)) == ("wrong_cost_bearer", "local rule")
    answer = submit(an_old_form(cost_bearer="nobody"), on=BEFORE, there=there)
    assert details(answer)["lawful_bearer"] == "finance_bureau"


def test_a_tranche_that_falls_due_in_2026_is_the_departments_also_in_an_older_application():
    there = District(packs=(packs()["national"], LOCAL))
    halves = (
        Tranche(amount_fen=6_000_000, due_on=BEFORE_START),
        Tranche(amount_fen=6_000_000, due_on=date(2026, 1, 1)),
    )
    form = an_old_form(cost_bearer="finance", schedule=halves, end_on=date(2026, 10, 31))
    answer = submit(form, on=BEFORE, there=there)
    assert refusal(answer) == ("wrong_cost_bearer", "L-RC25:43¶2")
    assert details(answer)["on"] == "2026-01-01"
    in_time = (halves[0], Tranche(amount_fen=6_000_000, due_on=date(2025, 12, 31)))
    lawful = an_old_form(cost_bearer="finance", schedule=in_time, end_on=date(2026, 10, 31))
    assert submit(lawful, on=BEFORE, there=there).answer.outcome == "recorded"


def test_a_bearer_rule_that_is_only_proposed_warns_once():
    only = District(packs=(with_grade("delegation_bearer_residents", "no"),))
    thirds = tuple(Tranche(amount_fen=4_000_000, due_on=date(2026, month, 1)) for month in (6, 8, 10))
    answer = submit(a_form(cost_bearer="finance", schedule=thirds), there=only)
    assert [(each.code, each.details["on"]) for each in answer.answer.warnings] == [
        ("task_admission.wrong_cost_bearer", "2026-06-01")
    ]
