"""Where an item stands on its way out of the checklist: reviewed, decided, accepted, confirmed, settled."""

from datetime import date
from typing import ClassVar

from domain.task_admission.events import (
    CompletionAccepted,
    CompletionConfirmed,
    CompletionRefused,
    CureFailed,
    ExitReviewOpened,
    FundsSettled,
    SettlementProposed,
    TaskRefusedByCommunity,
    TaskSuspended,
    TermEnded,
)
from domain.task_admission.state.exit_conference import ExitConference
from domain.task_admission.state.owed import Begun


class ExitReview(Begun):
    """The work is over; the exit is decided, the work accepted and confirmed, the money settled.

    Attributes:
        ended: What ended the work: the term, a cure that failed, the community's refusal, or a review.
        causes: For which the work stood still when it ended.
        conference: Of what residents generally disapprove; older cases cite one that they did not call.
        proposals: The committee's figures; the last ones count.
    """

    phase: ClassVar[str] = "exit_review"
    ended: TermEnded | CureFailed | TaskRefusedByCommunity | ExitReviewOpened
    causes: tuple[TaskSuspended, ...] = ()
    conference: ExitConference | None = None
    accepted: tuple[CompletionAccepted, ...] = ()
    confirmed: tuple[CompletionConfirmed, ...] = ()
    refusals: tuple[CompletionRefused, ...] = ()
    proposals: tuple[SettlementProposed, ...] = ()

    @property
    def settled(self) -> tuple[FundsSettled, ...]:
        """What finance found right."""
        return self.money.settled

    @property
    def waits_for_conference(self) -> bool:
        """Whether nothing can be decided before the conference that was called has."""
        return self.conference is not None and self.conference.held is None

    @property
    def is_complete(self) -> bool:
        """Whether every part of the exit is there; what ends as it stands, nobody need accept or confirm."""
        if self.is_terminated:
            return bool(self.settled)
        return all((self.decided, self.accepted, self.confirmed, self.settled))

    @property
    def is_terminated(self) -> bool:
        """Whether it was decided that the work ends as it stands."""
        return self.outcome == "terminate"

    @property
    def since(self) -> date:
        """The last day of the work, or the day of the refusal."""
        match self.ended:
            case TermEnded(last_on=day) | CureFailed(due_on=day):
                return day
            case TaskRefusedByCommunity(on=day) | ExitReviewOpened(on=day):
                return day


class RenewalReview(ExitReview):
    """The term is over, and it is looked at whether the item is carried on; accepted, confirmed, settled like any."""

    phase: ClassVar[str] = "renewal_review"

    @property
    def is_complete(self) -> bool:
        """Whether the item is carried on elsewhere, and nothing of this term is left."""
        is_on = any(self.opened or not each.is_answered for each in self.renewals)
        return all((is_on, self.accepted, self.confirmed, self.settled))
