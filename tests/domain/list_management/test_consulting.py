"""Lawful first, then open for comment: thirty days in general, fewer only for a reason on record (L-MAD:15; C18)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.kernel.packs import Pack
from domain.list_management.commands import CloseConsultation
from tests.domain.list_management.proposals import (
    CLOSED_ON,
    LEAST,
    OPENED_ON,
    REVIEWED_ON,
    closed,
    comment,
    consulted,
    deliberated,
    lawful,
    national,
    opening,
    opinion,
    proposed,
    report,
)

SOON = date(2026, 3, 12)


def test_a_lawful_text_goes_on_and_the_limit_of_the_review_is_kept():
    there = lawful()
    assert there.case.state.phase == "reviewed"
    assert there.case.clocks["legal_review"].state == "done"


def test_a_text_to_which_the_review_objects_goes_back():
    there = proposed().when(opinion("objection"), by="fa", on=REVIEWED_ON).recorded()
    assert there.case.state.phase == "objected"
    there.when(opening(), by="wang").then_refused("list_management.wrong_phase", phase="objected")


def test_nobody_reviews_what_his_own_body_or_one_that_it_controls_proposes():
    proposed().when(opinion(), by="nurse").then_refused("list_management.own_proposal", organisation="clinic")


def test_nobody_reviews_what_he_proposed_himself_from_another_seat():
    proposed().when(opinion(), by="li").then_refused("list_management.substitute_needed", person="li")


def test_nobody_reviews_who_sits_in_a_body_that_the_proposer_controls():
    proposed().when(opinion(), by="doctor").then_refused("list_management.substitute_needed", person="doctor")


def test_nobody_reviews_from_a_new_post_what_he_proposed_in_an_old_one():
    there = proposed()
    elsewhere = replace(
        there.world, entries=tuple(each for each in there.world.entries if each.id != "li-delegating_department")
    )
    there.in_(elsewhere).when(opinion(), by="li").then_refused("list_management.substitute_needed", person="li")


def test_a_text_is_not_reviewed_twice():
    lawful().when(opinion(), by="fa").then_refused("list_management.wrong_phase", phase="reviewed")


def test_nothing_is_consulted_on_that_is_not_found_lawful():
    proposed().when(opening(), by="wang").then_refused("list_management.wrong_phase", phase="legal_review")


def test_the_consultation_is_open_for_thirty_days_and_to_the_next_working_day():
    there = consulted()
    assert (there.case.state.phase, there.case.clocks["public_comment"].deadline.due_on) == ("consultation", LEAST)
    early = lawful().when(opening(LEAST - timedelta(days=1)), by="wang", on=OPENED_ON)
    early.then_refused("list_management.consultation_too_short", least=LEAST.isoformat())


def test_a_shorter_period_has_its_reason_on_record():
    there = lawful().when(opening(SOON, "汛期临近。"), by="wang", on=OPENED_ON).recorded()
    assert there.case.state.opened.shorter_because == "汛期临近。"
    assert there.case.clocks["public_comment"].deadline.due_on == SOON


def test_before_the_regulation_of_2019_no_period_was_set():
    there = lawful()
    before = there.case.state.tabled.model_copy(update={"on": date(2019, 8, 31)})
    tabled_then = there.case.state.model_copy(update={"tabled": before})
    past = replace(there, case=replace(there.case, state=tabled_then))
    assert past.when(opening(SOON), by="wang", on=OPENED_ON).recorded().case.state.opened.warnings == ()


def test_where_the_period_does_not_bind_a_shorter_one_is_warned_of():
    drafts = [each.model_copy(update={"grade": "draft"}) for each in national().entries]
    pack = Pack(**{**{name: getattr(national(), name) for name in Pack.model_fields}, "entries": tuple(drafts)})
    there = lawful()
    answered = there.in_(replace(there.world, packs=(pack,))).when(opening(SOON), by="wang", on=OPENED_ON)
    assert [each.code for each in answered.decision.answer.warnings] == ["list_management.consultation_too_short"]


def test_a_consultation_closes_on_a_day_to_come():
    lawful().when(opening(OPENED_ON), by="wang", on=OPENED_ON).then_refused("list_management.closes_in_the_past")


def test_committees_departments_and_through_the_secretariat_residents_are_heard():
    there = consulted()
    for who, said in (("wu", comment()), ("song", comment("请明确责任。")), ("li", comment("同意。"))):
        there = there.when(said, by=who, on=OPENED_ON).recorded()
    there = there.when(comment("支持。", "居民来信"), by="wang", on=OPENED_ON).recorded()
    assert len(there.case.state.heard) == 4
    there.when(comment("支持。", "居民来信"), by="wang", on=LEAST).then_nothing_new()


def test_only_the_secretariat_enters_what_others_wrote():
    consulted().when(comment("支持。", "居民来信"), by="wu").then_refused("list_management.only_for_residents")


def test_what_is_received_on_the_last_day_is_heard_and_on_the_day_after_it_is_closed():
    there = consulted().when(comment(), by="wu", on=LEAST).recorded()
    there.when(CloseConsultation(), by="schedule", on=LEAST).then_nothing_new()
    there = there.when(CloseConsultation(), by="schedule", on=CLOSED_ON).recorded()
    assert (there.case.state.phase, there.case.clocks["public_comment"].state) == ("comments_closed", "done")
    there.when(comment("迟到。"), by="wu", on=CLOSED_ON).then_refused("list_management.wrong_phase")
    there.when(CloseConsultation(), by="schedule", on=CLOSED_ON).then_nothing_new()


def test_a_consultation_that_is_not_open_is_not_closed():
    proposed().when(CloseConsultation(), by="schedule").then_refused("list_management.wrong_phase")


@pytest.mark.parametrize("considered", [1, 3])
def test_every_comment_is_answered_before_anything_is_decided(considered):
    there = closed("场地不够。", "经费不足。")
    refused = there.when(report(considered), by="wang", on=CLOSED_ON)
    refused.then_refused("list_management.comments_unanswered", considered=considered, comments=2)
    assert there.when(report(2), by="wang", on=CLOSED_ON).recorded().case.state.phase == "deliberation"


def test_a_report_is_given_once_the_period_is_over():
    consulted().when(report(), by="wang").then_refused("list_management.wrong_phase", phase="consultation")
    deliberated().when(report(), by="wang").then_refused("list_management.wrong_phase", phase="deliberation")
