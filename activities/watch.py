"""How the work is watched: what is counted of it, what is shown of a case that stands still, where a trace begins."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Protocol

from activities.ports import Blocked, BlockedBoard, Figures
from domain.kernel.decision import Answer
from domain.kernel.envelope import Envelope


class Uncounted:
    """Implements `activities.ports.Figures` where nobody asks for figures."""

    def taken(self, process: str, command: str) -> None:
        """Count nothing."""

    def answered(self, envelope: Envelope, answer: Answer) -> None:
        """Count nothing."""

    def failed(self, activity: str, error: str) -> None:
        """Count nothing."""


class Unshown:
    """Implements `activities.ports.BlockedBoard` where nobody looks."""

    async def note(self, blocked: Blocked) -> None:
        """Show nothing."""

    async def clear(self, case: str, command_id: str, activity: str) -> None:
        """Show nothing."""


@dataclass(frozen=True)
class Watch:
    """Who looks on while activities work."""

    figures: Figures = field(default_factory=Uncounted)
    blocked: BlockedBoard = field(default_factory=Unshown)


@dataclass(frozen=True)
class Doing:
    """What an activity is about, in names that may be shown."""

    tenant: str
    command_id: str
    command: str


class WayIn(Protocol):
    """Where a command's trace begins."""

    def __call__(
        self, *, process: str, command: str, command_id: str, case: str, tenant: str
    ) -> AbstractContextManager[object]:
        """Hold everything that is done for it on its way in."""
        ...


def untraced(**_names: str) -> AbstractContextManager[object]:
    """Hold nothing."""
    return nullcontext()
