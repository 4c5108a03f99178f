"""A budget is amended by a document with a reason; what is promised is not taken back (S0-08, S0-45, dossier §3.3)."""

from dataclasses import replace

import pytest

from domain.kernel.errors import CorruptHistory
from domain.kernel.ledger import check
from domain.kernel.money import MAX_FEN
from tests.domain.appropriation.budget import (
    DOCUMENT,
    GRANTED_FEN,
    LATER,
    amend,
    amended,
    balances,
    budgeted,
    by_finance,
    granted,
    new,
)
from tests.spec import given


def test_more_is_granted():
    there = by_finance(budgeted(), amend(5)).then(amended(5))
    assert there.case.state.granted_fen == GRANTED_FEN + 5


def test_what_is_available_is_taken_back_to_the_last_fen():
    there = by_finance(budgeted(available=5), amend(-5)).then(amended(-5))
    assert there.case.state.granted_fen == GRANTED_FEN - 5


def test_one_fen_more_than_is_available_is_refused_and_names_what_is():
    refused = by_finance(budgeted(available=5), amend(-6))
    refused.then_refused("appropriation.not_available", wanted_fen=6, available_fen=5)


def test_what_is_set_aside_on_its_way_or_spent_is_not_taken_back():
    there = budgeted()
    spoken_for = replace(there.world, others=balances(available=0, reserved=1, in_transit=1, spent=1))
    by_finance(there.in_(spoken_for), amend(-1)).then_refused("appropriation.not_available", available_fen=0)


@pytest.mark.parametrize(("change", "ways"), [(5, ("granted", "available")), (-5, ("available", "granted"))])
def test_the_postings_of_an_amendment_balance(change, ways):
    (event,) = by_finance(budgeted(), amend(change)).decision.events
    check(event.postings)
    assert [(each.account.pocket, each.amount_fen) for each in event.postings] == [(ways[0], -5), (ways[1], 5)]


def test_a_change_of_nothing_is_none():
    by_finance(budgeted(), amend(0)).then_refused("ledger.amount_not_positive")


def test_the_same_document_in_the_same_words_is_nothing_new():
    by_finance(budgeted(amended(5)), amend(5)).then_nothing_new()


@pytest.mark.parametrize("again", [amend(6), amend(-5), amend(5, reason="另一理由")])
def test_the_same_document_in_other_words_is_a_mistake(again):
    by_finance(budgeted(amended(5)), again).then_refused("appropriation.document_used", document=LATER)


def test_the_document_that_granted_the_line_does_not_amend_it():
    by_finance(budgeted(), amend(5, document=DOCUMENT)).then_refused("appropriation.document_used")


def test_another_document_amends_it_again():
    third = "财预〔2026〕40号"
    by_finance(budgeted(amended(5)), amend(-7, document=third)).then(amended(-7, document=third))


def test_no_line_holds_more_than_can_be_counted_exactly():
    by_finance(budgeted(), amend(MAX_FEN - GRANTED_FEN)).recorded()
    refused = by_finance(budgeted(), amend(MAX_FEN - GRANTED_FEN + 1))
    refused.then_refused("appropriation.too_much", granted_fen=GRANTED_FEN, most_fen=MAX_FEN)


def test_what_was_not_granted_is_not_amended():
    by_finance(new(), amend(5)).then_refused("appropriation.not_opened")


def test_only_finance_amends():
    budgeted().when(amend(5), by="li").then_refused("appropriation.not_your_role")


@pytest.mark.parametrize("history", [(amended(5),), (granted(), granted())])
def test_no_history_begins_with_an_amendment_or_grants_twice(history):
    with pytest.raises(CorruptHistory):
        given(new().process, *history)
