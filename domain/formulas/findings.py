"""What a formula answers: a value or a yes, and which line of the law it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Annotated, Any, Generic, Literal, TypeVar, assert_never

from pydantic import Field, JsonValue

from domain.kernel.exact import Exact
from domain.kernel.messages import Record, Warned
from domain.kernel.money import round_half_up, round_up
from domain.kernel.policy import Reading

T = TypeVar("T")
Rounding = Literal["down", "up", "half_up"]
Proration = Literal["linear", "down", "up"]
Count = Annotated[int, Field(ge=0)]


@dataclass(frozen=True)
class Finding(Generic[T]):
    """An answer of the law: the value, or that something is accepted (`value` is then what it was measured by).

    Attributes:
        by: The value of the law it rests on.
        unit: What the value counts; none where the answer is a yes.
        warned: What a rule that does not bind, or only expects, has to say.
        more: Figures that belong beside the value.
    """

    by: Reading[Any]
    value: T
    unit: str | None = None
    warned: Warned | None = None
    more: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])


class Band(Record):
    """From *least* to *most*, both included (以上 and 以下 include the number).

    Source:
        Civil Code art. 1259.
    """

    least: Count
    most: Count

    def __contains__(self, number: int) -> bool:
        return self.least <= number <= self.most


class Ratio(Record):
    """So many for each so many: 2 doctors *per* 10,000 residents."""

    least: Exact
    per: Annotated[int, Field(gt=0)]


def rounded(exact: Fraction, rounding: Rounding) -> int:
    """Make a whole number the way the rule says."""
    match rounding:
        case "down":
            return exact.numerator // exact.denominator
        case "up":
            return round_up(exact)
        case "half_up":
            return round_half_up(exact)
        case _:
            assert_never(rounding)


def prorated(units: int, per: int, proration: Proration) -> Fraction:
    """Say how many times *per* goes into *units*: in proportion, or in completed or begun lots."""
    exact = Fraction(units, per)
    return exact if proration == "linear" else Fraction(rounded(exact, proration))
