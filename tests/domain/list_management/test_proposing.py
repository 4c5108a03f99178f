"""Every entry has its basis, class, owner and funding rule; a list is changed as a whole (S2-07; dossier §4.5 P5)."""

from datetime import date

import pytest

from domain.list_management.commands import ReviseProposal, WithdrawProposal
from tests.domain.list_management.proposals import (
    APPROVED_ON,
    LIST,
    NEW,
    OLD,
    PROPOSED_ON,
    STANDING,
    approved,
    consulted,
    deliberated,
    district,
    entry,
    in_force,
    lawful,
    new,
    proposed,
    proposing,
    text,
    version,
)

REVISE = ReviseProposal(content=text(OLD, NEW, entry("A-03", "meals")), reasons="按意见增加一项。")


def test_a_proposal_says_what_it_follows_and_its_lawfulness_is_reviewed_within_seven_working_days():
    there = proposed()
    assert (there.case.state.phase, there.case.state.proposed.after) == ("legal_review", 1)
    assert there.case.clocks["legal_review"].deadline.due_on == date(2026, 3, 11)
    assert there.case.clocks["legal_review"].owner == "legal_reviewer"


def test_a_department_and_the_secretariat_propose_and_nobody_else():
    new().when(proposing(), by="wang").recorded()
    new().when(proposing(), by="wu").then_refused("list_management.not_your_role")


@pytest.mark.parametrize("register", ["calendar", "pack-national"])
def test_a_calendar_and_a_pack_are_no_lists(register):
    command = proposing().model_copy(update={"name": register})
    new().when(command).then_refused("list_management.no_list", register=register)


def test_a_list_that_does_not_stand_yet_is_proposed_too():
    command = proposing(text(NEW)).model_copy(update={"name": "service_catalogue"})
    assert new().when(command).recorded().case.state.proposed.after == 0


def test_what_stands_word_for_word_is_no_change():
    same = text(OLD, since=STANDING.valid_from)
    new().when(proposing(same)).then_refused("list_management.nothing_changes", version=1)


def test_a_list_does_not_begin_in_the_past():
    begins = text(since=date(2026, 3, 1))
    new().when(proposing(begins), on=PROPOSED_ON).then_refused("list_management.begins_in_the_past")
    new().when(proposing(text(since=PROPOSED_ON)), on=PROPOSED_ON).recorded()


def test_a_correction_may_begin_in_the_past_and_names_a_version_that_is_there():
    begins = text(since=date(2020, 1, 1))
    assert proposed(begins, corrects=1).case.state.proposed.corrects == 1
    new().when(proposing(begins, corrects=3)).then_refused("list_management.unknown_version", version=3, last=1)


def test_a_list_ends_after_it_begins():
    ended = text(valid_to=date(2026, 4, 30))
    new().when(proposing(ended)).then_refused("list_management.ends_before_it_begins")


def test_a_number_stands_for_one_entry():
    twice = text(OLD, NEW, entry("A-02", "meals"))
    new().when(proposing(twice)).then_refused("list_management.entry_twice", entry="A-02")


@pytest.mark.parametrize("missing", ["category", "owner", "funding"])
def test_a_new_entry_says_its_class_who_answers_for_it_and_how_it_is_paid_for(missing):
    lacking = NEW.model_copy(update={missing: None})
    refused = new().when(proposing(text(OLD, lacking)))
    refused.then_refused("list_management.entry_incomplete", entry="A-02", row=2, lacking=[missing])


def test_an_entry_that_stands_as_it_is_need_say_no_more():
    assert proposed(text(OLD, NEW)).case.state.content.entries[0] == OLD


def test_a_text_without_entries_proposes_the_repeal():
    nothing = text(OLD).model_copy(update={"entries": ()})
    assert proposed(nothing).case.state.content.entries == ()


@pytest.mark.parametrize("stage", [lawful, consulted, deliberated, approved])
def test_another_text_is_reviewed_and_consulted_on_anew(stage):
    there = stage().when(REVISE, on=APPROVED_ON).recorded()
    assert (there.case.state.phase, there.case.state.content) == ("legal_review", REVISE.content)
    assert there.case.clocks.lasting() == ("legal_review",)
    assert there.case.clocks["legal_review"].started_on == APPROVED_ON


def test_the_same_text_is_nothing_new_unless_another_version_stands_by_now():
    same = ReviseProposal(content=text(), reasons="无修改。")
    proposed().when(same, on=PROPOSED_ON).then_nothing_new()
    between = version(2, text(OLD, since=PROPOSED_ON), PROPOSED_ON)
    there = approved().in_(district(STANDING, between)).when(same, on=APPROVED_ON).recorded()
    assert (there.case.state.phase, there.case.state.tabled.after) == ("legal_review", 2)


def test_only_who_proposed_revises_and_takes_back():
    withdraw = WithdrawProposal(reasons="不再需要。")
    for command in (REVISE, withdraw):
        proposed().when(command, by="wang").then_refused("list_management.not_the_proposer", proposer="health")
        proposed().when(command, by="song").then_refused("list_management.not_your_role")
        in_force().when(command, by="li").then_refused("list_management.wrong_phase", phase="in_force")


def test_what_is_not_approved_is_taken_back_and_what_is_is_not():
    there = deliberated().when(WithdrawProposal(reasons="不再需要。"), on=APPROVED_ON).recorded()
    assert (there.case.state.phase, there.case.state.is_end) == ("withdrawn", True)
    assert there.case.clocks.lasting() == ()
    approved().when(WithdrawProposal(reasons="不再需要。")).then_refused(
        "list_management.wrong_phase", phase="approved"
    )


def test_a_proposal_is_opened_once():
    there = proposed()
    there.when(proposing()).then_refused("list_management.already_opened")
    assert there.case.state.proposed.name == LIST
