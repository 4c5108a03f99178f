"""Authority is granted, people are named; the work begins when everything is there, or is refused when it is not."""

from typing import Any, Final

from domain.formulas.staffing import STATION_STAFF, station_staff
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import OrganisationNamed, PersonNamed
from domain.kernel.errors import Refused
from domain.kernel.facts import BurdenOf, Facts, Need
from domain.kernel.limits import close_all
from domain.kernel.messages import Warned
from domain.task_admission.commands import ActivateTask, GrantAuthority, NamePeople, RecheckProof, RefuseTask
from domain.task_admission.commands.legs import Assignment, Leg
from domain.task_admission.events import (
    AdmissionApproved,
    AuthorityGranted,
    LegLost,
    PeopleNamed,
    TaskRefusedByCommunity,
)
from domain.task_admission.rules.agreement import side_of
from domain.task_admission.rules.money import release_all, return_received
from domain.task_admission.rules.parameters import COMMUNITY_CAPACITY, UNDELEGABLE_POWERS
from domain.task_admission.rules.payments import mandate_end_date
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.proof import (
    activated,
    authority_on,
    holds_office,
    people_on,
    proof_needs,
    refusal_on,
    unpaid_on,
    with_activation,
)
from domain.task_admission.rules.submission import check_officer, check_posts
from domain.task_admission.state import Active, AdmissionState, Agreed, AgreementPending, FundsPending, Listed

SOURCE: Final = "S0-08, S4-32"
QUOTA_SOURCE: Final = "S1e-31"
PEOPLE_MISSING: Final = "task_admission.people_missing"
REFUSAL_SOURCE: Final = "X-ZG"
Owing = AgreementPending | FundsPending


def naming_needs(command: NamePeople, state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name the people, their offices, and what the community can bear."""
    if not isinstance(state, Owing):
        return ()
    named = {each.person for each in command.people}
    if command.accountable_officer is not None:
        named.add(command.accountable_officer)
    community = state.drafted.community
    return (
        *proof_needs(state, *named),
        *(PersonNamed(person) for person in sorted(named)),
        OrganisationNamed(community),
        BurdenOf(community),
    )


def grant(command: GrantAuthority, state: AdmissionState, facts: Facts) -> Events:
    """Hand the power over, as wide as the decision, from the first day on, to the end or to a day that is named.

    Source:
        S0-08; S4-32; X-136.

    Raises:
        Refused: `task_admission.authority_not_delegable`, `task_admission.authority_too_narrow`.
    """
    match state:
        case AgreementPending() | FundsPending():
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
    approved = _approved(state)
    term = state.application.term if approved is None else approved.term
    missing = [] if approved is None else [line for line in approved.scope if line not in command.scope]
    if missing:
        raise _too_narrow(why="scope", lines=[*missing])
    until_on = command.until_on or term.end_on
    if command.from_on > term.start_on:
        raise _too_narrow(why="begins_late", start_on=term.start_on.isoformat())
    if until_on < max(term.start_on, facts.asked.on):
        raise _too_narrow(why="ends_early", start_on=term.start_on.isoformat())
    return AuthorityGranted(
        power=command.power,
        kind=command.kind,
        scope=command.scope,
        from_on=command.from_on,
        until_on=until_on,
        organisation=facts.asked.organisation or state.drafted.applicant,
        by=facts.asked.person,
        on=facts.asked.on,
        warnings=warnings,
    )


def _approved(state: Owing) -> AdmissionApproved | None:
    """Give the decision whose scope the authority must cover; of a listed item there is none."""
    if isinstance(state, AgreementPending):
        return state.approved
    return state.item.approved if isinstance(state.item, Agreed) else None


def _too_narrow(**details: Any) -> Refused:
    return Refused("task_admission.authority_too_narrow", SOURCE, **details)


def _grants_the_same(one: AuthorityGranted, other: AuthorityGranted) -> bool:
    return one.model_copy(update={"by": other.by, "on": other.on}) == other


def name_people(command: NamePeople, state: AdmissionState, facts: Facts) -> Events:
    """Name who does the work; each side names its own, and the department the officer who answers for it.

    Source:
        S0-08; S3-12; S1e-27; S1e-31; ADMISSION §8 item 19.

    Raises:
        Refused: `task_admission.accountable_officer_missing`, `task_admission.person_not_in_office`,
            `task_admission.added_staff`, `task_admission.over_quota`, `task_admission.people_missing`.
    """
    match state:
        case AgreementPending() | FundsPending():
            named = _named(command, state, facts)
            if any(_names_the_same(each.event, named) for each in state.legs.people):
                return NOTHING_NEW
            return with_activation(state, (named,), facts)
        case _:
            raise wrong_phase(command, state)


def _named(command: NamePeople, state: Owing, facts: Facts) -> PeopleNamed:
    side = side_of(state, facts)
    if side == "department":
        check_officer(command.accountable_officer, state.drafted.applicant, facts)
    for each in command.people:
        if facts[PersonNamed(each.person)] is None or not holds_office(each, facts.asked.on, facts):
            details = {"person": each.person, "organisation": each.organisation}
            raise Refused("task_admission.person_not_in_office", SOURCE, **details)
    warnings = check_posts(command.added_posts, facts)
    if side == "community":
        warnings = (*warnings, *_check_quota(command.people, state.drafted.community, facts))
    if not command.people:
        _check_none_needed(command, state, facts)
    return PeopleNamed(
        side=side,
        people=command.people,
        accountable_officer=command.accountable_officer,
        none_needed=command.none_needed,
        by=facts.asked.person,
        on=facts.asked.on,
        warnings=warnings,
    )


def _check_quota(people: tuple[Assignment, ...], community: str, facts: Facts) -> tuple[Warned, ...]:
    """Let the community's station name no more people than the district's formula gives it.

    Source:
        S1e-31; S3-14.
    """
    organisation = facts[OrganisationNamed(community)]
    if STATION_STAFF not in facts.law or organisation is None or organisation.households is None:
        return ()
    quota = station_staff(facts.law, households=organisation.households).value
    if len(people) <= quota:
        return ()
    rule = facts.law[STATION_STAFF]
    return (rule.breach("task_admission.over_quota", named=len(people), quota=quota, clause=QUOTA_SOURCE),)


def _check_none_needed(command: NamePeople, state: Owing, facts: Facts) -> None:
    """Let nobody be named only with a reason, and where the district knows that the community has the hours to spare.

    Source:
        ADMISSION §8 item 19.
    """
    if command.none_needed is None:
        raise Refused(PEOPLE_MISSING, SOURCE, why="not_named")
    if COMMUNITY_CAPACITY not in facts.law:
        raise Refused(PEOPLE_MISSING, SOURCE, why="capacity_not_set")
    carried, asked = facts[BurdenOf(state.drafted.community)].hours_a_month, state.application.workload.hours_a_month
    capacity = facts.law[COMMUNITY_CAPACITY].value
    if carried + asked > capacity:
        hours = {"carried": carried, "asked": asked, "capacity": capacity}
        raise Refused(PEOPLE_MISSING, SOURCE, why="no_spare_capacity", **hours)


def _names_the_same(one: PeopleNamed, other: PeopleNamed) -> bool:
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

    The right opens on the first day overdue. Authority is due by the first day of the work.

    Source:
        X-ZG; L-RC25:40¶2, 43¶1; ADMISSION §8 items 18, 21, 29.

    Raises:
        Refused: `task_admission.nothing_overdue`, `task_admission.statutory_duty`.
    """
    match state:
        case AgreementPending() | FundsPending():
            is_listed = isinstance(state, FundsPending) and isinstance(state.item, Listed)
            if not _is_overdue(command.leg, state, facts):
                code = "statutory_duty" if is_listed else "nothing_overdue"
                raise Refused(f"task_admission.{code}", REFUSAL_SOURCE, leg=command.leg)
            refused = TaskRefusedByCommunity(
                leg=command.leg, reasons=command.reasons, by=facts.asked.person, on=facts.asked.on
            )
            settled = (*return_received(state.money), *release_all(state.money, "refused"))
            return *settled, refused, *close_all(facts)
        case _:
            raise wrong_phase(command, state)


def _is_overdue(leg: Leg, state: Owing, facts: Facts) -> bool:
    day = facts.asked.received_on
    if isinstance(state, AgreementPending):
        return leg == "authority" and day > state.approved.term.start_on and not state.legs.authority
    if leg == "authority":
        is_listed = isinstance(state.item, Listed)
        return not is_listed and day > state.item.term.start_on and not authority_on(day, state, facts)
    return any(day > due_on for _, due_on, _ in unpaid_on(day, state))


def recheck(command: RecheckProof, state: AdmissionState, facts: Facts) -> Events:
    """Note a leg that stood and no longer does; the same change twice is nothing new.

    Source:
        ADMISSION §6; §8 item 30.
    """
    day = facts.asked.received_on
    if not isinstance(state, FundsPending | Active) or day > state.item.term.end_on:
        return NOTHING_NEW
    stood: dict[Leg, bool] = {
        "authority": isinstance(state.item, Listed) or bool(state.legs.authority),
        "people": bool(state.legs.people),
    }
    stands: dict[Leg, bool] = {
        "authority": bool(authority_on(day, state, facts)),
        "people": bool(people_on(day, state, facts)),
    }
    known = {(each.leg, each.because) for each in state.legs.lost}
    return tuple(
        LegLost(leg=leg, because=command.because, on=day)
        for leg, was in stood.items()
        if was and not stands[leg] and (leg, command.because) not in known
    )
