"""The end before its time and the next term, step by step."""

from datetime import date
from typing import Any

from domain.task_admission.application import Term, Tranche
from domain.task_admission.commands import (
    AcceptCompletion,
    BeginTask,
    ConfirmCompletion,
    DecideExit,
    DecideRenewal,
    EndTerm,
    OpenExitReview,
    RecordConferenceDecision,
    RecordRenewal,
    RequestEarlyTermination,
)
from domain.task_admission.commands.conference import MinutedVote, Minutes
from tests.domain.task_admission.district import START, District
from tests.domain.task_admission.main_line import (
    AMOUNT,
    SIGNED_ON,
    active,
    after,
    approved,
    empowered,
    paid,
    settlement,
    sign,
)

REVIEW_ON = date(2027, 5, 1)
"""Thirty days before the last one."""
DECIDED_ON = date(2027, 5, 10)
OVER_ON = date(2027, 6, 1)
NEXT = Term(start_on=date(2027, 6, 1), end_on=date(2028, 5, 31))
NEXT_PAYMENTS = (Tranche(amount_fen=AMOUNT, due_on=date(2027, 6, 1)),)


def review(cause: str | None = None, facts: str | None = "居民普遍反映不再需要。", **said: Any) -> OpenExitReview:
    return OpenExitReview.model_validate({"cause": cause, "facts": facts} | said)


def request_end(ends_on: date | None, reasons: str | None = "人手不足。") -> RequestEarlyTermination:
    return RequestEarlyTermination(ends_on=ends_on, reasons=reasons)


def renew(**said: Any) -> DecideRenewal:
    decision = {
        "decision_no": "东续〔2027〕3号",
        "term": NEXT,
        "payments": NEXT_PAYMENTS,
        "evaluation": "评估报告〔2027〕7号",
    }
    return DecideRenewal.model_validate(decision | said)


def minutes(*choices: str) -> Minutes:
    votes = tuple(
        MinutedVote.model_validate({"person": f"m{number}", "organisation": f"body{number}", "choice": choice})
        for number, choice in enumerate(choices)
    )
    return Minutes(number="联席〔2026〕5号", text_sha256="c" * 64, signed_by="zheng", votes=votes)


def disapproved(there: District | None = None, facts: str = "多数居民认为没有必要。") -> District:
    """Give an item that leaves because residents disapprove of it; its conference is called."""
    opened = review("residents_disapprove", facts, record="入户调查〔2026〕2号")
    return after(there or active(), opened, "zhou", date(2026, 9, 1))


def conferred() -> District:
    """Give the same item after the conference decided that it ends as it stands, and the committee's figures."""
    said = RecordConferenceDecision(outcome="terminate", reasons="没有必要。", minutes=minutes("for", "for"))
    heard = after(disapproved(), said, "linked_case", date(2026, 9, 10))
    ended = after(heard, DecideExit(outcome="terminate"), "zhou", date(2026, 9, 11))
    return after(ended, settlement(), "ji", date(2026, 9, 14))


def signed_with_notice(days: int) -> District:
    """Give the item at work whose agreement names a notice."""
    first = after(approved(), sign(notice_days=days), "chen", SIGNED_ON)
    there = after(first, sign(notice_days=days), "wu", SIGNED_ON)
    return after(paid(empowered(there)), BeginTask(), "schedule", START)


def reviewed_at_the_end() -> District:
    """Give the item at work in the last month of its term."""
    return after(active(), OpenExitReview(), "schedule", REVIEW_ON)


def to_be_renewed(there: District | None = None) -> District:
    return after(there or reviewed_at_the_end(), DecideExit(outcome="review_renewal"), "zhou", DECIDED_ON)


def renewed(there: District | None = None) -> District:
    return after(there or to_be_renewed(), renew(), "zhou", date(2027, 5, 12))


def begun_anew(there: District | None = None) -> District:
    """Give the old case after the next one said that it began."""
    return after(there or renewed(), RecordRenewal(), "linked_case", date(2027, 5, 12))


def over(there: District) -> District:
    return after(there, EndTerm(), "schedule", OVER_ON)


def both_satisfied(there: District) -> District:
    accepted = after(there, AcceptCompletion(), "li", date(2027, 6, 3))
    return after(accepted, ConfirmCompletion(), "ji", date(2027, 6, 3))


def settled(there: District) -> District:
    proposed = after(there, settlement(), "ji", date(2027, 6, 4))
    return after(proposed, settlement(), "feng", date(2027, 6, 7))
