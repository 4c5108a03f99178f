"""What must be so before a form is handed in: complete, lawful, in time, asked for once.

Each rule refuses with its own code and clause; where the pack's value only proposes, it warns.
"""

from datetime import date
from typing import Final, Literal

from domain.kernel.access import SEATS_SOURCE
from domain.kernel.calendar import ONE_DAY
from domain.kernel.directory import Organisation, OrganisationNamed, PersonNamed, SeatsOf
from domain.kernel.errors import Refused
from domain.kernel.facts import CasesHolding, Facts
from domain.kernel.messages import Warned
from domain.kernel.periods import reckon
from domain.task_admission.application import Application, ApplicationForm, Consent, LegalBasis, Term
from domain.task_admission.events import ApplicationDrafted
from domain.task_admission.events.drafting import CommitteeKind
from domain.task_admission.rules.lists import is_in_force, read_list, was_law_before
from domain.task_admission.rules.parameters import (
    ADDED_POSTS_ALLOWED,
    CONSENT_NEEDED,
    DATA_COLLECTED_ONCE,
    DATASET_CATALOGUE,
    GOVERNMENT_KINDS,
    LEAD_TIME_PERIOD,
    TERM_MAXIMUM,
)
from domain.task_admission.state.view import item_key

Warnings = tuple[Warned, ...]
NO_WARNING: Final[Warnings] = ()
FORM_SOURCE: Final = "S3-09, S3-12, S0-08"
BASIS_SOURCE: Final = "S2-01, L-RC25:43¶2"
OFFICER_SOURCE: Final = "S3-12"
TERM_SOURCE: Final = "dossier §4.1"
COMMUNITY_SOURCE: Final = "dossier §4.1"
REQUIRED: Final = (
    "title",
    "description",
    "matter",
    "authority",
    "people",
    "start_on",
    "workload",
    "resident_facing",
    "routine",
    "needs_community",
)
"""Fields that every form must fill; a blank one of the others has a refusal of its own."""


def committee_kind(community: Organisation | None, tenant: str, on: date) -> CommitteeKind:
    """Say which committee a community has, if it may be asked at all.

    Raises:
        Refused: `task_admission.unknown_community` (no such committee in the district),
            `task_admission.community_abolished`.
    """
    if community is None or community.district != tenant:
        raise Refused("task_admission.unknown_community", COMMUNITY_SOURCE, district=tenant)
    if not community.spell.covers(on):
        last_on = community.spell.last_on
        raise Refused(
            "task_admission.community_abolished",
            COMMUNITY_SOURCE,
            community=community.id,
            on=on.isoformat(),
            last_on=None if last_on is None else last_on.isoformat(),
        )
    kinds: dict[str, CommitteeKind] = {
        "residents_committee": "residents_committee",
        "villagers_committee": "villagers_committee",
    }
    if community.kind not in kinds:
        raise Refused("task_admission.unknown_community", COMMUNITY_SOURCE, district=tenant, kind=community.kind)
    return kinds[community.kind]


def applicant_kind(applicant: str, facts: Facts) -> str:
    """Say what sort of body applies, on the day of the act.

    Raises:
        Refused: `task_admission.not_in_office`: the body is no more, so nobody holds an office in it.
    """
    organisation = facts[OrganisationNamed(applicant)]
    if organisation is None or not organisation.spell.covers(facts.asked.on):
        raise Refused("task_admission.not_in_office", SEATS_SOURCE, organisation=applicant)
    return organisation.kind


def complete(form: ApplicationForm, applicant: str, facts: Facts) -> Application:
    """Make an application of a form without blanks, on a basis in force, with an officer who answers for it.

    Raises:
        Refused: `task_admission.incomplete` (names each field), `task_admission.legal_basis_missing`,
            `task_admission.legal_basis_repealed`, `task_admission.claim_missing`,
            `task_admission.accountable_officer_missing`, `task_admission.term_open_ended`.
    """
    blank = [name for name in REQUIRED if getattr(form, name) is None]
    if form.start_on is None or blank:
        raise Refused("task_admission.incomplete", FORM_SOURCE, fields=[*blank])
    check_basis(form.legal_basis, form.start_on, facts)
    if form.claim is None:
        raise Refused("task_admission.claim_missing", "S3-09", choices=["own", "delegated", "assist"])
    check_officer(form.accountable_officer, applicant, facts)
    if form.end_on is None:
        raise Refused("task_admission.term_open_ended", TERM_SOURCE, start_on=form.start_on.isoformat())
    term = Term(start_on=form.start_on, end_on=form.end_on)
    given = {name: getattr(form, name) for name in ApplicationForm.model_fields if name not in Term.model_fields}
    return Application.model_validate({**given, "term": term})


def check_basis(basis: LegalBasis | None, start_on: date, facts: Facts) -> None:
    """Let nothing be asked without a provision in force on the first day; no power without law.

    Source:
        S2-01; L-RC25:43¶2.
    """
    if basis is None:
        raise Refused("task_admission.legal_basis_missing", BASIS_SOURCE)
    if is_in_force(basis, facts, start_on):
        return
    code = "legal_basis_repealed" if was_law_before(basis, facts, start_on) else "legal_basis_missing"
    details = {"instrument": basis.instrument, "article": basis.article, "start_on": start_on.isoformat()}
    raise Refused(f"task_admission.{code}", BASIS_SOURCE, **details)


def check_officer(officer: str | None, applicant: str, facts: Facts) -> None:
    """Let one named person in the applying body's office answer for the item (条专到底).

    Source:
        S3-12.
    """
    code = "task_admission.accountable_officer_missing"
    if officer is None:
        raise Refused(code, OFFICER_SOURCE, why="not_named")
    if facts[PersonNamed(officer)] is None:
        raise Refused(code, OFFICER_SOURCE, why="unknown_person", person=officer)
    on = facts.asked.on
    if not any(seat.organisation == applicant and seat.spell.covers(on) for seat in facts[SeatsOf(officer)]):
        raise Refused(code, OFFICER_SOURCE, why="not_in_office", person=officer, organisation=applicant)


def check_term(application: Application, facts: Facts) -> Warnings:
    """Let the work last no longer than the pack's maximum, the first day counted.

    Raises:
        Refused: `task_admission.term_too_long` (names the last lawful day).
    """
    maximum = facts.law[TERM_MAXIMUM]
    longest_on = reckon(maximum.value, application.term.start_on - ONE_DAY, facts.calendar).raw_on
    if application.term.end_on <= longest_on:
        return NO_WARNING
    return (
        maximum.breach(
            "task_admission.term_too_long",
            end_on=application.term.end_on.isoformat(),
            longest_on=longest_on.isoformat(),
            maximum=str(maximum.value),
        ),
    )


def check_lead_time(application: Application, facts: Facts, *, on: date, is_emergency: bool) -> Warnings:
    """Let an application come early enough before the first day; an emergency, on that day at the latest.

    Args:
        on: The day it came on; of a form that was mended, that of the first one.

    Source:
        DL-01; ADMISSION §8 item 20 (never back-dated).

    Raises:
        Refused: `task_admission.lead_time_too_short` (names the earliest lawful first day).
    """
    code = "task_admission.lead_time_too_short"
    start_on, today = application.term.start_on, facts.asked.on
    if is_emergency:
        if today > start_on:
            raise Refused(code, "ADMISSION §8.20", start_on=start_on.isoformat(), earliest_start_on=today.isoformat())
        return NO_WARNING
    period = facts.law[LEAD_TIME_PERIOD]

    def latest_for(day: date) -> date:
        return reckon(period.value, day, facts.calendar, back=True).raw_on

    if on <= latest_for(start_on):
        return NO_WARNING
    earliest = next(day for day in facts.calendar.onward(max(start_on, on)) if on <= latest_for(day))
    days = {"start_on": start_on.isoformat(), "earliest_start_on": earliest.isoformat()}
    return (period.breach(code, **days, period=str(period.value)),)


def check_asked_once(application: Application, community: str, facts: Facts) -> Warnings:
    """Let one community carry one item once, and collect data that exist no second time.

    Source:
        S4-35; S1e-33.

    Raises:
        Refused: `task_admission.duplicate_item`, `task_admission.duplicate_data_request` (both name what exists).
    """
    key = item_key(community, application.legal_basis, application.matter)
    others = facts[CasesHolding(key)]
    if others:
        raise Refused("task_admission.duplicate_item", "S4-35", cases=[*others])
    once = facts.law[DATA_COLLECTED_ONCE]
    if not once.value or not application.data_requests:
        return NO_WARNING
    wanted = {each.dataset for each in application.data_requests}
    catalogue = read_list(facts, DATASET_CATALOGUE, application.term.start_on)
    return tuple(
        once.breach("task_admission.duplicate_data_request", dataset=entry.matter, reference=entry.id)
        for entry in catalogue.entries
        if entry.matter in wanted
    )


def check_posts(added_posts: int, facts: Facts) -> Warnings:
    """Let no department add full-time posts in a community on its own.

    Source:
        S1e-27.

    Raises:
        Refused: `task_admission.added_staff`.
    """
    allowed = facts.law[ADDED_POSTS_ALLOWED]
    if added_posts <= allowed.value:
        return NO_WARNING
    return (allowed.breach("task_admission.added_staff", posts=added_posts, allowed=allowed.value),)


def check_consent(application: Application, drafted: ApplicationDrafted, applicant_kind: str, facts: Facts) -> Warnings:
    """Let a department ask a residents' committee only with the consent that the law of the day of application demands.

    Until 2025-12-31 the government, or its dispatched office, had to agree to any assistance, listed or not. A village
    committee and a government or subdistrict that asks itself were never under that rule.

    Source:
        L-RC18:20; ADMISSION §8 item 9; dossier C22.

    Raises:
        Refused: `task_admission.consent_missing`.
    """
    needed = facts.law[CONSENT_NEEDED]
    is_bound = drafted.community_kind == "residents_committee" and applicant_kind not in GOVERNMENT_KINDS
    if not (needed.value and is_bound):
        return NO_WARNING
    defect = _consent_defect(application.consent, drafted.applicant, facts)
    return NO_WARNING if defect is None else (needed.breach("task_admission.consent_missing", why=defect),)


def _consent_defect(
    consent: Consent | None, applicant: str, facts: Facts
) -> Literal["not_attached", "given_later", "not_a_government", "own_consent"] | None:
    if consent is None:
        return "not_attached"
    if consent.given_on > facts.asked.on:
        return "given_later"
    if consent.organisation == applicant:
        return "own_consent"
    giver = facts[OrganisationNamed(consent.organisation)]
    if giver is None or giver.kind not in GOVERNMENT_KINDS or not giver.spell.covers(consent.given_on):
        return "not_a_government"
    return None
