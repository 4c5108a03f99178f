"""What a publication says to the proposal it came from, and what a change of the law asks of every list."""

from typing import Any, Final

from domain.kernel.decision import Decision
from domain.kernel.followups import FollowUp, TellAffected, TellCase
from domain.kernel.messages import Event, body_of
from domain.list_management.commands import OpenListReview, RecordPublication
from domain.list_management.state import EVERY_LIST
from domain.register.events import ListVersionCorrected, ListVersionPublished

LIST_MANAGEMENT: Final = "list_management"
LAW_REGISTER: Final = "law_register"


def register_to_lists(event: Event, decision: Decision[Any]) -> tuple[FollowUp, ...]:
    """Tell the proposal that its text is published; let every list be looked at when the law register changes.

    Source:
        dossier §4.5 P5 (published; a change of law opens a review).
    """
    match event:
        case ListVersionPublished() | ListVersionCorrected():
            return (*_to_its_proposal(event), *_to_every_list(event, decision))
        case _:
            return ()


def _to_its_proposal(event: ListVersionPublished | ListVersionCorrected) -> tuple[FollowUp, ...]:
    if event.approved_in is None:
        return ()
    version = event.version
    command = RecordPublication(
        name=event.name,
        title=event.title,
        version=version.number,
        valid_from=version.valid_from,
        corrects=version.corrects,
        repeals=not version.entries,
    )
    return (
        TellCase(
            process=LIST_MANAGEMENT, case=event.approved_in, command=type(command).__name__, body=body_of(command)
        ),
    )


def _to_every_list(event: ListVersionPublished | ListVersionCorrected, decision: Decision[Any]) -> tuple[FollowUp, ...]:
    if event.name != LAW_REGISTER or decision.before.version == 0:
        return ()
    command = OpenListReview(because=f"{LAW_REGISTER}@{event.version.number}")
    return (TellAffected(key=EVERY_LIST, command=type(command).__name__, body=body_of(command)),)
