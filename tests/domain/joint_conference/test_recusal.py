"""Who has an interest stands aside before the quorum is counted (回避; ADMISSION §2, §4; dossier §3.1; S3-17)."""

from datetime import date

import pytest

from domain.joint_conference.events import MemberRecused
from domain.kernel.directory import CONTROL, Spell, Tie
from tests.domain.joint_conference.council import (
    CALLED_ON,
    LONG_AGO,
    MEETS_ON,
    OTHER,
    STATED,
    brought,
    by_convenor,
    called,
    convened,
    district,
    in_session,
    invite,
    joined,
    kin,
    phase,
    recuse,
    sat,
    seat,
    with_,
)

ENDED = date(2026, 3, 5)


def aside(there):
    return [(each.person, each.ground) for each in there.case.state.recused]


def control(above, below):
    return Tie(kind=CONTROL, subject=above, object=below, spell=Spell(first_on=LONG_AGO))


@pytest.mark.parametrize(
    ("entries", "case", "ground"),
    [
        ((), {"applicant": "health"}, "own_body"),
        ((), {"community": "health"}, "own_body"),
        ((control("housing", "health"),), {}, "common_control"),
        ((control("health", "housing"),), {}, "common_control"),
        ((seat("chen", "housing", "adviser"),), {}, "second_seat"),
        ((seat("chen", "harbour", "residents_committee"),), {}, "second_seat"),
        ((kin("chen", "song"),), {}, "kin"),
        ((kin("wu", "chen"),), {}, "kin"),
        ((), {"acted": ("chen",)}, "acted"),
    ],
)
def test_a_member_with_an_interest_stands_aside_when_he_is_invited(entries, case, ground):
    there = called(district().with_(*entries), **case)
    answered = by_convenor(there, invite(), CALLED_ON)
    invited, recused = answered.decision.events
    assert recused == MemberRecused(person="chen", organisation="health", ground=ground, by="zheng", on=CALLED_ON)
    assert aside(answered.after) == [("chen", ground)]
    assert type(invited).__name__ == "MembersInvited"


@pytest.mark.parametrize(
    "entries",
    [
        (seat("chen", "housing", "adviser", last_on=ENDED),),
        (kin("chen", "song", last_on=ENDED),),
        (kin("chen", "song"), seat("song", "housing", "delegating_department", last_on=ENDED)),
        (kin("chen", "zhou"),),
    ],
)
def test_what_is_over_or_lies_elsewhere_is_no_interest(entries):
    assert aside(convened(called(district().with_(*entries)))) == []


def test_a_body_whose_member_stands_aside_may_send_another():
    there = with_(called(acted=("chen",)), seat("ren", "health", "conference_member"))
    first = convened(there, invite())
    again = by_convenor(first, invite(chen="ren"), CALLED_ON).recorded()
    assert aside(first) == [("chen", "acted")]
    assert aside(again) == []
    assert in_session(again, "ma", "feng", "ren").case.state.session.entitled == (
        "establishment",
        "finance",
        "health",
        "government",
        "civil",
    )


def test_a_member_may_stand_aside_by_his_own_word_and_the_convenor_may_let_him():
    for by in ("ma", "zheng"):
        answered = convened().when(recuse("ma"), by=by, on=CALLED_ON)
        answered.then(
            MemberRecused(
                person="ma", organisation="establishment", ground="stated", reason=STATED, by=by, on=CALLED_ON
            )
        )


def test_no_member_lets_another_stand_aside():
    convened().when(recuse("ma"), by="feng", on=CALLED_ON).then_refused("joint_conference.only_oneself", person="ma")


def test_who_stands_aside_already_is_nothing_new():
    there = by_convenor(convened(), recuse("ma")).recorded()
    by_convenor(there, recuse("ma")).then_nothing_new()


def test_who_is_not_invited_cannot_stand_aside():
    by_convenor(convened(), recuse("wang")).then_refused("joint_conference.not_invited", person="wang")


def test_nobody_stands_aside_before_he_is_invited_nor_once_the_quorum_is_counted():
    by_convenor(called(), recuse("ma")).then_refused("joint_conference.wrong_phase")
    by_convenor(in_session(), recuse("ma")).then_refused("joint_conference.wrong_phase")


def test_an_interest_that_came_up_since_counts_before_the_quorum_does():
    there = with_(convened(), seat("chen", "housing", "adviser"))
    answered = by_convenor(there, sat())
    recused, opened = answered.decision.events
    assert (recused.person, recused.ground, recused.on) == ("chen", "second_seat", MEETS_ON)
    assert "health" not in opened.entitled
    assert [each.person for each in opened.present] == ["ma", "feng", "tang", "gao"]
    assert phase(answered.after) == "quorate"


def test_a_case_that_joined_after_the_invitation_makes_its_applicants_member_stand_aside():
    there = joined(convened(), OTHER, applicant="civil")
    answered = by_convenor(there, sat())
    assert [(each.person, each.ground) for each in answered.decision.events[:1]] == [("gao", "own_body")]


def test_a_body_concerned_is_any_whose_own_matter_it_is():
    there = called(**brought(others=("health",)).model_dump())
    assert aside(convened(there)) == [("chen", "own_body")]
