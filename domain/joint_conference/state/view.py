"""What others see of a conference: the cases before it, who convenes it, who must do what next."""

from collections.abc import Iterator
from typing import Final, assert_never

from domain.joint_conference.commands import CONVENOR, DISTRICT_GOVERNMENT, SECRETARIAT
from domain.joint_conference.state.stages import (
    BeforeGovernment,
    Called,
    CalledOff,
    ConferenceState,
    Convened,
    Decided,
    FollowedUp,
    Invited,
    Matter,
    Minuted,
    NotCalled,
    Quorate,
    Undecided,
    Waiting,
)
from domain.kernel.view import Link, Party, View, Work

CONFERENCE: Final = "conference"
"""The limit within which a called conference decides (DL-08)."""


def view(state: ConferenceState) -> View:
    """Show a conference by the title of the item that was brought first."""
    if isinstance(state, NotCalled):
        return View(phase=state.phase, title="")
    return View(
        phase=state.phase,
        title=state.opened.title,
        parties=_parties(state),
        links=_links(state),
        work=tuple(_work(state)),
    )


def _links(state: Matter) -> tuple[Link, ...]:
    waiting = state.brought if isinstance(state, Waiting) else ()
    return tuple(Link(relation="decides_on", target=each.case) for each in waiting)


def _parties(state: Matter) -> tuple[Party, ...]:
    if not isinstance(state, Invited):
        return ()
    return (Party(role=CONVENOR, organisation=state.invited.convened_by),)


def _work(state: ConferenceState) -> Iterator[Work]:
    match state:
        case Called(brought=brought):
            yield Work(task="invite_members", role=CONVENOR, limit=CONFERENCE, since=brought[0].on)
        case Convened(invited=invited):
            yield Work(task="open_session", role=CONVENOR, limit=CONFERENCE, since=invited.on)
        case Quorate(session=session):
            yield Work(task="record_votes", role=CONVENOR, limit=CONFERENCE, since=session.on)
        case Decided(counted=counted, drawn=()) | Undecided(counted=counted, drawn=()):
            yield Work(task="draw_minutes", role=SECRETARIAT, limit=CONFERENCE, since=counted.on)
        case Decided(drawn=drawn) | Undecided(drawn=drawn):
            yield Work(task="sign_minutes", role=CONVENOR, limit=CONFERENCE, since=drawn[-1].on)
        case BeforeGovernment(asked=asked):
            yield Work(task="decide_instead", role=DISTRICT_GOVERNMENT, limit=CONFERENCE, since=asked.on)
        case NotCalled() | Minuted() | FollowedUp() | CalledOff():
            return
        case _:
            assert_never(state)
