"""The power goes with the task: as wide as the decision, for as long as the work, from the applicant (权随责走).

S0-08, S4-32; X-136 (what may never be handed over); ADMISSION §5.
"""

from datetime import date, timedelta

import pytest

from domain.kernel.clock_events import DeadlineSet
from domain.task_admission.application import Term
from domain.task_admission.commands import DeclineAgreement
from domain.task_admission.events import AuthorityGranted
from tests.domain.task_admission.changed_packs import with_grade
from tests.domain.task_admission.district import START, District, details, refusal
from tests.domain.task_admission.main_line import (
    END,
    SCOPE,
    SIGNED_ON,
    active,
    after,
    agreed,
    approved,
    grant,
    reviewed,
)
from tests.domain.task_admission.owed import concluded, listed

ONE_DAY = timedelta(days=1)
TOO_NARROW = ("authority_too_narrow", "S0-08, S4-32")


def granted(there: District | None = None, *, by: str = "chen", on: date = SIGNED_ON, **said):
    return (there or agreed()).answer(grant(**said), by=by, on=on)


def test_the_department_hands_the_power_over_for_the_whole_term():
    event, limit = granted().events
    assert isinstance(event, AuthorityGranted)
    assert (event.organisation, event.from_on, event.until_on) == ("health", START, END)
    assert isinstance(limit, DeadlineSet)
    assert (limit.limit, limit.deadline.due_on, limit.owner) == ("mandate_end", END, "delegating_department")


def test_it_may_be_granted_while_the_agreement_is_pending():
    there = approved()
    assert granted(there, on=date(2026, 3, 11)).answer.phase == "agreement_pending"


@pytest.mark.parametrize("by", ["li", "chen"])
def test_a_clerk_or_the_head_of_the_applicant_grants_it(by):
    assert granted(by=by).answer.outcome == "recorded"


@pytest.mark.parametrize("by", ["he", "wu", "wang", "feng", "zhou"])
def test_nobody_but_the_applicant_grants_it(by):
    assert refusal(granted(by=by)) == ("not_your_role", "dossier §3.1")


@pytest.mark.parametrize("there", [reviewed, active])
def test_it_is_granted_neither_before_the_decision_nor_once_the_work_has_begun(there):
    assert refusal(granted(there(), on=START)) == ("wrong_phase", "dossier §4.1")


def test_a_closed_case_takes_no_grant():
    there = approved()
    declined = after(there, DeclineAgreement(reasons="人手不足。"), "wu", SIGNED_ON)
    assert refusal(granted(declined))[0] == "case_closed"


# --- scope
def test_it_covers_every_line_of_the_decision():
    answer = granted(scope=SCOPE[:1])
    assert refusal(answer) == TOO_NARROW
    assert (details(answer)["why"], details(answer)["lines"]) == ("scope", [SCOPE[1]])


def test_it_may_cover_more_than_the_decision():
    assert granted(scope=(*SCOPE, "登记用餐意愿")).answer.outcome == "recorded"


def test_of_a_listed_item_the_list_says_what_it_covers():
    assert granted(listed(), scope=()).answer.outcome == "recorded"


# --- the first day
def test_it_begins_on_the_first_day_of_the_work_and_not_a_day_later():
    assert granted(from_on=START).answer.outcome == "recorded"
    answer = granted(from_on=START + ONE_DAY)
    assert refusal(answer) == TOO_NARROW
    assert (details(answer)["why"], details(answer)["needed_on"]) == ("begins_late", START.isoformat())


def test_what_comes_late_begins_on_the_day_of_the_act_and_need_not_be_back_dated():
    late = START + timedelta(days=9)
    assert granted(from_on=late, on=late).answer.outcome == "recorded"
    assert details(granted(from_on=late + ONE_DAY, on=late))["why"] == "begins_late"


def test_an_agreement_on_fewer_days_than_the_decision_asks_for_authority_on_those_days_alone():
    later, earlier = START + timedelta(days=10), END - timedelta(days=10)
    there = concluded(term=Term(start_on=later, end_on=earlier))
    event = granted(there, from_on=later).events[0]
    assert (event.from_on, event.until_on) == (later, earlier)
    assert details(granted(there, from_on=later + ONE_DAY))["why"] == "begins_late"


# --- the last day
def test_it_says_until_when_where_that_is_not_the_end_of_the_term():
    event, limit = granted(until_on=START).events
    assert (event.until_on, limit.deadline.due_on) == (START, START)


def test_it_reaches_the_first_day_at_least():
    answer = granted(until_on=START - ONE_DAY)
    assert refusal(answer) == TOO_NARROW
    assert (details(answer)["why"], details(answer)["needed_on"]) == ("ends_early", START.isoformat())


def test_a_power_that_is_already_over_is_none():
    late = START + timedelta(days=9)
    assert granted(on=late, until_on=late).answer.outcome == "recorded"
    assert details(granted(on=late, until_on=late - ONE_DAY))["why"] == "ends_early"


def test_the_case_watches_the_last_day_of_the_longest_grant():
    there = after(agreed(), grant(until_on=date(2026, 12, 31)), "chen", SIGNED_ON)
    shorter = granted(there, until_on=date(2026, 9, 30))
    assert shorter.events[1].deadline.due_on == date(2026, 12, 31)
    assert granted(there).events[1].deadline.due_on == END


# --- what may not be handed over
@pytest.mark.parametrize("kind", ["enforcement", "demolition", "work_safety", "investment_attraction", "revenue"])
def test_a_power_for_which_no_community_may_be_responsible_is_not_handed_over(kind):
    answer = granted(kind=kind)
    assert refusal(answer) == ("authority_not_delegable", "X-136")
    assert details(answer)["kind"] == kind


def test_where_the_list_of_such_powers_is_only_a_draft_it_warns():
    there = agreed(approved(reviewed()))
    drafted = District(packs=(with_grade("undelegable_powers", "draft"),)).given(*there.history)
    event = granted(drafted, kind="enforcement").events[0]
    assert [each.code for each in event.warnings] == ["task_admission.authority_not_delegable"]


# --- once
def test_the_same_grant_again_is_nothing_new_whoever_repeats_it():
    there = after(agreed(), grant(), "chen", SIGNED_ON)
    assert granted(there, by="li", on=SIGNED_ON + ONE_DAY).answer.outcome == "nothing_new"
    assert granted(there, power="另行核定名单。").answer.outcome == "recorded"
