"""No decision without minutes: they are drawn, and signed as they were drawn (S1e-35; dossier §4.1, §4.5 P8)."""

from domain.joint_conference.commands import SignMinutes
from domain.joint_conference.events import MinutesDrawn, MinutesSigned
from domain.kernel.clock_events import DeadlineKept
from tests.domain.joint_conference.council import (
    CASE,
    SIGNED_ON,
    TEXT,
    by_convenor,
    called,
    convened,
    decided,
    drawn,
    in_session,
    minutes,
    phase,
    signed,
    votes,
)

NUMBER = "东联〔2026〕3号"
OTHER_TEXT = "b" * 64
FIVE_AGAINST = ("ma", "feng", "chen")


def sign(there, text=TEXT, by="zheng"):
    return by_convenor(there, SignMinutes(text_sha256=text), SIGNED_ON, by)


def test_the_secretariat_or_the_convenor_draws_them():
    for by in ("wang", "zheng"):
        answered = decided().when(minutes(), by=by, on=SIGNED_ON)
        answered.then(MinutesDrawn(number=NUMBER, text_sha256=TEXT, by=by, on=SIGNED_ON))


def test_the_secretariat_of_the_case_draws_them_too_for_that_is_the_same_part():
    there = decided(in_session(convened(called(acted=("wang",)))))
    assert phase(drawn(there)) == "decided"


def test_the_secretariat_of_a_body_concerned_does_not():
    there = decided(in_session(convened(called(applicant="civil")), "ma", "feng", "chen"), votes(present=FIVE_AGAINST))
    there.when(minutes(), by="wang", on=SIGNED_ON).then_refused("joint_conference.own_matter", organisation="civil")


def test_the_same_draft_again_is_nothing_new_and_a_later_one_replaces_it():
    there = drawn()
    there.when(minutes(), by="wang", on=SIGNED_ON).then_nothing_new()
    again = drawn(there, minutes(text=OTHER_TEXT))
    sign(again).then_refused("joint_conference.minutes_differ", drawn=OTHER_TEXT, given=TEXT)
    assert phase(sign(again, OTHER_TEXT).recorded()) == "minuted"


def test_what_is_not_drawn_is_not_signed():
    sign(decided()).then_refused("joint_conference.minutes_missing")


def test_signed_they_keep_the_period_and_the_decision_holds():
    answered = sign(drawn())
    answered.then(
        MinutesSigned(number=NUMBER, text_sha256=TEXT, by="zheng", on=SIGNED_ON),
        DeadlineKept(limit="conference", on=SIGNED_ON),
    )
    assert (phase(answered.after), answered.after.case.state.awaited) == ("minuted", (CASE,))


def test_minutes_of_a_session_that_decided_nothing_leave_the_case_waiting_and_the_period_running():
    undecided = drawn(decided(command=votes(*FIVE_AGAINST)))
    answered = sign(undecided)
    answered.then(MinutesSigned(number=NUMBER, text_sha256=TEXT, by="zheng", on=SIGNED_ON))
    there = answered.after
    assert (phase(there), [each.case for each in there.case.state.brought]) == ("called", [CASE])
    assert there.case.clocks["conference"].is_running


def test_held_again_it_may_decide_under_minutes_of_another_number():
    once = signed(drawn(decided(command=votes(*FIVE_AGAINST))))
    again = decided(in_session(convened(once)))
    again.when(minutes(), by="wang", on=SIGNED_ON).then_refused("joint_conference.number_used", number=NUMBER)
    there = signed(drawn(again, minutes("东联〔2026〕4号")))
    assert [each.number for each in there.case.state.minutes] == [NUMBER, "东联〔2026〕4号"]


def test_nothing_is_minuted_before_it_was_voted_on_nor_after_it_was_signed():
    in_session().when(minutes(), by="wang", on=SIGNED_ON).then_refused("joint_conference.wrong_phase")
    sign(in_session()).then_refused("joint_conference.wrong_phase")
    signed().when(minutes(), by="wang", on=SIGNED_ON).then_refused("joint_conference.wrong_phase", phase="minuted")
    sign(called()).then_refused("joint_conference.wrong_phase", phase="called")
