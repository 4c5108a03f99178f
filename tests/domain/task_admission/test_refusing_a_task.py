"""The community may refuse when authority or money does not come; a statutory duty, only for want of the funds.

X-ZG; L-RC25:40¶2, 43¶1; ADMISSION §5, §8 items 18, 21, 29. The right opens on the first day overdue.
"""

from datetime import date, timedelta

import pytest

from domain.kernel.clock_events import DeclareMissed
from domain.kernel.followups import ServeNotice
from domain.task_admission.application import Term, Tranche
from domain.task_admission.commands import RecheckProof, RefuseTask
from domain.task_admission.events import FundsReleased, FundsReturned, TaskRefusedByCommunity
from domain.task_admission.state.view import voucher_key
from tests.domain.task_admission.district import START, District, refusal
from tests.domain.task_admission.main_line import (
    AMOUNT,
    PAID_ON,
    SIGNED_ON,
    active,
    after,
    agreed,
    approved,
    disburse,
    empowered,
    grant,
    leaving,
    received,
    reviewed,
)
from tests.domain.task_admission.owed import account, concluded, delivered, halfway, in_parts, listed, share, staffed
from tests.domain.task_admission.standing_still import listed_at_work, suspend, without_entry, without_mandate
from workflows.task_admission import TaskAdmissionWorkflow

ONE_DAY = timedelta(days=1)
OVERDUE = START + ONE_DAY
HALF = AMOUNT // 2


def refuse(there: District, leg: str = "money", *, by: str = "wu", on: date = OVERDUE):
    return there.answer(RefuseTask(leg=leg, reasons="经费和权限未到位。"), by=by, on=on)


# --- money
def test_it_may_refuse_the_day_after_a_payment_was_due_and_not_on_the_day():
    assert refuse(empowered(), on=OVERDUE).answer.phase == "refused_by_community"
    assert refusal(refuse(empowered(), on=START)) == ("nothing_overdue", "X-ZG")


def test_one_fen_short_is_not_paid():
    short = delivered(empowered(), amount_fen=AMOUNT - 1)
    assert refuse(short).answer.phase == "refused_by_community"
    whole = delivered(short, amount_fen=1, voucher="V-2")
    assert refusal(refuse(whole))[0] == "nothing_overdue"


def test_a_payment_on_its_way_has_not_come():
    there = after(empowered(), disburse(), "feng", PAID_ON)
    assert refuse(there).answer.phase == "refused_by_community"


def test_every_payment_has_its_own_day():
    early = Tranche(amount_fen=HALF, due_on=date(2026, 5, 6))
    later = Tranche(amount_fen=HALF, due_on=date(2026, 9, 1))
    there = staffed(in_parts(early, later))
    assert refusal(refuse(there, on=early.due_on))[0] == "nothing_overdue"
    assert refuse(there, on=early.due_on + ONE_DAY).answer.phase == "refused_by_community"
    first = delivered(there, amount_fen=HALF, on=early.due_on)
    assert refusal(refuse(first, on=later.due_on))[0] == "nothing_overdue"
    assert refuse(first, on=later.due_on + ONE_DAY).answer.phase == "refused_by_community"


def test_before_the_agreement_no_money_is_owed():
    assert refusal(refuse(approved(), on=OVERDUE)) == ("nothing_overdue", "X-ZG")


def test_what_was_declared_missed_is_told_to_the_community_and_may_still_be_paid():
    missed = after(empowered(), DeclareMissed(limit="funds/1"), "schedule", OVERDUE)
    decision = empowered().answer(DeclareMissed(limit="funds/1"), by="schedule", on=OVERDUE)
    told = [each for each in TaskAdmissionWorkflow.LIFECYCLE.follow_ups(decision) if isinstance(each, ServeNotice)]
    assert ("funds_overdue", "harbour") in {(each.notice, each.to_organisation) for each in told}
    assert delivered(missed, on=OVERDUE).case.state.phase == "active"


# --- authority
def test_it_may_refuse_for_want_of_authority_the_day_after_the_first_day_of_the_work():
    there = delivered(staffed(agreed()))
    assert refusal(refuse(there, "authority", on=START)) == ("nothing_overdue", "X-ZG")
    assert refuse(there, "authority", on=OVERDUE).answer.phase == "refused_by_community"


def test_also_while_the_agreement_is_still_pending():
    there = approved(term=Term(start_on=START, end_on=START + 30 * ONE_DAY))
    assert refusal(refuse(there, "authority", on=START))[0] == "nothing_overdue"
    assert refuse(there, "authority", on=OVERDUE).answer.phase == "refused_by_community"


@pytest.mark.parametrize("there", [approved, agreed])
def test_authority_that_was_granted_is_not_overdue_and_one_that_has_ended_is(there):
    granted = after(there(), grant(until_on=OVERDUE), "chen", SIGNED_ON)
    assert refusal(refuse(granted, "authority", on=OVERDUE))[0] == "nothing_overdue"
    assert refuse(granted, "authority", on=OVERDUE + ONE_DAY).answer.phase == "refused_by_community"


def test_an_agreement_that_begins_later_than_the_decision_lets_the_authority_come_later_too():
    later = START + 10 * ONE_DAY
    there = concluded(term=Term(start_on=later, end_on=date(2027, 5, 31)))
    assert refusal(refuse(there, "authority", on=later))[0] == "nothing_overdue"
    assert refuse(there, "authority", on=later + ONE_DAY).answer.phase == "refused_by_community"


# --- listed items
def test_statutory_assistance_is_refused_only_for_want_of_its_funds():
    there = staffed(listed())
    assert refusal(refuse(there, on=START)) == ("statutory_duty", "L-RC25:40¶2, 43¶1")
    assert refuse(there, on=OVERDUE).answer.phase == "refused_by_community"


def test_never_for_want_of_authority_which_is_the_list_entry():
    assert refusal(refuse(listed(), "authority", on=OVERDUE))[0] == "statutory_duty"


def test_nor_once_its_funds_are_there():
    assert refusal(refuse(delivered(listed()), on=OVERDUE))[0] == "statutory_duty"


# --- who, and when
def test_a_member_of_the_committee_may_say_it_too():
    assert refuse(empowered(), by="ji").answer.phase == "refused_by_community"


@pytest.mark.parametrize("by", ["li", "deng", "feng", "zhou"])
def test_nobody_but_the_community_refuses(by):
    assert refusal(refuse(empowered(), by=by)) == ("not_your_role", "dossier §3.1")


@pytest.mark.parametrize("there", [reviewed, active, leaving])
def test_there_is_nothing_to_refuse_before_the_decision_nor_once_the_work_has_begun(there):
    assert refusal(refuse(there(), on=date(2027, 6, 2))) == ("wrong_phase", "dossier §4.1")


def test_a_refusal_says_which_leg_and_why_and_the_applicant_hears_it():
    answer = refuse(empowered())
    event = next(each for each in answer.events if isinstance(each, TaskRefusedByCommunity))
    assert (event.leg, event.reasons, event.by) == ("money", "经费和权限未到位。", "wu")
    (notice,) = TaskAdmissionWorkflow.LIFECYCLE.follow_ups(answer)
    assert isinstance(notice, ServeNotice)
    assert (notice.notice, notice.to_organisation) == ("task_refused", "health")


# --- the money afterwards
def refused(there: District, on: date = OVERDUE) -> District:
    answer = refuse(there, on=on)
    return there.given(*answer.events)


def test_what_was_set_aside_is_free_again():
    there = refused(empowered())
    assert [type(each) for each in there.history if hasattr(each, "postings")][1:] == [FundsReleased]
    assert share(there) == {}


def test_what_is_on_its_way_is_called_back():
    assert share(refused(after(empowered(), disburse(), "feng", PAID_ON))) == {}


def test_what_arrived_is_given_back_and_the_rest_is_free():
    there = refused(delivered(empowered(), amount_fen=AMOUNT - 1))
    kinds = [type(each) for each in there.history if hasattr(each, "postings")]
    assert kinds[-2:] == [FundsReturned, FundsReleased]
    assert share(there) == {
        account(2026, "available", owner="health"): -(AMOUNT - 1),
        account(2026, "returned"): AMOUNT - 1,
    }
    assert happened_amounts(there) == (AMOUNT - 1, 1)


def happened_amounts(there: District) -> tuple[int, int]:
    returned = next(each for each in there.history if isinstance(each, FundsReturned))
    released = next(each for each in there.history if isinstance(each, FundsReleased))
    return returned.amount_fen, released.amount_fen


def test_arrived_under_way_and_set_aside_at_once_each_goes_its_way():
    there = delivered(empowered(), amount_fen=HALF)
    there = after(there, disburse(amount_fen=HALF - 1, voucher="V-2"), "feng", PAID_ON)
    there = refused(there)
    assert happened_amounts(there) == (HALF, HALF)
    assert sum(share(there).values()) == 0
    assert {each.pocket for each in share(there)} == {"available", "returned"}


def test_no_limit_runs_on_and_later_commands_are_refused():
    there = refused(empowered())
    assert there.case.clocks.lasting() == ()
    assert refusal(there.answer(received(), by="ji", on=OVERDUE))[0] == "case_closed"
    assert refusal(refuse(there))[0] == "case_closed"


def test_a_voucher_that_paid_stays_used_and_the_item_may_be_applied_for_again():
    decision = refuse(delivered(empowered(), amount_fen=HALF))
    assert decision.view.keys == ()
    assert decision.view.used_up == (voucher_key("health", "V-2026-0001"),)


# --- while the work stands still
def stopped_for_money() -> District:
    """Give work that stands still since the second payment is overdue."""
    return after(halfway(), RecheckProof(because="money_end"), "schedule", date(2027, 1, 5))


def test_while_the_work_stands_still_it_may_refuse_what_is_overdue_and_the_exit_is_decided():
    answered = refuse(stopped_for_money(), on=date(2027, 1, 6))
    assert (answered.answer.phase, answered.after.state.since) == ("exit_review", date(2027, 1, 6))
    assert {*answered.after.clocks.lasting()} == {
        "disclosure",
        "exit_decision",
        "fund_use_report",
        "payment_hold",
        "funds/2",
    }


def test_the_right_closes_when_what_was_due_is_there_and_opens_again_with_the_next_want():
    stopped = stopped_for_money()
    paid_late = delivered(stopped, on=date(2027, 1, 6), tranche=2, amount_fen=HALF, voucher="V-2")
    assert paid_late.case.state.phase == "active"
    assert refusal(refuse(paid_late, on=date(2027, 1, 7)))[0] == "wrong_phase"
    again = after(paid_late, suspend(), "ji", date(2027, 1, 8))
    assert refusal(refuse(again, on=date(2027, 1, 8))) == ("nothing_overdue", "X-ZG")


def test_for_want_of_authority_it_may_refuse_from_the_day_after_the_grant_ended():
    assert refuse(without_mandate(), "authority", on=date(2027, 1, 4)).answer.phase == "exit_review"
    assert refusal(refuse(without_mandate(), "money", on=date(2027, 1, 4)))[0] == "nothing_overdue"


def test_a_listed_duty_is_not_refused_for_its_entry_that_was_changed():
    stopped = after(without_entry(listed_at_work()), RecheckProof(because="list_end"), "schedule", date(2026, 9, 1))
    assert refusal(refuse(stopped, "authority", on=date(2026, 9, 2)))[0] == "statutory_duty"


def test_what_is_owed_for_work_that_was_done_is_still_paid_and_settled():
    there = after(stopped_for_money(), RefuseTask(leg="money", reasons="第二笔逾期。"), "wu", date(2027, 1, 6))
    assert share(there)[account(2027, "reserved", owner="health")] == HALF
    late = delivered(there, on=date(2027, 1, 7), tranche=2, amount_fen=HALF, voucher="V-2")
    assert (late.case.state.phase, share(late)[account(2027, "available")]) == ("exit_review", HALF)
