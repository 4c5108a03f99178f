"""Who has acted in which part of the chain by which an item is admitted, carried out and left."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, assert_never

from domain.kernel.envelope import SCHEDULE
from domain.task_admission.events import (
    AgreementSigned,
    AgreementSignedBy,
    CompletionRefused,
    ConferenceDecided,
    EarlyTerminationRequested,
    PeopleNamed,
    TaskRefusedByCommunity,
)
from domain.task_admission.events.agreement import Side
from domain.task_admission.state import (
    Active,
    AgreementPending,
    AwaitingCorrection,
    CaseFile,
    ConsultingCommunity,
    DeclaredEmergency,
    Draft,
    EmergencyActive,
    EmergencyWork,
    ExitReview,
    FundsPending,
    JointConference,
    Legs,
    Listed,
    Screening,
    Suspended,
    Undecided,
    UnderReview,
)
from domain.task_admission.state.hand import payer

Part = Literal["applicant", "secretariat", "community", "finance", "convenor", "member", "approver", "surveyor"]
"""A place in the chain by which an item is admitted."""
Owed = AgreementPending | FundsPending | Active | Suspended | ExitReview
Judged = Undecided | DeclaredEmergency | EmergencyActive | Owed
Played = tuple[Part, str]
"""Somebody who has acted in a part."""
PART_OF: Final[Mapping[Side, Part]] = {"department": "applicant", "community": "community"}


def played(state: Judged) -> Iterator[Played]:
    """Give everybody who has acted in this case, with the part."""
    match state:
        case AgreementPending(file=file, approved=approved):
            yield from _filed(file)
            yield "approver", approved.by
            yield from _signed(state.signatures)
            yield from _shown(state.legs)
        case FundsPending(item=item) | Active(item=item) | Suspended(item=item) | ExitReview(item=item):
            if isinstance(item, Listed):
                yield from _applied(item.screened)
                yield "secretariat", item.confirmed.event.by
            else:
                yield from _filed(item.file)
                yield "approver", item.approved.by
                yield from _signed((*item.signatures, item.signed))
            yield from _shown(state.legs)
            yield from _paid(state)
            if not isinstance(state, FundsPending):
                yield from _stood_still(state)
                yield from _ended(state)
                yield from _spoke_of_it(state)
            if isinstance(state, ExitReview):
                yield from _left(state)
        case _:
            yield from _until_decided(state)


def _until_decided(state: Undecided | DeclaredEmergency | EmergencyActive) -> Iterator[Played]:
    match state:
        case Screening():
            yield from _applied(state)
        case DeclaredEmergency(before=before, declared=declared):
            yield from _before_a_threat(before)
            yield "applicant", declared.by
        case EmergencyActive(work=work):
            yield from _worked(work)
        case AwaitingCorrection(before=before, requested=requested):
            yield from played(before)
            yield "secretariat", requested.by
        case JointConference(before=before, decided=decided):
            yield from played(before)
            yield from _conferred(decided)
        case ConsultingCommunity(file=file) | UnderReview(file=file):
            yield from _filed(file)
        case _:
            assert_never(state)


def _signed(signatures: Iterable[AgreementSignedBy | AgreementSigned]) -> Iterator[Played]:
    """Give who signed, and for whom."""
    for each in signatures:
        yield PART_OF[each.side], each.by
        if each.proxy is not None:
            yield PART_OF[each.side], each.proxy.principal


def _by_side(said: PeopleNamed | CompletionRefused | EarlyTerminationRequested) -> Played:
    return PART_OF[said.side], said.by


def _shown(legs: Legs) -> Iterator[Played]:
    for granted in legs.authority:
        yield "applicant", granted.event.by
    for named in legs.people:
        yield _by_side(named.event)


def _paid(state: FundsPending | Active | Suspended | ExitReview) -> Iterator[Played]:
    for paid in state.money.disbursed:
        yield paying_part(state), paid.by
    for shown in state.money.received:
        yield "community", shown.event.by


def paying_part(state: FundsPending | Active | Suspended | ExitReview) -> Part:
    """Name the place of the hand that pays: the applicant's own, or that of finance, whoever acts as such."""
    return "applicant" if payer(state.item.screened).organisation is not None else "finance"


def _stood_still(state: Active | Suspended | ExitReview) -> Iterator[Played]:
    """Give who let the work stand still or go on; what the record did by itself is nobody's part."""
    open_causes = () if isinstance(state, Active) else state.causes
    for cause in (*(each for pause in state.pauses for each in pause.causes), *open_causes):
        if cause.side != "record":
            yield "approver" if cause.side == "authority" else PART_OF[cause.side], cause.by
    for pause in state.pauses:
        if pause.ended.by != SCHEDULE:
            yield "approver", pause.ended.by
    if isinstance(state, ExitReview) and isinstance(state.ended, TaskRefusedByCommunity):
        yield "community", state.ended.by


def _ended(state: Active | Suspended | ExitReview) -> Iterator[Played]:
    """Give who had the end looked at, asked for it or decided on it; what the schedule did is nobody's part."""
    given_up = (said for each in state.given_up for said in each.decided)
    for said in (*state.reviews, *state.decided, *state.renewals, *given_up):
        if said.by != SCHEDULE:
            yield "approver", said.by
    for asked in state.terminations:
        yield _by_side(asked)


def _spoke_of_it(state: Active | Suspended | ExitReview) -> Iterator[Played]:
    for person in state.money.spent.by:
        yield "community", person
    for said in (*state.duties.reported, *state.duties.workloads):
        yield "community", said.by
    for survey in state.duties.surveys:
        yield "surveyor", survey.by


def _left(state: ExitReview) -> Iterator[Played]:
    if state.conference is not None:
        yield from _conferred(state.conference.minuted)
    for accepted in state.accepted:
        yield "applicant", accepted.by
    for said in (*state.confirmed, *state.proposals):
        yield "community", said.by
    for refused in state.refusals:
        yield _by_side(refused)
    for checked in state.settled:
        yield "finance", checked.by


def _applied(screened: Screening) -> Iterator[Played]:
    for work in screened.emergencies:
        yield from _worked(work)
    yield "applicant", screened.drafted.by
    for handed_in in (screened.submitted, *(each.resubmitted for each in screened.corrections)):
        yield "applicant", handed_in.by
        yield "applicant", handed_in.application.accountable_officer
    for corrected in screened.corrections:
        yield "secretariat", corrected.requested.by
    for person in (*screened.read_again_by, *(each.by for each in screened.accepted)):
        yield "secretariat", person
    yield from _conferred(screened.conferences)


def _conferred(conferences: Iterable[ConferenceDecided]) -> Iterator[Played]:
    """Give who signed for the conference, and who voted there."""
    for decided in conferences:
        yield "convenor", decided.minutes.signed_by
        for vote in decided.minutes.votes:
            yield "member", vote.person


def _before_a_threat(before: Draft | Screening) -> Iterator[Played]:
    if isinstance(before, Screening):
        yield from _applied(before)
        return
    yield "applicant", before.drafted.by
    if before.form.accountable_officer is not None:
        yield "applicant", before.form.accountable_officer


def _worked(work: EmergencyWork) -> Iterator[Played]:
    yield from _before_a_threat(work.before)
    yield "applicant", work.declared.by
    yield "approver", work.confirmed.by
    for spent in work.costs:
        yield "community", spent.by


def _filed(file: CaseFile) -> Iterator[Played]:
    yield from _applied(file.screened)
    yield "secretariat", file.accepted.by
    for opinion in file.opinions:
        if opinion.by != SCHEDULE:
            yield "community", opinion.by
    for countersigned in file.countersignatures:
        yield "finance", countersigned.by
    yield from _conferred(file.conferences)
