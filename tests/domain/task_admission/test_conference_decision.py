"""What the conference decided opens the way on, and only with its minutes (ADMISSION §4, §8 items 12, 16; S1e-35)."""

from datetime import date

import pytest

from domain.kernel.clock_events import ClockResumed, DeadlineClosed, DeadlineKept, DeadlineSet
from domain.task_admission.commands import (
    AcceptApplication,
    ClaimOrDeny,
    ConfirmListed,
    DirectToDepartment,
    ReclassifyItem,
    RecordConferenceDecision,
    ReferToConference,
    WithdrawApplication,
)
from domain.task_admission.commands.conference import MinutedVote, Minutes
from domain.task_admission.events import AdmissionRejected, ConferenceDecided
from domain.task_admission.state import ConsultingCommunity, Screening, UnderReview
from tests.domain.task_admission.district import CONTRADICTION, District, a_form, details, entry, published, version
from tests.domain.task_admission.main_line import (
    HEARD_ON,
    accepted,
    after,
    approve,
    countersign,
    opinion,
    reviewed,
)

DECIDED_ON = date(2026, 3, 13)
REASONS = "每月不超过三十小时。"
TEXT = "c" * 64
ROUTE_UNKNOWN = a_form(needs_community=False)


def minutes(*choices, **said):
    bodies = ("establishment", "education", "civil", "government")
    chosen = choices or ("for", "for", "against")
    votes = [
        MinutedVote(person=f"member-{each}", organisation=each, choice=choice)
        for each, choice in zip(bodies, chosen, strict=False)
    ]
    fields = {"number": "东联〔2026〕3号", "text_sha256": TEXT, "signed_by": "zheng", "votes": tuple(votes)}
    return Minutes.model_validate(fields | said)


def says(outcome="admit", **said):
    fields = {"outcome": outcome, "reasons": REASONS, "minutes": minutes()}
    return RecordConferenceDecision.model_validate(fields | said)


def disputed(there=None):
    objects = opinion(opinion="object", reasons="社区无此能力。")
    return after(there or accepted(), objects, "ji", HEARD_ON)


def referred(form=ROUTE_UNKNOWN, there=None):
    return after((there or District()).submitted(form), ReferToConference(), "wang", date(2026, 3, 5))


def told(there, command, on=DECIDED_ON):
    return there.answer(command, by="linked_case", on=on)


def heard(there, command, on=DECIDED_ON):
    return after(there, command, "linked_case", on)


def test_admitted_it_goes_to_the_review_and_the_decision_has_what_was_left():
    answered = told(disputed(), says())
    decided, kept, resumed = answered.events
    assert decided == ConferenceDecided(
        conference="linked_case", outcome="admit", reasons=REASONS, minutes=minutes(), on=DECIDED_ON
    )
    assert kept == DeadlineKept(limit="conference", on=DECIDED_ON)
    assert isinstance(resumed, ClockResumed)
    # 26 March, and the five working days from 6 March up to but not including 13 March.
    assert (resumed.limit, resumed.deadline.due_on) == ("decision", date(2026, 4, 2))
    assert answered.after.state.phase == "under_review"


def test_on_the_last_day_there_is_one_working_day_left():
    late = date(2026, 5, 8)
    there = heard(disputed(), says(), late)
    assert there.case.clocks["decision"].deadline.due_on > late


def test_sent_back_it_goes_to_the_review_too():
    assert heard(disputed(), says("send_back")).case.state.phase == "under_review"


def test_its_minutes_are_cited_in_the_case():
    state = heard(disputed(), says()).case.state
    assert isinstance(state, UnderReview)
    assert [each.minutes.number for each in state.file.conferences] == ["东联〔2026〕3号"]


def test_refused_it_ends_in_writing_and_the_notice_names_the_way_of_review():
    answered = told(disputed(), says("reject"))
    _, refused, kept, closed = answered.events
    assert isinstance(refused, AdmissionRejected)
    assert refused.reasons == REASONS
    assert refused.way_of_review
    assert kept == DeadlineKept(limit="conference", on=DECIDED_ON)
    assert closed == DeadlineClosed(limit="decision")
    assert answered.after.state.phase == "rejected"


def test_a_refusal_without_reasons_is_none():
    refused = told(disputed(), says("reject", reasons=None))
    assert refused.answer.refusal.code == "task_admission.reasons_missing"


def test_where_nothing_was_decided_it_stays_and_may_be_heard_again():
    undecided = says("no_decision", minutes=minutes("for", "against"))
    answered = told(disputed(), undecided)
    assert [type(each) for each in answered.events] == [ConferenceDecided]
    there = heard(disputed(), undecided)
    assert there.case.state.phase == "joint_conference"
    assert there.case.clocks["conference"].is_running
    assert not there.case.clocks["decision"].is_running
    again = told(there, undecided, date(2026, 3, 16))
    assert again.answer.outcome == "nothing_new"
    assert len(heard(there, says()).case.state.file.conferences) == 2


@pytest.mark.parametrize("lacking", [None, minutes(votes=())])
def test_no_decision_without_minutes_and_their_votes(lacking):
    refused = told(disputed(), says(minutes=lacking))
    assert refused.answer.refusal.code == "task_admission.minutes_missing"


@pytest.mark.parametrize("votes", [("for", "against"), ("for", "abstain"), ("for", "for", "against", "abstain")])
def test_half_of_those_present_is_no_majority(votes):
    refused = told(disputed(), says(minutes=minutes(*votes)))
    assert refused.answer.refusal.code == "task_admission.no_majority"
    assert details(refused) == {"for_it": votes.count("for"), "voted": len(votes)}


def test_the_district_government_decides_without_votes():
    there = heard(disputed(), says(minutes=minutes(votes=(), by_government=True)))
    assert there.case.state.phase == "under_review"


def test_only_the_conference_says_so():
    refused = disputed().answer(says(), by="zheng", on=DECIDED_ON)
    assert refused.answer.refusal.code == "task_admission.not_your_role"


def test_a_case_that_is_not_before_the_conference_hears_nothing_of_it():
    assert told(reviewed(), says()).answer.refusal.code == "task_admission.wrong_phase"
    gone = after(disputed(), WithdrawApplication(reason="另行申请。"), "li", HEARD_ON)
    assert told(gone, says()).answer.refusal.code == "task_admission.case_closed"


def test_heard_before_the_community_spoke_it_goes_to_the_review_and_the_community_may_still_speak():
    claimed = after(accepted(), ClaimOrDeny(stance="claim", reasons="属本局职责。"), "he", HEARD_ON)
    assert isinstance(claimed.case.state.before, ConsultingCommunity)
    there = heard(claimed, says(), date(2026, 3, 10))
    assert isinstance(there.case.state.heard, ConferenceDecided)
    objects = there.answer(opinion(opinion="object", reasons="人手不足。"), by="ji", on=date(2026, 3, 11))
    assert objects.after.state.phase == "joint_conference"
    accepts = there.answer(opinion(), by="ji", on=date(2026, 3, 11))
    assert accepts.after.state.phase == "under_review"


def test_admitted_and_countersigned_it_is_approved():
    there = after(heard(disputed(), says()), countersign(), "feng", DECIDED_ON)
    assert after(there, approve(), "zhou", DECIDED_ON).case.state.phase == "agreement_pending"


@pytest.mark.parametrize(("by", "command"), [("feng", countersign()), ("zhou", approve())])
def test_who_voted_or_signed_there_holds_no_other_part_here(by, command):
    voted = minutes(votes=(MinutedVote(person=by, organisation="finance", choice="for"),))
    for said in (voted, minutes(signed_by=by)):
        refused = heard(disputed(), says(minutes=said)).answer(command, by=by, on=DECIDED_ON)
        assert refused.answer.refusal.code == "task_admission.substitute_needed"


def test_an_item_from_the_check_goes_back_there_on_the_way_that_was_fixed_with_a_period_of_its_own():
    answered = told(referred(), says(way="department_direct"))
    decided, kept, check = answered.events
    assert decided.way == "department_direct"
    assert kept.limit == "conference"
    assert isinstance(check, DeadlineSet)
    assert (check.limit, check.deadline.due_on) == ("formal_check", date(2026, 3, 20))
    state = answered.after.state
    assert isinstance(state, Screening)
    assert (state.route, state.waits_for) == ("department_direct", "direction_to_department")
    there = heard(referred(), says(way="department_direct"))
    assert after(there, DirectToDepartment(), "wang", DECIDED_ON).case.state.phase == "direct_by_department"


def test_the_check_takes_no_other_way_than_the_one_that_was_fixed():
    there = heard(referred(), says(way="department_direct"))
    refused = there.answer(AcceptApplication(), by="wang", on=DECIDED_ON)
    assert refused.answer.refusal.code == "task_admission.route_needs_no_admission"
    assert details(refused) == {"route": "department_direct"}


def test_fixed_as_off_list_it_is_accepted_and_may_be_approved_though_the_lists_still_say_nothing():
    there = heard(referred(), says(way="off_list"))
    there = after(there, AcceptApplication(), "wang", DECIDED_ON)
    there = after(there, opinion(), "ji", DECIDED_ON)
    there = after(there, countersign(), "feng", DECIDED_ON)
    assert after(there, approve(), "zhou", DECIDED_ON).case.state.phase == "agreement_pending"


def test_fixed_as_listed_it_is_confirmed_by_the_entry_it_stands_under():
    contradicted = District().with_list(*CONTRADICTION)
    there = heard(referred(a_form(), contradicted), says(way="listed_assistance"))
    confirmed = after(there, ConfirmListed(conditions="设备由区里配备。"), "wang", DECIDED_ON)
    assert confirmed.case.state.phase == "funds_pending"


def test_the_way_falls_when_the_lists_lead_elsewhere():
    there = heard(referred(), says(way="off_list")).with_list(
        published(
            "prohibited_list", version(1), version(2, entry("P-77", "elder_meals", source="X-136"), since=DECIDED_ON)
        )
    )
    again = after(there, ReclassifyItem(), "wang", DECIDED_ON)
    assert (again.case.state.route, again.case.state.waits_for) == ("reject:prohibited", "rejection")
    assert len(again.case.state.conferences) == 1


def test_an_item_sent_back_to_the_check_waits_to_be_referred_again_or_read_anew():
    there = heard(referred(), says("send_back"))
    assert (there.case.state.route, there.case.state.waits_for) == ("joint_conference", "referral")
    assert there.answer(ReferToConference(), by="wang", on=DECIDED_ON).after.state.phase == "joint_conference"
