"""Where an admitted or listed item stands: what it is owed, the work, the way out."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from domain.kernel.messages import Record, State
from domain.task_admission.application import Application, Term, Tranche
from domain.task_admission.commands.closing import ExitOutcome
from domain.task_admission.events import (
    AdmissionApproved,
    AgreementSigned,
    AgreementSignedBy,
    ApplicationDrafted,
    CompletionAccepted,
    CompletionConfirmed,
    CompletionRefused,
    CureFailed,
    EarlyTerminationRequested,
    ExitDecided,
    ExitReviewOpened,
    FundsSettled,
    ListedItemConfirmed,
    RenewalDecided,
    SettlementProposed,
    TaskActivated,
    TaskRefusedByCommunity,
    TaskResumed,
    TaskSuspended,
    TermEnded,
)
from domain.task_admission.state.applying import HandedIn, Screening
from domain.task_admission.state.duties import Duties
from domain.task_admission.state.exit_conference import ExitConference
from domain.task_admission.state.legs import Legs
from domain.task_admission.state.money import Money, Shown
from domain.task_admission.state.on_file import CaseFile, OnFile


class AgreementPending(OnFile):
    """Admitted; both sides must sign."""

    phase: ClassVar[str] = "agreement_pending"
    approved: AdmissionApproved
    signatures: tuple[AgreementSignedBy, ...] = ()
    legs: Legs = Legs()
    money: Money


class Agreed(Record):
    """An off-list item that both sides have signed for."""

    file: CaseFile
    approved: AdmissionApproved
    signatures: tuple[AgreementSignedBy, ...]
    signed: AgreementSigned

    @property
    def screened(self) -> Screening:
        """The item as it was classified."""
        return self.file.screened

    @property
    def since(self) -> date:
        """Since when the item is owed its money."""
        return self.signed.on

    @property
    def term(self) -> Term:
        """First and last day of the work."""
        return self.signed.agreement.term

    @property
    def scope(self) -> tuple[str, ...]:
        """What the community may be asked to do."""
        return self.approved.scope

    @property
    def payments(self) -> tuple[Tranche, ...]:
        """When which part of the money is due."""
        return self.signed.agreement.payments


class Listed(Record):
    """An item of the assistance list, which needs no decision and no agreement."""

    screened: Screening
    confirmed: Shown[ListedItemConfirmed]

    @property
    def since(self) -> date:
        """Since when the item is owed its money."""
        return self.confirmed.event.on

    @property
    def term(self) -> Term:
        """First and last day of the work."""
        return self.screened.application.term

    @property
    def scope(self) -> tuple[str, ...]:
        """What the community may be asked to do: the matter of the list entry."""
        return (self.screened.application.matter,)

    @property
    def payments(self) -> tuple[Tranche, ...]:
        """All of the money, due by the first day of the work.

        Source:
            ADMISSION §8 item 29.
        """
        return (Tranche(amount_fen=self.confirmed.event.amount_fen, due_on=self.term.start_on),)


class _Owed(State):
    """A stage at which an item is owed its three legs.

    Attributes:
        item: By agreement, or by the list.
    """

    item: Agreed | Listed
    legs: Legs = Legs()
    money: Money = Money()

    @property
    def drafted(self) -> ApplicationDrafted:
        """How the application began."""
        return self.item.screened.drafted

    @property
    def submitted(self) -> HandedIn:
        """The form as it was handed in."""
        return self.item.screened.submitted

    @property
    def application(self) -> Application:
        """The item as it was applied for."""
        return self.item.screened.application

    @property
    def title(self) -> str:
        """What the form calls the item."""
        return self.application.title

    @property
    def accountable_officer(self) -> str | None:
        """The one person in the department who answers for all of it, once the department has named him.

        Source:
            S3-12.
        """
        named = (each.event.accountable_officer for each in self.legs.people if each.event.side == "department")
        return next(named, None)

    def unpaid_on(self, day: date) -> Iterator[tuple[int, date, int]]:
        """Give each payment that must be whole on a day and is not: its number, its due day, what is missing in fen.

        The first one to fall due must be whole before any work, and every other from its day on.
        """
        payments = list(enumerate(self.item.payments, start=1))
        first, _ = min(payments, key=lambda each: each[1].due_on)
        for number, payment in payments:
            missing = payment.amount_fen - self.money.received_for(number)
            if missing > 0 and (number == first or payment.due_on <= day):
                yield number, payment.due_on, missing


class FundsPending(_Owed):
    """Authority, people, money and the first day are waited for."""

    phase: ClassVar[str] = "funds_pending"


class Pause(Record):
    """A time in which the work stood still, and that it was taken up again."""

    causes: tuple[TaskSuspended, ...]
    ended: TaskResumed


class _Begun(_Owed):
    """A stage of an item whose work has begun.

    Attributes:
        pauses: The times in which it stood still.
        reviews: Why it was looked at whether the item leaves the checklist.
        terminations: By which a side ended it before its term.
        decided: What was decided of its end; the last word counts.
        renewals: By which it is carried on in another case.
        duties: What was said of it, quarter by quarter.
    """

    activated: TaskActivated
    pauses: tuple[Pause, ...] = ()
    reviews: tuple[ExitReviewOpened, ...] = ()
    terminations: tuple[EarlyTerminationRequested, ...] = ()
    decided: tuple[ExitDecided, ...] = ()
    renewals: tuple[RenewalDecided, ...] = ()
    duties: Duties = Duties()

    @property
    def last_on(self) -> date:
        """The last day of the work: that of the term, or an earlier one that a side named in time."""
        return min((self.item.term.end_on, *(each.ends_on for each in self.terminations)))

    @property
    def outcome(self) -> ExitOutcome | None:
        """What was decided of its end, as it now stands."""
        return self.decided[-1].outcome if self.decided else None


class Active(_Begun):
    """The work is done; on every day of it all three legs stand."""

    phase: ClassVar[str] = "active"


class Suspended(_Begun):
    """The work stands still until every cause is cured.

    Attributes:
        causes: In the order in which they came; each must be cured.
    """

    phase: ClassVar[str] = "suspended"
    causes: tuple[TaskSuspended, ...]

    @property
    def is_the_records_own(self) -> bool:
        """Whether the record alone let the work stand still, so that it may also let it go on."""
        return all(each.side == "record" for each in self.causes)


class ExitReview(_Begun):
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
        return all((self.renewals, self.accepted, self.confirmed, self.settled))
