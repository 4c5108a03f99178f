"""When a list changes under an item it is read again, and its clocks run on (ADMISSION §4, §8 items 11 and 12)."""

from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineClosed
from domain.task_admission.commands import ConfirmListed, ReclassifyItem, ReferToConference, WithdrawApplication
from domain.task_admission.events import ItemClassified
from domain.task_admission.state import Screening, UnderReview, view
from tests.domain.task_admission.district import (
    LONG_AGO,
    START,
    District,
    a_form,
    details,
    entry,
    published,
    refusal,
    seat,
    version,
)
from tests.domain.task_admission.main_line import (
    ACCEPTED_ON,
    HEARD_ON,
    accept,
    accepted,
    after,
    approve,
    approved,
    countersign,
    opinion,
    reviewed,
)

ON = date(2026, 3, 9)
FIRST = version(1, entry("A-01", "public_health_notices", source="S4-06"), until=date(2026, 5, 31))


def assistance(*entries, number=2, on=ON):
    return published("assistance_list", FIRST, version(number, *entries, since=START, published=on))


SAME_ROUTE = assistance(entry("A-01", "public_health_notices"), entry("A-02", "flood_warning"))
NOW_LISTED = assistance(entry("A-01", "public_health_notices"), entry("A-02", "elder_meals"))
LISTED_NO_MORE = published(
    "assistance_list",
    *NOW_LISTED.versions,
    version(3, entry("A-01", "public_health_notices"), since=START, published=date(2026, 3, 10)),
)
NOW_FORBIDDEN = published("prohibited_list", version(1), version(2, entry("P-09", "elder_meals"), published=ON))


def answer(there, by="wang", on=ON):
    return there.answer(ReclassifyItem(), by=by, on=on)


@pytest.mark.parametrize("there", [accepted(), reviewed()], ids=["consulting", "under review"])
def test_where_no_list_has_changed_there_is_nothing_to_read_again(there):
    answered = answer(there)
    assert refusal(answered) == ("no_list_change", "ADMISSION §8.11")
    assert details(answered)["lists"] == [
        "assistance_list",
        "power_duty_list",
        "prohibited_list",
        "self_governance_list",
    ]


@pytest.mark.parametrize("there", [accepted(), reviewed()], ids=["consulting", "under review"])
def test_a_new_version_that_says_the_same_of_the_item_leaves_it_where_it_is(there):
    answered = answer(there.with_list(SAME_ROUTE))
    (again,) = answered.events
    assert isinstance(again, ItemClassified)
    assert (again.route, again.by) == ("off_list", "wang")
    assert {each.list_name: each.version for each in again.list_versions}["assistance_list"] == 2
    assert answered.after.state.phase == there.case.state.phase
    assert answered.after.clocks == there.case.clocks


def test_read_once_it_is_not_read_again():
    there = accepted().with_list(SAME_ROUTE)
    assert refusal(answer(there.given(*answer(there).events)))[0] == "no_list_change"


def test_another_route_leads_back_to_the_check_and_the_period_for_the_decision_runs_on():
    there = accepted()
    answered = answer(there.with_list(NOW_LISTED))
    again, closed = answered.events
    assert (again.route, closed) == ("listed_assistance", DeadlineClosed(limit="opinion"))
    state = answered.after.state
    assert isinstance(state, Screening)
    assert (state.waits_for, state.classified) == ("confirmation_of_listing", again)
    assert answered.after.clocks.lasting() == ("decision",)
    assert answered.after.clocks["decision"] == there.case.clocks["decision"]


def test_from_the_review_too():
    answered = answer(reviewed().with_list(NOW_LISTED))
    assert answered.answer.events == ("ItemClassified",)
    assert (answered.after.state.phase, answered.after.clocks.lasting()) == ("screening", ("decision",))


def test_what_is_forbidden_since_is_to_be_rejected():
    answered = answer(accepted().with_list(NOW_FORBIDDEN))
    assert (answered.after.state.phase, answered.after.state.waits_for) == ("screening", "rejection")
    assert view(answered.after.state).work[0].role == "secretariat"


def test_a_listed_item_needs_no_decision_any_more():
    there = after(accepted().with_list(NOW_LISTED), ReclassifyItem(), "wang", ON)
    confirmed = there.answer(ConfirmListed(conditions="提供餐车。"), by="wang", on=ON)
    assert DeadlineClosed(limit="decision") in confirmed.events
    assert confirmed.after.clocks.lasting() == ("funds/1", "start", "term_end", "disclosure")


def test_an_item_whose_list_changes_during_the_check_is_read_again_there():
    there = District().submitted().with_list(NOW_LISTED)
    answered = answer(there)
    assert answered.answer.events == ("ItemClassified",)
    assert answered.after.state.waits_for == "confirmation_of_listing"
    assert answered.after.clocks == there.case.clocks


def test_an_item_that_is_off_the_list_again_is_accepted_again_and_the_overall_clock_never_resets():
    heard = after(accepted(), opinion(), "ji", HEARD_ON)
    listed = after(heard.with_list(NOW_LISTED), ReclassifyItem(), "wang", ON)
    again = after(listed.with_list(LISTED_NO_MORE), ReclassifyItem(), "wang", date(2026, 3, 10))
    back = after(again, accept(), "wang", date(2026, 3, 11))
    assert (back.case.state.phase, back.case.state.file.opinions) == ("consulting_community", ())
    decision, opinion_asked = back.case.clocks["decision"], back.case.clocks["opinion"]
    assert (decision.started_on, decision.deadline.due_on) == (ACCEPTED_ON, date(2026, 3, 26))
    assert (opinion_asked.started_on, opinion_asked.deadline.due_on) == (date(2026, 3, 11), date(2026, 3, 18))


def test_what_the_lists_contradict_since_goes_to_the_conference_and_the_decision_waits():
    changed = published("self_governance_list", version(1), version(2, entry("Z-09", "elder_meals"), published=ON))
    there = after(accepted().with_list(NOW_LISTED, changed), ReclassifyItem(), "wang", ON)
    referred = there.answer(ReferToConference(), by="wang", on=ON)
    assert referred.after.clocks["decision"].state == "stopped"


def test_what_is_published_today_is_read_today_and_what_comes_tomorrow_is_not():
    tomorrow = assistance(entry("A-02", "elder_meals"), on=date(2026, 3, 10))
    assert answer(accepted().with_list(tomorrow)).after.state.waits_for == "referral"
    covers_all = version(1, entry("A-01", "public_health_notices"), since=LONG_AGO)
    kept = published(
        "assistance_list", covers_all, version(2, entry("A-02", "elder_meals"), published=date(2026, 3, 10))
    )
    assert refusal(answer(accepted().with_list(kept)))[0] == "no_list_change"
    assert answer(accepted().with_list(kept), on=date(2026, 3, 10)).after.state.phase == "screening"


@pytest.mark.parametrize("there", [District().drafted(), approved()], ids=["draft", "approved"])
def test_a_draft_and_an_admitted_item_are_not_classified_anew(there):
    assert refusal(answer(there, on=date(2026, 3, 11)))[0] == "wrong_phase"


def test_an_item_read_again_may_still_be_withdrawn():
    there = after(accepted().with_list(NOW_LISTED), ReclassifyItem(), "wang", ON)
    assert there.answer(WithdrawApplication(), on=ON).after.clocks.lasting() == ()


@pytest.mark.parametrize("start", [District().submitted(), reviewed()], ids=["in the check", "in the review"])
def test_who_had_the_lists_read_again_acted_for_the_secretariat_and_does_not_approve(start):
    joint = (seat("tang", "authority", "approver"), seat("tang", "government", "secretariat"))
    seats = (*(each for each in District().seats if each.person != "tang"), *joint)
    there = District(seats=seats, history=start.history).with_list(SAME_ROUTE)
    read_again = after(there, ReclassifyItem(), "tang", ON)
    if isinstance(start.case.state, UnderReview):
        there = read_again
    else:
        there = reviewed(after(read_again, accept(), "wang", ON))
    answered = there.answer(approve(), by="tang", on=date(2026, 3, 10))
    assert (refusal(answered)[0], details(answered)["person"]) == ("substitute_needed", "tang")


def test_a_form_without_money_that_is_off_the_list_since_is_countersigned_and_approved_by_nobody():
    struck_off = published("assistance_list", FIRST, version(2, since=START, published=ON))
    handed_in = District().submitted(a_form(matter="public_health_notices", funding=None)).with_list(struck_off)
    there = after(after(handed_in, ReclassifyItem(), "wang", ON), accept(), "wang", ON)
    heard = after(there, opinion(), "ji", ON)
    for answered in (heard.answer(countersign(), by="feng", on=ON), heard.answer(approve(), by="zhou", on=ON)):
        assert (refusal(answered)[0], details(answered)["why"]) == ("funding_missing", "not_named")
