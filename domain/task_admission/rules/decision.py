"""The decision of the admission authority: everything still true, the money there, and set aside."""

from typing import Any, Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import BurdenOf, Facts, Need
from domain.kernel.limits import close_all, keep, set_limit
from domain.kernel.lists import ListNamed
from domain.kernel.messages import Warned
from domain.task_admission.application import Application, Funding, Term
from domain.task_admission.commands import ApproveAdmission, RejectAdmission, SendToPurchase
from domain.task_admission.events import AdmissionApproved, AdmissionRejected, PurchaseRequired
from domain.task_admission.events.cited import EntryCited
from domain.task_admission.rules.classification import classify
from domain.task_admission.rules.disclosure import posted
from domain.task_admission.rules.emergency_costs import settled_costs
from domain.task_admission.rules.funding import check_amount
from domain.task_admission.rules.lists import read_list
from domain.task_admission.rules.money import appropriation_needs, reserve
from domain.task_admission.rules.parameters import (
    COMMUNITY_CAPACITY,
    DECISION,
    OFF_LIST_ROUTE,
    PURCHASE,
    PURCHASE_CATALOGUE,
    SIGNATURE,
    WAY_OF_REVIEW,
)
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.separation import judge_another, separation_needs
from domain.task_admission.rules.standing import check_again, item_needs
from domain.task_admission.state import AdmissionState, AgreementPending, CaseFile, UnderReview

SOURCE: Final = "dossier §4.1"
WITHIN: Final = "task_admission.beyond_application"


def approval_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name what an approval reads: everything a submission does, the money, the burden, who stands behind whom."""
    if not isinstance(state, UnderReview):
        return ()
    funding = state.application.funding
    money = () if funding is None else appropriation_needs(funding, funding.schedule)
    item = item_needs(state.drafted, state.application)
    return (*separation_needs(state), *item, *money, BurdenOf(state.drafted.community))


def purchase_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name the purchase catalogue, and who stands behind the applicant."""
    return (*separation_needs(state), ListNamed(PURCHASE_CATALOGUE)) if isinstance(state, UnderReview) else ()


def approve(command: ApproveAdmission, state: AdmissionState, facts: Facts) -> Events:
    """Admit the item, if everything it was handed in with is still true on this day.

    Source:
        dossier §4.1; ADMISSION §4, §8 items 6 and 11.

    Raises:
        Refused: `task_admission.list_changed`, the codes of a submission, `task_admission.funds_not_countersigned`,
            `task_admission.start_before_decision`, `task_admission.over_capacity`,
            `task_admission.incomplete_decision`, `task_admission.beyond_application`,
            `task_admission.funding_missing`.
    """
    match state:
        case UnderReview(file=file):
            judge_another("approver", state, facts)
            _by_agreement(facts)
            warnings = _still_true(state, facts)
            funding = _countersigned(file)
            application = state.application
            term = command.term or application.term
            check_start(term, facts)
            warnings = (*warnings, *_check_capacity(application, state.drafted.community, facts))
            approved = _approved(command, application, funding, warnings, facts)
            return (
                *settled_costs(state, facts),
                approved,
                reserve(funding, funding.schedule, facts),
                *keep(facts, DECISION.name),
                *set_limit(SIGNATURE, facts, facts.asked.on),
                *posted(state.drafted, facts),
            )
        case AgreementPending(approved=approved) if _decides_the_same(command, approved):
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def _by_agreement(facts: Facts) -> None:
    route = facts.law[OFF_LIST_ROUTE]
    if route.value == PURCHASE:
        raise Refused("task_admission.route_is_purchase", route.source)


def _still_true(state: UnderReview, facts: Facts) -> tuple[Warned, ...]:
    drafted, application, screened = state.drafted, state.application, state.file.screened
    before = screened.classified
    applicant_kind = state.submitted.applicant_kind
    again = classify(application, applicant_kind, facts)
    if again.route != before.route:
        raise Refused("task_admission.list_changed", "ADMISSION §8.11", was=before.route, route=again.route)
    return check_again(application, drafted, applicant_kind, screened.route, facts)


def _countersigned(file: CaseFile) -> Funding:
    """Give the money that finance has confirmed, as the form now has it."""
    funding = check_amount(file.screened.application.funding)
    if not file.is_countersigned:
        raise Refused("task_admission.funds_not_countersigned", SOURCE)
    return funding


def check_start(term: Term, facts: Facts) -> None:
    """Let no work begin before it is decided on.

    Raises:
        Refused: `task_admission.start_before_decision`.
    """
    if term.start_on < facts.asked.on:
        days = {"start_on": term.start_on.isoformat(), "decided_on": facts.asked.on.isoformat()}
        raise Refused("task_admission.start_before_decision", SOURCE, **days)


def _check_capacity(application: Application, community: str, facts: Facts) -> tuple[Warned, ...]:
    """Let one community carry no more hours than its district's pack says it can; where none says, nothing is guessed.

    Source:
        ADMISSION §4.
    """
    if COMMUNITY_CAPACITY not in facts.law:
        return ()
    capacity = facts.law[COMMUNITY_CAPACITY]
    carried, asked = facts[BurdenOf(community)].hours_a_month, application.workload.hours_a_month
    if carried + asked <= capacity.value:
        return ()
    hours = {"carried": carried, "asked": asked, "capacity": capacity.value}
    return (capacity.breach("task_admission.over_capacity", **hours),)


def _approved(
    command: ApproveAdmission,
    application: Application,
    funding: Funding,
    warnings: tuple[Warned, ...],
    facts: Facts,
) -> AdmissionApproved:
    needed = {
        "decision_no": command.decision_no,
        "scope": command.scope or None,
        "term": command.term,
        "evaluation_method": command.evaluation_method,
    }
    blank = [name for name, value in needed.items() if value is None]
    if command.decision_no is None or command.term is None or command.evaluation_method is None or blank:
        raise Refused("task_admission.incomplete_decision", SOURCE, fields=[*blank])
    applied = application.term
    if command.term.start_on < applied.start_on or command.term.end_on > applied.end_on:
        raise Refused(WITHIN, SOURCE, start_on=applied.start_on.isoformat(), end_on=applied.end_on.isoformat())
    return AdmissionApproved(
        decision_no=command.decision_no,
        scope=command.scope,
        term=command.term,
        amount_fen=funding.amount_fen,
        conditions=command.conditions,
        evaluation_method=command.evaluation_method,
        by=facts.asked.person,
        on=facts.asked.on,
        warnings=warnings,
    )


def _decides_the_same(command: ApproveAdmission, approved: AdmissionApproved) -> bool:
    return all(getattr(approved, name) == getattr(command, name) for name in ApproveAdmission.model_fields)


def reject_admission(command: RejectAdmission, state: AdmissionState, facts: Facts) -> Events:
    """Refuse the item after review, in writing.

    Source:
        dossier §3.4, §4.1; ADMISSION §8 item 13.

    Raises:
        Refused: `task_admission.reasons_missing`.
    """
    match state:
        case UnderReview():
            judge_another("approver", state, facts)
            if command.reasons is None:
                raise Refused("task_admission.reasons_missing", "dossier §3.4", why="nothing_written")
            rejected = AdmissionRejected(
                reasons=command.reasons,
                way_of_review=facts.law[WAY_OF_REVIEW].value,
                by=facts.asked.person,
                on=facts.asked.on,
            )
            return *settled_costs(state, facts), rejected, *_decided(facts)
        case _:
            raise wrong_phase(command, state)


def _decided(facts: Facts) -> Events:
    return *keep(facts, DECISION.name), *close_all(facts, but=(DECISION.name,))


def send_to_purchase(command: SendToPurchase, state: AdmissionState, facts: Facts) -> Events:
    """Have the work bought, where the district's pack chooses so and the catalogue in force covers it.

    Source:
        S4-19; dossier §9 C03.

    Raises:
        Refused: `task_admission.route_is_agreement`, `task_admission.not_in_catalogue`.
    """
    match state:
        case UnderReview():
            judge_another("approver", state, facts)
            route = facts.law[OFF_LIST_ROUTE]
            if route.value != PURCHASE:
                raise Refused("task_admission.route_is_agreement", route.source)
            required = PurchaseRequired(
                cited=_in_catalogue(command.entry, state.application, facts),
                by=facts.asked.person,
                on=facts.asked.on,
            )
            return *settled_costs(state, facts), required, *_decided(facts)
        case _:
            raise wrong_phase(command, state)


def _in_catalogue(entry: str | None, application: Application, facts: Facts) -> EntryCited:
    catalogue = read_list(facts, PURCHASE_CATALOGUE, facts.asked.on)
    covering = [each for each in catalogue.about(application.matter) if entry in {None, each.id}]
    if catalogue.version is None or not covering:
        raise Refused("task_admission.not_in_catalogue", "S4-19", matter=application.matter)
    return EntryCited(list_name=PURCHASE_CATALOGUE, version=catalogue.version.number, entry=covering[0].id)
