"""纳入财政预算范围: what is spent stands in a budget, by a document that says so (S0-45, dossier §3.3)."""

from domain.kernel.ledger import check
from tests.domain.appropriation.budget import budgeted, by_finance, grant, granted, line, new


def test_the_budget_grants_an_amount_which_the_payer_may_set_aside_from_then_on():
    there = by_finance(new(), grant()).then(granted())
    assert there.case.state.phase == "budgeted"


def test_a_grant_moves_what_was_granted_into_what_is_available_and_nothing_else():
    (event,) = by_finance(new(), grant(amount_fen=5)).decision.events
    check(event.postings)
    assert [(each.account.pocket, each.amount_fen) for each in event.postings] == [("granted", -5), ("available", 5)]
    assert {each.account.turned("available") for each in event.postings} == {line().account("available")}


def test_nothing_cannot_be_granted():
    by_finance(new(), grant(amount_fen=0)).then_refused("ledger.amount_not_positive", amount_fen=0)


def test_only_finance_grants():
    new().when(grant(), by="li").then_refused("appropriation.not_your_role")


def test_a_line_is_granted_once_and_amended_afterwards():
    by_finance(budgeted(), grant()).then_refused("appropriation.already_opened")


def test_others_see_a_line_by_its_name_with_its_payer():
    there = budgeted()
    view = there.process.view(there.case.state)
    assert (view.title, view.organisation_of("payer")) == ("health/department_budget/elder_meals/2026", "health")
