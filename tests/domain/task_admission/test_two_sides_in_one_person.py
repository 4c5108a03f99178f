"""Nobody acts for two sides of one case: who granted does not receive, who paid does not confirm (S3-17; dossier §3.1).

Joint posts (一人兼) are lawful: what is checked is the part somebody has played in this case, not the seats he holds.
"""

from dataclasses import replace
from datetime import date

import pytest

from domain.task_admission.commands import (
    AcceptCompletion,
    ConfirmCompletion,
    DecideExit,
    RefuseTask,
)
from domain.task_admission.commands.legs import Assignment
from tests.domain.task_admission.district import District, a_form, details, refusal, seat
from tests.domain.task_admission.main_line import (
    AMOUNT,
    PAID_ON,
    SIGNED_ON,
    after,
    agreed,
    disburse,
    empowered,
    grant,
    leaving,
    name_people,
    received,
    settlement,
)
from tests.domain.task_admission.owed import HALVES, concluded, in_a_village, in_parts, listed, with_seats

CHAIN = "S3-17, dossier §3.1"
OVERDUE = date(2026, 6, 2)
DAY = date(2027, 6, 3)
OF_HARBOUR = Assignment(person="gao", organisation="harbour", hours_a_month=8)


def joint(there: District) -> District:
    """Give a district in which Gao holds a seat in the applicant, in the committee, in finance and in the authority."""
    return with_seats(
        there,
        seat("gao", "health", "delegating_department"),
        seat("gao", "harbour", "residents_committee"),
        seat("gao", "finance", "finance_bureau"),
        seat("gao", "authority", "approver"),
    )


def as_of(there: District, command, organisation: str, on: date):
    """Let Gao ask from his seat in one organisation."""
    only = [each for each in there.seats if each.person != "gao" or each.organisation == organisation]
    return replace(there, seats=tuple(only)).answer(command, by="gao", on=on)


def without_seat(there: District, seat_id: str) -> District:
    return replace(there, seats=tuple(each for each in there.seats if each.id != seat_id))


def recorded(there: District, command, organisation: str, on: date) -> District:
    answer = as_of(there, command, organisation, on)
    assert answer.answer.outcome == "recorded", answer.answer
    return there.given(*answer.events)


# --- joint posts are lawful
@pytest.mark.parametrize(
    ("there", "command", "organisation", "on"),
    [
        (agreed, grant(), "health", SIGNED_ON),
        (agreed, name_people(), "health", SIGNED_ON),
        (agreed, name_people(people=(OF_HARBOUR,), accountable_officer=None), "harbour", SIGNED_ON),
        (empowered, disburse(), "finance", PAID_ON),
        (empowered, RefuseTask(leg="money", reasons="经费未到位。"), "harbour", OVERDUE),
        (leaving, AcceptCompletion(), "health", DAY),
        (leaving, ConfirmCompletion(), "harbour", DAY),
        (leaving, settlement(), "harbour", DAY),
    ],
)
def test_whoever_has_several_seats_may_act_from_one_of_them(there, command, organisation, on):
    assert as_of(joint(there()), command, organisation, on).answer.outcome == "recorded"


# --- but one side is enough
FIRST = [
    (grant(), "health", SIGNED_ON),
    (name_people(), "health", SIGNED_ON),
]


@pytest.mark.parametrize(("command", "organisation", "on"), FIRST)
def test_who_acted_for_the_department_does_not_refuse_for_the_community(command, organisation, on):
    there = recorded(joint(agreed()), command, organisation, on)
    answer = as_of(there, RefuseTask(leg="money", reasons="经费未到位。"), "harbour", OVERDUE)
    assert refusal(answer) == ("substitute_needed", CHAIN)
    assert details(answer)["person"] == "gao"


def test_nor_names_the_people_of_both():
    there = recorded(joint(agreed()), name_people(), "health", SIGNED_ON)
    theirs = name_people(people=(OF_HARBOUR,), accountable_officer=None)
    assert refusal(as_of(there, theirs, "harbour", SIGNED_ON))[0] == "substitute_needed"


def test_who_named_the_communitys_people_does_not_grant_the_power():
    theirs = name_people(people=(OF_HARBOUR,), accountable_officer=None)
    there = recorded(joint(agreed()), theirs, "harbour", SIGNED_ON)
    assert refusal(as_of(there, grant(), "health", SIGNED_ON))[0] == "substitute_needed"
    assert refusal(as_of(there, name_people(), "health", SIGNED_ON))[0] == "substitute_needed"


def test_who_paid_does_not_confirm_the_receipt():
    there = recorded(joint(empowered()), disburse(), "finance", PAID_ON)
    assert refusal(as_of(there, received(), "harbour", PAID_ON)) == ("substitute_needed", CHAIN)


def test_nor_where_the_department_pays_itself():
    there = joint(concluded(a_form(money={"channel": "delegating_department"})))
    there = recorded(there, disburse(), "health", PAID_ON)
    assert refusal(as_of(there, received(), "harbour", PAID_ON))[0] == "substitute_needed"


def test_who_confirmed_a_receipt_does_not_pay_the_next_part():
    half = AMOUNT // 2
    there = after(joint(empowered(in_parts())), disburse(amount_fen=half), "feng", PAID_ON)
    there = recorded(there, received(amount_fen=half), "harbour", PAID_ON)
    second = disburse(tranche=2, amount_fen=HALVES[1].amount_fen, voucher="V-2")
    assert refusal(as_of(there, second, "finance", date(2027, 1, 4)))[0] == "substitute_needed"


def test_who_signed_for_the_community_does_not_pay():
    there = with_seats(empowered(), seat("wu", "finance", "finance_bureau"))
    assert refusal(there.answer(disburse(), by="wu", on=PAID_ON))[0] == "substitute_needed"


def test_of_a_listed_item_who_screened_it_does_not_receive_its_money():
    there = with_seats(listed(), seat("wang", "harbour", "residents_committee"))
    there = after(there, disburse(), "feng", PAID_ON)
    assert refusal(there.answer(received(), by="wang", on=PAID_ON))[0] == "substitute_needed"


# --- on the way out
def test_who_accepted_for_the_department_does_not_confirm_for_the_community():
    there = recorded(joint(leaving()), AcceptCompletion(), "health", DAY)
    assert refusal(as_of(there, ConfirmCompletion(), "harbour", DAY))[0] == "substitute_needed"
    assert refusal(as_of(there, settlement(), "harbour", DAY))[0] == "substitute_needed"


def test_nor_the_other_way_round_also_where_he_said_no():
    for command in (ConfirmCompletion(), ConfirmCompletion(confirmed=False, reasons="未完成。"), settlement()):
        there = recorded(joint(leaving()), command, "harbour", DAY)
        assert refusal(as_of(there, AcceptCompletion(), "health", DAY))[0] == "substitute_needed"


def test_who_proposed_the_settlement_does_not_check_it():
    there = with_seats(leaving(), seat("ji", "finance", "finance_bureau"))
    there = after(there, settlement(), "wu", DAY)
    only_finance = without_seat(there, "ji-harbour")
    assert refusal(only_finance.answer(settlement(), by="ji", on=DAY))[0] == "substitute_needed"


def test_who_decided_the_exit_or_checked_the_money_does_not_confirm_the_work():
    there = with_seats(leaving(), seat("gao", "authority", "approver"), seat("gao", "harbour", "residents_committee"))
    decided = recorded(there, DecideExit(outcome="complete"), "authority", DAY)
    assert refusal(as_of(decided, ConfirmCompletion(), "harbour", DAY))[0] == "substitute_needed"
    both = with_seats(
        leaving(), seat("gao", "finance", "finance_bureau"), seat("gao", "harbour", "residents_committee")
    )
    checked = recorded(after(both, settlement(), "ji", DAY), settlement(), "finance", DAY)
    assert refusal(as_of(checked, ConfirmCompletion(), "harbour", DAY))[0] == "substitute_needed"


def test_the_accountable_officer_of_the_application_is_of_the_departments_side():
    there = with_seats(in_a_village(), seat("chen", "fields", "villagers_committee"))
    over = leaving(there)
    only_there = without_seat(over, "chen-health")
    assert refusal(only_there.answer(ConfirmCompletion(), by="chen", on=DAY))[0] == "substitute_needed"
