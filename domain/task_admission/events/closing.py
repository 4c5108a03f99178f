"""How the term ended, and how work and money were settled."""

import operator
from datetime import date
from typing import Annotated

from pydantic import Field

from domain.kernel.ledger import MoneyEvent
from domain.kernel.messages import Code, Event, Text
from domain.task_admission.commands.closing import ExitOutcome, ResidentsDecision, SettlementLine
from domain.task_admission.commands.conference import Minutes
from domain.task_admission.events.agreement import Side


class TermEnded(Event):
    """The last day of the term is over."""

    last_on: date


class ExitDecided(Event):
    """It was decided how the item leaves the checklist."""

    outcome: ExitOutcome
    reasons: Text | None
    # Left out where there are none: what was decided before is compared with what is said today to the letter.
    minutes: Annotated[Minutes | None, Field(exclude_if=operator.not_)] = None
    by: Code
    on: date


class CompletionAccepted(Event):
    """The department accepted the work."""

    by: Code
    on: date


class CompletionConfirmed(Event):
    """The community confirmed the end of the work."""

    by: Code
    on: date


class CompletionRefused(Event):
    """One side says, with reasons, that the work is not done."""

    side: Side
    reasons: Text
    by: Code
    on: date


class SettlementProposed(Event):
    """The committee said what became of the money."""

    lines: tuple[SettlementLine, ...]
    residents_decision: ResidentsDecision | None
    by: Code
    on: date


class FundsSettled(MoneyEvent):
    """Finance checked the figures; each purpose stands at zero, but for what was carried over by rule."""

    lines: tuple[SettlementLine, ...]
    by: Code
    on: date


class TaskExited(Event):
    """Decided and settled, without having been completed: the item leaves the checklist."""

    on: date


class TaskCompleted(Event):
    """Decided, accepted, confirmed and settled: the item leaves the checklist."""

    on: date
