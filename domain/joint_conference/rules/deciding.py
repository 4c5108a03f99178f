"""Votes, dissent, minutes: what is decided holds when it is signed, and nothing is decided without."""

from typing import Any, Final

from domain.joint_conference.commands import Ballot, DecideInstead, DrawMinutes, RecordVotes, SignMinutes
from domain.joint_conference.events import (
    GovernmentDecided,
    MinutesDrawn,
    MinutesSigned,
    Outcome,
    SessionOpened,
    Vote,
    VotesCounted,
)
from domain.joint_conference.rules.interests import bodies, chair_needs, lead_another
from domain.joint_conference.rules.motions import check_motion
from domain.joint_conference.rules.parameters import CONFERENCE, MAJORITY_ABOVE
from domain.joint_conference.rules.phases import wrong_phase
from domain.joint_conference.state import BeforeGovernment, ConferenceState, Decided, Quorate, Undecided
from domain.kernel.clock_events import ClockEvent
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.limits import keep, set_limit

VOTES: Final = "ADMISSION §4, §8 item 16"
MINUTES: Final = "S1e-35, dossier §4.1"


def deciding_needs(state: ConferenceState) -> tuple[Need[Any], ...]:
    """Name what tells who stands behind each body concerned."""
    in_hand = isinstance(state, Quorate | Decided | Undecided | BeforeGovernment)
    return chair_needs(state.decides_on) if in_hand else ()


def record_votes(command: RecordVotes, state: ConferenceState, facts: Facts) -> Events:
    """Count the votes of the bodies present: one each; a tie decides nothing.

    Source:
        ADMISSION §4, §8 item 16.

    Raises:
        Refused: `joint_conference.own_matter`, `joint_conference.substitute_needed`,
            `joint_conference.member_may_not_vote`, `joint_conference.body_votes_once`,
            `joint_conference.votes_missing`, and the codes of a motion.
    """
    match state:
        case Quorate(session=session):
            lead_another(state.decides_on, facts)
            check_motion(command, state.decides_on)
            votes = tuple(_vote(each, session) for each in command.ballots)
            _check_one_each(votes, session)
            outcome: Outcome = command.motion if _is_carried(votes, facts) else "no_decision"
            return (
                VotesCounted(
                    motion=command.motion,
                    outcome=outcome,
                    way=command.way,
                    reasons=command.reasons,
                    votes=votes,
                    by=facts.asked.person,
                    on=facts.asked.on,
                ),
            )
        case _:
            raise wrong_phase(command, state)


def _vote(ballot: Ballot, session: SessionOpened) -> Vote:
    for member in session.present:
        if member.person == ballot.person:
            body = member.organisation
            return Vote(person=ballot.person, organisation=body, choice=ballot.choice, dissent=ballot.dissent)
    raise Refused("joint_conference.member_may_not_vote", VOTES, person=ballot.person)


def _check_one_each(votes: tuple[Vote, ...], session: SessionOpened) -> None:
    voted = [each.organisation for each in votes]
    twice = sorted({each for each in voted if voted.count(each) > 1})
    if twice:
        raise Refused("joint_conference.body_votes_once", VOTES, bodies=[*twice])
    missing = sorted({*bodies(session.present)} - {*voted})
    if missing:
        raise Refused("joint_conference.votes_missing", VOTES, bodies=[*missing])


def _is_carried(votes: tuple[Vote, ...], facts: Facts) -> bool:
    for_it = sum(each.choice == "for" for each in votes)
    return for_it > facts.law[MAJORITY_ABOVE].value * len(votes)


def draw_minutes(command: DrawMinutes, state: ConferenceState, facts: Facts) -> Events:
    """Draw up the minutes under a number that no earlier ones of this matter have.

    Source:
        S1e-35; dossier §4.1.

    Raises:
        Refused: `joint_conference.own_matter`, `joint_conference.substitute_needed`, `joint_conference.number_used`.
    """
    match state:
        case Decided(drawn=(*_, last)) | Undecided(drawn=(*_, last)) if _draws_the_same(command, last):
            return NOTHING_NEW
        case Decided() | Undecided():
            lead_another(state.decides_on, facts)
            _check_number(command.number, state)
            asked = facts.asked
            return (MinutesDrawn(number=command.number, text_sha256=command.text_sha256, by=asked.person, on=asked.on),)
        case _:
            raise wrong_phase(command, state)


def _draws_the_same(command: DrawMinutes, last: MinutesDrawn) -> bool:
    return (command.number, command.text_sha256) == (last.number, last.text_sha256)


def _check_number(number: str, state: Decided | Undecided | BeforeGovernment) -> None:
    if any(each.number == number for each in state.minutes):
        raise Refused("joint_conference.number_used", MINUTES, number=number)


def sign_minutes(command: SignMinutes, state: ConferenceState, facts: Facts) -> Events:
    """Sign the text that was drawn: the decision holds, and the period is kept; without one it runs on.

    Source:
        S1e-35; dossier §4.1; DL-08.

    Raises:
        Refused: `joint_conference.own_matter`, `joint_conference.substitute_needed`,
            `joint_conference.minutes_missing`, `joint_conference.minutes_differ`.
    """
    match state:
        case Decided():
            return _signed(command, state, facts), *_kept(state, facts)
        case Undecided():
            return (_signed(command, state, facts),)
        case _:
            raise wrong_phase(command, state)


def _signed(command: SignMinutes, state: Decided | Undecided, facts: Facts) -> MinutesSigned:
    lead_another(state.decides_on, facts)
    if not state.drawn:
        raise Refused("joint_conference.minutes_missing", MINUTES)
    last = state.drawn[-1]
    if last.text_sha256 != command.text_sha256:
        raise Refused("joint_conference.minutes_differ", MINUTES, drawn=last.text_sha256, given=command.text_sha256)
    return MinutesSigned(number=last.number, text_sha256=last.text_sha256, by=facts.asked.person, on=facts.asked.on)


def _kept(state: Decided | BeforeGovernment, facts: Facts) -> tuple[ClockEvent, ...]:
    """Say that the period was kept; a case that came later has its own, from the day it came."""
    decided = {each.case for each in state.decides_on}
    later = next((each for each in state.brought if each.case not in decided), None)
    return *keep(facts, CONFERENCE.name), *(() if later is None else set_limit(CONFERENCE, facts, later.on))


def decide_instead(command: DecideInstead, state: ConferenceState, facts: Facts) -> Events:
    """Decide where the conference cannot, in writing; the government's document stands for the minutes.

    Source:
        ADMISSION §8 item 16.

    Raises:
        Refused: `joint_conference.own_matter`, `joint_conference.substitute_needed`, `joint_conference.number_used`,
            and the codes of a motion.
    """
    match state:
        case BeforeGovernment():
            lead_another(state.decides_on, facts)
            check_motion(command, state.decides_on)
            _check_number(command.number, state)
            decided = GovernmentDecided(
                motion=command.motion,
                way=command.way,
                reasons=command.reasons,
                number=command.number,
                text_sha256=command.text_sha256,
                by=facts.asked.person,
                on=facts.asked.on,
            )
            return decided, *_kept(state, facts)
        case _:
            raise wrong_phase(command, state)
