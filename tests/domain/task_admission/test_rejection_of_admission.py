"""The authority refuses in writing, and the notice names the way of review (dossier §3.4, §4.1; ADMISSION §8.13)."""

from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineKept, DeclareMissed
from domain.task_admission.commands import RejectAdmission, RejectApplication
from domain.task_admission.events import AdmissionRejected, ApplicationRejected
from domain.task_admission.state import view
from tests.domain.task_admission.district import (
    District,
    details,
    entry,
    packs,
    published,
    refusal,
    version,
)
from tests.domain.task_admission.main_line import APPROVED_ON, accepted, after, approve, approved, reviewed

REASONS = "社区现有事项已满，暂不准入。"


def answer(there=None, by="zhou", reasons=REASONS):
    return (there or reviewed()).answer(RejectAdmission(reasons=reasons), by=by, on=APPROVED_ON)


def test_the_refusal_carries_its_reasons_and_the_way_of_review():
    answered = answer()
    rejected, kept = answered.events
    assert rejected == AdmissionRejected(reasons=REASONS, way_of_review=way_of_review(), by="zhou", on=APPROVED_ON)
    assert kept == DeadlineKept(limit="decision", on=APPROVED_ON)
    assert (answered.after.state.phase, answered.after.clocks.lasting()) == ("rejected", ())


def way_of_review() -> str:
    return next(each.value for each in packs()["national"].entries if each.name == "way_of_review")


def test_without_reasons_nothing_is_refused():
    answered = answer(reasons=None)
    assert refusal(answered) == ("reasons_missing", "dossier §3.4")
    assert details(answered)["why"] == "nothing_written"


def test_finance_need_not_have_countersigned_what_is_refused():
    heard = District(history=tuple(e for e in reviewed().history if type(e).__name__ != "FundsCountersigned"))
    assert answer(heard).answer.phase == "rejected"


def test_a_refused_item_holds_nothing_and_is_closed():
    there = reviewed()
    closed = there.given(*answer(there).events)
    shown = view(closed.case.state)
    assert (shown.keys, shown.work, shown.title) == ((), (), view(there.case.state).title)
    assert refusal(closed.answer(approve(), by="zhou", on=APPROVED_ON)) == ("case_closed", "DESIGN §2")


@pytest.mark.parametrize("there", [accepted(), approved()], ids=["consulting", "approved"])
def test_only_the_review_refuses(there):
    assert refusal(answer(there))[0] == "wrong_phase"


@pytest.mark.parametrize("by", ["li", "wang", "zheng", "ji"])
def test_nobody_but_the_approver_refuses(by):
    assert refusal(answer(by=by))[0] == "not_your_role"


def test_a_late_refusal_leaves_the_miss_on_the_record():
    missed = after(reviewed(), DeclareMissed(limit="decision"), "schedule", date(2026, 3, 27))
    rejected = missed.answer(RejectAdmission(reasons=REASONS), by="zhou", on=date(2026, 3, 27))
    assert rejected.after.clocks["decision"].state == "missed"


# --- the secretariat, when the review finds out what the item is (ADMISSION §3)
def found_out(**said):
    return RejectApplication.model_validate({"reason": "duty_shifting", "reasons": "属于部门自身职责。"} | said)


def test_in_the_review_the_secretariat_rejects_on_an_article():
    answered = reviewed().answer(found_out(article="S1f-04"), by="wang", on=APPROVED_ON)
    assert isinstance(answered.events[0], ApplicationRejected)
    assert (answered.events[0].source, answered.after.state.phase) == ("S1f-04", "rejected")
    assert answered.after.clocks["decision"].state == "closed"


def test_an_entry_that_the_classification_did_not_find_is_no_ground_in_the_review_either():
    changed = published("power_duty_list", version(1, entry("Q-09", "elder_meals"), published=date(2026, 3, 9)))
    answered = reviewed().with_list(changed).answer(found_out(entry="Q-09"), by="wang", on=APPROVED_ON)
    assert (refusal(answered)[0], details(answered)["why"]) == ("reasons_missing", "entry_not_found")


def test_while_the_community_is_asked_nobody_rejects():
    assert refusal(accepted().answer(found_out(article="S1f-04"), by="wang", on=APPROVED_ON))[0] == "wrong_phase"
