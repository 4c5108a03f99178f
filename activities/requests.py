"""What crosses Temporal between the case runner and its activities.

These records lie in histories for years: fields are only ever added, each with a default.
"""

from datetime import datetime
from typing import Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue

from domain.kernel.envelope import Envelope
from domain.kernel.followups import FollowUp

SUBMIT: Final = "submit"
"""The one Signal of a case; the name lies in histories."""
RECORD: Final = "cases.record"
"""The activity that decides and records one command; the name lies in histories."""
CARRY: Final = "links.carry"
"""The activity that carries out follow-ups; the name lies in histories."""


class Message(BaseModel):
    """A record that crosses Temporal; unknown fields of a newer writer are passed over."""

    model_config = ConfigDict(frozen=True)


class WakeUpDue(Message):
    """A moment at which the case sends itself a command, named after the limit it keeps."""

    id: str
    at: AwareDatetime
    command: str
    body: dict[str, JsonValue]


class Standing(Message):
    """Where the case is now: what the runner follows.

    Attributes:
        version: The stream's version; 0 while nothing has been recorded.
        wake_ups: Every moment still ahead, earliest first.
        closed: No more events; the run may end.
    """

    version: int = 0
    phase: str = ""
    wake_ups: tuple[WakeUpDue, ...] = ()
    closed: bool = False


class RecordRequest(Message):
    """Decide and record one command.

    Attributes:
        decided_at: The workflow's time; nothing else reads a clock.
        set_aside_by: An operator's command that sets this one aside undecided.
        followed: The version up to which the run has followed the record; unknown to runs of older code.
    """

    case: str
    envelope: Envelope
    decided_at: datetime
    set_aside_by: Envelope | None = None
    followed: int | None = None


class CarryRequest(Message):
    """Carry out follow-ups, each once by its id.

    Attributes:
        caused_at: The instant of the decision they follow from; it orders them in the queues they join.
        caused_by: The command that was decided.
    """

    tenant: str
    case: str
    follow_ups: tuple[FollowUp, ...]
    ids: tuple[str, ...]
    caused_at: AwareDatetime
    correlation_id: str | None = None
    caused_by: str | None = None


class Recorded(Message):
    """What was recorded: the first answer to this id, where the case stands now, what must happen elsewhere.

    Attributes:
        left_behind: What must happen because of other commands that were recorded and never followed.
    """

    answer: dict[str, JsonValue]
    standing: Standing
    follow_ups: tuple[FollowUp, ...] = ()
    follow_up_ids: tuple[str, ...] = ()
    correlation_id: str | None = None
    left_behind: tuple[CarryRequest, ...] = ()


class CaseSeed(Message):
    """What a run of a case starts from: nothing at first, or what the run before it carried over.

    Attributes:
        case: The stream id, which is the workflow id.
        queue: Commands received and not yet decided, with their instants.
        rung: Ids of wake-ups already sent, so that a still-listed one cannot loop.
        tenant: Known from the first command on.
    """

    case: str
    process: str
    standing: Standing = Standing()
    queue: tuple[Envelope, ...] = ()
    rung: tuple[str, ...] = ()
    tenant: str = ""


class CaseSummary(Message):
    """How a case's workflow ended."""

    case: str
    version: int
    phase: str
