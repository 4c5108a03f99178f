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
    EarlyTerminationRequested,
    ExitDecided,
    ExitReviewOpened,
    ListedItemConfirmed,
    RenewalDecided,
    RenewalFailed,
    RenewalOpened,
    TaskActivated,
    TaskResumed,
    TaskSuspended,
)
from domain.task_admission.state.applying import HandedIn, Screening
from domain.task_admission.state.duties import Duties
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


class GivenUp(Record):
    """A renewal that came to nothing: what had been decided for it, and why it did not begin."""

    decided: tuple[ExitDecided | RenewalDecided, ...]
    failed: RenewalFailed


class Begun(_Owed):
    """A stage of an item whose work has begun.

    Attributes:
        pauses: The times in which it stood still.
        reviews: Why it was looked at whether the item leaves the checklist.
        terminations: By which a side ended it before its term.
        decided: What was decided of its end; the last word counts.
        renewals: By which it is carried on in another case.
        opened: That this case has begun.
        given_up: What was decided of a next term that did not begin.
        duties: What was said of it, quarter by quarter.
    """

    activated: TaskActivated
    pauses: tuple[Pause, ...] = ()
    reviews: tuple[ExitReviewOpened, ...] = ()
    terminations: tuple[EarlyTerminationRequested, ...] = ()
    decided: tuple[ExitDecided, ...] = ()
    renewals: tuple[RenewalDecided, ...] = ()
    opened: tuple[RenewalOpened, ...] = ()
    given_up: tuple[GivenUp, ...] = ()
    duties: Duties = Duties()

    @property
    def last_on(self) -> date:
        """The last day of the work: that of the term, or an earlier one that a side named in time."""
        return min((self.item.term.end_on, *(each.ends_on for each in self.terminations)))

    @property
    def outcome(self) -> ExitOutcome | None:
        """What was decided of its end, as it now stands."""
        return self.decided[-1].outcome if self.decided else None


class Active(Begun):
    """The work is done; on every day of it all three legs stand."""

    phase: ClassVar[str] = "active"


class Suspended(Begun):
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
