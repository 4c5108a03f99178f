"""Nobody reviews, consults on or approves what his own body proposes, nor acts twice in one chain.

Source:
    dossier §3.1; S3-17.
"""

from collections.abc import Iterator
from typing import Any, Final

from domain.kernel.directory import ControlTiesAround, SeatsOf
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.separation import under_common_control
from domain.list_management.commands import LEGAL_REVIEWER, SECRETARIAT
from domain.list_management.state import (
    Approved,
    Consulted,
    InDeliberation,
    Lawful,
    ListState,
    Objected,
    Proposal,
)

OWN: Final = "dossier §3.1"
CHAIN: Final = "S3-17, dossier §3.1"
PROPOSER: Final = "proposer"


def judging_needs(state: ListState) -> tuple[Need[Any], ...]:
    """Name what tells who stands behind the body that proposes."""
    return (ControlTiesAround(state.proposed.organisation),) if isinstance(state, Proposal) else ()


def judge_another(state: Proposal, facts: Facts) -> None:
    """Let only a body act on a proposal that has nothing to do with the one it came from, by a person new to it.

    Nor may the person sit in one that has, from whichever seat he acts.

    Raises:
        Refused: `list_management.own_proposal`, `list_management.substitute_needed`.
    """
    asked, proposer = facts.asked, state.proposed.organisation
    allied = under_common_control(proposer, facts[ControlTiesAround(proposer)], asked.on)
    if asked.organisation in allied:
        details = {"organisation": asked.organisation, "proposer": proposer}
        raise Refused("list_management.own_proposal", OWN, **details)
    seated = any(seat.organisation in allied and seat.spell.covers(asked.on) for seat in facts[SeatsOf(asked.person)])
    if seated or any(asked.person == person and asked.role != part for part, person in _acted(state)):
        raise Refused("list_management.substitute_needed", CHAIN, person=asked.person)


def check_proposer(state: Proposal, facts: Facts) -> None:
    """Let a proposal be revised and taken back where it came from.

    Raises:
        Refused: `list_management.not_the_proposer`.
    """
    if facts.asked.organisation != state.proposed.organisation:
        details = {"organisation": facts.asked.organisation, "proposer": state.proposed.organisation}
        raise Refused("list_management.not_the_proposer", OWN, **details)


def _acted(state: Proposal) -> Iterator[tuple[str, str]]:
    """Give who has acted on the text that is tabled, and in which part."""
    yield PROPOSER, state.proposed.by
    yield PROPOSER, state.tabled.by
    if isinstance(state, Objected | Lawful):
        yield LEGAL_REVIEWER, state.opinion.by
    if isinstance(state, Consulted):
        yield SECRETARIAT, state.opened.by
    if isinstance(state, InDeliberation | Approved):
        yield SECRETARIAT, state.report.by
