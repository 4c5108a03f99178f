"""The main line, step by step: who sends what on which day, and the case as it stands after it."""

from datetime import date
from typing import Any

from domain.kernel.messages import Command
from domain.task_admission.agreement import AgreementForm
from domain.task_admission.application import ApplicationForm, Term, Tranche
from domain.task_admission.commands import (
    AcceptApplication,
    AcceptCompletion,
    ApproveAdmission,
    BeginTask,
    ConfirmCompletion,
    ConfirmFundsReceived,
    CountersignFunds,
    DecideExit,
    EndTerm,
    GiveOpinion,
    GrantAuthority,
    NamePeople,
    RecordDisbursement,
    SettleFunds,
    SignAgreement,
)
from domain.task_admission.commands.closing import SettlementLine
from domain.task_admission.commands.legs import Assignment
from tests.domain.task_admission.district import START, District, a_form

END = date(2027, 5, 31)
AMOUNT = 12_000_000
SCOPE = ("核对用餐资格", "调整送餐名单")
TEXT = "a" * 64
ACCEPTED_ON = date(2026, 3, 5)
HEARD_ON = date(2026, 3, 6)
APPROVED_ON = date(2026, 3, 10)
SIGNED_ON = date(2026, 3, 20)
PAID_ON = date(2026, 5, 20)
PAYMENTS = (Tranche(amount_fen=AMOUNT, due_on=START),)


def accept() -> AcceptApplication:
    return AcceptApplication()


def opinion(**said: Any) -> GiveOpinion:
    return GiveOpinion.model_validate({"opinion": "accept"} | said)


def countersign(**said: Any) -> CountersignFunds:
    line = {"budget_line": "2026-卫-17", "source": "department_budget", "purpose": "elder_meals", "schedule": PAYMENTS}
    return CountersignFunds.model_validate(line | said)


def approve(**said: Any) -> ApproveAdmission:
    decision = {
        "decision_no": "东准〔2026〕12号",
        "scope": SCOPE,
        "term": Term(start_on=START, end_on=END),
        "evaluation_method": "每季度入户回访。",
    }
    return ApproveAdmission.model_validate(decision | said)


def an_agreement(**said: Any) -> AgreementForm:
    contents = {
        "decision_no": "东准〔2026〕12号",
        "scope": SCOPE,
        "standard": "每个工作日送餐到户。",
        "term": Term(start_on=START, end_on=END),
        "amount_fen": AMOUNT,
        "payments": PAYMENTS,
        "acceptance": "每季度由双方共同验收。",
        "change": "变更须双方书面同意。",
        "exit": "任一方提前三十日书面通知。",
        "disputes": "协商不成的，提请联席会议。",
    }
    return AgreementForm.model_validate(contents | said)


def sign(text: str = TEXT, **said: Any) -> SignAgreement:
    proxy = said.pop("proxy", None)
    return SignAgreement(agreement=an_agreement(**said), text_sha256=text, proxy=proxy)


def grant(**said: Any) -> GrantAuthority:
    power = {"power": "核对用餐资格并调整名单。", "kind": "eligibility_check", "scope": SCOPE, "from_on": START}
    return GrantAuthority.model_validate(power | said)


def name_people(**said: Any) -> NamePeople:
    people = (Assignment(person="li", organisation="health", hours_a_month=40),)
    return NamePeople.model_validate({"people": people, "accountable_officer": "chen"} | said)


def disburse(**said: Any) -> RecordDisbursement:
    payment = {
        "tranche": 1,
        "amount_fen": AMOUNT,
        "source": "department_budget",
        "purpose": "elder_meals",
        "voucher": "V-2026-0001",
    }
    return RecordDisbursement.model_validate(payment | said)


def received(**said: Any) -> ConfirmFundsReceived:
    payment = {
        "voucher": "V-2026-0001",
        "amount_fen": AMOUNT,
        "source": "department_budget",
        "purpose": "elder_meals",
        "year": 2026,
    }
    return ConfirmFundsReceived.model_validate(payment | said)


def settlement(**said: Any) -> SettleFunds:
    line = {
        "source": "department_budget",
        "purpose": "elder_meals",
        "year": 2026,
        "spent_fen": 11_500_000,
        "returned_fen": 500_000,
    }
    decision = said.pop("residents_decision", None)
    return SettleFunds(lines=(SettlementLine.model_validate(line | said),), residents_decision=decision)


def after(there: District, command: Command, by: str, on: date, **more: Any) -> District:
    """Give the case after a command that must be recorded."""
    answered = there.answer(command, by=by, on=on, **more)
    assert answered.answer.outcome == "recorded", answered.answer
    return there.given(*answered.events)


def accepted(form: ApplicationForm | None = None, there: District | None = None) -> District:
    submitted = (there or District()).submitted(form or a_form())
    return after(submitted, accept(), "wang", ACCEPTED_ON)


def reviewed(there: District | None = None) -> District:
    """Give the case once the community has agreed and finance has countersigned."""
    heard = after(there or accepted(), opinion(), "ji", HEARD_ON)
    return after(heard, countersign(), "feng", HEARD_ON)


def approved(there: District | None = None, **said: Any) -> District:
    return after(there or reviewed(), approve(**said), "zhou", APPROVED_ON)


def agreed(there: District | None = None) -> District:
    first = after(there or approved(), sign(), "chen", SIGNED_ON)
    return after(first, sign(), "wu", SIGNED_ON)


def empowered(there: District | None = None) -> District:
    """Give the case with authority and people, and without money."""
    granted = after(there or agreed(), grant(), "chen", SIGNED_ON)
    return after(granted, name_people(), "li", SIGNED_ON)


def paid(there: District | None = None) -> District:
    """Give the case with all three legs, before its first day."""
    disbursed = after(there or empowered(), disburse(), "feng", PAID_ON)
    return after(disbursed, received(), "ji", PAID_ON)


def active() -> District:
    return after(paid(), BeginTask(), "schedule", START)


def leaving(there: District | None = None) -> District:
    """Give the case on the day after its last one."""
    return after(there or active(), EndTerm(), "schedule", date(2027, 6, 1))


def decided() -> District:
    return after(leaving(), DecideExit(outcome="complete"), "zhou", date(2027, 6, 2))


def confirmed() -> District:
    """Give the case with the exit decided, the work accepted and confirmed, the money unsettled."""
    accepted_work = after(decided(), AcceptCompletion(), "li", date(2027, 6, 3))
    return after(accepted_work, ConfirmCompletion(), "ji", date(2027, 6, 3))


def completed() -> District:
    proposed = after(confirmed(), settlement(), "ji", date(2027, 6, 4))
    return after(proposed, settlement(), "feng", date(2027, 6, 7))
