"""What an agreement must hold, and that it asks for no more than the decision admits (dossier §4.1; ADMISSION §5)."""

from datetime import date

import pytest

from domain.kernel.errors import BadInput
from domain.kernel.messages import body_of
from domain.task_admission.application import Term, Tranche
from domain.task_admission.decider import TASK_ADMISSION
from domain.task_admission.events import FundsReleased
from domain.task_admission.rules.agreement import CONTENTS
from tests.domain.task_admission.district import START, a_form, appropriation, details, refusal
from tests.domain.task_admission.main_line import (
    AMOUNT,
    APPROVED_ON,
    END,
    SCOPE,
    accepted,
    after,
    approve,
    approved,
    countersign,
    opinion,
    sign,
)
from tests.domain.task_admission.signing import answer, signed_by_department

SOURCE = "S2-08, dossier §4.1"
EMPTY = {name: () if name in {"scope", "payments"} else None for name in CONTENTS}
IN_2027 = date(2027, 1, 4)
TWO_YEARS = (Tranche(amount_fen=8_000_000, due_on=START), Tranche(amount_fen=4_000_000, due_on=IN_2027))


def over_two_years():
    heard = after(accepted(a_form(schedule=TWO_YEARS)), opinion(), "ji", APPROVED_ON)
    return approved(after(heard, countersign(schedule=TWO_YEARS), "feng", APPROVED_ON))


# --- contents
@pytest.mark.parametrize("content", CONTENTS)
def test_each_content_that_is_missing_is_named(content):
    answered = answer(**{content: EMPTY[content]})
    assert refusal(answered) == ("incomplete_agreement", SOURCE)
    assert details(answered)["fields"] == [content]


def test_an_empty_agreement_names_all_of_them():
    assert details(answer(**EMPTY))["fields"] == [*CONTENTS]


def test_the_contents_are_those_of_the_law():
    assert set(CONTENTS) >= {"scope", "standard", "term", "amount_fen", "payments", "acceptance", "change", "exit"}
    assert "disputes" in CONTENTS


@pytest.mark.parametrize("payments", [(AMOUNT - 1,), (AMOUNT + 1,), (AMOUNT, 1)])
def test_the_payments_make_the_amount_to_the_fen(payments):
    parts = tuple(Tranche(amount_fen=each, due_on=START) for each in payments)
    answered = answer(payments=parts)
    assert (refusal(answered)[0], details(answered)["fields"]) == ("incomplete_agreement", ["payments"])


def test_a_payment_of_nothing_is_none():
    parts = (Tranche(amount_fen=AMOUNT, due_on=START), Tranche(amount_fen=0, due_on=END))
    assert details(answer(payments=parts))["fields"] == ["payments"]


def test_an_agreement_on_nothing_is_incomplete():
    assert details(answer(amount_fen=0, payments=(Tranche(amount_fen=0, due_on=START),)))["fields"] == ["amount_fen"]


def test_a_term_that_runs_backwards_is_bad_input():
    body = body_of(sign()) | {"agreement": {"term": {"start_on": "2027-05-31", "end_on": "2026-06-01"}}}
    with pytest.raises(BadInput) as defect:
        TASK_ADMISSION.commands.read("SignAgreement", body)
    assert defect.value.where == "agreement.term"


# --- within the decision
def test_an_agreement_on_another_decision_is_refused():
    answered = answer(decision_no="东准〔2026〕99号")
    assert refusal(answered) == ("beyond_decision", SOURCE)
    assert details(answered) == {"why": "another_decision", "decision_no": "东准〔2026〕12号"}


def test_what_the_decision_does_not_name_is_not_agreed_on():
    answered = answer(scope=(*SCOPE, "代办入户体检"))
    assert details(answered) == {"why": "scope", "lines": ["代办入户体检"]}


def test_less_than_the_decision_names_may_be_agreed_on():
    assert answer(scope=SCOPE[:1]).answer.outcome == "recorded"


@pytest.mark.parametrize(
    ("start_on", "end_on", "outcome"),
    [
        (START, END, "recorded"),
        (date(2026, 6, 2), date(2027, 5, 30), "recorded"),
        (date(2026, 5, 31), END, "refused"),
        (START, date(2027, 6, 1), "refused"),
    ],
)
def test_not_a_day_beyond_the_decisions_term(start_on, end_on, outcome):
    answered = answer(term=Term(start_on=start_on, end_on=end_on))
    assert answered.answer.outcome == outcome
    if outcome == "refused":
        assert details(answered) == {"why": "term", "end_on": "2027-05-31"}


def test_not_a_fen_beyond_the_decisions_amount():
    more = (Tranche(amount_fen=AMOUNT + 1, due_on=START),)
    answered = answer(amount_fen=AMOUNT + 1, payments=more)
    assert details(answered) == {"why": "amount", "amount_fen": AMOUNT}


@pytest.mark.parametrize(("moved", "outcome"), [(0, "recorded"), (1, "refused")])
def test_not_a_fen_of_one_years_money_in_another_year(moved, outcome):
    parts = (
        Tranche(amount_fen=8_000_000 + moved, due_on=START),
        Tranche(amount_fen=4_000_000 - moved, due_on=IN_2027),
    )
    answered = answer(over_two_years(), payments=parts)
    assert answered.answer.outcome == outcome
    if moved:
        assert refusal(answered) == ("beyond_decision", SOURCE)
        assert details(answered) == {"why": "year", "year": 2026, "amount_fen": 8_000_000}


def test_a_year_for_which_nothing_was_set_aside_pays_nothing():
    late = (Tranche(amount_fen=AMOUNT, due_on=IN_2027),)
    assert details(answer(payments=late)) == {"why": "year", "year": 2027, "amount_fen": 0}


# --- what is agreed on less is free again
def test_money_that_the_agreement_does_not_need_is_free_again():
    less = {"amount_fen": AMOUNT - 1, "payments": (Tranche(amount_fen=AMOUNT - 1, due_on=START),)}
    first = after(approved(), sign(**less), "chen", date(2026, 3, 20))
    answered = answer(first, by="wu", **less)
    (released,) = (each for each in answered.events if isinstance(each, FundsReleased))
    assert (released.amount_fen, released.because) == (1, "less_agreed")
    assert answered.after.state.money.held("reserved") == {appropriation(2026).turned("reserved"): AMOUNT - 1}


def test_year_by_year():
    less = {"amount_fen": 8_000_000, "payments": TWO_YEARS[:1]}
    first = after(over_two_years(), sign(**less), "chen", date(2026, 3, 20))
    held = answer(first, by="wu", **less).after.state.money.held("reserved")
    assert held == {appropriation(2026).turned("reserved"): 8_000_000}


def test_an_agreement_on_all_of_it_frees_nothing():
    answered = answer(signed_by_department(), by="wu")
    assert not any(isinstance(each, FundsReleased) for each in answered.events)


def test_an_admission_of_several_parts_gives_each_its_limit():
    first = after(over_two_years(), sign(payments=TWO_YEARS), "chen", date(2026, 3, 20))
    clocks = answer(first, by="wu", payments=TWO_YEARS).after.clocks
    assert (clocks["funds/1"].deadline.due_on, clocks["funds/2"].deadline.due_on) == (START, IN_2027)
    assert approve().decision_no == "东准〔2026〕12号"
