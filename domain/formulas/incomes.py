"""What people earn, measured by what residents have (TV-S6)."""

from fractions import Fraction
from typing import Final

from domain.formulas.findings import Finding
from domain.kernel.exact import Exact
from domain.kernel.money import round_half_up
from domain.kernel.policy import Law, Parameter

WORKER_INCOME_FLOOR: Final = Parameter[Fraction]("worker_income_floor", Exact)
VILLAGE_HEAD_INCOME: Final = Parameter[Fraction]("village_head_income", Exact)


def worker_income(law: Law, *, income_fen: int, disposable_income_fen: int) -> Finding[int]:
    """Check a worker's yearly income against the disposable income of an urban resident.

    Returns:
        The least, in fen.

    Source:
        S3-20; dossier TV-S6.

    Raises:
        Refused: `appropriation.below_income_floor`, where the rule binds.
    """
    rule = law[WORKER_INCOME_FLOOR]
    least = disposable_income_fen * rule.value
    needed = round_half_up(least)
    warned = None
    if income_fen < least:
        warned = rule.breach("appropriation.below_income_floor", income_fen=income_fen, needed_fen=needed)
    return Finding(rule, needed, "fen", warned)


def village_head_income(law: Law, *, disposable_income_fen: int) -> Finding[int]:
    """Say what a village secretary or director earns a year, by the disposable income of a rural resident, in fen.

    Source:
        S3-21; dossier TV-S6.
    """
    rule = law[VILLAGE_HEAD_INCOME]
    return Finding(rule, round_half_up(disposable_income_fen * rule.value), "fen")
