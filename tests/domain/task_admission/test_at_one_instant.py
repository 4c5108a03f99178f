"""Two commands at the same instant have one order; the later is answered by the state the earlier made (DESIGN §2)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.kernel.messages import Command
from domain.task_admission.commands import DeclineAgreement, RejectAdmission, WithdrawApplication
from tests.domain.task_admission.district import District, refusal, seat
from tests.domain.task_admission.main_line import (
    accepted,
    after,
    approve,
    approved,
    countersign,
    opinion,
    reviewed,
    sign,
)

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
OBJECTION = opinion(opinion="object", reasons="社区人手不足。")
WITHDRAWAL = WithdrawApplication(reason="另行安排")


def both(there: District, first: tuple[Command, str], second: tuple[Command, str], **more: Any):
    """Let both come in at one instant, in this order; give the second answer and the case after both."""
    command, by = first
    one = there.answer(command, by=by, received_at=AT)
    assert one.answer.outcome == "recorded", one.answer
    command, by = second
    return there.given(*one.events).answer(command, by=by, received_at=AT, command_id="c-2", **more)


# --- approve and withdraw
def test_approved_first_it_is_withdrawn_with_its_reserve():
    answered = both(reviewed(), (approve(), "zhou"), (WITHDRAWAL, "li"))
    assert answered.answer.events[:2] == ("FundsReleased", "ApplicationWithdrawn")
    assert answered.after.state.before.money.held("reserved") == {}


def test_withdrawn_first_it_is_approved_no_more():
    answered = both(reviewed(), (WITHDRAWAL, "li"), (approve(), "zhou"))
    assert refusal(answered) == ("case_closed", "DESIGN §2")


# --- object and withdraw
def test_objected_to_first_it_is_withdrawn_from_the_conference():
    answered = both(accepted(), (OBJECTION, "ji"), (WITHDRAWAL, "li"))
    assert (answered.after.state.phase, answered.after.state.before.phase) == ("withdrawn", "joint_conference")
    assert answered.after.clocks.lasting() == ()


def test_withdrawn_first_nobody_objects():
    assert refusal(both(accepted(), (WITHDRAWAL, "li"), (OBJECTION, "ji")))[0] == "case_closed"


# --- two approvers
@pytest.fixture
def two_approvers() -> District:
    return reviewed(accepted(there=District(seats=(*District().seats, seat("zhu", "authority", "approver")))))


def test_of_two_approvals_in_the_same_words_the_second_is_nothing_new(two_approvers):
    answered = both(two_approvers, (approve(), "zhou"), (approve(), "zhu"))
    assert answered.answer.outcome == "nothing_new"
    assert answered.after.state.approved.by == "zhou"


def test_of_two_approvals_in_other_words_the_second_comes_too_late(two_approvers):
    answered = both(two_approvers, (approve(), "zhou"), (approve(decision_no="东准〔2026〕13号"), "zhu"))
    assert refusal(answered)[0] == "wrong_phase"


def test_who_says_what_he_saw_is_told_that_it_has_changed(two_approvers):
    seen = two_approvers.case.version
    answered = both(two_approvers, (approve(), "zhou"), (approve(), "zhu"), seen_version=seen)
    assert refusal(answered)[0] == "changed_since_seen"


def test_of_an_approval_and_a_refusal_the_first_holds(two_approvers):
    no = RejectAdmission(reasons="不予准入。")
    assert refusal(both(two_approvers, (approve(), "zhou"), (no, "zhu")))[0] == "wrong_phase"
    assert refusal(both(two_approvers, (no, "zhou"), (approve(), "zhu")))[0] == "case_closed"


# --- hear and countersign, sign and decline
def test_the_community_and_finance_do_not_stand_in_each_others_way():
    one = both(accepted(), (opinion(), "ji"), (countersign(), "feng"))
    other = both(accepted(), (countersign(), "feng"), (opinion(), "ji"))
    assert one.after.state == other.after.state


def test_signed_by_both_first_it_is_declined_no_more_and_declined_first_it_is_signed_no_more():
    department = after(approved(), sign(), "chen", approved().case.state.approved.on)
    decline = DeclineAgreement(reasons="社区无力承担。")
    assert refusal(both(department, (sign(), "wu"), (decline, "ji")))[0] == "wrong_phase"
    assert refusal(both(department, (decline, "ji"), (sign(), "wu")))[0] == "case_closed"
