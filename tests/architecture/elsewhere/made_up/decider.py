from typing import Any

from domain.made_up.commands import COMMANDS, AskToMend, Begin, HandIn, Hear, MadeUpCommand, Mend, Withdraw
from domain.made_up.events import EVENTS, MadeUpEvent
from domain.made_up.rules import asking, weighing
from domain.made_up.state import STATES, MadeUpState, Nothing, evolve, view

from domain.kernel.decision import Events
from domain.kernel.facts import CasesHolding, Facts, Need
from domain.kernel.process import Process


def needs(command: MadeUpCommand, _state: MadeUpState) -> tuple[Need[Any], ...]:
    return (CasesHolding("hall"),) if isinstance(command, Hear) else ()


def decide(command: MadeUpCommand, state: MadeUpState, facts: Facts) -> Events:
    match command:
        case Begin() | HandIn() | AskToMend() | Mend() | Withdraw():
            return asking.decide(command, state, facts)
        case _:
            return weighing.decide(command, state, facts)


MADE_UP = Process[MadeUpCommand, MadeUpEvent, MadeUpState](
    name="made_up",
    prefix="made",
    initial=Nothing(),
    opens_with=(Begin,),
    commands=COMMANDS,
    events=EVENTS,
    states=STATES,
    needs=needs,
    decide=decide,
    evolve=evolve,
    view=view,
)
