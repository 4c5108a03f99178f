"""What cannot follow is a corrupt history: at each stage every kind of event that has no place there is named.

DESIGN §2 (`evolve` never refuses); STYLE §4. Only what the case's own decisions can give is ever folded.
"""

import json
from pathlib import Path

import pytest

from domain.kernel.errors import CorruptHistory
from domain.task_admission.application import ApplicationForm
from domain.task_admission.decider import TASK_ADMISSION
from domain.task_admission.events import (
    AdmissionApproved,
    AdmissionRejected,
    AgreementDeclined,
    AgreementLapsed,
    AgreementSigned,
    AgreementSignedBy,
    ApplicationAccepted,
    ApplicationRejected,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    AuthorityGranted,
    CommunityOpinionRecorded,
    CompetenceDisputed,
    CompletionAccepted,
    CompletionConfirmed,
    CompletionRefused,
    ConferenceCalled,
    DepartmentServesDirectly,
    DraftAmended,
    ExitDecided,
    FundsCountersigned,
    FundsDisbursed,
    FundsReceived,
    FundsReleased,
    FundsReserved,
    FundsReturned,
    FundsSettled,
    ItemClassified,
    LegLost,
    ListedItemConfirmed,
    PeopleNamed,
    PurchaseRequired,
    SettlementProposed,
    TaskActivated,
    TaskCompleted,
    TaskRefusedByCommunity,
    TermEnded,
)
from domain.task_admission.state import evolve
from tests.domain.task_admission.district import TODAY, District
from tests.domain.task_admission.main_line import accepted, active, agreed, approved, completed, leaving, reviewed

GOLDEN = Path(__file__).parents[2] / "golden" / "task_admission"
EVENTS = {
    name for name, kind in TASK_ADMISSION.events.by_name.items() if kind.__module__.startswith("domain.task_admission")
}
SHOWN = {AuthorityGranted, PeopleNamed}
ON_FILE = {
    CommunityOpinionRecorded,
    CompetenceDisputed,
    ConferenceCalled,
    FundsCountersigned,
    ItemClassified,
    ApplicationWithdrawn,
}
MAY_FOLLOW = {
    "draft": {DraftAmended, ApplicationSubmitted, ApplicationWithdrawn},
    "screening": {
        ApplicationAccepted,
        ApplicationRejected,
        ApplicationWithdrawn,
        ConferenceCalled,
        DepartmentServesDirectly,
        ItemClassified,
        ListedItemConfirmed,
    },
    "consulting_community": ON_FILE,
    "under_review": {*ON_FILE, AdmissionApproved, AdmissionRejected, ApplicationRejected, PurchaseRequired},
    "joint_conference": {ApplicationWithdrawn},
    "agreement_pending": {
        *SHOWN,
        AgreementSignedBy,
        AgreementSigned,
        AgreementDeclined,
        AgreementLapsed,
        ApplicationWithdrawn,
        FundsReleased,
        TaskRefusedByCommunity,
    },
    "funds_pending": {
        *SHOWN,
        FundsReserved,
        FundsReleased,
        FundsDisbursed,
        FundsReceived,
        FundsReturned,
        LegLost,
        TaskActivated,
        TaskRefusedByCommunity,
        TermEnded,
    },
    "active": {*SHOWN, FundsReserved, FundsReleased, FundsDisbursed, FundsReceived, FundsReturned, LegLost, TermEnded},
    "exit_review": {
        FundsReleased,
        FundsDisbursed,
        FundsReceived,
        FundsSettled,
        ExitDecided,
        CompletionAccepted,
        CompletionConfirmed,
        CompletionRefused,
        SettlementProposed,
        TaskCompleted,
    },
    "completed": set(),
}
REFERRED = ConferenceCalled(cause="list_conflict", facts="none_fits", by="wang", on=TODAY)
STAGES = {
    "draft": lambda: District().drafted(ApplicationForm()),
    "screening": lambda: District().submitted(),
    "consulting_community": accepted,
    "under_review": reviewed,
    "joint_conference": lambda: District().submitted().given(REFERRED),
    "agreement_pending": approved,
    "funds_pending": agreed,
    "active": active,
    "exit_review": leaving,
    "completed": completed,
}


def kept(name: str):
    """Give an event as it was once stored."""
    stored = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    return TASK_ADMISSION.events.restore(stored["type"], stored["data"])


@pytest.mark.parametrize("phase", STAGES)
def test_at_each_stage_what_may_follow_follows(phase):
    state = STAGES[phase]().case.state
    assert state.phase == phase
    for kind in MAY_FOLLOW[phase]:
        assert evolve(state, kept(kind.__name__), 99) != state


@pytest.mark.parametrize("phase", STAGES)
def test_at_each_stage_whatever_else_there_is_cannot_happen(phase):
    state = STAGES[phase]().case.state
    others = EVENTS - {kind.__name__ for kind in MAY_FOLLOW[phase]}
    for name in sorted(others):
        with pytest.raises(CorruptHistory, match=f"{name} cannot happen in {phase}"):
            evolve(state, kept(name), 99)


def test_between_the_approval_and_its_reserve_nothing_else_happens():
    """Both happen in one answer, so no case rests there."""
    between = evolve(reviewed().case.state, kept("AdmissionApproved"), 99)
    assert between.phase == "approved"
    assert evolve(between, kept("FundsReserved"), 100).phase == "agreement_pending"
    for name in sorted(EVENTS - {"FundsReserved"}):
        with pytest.raises(CorruptHistory, match=f"{name} cannot happen in approved"):
            evolve(between, kept(name), 100)
