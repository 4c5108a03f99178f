"""Where the district buys off-list work, the catalogue in force must cover it (S4-19; S4-07; dossier §9 C03)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineKept
from domain.task_admission.commands import SendToPurchase
from domain.task_admission.events import PurchaseRequired
from domain.task_admission.events.cited import EntryCited
from tests.domain.task_admission.changed_packs import with_value
from tests.domain.task_admission.district import details, entry, packs, published, refusal, version
from tests.domain.task_admission.main_line import APPROVED_ON, accepted, approve, approved, reviewed

CATALOGUE = published(
    "purchase_catalogue",
    version(1, entry("G-11", "elder_meals"), entry("G-12", "elder_meals"), entry("G-20", "lighting")),
)


def buying(there=None, *lists):
    there = replace(there or reviewed(), packs=(with_value("off_list_route", "purchase"),))
    return there.with_list(*(lists or (CATALOGUE,)))


def answer(there, by="zhou", entry=None, on=APPROVED_ON):
    return there.answer(SendToPurchase(entry=entry), by=by, on=on)


def test_the_work_is_to_be_bought_and_the_entry_that_covers_it_is_cited():
    answered = answer(buying(), entry="G-12")
    required, kept = answered.events
    cited = EntryCited(list_name="purchase_catalogue", version=1, entry="G-12")
    assert required == PurchaseRequired(cited=cited, by="zhou", on=APPROVED_ON)
    assert kept == DeadlineKept(limit="decision", on=APPROVED_ON)
    assert (answered.after.state.phase, answered.after.clocks.lasting()) == ("purchase_required", ())


def test_where_no_entry_is_named_the_first_that_is_about_the_matter_is_cited():
    assert answer(buying()).events[0].cited.entry == "G-11"


@pytest.mark.parametrize("named", ["G-20", "G-99"])
def test_an_entry_about_something_else_or_none_at_all_covers_nothing(named):
    answered = answer(buying(), entry=named)
    assert refusal(answered) == ("not_in_catalogue", "S4-19")
    assert details(answered)["matter"] == "elder_meals"


def test_without_a_catalogue_nothing_is_bought():
    assert refusal(answer(buying().without_list("purchase_catalogue")))[0] == "not_in_catalogue"


@pytest.mark.parametrize(("on", "outcome"), [(APPROVED_ON, "recorded"), (date(2026, 3, 11), "refused")])
def test_the_catalogue_of_the_day_of_the_decision_counts(on, outcome):
    ended = published("purchase_catalogue", version(1, entry("G-11", "elder_meals"), until=APPROVED_ON))
    assert answer(buying(None, ended), on=on).answer.outcome == outcome


def test_a_district_that_agrees_buys_nothing():
    answered = answer(reviewed().with_list(CATALOGUE))
    assert refusal(answered) == ("route_is_agreement", "S2-08; dossier §9 C03 †")


def test_a_district_that_buys_agrees_on_nothing():
    answered = buying().answer(approve(), by="zhou", on=APPROVED_ON)
    assert refusal(answered) == ("route_is_purchase", "S2-08; dossier §9 C03 †")


def test_a_route_that_is_only_a_draft_displaces_nothing():
    there = replace(reviewed(), packs=(packs()["national"], packs()["babu"])).with_list(CATALOGUE)
    assert refusal(answer(there))[0] == "route_is_agreement"


@pytest.mark.parametrize("there", [accepted(), approved()], ids=["consulting", "approved"])
def test_only_the_review_sends_to_purchase(there):
    assert refusal(answer(buying(there)))[0] == "wrong_phase"


@pytest.mark.parametrize("by", ["li", "wang", "feng"])
def test_nobody_but_the_approver_sends_to_purchase(by):
    assert refusal(answer(buying(), by=by))[0] == "not_your_role"
