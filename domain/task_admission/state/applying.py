"""Where an application stands until it is accepted, stage by stage; each holds what came before whole."""

from typing import ClassVar, Literal

from domain.kernel.messages import Code, Record, State
from domain.task_admission.application import Application, ApplicationForm
from domain.task_admission.commands.conference import Way
from domain.task_admission.events import (
    ApplicationAccepted,
    ApplicationDrafted,
    ApplicationResubmitted,
    ApplicationSubmitted,
    ConferenceDecided,
    CorrectionRequested,
    EmergencyConfirmed,
    EmergencyCostsReported,
    EmergencyDeclared,
    EmergencyRegularised,
    EmergencySettled,
    FundsReserved,
    ItemClassified,
)
from domain.task_admission.events.screening import Route

WaitsFor = Literal[
    "rejection",
    "confirmation_of_listing",
    "acceptance",
    "direction_to_department",
    "declaration_of_emergency",
    "referral",
]
"""What an item in `screening` needs next."""


class NotOpened(State):
    """Before the first event."""

    phase: ClassVar[str] = "new"


class Draft(State):
    """The applicant finishes the form."""

    phase: ClassVar[str] = "draft"
    drafted: ApplicationDrafted
    form: ApplicationForm

    @property
    def title(self) -> str | None:
        """What the form calls the item, if anything yet."""
        return self.form.title


HandedIn = ApplicationSubmitted | EmergencyRegularised
"""A complete form, before the work or after a threat had made it begin."""


class _HandedIn(Record):
    """A complete form, of which everything later is said."""

    drafted: ApplicationDrafted
    submitted: HandedIn

    @property
    def application(self) -> Application:
        """The item as it was applied for."""
        return self.submitted.application

    @property
    def title(self) -> str:
        """What the form calls the item."""
        return self.application.title


class Submitted(_HandedIn, State):
    """Handed in and not yet classified; both happen in one answer, so no case rests here."""

    phase: ClassVar[str] = "submitted"


class Corrected(Record):
    """What was asked to be mended, and what was handed in for it."""

    requested: CorrectionRequested
    resubmitted: ApplicationResubmitted


class Screening(_HandedIn, State):
    """Classified; the formal check runs, and somebody answers for the proposed route.

    Attributes:
        corrections: The form's correction, if there was one: it is asked for once.
        emergencies: The work that a threat made begin before this form was handed in, if there was any.
        read_again_by: Who had the lists read again since, in order.
        accepted: Earlier acceptances, after which other lists brought the item back to the check.
        conferences: What the conference decided here, in order.
        way: Where it sent the item; none once the lists say otherwise than they did then.
    """

    phase: ClassVar[str] = "screening"
    classified: ItemClassified
    waits_for: WaitsFor
    read_again_by: tuple[Code, ...] = ()
    accepted: tuple[ApplicationAccepted, ...] = ()
    corrections: tuple[Corrected, ...] = ()
    emergencies: tuple["EmergencyWork", ...] = ()
    conferences: tuple[ConferenceDecided, ...] = ()
    way: Way | None = None

    @property
    def route(self) -> Route:
        """Where the item goes: as the conference decided, else as it is classified."""
        return self.way or self.classified.route

    @property
    def application(self) -> Application:
        """The item as it was applied for, mended."""
        handed_in = (self.submitted, *(each.resubmitted for each in self.corrections))
        return handed_in[-1].application

    @property
    def all_corrections(self) -> tuple["Corrected", ...]:
        """Every correction of a form of this item, also from before a threat was declared."""
        earlier = (each.before for each in self.emergencies)
        before = (one for each in earlier if isinstance(each, Screening) for one in each.all_corrections)
        return (*before, *self.corrections)


class EmergencyWork(Record):
    """What is done against a threat before anybody has decided on the item, and what it costs.

    Attributes:
        before: The draft, or the form in the check, that was declared.
        costs: What the community spent, as it reported it.
        settled: That the department paid it, and the rest of its money is free again.
    """

    before: Draft | Screening
    declared: EmergencyDeclared
    confirmed: EmergencyConfirmed
    reserved: tuple[FundsReserved, ...] = ()
    costs: tuple[EmergencyCostsReported, ...] = ()
    settled: tuple[EmergencySettled, ...] = ()

    @property
    def cost_fen(self) -> int:
        """What the community has spent, in fen."""
        return sum(each.amount_fen for each in self.costs)


Screening.model_rebuild()  # a form and the work before it may hold each other


class DeclaredEmergency(State):
    """Declared, and not yet confirmed: nobody works on it."""

    phase: ClassVar[str] = "screening"
    before: Draft | Screening
    declared: EmergencyDeclared

    @property
    def drafted(self) -> ApplicationDrafted:
        """How the application began."""
        return self.before.drafted

    @property
    def title(self) -> str | None:
        """What the form calls the item."""
        return self.before.title


class EmergencyActive(State):
    """The work against the threat is done; the item must come back to be decided on (补办)."""

    phase: ClassVar[str] = "emergency_active"
    work: EmergencyWork

    @property
    def drafted(self) -> ApplicationDrafted:
        """How the application began."""
        return self.work.before.drafted

    @property
    def title(self) -> str | None:
        """What the form calls the item."""
        return self.work.before.title


class Regularised(State):
    """Handed in afterwards and not yet classified; both happen in one answer, so no case rests here."""

    phase: ClassVar[str] = "submitted"
    work: EmergencyWork
    submitted: EmergencyRegularised

    @property
    def drafted(self) -> ApplicationDrafted:
        """How the application began."""
        return self.work.before.drafted

    @property
    def title(self) -> str:
        """What the form calls the item."""
        return self.submitted.application.title
