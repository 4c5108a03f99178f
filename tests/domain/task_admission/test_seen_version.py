"""A decision prepared on an older state of the case is void; a clock's tick is no such change (ADMISSION §2, §8.6)."""

from datetime import date

import pytest

from domain.kernel.clock_events import DeclareMissed, RemindOwner
from domain.task_admission.commands import RejectAdmission
from tests.domain.task_admission.district import details, refusal
from tests.domain.task_admission.main_line import (
    APPROVED_ON,
    accepted,
    after,
    approve,
    countersign,
    opinion,
    reviewed,
    sign,
)

LATER = "社区另有意见。"
LATE = date(2026, 3, 16)


def answer(there, seen, command=None, by="zhou", on=LATE):
    return there.answer(command or approve(), by=by, on=on, seen_version=seen)


def test_a_decision_on_what_was_seen_last_is_taken():
    there = reviewed()
    assert answer(there, there.case.version).answer.outcome == "recorded"


@pytest.mark.parametrize("command", [approve(), RejectAdmission(reasons="不予准入。")], ids=["approve", "reject"])
def test_a_later_opinion_makes_it_void(command):
    seen = reviewed().case.version
    heard = after(reviewed(), opinion(opinion="object", reasons=LATER), "wu", LATE)
    answered = answer(heard, seen, command)
    assert refusal(answered) == ("changed_since_seen", "DESIGN §2")
    assert details(answered) == {"seen": seen, "now": heard.case.version}
    assert answer(heard, heard.case.version, command).answer.outcome == "recorded"


def test_another_word_of_finance_makes_it_void():
    seen = reviewed().case.version
    other = after(reviewed(), countersign(budget_line="2026-卫-18"), "feng", LATE)
    assert refusal(answer(other, seen))[0] == "changed_since_seen"


def test_a_reminder_or_a_miss_does_not():
    there = reviewed()
    reminded = after(there, RemindOwner(limit="decision", step=1), "schedule", date(2026, 3, 23))
    assert answer(reminded, there.case.version).answer.outcome == "recorded"
    missed = after(reminded, DeclareMissed(limit="decision"), "schedule", date(2026, 3, 27))
    assert answer(missed, there.case.version).answer.outcome == "recorded"


def test_who_does_not_say_what_he_saw_is_held_to_nothing():
    heard = after(reviewed(), opinion(opinion="object", reasons=LATER), "wu", LATE)
    assert answer(heard, None).answer.outcome == "recorded"


def test_a_signature_on_what_was_seen_before_the_other_side_signed_is_void():
    pending = after(reviewed(), approve(), "zhou", APPROVED_ON)
    first = after(pending, sign(), "chen", LATE)
    assert refusal(answer(first, pending.case.version, sign(), by="wu"))[0] == "changed_since_seen"


def test_an_acceptance_stands_whatever_the_clocks_did_since():
    assert accepted().case.material_version < accepted().case.version
