"""The decision table with eight routes (dossier §4.1), in the order that lets each be reached (ADMISSION §8.15)."""

from datetime import date

import pytest

from domain.kernel.lists import ListVersion
from domain.task_admission.application import Emergency
from domain.task_admission.commands import SubmitApplication
from domain.task_admission.events import ItemClassified
from domain.task_admission.events.cited import EntryCited
from domain.task_admission.rules.classification import ROWS
from domain.task_admission.state import view
from tests.domain.task_admission.district import (
    CONTRADICTION,
    LISTS,
    START,
    TODAY,
    District,
    a_form,
    details,
    entry,
    published,
    refusal,
    version,
)

THREAT = Emergency(threat="life", facts="台风红色预警，低洼地段约40户须转移。")


def classified(form, *, there=None, on=TODAY, by="li") -> ItemClassified:
    answer = (there or District()).drafted(form, on=on, by=by).answer(SubmitApplication(), on=on, by=by)
    assert answer.answer.outcome == "recorded", answer.answer
    assert isinstance(answer.events[1], ItemClassified)
    return answer.events[1]


def route(form, **more):
    found = classified(form, **more)
    return found.row, found.route


# --- each row can be reached
def test_row_1_a_prohibited_matter_is_to_be_rejected():
    found = classified(a_form(matter="investment_attraction"))
    assert (found.row, found.route) == (1, "reject:prohibited")
    assert found.reasons[0].cited == EntryCited(list_name="prohibited_list", version=1, entry="P-01")
    assert found.reasons[0].source == "X-136"


def test_row_2_a_matter_of_self_governance_is_to_be_rejected():
    assert route(a_form(matter="residents_pact")) == (2, "reject:autonomy")


def test_row_3_the_applicants_own_duty_without_a_law_for_help_is_to_be_rejected():
    assert route(a_form(matter="road_inspection")) == (3, "reject:duty_shifting")


def test_row_4_a_listed_matter_of_assistance_goes_to_confirmation():
    assert route(a_form(matter="public_health_notices")) == (4, "listed_assistance")


def test_row_5_an_off_list_item_that_needs_the_community_goes_to_admission():
    assert route(a_form()) == (5, "off_list")


def test_row_6_a_routine_service_for_residents_is_the_departments_own():
    found = classified(a_form(routine=True))
    assert (found.row, found.route) == (6, "department_direct")
    assert [(each.row, each.route) for each in found.also_matched] == [(5, "off_list")]


def test_row_7_a_threat_to_life_goes_the_fast_path():
    assert route(a_form(emergency=THREAT)) == (7, "emergency")


def test_row_8_what_fits_nothing_goes_to_the_conference():
    found = classified(a_form(needs_community=False))
    assert (found.row, found.route, found.reasons[0].reason) == (8, "joint_conference", "none_fits")


def test_row_8_what_two_lists_say_differently_goes_to_the_conference():
    found = classified(a_form(), there=District().with_list(*CONTRADICTION))
    assert (found.row, found.route) == (8, "joint_conference")
    assert [each.cited.entry for each in found.reasons] == ["Z-09", "A-09"]
    assert [(each.row, each.route) for each in found.also_matched] == [(2, "reject:autonomy"), (4, "listed_assistance")]


# --- the order
def test_prohibited_comes_before_two_lists_that_contradict_each_other():
    there = District().with_list(*CONTRADICTION, published("prohibited_list", version(1, entry("P-09", "elder_meals"))))
    found = classified(a_form(emergency=THREAT), there=there)
    assert found.route == "reject:prohibited"
    assert [each.row for each in found.also_matched] == [8, 7, 2, 4]


def test_a_contradiction_comes_before_an_emergency():
    assert route(a_form(emergency=THREAT), there=District().with_list(*CONTRADICTION)) == (8, "joint_conference")


@pytest.mark.parametrize(
    ("matter", "also"),
    [("residents_pact", 2), ("road_inspection", 3), ("public_health_notices", 4), ("elder_meals", 5)],
)
def test_an_emergency_comes_before_every_list_but_the_prohibited_one(matter, also):
    found = classified(a_form(matter=matter, emergency=THREAT))
    assert found.route == "emergency"
    assert [each.row for each in found.also_matched] == [also]


def test_a_listed_item_is_listed_even_if_residents_come_for_it_every_day():
    found = classified(a_form(matter="public_health_notices", routine=True))
    assert (found.route, found.also_matched) == ("listed_assistance", ())


@pytest.mark.parametrize("pair", [("self_governance_list", "power_duty_list"), ("power_duty_list", "assistance_list")])
def test_every_two_lists_that_say_differently_contradict_each_other(pair):
    there = District().with_list(*(published(name, version(1, entry("X-1", "elder_meals"))) for name in pair))
    assert route(a_form(), there=there) == (8, "joint_conference")


def test_a_duty_with_which_the_law_lets_a_community_help_contradicts_no_list():
    lists = (published("assistance_list", version(1, entry("A-02", "flood_warning", source="S4-06"))),)
    assert route(a_form(matter="flood_warning"), there=District().with_list(*lists)) == (4, "listed_assistance")


def test_a_duty_with_which_the_law_lets_a_community_help_is_off_list_until_it_is_listed():
    assert route(a_form(matter="flood_warning")) == (5, "off_list")


def test_another_bodys_duty_is_not_the_applicants():
    own = a_form(matter="road_inspection", cost_bearer="quay_office", accountable_officer="zhao")
    assert route(own, by="zhao") == (5, "off_list")


def test_a_duty_of_any_body_is_the_applicants_too():
    assert route(a_form(matter="petition_reply")) == (3, "reject:duty_shifting")


def test_the_table_names_all_eight_rows():
    assert {row.number for row in ROWS} == set(range(1, 9))


# --- an emergency is not held to the lead time, and only an emergency is spared
def test_an_emergency_may_begin_today():
    answer = District().drafted(a_form(start_on=TODAY, emergency=THREAT)).answer(SubmitApplication())
    assert answer.after.state.waits_for == "declaration_of_emergency"
    assert answer.after.clocks.lasting() == ("formal_check",)
    assert "lead_time" not in answer.after.clocks.by_name


def test_an_emergency_never_began_before_it_was_shown():
    answer = District().drafted(a_form(start_on=date(2026, 3, 2), emergency=THREAT)).answer(SubmitApplication())
    assert refusal(answer) == ("lead_time_too_short", "ADMISSION §8.20")
    assert details(answer)["earliest_start_on"] == "2026-03-03"


def test_who_only_says_emergency_is_held_to_the_lead_time_where_the_item_is_something_else():
    there = District().with_list(*CONTRADICTION)
    answer = there.drafted(a_form(start_on=TODAY, emergency=THREAT)).answer(SubmitApplication())
    assert answer.answer.refusal.code == "task_admission.lead_time_too_short"


# --- the lists of the first day, as published by the day of the act (ADMISSION §8 item 11)
CHANGED = published(
    "assistance_list",
    version(1, entry("A-01", "public_health_notices"), until=date(2026, 6, 30)),
    version(
        2, entry("A-01", "public_health_notices"), entry("A-02", "elder_meals"), since=date(2026, 7, 1), published=TODAY
    ),
)


def test_the_same_item_on_two_days_under_two_versions_is_classified_differently():
    there = District().with_list(CHANGED)
    before, after = classified(a_form(), there=there), classified(a_form(start_on=date(2026, 7, 1)), there=there)
    assert (before.route, after.route) == ("off_list", "listed_assistance")
    read = {each.list_name: each.version for each in before.list_versions}
    read_after = {each.list_name: each.version for each in after.list_versions}
    assert (read["assistance_list"], read_after["assistance_list"]) == (1, 2)


def test_what_is_published_after_the_act_was_not_known():
    yesterday = date(2026, 3, 2)
    late = a_form(start_on=date(2026, 7, 1))
    assert route(late, there=District().with_list(CHANGED), on=yesterday) == (8, "joint_conference")


def test_the_prohibited_list_is_read_as_it_will_stand_and_as_it_stands():
    lifted = published(
        "prohibited_list",
        version(1, entry("P-01", "elder_meals"), until=date(2026, 3, 31)),
        ListVersion(number=2, published_on=TODAY, valid_from=date(2026, 4, 1), source="S2-04", entries=()),
    )
    found = classified(a_form(), there=District().with_list(lifted))
    assert found.route == "reject:prohibited"
    assert [(each.version, each.for_day) for each in found.list_versions[:2]] == [(2, START), (1, TODAY)]
    to_come = published(
        "prohibited_list",
        version(1, until=date(2026, 3, 31)),
        version(2, entry("P-01", "elder_meals"), since=date(2026, 4, 1), published=TODAY),
    )
    assert classified(a_form(), there=District().with_list(to_come)).route == "reject:prohibited"


def test_an_entry_that_says_no_on_both_days_is_cited_once():
    assert len(classified(a_form(matter="investment_attraction")).reasons) == 1


def test_work_that_begins_on_the_day_of_the_act_reads_each_list_once():
    found = classified(a_form(start_on=TODAY, emergency=THREAT))
    assert [each.list_name for each in found.list_versions].count("prohibited_list") == 1


@pytest.mark.parametrize("name", ["prohibited_list", "self_governance_list", "power_duty_list", "assistance_list"])
def test_without_one_of_the_lists_nobody_can_say_that_an_item_is_on_none(name):
    found = classified(a_form(), there=District().without_list(name))
    assert (found.row, found.route) == (8, "joint_conference")
    assert found.reasons[0].reason == f"no_list_in_force:{name}"
    assert [each.row for each in found.also_matched] == [5]
    assert name not in {each.list_name for each in found.list_versions}


# --- what waits for what
@pytest.mark.parametrize(
    ("form", "waits_for"),
    [
        (a_form(matter="investment_attraction"), "rejection"),
        (a_form(matter="residents_pact"), "rejection"),
        (a_form(matter="road_inspection"), "rejection"),
        (a_form(matter="public_health_notices"), "confirmation_of_listing"),
        (a_form(), "acceptance"),
        (a_form(routine=True), "direction_to_department"),
        (a_form(emergency=THREAT), "declaration_of_emergency"),
        (a_form(needs_community=False), "referral"),
    ],
)
def test_an_item_waits_in_screening_for_what_its_route_needs(form, waits_for):
    state = District().submitted(form).case.state
    assert (state.phase, state.waits_for) == ("screening", waits_for)
    tasks = [(each.task, each.role, each.limit) for each in view(state).work]
    assert tasks[0] == ("formal_check", "secretariat", "formal_check")
    assert tasks[1:] == ([(waits_for, "delegating_department", None)] if form.emergency else [])


def test_the_lists_of_the_small_district_are_all_read():
    read = {each.list_name for each in classified(a_form()).list_versions}
    assert read == {each.name for each in LISTS} - {"law_register", "dataset_catalogue"}
