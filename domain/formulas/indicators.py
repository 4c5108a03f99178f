"""What a place must have for its people: doctors, social workers, beds, rooms (TV-G1, TV-B1)."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Final, Literal

from pydantic import Field

from domain.formulas.findings import Finding, Proration, Ratio, prorated
from domain.kernel.exact import Exact
from domain.kernel.messages import Record
from domain.kernel.money import round_up
from domain.kernel.policy import Law, Parameter

Indicator = Literal["general_practitioners", "social_workers", "elder_beds"]


class AreaByHouseholds(Record):
    """So many square metres for so many households."""

    square_metres: Exact
    households: Annotated[int, Field(gt=0)]
    proration: Proration


INDICATORS: Final[Mapping[Indicator, Parameter[Ratio]]] = {
    "general_practitioners": Parameter("general_practitioners", Ratio),
    "social_workers": Parameter("social_workers", Ratio),
    "elder_beds": Parameter("elder_beds", Ratio),
}
FACILITY_AREA: Final = Parameter("facility_area", AreaByHouseholds)


def indicator_minimum(law: Law, *, indicator: Indicator, population: int) -> Finding[int]:
    """Say how many of them a population needs; a part of one (不少于) needs a whole one.

    Args:
        population: Residents; for beds, older people.

    Source:
        S0-31 to S0-33; dossier TV-G1.
    """
    rule = law[INDICATORS[indicator]]
    return Finding(rule, round_up(population * rule.value.least / rule.value.per), rule.unit)


def facility_area(law: Law, *, households: int) -> Finding[Fraction]:
    """Say how many square metres of service rooms a community needs, exactly.

    Where another pack sets rooms of a fixed size, the larger of the two binds (dossier §9 C13).

    Source:
        S4-31; dossier TV-B1.
    """
    rule = law[FACILITY_AREA]
    terms = rule.value
    return Finding(rule, terms.square_metres * prorated(households, terms.households, terms.proration), rule.unit)
