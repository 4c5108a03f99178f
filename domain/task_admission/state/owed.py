"""Where an admitted or listed item stands: what it is owed, the work, the way out."""

from datetime import date
from typing import Any, ClassVar, assert_never

from domain.kernel.messages import Record, State
from domain.task_admission.application import Application, Term, Tranche
from domain.task_admission.commands.legs import Leg
from domain.task_admission.events import (
    AdmissionApproved,
    AgreementSigned,
    AgreementSignedBy,
    ApplicationDrafted,
    AuthorityGranted,
    CompletionAccepted,
    CompletionConfirmed,
    CompletionRefused,
    ExitDecided,
    FundsSettled,
    LegLost,
    ListedItemConfirmed,
    PeopleNamed,
    SettlementProposed,
    TaskActivated,
    TermEnded,
)
from domain.task_admission.state.applying import HandedIn, Screening
from domain.task_admission.state.money import Money, Shown
from domain.task_admission.state.on_file import CaseFile, OnFile


class Legs(Record):
    """What shows authority and people; what shows the money stands in `Money`.

    Attributes:
        people: The last word of each side.
        lost: Legs whose loss was noticed, and that have not been shown again since.
    """

    authority: tuple[Shown[AuthorityGranted], ...] = ()
    people: tuple[Shown[PeopleNamed], ...] = ()
    lost: tuple[LegLost, ...] = ()

    def after(self, event: AuthorityGranted | PeopleNamed | LegLost, version: int) -> "Legs":
        """Let a leg be shown, whereby it is no longer lost, or be lost."""
        match event:
            case AuthorityGranted():
                granted = Shown[AuthorityGranted](version=version, event=event)
                return self._shown_again("authority", authority=(*self.authority, granted))
            case PeopleNamed():
                named = Shown[PeopleNamed](version=version, event=event)
                others = (each for each in self.people if each.event.side != event.side)
                return self._shown_again("people", people=(*others, named))
            case LegLost():
                return self.model_copy(update={"lost": (*self.lost, event)})
            case _:
                assert_never(event)

    def _shown_again(self, leg: Leg, **shown: Any) -> "Legs":
        still = tuple(each for each in self.lost if each.leg != leg)
        return self.model_copy(update={**shown, "lost": still})

    def offices(self, applicant: str) -> tuple[tuple[str, str], ...]:
        """Give the offices that the people leg rests on, as organisation and person; the applicant's officer too."""
        said = [each.event for each in self.people]
        named = [(each.organisation, each.person) for one in said for each in one.people]
        officers = [(applicant, one.accountable_officer) for one in said if one.accountable_officer is not None]
        return tuple(dict.fromkeys((*named, *officers)))

    def is_lost(self, leg: Leg) -> bool:
        """Say whether it is known that what this leg rested on is no more."""
        return any(each.leg == leg for each in self.lost)


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


class FundsPending(_Owed):
    """Authority, people, money and the first day are waited for."""

    phase: ClassVar[str] = "funds_pending"


class Active(_Owed):
    """The work is done; on every day of it all three legs stand."""

    phase: ClassVar[str] = "active"
    activated: TaskActivated


class ExitReview(_Owed):
    """The term is over; the exit is decided, the work accepted and confirmed, the money settled.

    Attributes:
        proposals: The committee's figures; the last ones count.
    """

    phase: ClassVar[str] = "exit_review"
    activated: TaskActivated
    ended: TermEnded
    decided: tuple[ExitDecided, ...] = ()
    accepted: tuple[CompletionAccepted, ...] = ()
    confirmed: tuple[CompletionConfirmed, ...] = ()
    refusals: tuple[CompletionRefused, ...] = ()
    proposals: tuple[SettlementProposed, ...] = ()

    @property
    def settled(self) -> tuple[FundsSettled, ...]:
        """What finance found right."""
        return self.money.settled

    @property
    def is_complete(self) -> bool:
        """Whether every part of the exit is there."""
        return all((self.decided, self.accepted, self.confirmed, self.settled))
