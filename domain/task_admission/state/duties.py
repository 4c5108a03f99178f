"""What was said of the work, quarter by quarter, and what is held until the next report."""

from datetime import date
from typing import assert_never

from domain.kernel.messages import Record
from domain.task_admission.events import FundUseReported, PaymentHeld, SatisfactionRecorded, WorkloadReported

DutyDone = FundUseReported | PaymentHeld | WorkloadReported | SatisfactionRecorded
"""Everything that is said of the work while it goes on, but what it cost."""


class Duties(Record):
    """What was said of the work while it went on, in order.

    Attributes:
        held: The payments that are held now.
        workloads: The last word on each quarter.
        surveys: Each survey; a quarter may have several.
    """

    reported: tuple[FundUseReported, ...] = ()
    held: tuple[PaymentHeld, ...] = ()
    workloads: tuple[WorkloadReported, ...] = ()
    surveys: tuple[SatisfactionRecorded, ...] = ()

    @property
    def held_tranches(self) -> tuple[int, ...]:
        """Number the payments that are held."""
        return tuple(number for each in self.held for number in each.tranches)

    def report_of(self, until_on: date) -> FundUseReported | None:
        """Find the report on the quarter that ends on a day."""
        return next((each for each in self.reported if each.until_on == until_on), None)

    def workload_of(self, until_on: date) -> WorkloadReported | None:
        """Find what was last said of the work in the quarter that ends on a day."""
        return next((each for each in self.workloads if each.until_on == until_on), None)

    def after(self, event: DutyDone) -> "Duties":
        """Let one more thing be said."""
        match event:
            case FundUseReported():
                return self.model_copy(update={"reported": (*self.reported, event), "held": ()})
            case PaymentHeld():
                return self.model_copy(update={"held": (*self.held, event)})
            case WorkloadReported(until_on=until_on):
                others = (each for each in self.workloads if each.until_on != until_on)
                return self.model_copy(update={"workloads": (*others, event)})
            case SatisfactionRecorded():
                return self.model_copy(update={"surveys": (*self.surveys, event)})
            case _:
                assert_never(event)
