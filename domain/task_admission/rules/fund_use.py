"""The report on the use of the money, each quarter: what the ledger shows, signed by the committee, never typed in.

Source:
    S1e-29; DL-05; ADMISSION §6.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts
from domain.kernel.ledger import Account
from domain.kernel.limits import close, keep, set_limit
from domain.task_admission.commands import ReportFundUse
from domain.task_admission.commands.duties import FundUseLine
from domain.task_admission.events import FundUseReported
from domain.task_admission.rules.holding import hold_day, let_go
from domain.task_admission.rules.parameters import FUND_USE_REPORT, PAYMENT_HOLD
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.quarters import SOURCE, Begun, check_quarter, quarter_end
from domain.task_admission.rules.separation import hold_one_part
from domain.task_admission.state import Active, AdmissionState, ExitReview, FundsPending, Suspended

NOT_THE_LEDGERS: Final = "task_admission.figures_not_from_ledger"
_ONE_DAY: Final = timedelta(days=1)


def next_report(within: date, state: FundsPending | Begun, facts: Facts) -> Events:
    """Let the period run for the report on the quarter in which a day lies; an item without money has none.

    Only one runs at a time: the next begins with the report, and the last ends with the settlement.

    Source:
        DL-05.
    """
    if not any(each.amount_fen for each in state.item.payments):
        return ()
    drafted = state.drafted
    rule = replace(FUND_USE_REPORT, owner=drafted.community_kind)
    (opened,) = set_limit(rule, facts, quarter_end(within, facts), organisation=drafted.community)
    return opened, *hold_day(opened.deadline.due_on, state, facts)


def no_more_reports(facts: Facts) -> Events:
    """Let no report be due: the settlement says what became of the money."""
    return close(facts, FUND_USE_REPORT.name, PAYMENT_HOLD)


def report(command: ReportFundUse, state: AdmissionState, facts: Facts) -> Events:
    """Take the signature under what the ledger shows of a quarter; the quarters are reported on in turn.

    What is booked late, in a quarter that was reported on, stands in the next report.

    Source:
        S1e-29; ADMISSION §6.

    Raises:
        Refused: `task_admission.figures_not_from_ledger`, `task_admission.quarter_out_of_turn`,
            `task_admission.no_such_quarter`, `task_admission.quarter_not_over`, `task_admission.substitute_needed`.
    """
    match state:
        case Active() | Suspended() | ExitReview(settled=()):
            hold_one_part("community", state, facts)
            check_quarter(command.until_on, state, facts)
            known = state.duties.report_of(command.until_on)
            if known is not None:
                _check_figures(command, known.lines)
                return NOTHING_NEW
            _check_turn(command.until_on, state, facts)
            lines = figures(command.until_on, state)
            _check_figures(command, lines)
            asked = facts.asked
            reported = FundUseReported(until_on=command.until_on, lines=lines, by=asked.person, on=asked.on)
            done = (*keep(facts, FUND_USE_REPORT.name), *close(facts, PAYMENT_HOLD))
            return reported, *done, *let_go(state, facts), *next_report(command.until_on + _ONE_DAY, state, facts)
        case _:
            raise wrong_phase(command, state)


def _check_turn(until_on: date, state: Begun, facts: Facts) -> None:
    last = state.duties.reported[-1:]
    within = last[0].until_on + _ONE_DAY if last else state.activated.on
    expected = quarter_end(within, facts)
    if until_on != expected:
        details = {"until_on": until_on.isoformat(), "expected": expected.isoformat()}
        raise Refused("task_admission.quarter_out_of_turn", SOURCE, **details)


def _check_figures(command: ReportFundUse, lines: tuple[FundUseLine, ...]) -> None:
    if command.lines is not None and _in_order(command.lines) != _in_order(lines):
        shown = [f"{each.source}/{each.purpose}/{each.year}: {each.balance_fen}" for each in lines]
        raise Refused(NOT_THE_LEDGERS, SOURCE, until_on=command.until_on.isoformat(), ledger=[*shown])


def _in_order(lines: Iterable[FundUseLine]) -> list[FundUseLine]:
    return sorted(lines, key=lambda each: (each.source, each.purpose, each.year))


def figures(until_on: date, state: Begun) -> tuple[FundUseLine, ...]:
    """Give what the case's share of the ledger shows at the end of a quarter, one line an account."""
    money, before = state.money, tuple(line for each in state.duties.reported for line in each.lines)
    received, spent = _summed(money.arrivals(until_on)), _summed(money.spent.until(until_on))
    accounts = sorted(dict.fromkeys([*received, *spent]), key=lambda each: each.id)
    return tuple(_line(account, received[account], spent[account], before) for account in accounts)


def _line(account: Account, received_fen: int, spent_fen: int, before: tuple[FundUseLine, ...]) -> FundUseLine:
    told = [each for each in before if _is_of(each, account)]
    told_received, told_spent = sum(each.received_fen for each in told), sum(each.spent_fen for each in told)
    return FundUseLine(
        source=account.source,
        purpose=account.purpose,
        year=account.year,
        opening_fen=told_received - told_spent,
        received_fen=received_fen - told_received,
        spent_fen=spent_fen - told_spent,
        balance_fen=received_fen - spent_fen,
    )


def _is_of(line: FundUseLine, account: Account) -> bool:
    return (line.source, line.purpose, line.year) == (account.source, account.purpose, account.year)


def _summed(lines: Iterable[tuple[Account, int]]) -> Counter[Account]:
    """Add amounts up by account, in fen."""
    sums = Counter[Account]()
    for account, fen in lines:
        sums[account] += fen
    return sums
