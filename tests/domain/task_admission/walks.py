"""Random walks from acceptance to the agreement: where they begin, in which world, who asks what on which day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from domain.kernel.clock_events import DeclareMissed, Escalate, RemindOwner
from domain.kernel.ledger import BalanceOf
from domain.kernel.messages import Command
from domain.task_admission.application import Term, Tranche
from domain.task_admission.commands import (
    AcceptApplication,
    CallConference,
    ClaimOrDeny,
    ConfirmEmergency,
    ConfirmListed,
    CountersignFunds,
    DeclareEmergency,
    DeclineAgreement,
    DirectToDepartment,
    EndDisclosure,
    GiveOpinion,
    LapseAgreement,
    LapseCorrection,
    LapseEmergency,
    ReclassifyItem,
    RecordConferenceDecision,
    RecordNoOpinion,
    ReferToConference,
    RejectAdmission,
    RejectApplication,
    RequestCorrection,
    SendToPurchase,
    WithdrawApplication,
)
from domain.task_admission.commands.conference import MinutedVote, Minutes
from domain.task_admission.commands.consultation import ConferenceCause
from tests.domain.task_admission.changed_packs import with_value
from tests.domain.task_admission.district import (
    LISTED,
    START,
    District,
    a_form,
    appropriation,
    entry,
    published,
    seat,
    version,
)
from tests.domain.task_admission.main_line import (
    AMOUNT,
    END,
    SCOPE,
    accepted,
    after,
    agreed,
    approve,
    approved,
    countersign,
    opinion,
    reviewed,
    sign,
)
from tests.domain.task_admission.mending import ask_to_mend, mend, mended, sent_back
from tests.domain.task_admission.signing import proxy_of, signed_by_department
from tests.domain.task_admission.threatened import CEILING, come_back, confirmed, declared, regularised, spend
from tests.laws import Asking

BEGIN = date(2026, 3, 10)
JOINT = (seat("zhu", "authority", "approver"), seat("zhu", "harbour", "residents_committee"))
LIMITS = (
    "formal_check",
    "correction",
    "confirmation",
    "regularisation",
    "opinion",
    "decision",
    "conference",
    "signature",
    "disclosure",
    "start",
    "funds/1",
    "unknown",
)
REASON = "不符合要求。"
MINUTES = Minutes(
    number="东联〔2026〕3号",
    text_sha256="c" * 64,
    signed_by="zheng",
    votes=(MinutedVote(person="ma", organisation="establishment", choice="for"),),
)
text = st.sampled_from([None, REASON])
_MOSTLY = st.sampled_from([True, True, True, False])

STAGES: Final = (
    (0, District().submitted()),
    (0, District().submitted(LISTED)),
    (0, District().submitted(a_form(routine=True))),
    (0, District().submitted(a_form(needs_community=False, funding=None))),
    (0, declared()),
    (0, confirmed()),
    (0, after(confirmed(), spend(), "ji", date(2026, 3, 6))),
    (0, regularised()),
    (2, reviewed(after(regularised(), AcceptApplication(), "wang", BEGIN))),
    (0, sent_back()),
    (0, mended()),
    (1, accepted()),
    (1, sent_back(accepted(), date(2026, 3, 6))),
    (1, after(accepted(), opinion(opinion="object", reasons=REASON), "ji", date(2026, 3, 6))),
    (2, reviewed()),
    (2, sent_back(reviewed())),
    (3, approved()),
    (3, signed_by_department()),
    (3, agreed()),
    (3, after(District().submitted(LISTED), ConfirmListed(conditions=REASON), "wang", date(2026, 3, 9))),
)
"""A case at each phase and on each way out of the check, with the place in `POOLS` of what comes next."""

_LISTED_SINCE = published(
    "assistance_list",
    version(1, entry("A-01", "public_health_notices"), until=date(2026, 5, 31)),
    version(2, entry("A-02", "elder_meals"), since=START, published=BEGIN),
)
_CATALOGUE = published("purchase_catalogue", version(1, entry("G-11", "elder_meals")))
WORLDS: Final[tuple[Callable[[District], District], ...]] = (
    lambda there: there,
    lambda there: replace(there, seats=(*there.seats, *JOINT)),
    lambda there: there.with_list(_LISTED_SINCE),
    lambda there: replace(there, packs=(with_value("off_list_route", "purchase"),)).with_list(_CATALOGUE),
    lambda there: there.with_fact(BalanceOf(appropriation(2026)), AMOUNT - 1),
    lambda there: there.without_list("power_duty_list"),
)
"""What else is so: nothing, a joint post, a changed list, a district that buys, a budget too small, a missing list."""


def _sometimes(**other: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw nothing, or one thing said otherwise."""
    return st.just({}) | st.one_of(*(st.fixed_dictionaries({name: value}) for name, value in other.items()))


_parts = st.sampled_from(
    [
        (Tranche(amount_fen=AMOUNT, due_on=START),),
        (Tranche(amount_fen=AMOUNT - 1, due_on=START),),
        (Tranche(amount_fen=AMOUNT // 2, due_on=START), Tranche(amount_fen=AMOUNT // 2, due_on=date(2027, 1, 4))),
        (),
    ]
)
_terms = st.sampled_from([Term(start_on=START, end_on=END), Term(start_on=date(2026, 5, 31), end_on=END), None])
_scopes = st.sampled_from([SCOPE, SCOPE[:1], (*SCOPE, "代办体检"), ()])

_screening = st.one_of(
    st.just(AcceptApplication()),
    st.builds(ConfirmListed, conditions=text),
    st.just(DirectToDepartment()),
    st.just(ReferToConference()),
    st.just(ReclassifyItem()),
    st.builds(
        RejectApplication,
        reason=st.sampled_from(["prohibited", "duty_shifting", "still_incomplete"]),
        reasons=st.just(REASON),
        article=st.sampled_from([None, REASON, "S0-08"]),
    ),
)
_correction = st.one_of(
    st.sampled_from([ask_to_mend(), RequestCorrection()]),
    st.sampled_from([mend(), mend(LISTED), mend(people=None), mend(a_form(amount_fen=AMOUNT - 1))]),
    st.just(LapseCorrection()),
)
_consultation = st.one_of(
    st.builds(
        GiveOpinion,
        opinion=st.sampled_from(["accept", "accept_with_conditions", "object"]),
        conditions=text,
        reasons=text,
    ),
    st.just(RecordNoOpinion()),
    _sometimes(budget_line=st.sampled_from([None, "2026-卫-18"]), source=st.just("special_funds"), schedule=_parts).map(
        lambda said: countersign(**said)
    ),
    st.just(CountersignFunds()),
    st.builds(ClaimOrDeny, stance=st.sampled_from(["claim", "deny"]), reasons=st.just(REASON)),
    st.builds(
        RecordConferenceDecision,
        outcome=st.sampled_from(["admit", "reject", "send_back", "no_decision"]),
        way=st.sampled_from([None, "off_list", "listed_assistance", "department_direct"]),
        reasons=text,
        minutes=st.sampled_from([None, MINUTES, MINUTES.model_copy(update={"by_government": True, "votes": ()})]),
    ),
    st.builds(CallConference, cause=st.sampled_from([None, *ConferenceCause.__args__]), facts=text),
)
_decision = st.one_of(
    _sometimes(decision_no=st.sampled_from([None, "东准〔2026〕13号"]), scope=_scopes, term=_terms).map(
        lambda said: approve(**said)
    ),
    st.builds(RejectAdmission, reasons=text),
    st.builds(SendToPurchase, entry=st.sampled_from([None, "G-11", "G-99"])),
    st.just(EndDisclosure()),
)
_agreement = st.one_of(
    _sometimes(
        text=st.just("b" * 64),
        proxy=st.sampled_from([proxy_of("chen"), proxy_of("wu"), proxy_of("nobody")]),
        scope=_scopes,
        term=_terms,
        payments=_parts,
        guarantors=st.just(("harbour",)),
        demands=st.just(("veto",)),
        standard=st.just("完成300户登记。"),
    ).map(lambda said: sign(**said)),
    st.builds(DeclineAgreement, reasons=text),
    st.just(LapseAgreement()),
    st.builds(WithdrawApplication, reason=text),
)
_clocks = st.one_of(
    st.builds(DeclareMissed, limit=st.sampled_from(LIMITS)),
    st.builds(RemindOwner, limit=st.sampled_from(LIMITS), step=st.integers(1, 2)),
    st.builds(Escalate, limit=st.sampled_from(LIMITS), step=st.integers(1, 3)),
)
_emergency = st.one_of(
    st.sampled_from([DeclareEmergency(), ConfirmEmergency(), LapseEmergency()]),
    st.builds(spend, st.sampled_from([0, 1, CEILING]), st.sampled_from(["R-1", "R-2"])),
    st.sampled_from([come_back(), come_back(LISTED), come_back(claim=None)]),
)
POOLS: Final = (
    st.one_of(_screening, _correction, _emergency),
    st.one_of(_consultation, _correction, _emergency),
    _decision,
    _agreement,
)
"""What is asked stage by stage, in the order of the main line."""
_ANYTHING: Final = st.one_of(*POOLS, _clocks)
PEOPLE: Final = (*sorted({each.person for each in (*District().seats, *JOINT)}), "schedule", "linked_case", "operator")


def _likely(command: Command) -> list[str]:
    """Name those whose role may ask this, so that a walk gets somewhere."""
    roles = command.asked_by | command.asked_by_others
    people = [each.person for each in (*District().seats, *JOINT) if each.role in roles]
    return people or sorted(roles)


@st.composite
def journeys(draw: st.DrawFn) -> tuple[District, list[Asking]]:
    """Draw a case in a world, and what is asked of it: mostly what comes next by who may, sometimes anything by anyone.

    The days go forward, now and then past every limit of this stretch.
    """
    place, stage = draw(st.sampled_from(STAGES))
    day, walk = BEGIN, list[Asking]()
    for _ in range(draw(st.integers(1, 6))):
        place = min(place + draw(st.integers(0, 1)), len(POOLS) - 1)
        command = draw(POOLS[place] if draw(_MOSTLY) else _ANYTHING)
        by = draw(st.sampled_from(_likely(command) if draw(_MOSTLY) else PEOPLE))
        day += timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 5, 30])))
        walk.append(Asking(command, by=by, on=day))
    return draw(st.sampled_from(WORLDS))(stage), walk
