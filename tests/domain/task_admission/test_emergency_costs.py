"""What a community spends against a threat the department pays, to the fen, when it is over (ADMISSION §6)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.kernel.ledger import Account, check, postings_of
from domain.task_admission.commands import (
    AcceptApplication,
    ConfirmListed,
    DirectToDepartment,
    LapseEmergency,
    RejectApplication,
    WithdrawApplication,
)
from domain.task_admission.events import EmergencyCostsReported, EmergencySettled
from tests.domain.task_admission.district import LISTED, District, a_form, appropriation, details, refusal, seat
from tests.domain.task_admission.main_line import after, approve, opinion, reviewed
from tests.domain.task_admission.mending import sent_back
from tests.domain.task_admission.owed import account, share
from tests.domain.task_admission.test_conference_decision import disputed, says
from tests.domain.task_admission.threatened import CEILING, come_back, confirmed, declared, regularised, spend

ON = date(2026, 3, 9)
LAPSES_ON = date(2026, 3, 12)
PAID = 200_000


def spent(there: District | None = None) -> District:
    return after(there or confirmed(), spend(PAID), "ji", ON)


def settled(there: District, command, by: str, on: date = date(2026, 3, 11)) -> District:
    return after(there, command, by, on)


# --- reported
def test_the_committee_reports_receipt_by_receipt_what_it_spent():
    answered = confirmed().answer(spend(PAID), by="ji", on=ON)
    assert answered.events == (
        EmergencyCostsReported(amount_fen=PAID, what="转移车辆和饮水", voucher="R-1", by="ji", on=ON),
    )
    assert answered.answer.phase == "emergency_active"


def test_a_receipt_counts_once():
    assert spent().answer(spend(PAID), by="wu", on=ON).answer.outcome == "nothing_new"
    assert refusal(spent().answer(spend(PAID + 1), by="ji", on=ON))[0] == "voucher_used"


def test_no_more_is_paid_than_was_set_aside_to_the_fen():
    assert spent().answer(spend(CEILING - PAID, "R-2"), by="ji", on=ON).answer.outcome == "recorded"
    beyond = spent().answer(spend(CEILING - PAID + 1, "R-2"), by="ji", on=ON)
    assert (refusal(beyond)[0], details(beyond)["left_fen"]) == ("beyond_emergency_funds", CEILING - PAID)
    assert refusal(confirmed().answer(spend(0), by="ji", on=ON))[0] == "beyond_emergency_funds"


def test_only_the_community_says_so_and_only_of_confirmed_work():
    assert refusal(confirmed().answer(spend(), by="li", on=ON))[0] == "not_your_role"
    assert refusal(declared().answer(spend(), by="ji", on=ON))[0] == "wrong_phase"
    assert refusal(reviewed().answer(spend(), by="ji", on=ON))[0] == "wrong_phase"
    joint = replace(confirmed(), seats=(*District().seats, seat("zhou", "harbour", "residents_committee")))
    assert refusal(joint.answer(spend(), by="zhou", on=ON))[0] == "substitute_needed"


def test_while_it_waits_to_be_decided_on_the_work_goes_on_and_its_costs_come_in():
    there = regularised()
    for stage in (
        there,
        sent_back(there, ON),
        after(there, AcceptApplication(), "wang", ON),
        reviewed(after(there, AcceptApplication(), "wang", ON)),
    ):
        assert spent(stage).case.state.phase == stage.case.state.phase


# --- settled
def test_an_emergency_that_lapses_has_its_costs_paid_and_the_rest_is_free_again():
    there = settled(spent(), LapseEmergency(), "schedule", LAPSES_ON)
    assert [each for each in there.history if isinstance(each, EmergencySettled)][-1].paid_fen == PAID
    assert share(there) == {appropriation(2026): -PAID, account(2026, "spent"): PAID}


def test_where_nothing_was_spent_all_is_free_again():
    there = settled(confirmed(), LapseEmergency(), "schedule", LAPSES_ON)
    assert share(there) == {}


def test_where_all_was_spent_nothing_is_left_to_free():
    there = settled(after(confirmed(), spend(CEILING), "ji", ON), LapseEmergency(), "schedule", LAPSES_ON)
    assert share(there) == {appropriation(2026): -CEILING, account(2026, "spent"): CEILING}


def test_the_communitys_account_is_of_the_year_in_which_it_is_paid():
    there = settled(spent(), LapseEmergency(), "schedule", date(2027, 1, 4))
    assert share(there) == {appropriation(2026): -PAID, account(2027, "spent"): PAID}


LISTED_BACK = after(confirmed(), come_back(LISTED), "li", ON)
ROUTINE_BACK = after(confirmed(), come_back(a_form(routine=True)), "li", ON)
REVIEWED_BACK = reviewed(after(regularised(), AcceptApplication(), "wang", ON))
DISPUTED_BACK = disputed(after(regularised(), AcceptApplication(), "wang", ON))
REJECTION = RejectApplication(reason="duty_shifting", reasons="属于部门职责。", article="S1f-04")


@pytest.mark.parametrize(
    ("there", "command", "by", "phase"),
    [
        (confirmed(), WithdrawApplication(), "li", "withdrawn"),
        (regularised(), WithdrawApplication(), "li", "withdrawn"),
        (regularised(), REJECTION, "wang", "rejected"),
        (REVIEWED_BACK, REJECTION, "wang", "rejected"),
        (ROUTINE_BACK, DirectToDepartment(), "wang", "direct_by_department"),
        (LISTED_BACK, ConfirmListed(conditions="提供材料。"), "wang", "funds_pending"),
        (REVIEWED_BACK, approve(), "zhou", "agreement_pending"),
        (DISPUTED_BACK, says("reject"), "linked_case", "rejected"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_whatever_is_decided_the_costs_are_paid_in_the_same_answer(there, command, by, phase):
    answered = spent(there).answer(command, by=by, on=date(2026, 3, 11))
    assert answered.answer.phase == phase
    (paid,) = [each for each in answered.events if isinstance(each, EmergencySettled)]
    assert (paid.paid_fen, paid.released_fen) == (PAID, CEILING - PAID)
    for event in answered.events:
        check(postings_of(event))


def test_a_proof_still_cites_the_confirmation_that_followed_the_settlement():
    there = after(spent(LISTED_BACK), ConfirmListed(conditions="提供材料。"), "wang", date(2026, 3, 11))
    shown = there.case.state.item.confirmed
    assert type(there.history[shown.version - 1]) is type(shown.event)


def test_a_call_of_the_conference_settles_nothing():
    accepted = after(regularised(), AcceptApplication(), "wang", ON)
    objected = after(spent(accepted), opinion(opinion="object", reasons="无力值守。"), "wu", ON)
    assert not any(isinstance(each, EmergencySettled) for each in objected.history)
    back = after(objected, WithdrawApplication(), "li", date(2026, 3, 11))
    assert share(back) == {appropriation(2026): -PAID, account(2026, "spent"): PAID}


def test_what_was_settled_takes_no_more_costs():
    there = after(spent(REVIEWED_BACK), approve(), "zhou", date(2026, 3, 11))
    assert refusal(there.answer(spend(PAID, "R-9"), by="ji", on=date(2026, 3, 12)))[0] == "wrong_phase"


def test_the_department_never_pays_from_anything_but_its_own_appropriation():
    there = settled(spent(), LapseEmergency(), "schedule", LAPSES_ON)
    paying: set[Account] = {
        line.account for event in there.history for line in postings_of(event) if line.amount_fen < 0
    }
    assert {(each.owner, each.purpose) for each in paying} == {("health", "elder_meals"), ("harbour", "elder_meals")}
