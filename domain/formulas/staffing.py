"""How many people: stations, committees, centres, volunteers (TV-S1, S5, Q3, Q4, C1, C5, C6)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Final

from pydantic import Field

from domain.formulas.findings import Band, Count, Finding, Rounding, rounded
from domain.kernel.errors import Refused
from domain.kernel.exact import Exact
from domain.kernel.messages import Record
from domain.kernel.money import round_up
from domain.kernel.policy import Law, Parameter

_TOP_CLASS: Final = "1"


class StationStaff(Record):
    """A base for a first number of households, then more for each further lot, up to a cap."""

    least: Count
    base_households: Count
    step_households: Annotated[int, Field(gt=0)]
    persons_per_step: Count
    most: Count
    rounding: Rounding


class StationPosts(Record):
    """Who leads a station."""

    leaders: Count
    deputies: Band


class CommitteeRequired(Record):
    """From when a settlement has a committee of its own."""

    households_above: Count
    occupancy_from: Exact


class VolunteerShares(Record):
    """Least share of registered volunteers in the population."""

    ordinary: Exact
    demonstration: Exact


class CommunitySize(Record):
    """The size a community should have, by households or by persons."""

    households: Band
    population: Band | None = None


class Headcount(Record):
    """The places approved for a city, and those already filled."""

    existing: Count
    approved: Count


STATION_STAFF: Final = Parameter("station_staff", StationStaff)
STATION_POSTS: Final = Parameter("station_posts", StationPosts)
COMMITTEE_REQUIRED: Final = Parameter("committee_required", CommitteeRequired)
COMMITTEE_MEMBERS: Final = Parameter("committee_members", Band)
VOLUNTEERS: Final = Parameter("volunteers", VolunteerShares)
COMMUNITY_SIZE: Final = Parameter("community_size", CommunitySize)
STATION_ESTABLISHMENT: Final = Parameter("station_establishment", dict[str, int])
CENTRE_BASE: Final = Parameter("centre_headcount_base", int)
CENTRE_WEIGHTS: Final = Parameter("centre_headcount_weights", dict[str, Exact])
HEADCOUNT: Final = Parameter("headcount", Headcount)


def station_staff(law: Law, *, households: int) -> Finding[int]:
    """Say how many persons work in a service station.

    The base is also the least; only completed lots of further households count; with several committees to one
    station *households* is the sum of theirs.

    Source:
        S3-14; dossier TV-S1.
    """
    rule = law[STATION_STAFF]
    terms = rule.value
    further = Fraction(max(households - terms.base_households, 0), terms.step_households)
    staff = terms.least + terms.persons_per_step * rounded(further, terms.rounding)
    return Finding(rule, min(staff, terms.most), "persons")


def station_leaders(law: Law, *, staff: int, leaders: int, deputies: int) -> Finding[None]:
    """Check who leads a station: leader and deputies count inside the staff.

    Source:
        S3-15; dossier TV-S1.

    Raises:
        Refused: `staffing.leaders`, `staffing.deputies`, `staffing.more_leaders_than_staff`; where the rule binds.
    """
    rule = law[STATION_POSTS]
    warned = None
    if leaders != rule.value.leaders:
        warned = rule.breach("staffing.leaders", leaders=leaders, needed=rule.value.leaders)
    if deputies not in rule.value.deputies:
        band = rule.value.deputies
        warned = rule.breach("staffing.deputies", deputies=deputies, least=band.least, most=band.most)
    if leaders + deputies > staff:
        warned = rule.breach("staffing.more_leaders_than_staff", leaders=leaders + deputies, staff=staff)
    return Finding(rule, None, warned=warned)


def committee_required(
    law: Law, *, households: int | None = None, units: int | None = None, occupied: int | None = None
) -> Finding[bool]:
    """Say whether a settlement needs a committee of its own.

    An existing one by its households (超过 excludes the number), a new estate by the share of occupied units (达到
    includes it), compared as exact fractions.

    Args:
        households: Of an existing settlement; or
        units: Of a new estate, with *occupied*.

    Source:
        S3-06, S3-07; dossier TV-S5.
    """
    rule = law[COMMITTEE_REQUIRED]
    if households is not None:
        return Finding(rule, households > rule.value.households_above, "yes or no")
    share = Fraction(occupied or 0, units or 1)
    return Finding(rule, share >= rule.value.occupancy_from, "yes or no")


def committee_size(law: Law, *, members: int) -> Finding[None]:
    """Check how many members a committee has.

    Source:
        S3-16; L-RC25:8; dossier TV-S5.

    Raises:
        Refused: `staffing.committee_size`, where the rule binds.
    """
    rule = law[COMMITTEE_MEMBERS]
    band = rule.value
    if members in band:
        return Finding(rule, None)
    return Finding(
        rule, None, warned=rule.breach("staffing.committee_size", members=members, least=band.least, most=band.most)
    )


def volunteers(law: Law, *, population: int, registered: int, demonstration: bool = False) -> Finding[int]:
    """Check the registered volunteers against the least share of the population, by exact fraction.

    Returns:
        How many are needed.

    Source:
        S1a-21; dossier TV-Q3.

    Raises:
        Refused: `staffing.too_few_volunteers` with the number needed, where the rule binds.
    """
    rule = law[VOLUNTEERS]
    share = rule.value.demonstration if demonstration else rule.value.ordinary
    needed = round_up(population * share)
    warned = None
    if registered < needed:
        warned = rule.breach("staffing.too_few_volunteers", registered=registered, needed=needed)
    return Finding(rule, needed, "persons", warned)


def community_size(law: Law, *, households: int, population: int | None = None) -> Finding[None]:
    """Check the size of a community; the households *or* the persons may fit.

    Source:
        S1a-02; L-RC25:3; dossier TV-Q4, §9 C10.

    Raises:
        Refused: `staffing.community_size`, where a district makes the rule bind.
    """
    rule = law[COMMUNITY_SIZE]
    by_population = rule.value.population
    if households in rule.value.households or (
        population is not None and by_population is not None and population in by_population
    ):
        return Finding(rule, None)
    warned = rule.breach("staffing.community_size", households=households, population=population)
    return Finding(rule, None, warned=warned)


def station_establishment(law: Law, *, subdistrict_class: int) -> Finding[int]:
    """Say how many posts a station has by the class of its subdistrict; above class one counts as class one.

    Source:
        S1e-10; dossier TV-C1.

    Raises:
        Refused: `staffing.no_such_class`.
    """
    rule = law[STATION_ESTABLISHMENT]
    named = _TOP_CLASS if subdistrict_class < int(_TOP_CLASS) else str(subdistrict_class)
    if named not in rule.value:
        raise Refused("staffing.no_such_class", rule.source, given=subdistrict_class)
    return Finding(rule, rule.value[named], "posts")


def headcount_allocation(law: Law, *, approved: int, allocated: Sequence[int]) -> Finding[int]:
    """Check that what the districts were given makes up the approved total, no more and no less.

    Returns:
        The places still to be filled, where the approved total is the one on record; else the total itself.

    Source:
        S1e-12; dossier TV-C5.

    Raises:
        Refused: `staffing.allocation_sum`, where the rule binds.
    """
    rule = law[HEADCOUNT]
    total = sum(allocated)
    warned = None
    if total != approved:
        warned = rule.breach("staffing.allocation_sum", allocated=total, approved=approved)
    on_record = rule.value
    to_hire = on_record.approved - on_record.existing
    more: Mapping[str, int] = {"to_hire": to_hire} if approved == on_record.approved else {}
    return Finding(rule, total, "persons", warned, more)


def centre_headcount(law: Law, *, index: Fraction) -> Finding[Fraction]:
    """Say how many persons work in a community centre: a base times the community's weighted index.

    The index means nothing without the weights it was made with. They stand in an annex that is missing, so without a
    district's own the answer is a refusal, never a guess.

    Source:
        S1e-11; dossier TV-C6.

    Raises:
        Refused: `policy.not_set`.
    """
    rule = law[CENTRE_BASE]
    _ = law[CENTRE_WEIGHTS]
    return Finding(rule, rule.value * index, "persons")
