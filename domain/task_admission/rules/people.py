"""People are named for the work: each side names its own, and the department the officer who answers for it."""

from typing import Any, Final, cast

from domain.formulas.staffing import STATION_STAFF, station_staff
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import OrganisationNamed, PersonNamed
from domain.kernel.errors import Refused
from domain.kernel.facts import BurdenOf, Facts, Need
from domain.kernel.messages import Warned
from domain.task_admission.commands import NamePeople
from domain.task_admission.commands.legs import Assignment
from domain.task_admission.events import PeopleNamed
from domain.task_admission.events.agreement import Side
from domain.task_admission.rules.agreement import side_of
from domain.task_admission.rules.chain import PART_OF
from domain.task_admission.rules.ends import known_ends
from domain.task_admission.rules.parameters import COMMUNITY_CAPACITY
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.proof import SOURCE, Owing, folded, holds_office, proof_needs, with_activation
from domain.task_admission.rules.separation import hold_one_part
from domain.task_admission.rules.submission import check_officer, check_posts
from domain.task_admission.state import AdmissionState, AgreementPending, FundsPending, Suspended

QUOTA_SOURCE: Final = "S1e-31"
OWN_SOURCE: Final = "ADMISSION §5, S3-12"
PEOPLE_MISSING: Final = "task_admission.people_missing"


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


def name_people(command: NamePeople, state: AdmissionState, facts: Facts) -> Events:
    """Name who does the work; each side names its own, and the department the officer who answers for it.

    Source:
        S0-08; S3-12; S1e-27; S1e-31; ADMISSION §8 item 19.

    Raises:
        Refused: `task_admission.accountable_officer_missing`, `task_admission.not_yours_to_name`,
            `task_admission.person_not_in_office`, `task_admission.added_staff`, `task_admission.over_quota`,
            `task_admission.people_missing`, `task_admission.substitute_needed`.
    """
    match state:
        case AgreementPending() | FundsPending() | Suspended():
            named = _named(command, state, facts)
            if any(_names_the_same(each.event, named) for each in state.legs.people):
                return NOTHING_NEW
            after = cast("Owing", folded(state, (named,), facts.version))
            return with_activation(state, (named, *known_ends(after, facts)), facts)
        case _:
            raise wrong_phase(command, state)


def _named(command: NamePeople, state: Owing, facts: Facts) -> PeopleNamed:
    side = side_of(state, facts)
    hold_one_part(PART_OF[side], state, facts)
    if side == "department":
        check_officer(command.accountable_officer, state.drafted.applicant, facts)
    _check_own(command, side, state)
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


def _check_own(command: NamePeople, side: Side, state: Owing) -> None:
    """Let no side name the people of the other, nor the community the officer who answers for it in the department.

    Source:
        ADMISSION §5; S3-12.
    """
    applicant, community = state.drafted.applicant, state.drafted.community
    other = community if side == "department" else applicant
    named = [(each.person, each.organisation) for each in command.people]
    if side == "community" and command.accountable_officer is not None:
        named.append((command.accountable_officer, applicant))
    for person, organisation in named:
        if organisation == other:
            raise Refused("task_admission.not_yours_to_name", OWN_SOURCE, person=person, organisation=organisation)


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
