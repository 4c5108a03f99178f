"""The money named in a form: enough, from a fund that may be used, by a lawful hand, borne by whom the law names."""

from datetime import date
from typing import Final

from domain.kernel.directory import OrganisationNamed
from domain.kernel.errors import Refused
from domain.kernel.facts import Days, Facts
from domain.kernel.messages import Warned
from domain.kernel.policy import Law, Parameter
from domain.task_admission.application import TO_BE_ARRANGED, Application, Funding
from domain.task_admission.events import ApplicationDrafted
from domain.task_admission.events.drafting import CommitteeKind
from domain.task_admission.events.screening import Route
from domain.task_admission.rules.parameters import (
    ASKING_BODY,
    ASSISTANCE_BEARER_RESIDENTS,
    ASSISTANCE_BEARER_VILLAGERS,
    DELEGATION_BEARER_RESIDENTS,
    DELEGATION_BEARER_VILLAGERS,
    ELIGIBLE_FUND_SOURCES,
    GOVERNMENT_KINDS,
    PAYERS,
)

Warnings = tuple[Warned, ...]
FUNDING_SOURCE: Final = "S0-08, S2-08, S4-38"
MISSING: Final = "task_admission.funding_missing"
_ASKERS: Final = frozenset({ASKING_BODY, "delegating_department"})
"""Values that mean the applicant, whatever sort of body it is."""


def check_funding(
    application: Application, drafted: ApplicationDrafted, applicant_kind: str, route: Route, facts: Facts
) -> Warnings:
    """Let an off-list item come with its money; what money is named must be lawful whatever the route.

    Source:
        S0-08; S1f-16; S1e-26; L-RC25:43; L-VC18:37¶1; dossier C04.

    Raises:
        Refused: `task_admission.funding_missing`, `task_admission.funds_not_eligible`,
            `task_admission.forbidden_channel`, `task_admission.wrong_cost_bearer`.
    """
    funding = application.funding
    if route == "off_list":
        check_amount(funding)
    if funding is None or funding.source == TO_BE_ARRANGED:
        return ()
    _check_schedule(funding)
    return (
        *check_source(funding, facts),
        *check_channel(funding, facts),
        *_check_bearer(application, funding, drafted, applicant_kind, facts),
    )


def check_amount(funding: Funding | None) -> Funding:
    """Give the money of an item that must come with some.

    Raises:
        Refused: `task_admission.funding_missing`.
    """
    if funding is None:
        raise Refused(MISSING, FUNDING_SOURCE, why="not_named")
    if funding.source == TO_BE_ARRANGED:
        raise Refused(MISSING, FUNDING_SOURCE, why=TO_BE_ARRANGED)
    if funding.amount_fen == 0:
        raise Refused(MISSING, FUNDING_SOURCE, why="nothing")
    return funding


def _check_schedule(funding: Funding) -> None:
    scheduled = sum(each.amount_fen for each in funding.schedule)
    if scheduled != funding.amount_fen:
        raise Refused(
            "task_admission.incomplete",
            FUNDING_SOURCE,
            fields=["funding.schedule"],
            amount_fen=funding.amount_fen,
            scheduled_fen=scheduled,
        )


def check_source(funding: Funding, facts: Facts) -> Warnings:
    """Keep relief, welfare and charity money for what it was given for.

    Source:
        S1f-16.

    Raises:
        Refused: `task_admission.funds_not_eligible`.
    """
    eligible = facts.law[ELIGIBLE_FUND_SOURCES]
    if funding.source in eligible.value:
        return ()
    return (eligible.breach("task_admission.funds_not_eligible", fund=funding.source, eligible=[*eligible.value]),)


def check_channel(funding: Funding, facts: Facts) -> Warnings:
    """Let the money come only from a hand that the pack allows.

    Source:
        S1e-26; dossier §9 C04.

    Raises:
        Refused: `task_admission.forbidden_channel`.
    """
    payers = facts.law[PAYERS]
    if funding.channel in payers.value:
        return ()
    return (payers.breach("task_admission.forbidden_channel", channel=funding.channel, payers=[*payers.value]),)


def _check_bearer(
    application: Application, funding: Funding, drafted: ApplicationDrafted, applicant_kind: str, facts: Facts
) -> Warnings:
    """Let the body bear the cost that the law of each day names on which money is relied on.

    Those days are the first day of the work and each day a tranche falls due.

    Source:
        ADMISSION §8 items 7 and 30.
    """
    warned: dict[str, Warned] = {}
    for day in sorted({application.term.start_on, *(each.due_on for each in funding.schedule)}):
        warning = check_bearer_on(day, funding, drafted, applicant_kind, facts)
        if warning is not None:
            warned.setdefault(warning.source, warning)
    return tuple(warned.values())


def check_bearer_on(
    day: date, funding: Funding, drafted: ApplicationDrafted, applicant_kind: str, facts: Facts
) -> Warned | None:
    """Let the body bear the cost that the law of this day names.

    Source:
        L-RC25:43; L-VC18:37¶1.

    Raises:
        Refused: `task_admission.wrong_cost_bearer`.
    """
    parameter = bearer_rule(drafted.community_kind, applicant_kind)
    rule = Law(facts.law.packs, Days.all_on(day))[parameter]
    if _bears(funding.cost_bearer, rule.value, drafted.applicant, facts):
        return None
    return rule.breach(
        "task_admission.wrong_cost_bearer",
        cost_bearer=funding.cost_bearer,
        lawful_bearer=drafted.applicant if rule.value in _ASKERS else rule.value,
        on=day.isoformat(),
    )


def bearer_rule(committee: CommitteeKind, applicant_kind: str) -> Parameter[str]:
    """Find the rule by the kind of committee and the kind of body that asks; the day is the law's own affair."""
    asks_as_government = applicant_kind in GOVERNMENT_KINDS
    if committee == "residents_committee":
        return ASSISTANCE_BEARER_RESIDENTS if asks_as_government else DELEGATION_BEARER_RESIDENTS
    return ASSISTANCE_BEARER_VILLAGERS if asks_as_government else DELEGATION_BEARER_VILLAGERS


def _bears(bearer: str, lawful: str, applicant: str, facts: Facts) -> bool:
    if lawful in _ASKERS:
        return bearer == applicant
    organisation = facts[OrganisationNamed(bearer)]
    return organisation is not None and organisation.kind == lawful
