"""The hand an item's money comes from."""

from typing import NamedTuple

from domain.task_admission.commands.roles import DELEGATING_DEPARTMENT, FINANCE_BUREAU
from domain.task_admission.state.applying import Screening


class Payer(NamedTuple):
    """The hand an item's money comes from: its role, and the organisation where the case names one."""

    role: str
    organisation: str | None


def payer(screened: Screening) -> Payer:
    """Name the hand the money comes from; an applicant that pays itself does so in its own role."""
    funding = screened.application.funding
    channel = FINANCE_BUREAU if funding is None else funding.channel
    if channel in {DELEGATING_DEPARTMENT, screened.submitted.applicant_kind}:
        return Payer(DELEGATING_DEPARTMENT, screened.drafted.applicant)
    return Payer(channel, None)
