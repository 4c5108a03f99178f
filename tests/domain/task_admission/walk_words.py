"""What is worth saying to an item on a random walk: mostly what carries it on, sometimes one thing otherwise.

A command that is not here is made up from its type, and filled with what the case says under the same names.
"""

from datetime import date, timedelta
from typing import Final

from domain.kernel.clock_events import DeclareMissed, Escalate, RemindOwner
from domain.kernel.messages import Command
from domain.task_admission.application import Term, Tranche
from domain.task_admission.commands import (
    AcceptCompletion,
    AmendDraft,
    CallConference,
    ConfirmCompletion,
    ConfirmFundsReceived,
    ConfirmListed,
    CountersignFunds,
    DecideExit,
    DecideRenewal,
    DeclareEmergency,
    DraftApplication,
    GrantAuthority,
    NamePeople,
    OpenExitReview,
    RecheckProof,
    RecordConferenceDecision,
    RecordDisbursement,
    RecordExpenditure,
    RecordRenewal,
    RecordSatisfaction,
    RegulariseEmergency,
    RejectApplication,
    ReportEmergencyCosts,
    ReportFundUse,
    ReportWorkload,
    RequestCorrection,
    RequestEarlyTermination,
    ResubmitApplication,
    ResumeTask,
    SendToPurchase,
    SettleFunds,
    SignAgreement,
    SuspendTask,
)
from domain.task_admission.commands.conference import MinutedVote, Minutes
from domain.task_admission.commands.consultation import ConferenceCause
from domain.task_admission.commands.decision import ApproveAdmission
from domain.task_admission.commands.leaving import Shortage
from domain.task_admission.commands.legs import Assignment
from domain.task_admission.commands.suspension import SuspensionCause
from tests.domain.task_admission.district import LISTED, START, a_form, an_old_form
from tests.domain.task_admission.ending import NEXT_PAYMENTS, renew, request_end, review
from tests.domain.task_admission.forms import BLANKS, MATTERS
from tests.domain.task_admission.main_line import (
    AMOUNT,
    END,
    SCOPE,
    approve,
    countersign,
    disburse,
    grant,
    name_people,
    received,
    settlement,
    sign,
)
from tests.domain.task_admission.mending import ask_to_mend, mend
from tests.domain.task_admission.reporting import report, survey, workload
from tests.domain.task_admission.reporting import spend as spend_of
from tests.domain.task_admission.signing import proxy_of
from tests.domain.task_admission.threatened import CEILING, a_threat, come_back, spend
from tests.saying import Words, any_of, one_of, otherwise

HALF: Final = AMOUNT // 2
REASON: Final = "不符合要求。"
MINUTES: Final = Minutes(
    number="东联〔2026〕3号",
    text_sha256="c" * 64,
    signed_by="zheng",
    votes=(MinutedVote(person="ma", organisation="establishment", choice="for"),),
)
_LIMITS: Final = (
    *("formal_check", "correction", "confirmation", "regularisation", "opinion", "decision", "conference"),
    *(
        "signature",
        "disclosure",
        "start",
        "funds/1",
        "cure",
        "fund_use_report",
        "exit_decision",
        "settlement",
        "unknown",
    ),
)
_TEXT: Final = (None, REASON)
_DAYS: Final = (START - timedelta(1), START, START + timedelta(40), END, END + timedelta(1))
_PARTS: Final = (
    (Tranche(amount_fen=AMOUNT, due_on=START),),
    (Tranche(amount_fen=AMOUNT - 1, due_on=START),),
    (Tranche(amount_fen=HALF, due_on=START), Tranche(amount_fen=HALF, due_on=date(2027, 1, 4))),
    (),
)
_TERMS: Final = (Term(start_on=START, end_on=END), Term(start_on=date(2026, 5, 31), end_on=END), None)
_SCOPES: Final = (SCOPE, SCOPE[:1], (*SCOPE, "代办体检"), ())
_AMOUNTS: Final = (AMOUNT, AMOUNT, HALF, HALF, 1, AMOUNT + 1)
_VOUCHERS: Final = ("V-2026-0001", "V-2")
_YEARS: Final = (2026, 2026, 2027)
_FIGURES: Final = ((0, AMOUNT), (AMOUNT, 0), (0, HALF), (HALF, 0), (1, HALF))
_QUARTERS: Final = (date(2026, 6, 30), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31), START)
_WORKER: Final = Assignment(person="ji", organisation="harbour", hours_a_month=8)
_FORMS: Final = (
    *(a_form(), a_form(), an_old_form(), LISTED, a_form(routine=True), a_form(amount_fen=0), a_form(end_on=None)),
    *(a_form(matter=each) for each in MATTERS),
    *(a_form().model_copy(update={each: None}) for each in BLANKS),
    a_threat(),
)

WORDS: Final[dict[type[Command], Words]] = {
    DraftApplication: any_of(
        DraftApplication, community=("harbour", "harbour", "fields", "nowhere"), application=_FORMS
    ),
    AmendDraft: any_of(AmendDraft, application=_FORMS),
    ConfirmListed: any_of(ConfirmListed, conditions=_TEXT),
    RejectApplication: any_of(
        RejectApplication,
        reason=("prohibited", "autonomy", "duty_shifting", "still_incomplete"),
        reasons=(REASON,),
        entry=(None, "P-01", "Z-01", "Q-01"),
        article=(None, REASON, "S0-08", "S2-04"),
    ),
    RequestCorrection: one_of(ask_to_mend(), RequestCorrection()),
    ResubmitApplication: one_of(mend(), mend(LISTED), mend(people=None), mend(a_form(amount_fen=1))),
    DeclareEmergency: one_of(DeclareEmergency()),
    ReportEmergencyCosts: any_of(spend, fen=(0, 1, CEILING), voucher=("R-1", "R-2")),
    RegulariseEmergency: one_of(come_back(), come_back(LISTED), come_back(claim=None)),
    CountersignFunds: otherwise(
        countersign, budget_line=(None, "2026-卫-18"), source=("special_funds",), schedule=_PARTS
    ),
    RecordConferenceDecision: any_of(
        RecordConferenceDecision,
        outcome=("admit", "reject", "send_back", "no_decision", "complete", "terminate"),
        way=(None, "off_list", "listed_assistance", "department_direct"),
        reasons=_TEXT,
        minutes=(None, MINUTES, MINUTES.model_copy(update={"by_government": True, "votes": ()})),
    ),
    CallConference: any_of(CallConference, cause=(None, *ConferenceCause.__args__), facts=_TEXT),
    ApproveAdmission: otherwise(approve, decision_no=(None, "东准〔2026〕13号"), scope=_SCOPES, term=_TERMS),
    SendToPurchase: any_of(SendToPurchase, entry=(None, "G-11", "G-99")),
    SignAgreement: otherwise(
        sign,
        text=("b" * 64,),
        proxy=(proxy_of("chen"), proxy_of("wu"), proxy_of("nobody")),
        scope=_SCOPES,
        term=_TERMS,
        payments=_PARTS,
        guarantors=(("harbour",),),
        demands=(("veto",),),
        standard=("完成300户登记。",),
    ),
    GrantAuthority: otherwise(grant, from_on=_DAYS, until_on=_DAYS),
    NamePeople: one_of(
        name_people(),
        name_people(accountable_officer="li"),
        name_people(people=(_WORKER,), accountable_officer=None),
    ),
    RecordDisbursement: otherwise(disburse, tranche=(1, 2), amount_fen=_AMOUNTS, voucher=_VOUCHERS),
    ConfirmFundsReceived: otherwise(received, amount_fen=_AMOUNTS, voucher=_VOUCHERS, year=_YEARS),
    SuspendTask: any_of(SuspendTask, cause=(None, *SuspensionCause.__args__), facts=_TEXT),
    ResumeTask: any_of(
        ResumeTask,
        cured=((), ("scope_exceeded",), ("scope_exceeded", "emergency", "law_or_list_changed")),
        reasons=_TEXT,
    ),
    RecheckProof: any_of(RecheckProof, because=("mandate_end", "money_end", "people_end", "directory")),
    RecordExpenditure: otherwise(spend_of, amount_fen=_AMOUNTS, voucher=("H-1", "H-2"), year=_YEARS),
    ReportFundUse: any_of(report, until_on=_QUARTERS, lines=(None, None, None, ())),
    ReportWorkload: otherwise(workload, until_on=_QUARTERS),
    RecordSatisfaction: otherwise(survey, until_on=_QUARTERS, answered=(0, 83), satisfied=(0, 71)),
    OpenExitReview: any_of(
        review,
        cause=("residents_disapprove", "list_review", "law_repealed", "departments_request", "term_ending", None),
        facts=_TEXT,
        record=(None, "入户调查〔2026〕2号"),
    ),
    RequestEarlyTermination: any_of(request_end, ends_on=(*_DAYS, None), reasons=_TEXT),
    DecideExit: any_of(
        DecideExit, outcome=("complete", "terminate", "review_renewal", "review_renewal"), minutes=(None, MINUTES)
    ),
    DecideRenewal: otherwise(
        renew,
        term=(None, Term(start_on=date(2027, 7, 1), end_on=date(2028, 6, 30)), Term(start_on=START, end_on=END)),
        payments=(NEXT_PAYMENTS, ()),
        evaluation=(None,),
        scope=_SCOPES,
        amount_fen=_AMOUNTS,
    ),
    RecordRenewal: one_of(
        RecordRenewal(),
        RecordRenewal(
            short=Shortage(payer="health", purpose="elder_meals", year=2027, needed_fen=AMOUNT, available_fen=1)
        ),
    ),
    AcceptCompletion: otherwise(AcceptCompletion, accepted=(True, False)),
    ConfirmCompletion: otherwise(ConfirmCompletion, confirmed=(True, False)),
    SettleFunds: one_of(
        *(settlement(spent_fen=spent, returned_fen=rest, year=year) for spent, rest in _FIGURES for year in _YEARS)
    ),
    DeclareMissed: any_of(DeclareMissed, limit=_LIMITS),
    RemindOwner: any_of(RemindOwner, limit=_LIMITS, step=(1, 2)),
    Escalate: any_of(Escalate, limit=_LIMITS, step=(1, 2, 3)),
}
