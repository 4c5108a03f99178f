"""Random walks through the whole life of an item: where they begin and in which world."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from domain.kernel.ledger import BalanceOf
from domain.kernel.messages import Event
from domain.task_admission.commands import AcceptApplication, ConfirmListed, RecheckProof
from domain.task_admission.decider import TASK_ADMISSION
from tests.domain.task_admission.changed_packs import with_value
from tests.domain.task_admission.district import (
    BEFORE,
    LISTED,
    START,
    TODAY,
    District,
    a_form,
    an_old_form,
    appropriation,
    entry,
    published,
    seat,
    version,
)
from tests.domain.task_admission.ending import (
    DECIDED_ON,
    begun_anew,
    both_satisfied,
    conferred,
    disapproved,
    over,
    renewed,
    reviewed_at_the_end,
    to_be_renewed,
)
from tests.domain.task_admission.main_line import (
    AMOUNT,
    PAID_ON,
    SIGNED_ON,
    accepted,
    active,
    after,
    agreed,
    approved,
    confirmed,
    empowered,
    leaving,
    opinion,
    paid,
    reviewed,
)
from tests.domain.task_admission.mending import mended, sent_back
from tests.domain.task_admission.owed import delivered, halfway, in_parts, listed, staffed, with_seats, without_seats
from tests.domain.task_admission.reporting import HELD_ON, held, with_surveyor
from tests.domain.task_admission.signing import signed_by_department
from tests.domain.task_admission.standing_still import (
    CURE_ENDS,
    LOST_ON,
    NAMED_ON,
    complained,
    given_up,
    listed_at_work,
    without_mandate,
)
from tests.domain.task_admission.threatened import confirmed as confirmed_threat
from tests.domain.task_admission.threatened import declared, regularised, spend
from tests.domain.task_admission.walk_words import REASON, WORDS
from tests.walks import Ground, Walk
from workflows.task_admission import TaskAdmissionWorkflow

BEGIN: Final = date(2026, 3, 10)
OVER: Final = date(2027, 6, 1)
JOINT: Final = (seat("zhu", "authority", "approver"), seat("zhu", "harbour", "residents_committee"))
GROUND: Final = Ground(
    TASK_ADMISSION,
    TaskAdmissionWorkflow.LIFECYCLE,
    people={
        "delegating_department": ("li",),
        "head_of_department": ("chen",),
        "secretariat": ("wang",),
        "approver": ("zhou",),
        "convenor": ("zheng",),
        "finance_bureau": ("feng",),
        "residents_committee": ("ji",),
        "committee_director": ("wu",),
        "surveyor": ("gu",),
        "schedule": ("schedule",),
        "linked_case": ("linked_case",),
    },
    strangers=("he", "zhao", "sun", "deng", "tang", "zhu", "operator"),
    words=WORDS,
)
World = Callable[[District], District]


def _same(there: District) -> District:
    return there


def _gone(person: str, role: str, last_on: date) -> World:
    """Let somebody of the department leave office."""
    return lambda there: with_seats(without_seats(there, person), seat(person, "health", role, last_on=last_on))


_CHANGED_LIST = published(
    "assistance_list",
    version(1, entry("A-01", "public_health_notices"), until=date(2026, 5, 31)),
    version(2, entry("A-02", "elder_meals"), since=START, published=BEGIN),
)
_CATALOGUE = published("purchase_catalogue", version(1, entry("G-11", "elder_meals")))


def _buying(there: District) -> District:
    return replace(there, packs=(with_value("off_list_route", "purchase"),)).with_list(_CATALOGUE)


EARLY: Final[tuple[World, ...]] = (
    *(_same, _same, _same),
    lambda there: replace(there, seats=(*there.seats, *JOINT)),
    lambda there: there.with_list(_CHANGED_LIST),
    _buying,
    lambda there: there.with_fact(BalanceOf(appropriation(2026)), AMOUNT - 1),
    lambda there: there.without_list("power_duty_list"),
)
"""Nothing else, a joint post, a changed list, a district that buys, a budget too small, a missing list."""
LATE: Final[tuple[World, ...]] = (
    *(_same, _same, _same),
    _gone("li", "delegating_department", START - timedelta(1)),
    _gone("li", "delegating_department", date(2026, 12, 31)),
    _gone("chen", "head_of_department", START),
    _gone("chen", "head_of_department", date(2026, 12, 31)),
)
"""Nothing else, or somebody who answers for the item leaves office, before the work begins or in the midst of it."""


@dataclass(frozen=True)
class Place:
    """Where a walk begins.

    Attributes:
        worlds: What else may be so there.
    """

    there: District
    on: date
    worlds: tuple[World, ...]


PLACES: Final[dict[str, Place]] = {
    "nothing yet": Place(District(), BEFORE, EARLY[:3]),
    "an old draft": Place(District().drafted(an_old_form(), on=BEFORE), BEFORE, EARLY),
    "an old application": Place(District().submitted(an_old_form(matter="residents_pact"), on=BEFORE), BEFORE, EARLY),
    "a draft": Place(District().drafted(), TODAY, EARLY),
    "checked": Place(District().submitted(), BEGIN, EARLY),
    "on the list": Place(District().submitted(LISTED), BEGIN, EARLY),
    "for the department itself": Place(District().submitted(a_form(routine=True)), BEGIN, EARLY),
    "in no list": Place(District().submitted(a_form(needs_community=False, funding=None)), BEGIN, EARLY),
    "declared": Place(declared(), TODAY, EARLY),
    "a threat": Place(confirmed_threat(), date(2026, 3, 4), EARLY),
    "a threat that costs": Place(after(confirmed_threat(), spend(), "ji", date(2026, 3, 6)), date(2026, 3, 6), EARLY),
    "back": Place(regularised(), BEGIN, EARLY),
    "back and reviewed": Place(reviewed(after(regularised(), AcceptApplication(), "wang", BEGIN)), BEGIN, EARLY),
    "sent back": Place(sent_back(), date(2026, 3, 4), EARLY),
    "mended": Place(mended(), BEGIN, EARLY),
    "accepted": Place(accepted(), date(2026, 3, 5), EARLY),
    "accepted, sent back": Place(sent_back(accepted(), date(2026, 3, 6)), date(2026, 3, 6), EARLY),
    "objected to": Place(
        after(accepted(), opinion(opinion="object", reasons=REASON), "ji", date(2026, 3, 6)), BEGIN, EARLY
    ),
    "reviewed": Place(reviewed(), BEGIN, EARLY),
    "reviewed where it is bought": Place(reviewed(), BEGIN, (_buying,)),
    "reviewed, sent back": Place(sent_back(reviewed(), BEGIN), BEGIN, EARLY),
    "approved": Place(approved(), SIGNED_ON, LATE),
    "signed by one": Place(signed_by_department(), SIGNED_ON, LATE),
    "agreed": Place(agreed(), SIGNED_ON, LATE),
    "in parts": Place(in_parts(), SIGNED_ON, LATE),
    "confirmed as listed": Place(
        after(District().submitted(LISTED), ConfirmListed(conditions=REASON), "wang", date(2026, 3, 9)), BEGIN, LATE
    ),
    "listed and paid": Place(delivered(staffed(listed())), PAID_ON, LATE),
    "empowered": Place(empowered(), PAID_ON, LATE),
    "paid": Place(paid(), PAID_ON, LATE),
    "active": Place(active(), START, LATE),
    "halfway": Place(halfway(), START, LATE),
    "reporting": Place(with_surveyor(halfway()), HELD_ON, (_same,)),
    "held": Place(held(), HELD_ON, LATE),
    "at work on a list": Place(listed_at_work(), START, LATE),
    "without mandate": Place(without_mandate(), LOST_ON, LATE),
    "complained of": Place(complained(halfway()), NAMED_ON, LATE),
    "given up": Place(given_up(), CURE_ENDS + timedelta(1), LATE),
    "in its last month": Place(reviewed_at_the_end(), DECIDED_ON, LATE),
    "to be renewed": Place(to_be_renewed(), DECIDED_ON, LATE),
    "renewed": Place(renewed(), date(2027, 5, 12), LATE),
    "renewed and over": Place(both_satisfied(over(begun_anew())), date(2027, 6, 3), LATE),
    "disapproved": Place(disapproved(), date(2026, 9, 1), LATE),
    "ended by the conference": Place(conferred(), date(2026, 9, 14), LATE),
    "leaving": Place(leaving(), OVER, LATE),
    "leaving halfway": Place(leaving(halfway()), OVER, LATE),
    "confirmed": Place(confirmed(), date(2027, 6, 3), LATE),
}
"""A case in each phase and on each way out of it, on the day on which the walk begins."""


@dataclass(frozen=True)
class Walked:
    """A walk that was taken, with what had happened before it."""

    district: District
    walk: Walk

    @property
    def history(self) -> Sequence[Event]:
        """Everything that happened in the case."""
        return (*self.district.history, *self.walk.events)


def walked(chance: Random, place: Place) -> Walked:
    """Go some steps from a place in one of its worlds; a case that did not come from that world is told so first."""
    world = chance.choice(place.worlds)
    district = world(place.there)
    walk = Walk(GROUND, chance, district.there, place.on)
    if world is not _same and district.history:
        walk.tell(RecheckProof(because="directory"))
    walk.go(chance.randint(3, 9))
    return Walked(district, walk)
