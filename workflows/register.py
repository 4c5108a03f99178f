"""The life of a register: it waits for the next publication, and never ends."""

from temporalio import workflow

from domain.kernel.lifecycle import Lifecycle, Phase
from domain.links.register_to_admission import register_to_admission
from domain.links.register_to_cases import register_to_cases
from domain.links.register_to_lists import register_to_lists
from workflows.case import Case, CaseSeed, CaseSummary


@workflow.defn(name="register")
class RegisterWorkflow(Case):
    """One list, one calendar or one policy pack of one tenant.

    Source:
        docs/processes/register.md
    """

    LIFECYCLE = Lifecycle(Phase("published"), links=(register_to_cases, register_to_admission, register_to_lists))

    @workflow.init
    def __init__(self, seed: CaseSeed) -> None:
        super().__init__(seed, self.LIFECYCLE)

    @workflow.run
    async def run(self, seed: CaseSeed) -> CaseSummary:
        """Publish what is sent, in order."""
        return await self.keep(seed)
