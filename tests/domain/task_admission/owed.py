"""Items that are owed their legs, in other shapes than the main line's: listed, in parts, of a village, of 2025."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from domain.kernel.ledger import Account, BalanceOf, Posting
from domain.task_admission.application import ApplicationForm, LegalBasis, Term, Tranche
from domain.task_admission.commands import AcceptCompletion, BeginTask, ConfirmCompletion, ConfirmListed, DecideExit
from tests.domain.task_admission.district import APPROPRIATIONS, START, TODAY, District, a_form, seat
from tests.domain.task_admission.main_line import (
    ACCEPTED_ON,
    AMOUNT,
    PAID_ON,
    SIGNED_ON,
    accept,
    after,
    approve,
    countersign,
    disburse,
    empowered,
    leaving,
    name_people,
    opinion,
    received,
    sign,
)

VILLAGE_BASIS = LegalBasis(instrument="L-VC18", article="37")
HALVES = (
    Tranche(amount_fen=AMOUNT // 2, due_on=START),
    Tranche(amount_fen=AMOUNT // 2, due_on=date(2027, 1, 4)),
)
"""Two payments: by the first day, and in the year after."""


def concluded(
    form: ApplicationForm | None = None,
    there: District | None = None,
    *,
    submitted_on: date = TODAY,
    community: str = "harbour",
    by: str = "li",
    head: str = "chen",
    director: str = "wu",
    **agreed_on: Any,
) -> District:
    """Give a signed agreement on exactly what the form asks for, whoever asks whichever committee.

    Args:
        submitted_on: The other steps follow within three weeks.
        by: Who acts for the applicant; the committee's director gives its opinion too.
        agreed_on: What the agreement says instead.
    """
    form = form or a_form()
    assert form.funding is not None
    schedule = form.funding.schedule
    term = Term.model_validate({"start_on": form.start_on, "end_on": form.end_on})
    contents = {"amount_fen": form.funding.amount_fen, "payments": schedule, "term": term} | agreed_on
    case = (there or District()).submitted(form, community=community, by=by, on=submitted_on)
    steps = (
        (2, accept(), "wang"),
        (3, opinion(), director),
        (3, countersign(schedule=schedule, source=form.funding.source, purpose=form.funding.purpose), "feng"),
        (7, approve(term=term), "zhou"),
        (17, sign(**contents), head),
        (17, sign(**contents), director),
    )
    for days, command, person in steps:
        case = after(case, command, person, submitted_on + timedelta(days=days))
    return case


def in_parts(*payments: Tranche, there: District | None = None, **agreed_on: Any) -> District:
    """Give a signed agreement on the main line's item, paid in these parts."""
    parts = payments or HALVES
    amount = sum(each.amount_fen for each in parts)
    return concluded(a_form(schedule=parts, amount_fen=amount), there, **agreed_on)


def with_subdistrict() -> District:
    """Give a district in which the subdistrict has a head, and money of its own."""
    money = {
        BalanceOf(account(2026, "available", owner="quay_office")): AMOUNT,
        BalanceOf(account(2025, "available", owner="quay_office")): AMOUNT,
    }
    there = District(facts={**APPROPRIATIONS, **money})
    return replace(there, seats=(*there.seats, seat("qiu", "quay_office", "head_of_department")))


def with_seats(there: District, *seats: Any) -> District:
    return replace(there, seats=(*there.seats, *seats))


def without_seats(there: District, *people: str) -> District:
    return replace(there, seats=tuple(each for each in there.seats if each.person not in people))


def listed(there: District | None = None, **changes: Any) -> District:
    """Give an item of the assistance list, confirmed, which needs neither decision nor agreement."""
    form = a_form(matter="public_health_notices", claim="assist", **changes)
    case = (there or District()).submitted(form)
    return after(case, ConfirmListed(conditions="提供场地和宣传材料。"), "wang", ACCEPTED_ON)


def staffed(there: District) -> District:
    return after(there, name_people(), "li", SIGNED_ON)


def delivered(there: District, *, on: date = PAID_ON, **payment: Any) -> District:
    """Give the case once a payment has been made and has arrived, on one day."""
    paid = {key: value for key, value in payment.items() if key != "year"}
    booked = {key: value for key, value in payment.items() if key != "tranche"}
    case = after(there, disburse(**paid), "feng", on)
    return after(case, received(**({"year": on.year} | booked)), "ji", on)


def halfway() -> District:
    """Give an active item whose second payment is still to come."""
    first = delivered(empowered(in_parts()), amount_fen=AMOUNT // 2)
    return after(first, BeginTask(), "schedule", START)


def in_a_village() -> District:
    """Give an active item of a villagers' committee."""
    there = concluded(a_form(legal_basis=VILLAGE_BASIS), community="fields", director="deng")
    there = after(empowered(there), disburse(), "feng", PAID_ON)
    there = after(there, received(), "deng", PAID_ON)
    return after(there, BeginTask(), "schedule", START)


def on_the_way_out(there: District | None = None) -> District:
    """Give an item whose term is over, with everything decided and confirmed but the money."""
    case = after(there or leaving(), DecideExit(outcome="complete"), "zhou", date(2027, 6, 2))
    case = after(case, AcceptCompletion(), "li", date(2027, 6, 3))
    return after(case, ConfirmCompletion(), "ji", date(2027, 6, 3))


def account(year: int, pocket: Any, *, owner: str = "harbour") -> Account:
    return Account(owner=owner, source="department_budget", purpose="elder_meals", year=year, pocket=pocket)


def postings(there: District) -> tuple[Posting, ...]:
    """Give every posting of the case, in order."""
    return tuple(line for event in there.history for line in getattr(event, "postings", ()))


def share(there: District) -> dict[Account, int]:
    """Give what of each account is this case's, in fen, counted from its events alone."""
    balances: dict[Account, int] = {}
    for line in postings(there):
        balances[line.account] = balances.get(line.account, 0) + line.amount_fen
    return {each: fen for each, fen in balances.items() if fen != 0}


def happened(there: District, kind: type[Any]) -> Any:
    """Give the last event of a kind."""
    return next(event for event in reversed(there.history) if isinstance(event, kind))


def version_of(there: District, chosen: Callable[[Any], bool]) -> int:
    """Give the version at which the last chosen event stands."""
    return max(number for number, event in enumerate(there.history, start=1) if chosen(event))
