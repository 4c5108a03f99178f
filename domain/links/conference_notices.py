"""Whom an event of a conference is told to."""

from typing import Any, Final

from domain.joint_conference.commands import DISTRICT_GOVERNMENT, MEMBER
from domain.joint_conference.events import GovernmentAsked, MembersInvited, SessionAdjourned
from domain.joint_conference.state import Invited
from domain.kernel.decision import Decision
from domain.kernel.followups import FollowUp, ServeNotice
from domain.kernel.messages import Event

ADJOURNED: Final = "session_adjourned"
INVITED: Final = "conference_invitation"


def conference_notices(event: Event, decision: Decision[Any]) -> tuple[FollowUp, ...]:
    """Invite every member body, tell it of another day, and ask the district government where it must decide.

    Source:
        ADMISSION §4 (invitations), §8 item 16.
    """
    state, details = decision.after.state, {"title": decision.view.title, "case": decision.after.id}
    match event:
        case MembersInvited(meets_on=meets_on):
            return _to_members(INVITED, state, {**details, "meets_on": meets_on.isoformat()})
        case SessionAdjourned(meets_on=meets_on, reason=reason):
            return _to_members(ADJOURNED, state, {**details, "meets_on": meets_on.isoformat(), "reason": reason})
        case GovernmentAsked(on=on):
            said = {**details, "on": on.isoformat()}
            return (ServeNotice(to_role=DISTRICT_GOVERNMENT, notice="government_asked", details={**said}),)
        case _:
            return ()


def _to_members(notice: str, state: Invited, details: dict[str, str]) -> tuple[FollowUp, ...]:
    bodies = dict.fromkeys(each.organisation for each in state.invited.members)
    return tuple(
        ServeNotice(to_role=MEMBER, to_organisation=each, notice=notice, details={**details}) for each in bodies
    )
