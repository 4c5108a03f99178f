"""A called conference is one for its matter, and only its minutes speak to the cases (ADMISSION §1, §4, §8 item 3)."""

from dataclasses import replace
from datetime import date

from domain.joint_conference.commands import SignMinutes
from domain.joint_conference.decider import JOINT_CONFERENCE
from domain.kernel.followups import OpenCase, ServeNotice, TellCase
from domain.links.admission_to_conference import admission_to_conference, conference_of
from domain.links.conference_notices import conference_notices
from domain.links.conference_to_admission import conference_to_admission
from domain.task_admission.commands import BeginTask, ClaimOrDeny, ReferToConference, WithdrawApplication
from domain.task_admission.decider import TASK_ADMISSION
from tests.domain.joint_conference.council import (
    CASE,
    MEETS_ON,
    OTHER,
    REASONS,
    SIGNED_ON,
    TEXT,
    adjourn,
    before_government,
    by_convenor,
    called,
    convened,
    decided,
    drawn,
    in_session,
    instead,
    invite,
    joined,
    recuse,
    sat,
    votes,
)
from tests.domain.task_admission.district import CONTRADICTION, START, District, a_form
from tests.domain.task_admission.ending import review
from tests.domain.task_admission.main_line import (
    HEARD_ON,
    accepted,
    active,
    after,
    agreed,
    approve,
    countersign,
    empowered,
    opinion,
    paid,
)
from tests.domain.task_admission.test_conference_decision import disputed, heard, referred, says, told

HEARD_AGAIN_ON = date(2026, 3, 16)
WAYS = ("off_list", "department_direct")


def follow_ups(decision, link=admission_to_conference):
    return tuple(each for event in decision.events for each in link(event, decision))


def only(decision, link=admission_to_conference):
    (found,) = follow_ups(decision, link)
    return found


def of_matter(decision, matter):
    """Give a decision as it would be in a case of a matter."""
    return replace(
        decision,
        before=replace(decision.before, correlation_id=matter),
        after=replace(decision.after, correlation_id=matter),
    )


def test_a_call_opens_the_conference_with_what_recusal_rests_on():
    objection = opinion(opinion="object", reasons="人手不足。")
    opened = only(accepted().answer(objection, by="ji", on=HEARD_ON))
    assert isinstance(opened, OpenCase)
    assert (opened.process, opened.command) == ("joint_conference", "OpenConference")
    asked = JOINT_CONFERENCE.commands.read(opened.command, opened.body)
    assert (asked.cause, asked.facts) == ("objection", "人手不足。")
    assert (asked.applicant, asked.community, asked.others) == ("health", "harbour", ())
    assert set(asked.acted) == {"li", "chen", "wang", "ji"}
    assert asked.ways == ()


def test_a_department_that_claims_the_matter_is_a_body_concerned():
    claim = ClaimOrDeny(stance="claim", reasons="属本局职责。")
    opened = only(accepted().answer(claim, by="he", on=HEARD_ON))
    assert opened.body["others"] == ["education"]


def test_an_item_from_the_check_says_where_it_may_go():
    nothing_fits = District().submitted(a_form(needs_community=False))
    on_two_lists = District().with_list(*CONTRADICTION).submitted(a_form())
    for there, ways in ((nothing_fits, [*WAYS]), (on_two_lists, ["listed_assistance", *WAYS])):
        assert only(there.answer(ReferToConference(), by="wang", on=HEARD_ON)).body["ways"] == ways


def test_two_cases_of_one_matter_call_one_conference_and_of_two_matters_two():
    call = accepted().answer(opinion(opinion="object", reasons="人手不足。"), by="ji", on=HEARD_ON)
    ids = {only(of_matter(call, matter)).case for matter in ("matter-1", "matter-1", "matter-2")}
    assert ids == {conference_of("zone", "matter-1"), conference_of("zone", "matter-2")}
    assert all(each.startswith(f"{JOINT_CONFERENCE.prefix}-") for each in ids)
    assert only(call).case == conference_of("zone", call.after.id)


def test_an_item_that_is_taken_back_leaves_the_conference_and_others_have_none_to_leave():
    withdrawal = WithdrawApplication(reason="另行申请。")
    gone = only(disputed().answer(withdrawal, by="li", on=HEARD_ON))
    assert isinstance(gone, TellCase)
    assert gone.command == "LeaveConference"
    assert follow_ups(accepted().answer(withdrawal, by="li", on=HEARD_ON)) == ()


def test_what_was_decided_is_confirmed_to_the_conference_and_what_was_not_is_not():
    for there, said in ((disputed(), says()), (disputed(), says("reject")), (referred(), says(way="off_list"))):
        confirmed = only(told(there, said))
        assert (confirmed.command, confirmed.case) == ("ConfirmFollowUp", "linked_case")
    assert follow_ups(told(disputed(), says("no_decision"))) == ()


def test_an_item_that_is_to_leave_is_brought_before_the_conference_of_its_matter_and_confirms_what_it_heard():
    asked = review("residents_disapprove", record="入户调查〔2026〕2号")
    opened = only(active().answer(asked, by="zhou", on=SIGNED_ON))
    command = JOINT_CONFERENCE.commands.read(opened.command, opened.body)
    assert (opened.case, command.cause, command.ways) == (conference_of("zone", active().case.id), asked.cause, ())
    assert {"zhou", "feng", "wu"} <= set(command.acted)
    waiting = after(active(), asked, "zhou", SIGNED_ON)
    confirmed = only(told(waiting, says("terminate")))
    assert (confirmed.command, confirmed.case) == ("ConfirmFollowUp", "linked_case")
    assert follow_ups(told(waiting, says("no_decision"))) == ()


def test_who_sat_in_the_conference_of_the_admission_may_sit_in_that_of_the_exit():
    heard_before = after(heard(disputed(), says()), countersign(), "feng", HEARD_AGAIN_ON)
    there = agreed(after(heard_before, approve(), "zhou", HEARD_AGAIN_ON))
    there = after(paid(empowered(there)), BeginTask(), "schedule", START)
    asked = review("residents_disapprove", record="入户调查〔2026〕2号")
    acted = only(there.answer(asked, by="zhou", on=START)).body["acted"]
    assert {"zhou", "feng"} <= set(acted)
    assert {"zheng", "member-civil"} & set(acted) == set()


def test_what_the_conference_says_of_an_exit_the_case_understands():
    there = in_session(convened(called(cause="residents_disapprove")))
    said = only(signed(decided(there, votes(motion="terminate", reasons=REASONS))), conference_to_admission)
    command = TASK_ADMISSION.commands.read(said.command, said.body)
    waiting = after(active(), review("residents_disapprove", record="入户调查〔2026〕2号"), "zhou", SIGNED_ON)
    assert told(waiting, command).after.state.conference.held.minutes == command.minutes


def signed(there):
    return by_convenor(drawn(there), SignMinutes(text_sha256=TEXT), SIGNED_ON).decision


def test_a_vote_says_nothing_to_the_cases_its_minutes_do():
    voted = by_convenor(in_session(), votes()).decision
    assert follow_ups(voted, conference_to_admission) == ()
    said = only(signed(decided()), conference_to_admission)
    assert (said.process, said.case, said.command) == ("task_admission", CASE, "RecordConferenceDecision")


def test_what_is_told_holds_the_votes_the_dissent_and_who_signed():
    against = votes("ma", "feng")
    dissent = against.ballots[0].model_copy(update={"dissent": REASONS})
    there = decided(command=against.model_copy(update={"ballots": (dissent, *against.ballots[1:])}))
    said = only(signed(there), conference_to_admission)
    command = TASK_ADMISSION.commands.read(said.command, said.body)
    assert (command.outcome, command.minutes.signed_by, command.minutes.number) == ("admit", "zheng", "东联〔2026〕3号")
    assert [each.choice for each in command.minutes.votes] == ["against", "against", "for", "for", "for"]
    assert command.minutes.votes[0].dissent == REASONS


def test_every_case_that_the_session_decided_is_told_and_one_that_came_later_is_not():
    both = decided(in_session(convened(joined(called()))))
    assert [each.case for each in follow_ups(signed(both), conference_to_admission)] == [CASE, OTHER]
    later = joined(decided())
    assert [each.case for each in follow_ups(signed(later), conference_to_admission)] == [CASE]


def test_a_way_is_told_only_to_an_item_whose_route_was_in_dispute():
    both = in_session(convened(joined(called(ways=WAYS))))
    told_to = follow_ups(signed(decided(both, votes(way="off_list"))), conference_to_admission)
    assert {each.case: each.body["way"] for each in told_to} == {CASE: "off_list", OTHER: None}


def test_that_nothing_was_decided_is_told_without_a_way():
    there = in_session(convened(called(ways=WAYS)))
    undecided = decided(there, votes("ma", "feng", "chen", way="off_list"))
    said = only(signed(undecided), conference_to_admission)
    assert (said.body["outcome"], said.body["way"]) == ("no_decision", None)


def test_the_governments_document_stands_for_the_minutes():
    answered = before_government().when(instead(motion="reject", reasons=REASONS), by="lu", on=SIGNED_ON)
    said = only(answered.decision, conference_to_admission)
    command = TASK_ADMISSION.commands.read(said.command, said.body)
    assert (command.outcome, command.minutes.by_government, command.minutes.signed_by) == ("reject", True, "lu")


def test_what_the_conference_says_the_case_understands():
    said = only(signed(decided()), conference_to_admission)
    command = TASK_ADMISSION.commands.read(said.command, said.body)
    assert told(disputed(), command).after.state.phase == "under_review"


def test_every_member_body_is_invited_in_writing_and_told_of_another_day():
    invited = by_convenor(called(), invite(), date(2026, 3, 6)).decision
    put_off = by_convenor(convened(), adjourn(), MEETS_ON).decision
    for decision, notice in ((invited, "conference_invitation"), (put_off, "session_adjourned")):
        served = follow_ups(decision, conference_notices)
        assert [each.to_organisation for each in served] == [
            "establishment",
            "finance",
            "health",
            "government",
            "civil",
        ]
        assert {(each.notice, each.to_role) for each in served} == {(notice, "conference_member")}


def test_a_vote_and_its_minutes_are_served_on_nobody_it_is_the_cases_that_tell():
    assert follow_ups(by_convenor(in_session(), votes()).decision, conference_notices) == ()
    assert follow_ups(signed(decided()), conference_notices) == ()


def test_the_district_government_is_asked_in_writing():
    there = convened()
    for person in ("ma", "feng", "gao"):
        there = by_convenor(there, recuse(person), date(2026, 3, 6)).recorded()
    asked = only(by_convenor(there, sat("chen", "tang")).decision, conference_notices)
    assert isinstance(asked, ServeNotice)
    assert (asked.notice, asked.to_role) == ("government_asked", "district_government")
