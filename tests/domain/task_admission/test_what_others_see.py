"""What others see of an owed item: who must do what next, the keys it is found by, what it uses up, what it burdens.

S4-35 (one item once); S1e-28 (a voucher pays once); S3-12 and dossier §8 row 8 (one accountable officer); ADMISSION §2.
"""

from datetime import date

import pytest

from domain.kernel.clock_events import DeclareMissed
from domain.kernel.facts import burden_key
from domain.kernel.view import View, Work
from domain.task_admission.commands import DeclineAgreement, EndTerm, RecheckProof, RefuseTask, SubmitApplication
from domain.task_admission.commands.legs import Assignment
from domain.task_admission.state import view
from domain.task_admission.state.view import voucher_key
from tests.domain.task_admission.district import STANDARD_ITEM, START, District, a_form, refusal, seat
from tests.domain.task_admission.main_line import (
    AMOUNT,
    APPROVED_ON,
    PAID_ON,
    SIGNED_ON,
    accepted,
    active,
    after,
    agreed,
    approved,
    completed,
    confirmed,
    decided,
    disburse,
    empowered,
    grant,
    leaving,
    name_people,
    paid,
    reviewed,
    settlement,
    sign,
)
from tests.domain.task_admission.owed import (
    concluded,
    delivered,
    halfway,
    in_a_village,
    in_parts,
    listed,
    with_seats,
    with_subdistrict,
    without_seats,
)

VOUCHER = voucher_key("health", "V-2026-0001")
LAST = date(2027, 5, 31)
HALF = AMOUNT // 2


def seen(there: District) -> View:
    return view(there.case.state)


def work(there: District) -> list[tuple[str, str, str | None, str | None]]:
    return [(each.task, each.role, each.organisation, each.limit) for each in seen(there).work]


def item(there: District, task: str) -> Work:
    return next(each for each in seen(there).work if each.task == task)


# --- work
def test_while_the_agreement_is_pending_both_sign_and_the_department_brings_the_legs():
    assert work(approved()) == [
        ("sign_agreement", "delegating_department", "health", "signature"),
        ("sign_agreement", "residents_committee", "harbour", "signature"),
        ("grant_authority", "delegating_department", "health", None),
        ("name_people", "delegating_department", "health", None),
    ]
    assert {each.since for each in seen(approved()).work} == {APPROVED_ON}


@pytest.mark.parametrize(("by", "left"), [("chen", "harbour"), ("wu", "health")])
def test_who_has_signed_need_not_sign_again(by, left):
    there = after(approved(), sign(), by, SIGNED_ON)
    assert [each[2] for each in work(there) if each[0] == "sign_agreement"] == [left]


def test_once_it_is_signed_the_payer_pays_each_payment_by_its_own_limit():
    there = in_parts()
    paying = [each for each in work(there) if each[0].startswith("pay_tranche")]
    assert paying == [
        ("pay_tranche/1", "finance_bureau", None, "funds/1"),
        ("pay_tranche/2", "finance_bureau", None, "funds/2"),
    ]
    assert item(there, "pay_tranche/2").since == SIGNED_ON


@pytest.mark.parametrize(
    ("channel", "role", "organisation"),
    [
        ("finance_bureau", "finance_bureau", None),
        ("delegating_department", "delegating_department", "health"),
        ("subdistrict_office", "subdistrict_office", None),
        ("township_government", "township_government", None),
    ],
)
def test_the_hand_that_pays_has_the_work_and_the_limit(channel, role, organisation):
    there = concluded(a_form(money={"channel": channel}))
    assert work(there)[-1][:3] == ("pay_tranche/1", role, organisation)
    clock = there.case.clocks["funds/1"]
    assert (clock.owner, clock.organisation) == (role, organisation)


def test_a_subdistrict_that_asks_and_pays_itself_has_it_as_the_applicant():
    form = a_form(cost_bearer="quay_office", accountable_officer="zhao", money={"channel": "subdistrict_office"})
    there = concluded(form, with_subdistrict(), by="zhao", head="qiu")
    assert work(there)[-1][:3] == ("pay_tranche/1", "delegating_department", "quay_office")


def test_what_is_granted_named_and_paid_is_no_longer_to_be_done():
    assert [each[0] for each in work(agreed())] == ["grant_authority", "name_people", "pay_tranche/1"]
    assert [each[0] for each in work(empowered())] == ["pay_tranche/1"]
    assert work(paid()) == []


def test_a_payment_on_its_way_is_for_the_community_to_confirm_since_the_first_part_left():
    there = after(empowered(), disburse(amount_fen=HALF), "feng", PAID_ON)
    there = after(there, disburse(amount_fen=HALF - 1, voucher="V-2"), "feng", date(2026, 5, 22))
    assert work(there) == [
        ("pay_tranche/1", "finance_bureau", None, "funds/1"),
        ("confirm_receipt/1", "residents_committee", "harbour", None),
    ]
    assert item(there, "confirm_receipt/1").since == PAID_ON


def test_of_a_listed_item_nobody_need_grant_authority():
    assert [each[0] for each in work(listed())] == ["name_people", "pay_tranche/1"]


def test_a_leg_that_was_lost_is_to_be_brought_again_by_whom_it_concerns():
    short = after(agreed(), grant(until_on=START), "chen", SIGNED_ON)
    gone = after(short, RecheckProof(), "schedule", date(2026, 6, 2))
    assert [each[0] for each in work(gone)][:2] == ["grant_authority", "name_people"]
    worker = Assignment(person="ji", organisation="harbour", hours_a_month=8)
    both = after(empowered(), name_people(people=(worker,), accountable_officer=None), "wu", SIGNED_ON)
    left = after(without_seats(both, "ji"), RecheckProof(because="directory"), "schedule", date(2026, 5, 6))
    assert [each[:3] for each in work(left)][:2] == [
        ("name_people", "delegating_department", "health"),
        ("name_people", "residents_committee", "harbour"),
    ]
    alone = after(without_seats(empowered(), "li"), RecheckProof(because="directory"), "schedule", date(2026, 5, 6))
    assert [each[0] for each in work(alone)] == ["name_people", "pay_tranche/1"]


def test_while_it_is_active_later_payments_are_to_be_made_and_the_quarter_is_reported_on():
    assert work(active()) == [("report_fund_use", "residents_committee", "harbour", "fund_use_report")]
    assert [each[0] for each in work(halfway())] == ["pay_tranche/2", "report_fund_use"]


def test_on_the_way_out_each_part_is_somebodys():
    assert work(leaving()) == [
        ("decide_exit", "approver", None, "exit_decision"),
        ("accept_completion", "delegating_department", "health", None),
        ("confirm_completion", "residents_committee", "harbour", None),
        ("report_fund_use", "residents_committee", "harbour", "fund_use_report"),
        ("propose_settlement", "residents_committee", "harbour", "settlement"),
    ]
    assert {each.since for each in seen(leaving()).work if each.task != "report_fund_use"} == {LAST}
    assert [each[0] for each in work(confirmed())] == ["report_fund_use", "propose_settlement"]


def test_what_is_still_owed_is_still_to_be_paid_and_confirmed():
    there = leaving(halfway())
    assert "pay_tranche/2" in [each[0] for each in work(there)]
    sent = after(there, disburse(tranche=2, amount_fen=HALF, voucher="V-2"), "feng", date(2027, 6, 2))
    assert "confirm_receipt/2" in [each[0] for each in work(sent)]


def test_what_was_proposed_is_finances_to_check():
    there = after(confirmed(), settlement(), "ji", date(2027, 6, 4))
    checking = item(there, "check_settlement")
    assert (checking.role, checking.limit, checking.since) == ("finance_bureau", "settlement", date(2027, 6, 4))
    settled = after(after(leaving(), settlement(), "ji", date(2027, 6, 4)), settlement(), "feng", date(2027, 6, 4))
    assert not {"propose_settlement", "check_settlement"} & {each[0] for each in work(settled)}


def test_in_a_village_the_villagers_committee_has_the_communitys_work():
    there = leaving(in_a_village())
    assert {each[1] for each in work(there) if each[2] == "fields"} == {"villagers_committee"}


def test_what_is_over_asks_nothing_of_anybody():
    assert work(completed()) == []


def test_each_piece_of_work_is_under_a_limit_that_runs():
    for there in (approved(), agreed(), in_parts(), halfway(), decided()):
        for limit in {each[3] for each in work(there)} - {None}:
            assert limit in there.case.clocks, (there.case.state.phase, limit)


def test_a_missed_payment_stays_to_be_made():
    there = after(agreed(), DeclareMissed(limit="funds/1"), "schedule", date(2026, 6, 2))
    assert "pay_tranche/1" in [each[0] for each in work(there)]


# --- the accountable officer
@pytest.mark.parametrize("there", [empowered, active, halfway, in_a_village, leaving])
def test_every_item_that_was_given_people_shows_one_accountable_officer(there):
    assert there().case.state.accountable_officer == "chen"


def test_before_the_department_has_named_its_people_nobody_answers_for_them():
    worker = Assignment(person="ji", organisation="harbour", hours_a_month=8)
    there = after(agreed(), name_people(people=(worker,), accountable_officer=None), "wu", SIGNED_ON)
    assert there.case.state.accountable_officer is None


def test_the_last_named_officer_is_the_one():
    there = after(empowered(), name_people(accountable_officer="li"), "chen", date(2026, 4, 1))
    assert there.case.state.accountable_officer == "li"


# --- keys: what may stand on a checklist once
@pytest.mark.parametrize("there", [approved, agreed, active, leaving])
def test_from_the_approval_on_the_item_is_the_communitys_one_of_its_kind(there):
    assert seen(there()).keys[:2] == (STANDARD_ITEM, burden_key("harbour"))


@pytest.mark.parametrize("there", [accepted, reviewed])
def test_before_it_is_not(there):
    assert seen(there()).keys == ()


def test_a_second_application_for_it_is_refused_until_the_first_is_over():
    taken = District(holding=("task-0000000000000002",)).drafted(a_form())
    assert refusal(taken.answer(SubmitApplication()))[0] == "duplicate_item"
    assert seen(completed()).keys == ()


def test_a_listed_item_is_on_the_checklist_from_its_confirmation_on():
    held = ("item:harbour:L-RC25:10.3:public_health_notices", burden_key("harbour"))
    assert seen(listed()).keys[:2] == held


# --- vouchers
@pytest.mark.parametrize("there", [paid, active, leaving, completed])
def test_a_voucher_that_paid_is_used_up_for_good(there):
    assert seen(there()).used_up == (VOUCHER,)


def test_also_where_the_item_was_refused_or_lapsed_after_it_had_paid():
    part = delivered(empowered(), amount_fen=HALF)
    refused = after(part, RefuseTask(leg="money", reasons="经费未到位。"), "wu", date(2026, 6, 2))
    lapsed = after(part, EndTerm(), "schedule", date(2027, 6, 1))
    assert (seen(refused).used_up, seen(lapsed).used_up) == ((VOUCHER,), (VOUCHER,))


def test_what_paid_nothing_used_up_nothing():
    declined = after(approved(), DeclineAgreement(reasons="人手不足。"), "wu", SIGNED_ON)
    lapsed = after(agreed(), EndTerm(), "schedule", date(2027, 6, 1))
    for there in (approved(), agreed(), declined, lapsed):
        assert seen(there).used_up == ()


# --- burden
@pytest.mark.parametrize("there", [approved, agreed, active, leaving, listed])
def test_from_the_approval_on_it_burdens_the_community_with_the_hours_it_asks_for(there):
    assert seen(there()).burden_hours == 40


@pytest.mark.parametrize("there", [reviewed, completed])
def test_before_it_and_once_it_is_over_it_burdens_nobody(there):
    assert seen(there()).burden_hours == 0


# --- parties
def test_each_side_has_two_roles_and_the_other_kind_of_committee_has_none_here():
    shown = seen(active())
    assert [(each.role, each.organisation) for each in shown.parties] == [
        ("delegating_department", "health"),
        ("head_of_department", "health"),
        ("residents_committee", "harbour"),
        ("committee_director", "harbour"),
    ]
    assert shown.unheld == ("villagers_committee",)
    assert seen(in_a_village()).unheld == ("residents_committee",)


def test_a_member_of_a_village_committee_does_not_act_in_a_residents_committees_case():
    there = with_seats(empowered(), seat("ma", "fields", "villagers_committee"))
    answer = there.answer(RefuseTask(leg="money", reasons="经费未到位。"), by="ma", on=date(2026, 6, 2))
    assert refusal(answer) == ("not_your_role", "dossier §3.1")


def test_nor_a_member_of_a_residents_committee_in_a_villages():
    there = leaving(in_a_village())
    assert refusal(there.answer(settlement(), by="ji", on=date(2027, 6, 2))) == ("not_your_role", "dossier §3.1")
