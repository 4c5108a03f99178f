"""A next term without money does not begin: its case says so, and the item goes to its end and its settlement.

S0-08 (no task without its money); dossier §4.1; DL-55; ADMISSION §7 (DecideRenewal), §8 item 25.
"""

from dataclasses import replace
from datetime import date

import pytest

from domain.kernel.followups import TellCase
from domain.kernel.ledger import BalanceOf
from domain.links.admission_notices import admission_notices
from domain.links.admission_to_admission import admission_to_admission
from domain.task_admission.commands import CarryOnItem, DecideExit, RecordRenewal
from domain.task_admission.commands.leaving import Shortage
from domain.task_admission.decider import TASK_ADMISSION
from domain.task_admission.events import ItemNotCarriedOn, RenewalDecided, RenewalFailed, RenewalOpened
from domain.task_admission.state import view
from tests.domain.task_admission.district import District, appropriation, details, refusal, seat
from tests.domain.task_admission.ending import (
    OVER_ON,
    begun_anew,
    both_satisfied,
    over,
    renew,
    renewed,
    request_end,
    review,
    reviewed_at_the_end,
    settled,
    to_be_renewed,
)
from tests.domain.task_admission.main_line import AMOUNT, active, after, settlement

ON = date(2027, 5, 12)
SHORT = Shortage(payer="health", purpose="elder_meals", year=2027, needed_fen=AMOUNT, available_fen=AMOUNT - 1)
FAILED = RecordRenewal(short=SHORT)


def papers() -> CarryOnItem:
    """Give what the old case hands to the next one."""
    answered = to_be_renewed().answer(renew(), by="zhou", on=ON)
    (opened,) = [each for event in answered.events for each in admission_to_admission(event, answered)]
    command = TASK_ADMISSION.commands.read(opened.command, opened.body)
    assert isinstance(command, CarryOnItem)
    return command


def said_back(next_case: District) -> tuple[District, TellCase]:
    """Give the next term's case, and what it tells the old one."""
    answered = next_case.answer(papers(), by="linked_case", on=ON)
    (told,) = [each for event in answered.events for each in admission_to_admission(event, answered)]
    assert isinstance(told, TellCase)
    return next_case.given(*answered.events), told


def given_up(there: District | None = None) -> District:
    return after(there or renewed(), FAILED, "linked_case", ON)


def tasks(there: District) -> list[str]:
    return [each.task for each in view(there.case.state).work]


# --- the next term's case
def test_with_one_fen_too_little_it_sets_nothing_aside_ends_at_once_and_says_so():
    there, told = said_back(District().with_fact(BalanceOf(appropriation(2027)), AMOUNT - 1))
    assert [type(each) for each in there.history] == [ItemNotCarriedOn]
    assert (there.case.state.phase, there.case.clocks.lasting()) == ("lapsed", ())
    assert view(there.case.state).title == active().case.state.title
    assert (told.process, told.case) == ("task_admission", "linked_case")
    assert TASK_ADMISSION.commands.read(told.command, told.body) == FAILED


def test_with_enough_it_says_that_it_has_begun():
    there, told = said_back(District().with_fact(BalanceOf(appropriation(2027)), AMOUNT))
    assert there.case.state.phase == "agreement_pending"
    assert TASK_ADMISSION.commands.read(told.command, told.body) == RecordRenewal()


# --- what the old case does with a yes
def test_the_old_case_is_renewed_only_when_the_next_one_has_begun():
    waiting = settled(both_satisfied(over(renewed())))
    assert waiting.case.state.phase == "renewal_review"
    said = after(waiting, RecordRenewal(), "linked_case", date(2027, 6, 8))
    assert RenewalOpened(case="linked_case", on=date(2027, 6, 8)) in said.history
    assert (said.case.state.phase, said.case.clocks.lasting()) == ("renewed", ())


def test_what_was_decided_before_there_was_an_answer_waits_for_none():
    there = renewed()
    before = tuple(
        each.model_copy(update={"is_answered": False}) if isinstance(each, RenewalDecided) else each
        for each in there.history
    )
    assert settled(both_satisfied(over(replace(there, history=before)))).case.state.phase == "renewed"


# --- and with a no
def test_the_work_goes_on_to_its_last_day_and_it_is_decided_anew_how_it_ends():
    there = given_up()
    assert RenewalFailed(case="linked_case", short=SHORT, on=ON) in there.history
    assert (there.case.state.phase, there.case.state.outcome) == ("active", None)
    assert there.case.clocks["exit_decision"].deadline.due_on == date(2027, 6, 2)
    assert "decide_exit" in tasks(there)
    assert "decide_renewal" not in tasks(there)


def test_after_the_last_day_it_is_an_exit_like_any_other():
    there = over(given_up())
    assert there.case.state.phase == "exit_review"
    decided = after(there, DecideExit(outcome="complete"), "zhou", OVER_ON)
    assert settled(both_satisfied(decided)).case.state.phase == "completed"


def test_of_a_term_that_is_over_already_it_ends_the_review_of_the_renewal():
    there = given_up(both_satisfied(over(renewed())))
    assert (there.case.state.phase, "decide_exit" in tasks(there)) == ("exit_review", True)
    assert (len(there.case.state.accepted), "exit_decision" in there.case.clocks) == (1, True)


@pytest.mark.parametrize("there", [given_up, lambda: over(given_up())])
def test_it_is_not_renewed_a_second_time(there):
    answered = there().answer(DecideExit(outcome="review_renewal"), by="zhou", on=OVER_ON)
    assert (refusal(answered)[0], details(answered)["why"]) == ("new_application_needed", "not_begun")


def test_an_end_that_was_decided_meanwhile_stands():
    early = after(renewed(), request_end(date(2027, 5, 25)), "ji", ON)
    decided = after(early, DecideExit(outcome="terminate"), "zhou", ON)
    there = given_up(decided)
    assert (there.case.state.outcome, there.case.state.renewals) == ("terminate", ())
    assert "exit_decision" not in there.case.clocks
    reviewed = given_up(after(renewed(), review("departments_request"), "zhou", ON))
    assert (reviewed.case.state.phase, reviewed.case.state.outcome) == ("exit_review", None)


def test_both_sides_and_the_approver_hear_of_it_with_the_sum_that_was_missing():
    answered = renewed().answer(FAILED, by="linked_case", on=ON)
    served = [each for event in answered.events for each in admission_notices(event, answered)]
    assert [(each.notice, each.to_role) for each in served] == [
        ("renewal_failed", role) for role in ("delegating_department", "residents_committee", "approver")
    ]
    assert served[0].details["short"] == {
        "payer": "health",
        "purpose": "elder_meals",
        "year": 2027,
        "needed_fen": AMOUNT,
        "available_fen": AMOUNT - 1,
    }


def test_who_decided_the_renewal_keeps_his_part_in_the_case():
    with_another = replace(
        to_be_renewed(),
        seats=(
            *to_be_renewed().seats,
            seat("xu", "authority", "approver"),
            seat("xu", "finance", "finance_bureau"),
        ),
    )
    there = over(given_up(after(with_another, renew(), "xu", ON)))
    proposed = after(there, settlement(), "ji", OVER_ON)
    assert refusal(proposed.answer(settlement(), by="xu", on=OVER_ON))[0] == "substitute_needed"


# --- what is said twice, or of nothing
@pytest.mark.parametrize("there", [begun_anew, given_up])
@pytest.mark.parametrize("again", [RecordRenewal(), FAILED])
def test_what_became_of_it_is_heard_once(there, again):
    assert there().answer(again, by="linked_case", on=ON).answer.outcome == "nothing_new"


def test_nobody_hears_of_a_renewal_that_was_not_decided():
    for there in (reviewed_at_the_end(), to_be_renewed(), over(to_be_renewed())):
        assert refusal(there.answer(FAILED, by="linked_case", on=OVER_ON))[0] == "wrong_phase"


def test_only_the_next_terms_case_says_it():
    assert refusal(renewed().answer(FAILED, by="zhou", on=ON))[0] == "not_your_role"
