"""Nobody decides on his own organisation's item, nor sits twice in one approval chain.

Joint posts (一人兼) are lawful: what is checked is the chain of this case, not the person.

Source:
    dossier §3.1; S3-17.
"""

from collections.abc import Iterable
from typing import Any, Final

from domain.kernel.directory import ControlTiesAround, SeatsOf
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.separation import under_common_control
from domain.task_admission.rules.chain import Judged, Part, played

SOURCE: Final = "dossier §3.1"
CHAIN_SOURCE: Final = "S3-17, dossier §3.1"
OF_THE_CONFERENCE: Final[frozenset[Part]] = frozenset({"convenor", "member"})


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
    others = {person for acted, person in played(state) if acted != part}
    if acting & others:
        raise _substitute(min(acting & others), state.drafted.applicant)


def acted_in(state: Judged) -> tuple[str, ...]:
    """Name everybody who has acted in the case, each once; who only sat in its conference may sit there again."""
    return tuple(dict.fromkeys(person for part, person in played(state) if part not in OF_THE_CONFERENCE))


def _substitute(person: str, applicant: str) -> Refused:
    return Refused("task_admission.substitute_needed", CHAIN_SOURCE, person=person, applicant=applicant)
