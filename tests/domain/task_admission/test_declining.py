"""An off-list item is never an order: the community may decline, with reasons (dossier §9 C03; ADMISSION §8.18)."""

from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineClosed
from domain.task_admission.commands import DeclineAgreement
from domain.task_admission.events import AgreementDeclined, FundsReleased
from tests.domain.task_admission.district import District, details, refusal, seat
from tests.domain.task_admission.main_line import AMOUNT, SIGNED_ON, accepted, agreed, approved, reviewed
from tests.domain.task_admission.signing import signed_by_department

REASONS = "社区无力承担送餐。"


def answer(there=None, by="wu", reasons=REASONS, on=SIGNED_ON):
    return (there or approved()).answer(DeclineAgreement(reasons=reasons), by=by, on=on)


@pytest.mark.parametrize("there", [approved(), signed_by_department()], ids=["unsigned", "signed by the department"])
def test_it_declines_without_default_and_the_reserve_is_free(there):
    answered = answer(there)
    released, declined, *closed = answered.events
    assert isinstance(released, FundsReleased)
    assert (released.amount_fen, released.because) == (AMOUNT, "declined")
    assert declined == AgreementDeclined(reasons=REASONS, by="wu", on=SIGNED_ON)
    assert closed == [DeadlineClosed(limit="signature"), DeadlineClosed(limit="disclosure")]
    assert answered.after.state.phase == "refused_by_community"


def test_reasons_are_written():
    answered = answer(reasons=None)
    assert refusal(answered) == ("reasons_missing", "dossier §3.4")
    assert details(answered)["why"] == "nothing_written"


def test_it_may_decline_on_the_last_day():
    assert answer(on=date(2026, 4, 9)).answer.outcome == "recorded"


@pytest.mark.parametrize("there", [agreed(), reviewed()], ids=["agreed", "review"])
def test_what_it_has_signed_it_does_not_decline_nor_what_is_not_decided(there):
    assert refusal(answer(there))[0] == "wrong_phase"


@pytest.mark.parametrize("by", ["chen", "li", "zhou", "deng"])
def test_nobody_declines_for_it(by):
    assert refusal(answer(by=by))[0] == "not_your_role"


def test_who_acted_for_another_side_does_not_decline_for_the_community():
    joint = seat("zhou", "harbour", "residents_committee")
    there = approved(reviewed(accepted(there=District(seats=(*District().seats, joint)))))
    assert refusal(answer(there, by="zhou")) == ("substitute_needed", "S3-17, dossier §3.1")


def test_what_was_declined_is_closed():
    there = approved()
    closed = there.given(*answer(there).events)
    assert refusal(answer(closed))[0] == "case_closed"
