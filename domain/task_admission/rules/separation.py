"""Nobody decides on his own organisation's item, nor sits twice in one approval chain.

Joint posts (一人兼) are lawful: what is checked is the chain of this case, not the person.

Source:
    dossier §3.1; S3-17.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final, Literal

from domain.kernel.directory import CONTROL, ControlTiesAround, SeatsOf, Tie
from domain.kernel.envelope import SCHEDULE
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.task_admission.events import AgreementSigned, AgreementSignedBy
from domain.task_admission.state import (
    AgreementPending,
    CaseFile,
    ConsultingCommunity,
    ExitReview,
    FundsPending,
    Listed,
    Screening,
    UnderReview,
)

SOURCE: Final = "dossier §3.1"
CHAIN_SOURCE: Final = "S3-17, dossier §3.1"
Part = Literal["applicant", "secretariat", "community", "finance", "convenor", "approver"]
"""A place in the chain by which an item is admitted."""
Judged = Screening | ConsultingCommunity | UnderReview | AgreementPending | FundsPending | ExitReview
Played = tuple[Part, str]
"""Somebody who has acted in a part."""


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
        case FundsPending(item=item) | ExitReview(item=item):
            if isinstance(item, Listed):
                yield from _applied(item.screened)
                yield "secretariat", item.confirmed.event.by
            else:
                yield from _filed(item.file)
                yield "approver", item.approved.by
                yield from _signed((*item.signatures, item.signed))
            if isinstance(state, ExitReview):
                for proposal in state.proposals:
                    yield "community", proposal.by


def _signed(signatures: Iterable[AgreementSignedBy | AgreementSigned]) -> Iterator[Played]:
    """Give who signed, and for whom."""
    for each in signatures:
        part: Part = "applicant" if each.side == "department" else "community"
        yield part, each.by
        if each.proxy is not None:
            yield part, each.proxy.principal


def _applied(screened: Screening) -> Iterator[Played]:
    officer = screened.submitted.application.accountable_officer
    for person in (screened.drafted.by, screened.submitted.by, officer):
        yield "applicant", person
    for person in screened.read_again_by:
        yield "secretariat", person


def _filed(file: CaseFile) -> Iterator[Played]:
    yield from _applied(file.screened)
    yield "secretariat", file.accepted.by
    for opinion in file.opinions:
        if opinion.by != SCHEDULE:
            yield "community", opinion.by
    for countersigned in file.countersignatures:
        yield "finance", countersigned.by


def under_common_control(organisation: str, ties: tuple[Tie, ...], day: date) -> frozenset[str]:
    """Give every organisation that controls this one, is controlled by it, or has a controller in common with it."""
    lasting = [(tie.subject, tie.object) for tie in ties if tie.kind == CONTROL and tie.spell.covers(day)]
    above = _reached(frozenset({organisation}), [(below, over) for over, below in lasting])
    return _reached(above, lasting)


def _reached(start: frozenset[str], steps: list[tuple[str, str]]) -> frozenset[str]:
    found = start
    while True:
        more = found | {there for here, there in steps if here in found}
        if more == found:
            return found
        found = more
