"""Money is paid by the lawful hand, to its own purpose, by who bears it on the day it is due, once a voucher.

S1e-26 (channel); S1e-28, S1f-16 (earmarked); L-RC25:43, L-VC18:37¶1 (bearer); ADMISSION §5, §8 items 7 and 30.
"""

from dataclasses import replace
from datetime import date
from json import dumps

import pytest

from domain.kernel.facts import CasesHolding
from domain.kernel.ledger import BalanceOf
from domain.kernel.policy import Pack
from domain.task_admission.application import Tranche
from domain.task_admission.events import FundsDisbursed
from domain.task_admission.state.view import voucher_key
from tests.domain.task_admission.changed_packs import with_changed, with_grade
from tests.domain.task_admission.district import (
    BEFORE,
    TODAY,
    District,
    a_form,
    an_old_form,
    details,
    packs,
    refusal,
    seat,
)
from tests.domain.task_admission.main_line import (
    AMOUNT,
    PAID_ON,
    after,
    approved,
    completed,
    disburse,
    empowered,
    leaving,
)
from tests.domain.task_admission.owed import (
    HALVES,
    VILLAGE_BASIS,
    account,
    concluded,
    halfway,
    happened,
    in_parts,
    share,
    with_seats,
    with_subdistrict,
)

SOURCE = "S1e-28, dossier §4.1"
OTHER_CASE = "task-0000000000000002"


def finance_bears(*, until: str | None) -> Pack:
    """Give a local rule by which finance bears what departments ask of residents' committees."""
    rule = {"name": "delegation_bearer_residents", "value": "finance_bureau", "unit": "role", "read_on": "each_day"}
    dated = {"valid_from": "2010-01-01", "valid_to": until, "source": "local rule", "grade": "yes"}
    pack = {"name": "local", "title": "local", "stands_on": ["national"], "valid_from": "2010-01-01", "source": "local"}
    return Pack.model_validate_json(dumps({**pack, "entries": [{**rule, **dated}]}))


def payment(there: District | None = None, *, by: str = "feng", on: date = PAID_ON, **said):
    return (there or empowered()).answer(disburse(**said), by=by, on=on)


def from_hand(channel: str) -> District:
    return concluded(a_form(money={"channel": channel}))


# --- what a payment is
def test_a_payment_leaves_what_was_set_aside_and_is_on_its_way():
    there = after(empowered(), disburse(), "feng", PAID_ON)
    event = happened(there, FundsDisbursed)
    assert (event.payer, event.voucher, event.tranche, event.by) == ("health", "V-2026-0001", 1, "feng")
    assert share(there) == {
        account(2026, "available", owner="health"): -AMOUNT,
        account(2026, "in_transit", owner="health"): AMOUNT,
    }


@pytest.mark.parametrize("there", [approved, completed])
def test_nothing_is_paid_before_the_agreement_nor_once_all_is_settled(there):
    answer = payment(there())
    assert refusal(answer)[0] in {"wrong_phase", "case_closed"}


def test_what_is_owed_is_paid_also_when_the_term_is_over():
    first = in_parts()
    on_time = after(first, disburse(amount_fen=HALVES[0].amount_fen), "feng", PAID_ON)
    assert payment(on_time, tranche=2, amount_fen=HALVES[1].amount_fen, voucher="V-2").answer.outcome == "recorded"
    late = payment(leaving(halfway()), **second_half(), on=date(2027, 6, 2))
    assert (late.answer.outcome, late.answer.phase) == ("recorded", "exit_review")


def second_half():
    return {"tranche": 2, "amount_fen": HALVES[1].amount_fen, "voucher": "V-2027-0001"}


# --- the hand
def test_each_hand_pays_what_the_application_named_it_for():
    assert payment(from_hand("finance_bureau"), by="feng").answer.outcome == "recorded"
    assert payment(from_hand("delegating_department"), by="li").answer.outcome == "recorded"
    assert payment(from_hand("delegating_department"), by="chen").answer.outcome == "recorded"


@pytest.mark.parametrize(
    ("channel", "by", "lawful"),
    [
        ("finance_bureau", "li", ["finance_bureau"]),
        ("finance_bureau", "chen", ["finance_bureau"]),
        ("delegating_department", "feng", ["delegating_department", "head_of_department"]),
        ("subdistrict_office", "feng", ["subdistrict_office"]),
    ],
)
def test_another_hand_than_the_named_one_does_not_pay(channel, by, lawful):
    answer = payment(from_hand(channel), by=by)
    assert refusal(answer) == ("forbidden_channel", "S1e-26")
    assert details(answer)["payers"] == lawful


def test_a_subdistrict_pays_through_its_own_seat_where_it_is_the_hand():
    there = with_seats(from_hand("subdistrict_office"), seat("cashier", "quay_office", "subdistrict_office"))
    assert payment(there, by="cashier").answer.outcome == "recorded"


def test_a_subdistrict_that_asks_and_pays_itself_does_so_as_the_applicant():
    form = a_form(cost_bearer="quay_office", accountable_officer="zhao", money={"channel": "subdistrict_office"})
    there = concluded(form, with_subdistrict(), by="zhao", head="qiu")
    assert payment(there, by="zhao").events[0].payer == "quay_office"
    assert refusal(payment(there, by="feng"))[0] == "forbidden_channel"


@pytest.mark.parametrize("by", ["he", "wang", "wu", "zhou"])
def test_nobody_else_pays(by):
    assert refusal(payment(by=by)) == ("not_your_role", "dossier §3.1")


def test_in_changsha_a_department_no_longer_pays_once_the_pack_holds():
    there = replace(from_hand("delegating_department"), packs=(packs()["national"], packs()["changsha"]))
    answer = payment(there, by="li")
    assert refusal(answer) == ("forbidden_channel", "S1e-26")
    assert (details(answer)["channel"], details(answer)["payers"]) == ("delegating_department", ["finance_bureau"])
    assert payment(from_hand("delegating_department"), by="li").answer.outcome == "recorded"


def test_in_changsha_finance_pays():
    there = replace(empowered(), packs=(packs()["national"], packs()["changsha"]))
    assert payment(there).answer.outcome == "recorded"


def test_a_channel_rule_that_is_only_a_draft_warns():
    drafted = with_changed("payers", grade="draft", value=["finance_bureau"])
    there = replace(from_hand("delegating_department"), packs=(drafted,))
    event = payment(there, by="li").events[0]
    assert [each.code for each in event.warnings] == ["task_admission.forbidden_channel"]


# --- purpose
@pytest.mark.parametrize("said", [{"purpose": "road_repair"}, {"source": "special_funds"}])
def test_money_of_one_purpose_or_source_does_not_pay_for_another(said):
    answer = payment(**said)
    assert refusal(answer) == ("diversion", "S1e-28, S1f-16")
    assert details(answer)["earmarked"] == "elder_meals"


def test_nor_under_a_voucher_that_has_already_paid_for_the_right_one():
    there = after(empowered(), disburse(), "feng", PAID_ON)
    assert refusal(payment(there, purpose="road_repair"))[0] == "diversion"


# --- tranche and amount
def test_a_payment_that_the_agreement_does_not_name_is_refused():
    assert payment(in_parts(), **second_half()).answer.outcome == "recorded"
    answer = payment(in_parts(), tranche=3, amount_fen=1)
    assert refusal(answer) == ("no_such_tranche", SOURCE)
    assert (details(answer)["tranche"], details(answer)["payments"]) == (3, 2)


def test_one_fen_more_than_is_outstanding_is_too_much():
    answer = payment(amount_fen=AMOUNT + 1)
    assert refusal(answer) == ("beyond_tranche", SOURCE)
    assert details(answer)["outstanding_fen"] == AMOUNT


def test_a_payment_may_come_in_parts_that_together_make_it_whole():
    there = after(empowered(), disburse(amount_fen=AMOUNT - 1), "feng", PAID_ON)
    assert payment(there, amount_fen=1, voucher="V-2").answer.outcome == "recorded"
    answer = payment(there, amount_fen=2, voucher="V-2")
    assert (refusal(answer)[0], details(answer)["outstanding_fen"]) == ("beyond_tranche", 1)


def test_a_payment_of_nothing_is_none():
    assert refusal(payment(amount_fen=0))[0] == "ledger.amount_not_positive"


# --- the bearer, by the day the payment falls due (⟨30⟩)
def in_the_new_year(*due: date) -> District:
    """Give an item of 2025 that finance bears, with a payment due on each day; from 2026 on the department pays."""
    payments = tuple(Tranche(amount_fen=1_000_000, due_on=day) for day in due)
    amount, end_on = 1_000_000 * len(due), date(2026, 10, 31)
    form = an_old_form(cost_bearer="finance", end_on=end_on, schedule=payments, amount_fen=amount)
    money = {BalanceOf(account(year, "available", owner="finance")): amount for year in (2025, 2026)}
    lawful = District(packs=(packs()["national"], finance_bears(until=None)), facts=money)
    case = concluded(form, lawful, submitted_on=BEFORE)
    return replace(case, packs=(packs()["national"], finance_bears(until="2025-12-31")))


def test_a_payment_due_on_the_last_day_of_2025_is_still_borne_by_whom_the_old_rule_names():
    there = in_the_new_year(date(2025, 12, 31), date(2026, 1, 1))
    assert payment(there, amount_fen=1_000_000, on=date(2026, 1, 5)).events[0].payer == "finance"


def test_one_due_on_the_first_day_of_2026_is_the_departments_also_in_an_older_case():
    there = in_the_new_year(date(2025, 12, 31), date(2026, 1, 1))
    answer = payment(there, tranche=2, amount_fen=1_000_000, on=date(2025, 12, 30))
    assert refusal(answer) == ("wrong_cost_bearer", "L-RC25:43¶2")
    assert (details(answer)["on"], details(answer)["lawful_bearer"]) == ("2026-01-01", "health")


def test_a_bearer_rule_that_is_only_proposed_warns_at_payment():
    proposed = with_grade("delegation_bearer_residents", "no")
    there = replace(in_the_new_year(date(2025, 12, 31), date(2026, 1, 1)), packs=(proposed,))
    event = payment(there, tranche=2, amount_fen=1_000_000, on=date(2026, 1, 5)).events[0]
    assert [each.code for each in event.warnings] == ["task_admission.wrong_cost_bearer"]


def test_towards_a_village_committee_the_department_pays_on_both_sides_of_2026():
    for form, day in (
        (an_old_form(legal_basis=VILLAGE_BASIS), BEFORE),
        (a_form(legal_basis=VILLAGE_BASIS), TODAY),
    ):
        there = concluded(form, submitted_on=day, community="fields", director="deng")
        assert payment(there, on=form.start_on).events[0].payer == "health"


def test_the_subdistrict_that_asks_provides_on_both_sides_of_2026():
    for form, day in ((an_old_form, BEFORE), (a_form, TODAY)):
        asked = form(cost_bearer="quay_office", accountable_officer="zhao")
        there = concluded(asked, with_subdistrict(), by="zhao", head="qiu", submitted_on=day)
        assert payment(there, on=asked.start_on).events[0].payer == "quay_office"


# --- vouchers
def test_a_voucher_pays_once_in_a_case():
    there = after(empowered(in_parts()), disburse(amount_fen=HALVES[0].amount_fen), "feng", PAID_ON)
    answer = payment(there, tranche=2, amount_fen=HALVES[1].amount_fen)
    assert refusal(answer) == ("voucher_used", SOURCE)
    assert (details(answer)["voucher"], details(answer)["cases"]) == ("V-2026-0001", [])


def test_nor_does_it_pay_another_amount_of_the_same_payment():
    there = after(empowered(), disburse(amount_fen=AMOUNT - 1), "feng", PAID_ON)
    assert refusal(payment(there, amount_fen=1))[0] == "voucher_used"


def test_the_same_payment_told_again_is_nothing_new():
    there = after(empowered(), disburse(), "feng", PAID_ON)
    assert payment(there, on=date(2026, 5, 21)).answer.outcome == "nothing_new"


def test_a_voucher_that_another_case_used_is_used_whether_that_case_is_open_or_closed():
    """Which cases hold the key is the store's answer; a closed case keeps its vouchers (`View.used_up`)."""
    there = empowered().with_fact(CasesHolding(voucher_key("health", "V-2026-0001")), (OTHER_CASE,))
    answer = payment(there)
    assert refusal(answer) == ("voucher_used", SOURCE)
    assert details(answer)["cases"] == [OTHER_CASE]


def test_two_payers_number_their_vouchers_independently():
    there = empowered().with_fact(CasesHolding(voucher_key("education", "V-2026-0001")), (OTHER_CASE,))
    assert payment(there).answer.outcome == "recorded"
