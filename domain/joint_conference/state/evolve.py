"""How each event moves the conference; what cannot follow is a corrupt history."""

from typing import Any

from domain.joint_conference.events import (
    CaseBrought,
    CaseFollowed,
    CaseLeft,
    ConferenceEvent,
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
from domain.joint_conference.state.stages import (
    AtRest,
    BeforeDecision,
    BeforeGovernment,
    Called,
    CalledOff,
    ConferenceState,
    Convened,
    Decided,
    FollowedUp,
    Matter,
    Minuted,
    NotCalled,
    Quorate,
    Undecided,
    Waiting,
    stated,
)
from domain.kernel.errors import CorruptHistory


def evolve(state: ConferenceState, event: ConferenceEvent, _version: int) -> ConferenceState:
    """Let one event happen.

    Raises:
        CorruptHistory: The event cannot follow what happened before.
    """
    match event:
        case CaseBrought():
            return _with_case(state, event)
        case CaseLeft(case=case) if isinstance(state, Waiting):
            return _without_case(state, case)
        case CaseFollowed(case=case) if isinstance(state, Matter):
            return _followed(state, case)
        case _:
            return _in_session(state, event)


def _with_case(state: ConferenceState, event: CaseBrought) -> ConferenceState:
    match state:
        case NotCalled():
            return Called(opened=event, brought=(event,))
        case Minuted() | FollowedUp() | CalledOff():
            return Called(**_matter(state), brought=(event,))
        case _:
            return state.model_copy(update={"brought": (*state.brought, event)})


def _without_case(state: BeforeDecision, case: str) -> ConferenceState:
    left = tuple(each for each in state.brought if each.case != case)
    if len(left) == len(state.brought):
        raise CorruptHistory(f"{case} leaves a conference for which it does not wait")
    if not left:
        return _at_rest(state)
    without = state.model_copy(update={"brought": left})
    if isinstance(without, Quorate | Decided | Undecided | BeforeGovernment) and not without.decides_on:
        return Called(**_waiting(without))
    return without


def _followed(state: BeforeDecision | AtRest, case: str) -> ConferenceState:
    if case not in state.awaited:
        raise CorruptHistory(f"{case} confirms what it was not told")
    awaited = tuple(each for each in state.awaited if each != case)
    after = state.model_copy(update={"awaited": awaited})
    return FollowedUp(**_matter(after)) if isinstance(after, Minuted) and not awaited else after


def _in_session(state: ConferenceState, event: ConferenceEvent) -> ConferenceState:
    match state, event:
        case Called() | Convened(), MembersInvited():
            invited = {each.person for each in event.members}
            aside = tuple(each for each in stated(state) if each.person in invited)
            return Convened(**_waiting(state), invited=event, recused=aside)
        case Convened(recused=recused), MemberRecused():
            return state.model_copy(update={"recused": (*recused, event)})
        case Convened(adjourned=adjourned), SessionAdjourned():
            return state.model_copy(update={"adjourned": (*adjourned, event)})
        case Convened(invited=invited, recused=recused), SessionOpened():
            return Quorate(**_waiting(state), invited=invited, recused=recused, session=event)
        case Convened(invited=invited, recused=recused), GovernmentAsked():
            return BeforeGovernment(**_waiting(state), invited=invited, recused=recused, asked=event)
        case Quorate(invited=invited, recused=recused), SessionAdjourned():
            return Convened(**_waiting(state), invited=invited, recused=recused, adjourned=(event,))
        case _:
            return _in_decision(state, event)


def _in_decision(state: ConferenceState, event: ConferenceEvent) -> ConferenceState:
    match state, event:
        case Quorate(), VotesCounted():
            return _counted(state, event)
        case Decided() | Undecided(), MinutesDrawn():
            return state.model_copy(update={"drawn": (*state.drawn, event)})
        case Undecided(), MinutesSigned():
            return Called(**_waiting(state, minutes=(*state.minutes, event)))
        case (Decided(), MinutesSigned()) | (BeforeGovernment(), GovernmentDecided()):
            return _minuted(state, event)
        case _:
            raise CorruptHistory(f"{type(event).__name__} cannot happen in {state.phase or type(state).__name__}")


def _counted(state: Quorate, event: VotesCounted) -> Decided | Undecided:
    stage = Undecided if event.outcome == "no_decision" else Decided
    return stage(**_waiting(state), invited=state.invited, recused=state.recused, session=state.session, counted=event)


def _minuted(state: Decided | BeforeGovernment, event: MinutesSigned | GovernmentDecided) -> ConferenceState:
    told = tuple(each.case for each in state.decides_on)
    left = tuple(each for each in state.brought if each.case not in told)
    matter = _matter(state, minutes=(*state.minutes, event), awaited=(*state.awaited, *told))
    return Called(**matter, brought=left) if left else Minuted(**matter)


def _at_rest(state: Matter) -> AtRest:
    """Give where a conference rests for which no case waits."""
    matter = _matter(state)
    if not state.minutes:
        return CalledOff(**matter)
    return Minuted(**matter) if state.awaited else FollowedUp(**matter)


def _matter(state: Matter, **changed: Any) -> dict[str, Any]:
    return {name: getattr(state, name) for name in Matter.model_fields} | changed


def _waiting(state: Waiting, **changed: Any) -> dict[str, Any]:
    return _matter(state, **changed) | {"brought": state.brought}
