"""A list in force is looked at every year and when the law changes, until another takes over (S2-06; dossier §4.5)."""

from datetime import date, timedelta

import pytest

from domain.kernel.clock_events import DeclareMissed, Escalate, RemindOwner
from domain.kernel.facts import CasesHolding
from domain.kernel.lists import standing_key
from domain.list_management.commands import BringIntoForce, NoteSuccessor, OpenListReview, RetireList, TakeUpList
from domain.list_management.state import view
from tests.domain.list_management.proposals import (
    APPROVED_ON,
    IN_FORCE_ON,
    LIST,
    PROPOSED_ON,
    PUBLISHED_ON,
    approved,
    deliberated,
    in_force,
    new,
    proposed,
    publication,
    reviewing,
    taken_up,
    to_be_changed,
    to_come,
)
from tests.spec import World

LAW = OpenListReview(because="law_register@3")
LATER = date(2026, 9, 1)
SUCCESSOR = NoteSuccessor(version=3, valid_from=LATER)


def test_a_published_list_is_in_force_when_its_first_day_begins():
    there = to_come()
    assert (there.case.state.phase, there.case.clocks.lasting()) == ("published", ("entry_into_force",))
    eve = IN_FORCE_ON - timedelta(days=1)
    there.when(BringIntoForce(), by="schedule", on=eve).then_nothing_new()
    there = there.when(BringIntoForce(), by="schedule", on=IN_FORCE_ON).recorded()
    assert (there.case.state.phase, there.case.clocks.lasting()) == ("in_force", ("list_review",))
    there.when(BringIntoForce(), by="schedule", on=IN_FORCE_ON).then_nothing_new()


def test_one_whose_first_day_has_begun_is_in_force_at_once():
    there = approved().when(publication(since=PUBLISHED_ON), by="linked_case", on=PUBLISHED_ON).recorded()
    assert (there.case.state.phase, there.case.clocks["list_publication"].state) == ("in_force", "done")


def test_a_publication_is_noted_once_whatever_became_of_the_proposal_in_that_moment():
    to_come().when(publication(), by="linked_case", on=PUBLISHED_ON).then_nothing_new()
    to_come().when(publication(3), by="linked_case", on=PUBLISHED_ON).then_refused("list_management.wrong_phase")
    there = deliberated().when(publication(), by="linked_case", on=PUBLISHED_ON).recorded()
    assert there.case.state.phase == "published"


def test_a_repeal_leaves_nothing_to_look_at():
    repeal = publication(repeals=True)
    there = approved().when(repeal, by="linked_case", on=PUBLISHED_ON).recorded()
    there = there.when(BringIntoForce(), by="schedule", on=IN_FORCE_ON).recorded()
    assert (there.case.state.phase, there.case.state.is_end) == ("repealed", True)
    assert there.case.clocks.lasting() == ()


def test_a_list_is_looked_at_within_a_year_and_the_year_after_again():
    there, day = in_force(), date(2027, 4, 20)
    assert there.case.clocks["list_review"].owner == "approver"
    for year in range(3):
        command = reviewing(number=f"评〔{2027 + year}〕1号")
        there = there.when(command, by="zhou", on=day).recorded()
        assert there.case.clocks["list_review"].started_on == day
        there.when(command, by="zhou", on=day).then_nothing_new()
        day = date(day.year + 1, 4, 20)
    assert (there.case.state.phase, len(there.case.state.reviewed)) == ("in_force", 1)
    assert there.case.clocks.lasting() == ("list_review",)


def test_a_year_that_passes_without_a_review_is_missed_and_climbs():
    there = in_force()
    due_on = there.case.clocks["list_review"].deadline.due_on
    assert due_on >= date(2027, 5, 1)
    there = there.when(
        RemindOwner(limit="list_review", step=1), by="schedule", on=due_on - timedelta(days=3)
    ).recorded()
    there = there.when(DeclareMissed(limit="list_review"), by="schedule", on=due_on + timedelta(days=1)).recorded()
    there = there.when(Escalate(limit="list_review", step=1), by="schedule", on=due_on + timedelta(days=9)).recorded()
    assert there.case.state.phase == "in_force"
    there = there.when(reviewing(), by="zhou", on=due_on + timedelta(days=12)).recorded()
    assert (there.case.clocks["list_review"].state, there.case.state.reviewed[0].version) == ("open", 2)


def test_the_review_of_a_list_that_is_not_in_force_is_too_early():
    to_come().when(reviewing(), by="zhou").then_refused("list_management.wrong_phase", phase="published")
    proposed().when(reviewing(), by="zhou").then_refused("list_management.wrong_phase", phase="legal_review")


def test_a_review_looks_at_what_the_register_says_is_in_force():
    nothing = World(entries=new().world.entries, packs=new().world.packs, calendar=new().world.calendar)
    refused = in_force().in_(nothing).when(reviewing(), by="zhou", on=date(2027, 4, 20))
    refused.then_refused("list_management.nothing_in_force", register=LIST)


@pytest.mark.parametrize("outcome", ["amend", "repeal"])
def test_a_list_found_wanting_is_changed_within_three_months(outcome):
    there = in_force().when(reviewing(outcome), by="zhou", on=date(2027, 4, 20)).recorded()
    assert there.case.state.phase == "to_be_changed"
    clock = there.case.clocks["list_change"]
    assert (clock.owner, clock.deadline.due_on) == ("secretariat", date(2027, 7, 20))


def test_a_second_look_may_find_that_it_is_kept_after_all():
    again = reviewing("repeal", "评〔2027〕2号")
    there = to_be_changed().when(again, by="zhou", on=date(2027, 5, 20)).recorded()
    assert there.case.clocks["list_change"].started_on == date(2027, 4, 20)
    there = there.when(reviewing("keep", "评〔2027〕3号"), by="zhou", on=date(2027, 6, 1)).recorded()
    assert (there.case.state.phase, there.case.clocks["list_change"].state) == ("in_force", "closed")


def test_a_change_of_the_law_opens_a_review_within_thirty_working_days():
    there = in_force().when(LAW, by="linked_case", on=LATER).recorded()
    assert there.case.clocks["law_review"].deadline.due_on == date(2026, 10, 19)
    there.when(LAW, by="linked_case", on=LATER).then_nothing_new()
    second = there.when(OpenListReview(because="law_register@4"), by="wang", on=LATER).recorded()
    assert second.case.clocks["law_review"] == there.case.clocks["law_review"]
    there = second.when(reviewing(), by="zhou", on=date(2026, 9, 10)).recorded()
    assert (there.case.state.causes, there.case.clocks["law_review"].state) == ((), "done")


def test_a_law_that_changes_before_the_first_day_is_looked_at_from_it_on():
    there = to_come().when(LAW, by="linked_case", on=PUBLISHED_ON).recorded()
    assert "law_review" not in there.case.clocks
    there = there.when(BringIntoForce(), by="schedule", on=IN_FORCE_ON).recorded()
    assert there.case.clocks["law_review"].started_on == IN_FORCE_ON


def test_a_list_that_is_to_be_changed_anyway_and_a_proposal_are_not_looked_at_again():
    to_be_changed().when(LAW, by="linked_case", on=LATER).then_nothing_new()
    proposed().when(LAW, by="wang").then_refused("list_management.wrong_phase")


def test_a_successor_takes_over_on_its_first_day():
    there = in_force().when(SUCCESSOR, by="linked_case", on=date(2026, 8, 3)).recorded()
    assert (there.case.state.phase, there.case.clocks.lasting()) == ("expiring", ("succession",))
    there.when(SUCCESSOR, by="linked_case", on=date(2026, 8, 3)).then_nothing_new()
    there.when(RetireList(), by="schedule", on=date(2026, 8, 31)).then_nothing_new()
    there = there.when(RetireList(), by="schedule", on=LATER).recorded()
    assert (there.case.state.phase, there.case.state.is_end) == ("superseded", True)


def test_one_whose_first_day_has_begun_takes_over_at_once_and_what_a_review_asked_for_is_done():
    command = NoteSuccessor(version=3, valid_from=date(2027, 5, 1))
    there = to_be_changed().when(command, by="linked_case", on=date(2027, 5, 4)).recorded()
    assert (there.case.state.phase, there.case.clocks["list_change"].state) == ("superseded", "done")


def test_of_two_successors_the_one_that_begins_first_takes_over():
    there = in_force().when(SUCCESSOR, by="linked_case", on=date(2026, 8, 3)).recorded()
    earlier = NoteSuccessor(version=4, valid_from=date(2026, 8, 15))
    there = there.when(earlier, by="linked_case", on=date(2026, 8, 4)).recorded()
    assert there.case.clocks["succession"].deadline.due_on == date(2026, 8, 15)


def test_a_correction_takes_the_place_of_the_version_it_corrects_and_of_no_other():
    of_another = NoteSuccessor(version=3, valid_from=LATER, corrects=1)
    in_force().when(of_another, by="linked_case", on=LATER).then_nothing_new()
    of_this = of_another.model_copy(update={"corrects": 2})
    assert in_force().when(of_this, by="linked_case", on=PUBLISHED_ON).recorded().case.state.phase == "superseded"


def test_a_list_does_not_succeed_itself_nor_a_proposal():
    own = NoteSuccessor(version=2, valid_from=IN_FORCE_ON)
    in_force().when(own, by="linked_case").then_nothing_new()
    proposed().when(own, by="linked_case").then_nothing_new()


def test_a_list_that_stands_without_a_proposal_is_taken_into_the_review():
    there = taken_up()
    assert (there.case.state.phase, there.case.state.published.version) == ("in_force", 1)
    assert there.case.clocks["list_review"].deadline.due_on == date(2027, 3, 2)
    assert standing_key(LIST) in view(there.case.state).keys


def test_it_is_taken_up_once_and_only_if_it_is_in_force():
    held = World(**{**vars(new().world), "others": {CasesHolding(standing_key(LIST)): ("list-other",)}})
    take_up = TakeUpList(name=LIST)
    new().in_(held).when(take_up, by="wang").then_refused("list_management.kept_already", case="list-other")
    nowhere = TakeUpList(name="service_catalogue")
    new().when(nowhere, by="wang").then_refused("list_management.nothing_in_force")
    taken_up().when(take_up, by="wang", on=PROPOSED_ON).then_refused("list_management.already_opened")


@pytest.mark.parametrize(
    ("there", "task", "role"),
    [
        (deliberated, "decide_on_list", "approver"),
        (approved, "publish_list", "registrar"),
        (in_force, "review_list", "approver"),
        (to_be_changed, "propose_change", "secretariat"),
    ],
)
def test_what_is_to_be_done_next_is_somebody_s_work(there, task, role):
    (work,) = view(there().case.state).work
    assert (work.task, work.role) == (task, role)
    assert view(to_come().case.state).work == ()
    assert work.since >= APPROVED_ON or task == "decide_on_list"
