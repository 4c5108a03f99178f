"""What the form lacked, that it was mended, or that it was not."""

from datetime import date
from typing import Literal

from domain.kernel.messages import Code, Event, Record, Text, Warned
from domain.task_admission.application import Application, Line


class NamedDefect(Record):
    """Something the form lacked or said wrongly, with the clause that demands it."""

    field: Code
    clause: Line
    says: Text


class CorrectionRequested(Event):
    """The form was sent back, with the complete list of its defects."""

    defects: tuple[NamedDefect, ...]
    by: Code
    on: date


class ApplicationResubmitted(Event):
    """The mended form was handed in; the day of application stays that of the first one."""

    application: Application
    by: Code
    on: date
    warnings: tuple[Warned, ...] = ()


class ApplicationLapsed(Event):
    """The applicant let the day pass on which it had to act.

    Attributes:
        because: The limit that passed.
        last_on: Its last day.
    """

    because: Literal["correction"]
    last_on: date
