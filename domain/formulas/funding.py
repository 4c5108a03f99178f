"""How much money, and by which hand (TV-S2 to S4, S7, Q1, Q2, C2 to C4, C7)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any, Final, Literal, assert_never

from pydantic import Field

from domain.formulas.findings import Count, Finding, Proration, prorated
from domain.kernel.messages import Record, Warned
from domain.kernel.money import Fen, round_half_up
from domain.kernel.policy import Law, Parameter, Reading

_MONTHS_IN_YEAR: Final = 12


class ByHouseholds(Record):
    """So much for so many households."""

    fen: Fen
    households: Annotated[int, Field(gt=0)]
    proration: Proration


class YearlyFloor(Record):
    """The least a year; a part of a year in proportion to its months, or in full."""

    least_fen: Fen
    proration: Literal["monthly", "none"]


class YearlyGrowth(Record):
    """What becomes of money that does not grow from year to year."""

    equal: Literal["accepted", "warned", "refused"]
    less: Literal["warned", "refused"]


class CitySubsidy(Record):
    """So much a person a year, by person-months."""

    fen_per_person: Fen
    proration: Literal["monthly"]


class DistrictMatch(Record):
    """The least a district adds, for each person and month."""

    fen_per_person_month: Fen
    months: Count


STATION_FUNDS: Final = Parameter("station_funds", ByHouseholds)
WORKING_FUNDS: Final = Parameter("working_funds", ByHouseholds)
COMMITTEE_FUNDS: Final = Parameter("committee_funds", YearlyFloor)
YEARLY_GROWTH: Final = Parameter("yearly_growth", YearlyGrowth)
SETTLEMENT_CONTRIBUTION: Final = Parameter[int]("settlement_contribution", Fen)
STATION_EMPLOYEE_SUBSIDY: Final = Parameter[int]("station_employee_subsidy", Fen)
CITY_SUBSIDY: Final = Parameter("city_subsidy", CitySubsidy)
DISTRICT_MATCH: Final = Parameter("district_match", DistrictMatch)
PAY_BASE: Final = Parameter[int]("pay_base", Fen)
PAYERS: Final = Parameter("payers", tuple[str, ...])


def station_funds(law: Law, *, households: int) -> Finding[int]:
    """Say what a service station gets a year, in fen.

    Source:
        S3-18; dossier TV-S2, §9 C12 (in proportion, not by full thousands).
    """
    return _by_households(law[STATION_FUNDS], households)


def working_funds(law: Law, *, households: int) -> Finding[int]:
    """Say what a community gets a year to work with, in fen; a new community without households gets nothing yet.

    Source:
        S1a-25; dossier TV-Q1.
    """
    return _by_households(law[WORKING_FUNDS], households)


def _by_households(rule: Reading[ByHouseholds], households: int) -> Finding[int]:
    terms = rule.value
    return Finding(rule, round_half_up(terms.fen * prorated(households, terms.households, terms.proration)), "fen")


def committee_funds(law: Law, *, amount_fen: int, months: int = _MONTHS_IN_YEAR) -> Finding[int]:
    """Check a committee's yearly money against its floor; a committee of a part of a year has that part of it.

    Returns:
        The floor, in fen.

    Source:
        S3-19; dossier TV-S3.

    Raises:
        Refused: `appropriation.below_floor`, where the rule binds.
    """
    rule = law[COMMITTEE_FUNDS]
    part = Fraction(months, _MONTHS_IN_YEAR) if rule.value.proration == "monthly" else Fraction(1)
    return _floor(rule, "appropriation.below_floor", amount_fen, rule.value.least_fen * part)


def yearly_growth(law: Law, *, previous_fen: int, current_fen: int) -> Finding[None]:
    """Check that money grows from year to year (逐年增长): the same again is doubtful, less is not.

    Source:
        S3-24; dossier TV-S4.

    Raises:
        Refused: `appropriation.not_grown`, where the rule binds.
    """
    rule = law[YEARLY_GROWTH]
    if current_fen > previous_fen:
        return Finding(rule, None)
    outcome = rule.value.equal if current_fen == previous_fen else rule.value.less
    details = {"previous_fen": previous_fen, "current_fen": current_fen}
    match outcome:
        case "accepted":
            return Finding(rule, None)
        case "warned":
            return Finding(
                rule, None, warned=Warned(code="appropriation.not_grown", source=rule.source, details={**details})
            )
        case "refused":
            return Finding(rule, None, warned=rule.breach("appropriation.not_grown", **details))
        case _:
            assert_never(outcome)


def settlement_contribution(law: Law, *, new_households: int, amount_fen: int) -> Finding[int]:
    """Check what is paid for households that settled this year; more is welcome.

    Returns:
        The least, in fen.

    Source:
        S1a-15; dossier TV-Q2 (a household is new in the year it settles).

    Raises:
        Refused: `appropriation.below_contribution`, where the rule binds.
    """
    rule = law[SETTLEMENT_CONTRIBUTION]
    return _floor(rule, "appropriation.below_contribution", amount_fen, Fraction(rule.value * new_households))


def committee_subsidy(law: Law, *, station_employee: bool, amount_fen: int) -> Finding[None]:
    """Check the subsidy of a committee member: who is employed by the station gets no second one.

    Source:
        S3-22; dossier TV-S7.

    Raises:
        Refused: `appropriation.double_subsidy`, where the rule binds.
    """
    rule = law[STATION_EMPLOYEE_SUBSIDY]
    if station_employee and amount_fen > rule.value:
        warned = rule.breach("appropriation.double_subsidy", amount_fen=amount_fen, most_fen=rule.value)
        return Finding(rule, None, warned=warned)
    return Finding(rule, None)


def city_subsidy(law: Law, *, months: Sequence[tuple[int, int]]) -> Finding[int]:
    """Say what the city pays for centre staff, in fen.

    Each month is capped at the approved number before months are added up; the centre's head is not counted.

    Args:
        months: Persons present and persons approved, for each month.

    Source:
        S1e-24, S1e-15; dossier TV-C2.
    """
    rule = law[CITY_SUBSIDY]
    person_months = sum(min(actual, approved) for actual, approved in months)
    amount = round_half_up(Fraction(rule.value.fen_per_person * person_months, _MONTHS_IN_YEAR))
    return Finding(rule, amount, "fen", more={"person_months": person_months})


def district_match(law: Law, *, persons: int, amount_fen: int) -> Finding[int]:
    """Check what the district adds for a year.

    Returns:
        The least, in fen.

    Source:
        S1e-25; dossier TV-C3.

    Raises:
        Refused: `appropriation.below_match`, where the rule binds.
    """
    rule = law[DISTRICT_MATCH]
    least = rule.value.fen_per_person_month * rule.value.months * persons
    return _floor(rule, "appropriation.below_match", amount_fen, Fraction(least))


def pay_base(law: Law, *, monthly_fen: int) -> Finding[int]:
    """Check a worker's monthly pay against the base.

    Returns:
        The base, in fen.

    Source:
        S1e-23; dossier TV-C4.

    Raises:
        Refused: `appropriation.below_pay_base`, where the rule binds.
    """
    rule = law[PAY_BASE]
    return _floor(rule, "appropriation.below_pay_base", monthly_fen, Fraction(rule.value))


def payment_channel(law: Law, *, payer: str, payee: str) -> Finding[None]:
    """Check that money comes by a hand that may give it; who bears the cost is another question.

    Source:
        S1e-26; dossier TV-C7, §9 C04.

    Raises:
        Refused: `appropriation.forbidden_channel`, where the rule binds.
    """
    rule = law[PAYERS]
    if payer in rule.value:
        return Finding(rule, None)
    warned = rule.breach("appropriation.forbidden_channel", payer=payer, payee=payee, payers=list(rule.value))
    return Finding(rule, None, warned=warned)


def _floor(rule: Reading[Any], code: str, amount_fen: int, least: Fraction) -> Finding[int]:
    """Compare with the exact floor; only what is shown of it is rounded."""
    needed = round_half_up(least)
    warned = rule.breach(code, amount_fen=amount_fen, needed_fen=needed) if amount_fen < least else None
    return Finding(rule, needed, "fen", warned)
