"""What a decision may read: facts it declared, each at a version that is kept with the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from domain.kernel.errors import Undeclared
from domain.kernel.messages import Asked

if TYPE_CHECKING:
    from domain.kernel.calendar import Calendar
    from domain.kernel.clocks import Clocks
    from domain.kernel.policy import Law

T = TypeVar("T")


@dataclass(frozen=True)
class Need(Generic[T]):
    """One thing a decision must know. Subclasses say which; two equal needs are one."""


@dataclass(frozen=True)
class CasesHolding(Need[tuple[str, ...]]):
    """The other cases of the tenant that hold this key: open ones, and closed ones that used it up."""

    key: str


@dataclass(frozen=True)
class Burden:
    """What open cases ask of an organisation.

    Attributes:
        hours_a_month: Together.
        cases: Which they are.
    """

    hours_a_month: int
    cases: tuple[str, ...]


@dataclass(frozen=True)
class BurdenOf(Need[Burden]):
    """What the other open cases of the tenant ask of an organisation."""

    organisation: str

    @property
    def key(self) -> str:
        """The index key that such a case holds."""
        return burden_key(self.organisation)


def burden_key(organisation: str) -> str:
    """Name the key by which a case is found that asks something of *organisation*."""
    return f"burden:{organisation}"


@dataclass(frozen=True)
class Known:
    """What was read: the value of each need, and the version of each stream it came from."""

    values: Mapping[Need[Any], object]
    versions: Mapping[str, int]


@dataclass(frozen=True)
class Days:
    """The days on which the law is read; a parameter says which of them is its own.

    Attributes:
        application: Procedure (consent, lead time, who decides).
        start_on: The route.
        decision: The route again, on the day of the decision.
        each_day: The legs and the cost bearer, on each day they are relied on.
    """

    application: date
    start_on: date
    decision: date
    each_day: date

    @classmethod
    def all_on(cls, day: date) -> "Days":
        """Read every rule on one day."""
        return cls(day, day, day, day)


@dataclass(frozen=True)
class Facts:
    """Everything outside the case that a decision rests on.

    Attributes:
        asked: Who asks, in which role, when.
        law: Dated parameters of the tenant's packs, each read on its day.
        calendar: The working days, at the version that is recorded.
        clocks: The case's own time limits.
        version: How many events the case has; the first one of this decision will be the next.
    """

    asked: Asked
    law: "Law"
    calendar: "Calendar"
    clocks: "Clocks"
    known: Known
    version: int = 0

    def __getitem__(self, need: Need[T]) -> T:
        if need not in self.known.values:
            raise Undeclared(f"{need} was read but not declared by needs()")
        return cast("T", self.known.values[need])
