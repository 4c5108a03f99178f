"""A form is sent back once, with one complete list of defects, and comes back within five working days (一次性告知).

DL-03; dossier §4.1 T3; ADMISSION §3, §8 items 10 and 12.
"""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.kernel.clock_events import ClockSuspended, DeadlineLapsed, DeadlineMissed, DeclareMissed, Escalate
from domain.task_admission.commands import AcceptApplication, LapseCorrection, SubmitApplication, WithdrawApplication
from domain.task_admission.commands.correction import Defect
from domain.task_admission.events import ApplicationLapsed, ApplicationResubmitted, CorrectionRequested, ItemClassified
from domain.task_admission.state import AwaitingCorrection, view
from tests.domain.task_admission.district import (
    LISTED,
    TODAY,
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
    HEARD_ON,
    accept,
    accepted,
    after,
    approve,
    opinion,
    reviewed,
)
from tests.domain.task_admission.mending import (
    ASKED_ON,
    DEFECTS,
    LAST_DAY,
    MENDED,
    ask_to_mend,
    mend,
    mended,
    sent_back,
)
from workflows.task_admission import TaskAdmissionWorkflow

THE_DAY_AFTER = date(2026, 3, 12)
STAGES = {
    "screening": (lambda: District().submitted(), ["formal_check"]),
    "consulting_community": (accepted, ["decision", "opinion"]),
    "under_review": (reviewed, ["decision"]),
}
ON = date(2026, 3, 9)


# --- one complete list
def test_the_secretariat_sends_the_form_back_with_every_defect_its_field_and_its_clause():
    answered = District().submitted().answer(ask_to_mend(), by="wang", on=ASKED_ON)
    requested, stopped, opened = answered.events
    assert isinstance(requested, CorrectionRequested)
    assert [(each.field, each.clause, each.says) for each in requested.defects] == [
        (each.field, each.clause, each.says) for each in DEFECTS
    ]
    assert stopped == ClockSuspended(limit="formal_check", on=ASKED_ON, reason="correction_requested")
    assert (opened.limit, opened.deadline.due_on, opened.deadline.kind) == ("correction", LAST_DAY, "forfeiture")
    assert (answered.after.state.phase, opened.organisation) == ("correction_requested", "health")


@pytest.mark.parametrize(
    ("defects", "why"),
    [
        ((), "none"),
        ((*DEFECTS, Defect(field="people", says="写清楚。")), "incomplete"),
        ((Defect(clause="S0-08", says="写清楚。"),), "incomplete"),
        ((Defect(field="people", clause="S0-08"),), "incomplete"),
        ((Defect(field="tone", clause="S0-08", says="客气一点。"),), "no_such_field"),
    ],
)
def test_a_list_that_does_not_name_a_field_and_a_clause_is_none(defects, why):
    command = ask_to_mend().model_copy(update={"defects": defects})
    answered = District().submitted().answer(command, by="wang", on=ASKED_ON)
    assert refusal(answered) == ("defects_not_named", "dossier §4.1 T3")
    assert details(answered)["why"] == why


@pytest.mark.parametrize("phase", STAGES)
def test_until_the_decision_the_clocks_that_run_stand_still(phase):
    begun, running = STAGES[phase]
    there = begun()
    assert there.case.state.phase == phase
    answered = there.answer(ask_to_mend(), by="wang", on=ON)
    stopped = [each.limit for each in answered.events if isinstance(each, ClockSuspended)]
    assert sorted(stopped) == running
    late = there.given(*answered.events).answer(DeclareMissed(limit=running[0]), by="schedule", on=date(2026, 12, 1))
    assert late.answer.outcome == "nothing_new"


def test_who_has_to_do_with_the_applicant_sends_nothing_back():
    there = replace(District(), seats=(*District().seats, seat("wang", "health", "delegating_department")))
    assert refusal(there.submitted().answer(ask_to_mend(), by="wang", on=ASKED_ON))[0] == "substitute_needed"
    assert refusal(District().submitted().answer(ask_to_mend(), by="li", on=ASKED_ON))[0] == "not_your_role"


# --- once
def test_a_second_list_is_refused_while_the_first_is_open_and_ever_after():
    other = ask_to_mend(Defect(field="title", clause="S3-09", says="写明地点。"))
    for there in (sent_back(), mended(), after(mended(), accept(), "wang", ON)):
        answered = there.answer(other, by="wang", on=ON)
        assert refusal(answered) == ("correction_already_requested", "dossier §4.1 T3")
        assert details(answered)["on"] == "2026-03-04"


def test_the_same_list_again_is_nothing_new():
    assert sent_back().answer(ask_to_mend(), by="wang", on=ON).answer.outcome == "nothing_new"


# --- while it is open
@pytest.mark.parametrize(
    ("command", "by"),
    [
        (AcceptApplication(), "wang"),
        (SubmitApplication(), "li"),
        (approve(), "zhou"),
        (opinion(), "ji"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_meanwhile_nobody_decides_anything(command, by):
    assert refusal(sent_back(reviewed(), ON).answer(command, by=by, on=ON))[0] == "wrong_phase"


def test_meanwhile_the_applicant_has_a_form_to_mend_and_may_take_it_back():
    (work,) = view(sent_back().case.state).work
    assert (work.task, work.organisation, work.limit, work.since) == (
        "correct_application",
        "health",
        "correction",
        ASKED_ON,
    )
    withdrawn = sent_back().answer(WithdrawApplication(reason="改期再报。"), on=ON)
    assert (withdrawn.after.state.phase, withdrawn.after.clocks.lasting()) == ("withdrawn", ())


# --- the return
def test_on_the_last_day_until_midnight_the_mended_form_is_in_time():
    answered = sent_back().answer(mend(), on=LAST_DAY, received_at=datetime(2026, 3, 11, 15, 59, 59, tzinfo=UTC))
    resubmitted, classified, *_ = answered.events
    assert isinstance(resubmitted, ApplicationResubmitted)
    assert isinstance(classified, ItemClassified)
    assert (answered.after.state.phase, answered.after.state.application.people) == ("screening", MENDED.people)
    late = sent_back().answer(mend(), on=THE_DAY_AFTER, received_at=datetime(2026, 3, 11, 16, tzinfo=UTC))
    assert refusal(late) == ("correction_too_late", "dossier §4.1 T3")
    assert details(late)["last_on"] == "2026-03-11"


@pytest.mark.parametrize("phase", STAGES)
def test_it_comes_back_to_the_stage_it_left_and_the_clocks_run_on(phase):
    begun, running = STAGES[phase]
    there = mended(sent_back(begun(), ON), date(2026, 3, 12))
    assert there.case.state.phase == phase
    assert {name: there.case.clocks[name].state for name in running} == dict.fromkeys(running, "open")
    assert there.case.clocks["correction"].state == "done"


def test_the_days_between_are_taken_out_the_day_of_the_list_included_and_the_day_of_return_not():
    """From 3 March five working days end on the 10th; the 4th, 5th and 6th are out, so they end on the 13th."""
    assert District().submitted().case.clocks["formal_check"].deadline.due_on == date(2026, 3, 10)
    there = mended(sent_back(), ON)
    assert there.case.clocks["formal_check"].deadline.due_on == date(2026, 3, 13)


def test_what_comes_back_on_the_day_it_was_sent_back_takes_no_day_out():
    there = mended(sent_back(), ASKED_ON)
    assert there.case.clocks["formal_check"].deadline.due_on == date(2026, 3, 10)


def test_a_return_that_is_dated_before_the_list_takes_no_day_out_either():
    answered = sent_back().answer(mend(), on=ON, act_on=date(2026, 3, 3), evidence="邮戳")
    assert answered.answer.outcome == "recorded"
    assert answered.after.clocks["formal_check"].deadline.due_on == date(2026, 3, 10)


def test_a_check_that_was_missed_before_stays_missed_and_climbs_on_from_its_new_last_day():
    missed = after(District().submitted(), DeclareMissed(limit="formal_check"), "schedule", date(2026, 3, 11))
    back = mended(sent_back(missed, date(2026, 3, 11)), date(2026, 3, 16))
    clock = back.case.clocks["formal_check"]
    assert (clock.state, clock.deadline.due_on) == ("missed", date(2026, 3, 16))
    assert clock.ladder == (date(2026, 3, 19), date(2026, 3, 30))
    climbed = back.answer(Escalate(limit="formal_check", step=1), by="schedule", on=date(2026, 3, 19))
    assert climbed.answer.outcome == "recorded"


def test_the_lead_time_is_judged_by_the_day_of_the_first_form():
    """Handed in on 3 March the work may begin on 15 April, and not sooner; handed in on 9 March it may not."""
    first_day = date(2026, 4, 15)
    form = a_form(start_on=first_day)
    there = sent_back(District().submitted(form), ASKED_ON)
    assert there.answer(mend(form.model_copy(update={"people": MENDED.people})), on=ON).answer.outcome == "recorded"
    assert refusal(District().drafted(form, on=ON).answer(SubmitApplication(), on=ON))[0] == "lead_time_too_short"
    sooner = form.model_copy(update={"start_on": date(2026, 4, 13)})
    assert refusal(there.answer(mend(sooner), on=ON))[0] == "lead_time_too_short"


def test_every_other_guard_of_a_submission_holds_for_the_mended_form_too():
    for changes, code in (
        ({"people": None}, "incomplete"),
        ({"claim": None}, "claim_missing"),
        ({"funding": None}, "funding_missing"),
        ({"added_posts": 1}, "added_staff"),
        ({"accountable_officer": "wu"}, "accountable_officer_missing"),
    ):
        assert refusal(sent_back().answer(mend(**changes), on=ON))[0] == code


def test_who_sent_the_form_back_does_not_hand_it_in_again_nor_answer_for_it():
    joint = replace(sent_back(), seats=(*District().seats, seat("wang", "health", "delegating_department")))
    assert refusal(joint.answer(mend(), by="wang", on=ON))[0] == "substitute_needed"
    assert refusal(joint.answer(mend(accountable_officer="wang"), on=ON))[0] == "substitute_needed"


def test_the_lists_are_read_again_and_another_route_leads_back_to_the_check():
    changed = published("assistance_list", version(2, entry("A-02", "elder_meals"), since=TODAY, published=TODAY))
    there = mended(sent_back(reviewed().with_list(changed), ON), date(2026, 3, 12))
    state = there.case.state
    assert (state.phase, state.classified.route, state.waits_for) == (
        "screening",
        "listed_assistance",
        "confirmation_of_listing",
    )
    assert there.case.clocks["decision"].state == "open"


def test_a_form_about_another_matter_takes_its_own_route():
    there = mended(form=LISTED)
    assert there.case.state.classified.route == "listed_assistance"


def test_the_same_form_again_is_nothing_new_and_another_one_too_late():
    assert mended().answer(mend(), on=ON).answer.outcome == "nothing_new"
    assert refusal(mended().answer(mend(title="另一事项"), on=ON))[0] == "wrong_phase"


def test_money_that_was_changed_is_not_countersigned_any_more():
    there = sent_back(reviewed(), ON)
    dearer = a_form(amount_fen=13_000_000)
    changed = mended(there, date(2026, 3, 12), dearer)
    assert [each.task for each in view(changed.case.state).work] == ["decide_admission", "countersign_funds"]
    assert refusal(changed.answer(approve(), by="zhou", on=date(2026, 3, 13)))[0] == "funds_not_countersigned"
    same = mended(there, date(2026, 3, 12))
    assert same.answer(approve(), by="zhou", on=date(2026, 3, 13)).answer.outcome == "recorded"


def test_an_approval_prepared_before_the_form_was_mended_is_void():
    seen = reviewed().case.version
    there = mended(sent_back(reviewed(), ON), date(2026, 3, 12))
    answered = there.answer(approve(), by="zhou", on=date(2026, 3, 13), seen_version=seen)
    assert refusal(answered)[0] == "changed_since_seen"


# --- lapse
def test_what_is_not_mended_in_time_lapses_on_the_day_after_and_on_the_last_day_it_does_not():
    assert sent_back().answer(LapseCorrection(), by="schedule", on=LAST_DAY).answer.outcome == "nothing_new"
    answered = sent_back().answer(LapseCorrection(), by="schedule", on=THE_DAY_AFTER)
    lapsed, lost, *_ = answered.events
    assert lapsed == ApplicationLapsed(because="correction", last_on=LAST_DAY)
    assert lost == DeadlineLapsed(limit="correction")
    assert (answered.after.state.phase, answered.after.clocks.lasting()) == ("lapsed", ())
    assert isinstance(answered.after.state.before, AwaitingCorrection)


def test_the_schedule_lets_it_lapse_with_the_first_instant_of_the_day_after():
    rings = TaskAdmissionWorkflow.LIFECYCLE.wake_ups(sent_back().case)
    assert ("LapseCorrection", "2026-03-11T16:00") in [(each.command, each.at.isoformat()[:16]) for each in rings]


def test_what_was_mended_cannot_lapse_any_more():
    assert mended().answer(LapseCorrection(), by="schedule", on=THE_DAY_AFTER).answer.outcome == "nothing_new"


def test_a_right_that_lapses_is_no_duty_that_is_missed():
    answered = sent_back().answer(LapseCorrection(), by="schedule", on=THE_DAY_AFTER)
    assert not any(isinstance(each, DeadlineMissed) for each in answered.events)


def test_the_community_may_speak_again_until_its_own_last_day():
    """The mended form stands in the place of the one it spoke of; its period is not over."""
    there = mended(sent_back(reviewed(), HEARD_ON), HEARD_ON)
    objection = opinion(opinion="object", reasons="与原申请不同。")
    assert there.answer(objection, by="wu", on=date(2026, 3, 12)).after.state.phase == "joint_conference"
