"""The life of a matter's joint conference: every stage is under one limit, and it is not closed when it has decided."""

from temporalio import workflow

from domain.kernel.lifecycle import Lifecycle, Limit, Phase
from domain.links.conference_notices import conference_notices
from domain.links.conference_to_admission import conference_to_admission
from workflows.case import Case, CaseSeed, CaseSummary


@workflow.defn(name="joint_conference")
class JointConferenceWorkflow(Case):
    """The joint conference of one matter, from the first case that is brought before it.

    Source:
        docs/processes/joint_conference.md
    """

    LIFECYCLE = Lifecycle(
        Phase("called", Limit("conference", owner="convenor")),
        Phase("convened", Limit("conference", owner="convenor")),
        Phase("quorate", Limit("conference", owner="convenor")),
        Phase("decided", Limit("conference", owner="convenor")),
        Phase("no_decision", Limit("conference", owner="convenor")),
        Phase("before_government", Limit("conference", owner="convenor")),
        Phase("minuted"),
        Phase("followed_up"),
        Phase("called_off"),
        links=(conference_notices, conference_to_admission),
    )

    @workflow.init
    def __init__(self, seed: CaseSeed) -> None:
        super().__init__(seed, self.LIFECYCLE)

    @workflow.run
    async def run(self, seed: CaseSeed) -> CaseSummary:
        """Answer commands and keep the limit, for one session after another."""
        return await self.keep(seed)
