"""Who hears of what happened, from acceptance to the agreement (ADMISSION §3 to 5; dossier §3.4; L-RC25:30)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.kernel.clock_events import DeclareMissed
from domain.kernel.followups import ServeNotice
from domain.links.admission_notices import NOTICES
from domain.task_admission.commands import (
    ClaimOrDeny,
    ConfirmEmergency,
    ConfirmListed,
    DeclareEmergency,
    DeclineAgreement,
    DirectToDepartment,
    LapseAgreement,
    LapseCorrection,
    LapseEmergency,
    RejectAdmission,
    SendToPurchase,
)
from tests.domain.task_admission.changed_packs import with_value
from tests.domain.task_admission.district import LISTED, TODAY, District, a_form, entry, published, version
from tests.domain.task_admission.main_line import (
    APPROVED_ON,
    accept,
    accepted,
    after,
    agreed,
    approve,
    approved,
    opinion,
    reviewed,
    sign,
)
from tests.domain.task_admission.mending import ask_to_mend, mend, sent_back
from tests.domain.task_admission.signing import signed_by_department
from tests.domain.task_admission.threatened import a_threat, come_back, confirmed, declared, spend
from workflows.task_admission import TaskAdmissionWorkflow

ON = date(2026, 3, 9)


def told(there, command, by, on=ON):
    """Give each notice, the role and the organisation it is served to."""
    answered = there.answer(command, by=by, on=on)
    assert answered.answer.outcome == "recorded", answered.answer
    follow_ups = TaskAdmissionWorkflow.LIFECYCLE.follow_ups(answered)
    notices = [each for each in follow_ups if isinstance(each, ServeNotice)]
    return {(each.notice, each.to_role, each.to_organisation): each.details for each in notices}


def test_of_an_acceptance_the_applicant_the_community_and_its_party_branch_hear():
    assert set(told(District().submitted(), accept(), "wang")) == {
        ("application_accepted", "delegating_department", "health"),
        ("opinion_asked", "residents_committee", "harbour"),
        ("party_branch_informed", "party_branch", None),
    }


def test_of_a_correction_the_applicant_hears_every_defect_and_of_the_mended_form_who_looks_at_it():
    asked = told(District().submitted(), ask_to_mend(), "wang")
    ((key, details),) = asked.items()
    assert key == ("correction_requested", "delegating_department", "health")
    assert [each["field"] for each in details["defects"]] == ["people", "funding.schedule"]
    receipt = ("application_received", "delegating_department", "health")
    mended = ("application_resubmitted", "secretariat", None)
    assert set(told(sent_back(), mend(), "li")) == {receipt, mended}


def test_a_community_that_was_asked_about_a_form_hears_that_it_was_mended():
    assert ("application_resubmitted", "residents_committee", "harbour") in told(sent_back(reviewed()), mend(), "li")


def test_of_an_uncorrected_application_the_applicant_hears_that_it_lapsed_and_since_when():
    ((key, details),) = told(sent_back(), LapseCorrection(), "schedule", date(2026, 3, 12)).items()
    assert key == ("application_lapsed", "delegating_department", "health")
    assert (details["because"], details["last_on"]) == ("correction", "2026-03-11")


def test_of_an_emergency_those_hear_who_must_act_and_the_committee_who_bears_its_cost():
    asked = told(District().drafted(a_threat()), DeclareEmergency(), "li", TODAY)
    assert {role for _, role, _ in asked} == {"approver", "duty_officer"}
    confirmed_to = told(declared(), ConfirmEmergency(), "zhou", TODAY)
    assert {organisation for _, _, organisation in confirmed_to} == {"health", "harbour"}
    assert {details["cost_bearer"] for details in confirmed_to.values()} == {"health"}
    assert ("emergency_regularised", "secretariat", None) in told(confirmed(), come_back(), "li")


def test_of_an_emergency_that_lapses_both_sides_hear_and_finance_what_was_paid():
    spent = after(confirmed(), spend(), "ji", ON)
    notices = told(spent, LapseEmergency(), "schedule", date(2026, 3, 12))
    paid = {role for notice, role, _ in notices if notice == "emergency_settled"}
    assert paid == {"delegating_department", "residents_committee", "finance_bureau"}
    assert {role for notice, role, _ in notices if notice == "emergency_lapsed"} == paid - {"finance_bureau"}


def test_a_villagers_committee_is_told_in_its_own_role():
    notices = told(District().submitted(community="fields"), accept(), "wang")
    assert ("opinion_asked", "villagers_committee", "fields") in notices


def test_a_conference_is_called_in_writing_to_both_sides_and_its_convenor():
    objection = opinion(opinion="object", reasons="人手不足。")
    claim = ClaimOrDeny(stance="claim", reasons="由教育部门牵头。")
    for command, by, cause in ((objection, "ji", "objection"), (claim, "he", "competence")):
        notices = told(accepted(), command, by)
        assert {role for _, role, _ in notices} == {"delegating_department", "residents_committee", "convenor"}
        assert {details["cause"] for details in notices.values()} == {cause}


def test_of_a_decision_department_committee_and_subdistrict_hear_what_was_decided():
    notices = told(reviewed(), approve(), "zhou")
    assert set(notices) == {
        ("admission_approved", "delegating_department", "health"),
        ("admission_approved", "residents_committee", "harbour"),
        ("admission_approved", "subdistrict_office", None),
    }
    assert all(each["decision_no"] == "东准〔2026〕12号" for each in notices.values())


def test_of_a_refusal_the_applicant_hears_reasons_and_the_way_of_review():
    ((key, details),) = told(reviewed(), RejectAdmission(reasons="不予准入。"), "zhou").items()
    assert key == ("admission_rejected", "delegating_department", "health")
    assert {"reasons", "way_of_review", "on", "title", "case"} == set(details)


def test_what_the_department_does_itself_or_must_buy_is_told_to_it():
    assert set(told(District().submitted(a_form(routine=True)), DirectToDepartment(), "wang")) == {
        ("department_serves_directly", "delegating_department", "health")
    }
    catalogue = published("purchase_catalogue", version(1, entry("G-11", "elder_meals")))
    buying = replace(reviewed(), packs=(with_value("off_list_route", "purchase"),)).with_list(catalogue)
    ((key, details),) = told(buying, SendToPurchase(), "zhou").items()
    assert key == ("purchase_required", "delegating_department", "health")
    assert details["cited"]["entry"] == "G-11"


def test_of_a_listed_item_both_sides_hear_its_conditions():
    notices = told(District().submitted(LISTED), ConfirmListed(conditions="提供材料。"), "wang")
    assert {organisation for _, _, organisation in notices} == {"health", "harbour"}
    assert {details["conditions"] for details in notices.values()} == {"提供材料。"}


def test_of_the_agreement_both_sides_and_finance_hear():
    notices = told(signed_by_department(), sign(), "wu", APPROVED_ON)
    assert {role for _, role, _ in notices} == {"delegating_department", "residents_committee", "finance_bureau"}


def test_of_its_end_who_must_know():
    declined = told(approved(), DeclineAgreement(reasons="无力承担。"), "wu", APPROVED_ON)
    assert set(declined) == {("agreement_declined", "delegating_department", "health")}
    lapsed = told(approved(), LapseAgreement(), "schedule", date(2026, 4, 10))
    assert {organisation for _, _, organisation in lapsed} == {"health", "harbour"}


def test_the_community_hears_that_its_money_is_overdue_and_that_it_may_refuse():
    notices = told(agreed(), DeclareMissed(limit="funds/1"), "schedule", date(2026, 6, 2))
    assert ("funds_overdue", "residents_committee", "harbour") in notices
    assert ("deadline_missed", "supervisor", None) in notices


def test_a_miss_of_another_duty_tells_the_community_nothing():
    notices = told(reviewed(), DeclareMissed(limit="decision"), "schedule", date(2026, 3, 27))
    assert {notice for notice, _, _ in notices} == {"deadline_missed"}


@pytest.mark.parametrize(("kind", "notices"), NOTICES.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_a_notice_says_only_what_its_event_holds(kind, notices):
    assert {name for notice in notices for name in notice.says} <= set(kind.model_fields)
