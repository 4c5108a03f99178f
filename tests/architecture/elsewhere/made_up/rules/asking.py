from domain.made_up.commands import AskToMend, Begin, HandIn, Mend, Withdraw
from domain.made_up.events import Begun, HandedIn, Mended, MendingAsked, Sorted, Withdrawn
from domain.made_up.rules.parameters import CHECK, DEFECTS_ALLOWED, MEND
from domain.made_up.rules.refusing import no, wrong_phase
from domain.made_up.state.kinds import Checking, Drafting, Hearing, MadeUpState, Mending, Nothing

from domain.kernel.clock_events import DeadlineKept
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.facts import Facts
from domain.kernel.limits import close_all, resume, set_limit, stop

Asking = Begin | HandIn | AskToMend | Mend | Withdraw


def decide(command: Asking, state: MadeUpState, facts: Facts) -> Events:
    match command, state:
        case Begin(what=what), Nothing():
            return (Begun(what=what),)
        case HandIn(), Drafting():
            return _hand_in(state, facts)
        case HandIn(), Checking() | Hearing():
            return NOTHING_NEW
        case AskToMend(), Checking() | Hearing():
            return _ask_to_mend(command, facts)
        case Mend(), Mending():
            done = DeadlineKept(limit=MEND.name, on=facts.asked.on)
            return Mended(), done, *resume(facts, CHECK.name)
        case Withdraw(), Drafting() | Checking():
            return Withdrawn(), *close_all(facts)
        case _:
            raise wrong_phase(command, state)


def _hand_in(state: Drafting, facts: Facts) -> Events:
    if not state.begun.what.isascii():
        raise no("not_plain")
    kind = "urgent" if "!" in state.begun.what else "plain"
    return HandedIn(), Sorted.model_validate({"kind": kind}), *_begins(facts)


def _begins(facts: Facts) -> Events:
    return tuple(event for rule in (CHECK,) for event in set_limit(rule, facts, facts.asked.on))


def _ask_to_mend(command: AskToMend, facts: Facts) -> Events:
    allowed = facts.law[DEFECTS_ALLOWED]
    if len(command.defects) > allowed.value:
        raise no("too_many_defects", allowed.source)
    asked = MendingAsked(defects=command.defects)
    return asked, *stop(facts, CHECK.name, reason="mending"), *set_limit(MEND, facts, facts.asked.on)
