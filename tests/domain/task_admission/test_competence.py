"""Another department may claim the matter, or deny that it is the applicant's: the conference decides (S1e-35)."""

from datetime import date

import pytest

from domain.kernel.clock_events import ClockSuspended, DeadlineClosed
from domain.task_admission.commands import ClaimOrDeny, ReferToConference
from domain.task_admission.events import CompetenceDisputed, ConferenceCalled
from tests.domain.task_admission.district import District, a_form, refusal, seat
from tests.domain.task_admission.main_line import HEARD_ON, accepted, after, approved, opinion

REASONS = "该事项由教育部门牵头。"


def answer(there=None, by="he", stance="claim", reasons=REASONS):
    return (there or accepted()).answer(ClaimOrDeny(stance=stance, reasons=reasons), by=by, on=HEARD_ON)


@pytest.mark.parametrize("stance", ["claim", "deny"])
def test_a_claim_or_a_denial_calls_the_conference(stance):
    answered = answer(stance=stance)
    disputed, called, closed, stopped, conference = answered.events
    assert disputed == CompetenceDisputed(
        organisation="education", stance=stance, reasons=REASONS, by="he", on=HEARD_ON
    )
    assert called == ConferenceCalled(cause="competence", facts=REASONS, by="he", on=HEARD_ON)
    assert closed == DeadlineClosed(limit="opinion")
    assert stopped == ClockSuspended(limit="decision", on=HEARD_ON, reason="joint_conference")
    assert conference.deadline.due_on == date(2026, 3, 27)
    assert answered.after.state.phase == "joint_conference"


def test_a_claim_may_also_come_during_the_review():
    heard = after(accepted(), opinion(), "ji", HEARD_ON)
    answered = answer(heard)
    assert answered.answer.events == ("CompetenceDisputed", "ConferenceCalled", "ClockSuspended", "DeadlineSet")


def test_the_head_of_another_department_may_claim_and_a_subdistrict_that_asks():
    there = accepted(there=District(seats=(*District().seats, seat("dean", "education", "head_of_department"))))
    assert answer(there, by="dean").answer.outcome == "recorded"
    assert answer(there, by="zhao").events[0].organisation == "quay_office"


@pytest.mark.parametrize("by", ["li", "chen"])
def test_the_applicant_disputes_nothing_of_its_own(by):
    assert refusal(answer(by=by)) == ("not_your_role", "dossier §3.1")


@pytest.mark.parametrize("by", ["ji", "wang", "feng", "zhou", "schedule"])
def test_who_is_no_department_disputes_no_competence(by):
    assert refusal(answer(by=by))[0] == "not_your_role"


def test_who_left_the_other_department_yesterday_claims_nothing():
    gone = seat("xu", "education", "delegating_department", last_on=date(2026, 3, 5))
    there = accepted(there=District(seats=(*District().seats, gone)))
    assert refusal(answer(there, by="xu")) == ("not_in_office", "dossier §3.1")


def test_disputing_the_same_again_is_nothing_new_and_another_department_comes_too_late():
    there = accepted().given(*answer().events)
    assert answer(there).answer.outcome == "nothing_new"
    assert refusal(answer(there, by="zhao"))[0] == "wrong_phase"
    assert refusal(answer(there, stance="deny"))[0] == "wrong_phase"


@pytest.mark.parametrize("there", [District().submitted(), approved()], ids=["screening", "approved"])
def test_before_acceptance_and_after_the_decision_nothing_is_disputed_here(there):
    assert refusal(answer(there))[0] == "wrong_phase"


def test_what_was_referred_from_the_check_has_no_file_in_which_to_dispute():
    from_check = after(
        District().submitted(a_form(needs_community=False)), ReferToConference(), "wang", date(2026, 3, 5)
    )
    assert refusal(answer(from_check))[0] == "wrong_phase"
