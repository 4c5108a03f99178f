from domain.made_up.commands import Grant, Hear, LapseMending, MadeUpCommand, Speak, Tell
from domain.made_up.events import Begun, Granted, HearingCalled, MendingLapsed, Noted, OpinionGiven, SentBack
from domain.made_up.rules.parameters import CHECK, MEND
from domain.made_up.rules.refusing import no, wrong_phase
from domain.made_up.state.kinds import Checking, Hearing, MadeUpState, Mending, Weighing

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import CasesHolding, Facts
from domain.kernel.limits import keep, lapse

LONGEST = 400
REASONS = {"against": "reasons_missing"}


def decide(command: MadeUpCommand, state: MadeUpState, facts: Facts) -> Events:
    match command:
        case Hear():
            others = facts[CasesHolding("hall")]
            if not isinstance(state, Checking):
                raise wrong_phase(command, state)
            if others:
                raise Refused("made_up.hall_taken", "no law §4")
            return (*keep(facts, CHECK.name), HearingCalled())
        case LapseMending() if isinstance(state, Mending):
            return (*lapse(facts, MEND.name), MendingLapsed())
        case Speak() if isinstance(state, Hearing):
            return _speak(command)
        case Tell(what=what) if isinstance(state, Hearing):
            if _too_long(what) is not None or state.begun == Begun(what=what):
                return NOTHING_NEW
            return (Noted(what=what),)
        case Grant():
            return _grant(command, state, facts)
        case _:
            raise wrong_phase(command, state)


def _speak(command: Speak) -> Events:
    if command.view == "against" and command.reasons is None:
        raise Refused("made_up." + REASONS["against"], "no law §2")
    refusal = _too_long(command.reasons or "")
    if refusal is not None:
        raise refusal
    given = OpinionGiven(view=command.view)
    return (given, SentBack()) if command.view == "against" else (given,)


def _too_long(text: str) -> Refused | None:
    return no("too_long") if len(text) > LONGEST else None


def _grant(command: Grant, state: MadeUpState, facts: Facts) -> Events:
    match state:
        case Weighing():
            if facts.asked.role == "clerk":
                raise Refused("made_up.clerks_do_not_grant", "no law §3")
            return (Granted(),)
        case _:
            raise wrong_phase(command, state)
