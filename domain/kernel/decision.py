"""A command decided: the case before and after it, what is said back, what is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic, Literal, TypeVar

from pydantic import JsonValue

from domain.kernel.clock_events import Deadline
from domain.kernel.clocks import Clocks
from domain.kernel.messages import Asked, Event, Record, State, Warned
from domain.kernel.view import View

S = TypeVar("S", bound=State)

Events = tuple[Event, ...]
Outcome = Literal["recorded", "nothing_new", "refused"]
NOTHING_NEW: Final[Events] = ()
"""The answer to what is already so."""
_EVENTS_FOR_ONE_BEHIND: Final = 32


@dataclass(frozen=True)
class Case(Generic[S]):
    """A case at a version.

    Attributes:
        version: How many events it has.
        material_version: The last event that was more than a clock's tick; what a person must have seen to decide.
        correlation_id: The matter it belongs to; its own id where it stands alone.
    """

    tenant: str
    id: str
    version: int
    state: S
    clocks: Clocks
    material_version: int = 0
    correlation_id: str | None = None


def snapshot_lag(version: int) -> int:
    """Say how many events the stored state of a case may be behind: none in a short case, a few in a long one.

    What is stored of a long case is large. Stored with every command, it would make each dearer than the one before;
    and the few events that are missing are folded in no time.
    """
    return version // _EVENTS_FOR_ONE_BEHIND


class Refusal(Record):
    """Why not: the code, the clause, the values its sentence needs."""

    code: str
    source: str
    details: dict[str, JsonValue] = {}


class Answer(Record):
    """What is said back, once and for ever."""

    outcome: Outcome
    version: int
    phase: str
    events: tuple[str, ...] = ()
    refusal: Refusal | None = None
    warnings: tuple[Warned, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True)
class Decision(Generic[S]):
    """One command decided: what is written, and what stands afterwards.

    Attributes:
        asked: Who asked, in which role; for a refused command the role is empty where none was found.
        facts: The version of every stream the decision read.
        policy_version: The packs it was decided under, `national@3+zone@1`.
    """

    before: Case[S]
    after: Case[S]
    asked: Asked
    answer: Answer
    events: Events
    facts: Mapping[str, int]
    policy_version: str
    view: View
