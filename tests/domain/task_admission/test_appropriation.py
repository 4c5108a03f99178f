"""The payer promises what stands in its appropriation; what one case took another has not (S1e-28; ADMISSION §8.17)."""

from datetime import date

import pytest

from domain.kernel.ledger import BalanceOf, check
from domain.task_admission.application import Tranche
from domain.task_admission.events import FundsReserved
from tests.domain.task_admission.district import START, District, a_form, appropriation, details, refusal
from tests.domain.task_admission.main_line import (
    AMOUNT,
    APPROVED_ON,
    accepted,
    after,
    approve,
    countersign,
    opinion,
    reviewed,
)

TWO_YEARS = (Tranche(amount_fen=8_000_000, due_on=START), Tranche(amount_fen=4_000_000, due_on=date(2027, 1, 4)))


def answer(there, **said):
    return there.answer(approve(**said), by="zhou", on=APPROVED_ON)


def over_two_years(there: District | None = None) -> District:
    heard = after(accepted(a_form(schedule=TWO_YEARS), there), opinion(), "ji", APPROVED_ON)
    return after(heard, countersign(schedule=TWO_YEARS), "feng", APPROVED_ON)


@pytest.mark.parametrize(("there_is", "outcome"), [(AMOUNT, "recorded"), (AMOUNT - 1, "refused")])
def test_the_last_fen_is_enough_and_one_less_is_not(there_is, outcome):
    assert answer(reviewed().with_fact(BalanceOf(appropriation(2026)), there_is)).answer.outcome == outcome


def test_one_fen_short_is_named_with_its_year():
    answered = answer(over_two_years().with_fact(BalanceOf(appropriation(2027)), 3_999_999))
    assert refusal(answered) == ("funding_missing", "S0-08, S2-08, S4-38")
    assert details(answered) == {
        "why": "appropriation_short",
        "payer": "health",
        "purpose": "elder_meals",
        "year": 2027,
        "needed_fen": 4_000_000,
        "available_fen": 3_999_999,
    }


def test_each_part_is_set_aside_in_the_year_in_which_it_falls_due():
    reserved = answer(over_two_years()).events[1]
    assert isinstance(reserved, FundsReserved)
    check(reserved.postings)
    moved = {(each.account.year, each.account.pocket): each.amount_fen for each in reserved.postings}
    assert moved == {
        (2026, "available"): -8_000_000,
        (2026, "reserved"): 8_000_000,
        (2027, "available"): -4_000_000,
        (2027, "reserved"): 4_000_000,
    }


def test_a_tranche_of_nothing_sets_nothing_aside():
    parts = (Tranche(amount_fen=AMOUNT, due_on=START), Tranche(amount_fen=0, due_on=date(2027, 1, 4)))
    heard = after(accepted(a_form(schedule=parts)), opinion(), "ji", APPROVED_ON)
    answered = answer(after(heard, countersign(schedule=parts), "feng", APPROVED_ON))
    assert {each.account.year for each in answered.events[1].postings} == {2026}


def test_of_two_cases_racing_for_one_appropriation_the_second_finds_it_gone():
    first, second = reviewed(), reviewed()
    there_is = BalanceOf(appropriation(2026))
    won = answer(first.with_fact(there_is, 20_000_000))
    left = 20_000_000 + sum(each.amount_fen for each in won.events[1].postings if each.account == appropriation(2026))
    assert left == 8_000_000
    lost = answer(second.with_fact(there_is, left))
    assert (refusal(lost)[0], details(lost)["available_fen"]) == ("funding_missing", left)


def test_a_purpose_has_an_appropriation_of_its_own():
    other = appropriation(2026).model_copy(update={"purpose": "elder_care"})
    there = reviewed().with_fact(BalanceOf(appropriation(2026)), 0).with_fact(BalanceOf(other), AMOUNT)
    assert details(answer(there))["available_fen"] == 0
