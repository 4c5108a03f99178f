"""A case runner with a mistake, to show that the replay tests see one."""

from temporalio import workflow

from activities.requests import CaseSeed, CaseSummary
from domain.kernel.lifecycle import Lifecycle
from workflows.case import Case


@workflow.defn(name="permit")
class ForgetfulWorkflow(Case):
    """Waits for a command and ends without having it recorded."""

    LIFECYCLE = Lifecycle()

    @workflow.init
    def __init__(self, seed: CaseSeed) -> None:
        super().__init__(seed, self.LIFECYCLE)

    @workflow.run
    async def run(self, seed: CaseSeed) -> CaseSummary:
        """Forget."""
        await workflow.wait_condition(lambda: bool(self._queue.commands))
        return CaseSummary(case=seed.case, version=0, phase="")
