"""What may be asked of an item that is owed its legs, drawn at random, and whom each of it concerns."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from domain.kernel.clock_events import DeclareMissed, Escalate, RemindOwner
from domain.kernel.messages import Command
from domain.task_admission.commands import (
    AcceptCompletion,
    ActivateTask,
    BeginTask,
    ConfirmCompletion,
    DecideExit,
    DeclineAgreement,
    EndCure,
    EndDisclosure,
    EndTerm,
    HoldNextTranche,
    LapseAgreement,
    RecheckProof,
    RefuseTask,
    ResumeTask,
    SuspendTask,
    WithdrawApplication,
)
from domain.task_admission.commands.duties import FundUseLine
from domain.task_admission.commands.legs import Assignment
from domain.task_admission.commands.suspension import SuspensionCause
from tests.domain.task_admission.district import START
from tests.domain.task_admission.main_line import (
    AMOUNT,
    END,
    disburse,
    grant,
    name_people,
    received,
    settlement,
    sign,
)
from tests.domain.task_admission.reporting import report, spend, survey, workload
from tests.domain.task_admission.settling import PURPOSE

HALF = AMOUNT // 2
AMOUNTS = (0, 1, HALF, HALF, AMOUNT - 1, AMOUNT, AMOUNT, AMOUNT + 1)
EVERYBODY = ("li", "chen", "he", "zhao", "wang", "zhou", "zheng", "feng", "wu", "ji", "deng", "tang")
SCHEDULE, MACHINES = ("schedule",), ("schedule", "linked_case")
WORKER = Assignment(person="ji", organisation="harbour", hours_a_month=8)
DAYS = st.sampled_from([START - timedelta(1), START, START + timedelta(40), END, END + timedelta(1)])
Act = tuple[Sequence[str], Command]
"""A command, and whom it concerns."""


def one(persons: Sequence[str], commands: st.SearchStrategy[Command]) -> st.SearchStrategy[list[Act]]:
    return commands.map(lambda command: [(persons, command)])


@st.composite
def payments(draw: st.DrawFn) -> list[Act]:
    """Draw a payment that leaves, and mostly the same one that arrives."""
    amount, voucher = draw(st.sampled_from(AMOUNTS)), draw(st.sampled_from(["V-2026-0001", "V-2", "V-3"]))
    arrives = amount if draw(st.integers(0, 4)) else draw(st.sampled_from(AMOUNTS))
    paid_out = disburse(tranche=draw(st.sampled_from([1, 1, 2])), amount_fen=amount, voucher=voucher)
    arrived = received(amount_fen=arrives, voucher=voucher, year=draw(st.sampled_from([2026, 2026, 2027])))
    return [(("feng", "feng", "li"), paid_out), (("ji", "wu"), arrived)][: draw(st.sampled_from([1, 2, 2]))]


@st.composite
def settlements(draw: st.DrawFn) -> list[Act]:
    """Draw figures that mostly balance, proposed and mostly checked."""
    whole = draw(st.sampled_from([HALF, AMOUNT, AMOUNT]))
    spent, year = draw(st.sampled_from([0, 1, whole - 1, whole])), draw(st.sampled_from([2026, 2026, 2027]))
    figures = settlement(year=year, spent_fen=spent, returned_fen=whole - spent)
    return [(("ji", "wu"), figures), (("feng",), figures)][: draw(st.sampled_from([1, 2, 2]))]


LEGS = (
    st.just([(("chen",), sign()), (("wu",), sign())]),
    one(("li", "chen"), st.builds(grant, from_on=DAYS, until_on=st.none() | DAYS)),
    one(("li", "chen"), st.builds(name_people, accountable_officer=st.sampled_from(["chen", "li"]))),
    one(("ji", "wu"), st.just(name_people(people=(WORKER,), accountable_officer=None))),
    payments(),
    payments(),
    one(("li", "wu", "wang"), st.just(ActivateTask())),
    one(("ji", "wu"), st.builds(RefuseTask, leg=st.sampled_from(["authority", "money"]), reasons=st.just("未到位。"))),
    one(("wu",), st.just(DeclineAgreement(reasons="人手不足。"))),
    one(("li",), st.just(WithdrawApplication())),
    one(SCHEDULE, st.sampled_from([BeginTask(), LapseAgreement(), EndDisclosure()])),
    one(MACHINES, st.builds(RecheckProof, because=st.sampled_from(["mandate_end", "directory"]))),
    one(SCHEDULE, st.sampled_from([*(DeclareMissed(limit=f"funds/{number}") for number in (1, 2))])),
    one(SCHEDULE, st.sampled_from([Escalate(limit="funds/1", step=1), RemindOwner(limit="funds/1", step=1)])),
)
STILL = (
    one(
        ("ji", "li", "zhou"),
        st.builds(
            SuspendTask,
            cause=st.sampled_from([None, *SuspensionCause.__args__]),
            facts=st.sampled_from([None, "社区反映。"]),
        ),
    ),
    one(
        ("zhou",),
        st.builds(
            ResumeTask,
            cured=st.sampled_from([(), ("scope_exceeded",), ("scope_exceeded", "emergency", "law_or_list_changed")]),
            reasons=st.sampled_from([None, "已整改。"]),
        ),
    ),
    one(SCHEDULE, st.just(EndCure())),
    one(MACHINES, st.builds(RecheckProof, because=st.sampled_from(["money_end", "people_end", "directory"]))),
)
FIGURES = (FundUseLine(**PURPOSE, year=2026, opening_fen=0, received_fen=HALF, spent_fen=0, balance_fen=HALF),)
QUARTERS = st.sampled_from([date(2026, 6, 30), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31), START])
SAID = (
    one(("ji", "wu"), st.builds(spend, st.sampled_from(AMOUNTS), voucher=st.sampled_from(["H-1", "H-2", "H-3"]))),
    one(("ji", "wu"), st.builds(report, QUARTERS, st.sampled_from([None, None, None, FIGURES]))),
    one(SCHEDULE, st.just(DeclareMissed(limit="fund_use_report"))),
    one(SCHEDULE, st.just(HoldNextTranche())),
    one(("ji", "wu"), st.builds(workload, until_on=QUARTERS)),
    one(("gu", "shi", "lu"), st.builds(survey, st.just(100), st.sampled_from([0, 83]), st.sampled_from([0, 71]))),
)
WAY_OUT = (
    one(SCHEDULE, st.just(EndTerm())),
    one(("zhou",), st.builds(DecideExit, outcome=st.sampled_from(["complete", "complete", "terminate"]))),
    one(("li", "chen"), st.builds(AcceptCompletion, accepted=st.booleans(), reasons=st.none() | st.just("未完成。"))),
    one(("ji", "wu"), st.builds(ConfirmCompletion, confirmed=st.booleans(), reasons=st.none() | st.just("未完成。"))),
    settlements(),
    settlements(),
    one(SCHEDULE, st.sampled_from([DeclareMissed(limit="exit_decision"), DeclareMissed(limit="settlement")])),
)
ANYTHING = (*LEGS, *STILL, *SAID, *WAY_OUT)
