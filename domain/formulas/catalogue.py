"""Every rule that can be asked by name: its formula, its arguments, its answer (`policy eval`, `policy test`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any, Final, Literal, cast

from pydantic import JsonValue

from domain.formulas import arguments as given
from domain.formulas import funding, incomes, indicators, procurement, scores, staffing
from domain.formulas.arguments import Argument, Arguments
from domain.formulas.findings import Finding
from domain.kernel.calendar import Calendar
from domain.kernel.errors import BadInput, Refused
from domain.kernel.exact import decimal_text
from domain.kernel.policy import Law


@dataclass(frozen=True)
class Rule:
    """A formula and how it is asked.

    Attributes:
        formula: Takes the law and the arguments by the names below.
        takes: The arguments; the name people use, and how it is read.
        answers: `value`: the figure is the answer. `judges`: something is accepted, warned of or refused, and the
            figure is what it was measured by.
        together: What no single argument can say of itself: the first pair that does not fit is named.
    """

    formula: Callable[..., Finding[Any]]
    takes: Arguments
    answers: Literal["value", "judges"]
    together: Callable[[Mapping[str, Any]], None] = lambda _: None
    calendar: bool = False


@dataclass(frozen=True)
class Outcome:
    """The answer to `policy eval`, in the words of its contract.

    Attributes:
        value: JSON; what is not whole is a decimal string.
        pack: Whose value answered; the pack that was asked where none did.
        details: The figures a refusal's or warning's sentence needs, and those beside a value.
    """

    rule: str
    outcome: Literal["value", "accepted", "warned", "refused"]
    value: JsonValue
    unit: str | None
    code: str | None
    source: str
    pack: str
    details: Mapping[str, JsonValue]


def answer(name: str, arguments: Mapping[str, JsonValue], law: Law, calendar: Calendar) -> Outcome:
    """Ask one rule.

    Raises:
        BadInput: No such rule, or an argument that is missing, unknown or malformed.
    """
    if name not in RULES:
        raise BadInput("rule", name, "one of " + ", ".join(sorted(RULES)))
    rule = RULES[name]
    values = given.read(rule.takes, arguments)
    rule.together(values)
    formula = partial(rule.formula, law, calendar) if rule.calendar else partial(rule.formula, law)
    try:
        finding = formula(**values)
    except Refused as refused:
        needed = refused.details.get("needed", refused.details.get("needed_fen"))
        pack = law.packs[-1].name
        return Outcome(name, "refused", needed, None, refused.code, refused.source, pack, refused.details)
    if finding.warned is not None:
        outcome, code, details = "warned", finding.warned.code, finding.warned.details
    else:
        outcome, code, details = ("value" if rule.answers == "value" else "accepted"), None, dict(finding.more)
    value, by = _json(finding.value), finding.by
    return Outcome(name, outcome, value, finding.unit, code, by.source, by.pack, details)


def _json(value: object) -> JsonValue:
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else decimal_text(value)
    return value.isoformat() if isinstance(value, date) else cast("JsonValue", value)


def _one_of_two(values: Mapping[str, Any]) -> None:
    is_new = {"units", "occupied"} & values.keys()
    if ("households" in values) == bool(is_new) or (is_new and len(is_new) == 1):
        raise BadInput("households", "not one question", "households, or units and occupied")
    if is_new:
        _at_most("occupied", "units")(values)


def _at_most(smaller: str, larger: str) -> Callable[[Mapping[str, Any]], None]:
    def check(values: Mapping[str, Any]) -> None:
        if values[smaller] > values[larger]:
            raise BadInput(smaller, str(values[smaller]), f"at most {larger}, {values[larger]}")

    return check


def _forward(values: Mapping[str, Any]) -> None:
    if values["to_on"] < values["from_on"]:
        raise BadInput("to", values["to_on"].isoformat(), f"a day not before {values['from_on'].isoformat()}")


def _a_score_each(values: Mapping[str, Any]) -> None:
    weights, each = len(values["weights"]), len(values["scores"])
    if weights != each:
        raise BadInput("scores", f"{each} scores", f"{weights}, one for each weight")


def _within_the_sample(values: Mapping[str, Any]) -> None:
    _at_most("answered", "sampled")(values)
    _at_most("satisfied", "answered")(values)


def _households(least: Argument) -> Arguments:
    return {"households": least}


RULES: Final[Mapping[str, Rule]] = {
    "station_staff": Rule(staffing.station_staff, _households(given.POSITIVE), "value"),
    "station_leaders": Rule(
        staffing.station_leaders,
        {"staff": given.COUNT, "leaders": given.COUNT, "deputies": given.COUNT},
        "judges",
    ),
    "station_funds": Rule(funding.station_funds, _households(given.COUNT), "value"),
    "committee_funds": Rule(
        funding.committee_funds, {"amount_fen": given.FEN, "months": given.MONTHS.or_(12)}, "judges"
    ),
    "yearly_growth": Rule(funding.yearly_growth, {"previous_fen": given.FEN, "current_fen": given.FEN}, "judges"),
    "committee_required": Rule(
        staffing.committee_required,
        {
            "households": given.COUNT.optional(),
            "units": given.POSITIVE.optional(),
            "occupied": given.COUNT.optional(),
        },
        "value",
        _one_of_two,
    ),
    "committee_size": Rule(staffing.committee_size, {"members": given.COUNT}, "judges"),
    "worker_income": Rule(
        incomes.worker_income, {"income_fen": given.FEN, "disposable_income_fen": given.FEN}, "judges"
    ),
    "village_head_income": Rule(incomes.village_head_income, {"disposable_income_fen": given.FEN}, "value"),
    "committee_subsidy": Rule(
        funding.committee_subsidy, {"station_employee": given.YES_OR_NO, "amount_fen": given.FEN}, "judges"
    ),
    "working_funds": Rule(funding.working_funds, _households(given.COUNT), "value"),
    "settlement_contribution": Rule(
        funding.settlement_contribution, {"new_households": given.COUNT, "amount_fen": given.FEN}, "judges"
    ),
    "volunteers": Rule(
        staffing.volunteers,
        {"population": given.COUNT, "registered": given.COUNT, "demonstration": given.YES_OR_NO.or_(default=False)},
        "judges",
    ),
    "community_size": Rule(
        staffing.community_size, {"households": given.COUNT, "population": given.COUNT.optional()}, "judges"
    ),
    "station_establishment": Rule(
        staffing.station_establishment, {"class": given.COUNT.called("subdistrict_class")}, "value"
    ),
    "city_subsidy": Rule(funding.city_subsidy, {"months": given.MONTHS_PRESENT}, "value"),
    "district_match": Rule(funding.district_match, {"persons": given.COUNT, "amount_fen": given.FEN}, "judges"),
    "pay_base": Rule(funding.pay_base, {"monthly_fen": given.FEN}, "judges"),
    "headcount_allocation": Rule(
        staffing.headcount_allocation, {"approved": given.COUNT, "allocated": given.COUNTS}, "judges"
    ),
    "centre_headcount": Rule(staffing.centre_headcount, {"index": given.NUMBER}, "value"),
    "payment_channel": Rule(funding.payment_channel, {"payer": given.ROLE, "payee": given.ROLE}, "judges"),
    "indicator_minimum": Rule(
        indicators.indicator_minimum,
        {"indicator": given.one_of(*indicators.INDICATORS), "population": given.COUNT},
        "value",
    ),
    "facility_area": Rule(indicators.facility_area, _households(given.COUNT), "value"),
    "supplementary_contract": Rule(
        procurement.supplementary_contract, {"original_fen": given.FEN, "supplements_fen": given.FENS}, "judges"
    ),
    "performance_bond": Rule(
        procurement.performance_bond, {"contract_fen": given.FEN, "bond_fen": given.FEN}, "judges"
    ),
    "bid_bond": Rule(procurement.bid_bond, {"budget_fen": given.FEN, "bond_fen": given.FEN}, "judges"),
    "contract_term": Rule(
        procurement.contract_term,
        {
            "from": given.DAY.called("from_on"),
            "to": given.DAY.called("to_on"),
            "long_term_conditions": given.up_to(4).or_(0),
        },
        "judges",
        _forward,
    ),
    "overdue_interest": Rule(
        procurement.overdue_interest,
        {"amount_fen": given.FEN, "days": given.COUNT, "agreed_rate": given.NUMBER.optional()},
        "value",
    ),
    "payment_due": Rule(
        procurement.payment_due,
        {"accepted_on": given.DAY, "agreed_days": given.up_to(3650)},
        "value",
        calendar=True,
    ),
    "grade": Rule(scores.grade, {"score": given.SIGNED_NUMBER, "of": given.NUMBER.or_(Fraction(100))}, "value"),
    "weighted_score": Rule(
        scores.weighted_score, {"weights": given.NUMBERS, "scores": given.NUMBERS}, "value", _a_score_each
    ),
    "satisfaction_rate": Rule(
        scores.satisfaction_rate,
        {"sampled": given.COUNT, "answered": given.COUNT, "satisfied": given.COUNT},
        "value",
        _within_the_sample,
    ),
}
