"""What a renewed item hands to the case that carries it on, and what that says back."""

from hashlib import sha256
from typing import Any, Final

from domain.kernel.decision import Decision
from domain.kernel.followups import FollowUp, OpenCase, TellCase
from domain.kernel.messages import Event, body_of
from domain.task_admission.commands import CarryOnItem, RecordRenewal
from domain.task_admission.events import ApplicationSubmitted, ItemCarriedOn, ItemNotCarriedOn, RenewalDecided
from domain.task_admission.state import Active, Agreed, RenewalReview, Suspended
from domain.task_admission.state.carried_on import first_day, for_another_term

ADMISSION: Final = "task_admission"


def renewal_of(case: str) -> str:
    """Name the case that carries an item on: each is renewed at most once."""
    return f"task-{sha256(f'renewal of {case}'.encode()).hexdigest()[:16]}"


def admission_to_admission(event: Event, decision: Decision[Any]) -> tuple[FollowUp, ...]:
    """Open the next term's case at the agreement, with the papers of this one; say back whether it began.

    Source:
        ADMISSION §7 (DecideRenewal), §8 item 25.
    """
    state = decision.before.state
    match event, state:
        case RenewalDecided(), Active(item=Agreed() as item) | Suspended(item=Agreed() as item):
            return (_opened(decision.after.id, event, state, item),)
        case RenewalDecided(), RenewalReview(item=Agreed() as item):
            return (_opened(decision.after.id, event, state, item),)
        case ItemCarriedOn(renews=old), _:
            return (_told(old, RecordRenewal()),)
        case ItemNotCarriedOn(renews=old, short=short), _:
            return (_told(old, RecordRenewal(short=short)),)
        case _:
            return ()


def _told(case: str, command: RecordRenewal) -> TellCase:
    return TellCase(process=ADMISSION, case=case, command=RecordRenewal.__name__, body=body_of(command))


def _opened(case: str, event: RenewalDecided, state: Active | Suspended | RenewalReview, item: Agreed) -> OpenCase:
    screened, submitted = item.screened, item.screened.submitted
    renewed = {"decision_no": event.decision_no, "term": event.term, "by": event.by, "on": event.on}
    renewed |= {"warnings": event.warnings}
    command = CarryOnItem(
        first_on=first_day(item),
        drafted=screened.drafted,
        submitted=ApplicationSubmitted(
            application=for_another_term(state.application, event),
            applicant_kind=submitted.applicant_kind,
            by=submitted.by,
            on=submitted.on,
        ),
        classified=screened.classified,
        accepted=item.file.accepted,
        approved=item.approved.model_copy(update=renewed),
    )
    return OpenCase(process=ADMISSION, case=renewal_of(case), command=CarryOnItem.__name__, body=body_of(command))
