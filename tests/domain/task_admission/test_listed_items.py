"""A listed item needs no decision and no agreement, but its funds and conditions (L-RC25:43¶1; ADMISSION §3, §8.29)."""

from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineKept, DeadlineSet
from domain.kernel.ledger import BalanceOf
from domain.task_admission.application import Tranche
from domain.task_admission.commands import ConfirmListed
from domain.task_admission.events import FundsReserved, ListedItemConfirmed
from domain.task_admission.state import FundsPending, Listed
from tests.domain.task_admission.changed_packs import with_grade
from tests.domain.task_admission.district import (
    LISTED,
    START,
    TODAY,
    District,
    a_form,
    appropriation,
    details,
    entry,
    published,
    refusal,
    version,
)

CONDITIONS = "区卫生健康局提供宣传材料和场地。"
ON = date(2026, 3, 5)


def confirm(there, *, by="wang", on=ON, conditions=CONDITIONS):
    return there.answer(ConfirmListed(conditions=conditions), by=by, on=on)


def listed(**changes):
    return District().submitted(LISTED.model_copy(update=changes))


def test_an_item_of_the_list_is_confirmed_with_its_funds_and_conditions():
    answered = confirm(listed())
    confirmed, reserved, *clocks = answered.events
    assert confirmed == ListedItemConfirmed(conditions=CONDITIONS, amount_fen=12_000_000, by="wang", on=ON)
    assert isinstance(reserved, FundsReserved)
    assert DeadlineKept(limit="formal_check", on=ON) in clocks
    assert isinstance(answered.after.state, FundsPending)
    assert isinstance(answered.after.state.item, Listed)
    assert answered.after.clocks.lasting() == ("funds/1", "start", "term_end", "disclosure")


def test_its_money_is_set_aside_in_the_appropriation_of_the_year_of_its_first_day():
    state = confirm(listed()).after.state
    assert state.money.held("reserved") == {appropriation(2026).turned("reserved"): 12_000_000}
    assert state.money.held("available") == {appropriation(2026): -12_000_000}


def test_all_of_its_money_is_due_by_the_first_day_whatever_the_forms_schedule_says():
    later = (
        Tranche(amount_fen=5_000_000, due_on=date(2026, 12, 1)),
        Tranche(amount_fen=7_000_000, due_on=date(2027, 3, 1)),
    )
    there = listed(funding=LISTED.funding.model_copy(update={"schedule": later}))
    answered = confirm(there)
    (due,) = (each for each in answered.events if isinstance(each, DeadlineSet) and each.limit == "funds/1")
    assert (due.deadline.due_on, due.deadline.rule) == (START, "DL-50")
    assert answered.after.state.item.payments == (Tranche(amount_fen=12_000_000, due_on=START),)


def test_a_schedule_that_lies_in_another_year_than_the_first_day_is_read_in_the_year_of_the_first_day():
    next_year = (Tranche(amount_fen=12_000_000, due_on=date(2027, 3, 1)),)
    there = listed(funding=LISTED.funding.model_copy(update={"schedule": next_year}))
    assert confirm(there).answer.outcome == "recorded"
    short = there.with_fact(BalanceOf(appropriation(2026)), 11_999_999)
    assert details(confirm(short))["year"] == 2026


@pytest.mark.parametrize(("there_is", "outcome"), [(12_000_000, "recorded"), (11_999_999, "refused")])
def test_the_payer_promises_no_fen_that_it_does_not_have(there_is, outcome):
    answered = confirm(listed().with_fact(BalanceOf(appropriation(2026)), there_is))
    assert answered.answer.outcome == outcome


def test_one_fen_short_is_named():
    answered = confirm(listed().with_fact(BalanceOf(appropriation(2026)), 11_999_999))
    assert refusal(answered) == ("funding_missing", "S0-08, S2-08, S4-38")
    assert (details(answered)["why"], details(answered)["needed_fen"], details(answered)["available_fen"]) == (
        "appropriation_short",
        12_000_000,
        11_999_999,
    )


def test_the_conditions_must_be_named():
    answered = confirm(listed(), conditions=None)
    assert refusal(answered) == ("funding_missing", "S0-08, S2-08, S4-38")
    assert details(answered)["why"] == "conditions_not_named"


def test_a_listed_item_may_be_handed_in_without_money_and_is_not_confirmed_without():
    answered = confirm(District().submitted(a_form(matter="public_health_notices", funding=None)))
    assert (refusal(answered)[0], details(answered)["why"]) == ("funding_missing", "not_named")
    nothing = confirm(District().submitted(a_form(matter="public_health_notices", amount_fen=0)))
    assert details(nothing)["why"] == "nothing"


@pytest.mark.parametrize("applicant", [{}, {"by": "zhao"}], ids=["department", "subdistrict"])
def test_the_body_that_asks_bears_the_cost_on_the_day_of_confirmation_too(applicant):
    bearer = "quay_office" if applicant else "health"
    officer = "zhao" if applicant else "chen"
    there = District(packs=(with_grade(BEARER[bearer], "no"),)).submitted(
        a_form(matter="public_health_notices", cost_bearer="finance", accountable_officer=officer), **applicant
    )
    answered = confirm(District(history=there.history))
    assert refusal(answered) == ("wrong_cost_bearer", "L-RC25:43¶1" if applicant else "L-RC25:43¶2")
    assert details(answered)["lawful_bearer"] == bearer


BEARER = {"quay_office": "assistance_bearer_residents", "health": "delegation_bearer_residents"}


def test_an_entry_that_is_no_longer_in_force_on_the_first_day_confirms_nothing():
    gone = published(
        "assistance_list",
        version(1, entry("A-01", "public_health_notices"), until=date(2026, 5, 31)),
        version(2, since=START, published=ON),
    )
    answered = confirm(listed().with_list(gone))
    assert refusal(answered) == ("list_changed", "ADMISSION §8.11")
    assert (details(answered)["was"], details(answered)["route"]) == ("listed_assistance", "off_list")


def test_an_entry_that_ends_on_the_first_day_still_confirms():
    last = published("assistance_list", version(1, entry("A-01", "public_health_notices"), until=START))
    assert confirm(listed().with_list(last)).answer.outcome == "recorded"


def test_what_was_only_warned_of_is_recorded_with_the_confirmation():
    answered = confirm(District(history=listed().history, packs=(with_grade("term_maximum", "draft"),)))
    assert answered.events[0].warnings == ()
    long = LISTED.model_copy(update={"end_on": date(2040, 1, 1)})
    only = District(packs=(with_grade("term_maximum", "draft"),)).submitted(long)
    warned = confirm(only)
    assert [each.code for each in warned.events[0].warnings] == ["task_admission.term_too_long"]
    assert warned.answer.warnings == warned.events[0].warnings


def test_an_item_of_another_route_is_no_listed_item():
    answered = confirm(District().submitted())
    assert refusal(answered) == ("route_not_listed", "dossier §4.1")
    assert details(answered)["route"] == "off_list"


def test_confirming_what_is_confirmed_is_nothing_new_and_other_conditions_are_not_the_same():
    there = listed()
    confirmed = there.given(*confirm(there).events)
    assert confirm(confirmed).answer.outcome == "nothing_new"
    assert refusal(confirm(confirmed, conditions="另行提供。"))[0] == "wrong_phase"


def test_a_draft_is_not_confirmed():
    assert refusal(confirm(District().drafted(LISTED), on=TODAY))[0] == "wrong_phase"


def test_a_villagers_committee_shows_it_by_its_own_law():
    there = District().submitted(LISTED, community="fields")
    assert confirm(there).after.clocks.lasting() == ("funds/1", "start", "term_end")
