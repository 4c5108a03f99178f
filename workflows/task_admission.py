"""The lifecycle of one application: what is waited for, and what is done when nobody comes."""

from temporalio import workflow

from domain.kernel.lifecycle import Lifecycle, Limit, Phase
from domain.links.admission_notices import admission_notices
from workflows.case import Case, CaseSeed, CaseSummary


@workflow.defn(name="task_admission")
class TaskAdmissionWorkflow(Case):
    """One item for one community, from its draft on.

    Source:
        docs/processes/task_admission.md
    """

    LIFECYCLE = Lifecycle(
        Phase("draft", Limit("lead_time", owner="delegating_department")),
        Phase("screening", Limit("formal_check", owner="secretariat")),
        ends_in=("rejected", "withdrawn"),
        links=(admission_notices,),
    )

    @workflow.init
    def __init__(self, seed: CaseSeed) -> None:
        super().__init__(seed, self.LIFECYCLE)

    @workflow.run
    async def run(self, seed: CaseSeed) -> CaseSummary:
        """Answer commands and keep time limits until the application is refused or taken back."""
        return await self.keep(seed)
