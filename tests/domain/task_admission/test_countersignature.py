"""Finance says where the money stands; nothing moves by it (dossier §4.1 →under_review; S1e-28; ADMISSION §4)."""

from datetime import date

import pytest

from domain.kernel.ledger import BalanceOf
from domain.task_admission.application import Tranche
from domain.task_admission.events import FundsCountersigned
from domain.task_admission.state import view
from tests.domain.task_admission.district import (
    START,
    District,
    a_form,
    appropriation,
    details,
    organisation,
    refusal,
    seat,
)
from tests.domain.task_admission.main_line import (
    AMOUNT,
    HEARD_ON,
    PAYMENTS,
    accept,
    accepted,
    after,
    approved,
    countersign,
    opinion,
    reviewed,
)

TWO_YEARS = (Tranche(amount_fen=8_000_000, due_on=START), Tranche(amount_fen=4_000_000, due_on=date(2027, 1, 4)))


def answer(there=None, by="feng", on=HEARD_ON, **said):
    return (there or accepted()).answer(countersign(**said), by=by, on=on)


def test_finance_countersigns_line_source_purpose_and_schedule():
    answered = answer()
    assert answered.events == (
        FundsCountersigned(
            budget_line="2026-卫-17",
            source="department_budget",
            purpose="elder_meals",
            amount_fen=AMOUNT,
            schedule=PAYMENTS,
            by="feng",
            on=HEARD_ON,
        ),
    )
    assert answered.after.state.phase == "consulting_community"


def test_it_may_come_while_the_community_is_asked_or_during_the_review():
    heard = after(accepted(), opinion(), "ji", HEARD_ON)
    assert answer(heard).after.state.phase == "under_review"


@pytest.mark.parametrize("field", ["budget_line", "source", "purpose"])
def test_each_blank_is_named(field):
    answered = answer(**{field: None})
    assert refusal(answered) == ("funds_not_confirmed", "dossier §4.1")
    assert (details(answered)["why"], details(answered)["fields"]) == ("not_named", [field])


def test_a_schedule_that_is_missing_is_named():
    assert details(answer(schedule=()))["fields"] == ["schedule"]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("source", "special_funds"),
        ("purpose", "elder_care"),
        ("schedule", (Tranche(amount_fen=AMOUNT - 1, due_on=START),)),
        ("schedule", (Tranche(amount_fen=AMOUNT, due_on=date(2026, 6, 2)),)),
    ],
)
def test_what_differs_from_the_application_by_a_word_a_fen_or_a_day_is_named(field, said):
    answered = answer(**{field: said})
    assert refusal(answered) == ("funds_not_confirmed", "dossier §4.1")
    assert (details(answered)["why"], details(answered)["fields"]) == ("not_as_applied_for", [field])


@pytest.mark.parametrize(("there_is", "outcome"), [(AMOUNT, "recorded"), (AMOUNT - 1, "refused")])
def test_finance_confirms_no_fen_that_is_not_there(there_is, outcome):
    answered = answer(accepted().with_fact(BalanceOf(appropriation(2026)), there_is))
    assert answered.answer.outcome == outcome


@pytest.mark.parametrize(("year", "needed"), [(2026, 8_000_000), (2027, 4_000_000)])
def test_each_year_has_its_own_appropriation(year, needed):
    there = accepted(a_form(schedule=TWO_YEARS))
    enough = there.with_fact(BalanceOf(appropriation(year)), needed)
    assert answer(enough, schedule=TWO_YEARS).answer.outcome == "recorded"
    answered = answer(there.with_fact(BalanceOf(appropriation(year)), needed - 1), schedule=TWO_YEARS)
    assert refusal(answered) == ("funds_not_confirmed", "S0-08, S2-08, S4-38")
    assert details(answered) == {
        "why": "appropriation_short",
        "payer": "health",
        "purpose": "elder_meals",
        "year": year,
        "needed_fen": needed,
        "available_fen": needed - 1,
    }


def test_countersigning_the_same_again_is_nothing_new():
    assert answer(reviewed()).answer.outcome == "nothing_new"


def test_another_budget_line_is_another_word_and_so_is_going_back():
    other = after(reviewed(), countersign(budget_line="2026-卫-18"), "feng", HEARD_ON)
    answered = answer(other)
    assert answered.answer.outcome == "recorded"
    lines = [each.budget_line for each in answered.after.state.file.countersignatures]
    assert lines == ["2026-卫-17", "2026-卫-18", "2026-卫-17"]


@pytest.mark.parametrize("there", [District().submitted(), approved()], ids=["screening", "approved"])
def test_there_is_nothing_to_countersign_before_acceptance_or_after_the_decision(there):
    assert refusal(answer(there, on=date(2026, 3, 11)))[0] == "wrong_phase"


def test_finance_has_it_as_its_work_until_it_is_done():
    before = [each.task for each in view(accepted().case.state).work]
    done = [each.task for each in view(reviewed().case.state).work]
    assert ("countersign_funds" in before, "countersign_funds" in done) == (True, False)


# --- finance as the applicant: a substitute office
def applied_by_finance():
    treasury = organisation("treasury", "finance_bureau")
    seats = (seat("fan", "finance", "delegating_department"), seat("tian", "treasury", "finance_bureau"))
    there = District(organisations=(*District().organisations, treasury), seats=(*District().seats, *seats))
    form = a_form(cost_bearer="finance", accountable_officer="fan")
    money = BalanceOf(appropriation(2026).model_copy(update={"owner": "finance"}))
    submitted = there.with_fact(money, AMOUNT).submitted(form, by="fan")
    return after(submitted, accept(), "wang", date(2026, 3, 5))


def test_finance_does_not_countersign_its_own_application():
    assert refusal(answer(applied_by_finance())) == ("own_application", "dossier §3.1")


def test_a_substitute_office_does():
    assert answer(applied_by_finance(), by="tian").events[0].by == "tian"
