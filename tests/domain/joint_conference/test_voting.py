"""Each body present votes once; a majority of those present decides, a tie does not (ADMISSION §4, §8 item 16)."""

import pytest

from domain.joint_conference.commands import Ballot
from domain.joint_conference.events import Vote
from tests.domain.joint_conference.council import (
    CALLED_ON,
    CASE,
    OTHER,
    REASONS,
    by_convenor,
    called,
    convened,
    decided,
    drawn,
    in_session,
    invite,
    joined,
    members,
    phase,
    recuse,
    sat,
    seat,
    signed,
    votes,
    with_,
)

FOUR = ("ma", "feng", "chen", "tang")
WAYS = ("off_list", "department_direct")


def referred(**said):
    """Give an open session on an item whose route is in dispute."""
    return in_session(convened(called(cause="list_conflict", ways=WAYS, **said)))


def test_what_more_than_half_are_for_is_carried():
    there = by_convenor(in_session(), votes("ma", "feng")).recorded()
    counted = there.case.state.counted
    assert (phase(there), counted.outcome) == ("decided", "admit")
    assert counted.votes[0] == Vote(person="ma", organisation="establishment", choice="against")
    assert [each.choice for each in counted.votes] == ["against", "against", "for", "for", "for"]


@pytest.mark.parametrize("against", [("ma", "feng"), ("ma", "feng", "chen")])
def test_a_tie_decides_nothing_nor_does_a_minority(against):
    there = by_convenor(in_session(convened(), *FOUR), votes(*against, present=FOUR)).recorded()
    assert (phase(there), there.case.state.counted.outcome) == ("no_decision", "no_decision")
    assert there.case.clocks["conference"].is_running


def test_who_abstains_is_present_and_not_for_it():
    ballots = tuple(Ballot(person=each, choice="for" if each in {"ma", "feng"} else "abstain") for each in FOUR)
    there = by_convenor(in_session(convened(), *FOUR), votes(ballots=ballots)).recorded()
    assert phase(there) == "no_decision"


def test_dissent_stands_beside_the_vote_in_the_words_of_who_dissents():
    ballots = (*votes().ballots[1:], Ballot(person="ma", choice="against", dissent=REASONS))
    there = decided(command=votes(ballots=ballots))
    assert [each.dissent for each in there.case.state.counted.votes if each.person == "ma"] == [REASONS]


def test_who_stands_aside_or_is_not_there_does_not_vote():
    recused = by_convenor(convened(), recuse("gao"), CALLED_ON).recorded()
    by_convenor(in_session(recused), votes()).then_refused("joint_conference.member_may_not_vote", person="gao")
    absent = in_session(convened(), "ma", "feng", "chen")
    by_convenor(absent, votes(present=FOUR)).then_refused("joint_conference.member_may_not_vote", person="tang")


def test_every_body_that_is_present_votes():
    by_convenor(in_session(), votes(present=FOUR)).then_refused("joint_conference.votes_missing", bodies=["civil"])


def test_no_body_votes_twice_by_one_person_or_by_two():
    again = (*votes().ballots, Ballot(person="ma", choice="for"))
    by_convenor(in_session(), votes(ballots=again)).then_refused(
        "joint_conference.body_votes_once", bodies=["establishment"]
    )
    there = with_(called(), seat("lin", "finance", "conference_member"))
    invited = invite().model_copy(update={"members": (*members(), *members(feng="lin")[1:2])})
    both = by_convenor(by_convenor(there, invited, CALLED_ON).recorded(), sat("ma", "feng", "lin", "chen")).recorded()
    two = votes(present=("ma", "feng", "lin", "chen"))
    by_convenor(both, two).then_refused("joint_conference.body_votes_once", bodies=["finance"])


@pytest.mark.parametrize("motion", ["reject", "send_back"])
def test_what_is_refused_or_sent_back_has_reasons(motion):
    by_convenor(in_session(), votes(motion=motion)).then_refused("joint_conference.reasons_missing", motion=motion)
    assert phase(by_convenor(in_session(), votes(motion=motion, reasons=REASONS)).recorded()) == "decided"


def test_an_item_whose_route_is_in_dispute_is_admitted_to_a_way():
    by_convenor(referred(), votes()).then_refused("joint_conference.way_missing", ways=[*WAYS])
    there = by_convenor(referred(), votes(way="department_direct")).recorded()
    assert there.case.state.counted.way == "department_direct"


def test_to_a_way_that_is_open_to_it():
    by_convenor(referred(), votes(way="listed_assistance")).then_refused(
        "joint_conference.way_not_open", way="listed_assistance", ways=[*WAYS]
    )


def test_no_way_is_fixed_for_an_item_that_has_one_or_that_is_not_admitted():
    by_convenor(in_session(), votes(way="off_list")).then_refused("joint_conference.way_not_open", ways=[])
    refused = votes(way="off_list", motion="reject", reasons=REASONS)
    by_convenor(referred(), refused).then_refused("joint_conference.way_not_open", ways=[])


def test_what_is_sent_back_to_the_check_needs_no_way():
    assert phase(by_convenor(referred(), votes(motion="send_back", reasons=REASONS)).recorded()) == "decided"


def test_every_item_whose_route_is_in_dispute_goes_the_same_way():
    both = joined(called(ways=WAYS), ways=("listed_assistance", "off_list"))
    there = in_session(convened(both))
    by_convenor(there, votes(way="department_direct")).then_refused(
        "joint_conference.way_not_open", ways=["listed_assistance", "off_list"]
    )
    assert phase(by_convenor(there, votes(way="off_list")).recorded()) == "decided"


def test_nobody_votes_before_the_quorum_was_counted_nor_twice():
    by_convenor(convened(), votes()).then_refused("joint_conference.wrong_phase", phase="convened")
    by_convenor(decided(), votes()).then_refused("joint_conference.wrong_phase", phase="decided")


# --- how an item leaves
EXIT = "residents_disapprove"


@pytest.mark.parametrize("motion", ["complete", "terminate"])
def test_of_what_residents_disapprove_it_is_decided_how_it_leaves_and_why(motion):
    there = in_session(convened(called(cause=EXIT)))
    counted = by_convenor(there, votes(motion=motion, reasons=REASONS)).recorded().case.state.counted
    assert counted.outcome == motion
    by_convenor(there, votes(motion=motion)).then_refused("joint_conference.reasons_missing")


@pytest.mark.parametrize(
    ("cause", "motion"), [(EXIT, "admit"), (EXIT, "reject"), (EXIT, "send_back"), ("objection", "terminate")]
)
def test_a_motion_answers_the_question_that_was_brought(cause, motion):
    there = in_session(convened(called(cause=cause)))
    by_convenor(there, votes(motion=motion, reasons=REASONS)).then_refused("joint_conference.motion_not_open")


def test_one_session_answers_one_question_and_the_other_waits_for_the_next():
    both = in_session(convened(joined(called(), cause=EXIT)))
    assert [each.case for each in both.case.state.decides_on] == [CASE]
    after = signed(drawn(decided(both)))
    assert (phase(after), [each.case for each in after.case.state.brought]) == ("called", [OTHER])
    assert after.case.clocks["conference"].is_running
