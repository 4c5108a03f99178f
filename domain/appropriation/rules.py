"""What the budget may do: for a payer that is there, in a year that is not over, by somebody else than who spends it.

Source:
    Dossier §3.1, §3.3, §4.5 P6.
"""

from datetime import date
from typing import Any, Final

from domain.appropriation.commands import AmendAppropriation, BudgetLine
from domain.appropriation.state import Budgeted
from domain.kernel.directory import ControlTiesAround, OrganisationNamed, SeatsOf
from domain.kernel.errors import Refused
from domain.kernel.facts import CasesHolding, Facts, Need
from domain.kernel.ledger import BalanceOf
from domain.kernel.money import MAX_FEN
from domain.kernel.separation import under_common_control

BUDGET: Final = "S0-45, dossier §3.3"
"""What is spent stands in a budget, by a document that says so."""
APART: Final = "S1e-28, dossier §3.3"
"""Each source, purpose and year is accounted for apart."""
BEGINS_WITH_RECEIPT: Final = "ADMISSION §8 item 17"
"""The budget is the payer's; a community's own account begins with what it receives."""
NOT_THE_USER: Final = "dossier §3.1, §4.5 P6"
"""Finance is not the user of the money."""
PROMISED: Final = "S0-08, dossier §3.3"
"""What was set aside goes with the task it was set aside for."""
COMMUNITY_BODIES: Final = frozenset(
    {"residents_committee", "villagers_committee", "community_service_station", "affairs_supervision_committee"}
)
"""Kinds of organisation that the budget does not grant to."""


def separation_needs(line: BudgetLine) -> tuple[Need[Any], ...]:
    """Name what tells who stands behind the payer."""
    return (ControlTiesAround(line.payer),)


def answer_for_another(line: BudgetLine, facts: Facts) -> None:
    """Let nobody dispose of the budget of his own organisation, nor of one under common control.

    Where finance itself spends, a substitute's office acts: a seat of the same role in another body. Joint posts are
    lawful, but who also sits in the paying body needs a substitute.

    Raises:
        Refused: `appropriation.own_line`, `appropriation.substitute_needed`.
    """
    asked, payer = facts.asked, line.payer
    if asked.organisation in under_common_control(payer, facts[ControlTiesAround(payer)], asked.on):
        raise Refused("appropriation.own_line", NOT_THE_USER, organisation=asked.organisation, payer=payer)
    seats = facts[SeatsOf(asked.person)]
    if any(seat.organisation == payer and seat.spell.covers(asked.on) for seat in seats):
        raise Refused("appropriation.substitute_needed", NOT_THE_USER, person=asked.person, payer=payer)


def check_payer(line: BudgetLine, facts: Facts) -> None:
    """Let the payer be a body of the district, no body of a community, and there in what is left of the year.

    Raises:
        Refused: `appropriation.unknown_payer`, `appropriation.not_a_payer`, `appropriation.payer_not_there`.
    """
    asked, payer = facts.asked, facts[OrganisationNamed(line.payer)]
    if payer is None or payer.district != asked.tenant:
        raise Refused("appropriation.unknown_payer", APART, payer=line.payer, district=asked.tenant)
    if payer.kind in COMMUNITY_BODIES:
        raise Refused("appropriation.not_a_payer", BEGINS_WITH_RECEIPT, payer=payer.id, kind=payer.kind)
    first_on, last_on = max(asked.on, date(line.year, 1, 1)), date(line.year, 12, 31)
    if payer.spell.first_on > last_on or (payer.spell.last_on is not None and payer.spell.last_on < first_on):
        raise Refused("appropriation.payer_not_there", BUDGET, payer=payer.id, year=line.year)


def check_year(line: BudgetLine, facts: Facts) -> None:
    """Let the budget grant for the year of the act or a later one; a year that is over is only settled.

    Raises:
        Refused: `appropriation.year_over`.
    """
    if line.year < facts.asked.on.year:
        raise Refused("appropriation.year_over", BUDGET, year=line.year, on=facts.asked.on.isoformat())


def check_only_one(line: BudgetLine, facts: Facts) -> None:
    """Let one case keep a line; what is granted later amends it there.

    Raises:
        Refused: `appropriation.line_exists` (names the case).
    """
    others = facts[CasesHolding(line.key)]
    if others:
        raise Refused("appropriation.line_exists", APART, cases=[*others], payer=line.payer, year=line.year)


def check_unused(document: str, state: Budgeted) -> None:
    """Let a document speak of a line once; who repeats it in other words has made a mistake.

    Raises:
        Refused: `appropriation.document_used`.
    """
    if document == state.granted.document or state.amendment_by(document) is not None:
        raise Refused("appropriation.document_used", BUDGET, document=document)


def check_change(command: AmendAppropriation, state: Budgeted, facts: Facts) -> None:
    """Let no more be taken back than is available, and no more be granted than can be counted exactly.

    What is set aside, on its way or spent is promised to somebody, and is not the budget's to take.

    Raises:
        Refused: `appropriation.not_available` (names what is), `appropriation.too_much`.
    """
    available = facts[BalanceOf(state.line.account("available"))]
    if available + command.change_fen < 0:
        fen = {"wanted_fen": -command.change_fen, "available_fen": available}
        raise Refused("appropriation.not_available", PROMISED, **fen)
    if state.granted_fen + command.change_fen > MAX_FEN:
        raise Refused("appropriation.too_much", BUDGET, granted_fen=state.granted_fen, most_fen=MAX_FEN)
