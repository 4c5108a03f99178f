"""费随事转: an off-list item comes with its money, from a lawful fund, by a lawful hand (S0-08, S1f-16, S1e-26)."""

from datetime import date

import pytest

from domain.task_admission.application import Tranche
from domain.task_admission.commands import SubmitApplication
from tests.domain.task_admission.changed_packs import with_grade
from tests.domain.task_admission.district import START, District, a_form, details, packs, refusal


def submit(form, there=None):
    return (there or District()).drafted(form).answer(SubmitApplication())


@pytest.mark.parametrize(
    ("form", "why"),
    [
        (a_form(funding=None), "not_named"),
        (a_form(amount_fen=0), "nothing"),
        (a_form(money={"source": "to_be_arranged"}), "to_be_arranged"),
    ],
)
def test_an_off_list_item_without_money_is_refused(form, why):
    answer = submit(form)
    assert refusal(answer) == ("funding_missing", "S0-08, S2-08, S4-38")
    assert details(answer)["why"] == why


@pytest.mark.parametrize("form", [{"funding": None}, {"amount_fen": 0, "money": {"source": "to_be_arranged"}}])
def test_an_item_that_the_department_does_itself_needs_no_money_for_the_community(form):
    answer = submit(a_form(routine=True, **form))
    assert answer.after.state.classified.route == "department_direct"


@pytest.mark.parametrize("fund", ["relief_funds", "welfare_funds", "charity_funds"])
def test_relief_welfare_and_charity_money_pays_for_no_item(fund):
    assert refusal(submit(a_form(money={"source": fund}))) == ("funds_not_eligible", "S1f-16")


def test_unlawful_money_is_refused_whatever_the_route():
    answer = submit(a_form(routine=True, money={"source": "relief_funds"}))
    assert refusal(answer)[0] == "funds_not_eligible"


def test_the_schedule_makes_the_amount():
    short = a_form(schedule=(Tranche(amount_fen=1, due_on=START),))
    answer = submit(short)
    assert refusal(answer)[0] == "incomplete"
    assert (details(answer)["fields"], details(answer)["scheduled_fen"]) == (["funding.schedule"], 1)


# S1e-26, C04
def test_in_changsha_a_department_does_not_send_its_money_itself():
    there = District(packs=(packs()["national"], packs()["changsha"]))
    answer = submit(a_form(money={"channel": "delegating_department"}), there)
    assert refusal(answer) == ("forbidden_channel", "S1e-26")
    assert details(answer)["payers"] == ["finance_bureau"]
    assert submit(a_form(), there).answer.outcome == "recorded"


def test_elsewhere_the_department_may_pay_itself():
    assert submit(a_form(money={"channel": "delegating_department"})).answer.outcome == "recorded"


def test_a_rule_on_funds_that_is_only_proposed_warns_in_the_event():
    there = District(packs=(with_grade("eligible_fund_sources", "no"),))
    answer = submit(a_form(money={"source": "relief_funds"}), there)
    (submitted, *_) = answer.events
    assert [each.code for each in submitted.warnings] == ["task_admission.funds_not_eligible"]
    assert answer.answer.warnings == submitted.warnings


def test_a_rule_on_payers_that_is_only_a_draft_warns():
    there = District(packs=(packs()["national"], with_grade("payers", "draft")))
    assert submit(a_form(money={"channel": "delegating_department"}), there).answer.warnings == ()
    only = District(packs=(with_grade("payers", "draft"),))
    form = a_form(money={"channel": "township_government"})
    assert submit(form, only).answer.outcome == "recorded"


def test_a_day_past_the_first_has_its_own_tranche():
    halves = (Tranche(amount_fen=6_000_000, due_on=START), Tranche(amount_fen=6_000_000, due_on=date(2026, 12, 1)))
    assert submit(a_form(schedule=halves)).answer.outcome == "recorded"
