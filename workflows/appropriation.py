"""The life of a budget line: it waits for the next amendment, and is not closed yet."""

from temporalio import workflow

from domain.kernel.lifecycle import Lifecycle, Phase
from workflows.case import Case, CaseSeed, CaseSummary


@workflow.defn(name="appropriation")
class AppropriationWorkflow(Case):
    """One budget line of one payer, from its grant on.

    Source:
        docs/processes/appropriation.md
    """

    LIFECYCLE = Lifecycle(Phase("budgeted"))

    @workflow.init
    def __init__(self, seed: CaseSeed) -> None:
        super().__init__(seed, self.LIFECYCLE)

    @workflow.run
    async def run(self, seed: CaseSeed) -> CaseSummary:
        """Keep the line, one amendment after another."""
        return await self.keep(seed)
