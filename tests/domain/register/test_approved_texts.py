"""Where the law of the day asks for it, a list is changed only as it was approved (dossier §4.5 P5; S2-07, S4-06)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.kernel.facts import CasesHolding
from domain.kernel.lists import ListContent, approved_key
from domain.kernel.policy import Pack, parse_pack
from tests.domain.register.publications import LIST, WORLD, a_list, a_pack, correct, entry, publish, register, value
from tests.spec import Given, World

CHANGED = a_list(entry(), entry("A-02", "petitions"), since=date(2026, 4, 1))
CASE = "list-0000000000000001"


def pack(grade: str = "default", since: str = "2026-01-01") -> Pack:
    asks = value("list_procedure", 0, since) | {"value": [LIST], "unit": "registers", "source": "S4-06", "grade": grade}
    return parse_pack({"name": "zone", "title": "zone", "valid_from": "2012-01-01", "source": "§0", "entries": [asks]})


def world(grade: str = "default", since: str = "2026-01-01", **approved: CasesHolding) -> World:
    return replace(WORLD, packs=(pack(grade, since),), others=dict.fromkeys(approved.values(), (CASE,)))


def found(content: ListContent, after: int = 1, corrects: int | None = None) -> CasesHolding:
    return CasesHolding(approved_key(LIST, after, content, corrects))


def standing(there: World) -> Given:
    return register().in_(there).when(publish(a_list())).recorded()


def test_the_first_version_states_what_stood_before_and_is_loaded():
    assert standing(world()).case.version == 1


def test_a_later_text_that_nobody_approved_is_refused_with_the_clause_of_the_procedure():
    refused = standing(world()).when(publish(CHANGED))
    refused.then_refused("register.not_approved", register=LIST, version=1)
    assert refused.decision.answer.refusal is not None
    assert refused.decision.answer.refusal.source == "S4-06"


def test_the_text_that_was_approved_is_published_and_names_its_proposal():
    there = standing(world(approved=found(CHANGED))).when(publish(CHANGED))
    assert there.decision.events[0].approved_in == CASE
    assert there.recorded().case.version == 2


@pytest.mark.parametrize(
    "otherwise",
    [
        found(CHANGED, after=2),
        found(CHANGED, corrects=1),
        found(CHANGED.model_copy(update={"source": "S4-06"})),
        found(CHANGED.model_copy(update={"valid_from": date(2026, 5, 1)})),
    ],
)
def test_another_text_than_the_approved_one_is_refused_down_to_its_first_day(otherwise):
    standing(world(approved=otherwise)).when(publish(CHANGED)).then_refused("register.not_approved")


def test_a_correction_is_approved_like_any_other_change():
    mended = a_list(entry(title="社会治安"))
    standing(world()).when(correct(1, mended)).then_refused("register.not_approved")
    there = standing(world(approved=found(mended, corrects=1))).when(correct(1, mended))
    assert there.decision.events[0].approved_in == CASE


def test_before_its_first_day_the_procedure_is_asked_of_nobody():
    there = standing(world(since="2026-04-01"))
    there.when(publish(CHANGED), on=date(2026, 3, 31)).recorded()
    there.when(publish(CHANGED), on=date(2026, 4, 1)).then_refused("register.not_approved")


def test_a_draft_of_the_procedure_warns_and_refuses_nothing():
    there = standing(world("draft")).when(publish(CHANGED))
    assert [each.code for each in there.decision.answer.warnings] == ["register.not_approved"]
    assert there.recorded().case.version == 2


def test_a_register_of_which_the_procedure_says_nothing_is_published_directly():
    other = "purchase_catalogue"
    there = register(other).in_(world()).when(publish(a_list(), other)).recorded()
    there.when(publish(CHANGED, other)).recorded()
    law = register("pack-zone").in_(world()).when(publish(a_pack(value("x", 1, "2026-01-01")), "pack-zone")).recorded()
    law.when(publish(a_pack(value("x", 1, "2026-01-01"), value("y", 1, "2026-04-01")), "pack-zone")).recorded()


def test_a_text_without_entries_repeals_the_list_and_only_where_that_was_approved():
    nothing = CHANGED.model_copy(update={"entries": ()})
    register().in_(WORLD).when(publish(a_list())).recorded().when(publish(nothing)).then_refused("register.no_entries")
    there = standing(world(approved=found(nothing))).when(publish(nothing)).recorded()
    version = there.case.state.published.in_force_on(date(2026, 4, 1), date(2026, 4, 1))
    assert (version.number, version.entries) == (2, ())
