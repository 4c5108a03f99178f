"""The next version of the permit: another lifecycle table, and a rule that the version before it does not have."""

from typing import Final

from temporalio import workflow

from activities.requests import CaseSeed, CaseSummary
from domain.kernel.lifecycle import Lifecycle, Limit, Phase
from tests.workflows.permit import partners
from workflows.case import Case

FORBIDDEN: Final = "noise"
"""A note that the next version refuses."""


@workflow.defn(name="permit")
class PermitNextWorkflow(Case):
    """One permit. Nobody loses it any more by saying nothing: the limit is declared missed."""

    LIFECYCLE = Lifecycle(
        Phase("looked_at"),
        Phase("pending", Limit("answer", owner="clerk")),
        Phase("granted", Limit("report", owner="clerk")),
        ends_in=("lapsed", "archived"),
        links=(partners,),
    )

    @workflow.init
    def __init__(self, seed: CaseSeed) -> None:
        super().__init__(seed, self.LIFECYCLE)

    @workflow.run
    async def run(self, seed: CaseSeed) -> CaseSummary:
        return await self.keep(seed)
