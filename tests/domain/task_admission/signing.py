"""An agreement on the table: who signs what for which side, on which day."""

from datetime import date
from typing import Any

from domain.kernel.decision import Decision
from domain.task_admission.agreement import Proxy
from tests.domain.task_admission.district import District
from tests.domain.task_admission.main_line import SIGNED_ON, TEXT, after, approved, sign

LAST_DAY = date(2026, 4, 9)
"""Thirty days after the decision."""


def answer(there: District | None = None, by: str = "chen", on: date = SIGNED_ON, **said: Any) -> Decision[Any]:
    """Let somebody sign what he is given."""
    return (there or approved()).answer(sign(**said), by=by, on=on)


def signed_by_department(there: District | None = None, text: str = TEXT) -> District:
    return after(there or approved(), sign(text), "chen", SIGNED_ON)


def proxy_of(principal: str, given_on: date = SIGNED_ON) -> Proxy:
    return Proxy(principal=principal, document="授权委托书", given_on=given_on)
