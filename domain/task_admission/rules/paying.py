"""Money is paid out by the channel, and arrives in the one account that is its own."""

from datetime import date
from typing import Any, Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import OrganisationNamed
from domain.kernel.errors import Refused
from domain.kernel.facts import CasesHolding, Facts, Need
from domain.kernel.ledger import EARMARKED, Account, move
from domain.kernel.limits import keep
from domain.kernel.messages import Warned
from domain.task_admission.application import Funding, Tranche
from domain.task_admission.commands import ConfirmFundsReceived, RecordDisbursement
from domain.task_admission.commands.roles import DEPARTMENT
from domain.task_admission.events import FundsDisbursed, FundsReceived
from domain.task_admission.rules.chain import paying_part
from domain.task_admission.rules.funding import check_amount, check_bearer_on, check_channel
from domain.task_admission.rules.holding import check_not_held
from domain.task_admission.rules.money import appropriation
from domain.task_admission.rules.payments import funds_limit, next_payment
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.proof import folded, with_activation
from domain.task_admission.rules.separation import hold_one_part
from domain.task_admission.state import Active, AdmissionState, ExitReview, FundsPending, Suspended
from domain.task_admission.state.hand import payer
from domain.task_admission.state.view import voucher_key

SOURCE: Final = "S1e-28, dossier §4.1"
Paid = FundsPending | Active | Suspended | ExitReview


def disbursement_needs(command: RecordDisbursement, state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name who bears the cost, and which case has used the voucher."""
    if not isinstance(state, Paid) or state.application.funding is None:
        return ()
    bearer = state.application.funding.cost_bearer
    return OrganisationNamed(bearer), CasesHolding(voucher_key(bearer, command.voucher))


def disburse(command: RecordDisbursement, state: AdmissionState, facts: Facts) -> Events:
    """Take note of a payment: from what was set aside for this purpose, by the lawful hand, with a fresh voucher.

    What is owed is still paid when the term is over, until the money is settled.

    Source:
        S1e-26; S1e-28; S1f-16; ADMISSION §5, §8 item 30.

    Raises:
        Refused: `task_admission.forbidden_channel`, `task_admission.diversion`, `task_admission.no_such_tranche`,
            `task_admission.wrong_cost_bearer`, `task_admission.voucher_used`, `task_admission.beyond_tranche`,
            `task_admission.payment_held`, `task_admission.substitute_needed`.
    """
    match state:
        case FundsPending() | Active() | Suspended() | ExitReview(settled=()):
            funding = check_amount(state.application.funding)
            warnings = _check_hand(funding, state, facts)
            hold_one_part(paying_part(state), state, facts)
            _check_purpose(command, funding)
            paid = state.money.disbursement(command.voucher)
            if paid is not None and (paid.tranche, paid.amount_fen) == (command.tranche, command.amount_fen):
                return NOTHING_NEW
            payment = _tranche(command.tranche, state)
            warnings = (*warnings, *_check_bearer(funding, payment, state, facts))
            holders = facts[CasesHolding(voucher_key(funding.cost_bearer, command.voucher))]
            if paid is not None or holders:
                raise Refused("task_admission.voucher_used", SOURCE, voucher=command.voucher, cases=[*holders])
            _check_outstanding(command, payment, state)
            check_not_held(command.tranche, facts)
            reserved = appropriation(funding, payment.due_on.year).turned("reserved")
            return (
                FundsDisbursed(
                    tranche=command.tranche,
                    amount_fen=command.amount_fen,
                    voucher=command.voucher,
                    payer=funding.cost_bearer,
                    by=facts.asked.person,
                    on=facts.asked.on,
                    postings=move(command.amount_fen, reserved, reserved.turned("in_transit")),
                    warnings=warnings,
                ),
            )
        case _:
            raise wrong_phase(command, state)


def _check_hand(funding: Funding, state: Paid, facts: Facts) -> tuple[Warned, ...]:
    """Let only the hand pay that the application named, and that the pack still allows."""
    role = payer(state.item.screened).role
    hands = DEPARTMENT if role in DEPARTMENT else {role}
    if facts.asked.role not in hands:
        asked = facts.asked.role
        raise Refused("task_admission.forbidden_channel", "S1e-26", channel=asked, payers=[*sorted(hands)])
    return check_channel(funding, facts)


def _check_purpose(command: RecordDisbursement, funding: Funding) -> None:
    if (command.source, command.purpose) != (funding.source, funding.purpose):
        details = {"purpose": command.purpose, "earmarked": funding.purpose}
        raise Refused("task_admission.diversion", EARMARKED, **details, source_of_funds=command.source)


def _tranche(number: int, state: Paid) -> Tranche:
    payments = state.item.payments
    if number > len(payments):
        raise Refused("task_admission.no_such_tranche", SOURCE, tranche=number, payments=len(payments))
    return payments[number - 1]


def _check_bearer(funding: Funding, payment: Tranche, state: Paid, facts: Facts) -> tuple[Warned, ...]:
    """Let the body bear the payment that the law of its due day names, also in an older case.

    Source:
        L-RC25:43; L-VC18:37¶1; ADMISSION §8 item 30.
    """
    warned = check_bearer_on(payment.due_on, funding, state.drafted, state.submitted.applicant_kind, facts)
    return () if warned is None else (warned,)


def _check_outstanding(command: RecordDisbursement, payment: Tranche, state: Paid) -> None:
    outstanding = payment.amount_fen - state.money.disbursed_for(command.tranche)
    if command.amount_fen > outstanding:
        details = {"tranche": command.tranche, "amount_fen": command.amount_fen, "outstanding_fen": outstanding}
        raise Refused("task_admission.beyond_tranche", SOURCE, **details)


def confirm_received(command: ConfirmFundsReceived, state: AdmissionState, facts: Facts) -> Events:
    """Take note that a payment arrived, booked in the community's account of this source, purpose and fiscal year.

    The fiscal year is that of the day of receipt in Shanghai. Money that was on its way when the term ended still
    arrives, and is settled.

    Source:
        S1e-28; ADMISSION §5.

    Raises:
        Refused: `task_admission.voucher_unknown`, `task_admission.amount_differs`, `task_admission.wrong_account`,
            `task_admission.substitute_needed`.
    """
    match state:
        case FundsPending() | Active() | Suspended() | ExitReview(settled=()):
            hold_one_part("community", state, facts)
            paid = state.money.disbursement(command.voucher)
            if paid is None:
                raise Refused("task_admission.voucher_unknown", SOURCE, voucher=command.voucher)
            if paid.amount_fen != command.amount_fen:
                raise Refused("task_admission.amount_differs", SOURCE, disbursed_fen=paid.amount_fen)
            known = state.money.receipt(command.voucher)
            booked = _booked(command, state, facts.asked.on if known is None else known.on)
            if known is not None:
                return NOTHING_NEW
            arrived = _received(command, paid, booked, state, facts)
            return with_activation(state, (*arrived, *_next_one(state, arrived, facts)), facts)
        case _:
            raise wrong_phase(command, state)


def _next_one(state: Paid, arrived: Events, facts: Facts) -> Events:
    """Note the day of the payment after this one, while the work goes on or stands still."""
    after = folded(state, arrived, facts.version)
    return next_payment(after, facts) if isinstance(after, Active | Suspended) else ()


def _booked(command: ConfirmFundsReceived, state: Paid, received_on: date) -> Account:
    funding = check_amount(state.application.funding)
    year = received_on.year
    expected = (funding.source, funding.purpose, year)
    if (command.source, command.purpose, command.year) != expected:
        account = f"{funding.source}/{funding.purpose}/{year}"
        raise Refused("task_admission.wrong_account", SOURCE, account=account)
    return Account(
        owner=state.drafted.community, source=funding.source, purpose=funding.purpose, year=year, pocket="available"
    )


def _received(
    command: ConfirmFundsReceived, paid: FundsDisbursed, booked: Account, state: Paid, facts: Facts
) -> Events:
    payment = state.item.payments[paid.tranche - 1]
    missing = payment.amount_fen - state.money.received_for(paid.tranche) - command.amount_fen
    short = Warned(
        code="task_admission.tranche_short",
        source="dossier §4.1 T8",
        details={"tranche": paid.tranche, "missing_fen": missing},
    )
    in_transit = next(each.account for each in paid.postings if each.account.pocket == "in_transit")
    received = FundsReceived(
        tranche=paid.tranche,
        amount_fen=command.amount_fen,
        voucher=command.voucher,
        year=booked.year,
        by=facts.asked.person,
        on=facts.asked.on,
        postings=move(command.amount_fen, in_transit, booked),
        warnings=(short,) if missing > 0 else (),
    )
    return (received,) if missing > 0 else (received, *keep(facts, funds_limit(paid.tranche)))
