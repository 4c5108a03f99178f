"""The end of the term, the exit decision, both confirmations, the settlement to the fen."""

from fractions import Fraction
from typing import Any, Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.ledger import Account, Posting, move
from domain.kernel.limits import close, close_all, keep
from domain.task_admission.application import Funding
from domain.task_admission.commands import AcceptCompletion, ConfirmCompletion, DecideExit, SettleFunds
from domain.task_admission.commands.closing import ResidentsDecision, SettlementLine
from domain.task_admission.commands.roles import FINANCE_BUREAU
from domain.task_admission.events import (
    CompletionAccepted,
    CompletionConfirmed,
    CompletionRefused,
    ExitDecided,
    FundsSettled,
    SettlementProposed,
    TermEnded,
)
from domain.task_admission.events.agreement import Side
from domain.task_admission.rules.ending import (
    exit_decision,
    last_day,
    settlement,
    with_completion,
    with_exit,
    with_settlement,
)
from domain.task_admission.rules.exit_review import minutes_of
from domain.task_admission.rules.expenditure import spent_since, to_settle
from domain.task_admission.rules.fund_use import no_more_reports
from domain.task_admission.rules.funding import check_amount
from domain.task_admission.rules.money import release_all, return_received
from domain.task_admission.rules.parameters import (
    CARRY_OVER_ALLOWED,
    CURE,
    DISCRETIONARY_FUND_SOURCES,
    EXIT_DECISION,
    LEG_ENDS,
    RESIDENTS_MEETING,
    SETTLEMENT,
    TERM_END,
    TERM_REVIEW,
)
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.renewal import check_renewable
from domain.task_admission.rules.separation import hold_one_part, judge_another, separation_needs
from domain.task_admission.state import Active, AdmissionState, ExitReview, FundsPending, Suspended

SOURCE: Final = "dossier §4.1"
NOT_BALANCED: Final = "task_admission.not_balanced"
RESIDENTS: Final = "task_admission.residents_decision_missing"


def exit_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name what tells who stands behind the applicant."""
    return separation_needs(state) if isinstance(state, Active | Suspended | ExitReview) else ()


def end_term(state: AdmissionState, facts: Facts) -> Events:
    """Let no work be done after the last day of the term; what never began lapses, and its money goes back.

    Source:
        dossier §4.1; DL-55.
    """
    if not isinstance(state, FundsPending | Active | Suspended) or facts.asked.received_on <= last_day(state):
        return NOTHING_NEW
    ended = TermEnded(last_on=last_day(state)), *keep(facts, TERM_END)
    if isinstance(state, FundsPending):
        settled = (*return_received(state.money), *release_all(state.money, "lapsed"))
        return *settled, *ended, *close_all(facts, but=(TERM_END,))
    over = close(facts, CURE.name, TERM_REVIEW.name, *LEG_ENDS)
    return *ended, *over, *(settlement(state, facts) if state.decided else exit_decision(facts))


def decide_exit(command: DecideExit, state: AdmissionState, facts: Facts) -> Events:
    """Decide that the item is completed, ends as it stands, or may be carried on; then the settlement has its period.

    Of the end of a term it may be decided while the work is still done; the settlement waits for the last day. Whether
    an item is carried on is the rest of the same decision, in the same period.

    Source:
        dossier §4.1; DL-55, DL-56; ADMISSION §7, §8 items 23 and 25.

    Raises:
        Refused: `task_admission.no_cause`, `task_admission.new_application_needed`, `task_admission.own_application`,
            `task_admission.substitute_needed`, and the codes of a conference's minutes.
    """
    match state:
        case Active() | Suspended() | ExitReview():
            judge_another("approver", state, facts)
            _check_asked_for(state)
            if _is_decided(command, state):
                return NOTHING_NEW
            check_renewable(command.outcome, state)
            minutes = minutes_of(command, state, facts)
            asked, kept = facts.asked, () if command.outcome == "review_renewal" else keep(facts, EXIT_DECISION.name)
            decided = ExitDecided(
                outcome=command.outcome,
                reasons=command.reasons,
                minutes=minutes,
                by=asked.person,
                on=asked.on,
            )
            return with_exit(state, (decided, *kept, *_settlement(state, facts)), facts)
        case _:
            raise wrong_phase(command, state)


def _check_asked_for(state: Active | Suspended | ExitReview) -> None:
    """Let nothing be decided of the end of work that goes on, unless a review or a side has asked for it."""
    if not (isinstance(state, ExitReview) or state.reviews or state.terminations):
        raise Refused("task_admission.no_cause", SOURCE, why="no_review")


def _is_decided(command: DecideExit, state: Active | Suspended | ExitReview) -> bool:
    """Say whether nothing is left to decide: only what was to be carried on, and is not yet, may be ended after all."""
    to_be_renewed = state.outcome == "review_renewal" and not state.renewals
    return bool(state.decided) and (not to_be_renewed or command.outcome == "review_renewal")


def _settlement(state: Active | Suspended | ExitReview, facts: Facts) -> Events:
    is_due = isinstance(state, ExitReview) and not state.settled and SETTLEMENT.name not in facts.clocks
    return settlement(state, facts) if is_due else ()


def accept_completion(command: AcceptCompletion, state: AdmissionState, facts: Facts) -> Events:
    """Accept the work as the department; saying no needs reasons, and takes an acceptance back.

    Source:
        dossier §4.1 (→completed).

    Raises:
        Refused: `task_admission.reasons_missing`, `task_admission.substitute_needed`.
    """
    match state:
        case ExitReview():
            hold_one_part("applicant", state, facts)
            if not command.accepted:
                return _not_completed("department", command.reasons, state, facts)
            if state.accepted:
                return NOTHING_NEW
            accepted = CompletionAccepted(by=facts.asked.person, on=facts.asked.on)
            return with_completion(state, (accepted,), facts)
        case _:
            raise wrong_phase(command, state)


def confirm_completion(command: ConfirmCompletion, state: AdmissionState, facts: Facts) -> Events:
    """Confirm the end of the work as the community; saying no needs reasons, and takes a confirmation back.

    Source:
        dossier §4.1 (→completed).

    Raises:
        Refused: `task_admission.reasons_missing`, `task_admission.substitute_needed`.
    """
    match state:
        case ExitReview():
            hold_one_part("community", state, facts)
            if not command.confirmed:
                return _not_completed("community", command.reasons, state, facts)
            if state.confirmed:
                return NOTHING_NEW
            confirmed = CompletionConfirmed(by=facts.asked.person, on=facts.asked.on)
            return with_completion(state, (confirmed,), facts)
        case _:
            raise wrong_phase(command, state)


def _not_completed(side: Side, reasons: str | None, state: ExitReview, facts: Facts) -> Events:
    if reasons is None:
        raise Refused("task_admission.reasons_missing", "dossier §3.4", why="nothing_written")
    said_yes_since = state.accepted if side == "department" else state.confirmed
    if not said_yes_since and any((each.side, each.reasons) == (side, reasons) for each in state.refusals):
        return NOTHING_NEW
    return (CompletionRefused(side=side, reasons=reasons, by=facts.asked.person, on=facts.asked.on),)


def settle(command: SettleFunds, state: AdmissionState, facts: Facts) -> Events:
    """Settle the money: the committee says what became of it, finance checks the very same figures.

    Spent, returned and carried make up what was received, so that each purpose stands at zero.

    Source:
        dossier §4.1; S1e-28; S1f-16; L-RC25:29.

    Raises:
        Refused: `task_admission.not_balanced`, `task_admission.diversion`,
            `task_admission.residents_decision_missing`, `task_admission.nothing_proposed`,
            `task_admission.settlement_differs`, `task_admission.spent_less_than_recorded`.
    """
    match state:
        case ExitReview(settled=()):
            _check_balance(command.lines, state)
            _check_carried(command.lines, facts)
            if facts.asked.role == FINANCE_BUREAU:
                return _checked(command, state, facts)
            return _proposed(command, state, facts)
        case ExitReview(settled=settled) if settled[-1].lines == command.lines:
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def _proposed(command: SettleFunds, state: ExitReview, facts: Facts) -> Events:
    hold_one_part("community", state, facts)
    _check_residents(command.residents_decision, check_amount(state.application.funding), facts)
    proposed = SettlementProposed(
        lines=command.lines,
        residents_decision=command.residents_decision,
        by=facts.asked.person,
        on=facts.asked.on,
    )
    if any(
        (each.lines, each.residents_decision) == (proposed.lines, proposed.residents_decision)
        for each in state.proposals[-1:]
    ):
        return NOTHING_NEW
    return (proposed,)


def _checked(command: SettleFunds, state: ExitReview, facts: Facts) -> Events:
    judge_another("finance", state, facts)
    if not state.proposals:
        raise Refused("task_admission.nothing_proposed", SOURCE)
    if state.proposals[-1].lines != command.lines:
        raise Refused("task_admission.settlement_differs", SOURCE)
    community = state.drafted.community
    postings = tuple(posting for line in spent_since(command.lines, state) for posting in _postings(line, community))
    settled = FundsSettled(lines=command.lines, by=facts.asked.person, on=facts.asked.on, postings=postings)
    events = (*release_all(state.money, "settled"), settled, *keep(facts, SETTLEMENT.name), *no_more_reports(facts))
    return with_settlement(state, events, facts)


def _check_balance(lines: tuple[SettlementLine, ...], state: ExitReview) -> None:
    """Let the parts make up what was received in each account, to the fen."""
    community = state.drafted.community
    received = to_settle(state)
    said: dict[Account, int] = {}
    for line in lines:
        account = _account(line, community)
        said[account] = said.get(account, 0) + line.spent_fen + line.returned_fen + line.carried_fen
    for account in sorted(dict.fromkeys([*received, *said]), key=lambda each: each.id):
        there, settled = received.get(account, 0), said.get(account, 0)
        if there != settled:
            details = {"year": account.year, "received_fen": there, "settled_fen": settled}
            raise Refused(NOT_BALANCED, SOURCE, purpose=account.purpose, **details)
    spent_since(lines, state)


def _check_carried(lines: tuple[SettlementLine, ...], facts: Facts) -> None:
    carried = sum(line.carried_fen for line in lines)
    allowed = facts.law[CARRY_OVER_ALLOWED]
    if carried > 0 and not allowed.value:
        raise Refused("task_admission.diversion", allowed.source, why="carried", carried_fen=carried)


def _check_residents(decision: ResidentsDecision | None, funding: Funding, facts: Facts) -> None:
    """Let money that the residents direct be settled only by their decision: two thirds present, more than half for it.

    Source:
        S4-57; L-RC25:29.
    """
    if funding.source not in facts.law[DISCRETIONARY_FUND_SOURCES].value:
        return
    shares = facts.law[RESIDENTS_MEETING]
    if decision is None or decision.present == 0 or decision.held_on > facts.asked.on:
        raise Refused(RESIDENTS, shares.source, why="not_held")
    if not decision.in_favour <= decision.present <= decision.members:
        raise Refused(RESIDENTS, shares.source, why="miscounted")
    if Fraction(decision.present, decision.members) < shares.value.present_from:
        raise Refused(RESIDENTS, shares.source, why="no_quorum", present=decision.present, members=decision.members)
    if Fraction(decision.in_favour, decision.present) <= shares.value.for_above:
        raise Refused(RESIDENTS, shares.source, why="no_majority", in_favour=decision.in_favour)


def _account(line: SettlementLine, community: str) -> Account:
    return Account(owner=community, source=line.source, purpose=line.purpose, year=line.year, pocket="available")


def _postings(line: SettlementLine, community: str) -> tuple[Posting, ...]:
    account = _account(line, community)
    next_year = account.model_copy(update={"year": account.year + 1})
    moves = (
        (line.spent_fen, account.turned("spent")),
        (line.returned_fen, account.turned("returned")),
        (line.carried_fen, next_year),
    )
    return tuple(posting for fen, into in moves if fen > 0 for posting in move(fen, account, into))
