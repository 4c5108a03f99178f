"""What cannot follow is a corrupt history: at each stage every kind of event that has no place there is named.

DESIGN §2 (`evolve` never refuses); STYLE §4. Only what the case's own decisions can give is ever folded.
"""

import json
from pathlib import Path

import pytest

from domain.kernel.errors import CorruptHistory
from domain.kernel.messages import Event
from domain.task_admission.decider import TASK_ADMISSION
from domain.task_admission.events import (
    AdmissionApproved,
    AdmissionRejected,
    AgreementDeclined,
    AgreementLapsed,
    AgreementSigned,
    AgreementSignedBy,
    ApplicationAccepted,
    ApplicationDrafted,
    ApplicationLapsed,
    ApplicationRejected,
    ApplicationResubmitted,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    AuthorityGranted,
    CommunityOpinionRecorded,
    CompetenceDisputed,
    CompletionAccepted,
    CompletionConfirmed,
    CompletionRefused,
    ConferenceCalled,
    ConferenceDecided,
    CorrectionRequested,
    CureFailed,
    DepartmentServesDirectly,
    DraftAmended,
    EarlyTerminationRequested,
    EmergencyCostsReported,
    EmergencyDeclared,
    EmergencyLapsed,
    EmergencyRegularised,
    EmergencySettled,
    ExitDecided,
    ExitReviewOpened,
    ExpenditureRecorded,
    FundsCountersigned,
    FundsDisbursed,
    FundsReceived,
    FundsReleased,
    FundsReserved,
    FundsReturned,
    FundsSettled,
    FundUseReported,
    ItemCarriedOn,
    ItemClassified,
    ItemNotCarriedOn,
    LegLost,
    ListedItemConfirmed,
    PaymentHeld,
    PeopleNamed,
    PurchaseRequired,
    RenewalDecided,
    SatisfactionRecorded,
    SettlementProposed,
    TaskActivated,
    TaskCompleted,
    TaskExited,
    TaskRefusedByCommunity,
    TaskRenewed,
    TaskResumed,
    TaskSuspended,
    TermEnded,
    WorkloadReported,
)
from domain.task_admission.state import evolve, view
from tests.domain.task_admission.district import START, District
from tests.domain.task_admission.ending import begun_anew, over, renewed, review, to_be_renewed
from tests.domain.task_admission.main_line import (
    HEARD_ON,
    accepted,
    active,
    after,
    agreed,
    approved,
    completed,
    leaving,
    opinion,
    reviewed,
)
from tests.domain.task_admission.mending import sent_back
from tests.domain.task_admission.standing_still import without_mandate
from tests.domain.task_admission.threatened import confirmed, declared, regularised

GOLDEN = Path(__file__).parents[2] / "golden" / "task_admission"
EVENTS = {
    name for name, kind in TASK_ADMISSION.events.by_name.items() if kind.__module__.startswith("domain.task_admission")
}
SHOWN = {AuthorityGranted, PeopleNamed}
PAID = {*SHOWN, FundsReserved, FundsReleased, FundsDisbursed, FundsReceived, FundsReturned}
TOWARDS_THE_END = {ExitReviewOpened, EarlyTerminationRequested, ExitDecided, RenewalDecided}
SAID = {ExpenditureRecorded, FundUseReported, PaymentHeld, WorkloadReported, SatisfactionRecorded}
ON_FILE = {
    FundsCountersigned,
    CompetenceDisputed,
    ConferenceCalled,
    CorrectionRequested,
    ApplicationWithdrawn,
    ItemClassified,
    CommunityOpinionRecorded,
}
MAY_FOLLOW: dict[str, set[type[Event]]] = {
    "new": {ApplicationDrafted, ItemCarriedOn, ItemNotCarriedOn},
    "draft": {EmergencyDeclared, DraftAmended, ApplicationSubmitted, ApplicationWithdrawn},
    "submitted": {ItemClassified},
    "screening": {
        EmergencyDeclared,
        ItemClassified,
        ApplicationAccepted,
        ListedItemConfirmed,
        DepartmentServesDirectly,
        ConferenceCalled,
        CorrectionRequested,
        ApplicationRejected,
        ApplicationWithdrawn,
    },
    "consulting_community": ON_FILE,
    "under_review": {*ON_FILE, ApplicationRejected, AdmissionApproved, AdmissionRejected, PurchaseRequired},
    "emergency_active": {
        FundsReserved,
        EmergencyCostsReported,
        EmergencySettled,
        EmergencyRegularised,
        EmergencyLapsed,
        ApplicationWithdrawn,
    },
    "correction_requested": {ApplicationResubmitted, ApplicationLapsed, ApplicationWithdrawn},
    "joint_conference": {ApplicationWithdrawn, ConferenceDecided, AdmissionRejected},
    "approved": {FundsReserved},
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
    "active": {*PAID, *SAID, *TOWARDS_THE_END, LegLost, TermEnded, TaskSuspended},
    "suspended": {
        *PAID,
        *SAID,
        *TOWARDS_THE_END,
        LegLost,
        TermEnded,
        TaskSuspended,
        TaskResumed,
        CureFailed,
        TaskRefusedByCommunity,
    },
    "exit_review": {
        TaskExited,
        FundsReleased,
        FundsDisbursed,
        FundsReceived,
        FundsSettled,
        ExpenditureRecorded,
        FundUseReported,
        PaymentHeld,
        ExitDecided,
        CompletionAccepted,
        CompletionConfirmed,
        CompletionRefused,
        SettlementProposed,
        TaskCompleted,
    },
    "renewal_review": {
        FundsReleased,
        FundsDisbursed,
        FundsReceived,
        FundsSettled,
        ExpenditureRecorded,
        FundUseReported,
        PaymentHeld,
        ExitDecided,
        RenewalDecided,
        CompletionAccepted,
        CompletionConfirmed,
        CompletionRefused,
        SettlementProposed,
        TaskRenewed,
    },
    "completed": set(),
}


def stopped_at(kind: type[Event]) -> District:
    """Give the main line up to the first event of a kind: some stages no case rests in."""
    history = approved().history
    last = next(place for place, event in enumerate(history) if isinstance(event, kind))
    return District().given(*history[: last + 1])


def disputed() -> District:
    return after(accepted(), opinion(opinion="object", reasons="社区无此能力。"), "ji", HEARD_ON)


STAGES = {
    "new": District,
    "draft": District().drafted,
    "submitted": lambda: stopped_at(ApplicationSubmitted),
    "screening": District().submitted,
    "consulting_community": accepted,
    "under_review": reviewed,
    "emergency_active": confirmed,
    "correction_requested": sent_back,
    "joint_conference": disputed,
    "approved": lambda: stopped_at(AdmissionApproved),
    "agreement_pending": approved,
    "funds_pending": agreed,
    "active": active,
    "suspended": without_mandate,
    "exit_review": leaving,
    "renewal_review": lambda: over(to_be_renewed()),
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


def test_a_declared_emergency_waits_in_the_check_for_nothing_but_its_confirmation():
    state = declared().case.state
    assert state.phase == "screening"
    for name in sorted(EVENTS - {"EmergencyConfirmed", "ApplicationWithdrawn"}):
        with pytest.raises(CorruptHistory, match=f"{name} cannot happen in screening"):
            evolve(state, kept(name), 99)
    assert evolve(state, kept("EmergencyConfirmed"), 99).phase == "emergency_active"


def test_what_came_back_from_an_emergency_is_classified_next_and_may_then_cost_more():
    there = regularised()
    place = next(number for number, each in enumerate(there.history) if isinstance(each, EmergencyRegularised))
    handed_in = District().given(*there.history[: place + 1]).case.state
    assert view(handed_in).title == "水库下游值守"
    for name in sorted(EVENTS - {"ItemClassified"}):
        with pytest.raises(CorruptHistory, match=f"{name} cannot happen in submitted"):
            evolve(handed_in, kept(name), 99)
    assert evolve(there.case.state, kept("EmergencyCostsReported"), 99).emergencies[0].cost_fen > 0


@pytest.mark.parametrize("name", ["RenewalOpened", "RenewalFailed"])
def test_what_became_of_a_renewal_that_was_decided_is_said_once(name):
    assert evolve(over(renewed()).case.state, kept(name), 99) != over(renewed()).case.state
    with pytest.raises(CorruptHistory, match=f"{name} cannot happen in active"):
        evolve(begun_anew().case.state, kept(name), 99)


def test_a_conference_of_an_exit_is_called_once_and_decides_once():
    there = after(active(), review("residents_disapprove", record="入户调查〔2026〕2号"), "zhou", START)
    with pytest.raises(CorruptHistory, match="ConferenceCalled cannot happen in exit_review"):
        evolve(there.case.state, kept("ConferenceCalled"), 99)
    decided = evolve(there.case.state, kept("ConferenceDecided"), 99)
    with pytest.raises(CorruptHistory, match="ConferenceDecided cannot happen in exit_review"):
        evolve(decided, kept("ConferenceDecided"), 100)
