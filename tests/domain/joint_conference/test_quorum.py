"""More than half of the bodies entitled to vote are present, counted after recusals (ADMISSION §4, §8 item 16)."""

from datetime import date

import pytest

from domain.joint_conference.commands import Member
from domain.joint_conference.events import GovernmentAsked, SessionAdjourned, SessionOpened
from tests.domain.joint_conference.council import (
    CALLED_ON,
    CASE,
    MEETS_ON,
    SITTING,
    adjourn,
    before_government,
    by_convenor,
    called,
    convened,
    in_session,
    invite,
    members,
    phase,
    recuse,
    sat,
    seat,
    with_,
)


def without(*people):
    there = convened()
    for person in people:
        there = by_convenor(there, recuse(person), CALLED_ON).recorded()
    return there


def test_more_than_half_of_the_bodies_open_the_session():
    opened = by_convenor(convened(), sat("ma", "feng", "chen")).then(
        SessionOpened(
            cases=(CASE,), present=members("tang", "gao"), entitled=tuple(SITTING.values()), by="zheng", on=MEETS_ON
        )
    )
    assert phase(opened) == "quorate"


@pytest.mark.parametrize(
    ("aside", "present", "counted"),
    [
        ((), ("ma", "feng"), {"present": 2, "entitled": 5}),
        (("gao",), ("ma", "feng"), {"present": 2, "entitled": 4}),
        (("gao", "tang"), ("ma",), {"present": 1, "entitled": 3}),
    ],
)
def test_half_or_less_is_no_quorum_and_both_numbers_are_named(aside, present, counted):
    by_convenor(without(*aside), sat(*present)).then_refused("joint_conference.no_quorum", **counted)


def test_who_stands_aside_may_be_in_the_room_and_does_not_count():
    by_convenor(without("gao"), sat("ma", "feng", "gao")).then_refused("joint_conference.no_quorum", present=2)
    assert phase(by_convenor(without("gao", "tang"), sat("ma", "feng", "gao")).recorded()) == "quorate"


def test_bodies_count_and_not_people():
    two = (*members(), Member(person="lin", organisation="finance"))
    there = with_(called(), seat("lin", "finance", "conference_member"))
    both = by_convenor(there, invite().model_copy(update={"members": two}), CALLED_ON).recorded()
    by_convenor(both, sat("ma", "feng", "lin")).then_refused("joint_conference.no_quorum", present=2, entitled=5)


def test_who_is_not_invited_is_not_present():
    by_convenor(convened(), sat("ma", "feng", "wang")).then_refused("joint_conference.not_invited", person="wang")


def test_the_session_is_opened_on_its_day_and_not_before():
    by_convenor(convened(), sat(), CALLED_ON).then_refused("joint_conference.too_early", meets_on="2026-03-12")
    assert phase(by_convenor(convened(), sat(), date(2026, 3, 16)).recorded()) == "quorate"


def test_the_same_people_again_are_nothing_new():
    by_convenor(in_session(), sat()).then_nothing_new()


def test_three_bodies_may_decide_and_with_two_the_district_government_does():
    assert phase(by_convenor(without("gao", "tang"), sat()).recorded()) == "quorate"
    there = without("gao", "tang", "chen")
    asked = by_convenor(there, sat()).then(
        GovernmentAsked(cases=(CASE,), entitled=("establishment", "finance"), on=MEETS_ON)
    )
    assert phase(asked) == "before_government"


def test_a_session_is_put_off_for_want_of_a_quorum_and_the_period_runs_on():
    there = by_convenor(convened(), adjourn()).then(
        SessionAdjourned(reason=adjourn().reason, meets_on=date(2026, 3, 16), by="zheng", on=MEETS_ON)
    )
    assert phase(there) == "convened"
    assert there.case.clocks["conference"].is_running
    by_convenor(there, adjourn()).then_nothing_new()
    by_convenor(there, sat(), date(2026, 3, 13)).then_refused("joint_conference.too_early", meets_on="2026-03-16")
    assert phase(by_convenor(there, sat(), date(2026, 3, 16)).recorded()) == "quorate"


def test_an_open_session_is_put_off_too_and_its_quorum_is_counted_anew():
    there = by_convenor(in_session(without("gao")), adjourn()).recorded()
    assert phase(there) == "convened"
    by_convenor(there, adjourn()).then_nothing_new()
    assert [each.person for each in there.case.state.recused] == ["gao"]


def test_a_session_is_not_put_off_to_a_day_gone_by():
    by_convenor(convened(), adjourn(date(2026, 3, 11))).then_refused("joint_conference.meeting_in_past")


def test_nothing_is_opened_or_put_off_that_was_not_convened():
    for command in (sat(), adjourn()):
        by_convenor(called(), command).then_refused("joint_conference.wrong_phase", phase="called")
        by_convenor(before_government(), command).then_refused("joint_conference.wrong_phase")
