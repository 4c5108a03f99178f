"""Ties: who controls, owns, employs whom, and who is kin; conflicts of interest are decided from them.

Source:
    Dossier §3.1 (separation of duties); L-GPR:9, 18.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from domain.directory.commands import BeginTies, EndTie
from domain.directory.events import TieEnded, TiesBegun
from domain.directory.rules.spells import DIRECTORY, check_end, check_spell, ended, meet
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import CONTROL, OrganisationNamed, PersonNamed, Tie, TiesOf
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need

Side = Literal["organisation", "person"]
EITHER: Final[frozenset[Side]] = frozenset({"organisation", "person"})
ORGANISATION: Final[frozenset[Side]] = frozenset({"organisation"})
PERSON: Final[frozenset[Side]] = frozenset({"person"})
SIDES: Final[Mapping[str, tuple[frozenset[Side], frozenset[Side]]]] = {
    CONTROL: (EITHER, ORGANISATION),
    "equity": (EITHER, ORGANISATION),
    "employment": (EITHER, PERSON),
    "kin": (PERSON, PERSON),
}
"""Each kind of tie, and what may stand on its two sides: the subject controls, owns, employs the object."""


def named(ties: Iterable[Tie]) -> tuple[Need[Any], ...]:
    """Name what stands on each side, and the ties that are there."""
    return tuple(
        need
        for tie in ties
        for side in (tie.subject, tie.object)
        for need in (OrganisationNamed(side), PersonNamed(side), TiesOf(side))
    )


def begin(command: BeginTies, facts: Facts) -> Events:
    """Enter relations.

    Raises:
        Refused: `directory.unknown_tie`, `directory.tie_to_itself`, `directory.ends_before_it_begins`,
            `directory.unknown_side`, `directory.tie_already_stands`.
    """
    taken: list[Tie] = []
    new: list[Tie] = []
    for row, tie in enumerate(command.ties, start=1):
        there = (*facts[TiesOf(tie.subject)], *taken)
        if tie in there:
            continue
        _check_tie(tie, row, facts)
        for other in there:
            if _sides(other) == _sides(tie) and meet(other.spell, tie.spell):
                details = {"kind": tie.kind, "subject": tie.subject, "object": tie.object, "row": row}
                raise Refused("directory.tie_already_stands", DIRECTORY, **details)
        taken.append(tie)
        new.append(tie)
    return (TiesBegun(ties=tuple(new)),) if new else NOTHING_NEW


def end(command: EndTie, facts: Facts) -> Events:
    """Let a relation end.

    Raises:
        Refused: `directory.no_such_tie`, `directory.ends_before_it_begins`, `directory.has_ended`,
            `directory.changes_the_past`.
    """
    wanted = (command.kind, command.subject, command.object, command.first_on)
    for tie in facts[TiesOf(command.subject)]:
        if (*_sides(tie), tie.spell.first_on) == wanted:
            if tie.spell.last_on == command.last_on:
                return NOTHING_NEW
            check_end(tie.spell, command.last_on, facts.asked.on, subject=tie.subject, object=tie.object)
            return (TieEnded(tie=ended(tie, command.last_on), reason=command.reason),)
    details = {"kind": command.kind, "subject": command.subject, "object": command.object}
    raise Refused("directory.no_such_tie", DIRECTORY, **details, first_on=command.first_on.isoformat())


def _check_tie(tie: Tie, row: int, facts: Facts) -> None:
    if tie.kind not in SIDES:
        raise Refused("directory.unknown_tie", DIRECTORY, kind=tie.kind, row=row, expected=[*SIDES])
    if tie.subject == tie.object:
        raise Refused("directory.tie_to_itself", DIRECTORY, id=tie.subject, row=row)
    check_spell(tie.spell, subject=tie.subject, object=tie.object, row=row)
    for side, lawful in zip((tie.subject, tie.object), SIDES[tie.kind], strict=True):
        if not _stands_as(side, facts) & lawful:
            expected = " or ".join(sorted(lawful))
            raise Refused("directory.unknown_side", DIRECTORY, id=side, row=row, kind=tie.kind, expected=expected)


def _stands_as(side: str, facts: Facts) -> frozenset[Side]:
    found: set[Side] = set()
    if facts[OrganisationNamed(side)] is not None:
        found.add("organisation")
    if facts[PersonNamed(side)] is not None:
        found.add("person")
    return frozenset(found)


def _sides(tie: Tie) -> tuple[str, str, str]:
    return tie.kind, tie.subject, tie.object
