"""An item is carried on for another term on the same terms: no application, but its own agreement and all three legs.

Source:
    dossier §4.1; ADMISSION §7, §8 item 25.
"""

from datetime import date
from typing import Any, Final

from domain.kernel.calendar import ONE_DAY
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.limits import keep, set_limit
from domain.kernel.messages import Warned
from domain.kernel.periods import reckon
from domain.task_admission.application import Application, Term
from domain.task_admission.commands import CarryOnItem, DecideRenewal, RecordRenewal
from domain.task_admission.commands.closing import ExitOutcome
from domain.task_admission.events import (
    ItemCarriedOn,
    ItemNotCarriedOn,
    RenewalDecided,
    RenewalFailed,
    RenewalOpened,
    TermEnded,
)
from domain.task_admission.rules.classification import classify
from domain.task_admission.rules.decision import check_start
from domain.task_admission.rules.disclosure import posted
from domain.task_admission.rules.ending import exit_decision, with_renewal
from domain.task_admission.rules.funding import MISSING, check_amount
from domain.task_admission.rules.money import appropriation_needs, check_appropriated, reserve, shortage
from domain.task_admission.rules.parameters import EXIT_DECISION, SIGNATURE, TERM_MAXIMUM
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.separation import judge_another, separation_needs
from domain.task_admission.rules.standing import check_again, item_needs
from domain.task_admission.state import Active, AdmissionState, Agreed, ExitReview, NotOpened, RenewalReview, Suspended
from domain.task_admission.state.carried_on import first_day, for_another_term

NEW_APPLICATION: Final = "task_admission.new_application_needed"
SOURCE: Final = "ADMISSION §8.25"
Ending = Active | Suspended | ExitReview


def check_renewable(outcome: ExitOutcome, state: Ending) -> None:
    """Let only an agreed item be carried on whose term is over, or ends, by itself.

    One whose next term did not begin, for want of money, goes to its end.

    Raises:
        Refused: `task_admission.new_application_needed`.
    """
    if outcome != "review_renewal":
        return
    if state.given_up:
        raise Refused(NEW_APPLICATION, SOURCE, why="not_begun")
    if not isinstance(state.item, Agreed):
        raise Refused(NEW_APPLICATION, SOURCE, why="listed")
    ends_by_itself = not isinstance(state, ExitReview) or isinstance(state.ended, TermEnded)
    if state.terminations or not ends_by_itself:
        raise Refused(NEW_APPLICATION, SOURCE, why="ended_early")


def renewal_needs(command: DecideRenewal, state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name what an approval reads: the item as it will stand, the money, who stands behind whom."""
    if not isinstance(state, Ending):
        return ()
    funding = state.application.funding
    money = () if funding is None else appropriation_needs(funding, command.payments)
    return (*separation_needs(state), *item_needs(state.drafted, state.application), *money)


def decide_renewal(command: DecideRenewal, state: AdmissionState, facts: Facts) -> Events:
    """Carry the item on, in a case of its own, if everything it was admitted with is still true on its first day.

    Raises:
        Refused: `task_admission.no_cause`, `task_admission.incomplete_decision`,
            `task_admission.new_application_needed`, `task_admission.start_before_decision`,
            `task_admission.list_changed`, `task_admission.funding_missing`, `task_admission.own_application`,
            `task_admission.substitute_needed`, the codes of a submission.
    """
    match state:
        case Active(item=Agreed() as item) | Suspended(item=Agreed() as item) | RenewalReview(item=Agreed() as item):
            judge_another("approver", state, facts)
            if state.outcome != "review_renewal":
                raise Refused("task_admission.no_cause", SOURCE, why="no_review")
            if state.renewals:
                return NOTHING_NEW
            decided = _complete(command, facts)
            _check_same_terms(command, item, decided)
            check_start(decided.term, facts)
            warnings = (
                *_check_total(first_day(item), decided.term, facts),
                *_still_true(for_another_term(state.application, decided), state, facts),
            )
            warned = decided.model_copy(update={"warnings": warnings})
            return warned, *keep(facts, EXIT_DECISION.name)
        case _:
            raise wrong_phase(command, state)


def _complete(command: DecideRenewal, facts: Facts) -> RenewalDecided:
    blank = [name for name in ("decision_no", "term", "payments", "evaluation") if not getattr(command, name)]
    if command.decision_no is None or command.term is None or command.evaluation is None or blank:
        raise Refused("task_admission.incomplete_decision", "dossier §4.1", fields=[*blank])
    return RenewalDecided(
        decision_no=command.decision_no,
        term=command.term,
        payments=command.payments,
        evaluation=command.evaluation,
        by=facts.asked.person,
        on=facts.asked.on,
        is_answered=True,
    )


def _check_same_terms(command: DecideRenewal, item: Agreed, decided: RenewalDecided) -> None:
    """Let nothing be another than the days: not the scope, not the money, part for part, and no longer term."""
    old, new = item.term, decided.term
    differs = {
        "scope": command.scope not in {(), item.scope},
        "amount": command.amount_fen not in {None, item.signed.agreement.amount_fen},
        "payments": [each.amount_fen for each in decided.payments] != [each.amount_fen for each in item.payments],
        "overlaps": new.start_on <= old.end_on,
        # The same days of another year may be one more: that of a leap year.
        "longer": new.end_on - new.start_on > old.end_on - old.start_on + ONE_DAY,
    }
    why = next((name for name, is_so in differs.items() if is_so), None)
    if why is not None:
        raise Refused(NEW_APPLICATION, SOURCE, why=why)


def _check_total(first_on: date, term: Term, facts: Facts) -> tuple[Warned, ...]:
    """Let all terms together be no longer than the longest term."""
    maximum = facts.law[TERM_MAXIMUM]
    longest_on = reckon(maximum.value, first_on - ONE_DAY, facts.calendar).raw_on
    if term.end_on <= longest_on:
        return ()
    days = {"first_on": first_on.isoformat(), "longest_on": longest_on.isoformat()}
    return (maximum.breach(NEW_APPLICATION, why="term_maximum", **days),)


def _still_true(
    application: Application, state: Active | Suspended | RenewalReview, facts: Facts
) -> tuple[Warned, ...]:
    drafted, submitted, before = state.drafted, state.submitted, state.item.screened.route
    again = classify(application, submitted.applicant_kind, facts)
    if again.route != before:
        raise Refused("task_admission.list_changed", "ADMISSION §8.11", was=before, route=again.route)
    warnings = check_again(application, drafted, submitted.applicant_kind, before, facts)
    funding = check_amount(application.funding)
    check_appropriated(funding, funding.schedule, MISSING, facts)
    return warnings


def carrying_on_needs(command: CarryOnItem) -> tuple[Need[Any], ...]:
    """Name the payer's appropriations."""
    funding = check_amount(command.submitted.application.funding)
    return appropriation_needs(funding, funding.schedule)


def carry_on(command: CarryOnItem, state: AdmissionState, facts: Facts) -> Events:
    """Begin the new term where the decision is taken: the money is set aside, both sides must sign.

    If the appropriation was used up in between, it is put on record that the term does not begin; a refusal nobody
    would hear of.

    Source:
        ADMISSION §7, §8 item 25; S0-08.
    """
    if not isinstance(state, NotOpened):
        raise wrong_phase(command, state)
    funding = check_amount(command.submitted.application.funding)
    short = shortage(funding, funding.schedule, facts)
    if short is not None:
        old, on = facts.asked.person, facts.asked.on
        papers = {"drafted": command.drafted, "submitted": command.submitted}
        return (ItemNotCarriedOn.model_validate({"renews": old, **papers, "short": short, "on": on}),)
    given = {name: getattr(command, name) for name in CarryOnItem.model_fields}
    return (
        ItemCarriedOn(renews=facts.asked.person, **given, on=facts.asked.on),
        reserve(funding, funding.schedule, facts),
        *set_limit(SIGNATURE, facts, facts.asked.on),
        *posted(command.drafted, facts),
    )


def record_renewal(command: RecordRenewal, state: AdmissionState, facts: Facts) -> Events:
    """Put on record that the next term's case has begun, or that it has not: then it is decided how this term ends.

    Without its money there is no next term, and nobody waits for it: the item goes to its end and its settlement.

    Source:
        S0-08 (no task without its money); DL-55; ADMISSION §7, §8 item 25.
    """
    case, on = facts.asked.person, facts.asked.on
    match state:
        case Active() | Suspended() | ExitReview() if state.renewals and not state.opened:
            if command.short is None:
                opened = RenewalOpened(case=case, on=on)
                return with_renewal(state, (opened,), facts) if isinstance(state, RenewalReview) else (opened,)
            failed = RenewalFailed(case=case, short=command.short, on=on)
            return failed, *(exit_decision(facts) if state.outcome == "review_renewal" else ())
        case Active() | Suspended() | ExitReview() if state.opened or state.given_up:
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)
