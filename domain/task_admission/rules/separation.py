"""Nobody decides on his own organisation's item, nor sits twice in one approval chain.

Joint posts (一人兼) are lawful: what is checked is the chain of this case, not the person.

Source:
    dossier §3.1; S3-17.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal, assert_never

from domain.kernel.directory import ControlTiesAround, SeatsOf
from domain.kernel.envelope import SCHEDULE
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.separation import under_common_control
from domain.task_admission.events import (
    AgreementSigned,
    AgreementSignedBy,
    CompletionRefused,
    ConferenceDecided,
    PeopleNamed,
)
from domain.task_admission.events.agreement import Side
from domain.task_admission.state import (
    Active,
    AgreementPending,
    CaseFile,
    ConsultingCommunity,
    ExitReview,
    FundsPending,
    Legs,
    Listed,
    Screening,
    UnderReview,
)
from domain.task_admission.state.view import payer

SOURCE: Final = "dossier §3.1"
CHAIN_SOURCE: Final = "S3-17, dossier §3.1"
Part = Literal["applicant", "secretariat", "community", "finance", "convenor", "member", "approver"]
"""A place in the chain by which an item is admitted."""
Owed = AgreementPending | FundsPending | Active | ExitReview
Judged = Screening | ConsultingCommunity | UnderReview | Owed
Played = tuple[Part, str]
"""Somebody who has acted in a part."""
PART_OF: Final[Mapping[Side, Part]] = {"department": "applicant", "community": "community"}


def separation_needs(state: Judged) -> tuple[Need[Any], ...]:
    """Name what tells who stands behind the applicant."""
    return (ControlTiesAround(state.drafted.applicant),)


def judge_another(part: Part, state: Judged, facts: Facts) -> None:
    """Let only somebody decide, screen or countersign who has no other part in the application.

    He acts from a body that has nothing to do with the applicant, and holds no second seat in one that has.

    Raises:
        Refused: `task_admission.own_application`, `task_admission.substitute_needed`.
    """
    applicant, asked = state.drafted.applicant, facts.asked
    allied = under_common_control(applicant, facts[ControlTiesAround(applicant)], asked.on)
    if asked.organisation in allied:
        raise Refused("task_admission.own_application", SOURCE, applicant=applicant, organisation=asked.organisation)
    seats = facts[SeatsOf(asked.person)]
    if any(seat.organisation in allied and seat.spell.covers(asked.on) for seat in seats):
        raise _substitute(asked.person, applicant)
    hold_one_part(part, state, facts)


def hold_one_part(part: Part, state: Judged, facts: Facts, *, principals: Iterable[str] = ()) -> None:
    """Let nobody act who has acted in another part of this case, himself or by proxy.

    Args:
        principals: For whom the person acts by written proxy.

    Raises:
        Refused: `task_admission.substitute_needed`.
    """
    asked = facts.asked
    acting = {asked.person, *principals, *([asked.on_behalf_of] if asked.on_behalf_of else [])}
    others = {person for played, person in _played(state) if played != part}
    if acting & others:
        raise _substitute(min(acting & others), state.drafted.applicant)


def acted_in(state: Judged) -> tuple[str, ...]:
    """Name everybody who has acted in the case, each once."""
    return tuple(dict.fromkeys(person for _, person in _played(state)))


def _substitute(person: str, applicant: str) -> Refused:
    return Refused("task_admission.substitute_needed", CHAIN_SOURCE, person=person, applicant=applicant)


def _played(state: Judged) -> Iterator[Played]:
    match state:
        case Screening():
            yield from _applied(state)
        case ConsultingCommunity(file=file) | UnderReview(file=file):
            yield from _filed(file)
        case AgreementPending(file=file, approved=approved):
            yield from _filed(file)
            yield "approver", approved.by
            yield from _signed(state.signatures)
            yield from _shown(state.legs)
        case FundsPending(item=item) | Active(item=item) | ExitReview(item=item):
            if isinstance(item, Listed):
                yield from _applied(item.screened)
                yield "secretariat", item.confirmed.event.by
            else:
                yield from _filed(item.file)
                yield "approver", item.approved.by
                yield from _signed((*item.signatures, item.signed))
            yield from _shown(state.legs)
            yield from _paid(state)
            if isinstance(state, ExitReview):
                yield from _left(state)
        case _:
            assert_never(state)


def _signed(signatures: Iterable[AgreementSignedBy | AgreementSigned]) -> Iterator[Played]:
    """Give who signed, and for whom."""
    for each in signatures:
        yield PART_OF[each.side], each.by
        if each.proxy is not None:
            yield PART_OF[each.side], each.proxy.principal


def _by_side(said: PeopleNamed | CompletionRefused) -> Played:
    return PART_OF[said.side], said.by


def _shown(legs: Legs) -> Iterator[Played]:
    for granted in legs.authority:
        yield "applicant", granted.event.by
    for named in legs.people:
        yield _by_side(named.event)


def _paid(state: FundsPending | Active | ExitReview) -> Iterator[Played]:
    for paid in state.money.disbursed:
        yield paying_part(state), paid.by
    for shown in state.money.received:
        yield "community", shown.event.by


def paying_part(state: FundsPending | Active | ExitReview) -> Part:
    """Name the place of the hand that pays: the applicant's own, or that of finance, whoever acts as such."""
    return "applicant" if payer(state.drafted, state.submitted).organisation is not None else "finance"


def _left(state: ExitReview) -> Iterator[Played]:
    for decided in state.decided:
        yield "approver", decided.by
    for accepted in state.accepted:
        yield "applicant", accepted.by
    for said in (*state.confirmed, *state.proposals):
        yield "community", said.by
    for refused in state.refusals:
        yield _by_side(refused)
    for checked in state.settled:
        yield "finance", checked.by


def _applied(screened: Screening) -> Iterator[Played]:
    officer = screened.submitted.application.accountable_officer
    for person in (screened.drafted.by, screened.submitted.by, officer):
        yield "applicant", person
    for person in (*screened.read_again_by, *(each.by for each in screened.accepted)):
        yield "secretariat", person
    yield from _conferred(screened.conferences)


def _conferred(conferences: Iterable[ConferenceDecided]) -> Iterator[Played]:
    """Give who signed for the conference, and who voted there."""
    for decided in conferences:
        yield "convenor", decided.minutes.signed_by
        for vote in decided.minutes.votes:
            yield "member", vote.person


def _filed(file: CaseFile) -> Iterator[Played]:
    yield from _applied(file.screened)
    yield "secretariat", file.accepted.by
    for opinion in file.opinions:
        if opinion.by != SCHEDULE:
            yield "community", opinion.by
    for countersigned in file.countersignatures:
        yield "finance", countersigned.by
    yield from _conferred(file.conferences)
