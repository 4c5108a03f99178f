"""Separation of duties: nobody answers for his own organisation's application, nor for one under common control.

Joint posts (一人兼) are lawful: what is checked is the chain of this case, not the person.

Source:
    dossier §3.1; S3-17.
"""

from datetime import date
from typing import Any

from domain.kernel.directory import CONTROL, ControlTiesAround, SeatsOf, Tie
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.task_admission.state import Screening

SOURCE = "dossier §3.1"
CHAIN_SOURCE = "S3-17, dossier §3.1"


def separation_needs(state: Screening) -> tuple[Need[Any], ...]:
    """Name what tells who stands behind the applicant."""
    return (ControlTiesAround(state.drafted.applicant),)


def answer_for_another(state: Screening, facts: Facts) -> None:
    """Let only somebody act who has no part in the application.

    Raises:
        Refused: `task_admission.own_application`, `task_admission.substitute_needed`.
    """
    applicant, asked = state.drafted.applicant, facts.asked
    allied = under_common_control(applicant, facts[ControlTiesAround(applicant)], asked.on)
    if asked.organisation in allied:
        raise Refused("task_admission.own_application", SOURCE, applicant=applicant, organisation=asked.organisation)
    acted = {state.drafted.by, state.submitted.by, state.submitted.application.accountable_officer}
    seats = facts[SeatsOf(asked.person)]
    seated = any(seat.organisation == applicant and seat.spell.covers(asked.on) for seat in seats)
    if seated or acted & {asked.person, asked.on_behalf_of}:
        raise Refused("task_admission.substitute_needed", CHAIN_SOURCE, person=asked.person, applicant=applicant)


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
