"""Both sides sign within thirty days, or the agreement lapses and the money is free again (T7, DL-09; ADMISSION §5)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.kernel.clock_events import DeadlineClosed, DeadlineLapsed, RemindOwner
from domain.kernel.followups import ServeNotice
from domain.kernel.ledger import check
from domain.task_admission.commands import LapseAgreement
from domain.task_admission.events import AgreementLapsed, FundsReleased
from tests.domain.task_admission.district import District, details, refusal
from tests.domain.task_admission.main_line import AMOUNT, after, agreed, approved, reviewed, sign
from tests.domain.task_admission.signing import LAST_DAY, answer, signed_by_department
from workflows.task_admission import TaskAdmissionWorkflow

THE_DAY_AFTER = LAST_DAY + timedelta(1)


def lapse(there, on=THE_DAY_AFTER, by="schedule"):
    return there.answer(LapseAgreement(), by=by, on=on)


@pytest.mark.parametrize("by", ["chen", "wu"])
def test_a_signature_received_before_midnight_of_the_last_day_is_in_time(by):
    last = datetime(2026, 4, 9, 15, 59, 59, tzinfo=UTC)
    assert approved().answer(sign(), by=by, received_at=last).answer.outcome == "recorded"
    late = approved().answer(sign(), by=by, received_at=last + timedelta(seconds=1))
    assert refusal(late) == ("signature_too_late", "DL-09")
    assert details(late) == {"due_on": "2026-04-09"}


def test_evidence_of_an_earlier_day_brings_no_late_signature_into_time():
    late = approved().answer(sign(), by="chen", on=THE_DAY_AFTER, act_on=LAST_DAY, evidence="签署页")
    assert refusal(late)[0] == "signature_too_late"


def test_on_the_last_day_nothing_lapses():
    assert lapse(approved(), on=LAST_DAY).answer.outcome == "nothing_new"


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        (approved(), ("department", "community")),
        (signed_by_department(), ("community",)),
        (after(approved(), sign(), "wu", date(2026, 3, 20)), ("department",)),
    ],
    ids=["nobody", "department", "community"],
)
def test_the_day_after_it_lapses_and_says_who_was_missing(there, missing):
    answered = lapse(there)
    released, lapsed, lost, closed = answered.events
    assert lapsed == AgreementLapsed(missing=missing)
    assert lost == DeadlineLapsed(limit="signature")
    assert closed == DeadlineClosed(limit="disclosure")
    assert isinstance(released, FundsReleased)
    assert (answered.after.state.phase, answered.after.clocks.lasting()) == ("lapsed", ())


def test_the_reserve_is_free_again_to_the_fen():
    answered = lapse(approved())
    released = answered.events[0]
    check(released.postings)
    assert (released.amount_fen, released.because) == (AMOUNT, "lapsed")
    money = answered.after.state.before.money
    assert (dict(money.held("reserved")), dict(money.held("available"))) == ({}, {})


def test_both_sides_are_told_which_signature_was_missing():
    told = TaskAdmissionWorkflow.LIFECYCLE.follow_ups(lapse(signed_by_department()))
    assert [(each.notice, each.to_organisation) for each in told if isinstance(each, ServeNotice)] == [
        ("agreement_lapsed", "health"),
        ("agreement_lapsed", "harbour"),
    ]
    assert all(isinstance(each, ServeNotice) and each.details["missing"] == ["community"] for each in told)


def test_both_sides_are_reminded_three_and_one_working_days_before():
    there = approved()
    assert there.case.clocks["signature"].reminders == (date(2026, 4, 3), date(2026, 4, 8))
    reminded = there.answer(RemindOwner(limit="signature", step=1), by="schedule", on=date(2026, 4, 3))
    told = TaskAdmissionWorkflow.LIFECYCLE.follow_ups(reminded)
    assert {each.to_organisation for each in told if isinstance(each, ServeNotice)} == {"health", "harbour"}


@pytest.mark.parametrize("there", [agreed(), reviewed(), District().drafted()], ids=["agreed", "review", "draft"])
def test_what_both_have_signed_or_nobody_has_decided_does_not_lapse(there):
    assert lapse(there).answer.outcome == "nothing_new"


def test_what_lapsed_is_signed_no_more():
    lapsed = after(approved(), LapseAgreement(), "schedule", THE_DAY_AFTER)
    assert refusal(answer(lapsed)) == ("case_closed", "DESIGN §2")


@pytest.mark.parametrize("by", ["li", "wu", "zhou"])
def test_no_person_lets_an_agreement_lapse(by):
    assert refusal(lapse(approved(), by=by))[0] == "not_your_role"
