"""A threat that cannot wait: declared, confirmed, worked against at once, and brought back to be decided on (补办).

An emergency launders no prohibition, and is never extended. The department bears its cost from the first hour.

Source:
    X-HS; DL-52, DL-53; dossier §4.1 row 7; ADMISSION §6, §8 item 24.
"""

from typing import Any, Final

from domain.kernel.calendar import ONE_DAY
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import OrganisationNamed
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.ledger import BalanceOf
from domain.kernel.limits import close, close_all, keep, lapse, set_limit
from domain.kernel.lists import ListNamed
from domain.kernel.messages import Warned
from domain.kernel.periods import reckon
from domain.task_admission.application import Application, ApplicationForm, Emergency, Funding, Term, Tranche
from domain.task_admission.commands import (
    ConfirmEmergency,
    DeclareEmergency,
    RegulariseEmergency,
)
from domain.task_admission.events import (
    EmergencyConfirmed,
    EmergencyDeclared,
    EmergencyLapsed,
    EmergencyRegularised,
)
from domain.task_admission.rules import submission
from domain.task_admission.rules.classification import classify, prohibition
from domain.task_admission.rules.emergency_costs import settled_costs
from domain.task_admission.rules.funding import MISSING, check_amount, check_bearer_on, check_channel, check_source
from domain.task_admission.rules.money import appropriation, check_appropriated, reserve
from domain.task_admission.rules.parameters import (
    CONFIRMATION,
    DECISION,
    EMERGENCY_MAXIMUM,
    FORMAL_CHECK,
    LAW_REGISTER,
    PROHIBITED_LIST,
    REGULARISATION,
)
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.separation import hold_one_part, judge_another, separation_needs
from domain.task_admission.rules.standing import (
    EMERGENCY,
    both_there,
    check_item,
    item_needs,
    says_the_same,
    without_threat,
)
from domain.task_admission.state import (
    AdmissionState,
    DeclaredEmergency,
    Draft,
    EmergencyActive,
    Screening,
)

SOURCE: Final = "X-HS"
NO_EMERGENCY: Final = "task_admission.not_an_emergency"
PROHIBITED_SOURCE: Final = "dossier §4.1 row 1"
SHOWN_AT_ONCE: Final = ("title", "description", "matter", "start_on")
"""What a form must say before anything is done by it; the rest follows when the item comes back."""
Declaring = Draft | Screening


def declaration_needs(command: DeclareEmergency, state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name both sides, the lists that forbid, and the money."""
    if not isinstance(state, Declaring):
        return ()
    drafted, asked = state.drafted, _asked_for(state)
    funding = command.funding or asked.funding
    start_on = asked.start_on if isinstance(asked, ApplicationForm) else asked.term.start_on
    money: tuple[Need[Any], ...] = ()
    if funding is not None and start_on is not None:
        money = OrganisationNamed(funding.cost_bearer), BalanceOf(appropriation(funding, start_on.year))
    sides = OrganisationNamed(drafted.applicant), OrganisationNamed(drafted.community)
    return (*sides, ListNamed(PROHIBITED_LIST), ListNamed(LAW_REGISTER), *money)


def confirming_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name who stands behind the applicant, and the money."""
    if not isinstance(state, DeclaredEmergency):
        return ()
    declared = state.declared
    return *separation_needs(state), BalanceOf(appropriation(declared.funding, declared.term.start_on.year))


def regularisation_needs(command: RegulariseEmergency, state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name what a submission of the form reads."""
    return item_needs(state.drafted, command.application) if isinstance(state, EmergencyActive) else ()


def declare(command: DeclareEmergency, state: AdmissionState, facts: Facts) -> Events:
    """Declare that a threat cannot wait; nobody works on it before it is confirmed.

    What is prohibited stays so, and no community is made the responsible subject of it. Work that begins only after
    the day by which it must be confirmed can wait for its decision.

    Raises:
        Refused: `task_admission.incomplete`, `task_admission.term_open_ended`, `task_admission.not_an_emergency`,
            `task_admission.prohibited`, `task_admission.term_too_long`, `task_admission.funding_missing`,
            `task_admission.funds_not_eligible`, `task_admission.forbidden_channel`,
            `task_admission.wrong_cost_bearer`, and what may be wrong with either side.
    """
    match state:
        case Draft() | Screening():
            kind, asked = both_there(state.drafted, facts), _asked_for(state)
            term = _term(state)
            threat = _threat(asked, term, state, facts)
            confirmation = set_limit(CONFIRMATION, facts, facts.asked.on)
            last_on = confirmation[0].deadline.due_on
            if term.start_on > last_on:
                raise Refused(NO_EMERGENCY, SOURCE, why="can_wait", start_on=term.start_on.isoformat())
            funding = check_amount(command.funding or asked.funding)
            declared = EmergencyDeclared(
                emergency=threat,
                term=term,
                funding=funding,
                by=facts.asked.person,
                on=facts.asked.on,
                warnings=(*_check_maximum(term, facts), *_check_money(funding, term, state, kind, facts)),
            )
            check_appropriated(funding, _at_once(funding, term), MISSING, facts)
            return declared, *close(facts, FORMAL_CHECK.name, DECISION.name), *confirmation
        case DeclaredEmergency(declared=declared) if command.funding in (None, declared.funding):
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def _asked_for(state: Declaring) -> ApplicationForm | Application:
    return state.form if isinstance(state, Draft) else state.application


def _term(state: Declaring) -> Term:
    if isinstance(state, Screening):
        return state.application.term
    form = state.form
    blank = [name for name in SHOWN_AT_ONCE if getattr(form, name) is None]
    if form.start_on is None or blank:
        raise Refused("task_admission.incomplete", submission.FORM_SOURCE, fields=[*blank])
    if form.end_on is None:
        raise Refused("task_admission.term_open_ended", submission.TERM_SOURCE, start_on=form.start_on.isoformat())
    return Term(start_on=form.start_on, end_on=form.end_on)


def _threat(asked: ApplicationForm | Application, term: Term, state: Declaring, facts: Facts) -> Emergency:
    """Give the threat, if the form shows one and asks for nothing that no emergency makes lawful."""
    if asked.emergency is None:
        raise Refused(NO_EMERGENCY, SOURCE, why="no_threat_shown")
    forbidden = prohibition(asked, term.start_on, facts)
    if forbidden:
        raise Refused("task_admission.prohibited", forbidden[0].source, reason=forbidden[0].reason)
    if any(each.what == "responsible_subject" for each in asked.demands):
        raise Refused("task_admission.prohibited", PROHIBITED_SOURCE, reason="trait:responsible_subject")
    if isinstance(state, Screening) and state.classified.route != EMERGENCY:
        raise Refused(NO_EMERGENCY, SOURCE, why="another_route", route=state.classified.route)
    return asked.emergency


def _check_maximum(term: Term, facts: Facts) -> tuple[Warned, ...]:
    maximum = facts.law[EMERGENCY_MAXIMUM]
    longest_on = reckon(maximum.value, term.start_on - ONE_DAY, facts.calendar).raw_on
    if term.end_on <= longest_on:
        return ()
    days = {"end_on": term.end_on.isoformat(), "longest_on": longest_on.isoformat()}
    return (maximum.breach("task_admission.term_too_long", **days, maximum=str(maximum.value)),)


def _check_money(funding: Funding, term: Term, state: Declaring, kind: str, facts: Facts) -> tuple[Warned, ...]:
    warned = check_bearer_on(term.start_on, funding, state.drafted, kind, facts)
    return *check_source(funding, facts), *check_channel(funding, facts), *(() if warned is None else (warned,))


def _at_once(funding: Funding, term: Term) -> tuple[Tranche, ...]:
    return (Tranche(amount_fen=funding.amount_fen, due_on=term.start_on),)


def confirm(command: ConfirmEmergency, state: AdmissionState, facts: Facts) -> Events:
    """Confirm that it is an emergency: the work may begin at once, and the department's money is set aside for it.

    Raises:
        Refused: `task_admission.own_application`, `task_admission.substitute_needed`, `task_admission.term_over`,
            `task_admission.funding_missing`.
    """
    match state:
        case DeclaredEmergency(declared=declared):
            judge_another("approver", state, facts)
            asked, end_on = facts.asked, declared.term.end_on
            if asked.received_on > end_on:
                raise Refused("task_admission.term_over", "ADMISSION §8.24", end_on=end_on.isoformat())
            confirmed = EmergencyConfirmed(cost_bearer=declared.funding.cost_bearer, by=asked.person, on=asked.on)
            return (
                confirmed,
                reserve(declared.funding, _at_once(declared.funding, declared.term), facts),
                *keep(facts, CONFIRMATION.name),
                *set_limit(REGULARISATION, facts, asked.on, organisation=state.drafted.applicant),
            )
        case EmergencyActive():
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def regularise(command: RegulariseEmergency, state: AdmissionState, facts: Facts) -> Events:
    """Bring the item back with a complete form, which is examined as any other but for the lead time.

    The threat is no ground any more: the item takes the route it has without it. The work may go on until the decision.

    Raises:
        Refused: `task_admission.regularisation_too_late`, `task_admission.substitute_needed`, and every code of a
            submission but that of the lead time.
    """
    match state:
        case EmergencyActive(work=work):
            asked, last_on = facts.asked, facts.clocks[REGULARISATION.name].deadline.due_on
            if asked.received_on > last_on:
                raise Refused("task_admission.regularisation_too_late", SOURCE, last_on=last_on.isoformat())
            form = without_threat(command.application)
            officer = form.accountable_officer
            hold_one_part("applicant", state, facts, principals=() if officer is None else (officer,))
            kind = both_there(state.drafted, facts)
            application = submission.complete(form, state.drafted.applicant, facts)
            classified = classify(application, kind, facts)
            regularised = EmergencyRegularised(
                application=application,
                applicant_kind=kind,
                worked_since=work.confirmed.on,
                by=asked.person,
                on=asked.on,
                warnings=check_item(application, state.drafted, kind, classified.route, facts),
            )
            kept = keep(facts, REGULARISATION.name)
            return regularised, classified, *kept, *set_limit(FORMAL_CHECK, facts, asked.on)
        case Screening(emergencies=(_, *_), submitted=regularised) if says_the_same(
            without_threat(command.application), regularised.application
        ):
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def lapse_emergency(state: AdmissionState, facts: Facts) -> Events:
    """Let an emergency lapse that did not come back in time; the department pays what was spent."""
    if not isinstance(state, EmergencyActive):
        return NOTHING_NEW
    last_on = facts.clocks[REGULARISATION.name].deadline.due_on
    if facts.asked.received_on <= last_on:
        return NOTHING_NEW
    lost = lapse(facts, REGULARISATION.name)
    others = close_all(facts, but=(REGULARISATION.name,))
    lapsed = EmergencyLapsed(worked_since=state.work.confirmed.on, last_on=last_on)
    return *settled_costs(state, facts), lapsed, *lost, *others
