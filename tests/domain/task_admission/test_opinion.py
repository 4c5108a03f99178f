"""The community is heard first, within five working days; late is read and moves nothing (T4, DL-07; ADMISSION §4)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.kernel.clock_events import DeadlineKept, DeadlineLapsed
from domain.task_admission.commands import RecordNoOpinion, SubmitApplication
from domain.task_admission.events import CommunityOpinionRecorded
from domain.task_admission.state import UnderReview
from tests.domain.task_admission.district import TODAY, District, details, refusal, seat
from tests.domain.task_admission.main_line import ACCEPTED_ON, HEARD_ON, accept, accepted, after, approved, opinion

LAST_DAY = date(2026, 3, 12)
"""Five working days after acceptance."""
THE_DAY_AFTER = date(2026, 3, 13)


def answer(there=None, by="ji", on=HEARD_ON, **said):
    return (there or accepted()).answer(opinion(**said), by=by, on=on)


def silent():
    return after(accepted(), RecordNoOpinion(), "schedule", THE_DAY_AFTER)


def test_a_yes_ends_the_consultation():
    answered = answer()
    assert answered.events == (
        CommunityOpinionRecorded(opinion="accept", by="ji", on=HEARD_ON),
        DeadlineKept(limit="opinion", on=HEARD_ON),
    )
    assert isinstance(answered.after.state, UnderReview)
    assert answered.after.clocks.lasting() == ("decision",)


def test_a_yes_with_conditions_names_them():
    answered = answer(opinion="accept_with_conditions", conditions="增配一辆送餐车。")
    assert answered.events[0].conditions == "增配一辆送餐车。"
    assert answered.after.state.phase == "under_review"


def test_conditions_that_are_not_named_are_none():
    answered = answer(opinion="accept_with_conditions")
    assert refusal(answered) == ("reasons_missing", "dossier §4.1, §3.4")
    assert details(answered)["why"] == "conditions_not_named"


def test_the_director_speaks_for_the_community_too():
    assert answer(by="wu").events[0].by == "wu"


@pytest.mark.parametrize("by", ["li", "wang", "feng", "zhou", "zhao", "deng", "yu"])
def test_nobody_else_speaks_for_it(by):
    village = seat("yu", "fields", "villagers_committee")
    there = accepted(there=District(seats=(*District().seats, village)))
    assert refusal(answer(there, by=by)) == ("not_your_role", "dossier §3.1")


def test_an_opinion_received_before_midnight_of_the_last_day_is_in_time():
    last = datetime(2026, 3, 12, 15, 59, 59, tzinfo=UTC)
    in_time = accepted().answer(opinion(), by="ji", received_at=last)
    assert in_time.events[0].late is False
    late = accepted().answer(opinion(), by="ji", received_at=last + timedelta(seconds=1))
    assert [each.late for each in late.events if isinstance(each, CommunityOpinionRecorded)] == [False, True]


# --- late
@pytest.mark.parametrize("said", ["accept", "object"])
def test_a_late_word_is_recorded_and_read_and_moves_nothing(said):
    there = silent()
    answered = answer(there, on=THE_DAY_AFTER, opinion=said, reasons="人手不足。")
    (late,) = answered.events
    assert (late.opinion, late.late) == (said, True)
    state = answered.after.state
    assert (state.phase, state.heard.opinion) == ("under_review", "no_opinion")
    assert state.file.opinions[-1] == late


def test_a_late_word_that_overtakes_the_schedule_is_late_all_the_same():
    answered = answer(accepted(), on=THE_DAY_AFTER, opinion="object", reasons="人手不足。")
    silence, lapsed, late = answered.events
    assert silence == CommunityOpinionRecorded(opinion="no_opinion", by="schedule", on=THE_DAY_AFTER)
    assert lapsed == DeadlineLapsed(limit="opinion")
    assert (late.opinion, late.late) == ("object", True)
    assert answered.after.state.phase == "under_review"


def test_a_second_word_within_the_period_is_not_late():
    there = after(accepted(), opinion(), "ji", HEARD_ON)
    answered = answer(there, by="wu", on=LAST_DAY, opinion="accept_with_conditions", conditions="须增配人员。")
    (again,) = answered.events
    assert (again.late, answered.after.state.phase) == (False, "under_review")
    assert answered.after.state.heard.opinion == "accept"


def test_saying_the_same_again_is_nothing_new_and_going_back_to_it_is_a_word_of_its_own():
    there = after(silent(), opinion(opinion="object", reasons="人手不足。"), "ji", THE_DAY_AFTER)
    assert answer(there, on=THE_DAY_AFTER, opinion="object", reasons="人手不足。").answer.outcome == "nothing_new"
    yes = after(there, opinion(), "ji", THE_DAY_AFTER)
    back = answer(yes, on=THE_DAY_AFTER, opinion="object", reasons="人手不足。")
    assert back.answer.outcome == "recorded"
    said = [each.opinion for each in back.after.state.file.opinions]
    assert said == ["no_opinion", "object", "accept", "object"]


@pytest.mark.parametrize("there", [District().submitted(), approved()], ids=["screening", "agreement pending"])
def test_there_is_nothing_to_say_before_acceptance_or_after_the_decision(there):
    assert refusal(answer(there, on=date(2026, 3, 11)))[0] == "wrong_phase"


# --- who speaks has no other part
def test_who_drafted_the_application_gives_no_opinion_on_it():
    joint = (seat("hu", "health", "delegating_department"), seat("hu", "harbour", "residents_committee"))
    drafted = District(seats=(*District().seats, *joint)).drafted(by="hu")
    submitted = after(drafted, SubmitApplication(), "li", TODAY)
    answered = answer(after(submitted, accept(), "wang", ACCEPTED_ON), by="hu")
    assert refusal(answered) == ("substitute_needed", "S3-17, dossier §3.1")
    assert details(answered)["person"] == "hu"


def test_nobody_speaks_by_proxy_of_somebody_with_another_part():
    there = accepted()
    answered = there.answer(opinion(), by="ji", on=HEARD_ON, on_behalf_of="li")
    assert refusal(answered)[0] == "substitute_needed"
    assert there.answer(opinion(), by="ji", on=HEARD_ON, on_behalf_of="wu").answer.outcome == "recorded"
