"""What holds for every command in every state of an application."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.ledger import check, postings_of
from domain.kernel.messages import Event
from domain.task_admission.application import ApplicationForm, Demand, Emergency, LegalBasis
from domain.task_admission.commands import (
    AmendDraft,
    DraftApplication,
    RejectApplication,
    SubmitApplication,
    WithdrawApplication,
)
from domain.task_admission.events import EmergencyConfirmed, EmergencyCostsReported, EmergencySettled, ItemClassified
from tests.domain.task_admission.district import BEFORE, TODAY, District, a_form, an_old_form
from tests.domain.task_admission.walks import journeys
from tests.laws import Asking, keeps_the_laws
from tests.spec import World

BLANKS = tuple(name for name, field in ApplicationForm.model_fields.items() if field.default is None)
MATTERS = (
    "elder_meals",
    "investment_attraction",
    "residents_pact",
    "road_inspection",
    "public_health_notices",
    "flood_warning",
)

BEGUN = (
    District(),
    District().drafted(on=BEFORE),
    District().submitted(an_old_form(matter="residents_pact"), on=BEFORE),
)


@st.composite
def forms(draw: st.DrawFn) -> ApplicationForm:
    """Draw a form near the lawful one: changed in some places, blank in others."""
    changes: dict[str, Any] = {
        "matter": draw(st.sampled_from(MATTERS)),
        "routine": draw(st.booleans()),
        "resident_facing": draw(st.booleans()),
        "needs_community": draw(st.booleans()),
        "amount_fen": draw(st.sampled_from([0, 1, 12_000_000])),
        "start_on": draw(st.dates(TODAY, date(2027, 1, 31))),
        "end_on": draw(st.none() | st.dates(date(2027, 2, 1), date(2031, 1, 1))),
        "added_posts": draw(st.integers(0, 1)),
        "emergency": draw(st.none() | st.just(Emergency(threat="life", facts="险情"))),
        "demands": draw(
            st.sampled_from([(), (Demand(what="office", law=LegalBasis(instrument="L-RC25", article="9")),)])
        ),
    }
    form = draw(st.sampled_from([a_form, an_old_form]))(**changes)
    return form.model_copy(update=dict.fromkeys(draw(st.sets(st.sampled_from(BLANKS), max_size=2) | st.just(set()))))


commands = st.one_of(
    st.builds(
        DraftApplication, community=st.sampled_from(["harbour", "fields", "old_quay", "nowhere"]), application=forms()
    ),
    st.builds(AmendDraft, application=forms()),
    st.just(SubmitApplication()),
    st.builds(
        RejectApplication,
        reason=st.sampled_from(["prohibited", "autonomy", "duty_shifting", "still_incomplete"]),
        reasons=st.just("不符合清单。"),
        entry=st.none() | st.sampled_from(["P-01", "Z-01", "Q-01"]),
        article=st.none() | st.just("S2-04"),
    ),
    st.builds(WithdrawApplication, reason=st.none() | st.just("不再需要")),
)


@st.composite
def scenes(draw: st.DrawFn) -> list[Asking]:
    """Draw what is asked, by whom, the days going forward across the end of 2025."""
    day, scene = BEFORE, list[Asking]()
    for command in draw(st.lists(commands, max_size=6)):
        day += timedelta(days=draw(st.integers(0, 20)) * 9)
        scene.append(Asking(command, by=draw(st.sampled_from(["li", "li", "wang", "zhao", "sun", "chen"])), on=day))
    return scene


@given(st.sampled_from(BEGUN), scenes())
@settings(max_examples=100)
def test_an_application_keeps_the_laws_of_every_decider(begun, scene):
    """A fact that is read without being declared raises, so this holds `needs` to what `decide` reads."""
    keeps_the_laws(begun.there, scene)


@given(forms())
@settings(max_examples=80)
def test_every_form_that_is_handed_in_has_one_route_with_grounds_and_the_lists_it_was_read_in(form):
    answer = District().drafted(form).answer(SubmitApplication())
    if answer.answer.outcome == "recorded":
        classified = answer.events[1]
        assert isinstance(classified, ItemClassified)
        assert len(classified.reasons) > 0
        assert answer.after.state.classified == classified
        assert {each.for_day for each in classified.list_versions} <= {form.start_on, TODAY}
    else:
        assert answer.answer.refusal is not None
        assert answer.answer.refusal.code.startswith("task_admission.")


@given(journeys())
@settings(max_examples=250)
def test_from_acceptance_to_the_agreement_the_laws_are_kept_whoever_asks_what(journey):
    """No case that is over has a clock left running or a fen set aside, and no reserve is ever below nothing.

    Of what was set aside against a threat nothing is left once the item is decided on or at its end.
    """
    begun, walk = journey
    history = [*begun.history]
    there = keeps_the_laws(begun.there, walk, partial(_noted, history)).case
    if there.state.is_end or there.state.phase in {"agreement_pending", "funds_pending"}:
        _what_was_set_aside_against_a_threat_is_settled(history)
    money = getattr(getattr(there.state, "before", there.state), "money", None)
    reserved = {} if money is None else money.held("reserved")
    if there.state.is_end:
        assert there.clocks.lasting() == ()
        assert reserved == {}
    assert all(fen >= 0 for fen in reserved.values())


def _noted(history: list[Event], world: World, events: tuple[Event, ...]) -> World:
    history.extend(events)
    return world


def _what_was_set_aside_against_a_threat_is_settled(history: Sequence[Event]) -> None:
    confirmed = sum(isinstance(each, EmergencyConfirmed) for each in history)
    settled = [each for each in history if isinstance(each, EmergencySettled)]
    costs = sum(each.amount_fen for each in history if isinstance(each, EmergencyCostsReported))
    assert (len(settled), sum(each.paid_fen for each in settled)) == (confirmed, costs)
    for event in history:
        check(postings_of(event))
