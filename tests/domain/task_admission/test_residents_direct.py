"""Money that the residents direct is settled by their decision: two thirds present, more than half for it.

S4-57; L-RC25:29.
"""

from datetime import date

import pytest

from domain.kernel.ledger import BalanceOf
from domain.task_admission.commands import BeginTask, EndTerm
from domain.task_admission.commands.closing import ResidentsDecision
from tests.domain.task_admission.district import (
    START,
    District,
    a_form,
    details,
    refusal,
)
from tests.domain.task_admission.main_line import (
    AMOUNT,
    PAID_ON,
    after,
    disburse,
    grant,
    leaving,
    name_people,
    received,
)
from tests.domain.task_admission.owed import (
    account,
    concluded,
)
from tests.domain.task_admission.settling import DAY, WHOLE, line, propose


def discretionary(decision: ResidentsDecision | None, on: date = DAY):
    """Settle an item that is paid from money whose use the residents direct."""
    funds = {"source": "special_funds", "purpose": "elder_meals"}
    appropriation = account(2026, "available", owner="health").model_copy(update={"source": "special_funds"})
    there = District(facts={BalanceOf(appropriation): AMOUNT})
    there = concluded(a_form(money={"source": "special_funds"}), there)
    there = after(after(there, grant(), "chen", PAID_ON), name_people(), "li", PAID_ON)
    there = after(after(there, disburse(**funds), "feng", PAID_ON), received(**funds), "ji", PAID_ON)
    there = after(after(there, BeginTask(), "schedule", START), EndTerm(), "schedule", date(2027, 6, 1))
    lines = line(spent_fen=AMOUNT).model_copy(update=funds)
    return propose(there, lines, decision=decision, on=on)


def meeting(members: int, present: int, in_favour: int, held_on: date = date(2027, 5, 20)) -> ResidentsDecision:
    return ResidentsDecision(
        held_on=held_on, members=members, present=present, in_favour=in_favour, minutes="居民代表会议纪要〔2027〕3号"
    )


def test_it_is_not_settled_without_their_decision():
    answer = discretionary(None)
    assert refusal(answer) == ("residents_decision_missing", "L-RC25:29")
    assert details(answer)["why"] == "not_held"


def test_two_thirds_are_present_and_one_fewer_is_too_few():
    assert discretionary(meeting(30, 20, 20)).answer.outcome == "recorded"
    answer = discretionary(meeting(30, 19, 19))
    assert (refusal(answer)[0], details(answer)["why"]) == ("residents_decision_missing", "no_quorum")
    assert (details(answer)["present"], details(answer)["members"]) == (19, 30)


def test_the_share_is_exact_and_not_rounded():
    assert discretionary(meeting(31, 21, 21)).answer.outcome == "recorded"
    assert details(discretionary(meeting(31, 20, 20)))["why"] == "no_quorum"


def test_more_than_half_of_those_present_are_for_it_and_half_is_not_more():
    assert discretionary(meeting(30, 20, 11)).answer.outcome == "recorded"
    answer = discretionary(meeting(30, 20, 10))
    assert (details(answer)["why"], details(answer)["in_favour"]) == ("no_majority", 10)
    assert discretionary(meeting(30, 21, 11)).answer.outcome == "recorded"


@pytest.mark.parametrize("counted", [(0, 0, 0), (30, 0, 0)])
def test_a_meeting_to_which_nobody_came_was_not_held(counted):
    assert details(discretionary(meeting(*counted)))["why"] == "not_held"


@pytest.mark.parametrize("counted", [(30, 31, 31), (30, 20, 21), (0, 1, 1)])
def test_more_present_than_may_vote_or_more_for_it_than_present_cannot_be(counted):
    answer = discretionary(meeting(*counted))
    assert (refusal(answer)[0], details(answer)["why"]) == ("residents_decision_missing", "miscounted")


def test_a_meeting_still_to_come_has_decided_nothing():
    assert discretionary(meeting(30, 20, 20, held_on=DAY)).answer.outcome == "recorded"
    assert details(discretionary(meeting(30, 20, 20, held_on=date(2027, 6, 5))))["why"] == "not_held"


def test_money_of_a_department_needs_no_meeting_whatever_it_decided():
    assert propose(leaving(), WHOLE, decision=meeting(30, 1, 0)).answer.outcome == "recorded"
