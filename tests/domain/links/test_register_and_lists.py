"""What a register says to the proposal it published, and one list to the other (dossier §4.5 P5)."""

from dataclasses import replace
from datetime import date
from typing import Any

from domain.kernel.facts import CasesHolding
from domain.kernel.followups import TellAffected, TellCase
from domain.kernel.lists import approved_key, standing_key
from domain.links.lists_to_lists import lists_to_lists
from domain.links.register_to_lists import register_to_lists
from domain.list_management.state import EVERY_LIST, view
from tests.domain.list_management.proposals import (
    IN_FORCE_ON,
    PUBLISHED_ON,
    approved,
    in_force,
    publication,
    taken_up,
    text,
)
from tests.domain.register.publications import LIST, WORLD, a_list, a_year, correct, entry, publish, register
from tests.spec import Given, Then

CASE = "list-0000000000000001"
LAWS = "law_register"
LATER = a_list(entry(), entry("A-02", "petitions"), since=date(2026, 4, 1))


def said(asked: Then) -> list[Any]:
    asked.recorded()
    return [each for event in asked.decision.events for each in register_to_lists(event, asked.decision)]


def standing(name: str = LIST) -> Given:
    return register(name).when(publish(a_list(), name)).recorded()


def test_a_list_that_is_published_directly_is_told_to_nobody():
    assert said(register().when(publish(a_list()))) == []
    assert said(standing().when(publish(LATER))) == []
    assert said(register("calendar").when(publish(a_year(), "calendar"))) == []


def test_the_proposal_hears_that_its_very_text_is_published():
    content = text()
    key = CasesHolding(approved_key(LIST, 1, content))
    there = standing().in_(replace(WORLD, others={key: (CASE,)}))
    (told,) = said(there.when(publish(content), on=PUBLISHED_ON))
    assert isinstance(told, TellCase)
    assert (told.process, told.case, told.command) == ("list_management", CASE, "RecordPublication")
    expected = publication().model_copy(update={"title": content.title})
    process = approved().process
    heard = process.commands.read(told.command, told.body)
    assert heard == expected
    answered = approved().when(heard, by="linked_case", on=PUBLISHED_ON).recorded()
    assert (answered.case.state.phase, answered.case.state.published.valid_from) == ("published", IN_FORCE_ON)


def test_a_changed_law_register_is_told_to_every_list_that_is_kept():
    assert said(register(LAWS).when(publish(a_list(), LAWS))) == []
    (told,) = said(standing(LAWS).when(publish(LATER, LAWS)))
    assert (told.key, told.command, told.body) == (EVERY_LIST, "OpenListReview", {"because": "law_register@2"})
    mended = a_list(entry(title="社会治安"))
    (told,) = said(standing(LAWS).when(correct(1, mended, LAWS)))
    assert told.key in view(in_force().case.state).keys


def test_the_list_that_stood_hears_of_its_successor_by_the_key_that_it_holds():
    asked = approved().when(publication(), by="linked_case", on=PUBLISHED_ON)
    told = [each for event in asked.decision.events for each in lists_to_lists(event, asked.decision)]
    (each,) = told
    assert isinstance(each, TellAffected)
    assert each.key == standing_key(LIST)
    assert each.key in view(taken_up().case.state).keys
    assert each.body == {"version": 2, "valid_from": IN_FORCE_ON.isoformat(), "corrects": None}
