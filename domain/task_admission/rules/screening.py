"""The formal check (形式审查): each route has its own answer, and silence is none."""

from dataclasses import replace
from typing import Any

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.ledger import BalanceOf
from domain.kernel.limits import close, close_all, keep, set_limit
from domain.task_admission.commands import (
    AcceptApplication,
    ConfirmListed,
    DirectToDepartment,
    ReferToConference,
    RejectApplication,
)
from domain.task_admission.events import (
    ApplicationAccepted,
    ConferenceCalled,
    DepartmentServesDirectly,
    ListedItemConfirmed,
)
from domain.task_admission.events.screening import Route
from domain.task_admission.rules.classification import classify
from domain.task_admission.rules.conference import opened
from domain.task_admission.rules.disclosure import posted
from domain.task_admission.rules.emergency_costs import settled_costs
from domain.task_admission.rules.ends import known_ends
from domain.task_admission.rules.funding import FUNDING_SOURCE, MISSING, check_amount
from domain.task_admission.rules.money import appropriation, reserve
from domain.task_admission.rules.parameters import DECISION, FORMAL_CHECK, OPINION
from domain.task_admission.rules.payments import payments_due, term_dates
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.rejection import rejected
from domain.task_admission.rules.separation import judge_another, separation_needs
from domain.task_admission.rules.standing import check_again, item_needs
from domain.task_admission.state import (
    AdmissionState,
    ConsultingCommunity,
    FundsPending,
    JointConference,
    Listed,
    Screening,
    Shown,
    UnderReview,
)

CHECKED = FORMAL_CHECK.name
NO_CAUSE = "task_admission.no_cause"


def screening_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name what tells who stands behind the applicant."""
    return separation_needs(state) if isinstance(state, Screening | UnderReview) else ()


def confirmation_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name what a confirmation reads: the item as at submission, and the money."""
    if not isinstance(state, Screening):
        return ()
    item = state.application
    # All of a listed item's money is due by the first day, whatever schedule the form has (ADMISSION §8 item 29).
    year = item.term.start_on.year
    money = () if item.funding is None else (BalanceOf(appropriation(item.funding, year)),)
    return (*separation_needs(state), *item_needs(state.drafted, item), *money)


def accept(command: AcceptApplication, state: AdmissionState, facts: Facts) -> Events:
    """Accept an off-list item (受理): the period for the decision begins, and the community is asked.

    An item that other lists brought back to the check keeps the period that was begun.

    Source:
        ADMISSION §3; §8 items 11 and 12.

    Raises:
        Refused: `task_admission.own_application`, `task_admission.substitute_needed`,
            `task_admission.route_needs_no_admission`.
    """
    match state:
        case Screening(drafted=drafted):
            judge_another("secretariat", state, facts)
            _take_route(state, "off_list", "task_admission.route_needs_no_admission")
            on = facts.asked.on
            opinion = replace(OPINION, owner=drafted.community_kind)
            return (
                ApplicationAccepted(by=facts.asked.person, on=on),
                *keep(facts, CHECKED),
                *(() if DECISION.name in facts.clocks else set_limit(DECISION, facts, on)),
                *set_limit(opinion, facts, on, organisation=drafted.community),
            )
        case ConsultingCommunity():
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def confirm_listed(command: ConfirmListed, state: AdmissionState, facts: Facts) -> Events:
    """Confirm an item of the assistance list: no decision and no agreement, but the same proof.

    The entry must still be in force for the first day, and the body that asks provides the funds and the conditions.

    Source:
        L-RC25:43¶1; ADMISSION §3, §8 item 29.

    Raises:
        Refused: `task_admission.list_changed`, `task_admission.funding_missing`, and the codes of a submission.
    """
    match state:
        case Screening(drafted=drafted, submitted=submitted, classified=classified):
            judge_another("secretariat", state, facts)
            _take_route(state, "listed_assistance", "task_admission.route_not_listed")
            application = state.application
            again = classify(application, submitted.applicant_kind, facts).route
            if again != classified.route:
                raise Refused("task_admission.list_changed", "ADMISSION §8.11", was=classified.route, route=again)
            warnings = check_again(application, drafted, submitted.applicant_kind, state.route, facts)
            funding = check_amount(application.funding)
            if command.conditions is None:
                raise Refused(MISSING, FUNDING_SOURCE, why="conditions_not_named")
            confirmed = ListedItemConfirmed(
                conditions=command.conditions,
                amount_fen=funding.amount_fen,
                by=facts.asked.person,
                on=facts.asked.on,
                warnings=warnings,
            )
            settled = settled_costs(state, facts)
            place = facts.version + len(settled) + 1
            item = Listed(screened=state, confirmed=Shown(version=place, event=confirmed))
            return (
                *settled,
                confirmed,
                reserve(funding, item.payments, facts),
                *keep(facts, CHECKED),
                *close(facts, DECISION.name),
                *payments_due(item, facts),
                *term_dates(item, facts),
                *known_ends(FundsPending(item=item), facts),
                *posted(drafted, facts),
            )
        case FundsPending(item=Listed(confirmed=confirmed)) if confirmed.event.conditions == command.conditions:
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def direct(command: DirectToDepartment, state: AdmissionState, facts: Facts) -> Events:
    """Let the department serve residents itself: nothing enters the checklist.

    Source:
        S3-10.

    Raises:
        Refused: `task_admission.route_not_direct`.
    """
    match state:
        case Screening():
            judge_another("secretariat", state, facts)
            _take_route(state, "department_direct", "task_admission.route_not_direct")
            served = DepartmentServesDirectly(by=facts.asked.person, on=facts.asked.on)
            return *settled_costs(state, facts), served, *keep(facts, CHECKED), *close_all(facts, but=(CHECKED,))
        case _:
            raise wrong_phase(command, state)


def reject(command: RejectApplication, state: AdmissionState, facts: Facts) -> Events:
    """Refuse an item because of what it is, in writing; in the formal check, or when the review finds it out.

    Source:
        ADMISSION §3, §2 (separation of duties).

    Raises:
        Refused: `task_admission.own_application`, `task_admission.substitute_needed`, `task_admission.reasons_missing`.
    """
    match state:
        case Screening():
            judge_another("secretariat", state, facts)
            event = rejected(command, state, facts)
        case UnderReview(file=file):
            judge_another("secretariat", state, facts)
            event = rejected(command, file.screened, facts)
        case _:
            raise wrong_phase(command, state)
    kept = keep(facts, CHECKED)
    return *settled_costs(state, facts), event, *kept, *close_all(facts, but=(CHECKED,))


def refer(command: ReferToConference, state: AdmissionState, facts: Facts) -> Events:
    """Take an item to the conference of which the lists say different things, or nothing.

    Source:
        S1e-35, X-EQ.

    Raises:
        Refused: `task_admission.no_cause`.
    """
    match state:
        case Screening(classified=classified):
            judge_another("secretariat", state, facts)
            _take_route(state, "joint_conference", NO_CAUSE)
            grounds = "; ".join(f"{each.reason} ({each.source})" for each in classified.reasons)
            called = ConferenceCalled(cause="list_conflict", facts=grounds, by=facts.asked.person, on=facts.asked.on)
            return called, *keep(facts, CHECKED), *opened(facts)
        case JointConference(before=Screening()):
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def _take_route(state: Screening, route: Route, code: str) -> None:
    if state.route != route:
        raise Refused(code, "dossier §4.1", route=state.route)
