"""What a conference's minutes say to every case that they decide."""

from typing import Any, Final

from domain.joint_conference.events import GovernmentDecided, MinutesSigned, Vote
from domain.joint_conference.state import BeforeGovernment, Decided, Undecided
from domain.kernel.decision import Decision
from domain.kernel.followups import FollowUp, TellCase
from domain.kernel.messages import Event, body_of
from domain.task_admission.commands import RecordConferenceDecision
from domain.task_admission.commands.conference import MinutedVote, Minutes

ADMISSION: Final = "task_admission"


def conference_to_admission(event: Event, decision: Decision[Any]) -> tuple[FollowUp, ...]:
    """Tell a decision once its minutes are signed, and nothing before; that nothing was decided is told, too.

    Source:
        ADMISSION §4 (minutes cited in every case of the matter), §8 items 3 and 16.
    """
    before = decision.before.state
    match event, before:
        case MinutesSigned(), Decided() | Undecided():
            return _told(_of_conference(event, before), before)
        case GovernmentDecided(), BeforeGovernment():
            return _told(_of_government(event), before)
        case _:
            return ()


def _told(said: RecordConferenceDecision, before: Decided | Undecided | BeforeGovernment) -> tuple[FollowUp, ...]:
    """Tell each case; where an item goes is said only to those whose route was in dispute."""
    without_way = said.model_copy(update={"way": None})
    return tuple(
        TellCase(
            process=ADMISSION,
            case=each.case,
            command=RecordConferenceDecision.__name__,
            body=body_of(said if each.ways else without_way),
        )
        for each in before.decides_on
    )


def _of_conference(event: MinutesSigned, before: Decided | Undecided) -> RecordConferenceDecision:
    counted = before.counted
    minutes = Minutes(
        number=event.number,
        text_sha256=event.text_sha256,
        signed_by=event.by,
        votes=tuple(_minuted(each) for each in counted.votes),
    )
    way = counted.way if isinstance(before, Decided) else None
    return RecordConferenceDecision(outcome=counted.outcome, way=way, reasons=counted.reasons, minutes=minutes)


def _minuted(vote: Vote) -> MinutedVote:
    return MinutedVote(person=vote.person, organisation=vote.organisation, choice=vote.choice, dissent=vote.dissent)


def _of_government(event: GovernmentDecided) -> RecordConferenceDecision:
    minutes = Minutes(number=event.number, text_sha256=event.text_sha256, signed_by=event.by, by_government=True)
    return RecordConferenceDecision(outcome=event.motion, way=event.way, reasons=event.reasons, minutes=minutes)
