"""The life of a tenant's directory: it waits for the next change, and never ends."""

from temporalio import workflow

from domain.kernel.lifecycle import Lifecycle, Phase
from domain.links.directory_to_admission import directory_to_admission
from workflows.case import Case, CaseSeed, CaseSummary


@workflow.defn(name="directory")
class DirectoryWorkflow(Case):
    """The organisations and people of one tenant.

    Source:
        docs/processes/directory.md
    """

    LIFECYCLE = Lifecycle(Phase("kept"), links=(directory_to_admission,))

    @workflow.init
    def __init__(self, seed: CaseSeed) -> None:
        super().__init__(seed, self.LIFECYCLE)

    @workflow.run
    async def run(self, seed: CaseSeed) -> CaseSummary:
        """Keep the directory, one change after another."""
        return await self.keep(seed)
