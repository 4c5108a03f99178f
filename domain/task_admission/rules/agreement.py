"""The service agreement (服务协议): the same text, by both legal representatives, within the decision, in time."""

from typing import Any, Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.directory import SeatsOf
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.ledger import Account
from domain.kernel.limits import close_all, keep, lapse
from domain.kernel.messages import Warned
from domain.task_admission.agreement import Agreement, AgreementForm, Proxy
from domain.task_admission.application import Funding
from domain.task_admission.commands import DeclineAgreement, SignAgreement
from domain.task_admission.commands.roles import LEGAL_REPRESENTATIVES
from domain.task_admission.events import AgreementDeclined, AgreementLapsed, AgreementSigned, AgreementSignedBy
from domain.task_admission.events.agreement import Side
from domain.task_admission.rules.funding import check_amount
from domain.task_admission.rules.money import appropriation, by_year, release, release_all
from domain.task_admission.rules.parameters import SIGNATURE
from domain.task_admission.rules.payments import payments_due, term_dates
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.separation import hold_one_part
from domain.task_admission.rules.wording import orders_in
from domain.task_admission.state import AdmissionState, Agreed, AgreementPending, FundsPending, Suspended

SOURCE: Final = "S2-08, dossier §4.1"
REPRESENTATIVE_SOURCE: Final = "L-RC25:12"
CLAUSE_SOURCE: Final = "S2-11, S4-42, S4-43"
BEYOND: Final = "task_admission.beyond_decision"
CONTENTS: Final = (
    "decision_no",
    "scope",
    "standard",
    "term",
    "amount_fen",
    "payments",
    "acceptance",
    "change",
    "exit",
    "disputes",
)
"""What an agreement must hold."""
TEXTS: Final = ("standard", "acceptance", "change", "exit", "disputes")


def signing_needs(command: SignAgreement, state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name the offices of the one for whom a proxy signs."""
    if command.proxy is None or not isinstance(state, AgreementPending):
        return ()
    return (SeatsOf(command.proxy.principal),)


def sign(command: SignAgreement, state: AdmissionState, facts: Facts) -> Events:
    """Take one side's signature; with the second one the agreement holds, and each payment gets its day.

    Source:
        S2-08; L-RC25:12; ADMISSION §5.

    Raises:
        Refused: `task_admission.not_authorised_to_sign`, `task_admission.substitute_needed`,
            `task_admission.texts_differ`, `task_admission.incomplete_agreement`, `task_admission.beyond_decision`,
            `task_admission.guarantee_forbidden`, `task_admission.prohibited_clause`,
            `task_admission.signature_too_late`.
    """
    match state:
        case AgreementPending():
            return _signed(command, state, facts)
        case FundsPending(item=Agreed(signed=signed, signatures=signatures)):
            if command.text_sha256 in {each.text_sha256 for each in (*signatures, signed)}:
                return NOTHING_NEW
            raise wrong_phase(command, state)
        case _:
            raise wrong_phase(command, state)


def _signed(command: SignAgreement, state: AgreementPending, facts: Facts) -> Events:
    side = side_of(state, facts)
    _check_authority(command.proxy, facts)
    hold_one_part(
        "community" if side == "community" else "applicant",
        state,
        facts,
        principals=() if command.proxy is None else (command.proxy.principal,),
    )
    other = next((each for each in state.signatures if each.side != side), None)
    if other is not None and other.text_sha256 != command.text_sha256:
        raise Refused("task_admission.texts_differ", SOURCE, signed_by_other=other.text_sha256)
    agreement = _complete(command.agreement)
    if other is not None and other.agreement != agreement:
        raise Refused("task_admission.texts_differ", SOURCE, signed_by_other=other.text_sha256)
    _check_within(agreement, state)
    warnings = _check_clauses(command.agreement, agreement, state.drafted.community, facts)
    _check_in_time(facts)
    signature = {
        "side": side,
        "agreement": agreement,
        "text_sha256": command.text_sha256,
        "by": facts.asked.person,
        "proxy": command.proxy,
        "on": facts.asked.on,
        "warnings": warnings,
    }
    own = next((each for each in state.signatures if each.side == side), None)
    if own is not None and (own.text_sha256, own.agreement) == (command.text_sha256, agreement):
        return NOTHING_NEW
    if other is None:
        return (AgreementSignedBy.model_validate(signature),)
    return _concluded(AgreementSigned.model_validate(signature), state, facts)


def side_of(state: AgreementPending | FundsPending | Suspended, facts: Facts) -> Side:
    """Say for which side somebody acts."""
    return "community" if facts.asked.organisation == state.drafted.community else "department"


def _check_authority(proxy: Proxy | None, facts: Facts) -> None:
    """Let a legal representative sign, or who holds a written proxy of one.

    A proxy was given by the day it is used, and who gave it represents the side on both days.

    Source:
        L-RC25:12.
    """
    asked = facts.asked
    signs_for = asked.person if proxy is None else proxy.principal
    days = (asked.on,) if proxy is None else (proxy.given_on, asked.on)
    spells = [
        seat.spell
        for seat in facts[SeatsOf(signs_for)]
        if seat.organisation == asked.organisation and seat.role in LEGAL_REPRESENTATIVES
    ]
    if max(days) > asked.on or not all(any(spell.covers(day) for spell in spells) for day in days):
        why = "no_representative" if proxy is None else "proxy_of_no_representative"
        details = {"why": why, "person": asked.person, "organisation": asked.organisation}
        raise Refused("task_admission.not_authorised_to_sign", REPRESENTATIVE_SOURCE, **details)


def _complete(form: AgreementForm) -> Agreement:
    blank = [name for name in CONTENTS if not getattr(form, name)]
    if blank:
        raise Refused("task_admission.incomplete_agreement", SOURCE, fields=[*blank])
    amounts = [each.amount_fen for each in form.payments]
    # A payment of nothing could never be made, and would be overdue for ever.
    if sum(amounts) != form.amount_fen or 0 in amounts:
        raise Refused("task_admission.incomplete_agreement", SOURCE, fields=["payments"], amount_fen=form.amount_fen)
    return Agreement.model_validate({name: getattr(form, name) for name in (*CONTENTS, "notice_days")})


def _check_within(agreement: Agreement, state: AgreementPending) -> None:
    """Let the agreement ask for no more than the decision admits, in scope, term, amount, and of each year's money."""
    approved = state.approved
    if agreement.decision_no != approved.decision_no:
        raise Refused(BEYOND, SOURCE, why="another_decision", decision_no=approved.decision_no)
    beyond = [line for line in agreement.scope if line not in approved.scope]
    if beyond:
        raise Refused(BEYOND, SOURCE, why="scope", lines=[*beyond])
    if agreement.term.start_on < approved.term.start_on or agreement.term.end_on > approved.term.end_on:
        raise Refused(BEYOND, SOURCE, why="term", end_on=approved.term.end_on.isoformat())
    if agreement.amount_fen > approved.amount_fen:
        raise Refused(BEYOND, SOURCE, why="amount", amount_fen=approved.amount_fen)
    reserved = {account.year: fen for account, fen in state.money.held("reserved").items()}
    for year, fen in by_year(agreement.payments).items():
        if fen > reserved.get(year, 0):
            raise Refused(BEYOND, SOURCE, why="year", year=year, amount_fen=reserved.get(year, 0))


def _check_clauses(form: AgreementForm, agreement: Agreement, community: str, facts: Facts) -> tuple[Warned, ...]:
    """Let no committee guarantee anything, and no agreement carry a responsibility letter, a target or a veto.

    Source:
        L-RC25:12; S2-11; S4-42, S4-43.
    """
    if community in form.guarantors:
        raise Refused("task_admission.guarantee_forbidden", REPRESENTATIVE_SOURCE, community=community)
    if form.demands:
        raise Refused("task_admission.prohibited_clause", CLAUSE_SOURCE, clauses=[*form.demands])
    texts = {field: getattr(agreement, field) for field in TEXTS}
    scope = {f"scope.{number}": line for number, line in enumerate(agreement.scope, start=1)}
    return tuple(
        rule.breach("task_admission.prohibited_clause", field=field, found=found)
        for rule, field, found in orders_in({**scope, **texts}, facts)
    )


def _check_in_time(facts: Facts) -> None:
    due_on = facts.clocks[SIGNATURE.name].deadline.due_on
    if facts.asked.received_on > due_on:
        raise Refused("task_admission.signature_too_late", "DL-09", due_on=due_on.isoformat())


def _concluded(signed: AgreementSigned, state: AgreementPending, facts: Facts) -> Events:
    """Let the agreement hold; money that it does not need is free again."""
    item = Agreed(file=state.file, approved=state.approved, signatures=state.signatures, signed=signed)
    funding = check_amount(state.application.funding)
    return (
        signed,
        *release(_not_needed(funding, signed.agreement, state), "less_agreed"),
        *keep(facts, SIGNATURE.name),
        *payments_due(item, facts),
        *term_dates(item, facts),
    )


def _not_needed(funding: Funding, agreement: Agreement, state: AgreementPending) -> dict[Account, int]:
    needed = {appropriation(funding, year).turned("reserved"): fen for year, fen in by_year(agreement.payments).items()}
    left = {account: fen - needed.get(account, 0) for account, fen in state.money.held("reserved").items()}
    return {account: fen for account, fen in left.items() if fen > 0}


def decline(command: DeclineAgreement, state: AdmissionState, facts: Facts) -> Events:
    """Let the community say no to an off-list item, with reasons and without default: it is never an order.

    Source:
        dossier §9 C03; ADMISSION §8 item 18.

    Raises:
        Refused: `task_admission.substitute_needed`, `task_admission.reasons_missing`.
    """
    match state:
        case AgreementPending(money=money):
            hold_one_part("community", state, facts)
            if command.reasons is None:
                raise Refused("task_admission.reasons_missing", "dossier §3.4", why="nothing_written")
            declined = AgreementDeclined(reasons=command.reasons, by=facts.asked.person, on=facts.asked.on)
            return *release_all(money, "declined"), declined, *close_all(facts)
        case _:
            raise wrong_phase(command, state)


def lapse_agreement(state: AdmissionState, facts: Facts) -> Events:
    """Let what both sides have not signed in time lapse, and name who had not.

    Source:
        DL-09; dossier §4.1 T7.
    """
    if not isinstance(state, AgreementPending):
        return NOTHING_NEW
    if facts.asked.received_on <= facts.clocks[SIGNATURE.name].deadline.due_on:
        return NOTHING_NEW
    signed = {each.side for each in state.signatures}
    sides: tuple[Side, ...] = ("department", "community")
    lapsed = AgreementLapsed(missing=tuple(side for side in sides if side not in signed))
    lost = lapse(facts, SIGNATURE.name)
    return *release_all(state.money, "lapsed"), lapsed, *lost, *close_all(facts, but=(SIGNATURE.name,))
