"""What crosses Temporal between the case runner and its activities.

These records lie in histories for years: fields are only ever added, each with a default.
"""

from datetime import datetime
from typing import Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue

from domain.kernel.envelope import Envelope
from domain.kernel.followups import FollowUp, TellAffected

SUBMIT: Final = "submit"
"""The one Signal of a case; the name lies in histories."""
RECORD: Final = "cases.record"
"""The activity that decides and records one command; the name lies in histories."""
CARRY: Final = "links.carry"
"""The activity that carries out follow-ups; the name lies in histories."""
CAMPAIGN: Final = "campaign"
"""The workflow that tells many cases of one change; the name lies in histories."""
TELL_PAGE: Final = "campaigns.tell_page"
"""The activity that tells one page of a campaign's cases; the name lies in histories."""
PAUSE: Final = "pause"
RESUME: Final = "resume"
"""The two Signals of a campaign; the names lie in histories."""


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


class Cause(Message):
    """What is carried out because of a decision in another case.

    Attributes:
        case: The case that was decided.
        caused_at: The instant of the decision; it orders what follows from it in the queues it joins.
        caused_by: The command that was decided.
    """

    tenant: str
    case: str
    caused_at: AwareDatetime
    correlation_id: str | None = None
    caused_by: str | None = None


class CarryRequest(Cause):
    """Carry out follow-ups, each once by its id."""

    follow_ups: tuple[FollowUp, ...]
    ids: tuple[str, ...]


class CampaignSeed(Cause):
    """What a run of a campaign starts from: whom to tell what, and how far it has come.

    Attributes:
        campaign: The workflow id.
        follow_up_id: From it and each case's id comes the id of the command that is sent there.
        told: How many cases have been told.
        last: The last of them, in order of id; nothing where the first is still to be told.
        by: Who paused or resumed it last.
    """

    campaign: str
    follow_up: TellAffected
    follow_up_id: str
    told: int = 0
    last: str = ""
    paused: bool = False
    by: str | None = None


class PageTold(Message):
    """How far a campaign has come after a page.

    Attributes:
        finished: There was nobody left to tell.
    """

    told: int
    last: str
    finished: bool


class CampaignSummary(Message):
    """How a campaign ended."""

    campaign: str
    told: int


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


ROLLS_PAST: Final = 50
"""History events of a run that is begun now: ten commands that come one at a time. A case that sleeps for months is
replayed when it wakes, at about a millisecond of processor time an event; each run that takes over costs five."""


class CaseSeed(Message):
    """What a run of a case starts from: nothing at first, or what the run before it carried over.

    Attributes:
        case: The stream id, which is the workflow id.
        queue: Commands received and not yet decided, with their instants.
        rung: Ids of wake-ups already sent, so that a still-listed one cannot loop.
        tenant: Known from the first command on.
        rolls_past: So many history events may lie behind before another run takes over. Runs that were begun before it
            was said had 250; a run keeps to what it was begun with, so a change here breaks no replay.
    """

    case: str
    process: str
    standing: Standing = Standing()
    queue: tuple[Envelope, ...] = ()
    rung: tuple[str, ...] = ()
    tenant: str = ""
    rolls_past: int = 250


class CaseSummary(Message):
    """How a case's workflow ended."""

    case: str
    version: int
    phase: str
