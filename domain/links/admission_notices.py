"""What the parties to an application are told."""

from typing import Any

from domain.kernel.decision import Decision
from domain.kernel.followups import FollowUp, ServeNotice
from domain.kernel.messages import Event
from domain.task_admission.commands import DELEGATING_DEPARTMENT
from domain.task_admission.events import ApplicationRejected, ApplicationSubmitted


def admission_notices(event: Event, decision: Decision[Any]) -> tuple[FollowUp, ...]:
    """Give the receipt (回执) for a submission, and the written reasons of a refusal with the way of review.

    Source:
        ADMISSION §3; dossier §3.4.
    """
    applicant = decision.view.organisation_of(DELEGATING_DEPARTMENT)
    match event:
        case ApplicationSubmitted(on=on, application=application):
            details = {"on": on.isoformat(), "title": application.title}
            return (_told(applicant, "application_received", {**details, "case": decision.after.id}),)
        case ApplicationRejected(reason=reason, reasons=reasons, source=source, way_of_review=way_of_review):
            details = {"reason": reason, "reasons": reasons, "source": source, "way_of_review": way_of_review}
            return (_told(applicant, "application_rejected", {**details, "case": decision.after.id}),)
        case _:
            return ()


def _told(applicant: str | None, notice: str, details: dict[str, str]) -> ServeNotice:
    return ServeNotice(to_role=DELEGATING_DEPARTMENT, to_organisation=applicant, notice=notice, details={**details})
