"""What a published list says to the one that stood before it."""

from typing import Any

from domain.kernel.decision import Decision
from domain.kernel.followups import FollowUp, TellAffected
from domain.kernel.lists import standing_key
from domain.kernel.messages import Event, body_of
from domain.list_management.commands import NoteSuccessor
from domain.list_management.events import ListPublished


def lists_to_lists(event: Event, _decision: Decision[Any]) -> tuple[FollowUp, ...]:
    """Let the list that stood until now know its successor.

    Source:
        dossier §4.5 P5 (amended, superseded).
    """
    match event:
        case ListPublished(name=name, version=version, valid_from=valid_from, corrects=corrects):
            command = NoteSuccessor(version=version, valid_from=valid_from, corrects=corrects)
            key = standing_key(name)
            return (TellAffected(key=key, command=type(command).__name__, body=body_of(command)),)
        case _:
            return ()
