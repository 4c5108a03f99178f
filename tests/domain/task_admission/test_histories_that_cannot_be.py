"""What cannot follow is a corrupt history: at each stage every kind of event that has no place there is named.

DESIGN §2 (`evolve` never refuses); STYLE §4. Only what the case's own decisions can give is ever folded.
"""

import json
from pathlib import Path

import pytest

from domain.kernel.errors import CorruptHistory
from domain.task_admission.decider import TASK_ADMISSION
from domain.task_admission.events import (
    AgreementDeclined,
    AgreementLapsed,
    AgreementSigned,
    AgreementSignedBy,
    ApplicationWithdrawn,
    AuthorityGranted,
    CompletionAccepted,
    CompletionConfirmed,
    CompletionRefused,
    ExitDecided,
    FundsDisbursed,
    FundsReceived,
    FundsReleased,
    FundsReserved,
    FundsReturned,
    FundsSettled,
    LegLost,
    PeopleNamed,
    SettlementProposed,
    TaskActivated,
    TaskCompleted,
    TaskRefusedByCommunity,
    TermEnded,
)
from domain.task_admission.state import evolve
from tests.domain.task_admission.main_line import active, agreed, approved, completed, leaving

GOLDEN = Path(__file__).parents[2] / "golden" / "task_admission"
EVENTS = {
    name for name, kind in TASK_ADMISSION.events.by_name.items() if kind.__module__.startswith("domain.task_admission")
}
SHOWN = {AuthorityGranted, PeopleNamed}
MAY_FOLLOW = {
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
STAGES = {
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
