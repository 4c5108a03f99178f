"""Whether an item leaves the checklist is looked at for a cause that is shown; the end of the term opens it by itself.

Dossier §4.1 (→exit_review, T11), DL-54, DL-55; X-ZG, X-JY; ADMISSION §7, §8 item 25.
"""

from datetime import date

import pytest

from domain.task_admission.commands import DecideExit, EndTerm, OpenExitReview
from domain.task_admission.events import ExitReviewOpened
from domain.task_admission.state import ExitReview, view
from tests.domain.task_admission.district import District, details, published, refusal, version
from tests.domain.task_admission.ending import (
    DECIDED_ON,
    OVER_ON,
    REVIEW_ON,
    over,
    review,
    reviewed_at_the_end,
)
from tests.domain.task_admission.main_line import active, after, agreed, leaving
from tests.domain.task_admission.settling import line, propose
from tests.domain.task_admission.standing_still import complained
from workflows.task_admission import TaskAdmissionWorkflow

ON = date(2026, 9, 1)
SURVEY = {"record": "入户调查〔2026〕2号"}


# --- the end of the term
def test_thirty_days_before_the_last_day_the_schedule_opens_the_review_and_the_work_goes_on():
    (ring,) = [
        each for each in TaskAdmissionWorkflow.LIFECYCLE.wake_ups(active().case) if each.command == "OpenExitReview"
    ]
    assert ring.at.date() == date(2027, 4, 30)  # midnight of 1 May in Shanghai
    there = reviewed_at_the_end()
    assert there.case.state.phase == "active"
    assert there.case.clocks["exit_decision"].deadline.due_on == date(2027, 5, 25)
    assert "decide_exit" in [each.task for each in view(there.case.state).work]


def test_and_opens_it_once_and_no_day_sooner():
    assert active().answer(OpenExitReview(), by="schedule", on=date(2027, 4, 30)).events == ()
    assert reviewed_at_the_end().answer(OpenExitReview(), by="schedule", on=REVIEW_ON).events == ()
    early = active().answer(review("term_ending"), by="zhou", on=ON)
    assert (refusal(early), details(early)["why"]) == (("no_cause", "DL-54"), "term_not_ending")


def test_what_is_decided_before_the_last_day_holds_from_it_on():
    there = after(reviewed_at_the_end(), DecideExit(outcome="complete"), "zhou", DECIDED_ON)
    assert (there.case.state.phase, "settlement" in there.case.clocks) == ("active", False)
    assert refusal(propose(there, line(returned_fen=1)))[0] == "wrong_phase"
    left = over(there)
    assert (left.case.state.phase, "settlement" in left.case.clocks) == ("exit_review", True)
    assert "exit_decision" not in left.case.clocks
    assert "decide_exit" not in [each.task for each in view(left.case.state).work]


def test_what_is_not_decided_by_then_is_decided_in_the_period_that_runs():
    before = reviewed_at_the_end().case.clocks["exit_decision"].deadline
    assert over(reviewed_at_the_end()).case.clocks["exit_decision"].deadline == before


def test_without_a_review_nothing_is_decided_while_the_work_is_done():
    assert refusal(active().answer(DecideExit(outcome="complete"), by="zhou", on=ON))[0] == "no_cause"


# --- every other cause
@pytest.mark.parametrize("cause", ["list_review", "departments_request", "law_repealed"])
@pytest.mark.parametrize("begun", [active, complained])
def test_for_any_other_cause_the_work_is_over_with_the_review(cause, begun):
    there = repealed(begun()) if cause == "law_repealed" else begun()
    there = after(there, review(cause), "zhou", ON)
    state = there.case.state
    assert isinstance(state, ExitReview)
    assert (state.since, state.reviews[-1].cause) == (ON, cause)
    assert {"cure", "term_end", "term_review", "mandate_end"} & set(there.case.clocks.lasting()) == set()
    assert "exit_decision" in there.case.clocks
    assert there.answer(EndTerm(), by="schedule", on=OVER_ON).events == ()


def repealed(there: District) -> District:
    """Give the district in which the item's law is no longer in the register."""
    return there.with_list(published("law_register", version(1, since=date(2010, 1, 1))))


@pytest.mark.parametrize(("cause", "facts"), [(None, "不再需要。"), ("list_review", None)])
def test_a_review_names_its_cause_and_what_shows_it(cause, facts):
    answered = active().answer(review(cause, facts), by="zhou", on=ON)
    assert (refusal(answered), details(answered)["why"]) == (("no_cause", "dossier §4.1"), "not_named")


def test_that_residents_disapprove_is_shown_by_a_survey_or_by_minutes():
    answered = active().answer(review("residents_disapprove"), by="zhou", on=ON)
    assert (refusal(answered), details(answered)["why"]) == (("no_cause", "X-ZG, X-JY"), "no_record")


def test_a_law_in_force_is_not_said_to_be_repealed():
    assert refusal(active().answer(review("law_repealed"), by="zhou", on=ON)) == ("cause_not_shown", "S2-01")


@pytest.mark.parametrize("by", ["li", "ji", "wang", "feng"])
def test_only_the_authority_or_the_schedule_opens_a_review(by):
    assert refusal(active().answer(review("list_review"), by=by, on=ON))[0] == "not_your_role"


@pytest.mark.parametrize("there", [agreed, leaving])
def test_only_of_an_item_whose_work_has_begun_and_is_not_over(there):
    assert refusal(there().answer(review("list_review"), by="zhou", on=OVER_ON))[0] == "wrong_phase"
    assert there().answer(OpenExitReview(), by="schedule", on=OVER_ON).events == ()


def test_what_was_decided_of_the_end_of_the_term_does_not_decide_another_end():
    decided = after(reviewed_at_the_end(), DecideExit(outcome="complete"), "zhou", DECIDED_ON)
    ended = after(decided, review("departments_request"), "zhou", date(2027, 5, 12))
    assert (ended.case.state.outcome, "exit_decision" in ended.case.clocks) == (None, True)


def test_the_event_says_who_opened_it_why_and_when():
    (opened, *_) = active().answer(review("residents_disapprove", **SURVEY), by="zhou", on=ON).events
    said = {"facts": "居民普遍反映不再需要。", "record": "入户调查〔2026〕2号", "by": "zhou", "on": ON}
    assert opened == ExitReviewOpened(cause="residents_disapprove", **said)
