"""Who did not propose it approves the text, and what is published is what was approved (dossier §3.1, §4.5 P5)."""

from datetime import date

from domain.kernel.lists import approved_key
from domain.list_management.commands import RejectList
from domain.list_management.state import view
from tests.domain.list_management.proposals import (
    APPROVED_ON,
    CLOSED_ON,
    LIST,
    OLD,
    PUBLISHED_ON,
    STANDING,
    approval,
    approved,
    deliberated,
    district,
    lawful,
    text,
    version,
)

REJECT = RejectList(number="东政〔2026〕6号", reasons="尚不成熟。")


def test_what_is_approved_is_found_by_every_word_of_it_and_by_the_version_it_follows():
    there = approved()
    assert there.case.state.approved.text_sha256 == text().digest
    assert view(there.case.state).keys == (approved_key(LIST, 1, text()),)
    assert view(deliberated().case.state).keys == ()


def test_an_approved_list_is_published_within_five_working_days():
    clock = approved().case.clocks["list_publication"]
    assert (clock.owner, clock.deadline.due_on) == ("registrar", date(2026, 4, 17))


def test_nothing_is_approved_before_the_comments_are_answered():
    lawful().when(approval(), by="zhou").then_refused("list_management.wrong_phase", phase="reviewed")


def test_who_reviewed_the_text_does_not_approve_it():
    deliberated().when(approval(), by="fa").then_refused("list_management.substitute_needed", person="fa")


def test_who_proposes_does_not_approve():
    deliberated().when(approval(), by="li").then_refused("list_management.not_your_role")


def test_a_text_that_another_version_has_overtaken_is_not_approved():
    between = version(2, text(OLD, since=CLOSED_ON), CLOSED_ON)
    there = deliberated().in_(district(STANDING, between))
    refused = there.when(approval(), by="zhou", on=APPROVED_ON)
    refused.then_refused("list_management.changed_since_proposed", after=1, last=2)


def test_a_text_whose_first_day_has_passed_meanwhile_is_not_approved():
    deliberated().when(approval(), by="zhou", on=date(2026, 5, 2)).then_refused("list_management.begins_in_the_past")


def test_a_rejected_proposal_is_over():
    there = deliberated().when(REJECT, by="zhou", on=APPROVED_ON).recorded()
    assert (there.case.state.phase, there.case.state.is_end) == ("rejected", True)
    approved().when(REJECT, by="zhou", on=PUBLISHED_ON).then_refused("list_management.wrong_phase")
