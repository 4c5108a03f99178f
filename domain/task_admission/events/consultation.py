"""What was said of the item between acceptance and decision, and what was called in dispute."""

from datetime import date
from typing import Literal

from domain.kernel.messages import Code, Event, Text
from domain.kernel.money import Fen
from domain.task_admission.application import Line, Tranche
from domain.task_admission.commands.consultation import ConferenceCause, Stance

OpinionGiven = Literal["accept", "accept_with_conditions", "object", "no_opinion"]
CalledFor = ConferenceCause | Literal["residents_disapprove"]
"""Nobody calls for the last one by itself: the review of an exit does."""


class CommunityOpinionRecorded(Event):
    """The community said what it thinks, or was asked and said nothing.

    Attributes:
        late: It came after the period: it is read, and changes no phase.
    """

    opinion: OpinionGiven
    conditions: Text | None = None
    reasons: Text | None = None
    late: bool = False
    by: Code
    on: date


class FundsCountersigned(Event):
    """Finance confirmed where the money stands; nothing has moved."""

    budget_line: Line
    source: Code
    purpose: Code
    amount_fen: Fen
    schedule: tuple[Tranche, ...]
    by: Code
    on: date


class CompetenceDisputed(Event):
    """Another department claims the matter, or denies that it is the applicant's."""

    organisation: Code
    stance: Stance
    reasons: Text
    by: Code
    on: date


class ConferenceCalled(Event):
    """The joint conference must decide a point in dispute.

    Attributes:
        facts: What shows the cause.
    """

    cause: CalledFor
    facts: Text
    by: Code
    on: date
