"""A budget line: what each command needs to know, and what is said to it."""

from typing import Any, Final, assert_never

from domain.appropriation import rules
from domain.appropriation.commands import COMMANDS, AmendAppropriation, AppropriationCommand, GrantAppropriation
from domain.appropriation.events import EVENTS, AppropriationAmended, AppropriationEvent, AppropriationGranted
from domain.appropriation.state import STATES, AppropriationState, Budgeted, NotGranted, evolve, view
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import OrganisationNamed
from domain.kernel.facts import CasesHolding, Facts, Need
from domain.kernel.ledger import BalanceOf, move
from domain.kernel.process import Process


def needs(command: AppropriationCommand, state: AppropriationState) -> tuple[Need[Any], ...]:
    """Name the payer, who stands behind it, and what else holds or is left of the line."""
    match command:
        case GrantAppropriation(line=line):
            return OrganisationNamed(line.payer), CasesHolding(line.key), *rules.separation_needs(line)
        case AmendAppropriation():
            return _amendment_needs(state) if isinstance(state, Budgeted) else ()
        case _:
            assert_never(command)


def _amendment_needs(state: Budgeted) -> tuple[Need[Any], ...]:
    line = state.line
    return OrganisationNamed(line.payer), BalanceOf(line.account("available")), *rules.separation_needs(line)


def decide(command: AppropriationCommand, state: AppropriationState, facts: Facts) -> Events:
    """Answer *command* with events, with nothing new, or with a refusal."""
    match command:
        case GrantAppropriation():
            return _grant(command, facts)
        case AmendAppropriation():
            return _amend(command, state, facts) if isinstance(state, Budgeted) else NOTHING_NEW
        case _:
            assert_never(command)


def _grant(command: GrantAppropriation, facts: Facts) -> Events:
    """Grant an amount for a line that nobody keeps yet, for this year or ahead of a later one.

    Source:
        dossier §3.3, §4.5 P6; S0-45; S1e-28.

    Raises:
        Refused: `ledger.amount_not_positive`, and the codes of `rules`.
    """
    line = command.line
    rules.answer_for_another(line, facts)
    rules.check_payer(line, facts)
    rules.check_year(line, facts)
    rules.check_only_one(line, facts)
    postings = move(command.amount_fen, line.account("granted"), line.account("available"))
    return (
        AppropriationGranted(line=line, amount_fen=command.amount_fen, document=command.document, postings=postings),
    )


def _amend(command: AmendAppropriation, state: Budgeted, facts: Facts) -> Events:
    """Grant more in a year that is not over, or take back what is available, also afterwards.

    Source:
        dossier §3.3, §4.5 P6; S0-08.

    Raises:
        Refused: `ledger.amount_not_positive`, and the codes of `rules`.
    """
    line, change_fen = state.line, command.change_fen
    rules.answer_for_another(line, facts)
    amended = state.amendment_by(command.document)
    if amended is not None and _says_the_same(command, amended):
        return NOTHING_NEW
    rules.check_unused(command.document, state)
    if change_fen > 0:
        rules.check_payer(line, facts)
        rules.check_year(line, facts)
    rules.check_change(command, state, facts)
    out_of, into = ("granted", "available") if change_fen > 0 else ("available", "granted")
    postings = move(abs(change_fen), line.account(out_of), line.account(into))
    return (
        AppropriationAmended(
            change_fen=change_fen, reason=command.reason, document=command.document, postings=postings
        ),
    )


def _says_the_same(command: AmendAppropriation, amended: AppropriationAmended) -> bool:
    said = (amended.change_fen, amended.reason, amended.document)
    return said == (command.change_fen, command.reason, command.document)


APPROPRIATION: Final = Process[AppropriationCommand, AppropriationEvent, AppropriationState](
    name="appropriation",
    prefix="appropriation",
    initial=NotGranted(),
    opens_with=(GrantAppropriation,),
    commands=COMMANDS,
    events=EVENTS,
    states=STATES,
    needs=needs,
    decide=decide,
    evolve=evolve,
    view=view,
)
