"""Every member body is invited, by a convenor who has no part in the matter (S1e-35; ADMISSION §2)."""

from datetime import date

from domain.joint_conference.commands import InviteMembers, Member
from domain.joint_conference.events import MembersInvited
from tests.domain.joint_conference.council import (
    CALLED_ON,
    MEETS_ON,
    body,
    brought,
    by_convenor,
    called,
    convened,
    district,
    in_session,
    invite,
    joined,
    members,
    new,
    phase,
    recuse,
    seat,
    with_,
)

WANG = Member(person="wang", organisation="civil")


def ask(there, command, by="zheng", on=CALLED_ON):
    return by_convenor(there, command, on, by)


def test_the_convenor_invites_every_member_body_for_a_day():
    answered = ask(called(), invite())
    invited = MembersInvited(members=members(), meets_on=MEETS_ON, by="zheng", convened_by="authority", on=CALLED_ON)
    assert phase(answered.then(invited)) == "convened"
    assert answered.after.case.state.invited.convened_by == "authority"


def test_nobody_picks_who_votes_a_body_that_is_left_out_is_named():
    ask(called(), invite("ma", "tang")).then_refused(
        "joint_conference.body_left_out", bodies=["establishment", "government"]
    )


def test_a_body_may_send_another_of_its_members():
    there = with_(called(), seat("lin", "finance", "conference_member"))
    assert phase(ask(there, invite(feng="lin")).recorded()) == "convened"


def test_who_holds_no_seat_of_the_conference_is_not_invited():
    ask(called(), InviteMembers(members=(*members(), WANG), meets_on=MEETS_ON)).then_refused(
        "joint_conference.not_a_member", person="wang", organisation="civil"
    )


def test_a_member_speaks_for_the_body_whose_seat_he_holds():
    borrowed = (*members("ma"), Member(person="ma", organisation="civil"))
    ask(called(), InviteMembers(members=borrowed, meets_on=MEETS_ON)).then_refused("joint_conference.not_a_member")


def test_a_seat_that_ended_yesterday_is_none():
    ended = seat("ma", "establishment", "conference_member", last_on=date(2026, 3, 5))
    there = with_(called(), ended)
    ask(there, invite()).then_refused("joint_conference.not_a_member", person="ma")
    assert phase(ask(there, invite("ma")).recorded()) == "convened"


def test_nobody_is_invited_twice():
    twice = InviteMembers(members=(*members(), members()[0]), meets_on=MEETS_ON)
    ask(called(), twice).then_refused("joint_conference.invited_twice", people=["ma"])


def test_a_session_lies_ahead():
    ask(called(), invite(meets_on=date(2026, 3, 5))).then_refused("joint_conference.meeting_in_past")
    assert phase(ask(called(), invite(meets_on=CALLED_ON)).recorded()) == "convened"


def test_the_same_invitation_again_is_nothing_new_and_another_replaces_it():
    there = convened()
    ask(there, invite()).then_nothing_new()
    again = ask(there, invite(meets_on=date(2026, 3, 13))).recorded()
    assert again.case.state.invited.meets_on == date(2026, 3, 13)


def test_a_new_invitation_takes_back_no_recusal_that_somebody_stated():
    there = ask(convened(), recuse("ma")).recorded()
    again = ask(there, invite(meets_on=date(2026, 3, 13))).recorded()
    assert [(each.person, each.ground) for each in again.case.state.recused] == [("ma", "stated")]


def test_nobody_convenes_on_his_own_organisations_matter():
    refused = ask(called(applicant="authority"), invite())
    refused.then_refused("joint_conference.own_matter", organisation="authority", party="authority")


def test_nor_on_that_of_a_body_that_controls_his_own():
    world = district().with_(body("authority", "admission_authority", controlled_by="housing"))
    ask(called(world), invite()).then_refused("joint_conference.own_matter", party="housing")


def test_nor_does_who_sits_in_a_body_concerned_or_has_acted_in_the_case():
    seated = with_(called(), seat("zheng", "housing", "adviser"))
    ask(seated, invite()).then_refused("joint_conference.substitute_needed", person="zheng")
    ask(called(acted=("zheng",)), invite()).then_refused("joint_conference.substitute_needed", person="zheng")


def test_who_convened_a_session_is_the_body_in_which_every_convenor_of_it_sits():
    there = with_(convened(), seat("bei", "government", "convenor"))
    ask(there, recuse("ma"), by="bei").then_refused("joint_conference.not_your_role")


def test_nobody_is_invited_before_a_case_is_brought_nor_while_a_session_is_open():
    ask(new(), invite()).then_refused("joint_conference.not_opened")
    ask(in_session(), invite()).then_refused("joint_conference.wrong_phase", phase="quorate")


def test_a_case_that_joined_is_looked_at_when_members_are_invited():
    there = joined(called(), applicant="civil")
    recused = ask(there, invite()).recorded().case.state.recused
    assert [(each.person, each.ground) for each in recused] == [("gao", "own_body")]


def test_a_department_that_claims_the_matter_has_an_interest_too():
    there = called(**brought(others=("establishment",)).model_dump())
    recused = ask(there, invite()).recorded().case.state.recused
    assert [(each.person, each.ground) for each in recused] == [("ma", "own_body")]
