"""Where the conference of a matter stands, how events move it, and what others see of it."""

from domain.joint_conference.state.evolve import evolve
from domain.joint_conference.state.stages import (
    STATES,
    BeforeGovernment,
    Called,
    CalledOff,
    ConferenceState,
    Convened,
    Decided,
    FollowedUp,
    InSession,
    Invited,
    Matter,
    Minuted,
    NotCalled,
    Quorate,
    Undecided,
    Waiting,
    stated,
)
from domain.joint_conference.state.view import view

__all__ = [
    "STATES",
    "BeforeGovernment",
    "Called",
    "CalledOff",
    "ConferenceState",
    "Convened",
    "Decided",
    "FollowedUp",
    "InSession",
    "Invited",
    "Matter",
    "Minuted",
    "NotCalled",
    "Quorate",
    "Undecided",
    "Waiting",
    "evolve",
    "stated",
    "view",
]
