"""Authority is granted; the work begins when all three legs are there, and is refused when one does not come."""

from datetime import date
from typing import Any, Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts
from domain.kernel.limits import close, close_all
from domain.kernel.messages import Warned
from domain.task_admission.application import Term
from domain.task_admission.commands import ActivateTask, GrantAuthority, RecheckProof, RefuseTask
from domain.task_admission.commands.legs import Leg
from domain.task_admission.events import AuthorityGranted, LegLost, TaskRefusedByCommunity
from domain.task_admission.rules.ending import exit_decision, last_day
from domain.task_admission.rules.ends import known_ends
from domain.task_admission.rules.money import release_all, return_received
from domain.task_admission.rules.parameters import CURE, LEG_ENDS, TERM_END, TERM_REVIEW, UNDELEGABLE_POWERS
from domain.task_admission.rules.payments import is_overdue_on, mandate_end_date
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.proof import (
    SOURCE,
    Owed,
    Owing,
    activated,
    grants_on,
    needed_from,
    proof_on,
    refusal_on,
    with_activation,
)
from domain.task_admission.rules.separation import hold_one_part
from domain.task_admission.rules.suspension import cure_of, lost_on_record
from domain.task_admission.state import Active, AdmissionState, AgreementPending, FundsPending, Listed, Suspended

REFUSAL_SOURCE: Final = "X-ZG"
STATUTORY_SOURCE: Final = "L-RC25:40¶2, 43¶1"


def grant(command: GrantAuthority, state: AdmissionState, facts: Facts) -> Events:
    """Hand the power over, as wide as the decision, from the first day on, to the end or to a day that is named.

    What comes late is handed over from the day of the act: nothing need be back-dated.

    Source:
        S0-08; S4-32; X-136.

    Raises:
        Refused: `task_admission.authority_not_delegable`, `task_admission.authority_too_narrow`,
            `task_admission.substitute_needed`.
    """
    match state:
        case AgreementPending() | FundsPending() | Suspended():
            hold_one_part("applicant", state, facts)
            granted = _granted(command, state, facts)
            if any(_grants_the_same(each.event, granted) for each in state.legs.authority):
                return NOTHING_NEW
            last_on = max((granted.until_on, *(each.event.until_on for each in state.legs.authority)))
            return with_activation(state, (granted, *mandate_end_date(last_on, facts)), facts)
        case _:
            raise wrong_phase(command, state)


def _granted(command: GrantAuthority, state: Owing, facts: Facts) -> AuthorityGranted:
    forbidden = facts.law[UNDELEGABLE_POWERS]
    warnings: tuple[Warned, ...] = ()
    if command.kind in forbidden.value:
        warnings = (forbidden.breach("task_admission.authority_not_delegable", kind=command.kind),)
    missing = [line for line in _scope(state) if line not in command.scope]
    if missing:
        raise _too_narrow(why="scope", lines=[*missing])
    term = _term(state)
    until_on = command.until_on or term.end_on
    needed_on = max(term.start_on, facts.asked.on)
    if command.from_on > needed_on:
        raise _too_narrow(why="begins_late", needed_on=needed_on.isoformat())
    if until_on < needed_on:
        raise _too_narrow(why="ends_early", needed_on=needed_on.isoformat())
    return AuthorityGranted(
        power=command.power,
        kind=command.kind,
        scope=command.scope,
        from_on=command.from_on,
        until_on=until_on,
        organisation=state.drafted.applicant,
        by=facts.asked.person,
        on=facts.asked.on,
        warnings=warnings,
    )


def _scope(state: Owing) -> tuple[str, ...]:
    """Give what the authority must cover; of a listed item it is the list entry that says so."""
    if isinstance(state, AgreementPending):
        return state.approved.scope
    return () if isinstance(state.item, Listed) else state.item.scope


def _term(state: Owing) -> Term:
    """Give the days of the work: those of the agreement, and before it those of the decision."""
    return state.approved.term if isinstance(state, AgreementPending) else state.item.term


def _too_narrow(**details: Any) -> Refused:
    return Refused("task_admission.authority_too_narrow", SOURCE, **details)


def _grants_the_same(one: AuthorityGranted, other: AuthorityGranted) -> bool:
    return one.model_copy(update={"by": other.by, "on": other.on}) == other


def begin(state: AdmissionState, facts: Facts) -> Events:
    """Let the work begin on its first day, if everything is there."""
    if not isinstance(state, FundsPending) or refusal_on(facts.asked.received_on, state, facts) is not None:
        return NOTHING_NEW
    return activated(state, facts)


def activate(command: ActivateTask, state: AdmissionState, facts: Facts) -> Events:
    """Say whether the work may begin; the refusal names the missing leg.

    Source:
        S0-08; S4-32.

    Raises:
        Refused: `task_admission.authority_missing`, `task_admission.people_missing`,
            `task_admission.funding_missing`, `task_admission.too_early`, `task_admission.term_over`.
    """
    match state:
        case FundsPending():
            refused = refusal_on(facts.asked.received_on, state, facts)
            if refused is not None:
                raise refused
            return activated(state, facts)
        case Active():
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def refuse(command: RefuseTask, state: AdmissionState, facts: Facts) -> Events:
    """Let the community refuse when powers or funds are not delivered; a statutory duty, only for want of funds.

    The right opens on the first day overdue, and closes when what was due is there. Authority is due by the first day
    of the work, and on every day after it. Work that was done is settled: what is owed for it is still paid.

    Source:
        X-ZG; L-RC25:40¶2, 43¶1; ADMISSION §8 items 18, 21, 29.

    Raises:
        Refused: `task_admission.nothing_overdue`, `task_admission.statutory_duty`, `task_admission.substitute_needed`.
    """
    match state:
        case AgreementPending() | FundsPending():
            hold_one_part("community", state, facts)
            if not _is_overdue(command.leg, state, facts):
                raise _not_overdue(command.leg, state)
            settled = (*return_received(state.money), *release_all(state.money, "refused"))
            return *settled, _refused(command, facts), *close_all(facts)
        case Suspended():
            hold_one_part("community", state, facts)
            if not _is_overdue(command.leg, state, facts):
                raise _not_overdue(command.leg, state)
            ended = close(facts, CURE.name, TERM_REVIEW.name, TERM_END, *LEG_ENDS)
            return _refused(command, facts), *ended, *exit_decision(facts)
        case _:
            raise wrong_phase(command, state)


def _refused(command: RefuseTask, facts: Facts) -> TaskRefusedByCommunity:
    asked = facts.asked
    return TaskRefusedByCommunity(leg=command.leg, reasons=command.reasons, by=asked.person, on=asked.on)


def _is_overdue(leg: Leg, state: Owing, facts: Facts) -> bool:
    day = facts.asked.received_on
    if leg == "authority":
        return not _is_listed(state) and day > _term(state).start_on and not grants_on(day, state.legs)
    return not isinstance(state, AgreementPending) and is_overdue_on(day, state, facts)


def _not_overdue(leg: Leg, state: Owing) -> Refused:
    if _is_listed(state):
        return Refused("task_admission.statutory_duty", STATUTORY_SOURCE, leg=leg)
    return Refused("task_admission.nothing_overdue", REFUSAL_SOURCE, leg=leg)


def _is_listed(state: Owing) -> bool:
    return not isinstance(state, AgreementPending) and isinstance(state.item, Listed)


def recheck(command: RecheckProof, state: AdmissionState, facts: Facts) -> Events:
    """Note a leg that was shown and no longer stands, once: until it is shown again it cannot be lost again.

    Before the work begins what counts is its first day, for which the legs were shown. Work that has begun stands
    still; where everything stands again it goes on. What still stands and is known to end is looked at again on the
    day after; before the agreement that is all.

    Source:
        ADMISSION §6; §8 items 22 and 30.
    """
    day = facts.asked.received_on
    if isinstance(state, AgreementPending):
        return known_ends(state, facts)
    if not isinstance(state, FundsPending | Active | Suspended) or day > last_day(state):
        return NOTHING_NEW
    fallen = _fallen(needed_from(day, state), state, facts)
    lost = tuple(LegLost(leg=leg, because=command.because, on=day) for leg in fallen if not state.legs.is_lost(leg))
    if isinstance(state, FundsPending):
        return *lost, *known_ends(state, facts)
    causes = tuple(cause for leg in fallen for cause in lost_on_record(leg, command.because, state, facts))
    cure = cure_of(causes[0].leg, state, facts) if causes and CURE.name not in facts.clocks else ()
    return with_activation(state, (*lost, *causes, *cure, *known_ends(state, facts)), facts)


def _fallen(day: date, state: Owed, facts: Facts) -> tuple[Leg, ...]:
    """Name the legs that were shown and do not stand on a day; money is shown when the work begins."""
    shown: dict[Leg, bool] = {
        "authority": isinstance(state.item, Listed) or bool(state.legs.authority),
        "people": state.accountable_officer is not None,
        "money": not isinstance(state, FundsPending),
    }
    proof = proof_on(day, state, facts)
    stands: dict[Leg, bool] = {
        "authority": bool(proof.authority),
        "people": bool(proof.people),
        "money": not is_overdue_on(day, state, facts),
    }
    return tuple(leg for leg, was in shown.items() if was and not stands[leg])
