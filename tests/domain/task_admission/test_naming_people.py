"""People go with the task: each side names its own, in office, without added posts, within quota.

S0-08; S3-12 (one accountable officer); S1e-27 (no added posts); S1e-31, S3-14 (quota); ADMISSION §5, §8 item 19.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.kernel.facts import Burden, BurdenOf
from domain.kernel.policy import Pack
from domain.task_admission.commands.legs import Assignment
from domain.task_admission.events import PeopleNamed
from tests.domain.task_admission.changed_packs import with_grade
from tests.domain.task_admission.district import START, District, details, packs, refusal, seat
from tests.domain.task_admission.main_line import SIGNED_ON, active, after, agreed, approved, name_people, reviewed
from tests.domain.task_admission.owed import with_seats

SOURCE = "S0-08, S4-32"
WORKER = Assignment(person="ji", organisation="harbour", hours_a_month=20)
CAPACITY = Pack.model_validate_json(
    b"""{"name": "capacity", "title": "capacity", "stands_on": ["national"], "valid_from": "2010-01-01",
    "source": "local", "entries": [{"name": "community_capacity", "value": 160, "unit": "hours a month",
    "valid_from": "2010-01-01", "source": "local rule", "grade": "default", "read_on": "each_day"}]}"""
)
ZONE_CASES = "task-0000000000000002"


def named(there: District | None = None, *, by: str = "li", on: date = SIGNED_ON, **said):
    return (there or agreed()).answer(name_people(**said), by=by, on=on)


def by_community(there: District | None = None, *, by: str = "ji", on: date = SIGNED_ON, **said):
    return named(there, by=by, on=on, **({"people": (WORKER,), "accountable_officer": None} | said))


def carrying(hours: int, there: District | None = None) -> District:
    """Give a district that knows what a community can bear, where other items already ask for these hours."""
    burden = Burden(hours, (ZONE_CASES,))
    case = (there or agreed()).with_fact(BurdenOf("harbour"), burden)
    return replace(case, packs=(packs()["national"], CAPACITY))


# --- who names whom
def test_the_department_names_its_people_and_the_officer_who_answers_for_the_item():
    (event,) = named().events
    assert isinstance(event, PeopleNamed)
    assert (event.side, event.accountable_officer) == ("department", "chen")
    assert [each.person for each in event.people] == ["li"]


def test_the_community_names_its_own_workers_beside_them():
    (event,) = by_community().events
    assert (event.side, event.accountable_officer) == ("community", None)


@pytest.mark.parametrize("by", ["wu", "ji"])
def test_the_director_or_a_member_of_the_committee_names_them(by):
    assert by_community(by=by, people=(replaced("wu"),)).answer.outcome == "recorded"


def replaced(person: str) -> Assignment:
    return WORKER.model_copy(update={"person": person})


@pytest.mark.parametrize("by", ["he", "wang", "feng", "zhou", "deng"])
def test_nobody_else_names_anybody(by):
    assert refusal(named(by=by)) == ("not_your_role", "dossier §3.1")


def test_both_may_name_while_the_agreement_is_pending():
    assert named(approved(), on=date(2026, 3, 11)).answer.phase == "agreement_pending"
    assert by_community(approved(), on=date(2026, 3, 11)).answer.phase == "agreement_pending"


@pytest.mark.parametrize("there", [reviewed, active])
def test_nobody_is_named_before_the_decision_nor_once_the_work_has_begun(there):
    assert refusal(named(there(), on=START)) == ("wrong_phase", "dossier §4.1")


def test_the_department_does_not_name_the_committees_people_as_its_own():
    answer = named(people=(WORKER,))
    assert refusal(answer) == ("not_yours_to_name", "ADMISSION §5, S3-12")
    assert (details(answer)["person"], details(answer)["organisation"]) == ("ji", "harbour")


def test_nor_the_committee_those_of_the_department():
    answer = by_community(people=(WORKER, Assignment(person="li", organisation="health", hours_a_month=1)))
    assert refusal(answer)[0] == "not_yours_to_name"
    assert details(answer)["person"] == "li"


def test_nor_the_officer_who_answers_for_it_in_the_department():
    answer = by_community(accountable_officer="chen")
    assert refusal(answer)[0] == "not_yours_to_name"
    assert (details(answer)["person"], details(answer)["organisation"]) == ("chen", "health")


def test_either_may_name_people_of_a_third_body():
    third = Assignment(person="he", organisation="education", hours_a_month=8)
    assert named(people=(third,)).answer.outcome == "recorded"
    assert by_community(people=(third,)).answer.outcome == "recorded"


# --- the officer
def test_without_an_officer_who_answers_for_it_the_department_names_nobody():
    answer = named(accountable_officer=None)
    assert refusal(answer) == ("accountable_officer_missing", "S3-12")
    assert details(answer)["why"] == "not_named"


@pytest.mark.parametrize(("officer", "why"), [("nobody", "unknown_person"), ("he", "not_in_office")])
def test_the_officer_is_known_and_in_the_applicants_office(officer, why):
    answer = named(accountable_officer=officer)
    assert (refusal(answer)[0], details(answer)["why"]) == ("accountable_officer_missing", why)


def test_the_officers_last_day_in_office_counts_and_the_day_after_does_not():
    there = with_seats(agreed(), seat("shi", "health", "delegating_department", last_on=SIGNED_ON))
    assert named(there, accountable_officer="shi").answer.outcome == "recorded"
    late = named(there, accountable_officer="shi", on=SIGNED_ON + timedelta(days=1))
    assert refusal(late)[0] == "accountable_officer_missing"


# --- the people
@pytest.mark.parametrize(
    ("person", "organisation"), [("nobody", "health"), ("he", "health"), ("li", "education"), ("li", "nowhere")]
)
def test_every_person_is_known_and_holds_an_office_where_he_is_named_from(person, organisation):
    stranger = Assignment(person=person, organisation=organisation, hours_a_month=40)
    answer = named(people=(stranger,))
    assert refusal(answer) == ("person_not_in_office", SOURCE)
    assert (details(answer)["person"], details(answer)["organisation"]) == (person, organisation)


def test_a_persons_last_day_in_office_counts_and_the_day_after_does_not():
    there = with_seats(agreed(), seat("shi", "health", "delegating_department", last_on=SIGNED_ON))
    people = (Assignment(person="shi", organisation="health", hours_a_month=40),)
    assert named(there, people=people).answer.outcome == "recorded"
    assert refusal(named(there, people=people, on=SIGNED_ON + timedelta(days=1)))[0] == "person_not_in_office"


def test_a_second_word_of_a_side_stands_in_the_place_of_its_first():
    first = after(agreed(), name_people(), "li", SIGNED_ON)
    both = after(first, name_people(people=(WORKER,), accountable_officer=None), "ji", SIGNED_ON)
    other = (Assignment(person="chen", organisation="health", hours_a_month=10),)
    again = after(both, name_people(people=other), "li", SIGNED_ON)
    said = [(each.event.side, [p.person for p in each.event.people]) for each in again.case.state.legs.people]
    assert said == [("community", ["ji"]), ("department", ["chen"])]


def test_the_same_people_again_are_nothing_new_whoever_repeats_them():
    there = after(agreed(), name_people(), "li", SIGNED_ON)
    assert named(there, by="chen", on=SIGNED_ON + timedelta(days=1)).answer.outcome == "nothing_new"


# --- added posts
def test_a_department_post_added_in_the_community_is_refused():
    answer = named(added_posts=1)
    assert refusal(answer) == ("added_staff", "S1e-27")
    assert (details(answer)["posts"], details(answer)["allowed"]) == (1, 0)


def test_nor_may_the_committee_ask_for_a_post():
    assert refusal(by_community(added_posts=1))[0] == "added_staff"


def test_where_the_rule_is_only_a_draft_it_warns():
    there = replace(agreed(), packs=(with_grade("added_posts_allowed", "draft"),))
    assert [each.code for each in named(there, added_posts=1).answer.warnings] == ["task_admission.added_staff"]


# --- quota
def with_workers(households: int | None, *, count: int, pack: str = "development_zone"):
    """Let the committee of a community of so many households name so many of its people."""
    people = [f"worker{number}" for number in range(count)]
    there = with_seats(agreed(), *(seat(each, "harbour", "residents_committee") for each in people))
    sized = tuple(
        each.model_copy(update={"households": households}) if each.id == "harbour" else each
        for each in there.organisations
    )
    there = replace(there, organisations=sized, packs=(packs()["national"], packs()[pack]))
    return by_community(there, people=tuple(replaced(each) for each in people))


@pytest.mark.parametrize(("households", "quota"), [(2000, 10), (2499, 10), (2500, 11), (7000, 20)])
def test_a_station_names_as_many_people_as_the_formula_gives_it_and_not_one_more(households, quota):
    assert with_workers(households, count=quota).answer.outcome == "recorded"
    answer = with_workers(households, count=quota + 1)
    assert refusal(answer) == ("over_quota", "S3-14")
    assert (details(answer)["named"], details(answer)["quota"], details(answer)["clause"]) == (
        quota + 1,
        quota,
        "S1e-31",
    )


def test_where_no_formula_or_no_number_of_households_is_known_nothing_is_guessed():
    assert with_workers(None, count=30).answer.outcome == "recorded"
    assert with_workers(2000, count=30, pack="qingyang").answer.outcome == "recorded"


def test_the_quota_is_the_communitys_and_binds_no_department():
    there = replace(agreed(), packs=(packs()["national"], packs()["development_zone"]))
    people = [f"clerk{number}" for number in range(21)]
    there = with_seats(there, *(seat(each, "health", "delegating_department") for each in people))
    many = tuple(Assignment(person=each, organisation="health", hours_a_month=8) for each in people)
    assert named(there, people=many).answer.outcome == "recorded"


# --- nobody needed
def test_nobody_is_named_only_with_a_reason():
    answer = named(carrying(0), people=())
    assert refusal(answer) == ("people_missing", SOURCE)
    assert details(answer)["why"] == "not_named"


def test_and_only_where_the_district_says_what_a_community_can_bear():
    answer = named(people=(), none_needed="在岗人员可以兼顾。")
    assert (refusal(answer)[0], details(answer)["why"]) == ("people_missing", "capacity_not_set")


def test_and_only_with_the_hours_to_spare():
    """The form asks for 40 hours a month; the district says that a community can bear 160."""
    assert named(carrying(120), people=(), none_needed="在岗人员可以兼顾。").answer.outcome == "recorded"
    answer = named(carrying(121), people=(), none_needed="在岗人员可以兼顾。")
    assert (refusal(answer)[0], details(answer)["why"]) == ("people_missing", "no_spare_capacity")
    assert (details(answer)["carried"], details(answer)["asked"], details(answer)["capacity"]) == (121, 40, 160)


def test_the_community_too_may_say_so():
    answer = by_community(carrying(120), people=(), none_needed="在岗人员可以兼顾。")
    assert answer.events[0].none_needed == "在岗人员可以兼顾。"
