"""What an application asks of the conference of its matter: to be heard there, and no longer; that it was."""

from hashlib import sha256
from typing import Any, Final

from domain.joint_conference.commands import ConfirmFollowUp, LeaveConference, OpenConference, Way
from domain.kernel.decision import Case, Decision
from domain.kernel.followups import FollowUp, OpenCase, TellCase
from domain.kernel.messages import Event, body_of
from domain.task_admission.events import ApplicationWithdrawn, ConferenceCalled, ConferenceDecided
from domain.task_admission.events.screening import ItemClassified
from domain.task_admission.rules.separation import acted_in
from domain.task_admission.state import ExitReview, JointConference, Screening

CONFERENCE: Final = "joint_conference"


def conference_of(tenant: str, matter: str) -> str:
    """Name the conference of a matter: there is one, whichever of its cases calls it first."""
    return f"conference-{sha256(f'{tenant}/{matter}'.encode()).hexdigest()[:16]}"


def admission_to_conference(event: Event, decision: Decision[Any]) -> tuple[FollowUp, ...]:
    """Open the conference of the matter, or join it; leave it when the item is taken back; confirm what it decided.

    Source:
        ADMISSION §1, §4, §8 item 3; dossier §4.5 P8.
    """
    after, before = decision.after.state, decision.before.state
    match event:
        case ConferenceCalled() if isinstance(after, JointConference | ExitReview):
            body = body_of(_brought(event, after))
            return (OpenCase(process=CONFERENCE, case=_of(decision.after), command=OpenConference.__name__, body=body),)
        case ApplicationWithdrawn() if isinstance(before, JointConference):
            return (_told(_of(decision.before), LeaveConference()),)
        case ConferenceDecided(outcome=outcome) if outcome != "no_decision":
            return (_told(event.conference, ConfirmFollowUp()),)
        case _:
            return ()


def _of(case: Case[Any]) -> str:
    return conference_of(case.tenant, case.correlation_id or case.id)


def _told(conference: str, command: LeaveConference | ConfirmFollowUp) -> TellCase:
    return TellCase(process=CONFERENCE, case=conference, command=type(command).__name__, body=body_of(command))


def _brought(event: ConferenceCalled, state: JointConference | ExitReview) -> OpenConference:
    """Bring an item before the conference; a department that once claimed it has no part in its exit."""
    before = state if isinstance(state, ExitReview) else state.before
    disputes = () if isinstance(before, Screening | ExitReview) else before.file.disputes
    return OpenConference(
        title=before.title,
        cause=event.cause,
        facts=event.facts,
        applied_on=before.submitted.on,
        applicant=before.drafted.applicant,
        community=before.drafted.community,
        others=tuple(dict.fromkeys(each.organisation for each in disputes)),
        acted=acted_in(before),
        ways=_ways(before.classified) if isinstance(before, Screening) else (),
    )


def _ways(classified: ItemClassified) -> tuple[Way, ...]:
    """Give where an item may go whose route is in dispute: to the assistance list only where it stands there."""
    listed: Way = "listed_assistance"
    stands_there = any(each.route == listed for each in classified.also_matched)
    return (*((listed,) if stands_there else ()), "off_list", "department_direct")
