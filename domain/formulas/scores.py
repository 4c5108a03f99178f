"""Grades, weighted scores and rates of satisfaction (TV-E1 to E4, E7, E8)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal

from domain.formulas.findings import Finding
from domain.kernel.errors import Refused
from domain.kernel.exact import Exact, decimal_text
from domain.kernel.messages import Record
from domain.kernel.money import round_half_up
from domain.kernel.policy import Law, Parameter

NO_DATA: Final = "no_data"


class Band(Record):
    """A grade and the share of the full score it begins at; it ends where the next one begins."""

    grade: str
    from_: Exact

    model_config = {"alias_generator": lambda name: name.rstrip("_")}


class SatisfactionWeight(Record):
    """What 主要权重 means: the least weight of satisfaction, and that no other is larger."""

    least: Exact
    is_largest: bool


class SatisfactionRate(Record):
    """Whom a rate is of, and what is said where nobody answered."""

    of: Literal["answered", "sampled"]
    empty: Literal["no_data"]


GRADE_BANDS: Final = Parameter("grade_bands", tuple[Band, ...])
SATISFACTION_WEIGHT: Final = Parameter("satisfaction_weight", SatisfactionWeight)
SATISFACTION_RATE: Final = Parameter("satisfaction_rate", SatisfactionRate)


def grade(law: Law, *, score: Fraction, of: Fraction = Fraction(100)) -> Finding[str]:
    """Say the grade of a score: each band includes its lower end and excludes its upper one.

    Source:
        X-GRADE; dossier TV-E1, E2.

    Raises:
        Refused: `assessment.score_out_of_range`.
    """
    rule = law[GRADE_BANDS]
    if not 0 <= score <= of:
        raise Refused("assessment.score_out_of_range", rule.source, score=decimal_text(score), of=decimal_text(of))
    reached = [band for band in rule.value if score >= band.from_ * of]
    return Finding(rule, max(reached, key=lambda band: band.from_).grade)


def weighted_score(law: Law, *, weights: Sequence[Fraction], scores: Sequence[Fraction]) -> Finding[Fraction]:
    """Add up scores by their weights, satisfaction first.

    Source:
        S4-54, S4-62; dossier §4.4 (weight guard), TV-E3, E4.

    Raises:
        Refused: `assessment.weights_sum`; `assessment.satisfaction_weight`, where the rule binds.
    """
    rule = law[SATISFACTION_WEIGHT]
    if sum(weights) != 1:
        raise Refused("assessment.weights_sum", rule.source, total=decimal_text(sum(weights, start=Fraction(0))))
    satisfaction = weights[0]
    overtaken = rule.value.is_largest and satisfaction < max(weights)
    warned = None
    if satisfaction < rule.value.least or overtaken:
        given, least = decimal_text(satisfaction), decimal_text(rule.value.least)
        warned = rule.breach("assessment.satisfaction_weight", weight=given, least=least)
    total = sum((weight * score for weight, score in zip(weights, scores, strict=True)), start=Fraction(0))
    return Finding(rule, total, "points", warned)


def satisfaction_rate(law: Law, *, sampled: int, answered: int, satisfied: int) -> Finding[Fraction | str]:
    """Say how many of those who answered are satisfied; who did not answer is neither for nor against.

    Returns:
        The exact rate, or `no_data`, which is not nought.

    Source:
        S1e-18; dossier TV-E7, E8.
    """
    rule = law[SATISFACTION_RATE]
    asked = answered if rule.value.of == "answered" else sampled
    if asked == 0:
        return Finding(rule, rule.value.empty)
    rate = Fraction(satisfied, asked)
    percentage = decimal_text(Fraction(round_half_up(rate * 10_000), 100))
    return Finding(rule, rate, "share", more={"percentage": percentage, "no_answer": sampled - answered})
