"""The lifecycle of one application: what is waited for, and what is done when nobody comes."""

from temporalio import workflow

from domain.kernel.lifecycle import Lifecycle, Limit, Phase
from domain.links.admission_notices import admission_notices
from domain.links.admission_to_admission import admission_to_admission
from domain.links.admission_to_conference import admission_to_conference
from domain.task_admission.commands import (
    BeginTask,
    EndCure,
    EndDisclosure,
    EndTerm,
    HoldNextTranche,
    LapseAgreement,
    LapseCorrection,
    LapseEmergency,
    OpenExitReview,
    RecheckProof,
    RecordNoOpinion,
)
from workflows.case import Case, CaseSeed, CaseSummary


@workflow.defn(name="task_admission")
class TaskAdmissionWorkflow(Case):
    """One item for one community, from its draft to the day it leaves the checklist.

    Source:
        docs/processes/task_admission.md
    """

    LIFECYCLE = Lifecycle(
        Phase("draft", Limit("lead_time", owner="delegating_department")),
        Phase(
            "screening",
            Limit("formal_check", owner="secretariat"),
            # A declared emergency waits here for its confirmation; nobody works on it.
            Limit("confirmation", owner="approver"),
            # An item that changed lists brought back to the check keeps the period that was begun.
            Limit("decision", owner="approver"),
            stops_for=("correction_requested", "joint_conference"),
        ),
        Phase("emergency_active", Limit("regularisation", owner="delegating_department", then=LapseEmergency)),
        Phase("correction_requested", Limit("correction", owner="delegating_department", then=LapseCorrection)),
        Phase(
            "consulting_community",
            Limit("opinion", owner="residents_committee", then=RecordNoOpinion),
            Limit("decision", owner="approver"),
            stops_for=("correction_requested", "joint_conference"),
        ),
        Phase(
            "under_review",
            Limit("decision", owner="approver"),
            stops_for=("correction_requested", "joint_conference"),
        ),
        Phase("joint_conference", Limit("conference", owner="convenor")),
        Phase("agreement_pending", Limit("signature", owner="both_parties", then=LapseAgreement)),
        Phase(
            "funds_pending",
            Limit("funds", owner="finance_bureau"),
            Limit("start", owner="schedule", on_the_day=BeginTask),
            Limit("term_end", owner="schedule", then=EndTerm),
        ),
        Phase(
            "active",
            Limit("funds", owner="finance_bureau", held_by=HoldNextTranche),
            Limit("term_review", owner="secretariat", on_the_day=OpenExitReview),
            # Of the end of the term it may be decided while the work is still done.
            Limit("exit_decision", owner="approver"),
            Limit("term_end", owner="schedule", then=EndTerm),
        ),
        Phase(
            "suspended",
            Limit("cure", owner="delegating_department", then=EndCure),
            Limit("funds", owner="finance_bureau", held_by=HoldNextTranche),
            Limit("term_review", owner="secretariat", on_the_day=OpenExitReview),
            Limit("exit_decision", owner="approver"),
            Limit("term_end", owner="schedule", then=EndTerm),
        ),
        Phase(
            "exit_review",
            Limit("funds", owner="finance_bureau", held_by=HoldNextTranche),
            Limit("exit_decision", owner="approver"),
            # Of what residents disapprove the conference decides first; the period for the decision runs on.
            Limit("conference", owner="convenor"),
            Limit("settlement", owner="residents_committee"),
        ),
        Phase(
            "renewal_review",
            Limit("funds", owner="finance_bureau"),
            Limit("exit_decision", owner="approver"),
            Limit("settlement", owner="residents_committee"),
        ),
        ends_in=(
            "rejected",
            "withdrawn",
            "direct_by_department",
            "purchase_required",
            "lapsed",
            "refused_by_community",
            "completed",
            "renewed",
            "terminated",
        ),
        background=(
            Limit("disclosure", owner="residents_committee", then=EndDisclosure),
            Limit("fund_use_report", owner="residents_committee"),
            Limit("payment_hold", owner="schedule", on_the_day=HoldNextTranche),
            Limit("mandate_end", owner="delegating_department", then=RecheckProof),
            Limit("people_end", owner="delegating_department", then=RecheckProof, because="people_end"),
            Limit("list_end", owner="delegating_department", then=RecheckProof, because="list_end"),
            Limit("money_end", owner="delegating_department", then=RecheckProof, because="money_end"),
        ),
        links=(admission_notices, admission_to_conference, admission_to_admission),
    )

    @workflow.init
    def __init__(self, seed: CaseSeed) -> None:
        super().__init__(seed, self.LIFECYCLE)

    @workflow.run
    async def run(self, seed: CaseSeed) -> CaseSummary:
        """Answer commands and keep time limits until the item is refused, taken back, lapsed or completed."""
        return await self.keep(seed)
