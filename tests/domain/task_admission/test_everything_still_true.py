"""On the day of the decision every guard of the submission is asked again (ADMISSION §4, §8 items 6, 11, 30)."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from domain.kernel.facts import CasesHolding
from domain.kernel.ledger import BalanceOf
from domain.kernel.policy import Entry, Pack
from domain.task_admission.application import DataRequest, Term
from domain.task_admission.commands import RecordNoOpinion
from tests.domain.task_admission.district import (
    STANDARD_ITEM,
    START,
    District,
    a_form,
    appropriation,
    details,
    entry,
    packs,
    published,
    refusal,
    version,
)
from tests.domain.task_admission.main_line import (
    AMOUNT,
    APPROVED_ON,
    END,
    HEARD_ON,
    accepted,
    after,
    approve,
    countersign,
)

FORM = a_form(added_posts=1, data_requests=(DataRequest(dataset="meal_preferences", what="口味"),))
YESTERDAY = date(2026, 3, 9)
SILENT_ON = date(2026, 3, 13)
DECIDED_ON = date(2026, 3, 16)
CAPACITY = Pack.model_validate_json(
    b"""{"name": "local", "title": "local", "stands_on": ["national"], "valid_from": "2010-01-01", "source": "local",
    "entries": [{"name": "community_capacity", "value": 39, "unit": "hours a month", "valid_from": "2010-01-01",
    "source": "local rule", "grade": "default", "read_on": "each_day"}]}"""
)


def national(**values: Any) -> Pack:
    """Give the national pack with other values under these names."""
    found = packs()["national"]
    entries = tuple(
        Entry.model_validate(each.model_dump() | {"value": values[each.name]}) if each.name in values else each
        for each in found.entries
    )
    return Pack.model_validate(found.model_dump() | {"entries": entries})


def until_yesterday(rows: Any, name: str, by: str) -> Any:
    """Give directory rows with one that ended the day before."""
    last = DECIDED_ON.replace(day=DECIDED_ON.day - 1)
    return tuple(
        each.model_copy(update={"spell": each.spell.model_copy(update={"last_on": last})})
        if getattr(each, by) == name
        else each
        for each in rows
    )


@dataclass(frozen=True)
class Flaw:
    """Something that is no longer true, or was left out of the decision, and what the approval is refused with."""

    code: str
    source: str
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    change: Callable[[District], District] = lambda there: there
    said: dict[str, Any] = field(default_factory=dict[str, Any])
    on: date = DECIDED_ON


def reviewed() -> District:
    """Give an item under review in a district that lets a department add one post."""
    there = accepted(FORM, District(packs=(national(added_posts_allowed=1),)))
    return after(after(there, countersign(), "feng", HEARD_ON), RecordNoOpinion(), "schedule", SILENT_ON)


def unsigned(there: District) -> District:
    return replace(there, history=tuple(e for e in there.history if type(e).__name__ != "FundsCountersigned"))


def gone(name: str) -> Callable[[District], District]:
    return lambda there: replace(there, organisations=until_yesterday(there.organisations, name, "id"))


FLAWS = (
    Flaw(
        "list_changed",
        "ADMISSION §8.11",
        change=lambda there: there.with_list(
            published("assistance_list", version(1, entry("A-02", "elder_meals"), published=DECIDED_ON))
        ),
    ),
    Flaw("community_abolished", "dossier §4.1", change=gone("harbour")),
    Flaw("not_in_office", "dossier §3.1", change=gone("health")),
    Flaw(
        "legal_basis_missing",
        "S2-01, L-RC25:43¶2",
        change=lambda there: there.with_list(published("law_register", version(1, entry("L-VC18", "villagers")))),
    ),
    Flaw(
        "accountable_officer_missing",
        "S3-12",
        change=lambda there: replace(there, seats=until_yesterday(there.seats, "chen", "person")),
    ),
    Flaw("funds_not_eligible", "S1f-16", values={"eligible_fund_sources": ["general_budget"]}),
    Flaw("forbidden_channel", "dossier §9 C04", values={"payers": ["delegating_department"]}),
    Flaw("wrong_cost_bearer", "L-RC25:43¶2", values={"delegation_bearer_residents": "finance_bureau"}),
    Flaw("term_too_long", "dossier §4.1 [D] †", values={"term_maximum": {"length": 11, "unit": "m"}}),
    Flaw(
        "duplicate_item",
        "S4-35",
        change=lambda there: there.with_fact(CasesHolding(STANDARD_ITEM), ("task-00000000000000aa",)),
    ),
    Flaw(
        "duplicate_data_request",
        "S1e-33",
        change=lambda there: there.with_list(
            published("dataset_catalogue", version(1, entry("D-08", "meal_preferences")))
        ),
    ),
    Flaw("added_staff", "S1e-27", values={"added_posts_allowed": 0}),
    Flaw("target_in_text", "S2-04", values={"ordering_words": ["送餐"]}),
    Flaw("consent_missing", "L-RC25:43", values={"consent_needed": True}),
    Flaw("funds_not_countersigned", "dossier §4.1", change=unsigned),
    Flaw("start_before_decision", "dossier §4.1", on=date(2026, 6, 2)),
    Flaw("over_capacity", "local rule", change=lambda there: replace(there, packs=(*there.packs, CAPACITY))),
    Flaw("incomplete_decision", "dossier §4.1", said={"evaluation_method": None}),
    Flaw("beyond_application", "dossier §4.1", said={"term": Term(start_on=START, end_on=date(2027, 6, 1))}),
    Flaw(
        "funding_missing",
        "S0-08, S2-08, S4-38",
        change=lambda there: there.with_fact(BalanceOf(appropriation(2026)), AMOUNT - 1),
    ),
)
NAMES = [each.code for each in FLAWS]


def answer(flaws: tuple[Flaw, ...]):
    there = reviewed()
    values = {"added_posts_allowed": 1} | {name: value for flaw in flaws for name, value in flaw.values.items()}
    there = replace(there, packs=(national(**values),))
    for flaw in flaws:
        there = flaw.change(there)
    said = {name: value for flaw in flaws for name, value in flaw.said.items()}
    on = max((flaw.on for flaw in flaws), default=DECIDED_ON)
    return there.answer(approve(**said), by="zhou", on=on)


def test_with_nothing_amiss_the_item_is_admitted():
    assert answer(()).answer.phase == "agreement_pending"


@pytest.mark.parametrize("flaw", FLAWS, ids=NAMES)
def test_each_thing_amiss_alone_refuses_with_its_code_and_clause(flaw):
    assert refusal(answer((flaw,))) == (flaw.code, flaw.source)


@pytest.mark.parametrize("number", range(len(FLAWS)), ids=NAMES)
def test_of_everything_amiss_the_first_in_the_order_of_the_law_is_named(number):
    assert refusal(answer(FLAWS[number:]))[0] == FLAWS[number].code


def test_a_list_that_changed_says_from_what_to_what():
    assert details(answer(FLAWS[:1])) == {"was": "off_list", "route": "listed_assistance"}


def test_the_lead_time_was_judged_at_the_submission_and_is_not_judged_again():
    late = reviewed().answer(approve(), by="zhou", on=START)
    assert late.answer.outcome == "recorded"


def test_a_list_of_which_a_version_in_force_is_missing_changes_the_route_too():
    there = reviewed().without_list("self_governance_list")
    answered = there.answer(approve(), by="zhou", on=DECIDED_ON)
    assert details(answered) == {"was": "off_list", "route": "joint_conference"}


def test_the_decisions_own_last_day_is_the_applications():
    answered = reviewed().answer(approve(term=Term(start_on=START, end_on=END)), by="zhou", on=DECIDED_ON)
    assert answered.after.state.approved.term.end_on == END
    assert DECIDED_ON > APPROVED_ON
