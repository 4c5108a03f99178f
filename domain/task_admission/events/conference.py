"""What the joint conference decided on the item."""

from datetime import date

from domain.kernel.messages import Code, Event, Text
from domain.task_admission.commands.conference import ConferenceOutcome, Minutes, Way


class ConferenceDecided(Event):
    """The conference decided, or met and could not; its minutes are cited here.

    Attributes:
        conference: The conference's own case.
        way: Where the item goes, if its route was in dispute.
    """

    conference: Code
    outcome: ConferenceOutcome
    way: Way | None = None
    reasons: Text | None = None
    minutes: Minutes
    on: date
