"""That work stood still, for what cause, and how that ended."""

from datetime import date
from typing import Literal

from domain.kernel.messages import Code, Event, Text
from domain.task_admission.commands.legs import Leg
from domain.task_admission.commands.suspension import SuspensionCause
from domain.task_admission.events.cited import EventCited

SuspendedBy = Literal["department", "community", "authority", "record"]
"""Who let the work stand still; `record` where the case itself found a leg lost."""


class TaskSuspended(Event):
    """The work stands still, for this cause; a second one is added to the first.

    Attributes:
        leg: The leg that does not stand, where the cause is about one.
        facts: What shows the cause.
    """

    cause: SuspensionCause
    leg: Leg | None
    facts: Text
    side: SuspendedBy
    by: Code
    on: date


class TaskResumed(Event):
    """Every cause is cured and all three legs stand again, each shown by events of this case: the work goes on.

    Attributes:
        cured: The causes of which the authority said so, for no record shows it.

    Source:
        S0-08; S4-32.
    """

    authority: tuple[EventCited, ...]
    people: tuple[EventCited, ...]
    money: tuple[EventCited, ...]
    cured: tuple[SuspensionCause, ...] = ()
    reasons: Text | None = None
    by: Code
    on: date


class CureFailed(Event):
    """The period for the cure is over, and these causes are left.

    Attributes:
        due_on: Its last day.
    """

    causes: tuple[SuspensionCause, ...]
    due_on: date
