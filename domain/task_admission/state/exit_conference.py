"""The joint conference of an exit: called with the review, and what its minutes say."""

from domain.kernel.messages import Record
from domain.task_admission.events import ConferenceCalled, ConferenceDecided


class ExitConference(Record):
    """Whether an item leaves that the residents would not keep, as the conference sees it.

    Attributes:
        minuted: What its minutes say so far: sessions that decided nothing, and at last one that did.
    """

    called: ConferenceCalled
    minuted: tuple[ConferenceDecided, ...] = ()

    @property
    def held(self) -> ConferenceDecided | None:
        """What it decided, once it has."""
        return next((each for each in self.minuted if each.outcome != "no_decision"), None)
