"""The life of a list: proposed, reviewed, consulted on, approved, published; then looked at every year."""

from temporalio import workflow

from domain.kernel.lifecycle import Lifecycle, Limit, Phase
from domain.links.lists_to_lists import lists_to_lists
from domain.list_management.commands import BringIntoForce, CloseConsultation, RetireList
from workflows.case import Case, CaseSeed, CaseSummary


@workflow.defn(name="list_management")
class ListManagementWorkflow(Case):
    """One text of one list, from its proposal until another one takes its place.

    Source:
        docs/processes/list_management.md
    """

    LIFECYCLE = Lifecycle(
        Phase("legal_review", Limit("legal_review", owner="legal_reviewer")),
        Phase("objected"),
        Phase("reviewed"),
        Phase("consultation", Limit("public_comment", owner="secretariat", then=CloseConsultation)),
        Phase("comments_closed"),
        Phase("deliberation"),
        Phase("approved", Limit("list_publication", owner="registrar")),
        Phase("published", Limit("entry_into_force", owner="registrar", on_the_day=BringIntoForce)),
        Phase("in_force", Limit("list_review", owner="approver"), Limit("law_review", owner="approver")),
        Phase("to_be_changed", Limit("list_review", owner="approver"), Limit("list_change", owner="secretariat")),
        Phase("expiring", Limit("succession", owner="registrar", on_the_day=RetireList)),
        ends_in=("superseded", "repealed", "rejected", "withdrawn"),
        links=(lists_to_lists,),
    )

    @workflow.init
    def __init__(self, seed: CaseSeed) -> None:
        super().__init__(seed, self.LIFECYCLE)

    @workflow.run
    async def run(self, seed: CaseSeed) -> CaseSummary:
        """Answer commands and keep the limits, for as long as the list stands."""
        return await self.keep(seed)
