"""What cannot follow is a corrupt history: at each stage every kind of event that has no place there is named.

DESIGN §2 (`evolve` never refuses); STYLE §4.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from domain.joint_conference.decider import JOINT_CONFERENCE
from domain.joint_conference.events import (
    CaseBrought,
    CaseFollowed,
    CaseLeft,
    GovernmentAsked,
    GovernmentDecided,
    MemberRecused,
    MembersInvited,
    MinutesDrawn,
    MinutesSigned,
    SessionAdjourned,
    SessionOpened,
    VotesCounted,
)
from domain.joint_conference.state import evolve
from domain.kernel.errors import CorruptHistory
from tests.domain.joint_conference.council import (
    CASE,
    OTHER,
    before_government,
    called,
    convened,
    decided,
    followed,
    in_session,
    invite,
    left,
    new,
    signed,
    votes,
)

GOLDEN = Path(__file__).parents[2] / "golden" / "joint_conference"
EVENTS = sorted(file.stem for file in GOLDEN.glob("*.json"))
STAGES = {
    "new": new,
    "called": called,
    "convened": lambda: convened(command=invite(meets_on=date(2026, 3, 11))),
    "quorate": in_session,
    "decided": decided,
    "no_decision": lambda: decided(command=votes("ma", "feng", "chen")),
    "before_government": before_government,
    "minuted": signed,
    "followed_up": lambda: followed(signed()),
    "called_off": lambda: left(called()),
}
WAITING = {CaseBrought, CaseLeft}
MAY_FOLLOW = {
    "new": {CaseBrought},
    "called": {*WAITING, MembersInvited},
    "convened": {*WAITING, MembersInvited, MemberRecused, SessionOpened, SessionAdjourned, GovernmentAsked},
    "quorate": {*WAITING, SessionAdjourned, VotesCounted},
    "decided": {*WAITING, MinutesDrawn, MinutesSigned},
    "no_decision": {*WAITING, MinutesDrawn, MinutesSigned},
    "before_government": {*WAITING, GovernmentDecided},
    "minuted": {CaseBrought, CaseFollowed},
    "followed_up": {CaseBrought},
    "called_off": {CaseBrought},
}


def kept(name):
    """Give an event as it was once stored; of a case, it is the one that these stages wait for."""
    stored = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    named = {"case": OTHER if name == "CaseBrought" else CASE} if "case" in stored["data"] else {}
    return JOINT_CONFERENCE.events.restore(stored["type"], stored["data"] | named)


@pytest.mark.parametrize("phase", STAGES)
def test_at_each_stage_what_may_follow_follows(phase):
    state = STAGES[phase]().case.state
    assert state.phase == phase
    for kind in MAY_FOLLOW[phase]:
        assert evolve(state, kept(kind.__name__), 99) != state


@pytest.mark.parametrize("phase", STAGES)
def test_at_each_stage_whatever_else_there_is_cannot_happen(phase):
    state = STAGES[phase]().case.state
    for name in EVENTS:
        if name not in {kind.__name__ for kind in MAY_FOLLOW[phase]}:
            with pytest.raises(CorruptHistory):
                evolve(state, kept(name), 99)


def test_a_case_leaves_only_where_it_waits_and_confirms_only_what_it_was_told():
    for event in (CaseLeft, CaseFollowed):
        stranger = kept(event.__name__).model_copy(update={"case": OTHER})
        for there in (called(), signed()):
            with pytest.raises(CorruptHistory):
                evolve(there.case.state, stranger, 99)
