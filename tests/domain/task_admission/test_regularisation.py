"""What was begun because of a threat comes back in time to be decided on (补办), or lapses.

DL-53; ADMISSION §6, §8 item 24 (a forfeiture, never extended).
"""

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.task_admission.commands import (
    AcceptApplication,
    ConfirmEmergency,
    DeclareEmergency,
    LapseEmergency,
)
from domain.task_admission.events import (
    EmergencyLapsed,
    EmergencyRegularised,
    ItemClassified,
)
from tests.domain.task_admission.district import (
    LISTED,
    TODAY,
    District,
    a_form,
    refusal,
    seat,
)
from tests.domain.task_admission.main_line import after, reviewed
from tests.domain.task_admission.mending import ask_to_mend, mend
from tests.domain.task_admission.threatened import (
    CONFIRMED_ON,
    LAST_DAY,
    THREAT,
    a_threat,
    come_back,
    confirmed,
    regularised,
)
from workflows.task_admission import TaskAdmissionWorkflow

THE_DAY_AFTER = date(2026, 3, 12)
ON = date(2026, 3, 9)


# --- back in time
def test_on_the_last_day_until_midnight_it_comes_back_in_time_into_the_check():
    answered = confirmed().answer(come_back(), on=LAST_DAY, received_at=datetime(2026, 3, 11, 15, 59, 59, tzinfo=UTC))
    back, classified, kept, opened = answered.events
    assert isinstance(back, EmergencyRegularised)
    assert isinstance(classified, ItemClassified)
    assert (back.worked_since, classified.route) == (CONFIRMED_ON, "off_list")
    assert (kept.limit, opened.limit) == ("regularisation", "formal_check")
    assert answered.after.state.phase == "screening"
    late = confirmed().answer(come_back(), on=THE_DAY_AFTER, received_at=datetime(2026, 3, 11, 16, tzinfo=UTC))
    assert refusal(late) == ("regularisation_too_late", "X-HS")


def test_the_lead_time_does_not_apply_and_every_other_guard_does():
    soon = come_back(a_form(start_on=date(2026, 3, 20), title="水库下游值守"))
    assert confirmed().answer(soon, on=ON).answer.outcome == "recorded"
    for changes, code in (
        ({"claim": None}, "claim_missing"),
        ({"funding": None}, "funding_missing"),
        ({"accountable_officer": "wu"}, "accountable_officer_missing"),
        ({"added_posts": 1}, "added_staff"),
        ({"end_on": None}, "term_open_ended"),
    ):
        assert refusal(confirmed().answer(come_back(**changes), on=ON))[0] == code


def test_a_threat_is_no_ground_a_second_time():
    """It comes back to be decided as what it is without it, and cannot be declared again."""
    there = after(confirmed(), come_back(a_threat()), "li", ON)
    assert there.case.state.classified.route == "off_list"
    assert there.case.state.application.emergency is None
    assert refusal(there.answer(DeclareEmergency(), on=ON))[0] == "not_an_emergency"


def test_it_takes_the_route_that_the_lists_give_it():
    there = after(confirmed(), come_back(LISTED), "li", ON)
    assert there.case.state.waits_for == "confirmation_of_listing"


def test_then_it_is_decided_on_as_any_other_and_money_is_set_aside_for_it_anew():
    there = reviewed(after(regularised(), AcceptApplication(), "wang", date(2026, 3, 10)))
    assert there.case.state.phase == "under_review"


def test_who_confirmed_it_brings_nothing_back_nor_who_brings_it_back_accepts_it():
    joint = replace(confirmed(), seats=(*District().seats, seat("zhou", "health", "delegating_department")))
    assert refusal(joint.answer(come_back(), by="zhou", on=ON))[0] == "substitute_needed"
    double = replace(regularised(), seats=(*District().seats, seat("li", "civil", "secretariat")))
    assert refusal(double.answer(AcceptApplication(), by="li", on=ON))[0] == "substitute_needed"


def test_a_form_that_was_corrected_before_is_not_corrected_again_after_it():
    there = after(District().submitted(a_threat()), ask_to_mend(), "wang", TODAY)
    there = after(there, mend(a_threat(people="六人。")), "li", TODAY)
    there = after(there, DeclareEmergency(), "li", TODAY)
    back = regularised(after(there, ConfirmEmergency(), "zhou", CONFIRMED_ON))
    assert refusal(back.answer(ask_to_mend(), by="wang", on=date(2026, 3, 10)))[0] == "correction_already_requested"


def test_what_came_back_is_mended_without_a_lead_time_and_without_its_threat():
    soon = a_form(start_on=date(2026, 3, 20), title="水库下游值守")
    there = after(after(confirmed(), come_back(soon), "li", ON), ask_to_mend(), "wang", ON)
    again = mend(soon.model_copy(update={"people": "六人。", "emergency": THREAT}))
    answered = there.answer(again, on=ON)
    assert (answered.answer.phase, answered.after.state.classified.route) == ("screening", "off_list")
    assert answered.after.state.application.emergency is None
    assert there.given(*answered.events).answer(again, on=ON).answer.outcome == "nothing_new"


# --- or lapsed
def test_what_does_not_come_back_in_time_lapses_on_the_day_after_and_on_the_last_day_it_does_not():
    assert confirmed().answer(LapseEmergency(), by="schedule", on=LAST_DAY).answer.outcome == "nothing_new"
    answered = confirmed().answer(LapseEmergency(), by="schedule", on=THE_DAY_AFTER)
    assert EmergencyLapsed(worked_since=CONFIRMED_ON, last_on=LAST_DAY) in answered.events
    assert (answered.after.state.phase, answered.after.clocks.lasting()) == ("lapsed", ())


def test_the_schedule_lets_it_lapse_with_the_first_instant_of_the_day_after():
    rings = TaskAdmissionWorkflow.LIFECYCLE.wake_ups(confirmed().case)
    assert ("LapseEmergency", "2026-03-11T16:00") in [(each.command, each.at.isoformat()[:16]) for each in rings]


def test_what_came_back_cannot_lapse_any_more():
    assert regularised().answer(LapseEmergency(), by="schedule", on=THE_DAY_AFTER).answer.outcome == "nothing_new"
