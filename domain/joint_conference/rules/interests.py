"""Nobody decides in his own matter, nor twice in one case: who stands aside, by the directory and by the cases.

Source:
    dossier §3.1; ADMISSION §2; S3-17.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from domain.joint_conference.commands import SECRETARIAT, Member
from domain.joint_conference.events import CaseBrought, Ground, Interest, MemberRecused
from domain.kernel.directory import KIN, ControlTiesAround, SeatsIn, SeatsOf, TiesOf
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.separation import under_common_control

OWN_MATTER: Final = "dossier §3.1, ADMISSION §2"
CHAIN: Final = "S3-17, dossier §3.1"


def chair_needs(cases: Iterable[CaseBrought]) -> tuple[Need[Any], ...]:
    """Name what tells who stands behind each body whose matter is decided."""
    return tuple(ControlTiesAround(each) for each in _parties(cases))


def interest_needs(members: Iterable[Member], cases: Sequence[CaseBrought]) -> tuple[Need[Any], ...]:
    """Name what tells whether a member has an interest: seats, relatives, and who sits in the bodies concerned."""
    people = dict.fromkeys(each.person for each in members)
    return (
        *chair_needs(cases),
        *(SeatsIn(each) for each in _parties(cases)),
        *(need for person in people for need in (SeatsOf(person), TiesOf(person))),
    )


def lead_another(cases: Iterable[CaseBrought], facts: Facts) -> None:
    """Let nobody convene, minute or decide for a conference on his own organisation's matter, nor where he has acted.

    The secretariat of the case draws up the minutes, too: that is the same part.

    Raises:
        Refused: `joint_conference.own_matter`, `joint_conference.substitute_needed`.
    """
    asked = facts.asked
    for case in cases:
        for party in case.parties:
            allied = under_common_control(party, facts[ControlTiesAround(party)], asked.on)
            if asked.organisation in allied:
                details = {"organisation": asked.organisation, "party": party, "case": case.case}
                raise Refused("joint_conference.own_matter", OWN_MATTER, **details)
            if _sits_in(allied, asked.person, facts):
                raise _substitute(asked.person, case)
        if asked.role != SECRETARIAT and asked.person in case.acted:
            raise _substitute(asked.person, case)


def _substitute(person: str, case: CaseBrought) -> Refused:
    return Refused("joint_conference.substitute_needed", CHAIN, person=person, case=case.case)


def recusals(
    members: Iterable[Member], already: Iterable[MemberRecused], cases: Sequence[CaseBrought], facts: Facts
) -> tuple[MemberRecused, ...]:
    """Let every member stand aside whom the directory or a case shows to have an interest, and who does not yet."""
    aside = {each.person for each in already}
    found: list[MemberRecused] = []
    for member in members:
        ground = None if member.person in aside else _interest(member, cases, facts)
        found += [] if ground is None else [stands_aside(member, ground, facts)]
    return tuple(found)


def stands_aside(member: Member, ground: Ground, facts: Facts, reason: str | None = None) -> MemberRecused:
    """Let a member stand aside on a ground."""
    return MemberRecused(
        person=member.person,
        organisation=member.organisation,
        ground=ground,
        reason=reason,
        by=facts.asked.person,
        on=facts.asked.on,
    )


def entitled(members: Iterable[Member], aside: Iterable[MemberRecused]) -> tuple[Member, ...]:
    """Give the members who may vote: those who do not stand aside."""
    people = {each.person for each in aside}
    return tuple(each for each in members if each.person not in people)


def bodies(members: Iterable[Member]) -> tuple[str, ...]:
    """Give the bodies that these members speak for, each once: it is bodies that count."""
    return tuple(dict.fromkeys(each.organisation for each in members))


def _interest(member: Member, cases: Sequence[CaseBrought], facts: Facts) -> Interest | None:
    on, person = facts.asked.on, member.person
    for party in _parties(cases):
        allied = under_common_control(party, facts[ControlTiesAround(party)], on)
        if member.organisation == party:
            return "own_body"
        if member.organisation in allied:
            return "common_control"
        if _sits_in(allied, person, facts):
            return "second_seat"
        if _has_kin_in(party, person, facts):
            return "kin"
    return "acted" if any(person in case.acted for case in cases) else None


def _sits_in(allied: frozenset[str], person: str, facts: Facts) -> bool:
    seats = facts[SeatsOf(person)]
    return any(seat.organisation in allied and seat.spell.covers(facts.asked.on) for seat in seats)


def _has_kin_in(party: str, person: str, facts: Facts) -> bool:
    """Say whether a relative sits in a body: a tie that has ended is none, nor is a seat."""
    on = facts.asked.on
    ties = (tie for tie in facts[TiesOf(person)] if tie.kind == KIN and tie.spell.covers(on))
    kin = {side for tie in ties for side in (tie.subject, tie.object)} - {person}
    return any(seat.person in kin and seat.spell.covers(on) for seat in facts[SeatsIn(party)])


def _parties(cases: Iterable[CaseBrought]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party for case in cases for party in case.parties))
