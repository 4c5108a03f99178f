"""A refusal is written, cites what says no, names the way of review (dossier §3.4; ADMISSION §3, §8 items 10, 13)."""

from datetime import date, timedelta

import pytest

from domain.kernel.clock_events import DeadlineKept, DeclareMissed
from domain.kernel.errors import BadInput
from domain.kernel.followups import ServeNotice
from domain.task_admission.commands import RejectApplication, SubmitApplication
from domain.task_admission.decider import TASK_ADMISSION
from domain.task_admission.events import ApplicationRejected
from domain.task_admission.events.cited import EntryCited
from domain.task_admission.state import view
from tests.domain.task_admission.district import CONTRADICTION, TODAY, District, a_form, details, refusal
from tests.domain.task_admission.main_line import reviewed
from tests.domain.task_admission.mending import mended, sent_back
from workflows.task_admission import TaskAdmissionWorkflow

PROHIBITED = a_form(matter="investment_attraction")


def reject(reason="prohibited", **more):
    return RejectApplication(reason=reason, reasons="该事项不得交由社区承担。", **more)


def answer(form, command, by="wang"):
    return District().submitted(form).answer(command, by=by)


def test_a_prohibited_item_is_rejected_on_its_list_entry():
    answered = answer(PROHIBITED, reject(entry="P-01"))
    rejected, kept = answered.events
    assert isinstance(rejected, ApplicationRejected)
    assert rejected.source == "X-136"
    assert rejected.cited == EntryCited(list_name="prohibited_list", version=1, entry="P-01")
    assert rejected.way_of_review
    assert kept == DeadlineKept(limit="formal_check", on=TODAY)
    assert (answered.after.state.phase, answered.after.clocks.lasting()) == ("rejected", ())
    assert view(answered.after.state).title == PROHIBITED.title


@pytest.mark.parametrize(
    ("matter", "reason", "entry"),
    [("residents_pact", "autonomy", "Z-01"), ("road_inspection", "duty_shifting", "Q-01")],
)
def test_self_governance_and_shifted_duties_are_rejected_on_their_entries(matter, reason, entry):
    assert answer(a_form(matter=matter), reject(reason, entry=entry)).answer.phase == "rejected"


def test_an_article_is_cited_where_no_list_says_no():
    answered = answer(a_form(), reject("duty_shifting", article="S1f-04"))
    assert (answered.events[0].source, answered.events[0].cited) == ("S1f-04", None)


def test_a_refusal_that_cites_nothing_is_refused():
    answered = answer(PROHIBITED, reject())
    assert refusal(answered) == ("reasons_missing", "dossier §3.4, §4.1")
    assert details(answered)["why"] == "nothing_cited"


@pytest.mark.parametrize(
    ("form", "reason", "entry"), [(a_form(), "prohibited", "P-01"), (PROHIBITED, "autonomy", "P-01")]
)
def test_an_entry_that_the_classification_did_not_find_for_this_reason_is_no_ground(form, reason, entry):
    answered = answer(form, reject(reason, entry=entry))
    assert (refusal(answered)[0], details(answered)["why"]) == ("reasons_missing", "entry_not_found")


def test_an_entry_that_matched_beside_the_deciding_row_may_be_cited():
    there = District().with_list(*CONTRADICTION).submitted()
    assert there.answer(reject("autonomy", entry="Z-09"), by="wang").answer.phase == "rejected"


def test_nothing_is_still_incomplete_before_its_correction_was_asked_for():
    answered = answer(a_form(), reject("still_incomplete", article="S3-09"))
    assert refusal(answered) == ("reasons_missing", "ADMISSION §8.10")
    assert details(answered)["why"] == "correction_not_requested"


@pytest.mark.parametrize("stage", [mended, lambda: mended(sent_back(reviewed()))])
def test_a_form_that_came_back_unmended_is_decided_on_its_merits_and_rejected_on_a_defect_that_was_listed(stage):
    there = stage()
    answered = there.answer(reject("still_incomplete", article="dossier §3.3"), by="wang", on=date(2026, 3, 10))
    rejected = answered.events[0]
    assert (rejected.reason, rejected.source, rejected.cited) == ("still_incomplete", "dossier §3.3", None)
    assert (answered.after.state.phase, answered.after.clocks.lasting()) == ("rejected", ())


@pytest.mark.parametrize("article", ["S3-09", None])
def test_and_never_on_one_that_the_one_list_did_not_name(article):
    answered = mended().answer(reject("still_incomplete", article=article), by="wang", on=date(2026, 3, 10))
    assert refusal(answered) == ("reasons_missing", "ADMISSION §8.10")
    assert (details(answered)["why"], details(answered)["found"]) == ("defect_not_listed", ["S0-08", "dossier §3.3"])


def test_written_reasons_are_never_blank():
    with pytest.raises(BadInput):
        TASK_ADMISSION.commands.read("RejectApplication", {"reason": "prohibited", "reasons": " "})
    with pytest.raises(BadInput):
        TASK_ADMISSION.commands.read("RejectApplication", {"reason": "because", "reasons": "x"})


def test_a_draft_is_not_rejected():
    assert refusal(District().drafted().answer(reject(entry="P-01"), by="wang"))[0] == "wrong_phase"


def test_a_rejected_application_is_closed():
    there = District().submitted(PROHIBITED)
    closed = there.given(*there.answer(reject(entry="P-01"), by="wang").events)
    assert refusal(closed.answer(reject(entry="P-01"), by="wang"))[0] == "case_closed"


def test_a_formal_check_done_late_stays_missed():
    there = District().submitted(PROHIBITED)
    late = date(2026, 3, 11)
    missed = there.given(*there.answer(DeclareMissed(limit="formal_check"), by="schedule", on=late).events)
    assert missed.case.state.phase == "screening"
    after = missed.answer(reject(entry="P-01"), by="wang", on=late + timedelta(1)).after
    assert after.clocks["formal_check"].state == "missed"


# --- notices
def test_the_applicant_gets_a_receipt_and_of_a_refusal_the_reasons_and_the_way_of_review():
    lifecycle = TaskAdmissionWorkflow.LIFECYCLE
    drafted = District().drafted(PROHIBITED)
    handed_in = drafted.answer(SubmitApplication())
    (receipt,) = lifecycle.follow_ups(handed_in)
    assert isinstance(receipt, ServeNotice)
    assert (receipt.notice, receipt.to_organisation) == ("application_received", "health")
    (written,) = lifecycle.follow_ups(drafted.given(*handed_in.events).answer(reject(entry="P-01"), by="wang"))
    assert isinstance(written, ServeNotice)
    assert written.notice == "application_rejected"
    assert {"reason", "reasons", "source", "way_of_review", "case", "title"} == set(written.details)
