"""What the activities need of the world. Adapters implement these; `worker.py` joins them."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from pydantic import JsonValue

from activities.requests import CampaignSeed
from domain.kernel.decision import Answer, Case, Decision
from domain.kernel.envelope import Envelope
from domain.kernel.facts import Known, Need
from domain.kernel.followups import FollowUp, ServeNotice
from domain.kernel.process import Process


class Written(NamedTuple):
    """What became of one write.

    Attributes:
        outcome: `recorded` now; `repeated`: this id was answered before; `other_body`: this id was used for another
            command; `conflict`: the stream or a fact has moved, or there is a stream where none was expected;
            `short`: an account would go below zero.
        answer: The stored answer of `recorded` and `repeated`, as first given.
        follow_ups: What was stored with it.
        moved: The stream or account that stood in the way.
    """

    outcome: Literal["recorded", "repeated", "other_body", "conflict", "short"]
    answer: dict[str, JsonValue] | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    version: int = 0
    moved: str | None = None


class Past(NamedTuple):
    """A command that was recorded with events, and what was to follow from them.

    Attributes:
        version: The case's version after it.
    """

    command_id: str
    decided_at: datetime
    version: int
    follow_ups: tuple[FollowUp, ...]


class DecisionLog(Protocol):
    """The event store as the decision sees it."""

    async def case(self, process: Process[Any, Any, Any], tenant: str, case_id: str, *, fresh: bool) -> Case[Any]:
        """Give the case at the version last known here, or from the store when *fresh* or unknown.

        A case that was never recorded is at version 0. May be called any number of times.

        Raises:
            Unavailable: The store cannot be reached.
            CorruptHistory: What is stored cannot be read.
        """
        ...

    async def facts(self, tenant: str, case_id: str, needs: Iterable[Need[Any]], *, fresh: bool) -> Known:
        """Give every need's value with the version of each stream it came from; from memory unless *fresh*.

        Raises:
            Unavailable: The store cannot be reached.
        """
        ...

    async def record(
        self,
        envelope: Envelope,
        decided_at: datetime,
        decision: Decision[Any],
        follow_ups: tuple[FollowUp, ...] = (),
    ) -> Written:
        """Write command, events, snapshot, read models and postings in one call, or nothing.

        *follow_ups* are stored with the answer, so that a repeat gets the same ones.

        When it returns `recorded` everything is durable and the answer is announced to who waits for it. May be
        repeated after any failure: the command's id is answered once.

        Raises:
            Unavailable: The store cannot be reached; nothing is known of what it did.
        """
        ...

    async def answered(self, case_id: str, envelope: Envelope) -> Written | None:
        """Look up whether this id has been answered: `repeated`, `other_body`, or nothing."""
        ...

    async def recorded_since(self, case_id: str, version: int) -> Sequence[Past]:
        """Give every command whose events came after *version*, in the order in which they were decided.

        Raises:
            Unavailable: The store cannot be reached.
        """
        ...


class Notices(Protocol):
    """Where notices go."""

    async def serve(self, notice_id: str, tenant: str, case_id: str, notice: ServeNotice) -> None:
        """Serve a notice; the same id again changes nothing. Durable when it returns."""
        ...


class Roster(Protocol):
    """Which cases something concerns."""

    def open_cases_holding(self, tenant: str, keys: Sequence[str]) -> AsyncIterator[tuple[str, str]]:
        """Page through (process, case) of the open cases whose view holds one of *keys*, in order of id."""
        ...

    async def page(self, tenant: str, keys: Sequence[str], *, after: str, limit: int) -> Sequence[tuple[str, str]]:
        """Give the next (process, case) that holds one of *keys*, each once, in order of id.

        Args:
            after: The last case of the page before; nothing for the first page, which waits until everything that was
                being recorded is recorded.

        Raises:
            Unavailable: The store cannot be reached.
        """
        ...

    async def count(self, tenant: str, keys: Sequence[str]) -> int:
        """Say how many cases hold one of *keys* now.

        Raises:
            Unavailable: The store cannot be reached.
        """
        ...


CampaignState = Literal["running", "paused", "finished"]


class CampaignBoard(Protocol):
    """Where the progress of campaigns is seen."""

    async def begin(self, seed: CampaignSeed, concerned: int) -> None:
        """Show a campaign that begins, with how many cases it concerns; one that is shown already stays as it is.

        Raises:
            Unavailable: The store cannot be reached.
        """
        ...

    async def note(self, seed: CampaignSeed, state: CampaignState, told: int, last: str) -> None:
        """Show how far a campaign has come; what is shown never goes back.

        Raises:
            Unavailable: The store cannot be reached.
        """
        ...


class Figures(Protocol):
    """What is counted of the work that is done here. Counting neither fails nor waits, and nothing depends on it."""

    def taken(self, process: str, command: str) -> None:
        """Count a command that is tried for the first time."""
        ...

    def answered(self, envelope: Envelope, answer: Answer) -> None:
        """Count a command whose answer was recorded by this very call; a repeat is not counted again."""
        ...

    def failed(self, activity: str, error: str) -> None:
        """Count a try of an activity that ended without a result, by the class of what went wrong."""
        ...


class Blocked(NamedTuple):
    """What a case cannot get past: code or data must be mended, or an operator sets the command aside.

    Attributes:
        process: The name of the workflow.
        command: The command's name, `unknown` where the process has none of this name.
        activity: What was tried for it.
        error: The class of what went wrong; its words may hold what was asked, and stay out.
    """

    tenant: str
    case: str
    command_id: str
    process: str
    command: str
    activity: str
    error: str


class BlockedBoard(Protocol):
    """Where it is seen what blocks a case."""

    async def note(self, blocked: Blocked) -> None:
        """Show what blocks a case; shown again it keeps the instant at which it was shown first.

        Raises:
            Unavailable: The store cannot be reached.
        """
        ...

    async def clear(self, case: str, command_id: str, activity: str) -> None:
        """Show it no longer; what is not shown stays so.

        Raises:
            Unavailable: The store cannot be reached.
        """
        ...
