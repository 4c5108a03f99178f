"""The work begins on its first day or when the last leg is there, never back-dated, and ends on its last day.

ADMISSION §5, §7, §8 items 14 and 20; DL-55. A term that passes without the work having begun leaves nothing behind.
"""

from datetime import date, timedelta

import pytest

from domain.kernel.clock_events import DeadlineClosed, DeadlineKept
from domain.task_admission.application import Term
from domain.task_admission.commands import ActivateTask, BeginTask, EndTerm
from domain.task_admission.events import (
    AgreementSigned,
    FundsReleased,
    FundsReturned,
    TaskActivated,
    TermEnded,
)
from tests.domain.task_admission.district import START, District, details, refusal
from tests.domain.task_admission.main_line import (
    END,
    PAID_ON,
    SIGNED_ON,
    active,
    after,
    agreed,
    approved,
    completed,
    decided,
    disburse,
    empowered,
    grant,
    leaving,
    name_people,
    paid,
    received,
    sign,
)
from tests.domain.task_admission.owed import account, delivered, happened, listed, share
from workflows.task_admission import TaskAdmissionWorkflow

ONE_DAY = timedelta(days=1)
OVER = END + ONE_DAY


def begin(there: District, on: date = START, **more):
    return there.answer(BeginTask(), by="schedule", on=on, **more)


def end(there: District, on: date = OVER):
    return there.answer(EndTerm(), by="schedule", on=on)


def rings(there: District) -> list[tuple[str, str]]:
    """Give what the case will send itself, with the first instant in UTC."""
    table = TaskAdmissionWorkflow.LIFECYCLE
    return [(each.command, each.at.isoformat()[:16]) for each in table.wake_ups(there.case)]


# --- the first day
def test_it_begins_on_its_first_day_by_itself_if_everything_is_there():
    answer = begin(paid())
    begun, kept, *_ = answer.events
    assert isinstance(begun, TaskActivated)
    assert (begun.on, kept, answer.answer.phase) == (START, DeadlineKept(limit="start", on=START), "active")


def test_the_schedule_asks_with_the_first_instant_of_that_day_in_shanghai():
    assert ("BeginTask", "2026-05-31T16:00") in rings(paid())


def test_with_every_leg_there_for_the_first_day_the_day_before_is_too_early():
    answer = paid().answer(ActivateTask(), by="li", on=START - ONE_DAY)
    assert refusal(answer) == ("too_early", "ADMISSION §8.20")
    assert details(answer)["start_on"] == START.isoformat()
    assert begin(paid(), START - ONE_DAY).answer.outcome == "nothing_new"


@pytest.mark.parametrize("there", [agreed, empowered])
def test_on_the_first_day_nothing_begins_while_a_leg_is_missing(there):
    assert begin(there()).answer.outcome == "nothing_new"


@pytest.mark.parametrize("there", [approved, active, leaving])
def test_the_first_day_means_nothing_to_what_is_not_signed_or_has_begun(there):
    assert begin(there()).answer.outcome == "nothing_new"


def test_only_the_schedule_asks_so():
    assert refusal(paid().answer(BeginTask(), by="li", on=START))[0] == "not_your_role"


# --- the last leg
@pytest.mark.parametrize("days", [0, 1, 40])
def test_after_the_first_day_it_begins_with_the_last_leg_whichever_that_is(days):
    day = START + timedelta(days=days)
    money = after(after(empowered(), disburse(), "feng", PAID_ON), received(), "ji", day)
    people = after(delivered(after(agreed(), grant(), "chen", SIGNED_ON)), name_people(), "li", day)
    named = delivered(after(agreed(), name_people(), "li", SIGNED_ON))
    power = after(named, grant(from_on=day), "chen", day)
    for there in (money, people, power):
        assert (there.case.state.phase, happened(there, TaskActivated).on) == ("active", day)


def test_before_the_first_day_the_last_leg_begins_nothing():
    there = after(after(empowered(), disburse(), "feng", PAID_ON), received(), "ji", START - ONE_DAY)
    assert there.case.state.phase == "funds_pending"


def test_it_is_never_back_dated_not_even_where_evidence_shows_that_the_leg_was_there_before():
    there = after(empowered(), disburse(), "feng", PAID_ON)
    late = START + timedelta(days=20)
    told = {"act_on": START, "evidence": "银行回单"}
    answer = there.answer(received(), by="ji", on=late, **told)
    assert answer.events[0].on == START
    assert happened(there.given(*answer.events), TaskActivated).on == late
    asked = paid().answer(ActivateTask(), by="li", on=late, **told)
    assert asked.events[0].on == late


def test_a_late_start_does_not_move_the_end():
    late = after(paid(), ActivateTask(), "li", date(2027, 5, 1))
    assert late.case.clocks["term_end"].deadline.due_on == END
    assert ("EndTerm", "2027-05-31T16:00") in rings(late)


# --- the last day
def test_on_the_last_day_the_work_may_still_begin_and_on_the_day_after_it_may_not():
    assert paid().answer(ActivateTask(), by="li", on=END).answer.phase == "active"
    answer = paid().answer(ActivateTask(), by="li", on=OVER)
    assert refusal(answer) == ("term_over", "ADMISSION §8.20")
    assert details(answer)["end_on"] == END.isoformat()


def test_the_work_is_done_on_its_last_day_and_ends_with_the_day_after():
    assert end(active(), END).answer.outcome == "nothing_new"
    ended, kept, *closed, decision = end(active()).events
    assert ended == TermEnded(last_on=END)
    assert kept == DeadlineKept(limit="term_end", on=OVER)
    assert closed == [DeadlineClosed(limit="term_review"), DeadlineClosed(limit="mandate_end")]
    assert (decision.limit, decision.owner) == ("exit_decision", "approver")
    assert decision.deadline.due_on == date(2027, 6, 23)


def test_the_schedule_asks_with_the_first_instant_of_the_day_after():
    assert ("EndTerm", "2027-05-31T16:00") in rings(active())


@pytest.mark.parametrize("there", [approved, leaving, decided])
def test_what_is_not_signed_or_is_over_already_does_not_end_again(there):
    assert end(there()).answer.outcome == "nothing_new"


def test_only_the_schedule_ends_a_term():
    assert refusal(active().answer(EndTerm(), by="zhou", on=OVER))[0] == "not_your_role"


def test_a_closed_case_has_no_term_left():
    assert refusal(end(completed()))[0] == "case_closed"


# --- a term that passes without the work having begun
def test_what_never_began_lapses_when_its_term_is_over():
    answer = end(empowered())
    assert (answer.answer.phase, answer.after.clocks.lasting()) == ("lapsed", ())
    assert TermEnded(last_on=END) in answer.events
    assert end(empowered(), END).answer.outcome == "nothing_new"


def test_the_schedule_asks_for_it_also_before_the_work_has_begun():
    assert ("EndTerm", "2027-05-31T16:00") in rings(agreed())


@pytest.mark.parametrize(
    ("there", "money"),
    [
        (empowered, [FundsReleased]),
        (lambda: after(empowered(), disburse(), "feng", PAID_ON), [FundsReleased]),
        (lambda: delivered(agreed()), [FundsReturned]),
        (lambda: delivered(listed()), [FundsReturned]),
    ],
)
def test_its_money_goes_back_wherever_it_stands(there, money):
    answer = end(there())
    assert [type(each) for each in answer.events if hasattr(each, "postings")] == money
    left = share(there().given(*answer.events))
    assert {each.pocket for each in left} <= {"returned", "available"}
    assert sum(left.values()) == 0
    assert left.get(account(2026, "available"), 0) == 0


def test_an_agreement_signed_when_the_term_is_nearly_over_lapses_with_it():
    short = Term(start_on=START, end_on=START + 9 * ONE_DAY)
    there = approved(term=short)
    first = after(there, sign(term=short), "chen", SIGNED_ON)
    signed = after(first, sign(term=short), "wu", SIGNED_ON)
    assert isinstance(signed.history[len(first.history)], AgreementSigned)
    assert end(signed, short.end_on + ONE_DAY).answer.phase == "lapsed"


def test_no_authority_is_granted_for_a_term_that_is_over():
    answer = agreed().answer(grant(), by="chen", on=OVER)
    assert (refusal(answer)[0], details(answer)["why"]) == ("authority_too_narrow", "ends_early")
