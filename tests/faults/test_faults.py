"""Some twenty cases with live clocks, while the worker, PostgreSQL and the Temporal server are killed at random.

Nothing acknowledged is lost, nothing happens twice, every clock fires once, the ledger balances, the record is proven
(DESIGN §2). `make faults` does the same with two hundred.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from adapters.servers.temporal import Binary
from tests.faults.fault_run import Outcome, Settings, check, play
from tests.faults.kept import Kept, Told
from tests.faults.saboteur import VICTIMS

SETTINGS = Settings(seed=4, cases=23, kills=6, limit_seconds=300)
LIVED = frozenset(
    {"TaskRenewed", "ItemCarriedOn", "TaskActivated", "PaymentHeld", "FundUseReported", "EarlyTerminationRequested"}
    | {"TaskExited", "ListApproved", "ListCameIntoForce", "ListReviewed", "ListSuperseded"}
)
"""What the items and the lists went through."""
CLOCKS = 20
"""How many wake-ups fall due at least; each plan whose limits pass brings five."""
pytestmark = pytest.mark.timeout(SETTINGS.limit_seconds + 60)


@pytest.fixture(scope="module")
def outcome(temporal_binary: Binary) -> Outcome:
    said: list[str] = []
    outcome = play(SETTINGS, temporal_binary, said.append)
    assert not outcome.findings, "\n".join((*said, *outcome.summary, *outcome.findings))
    return outcome


def test_nothing_acknowledged_is_lost_and_nothing_happens_twice(outcome: Outcome) -> None:
    assert list(check(outcome.asked, outcome.kept, outcome.nows)) == []


def test_everybody_died_while_clocks_were_ringing_and_money_moved(outcome: Outcome) -> None:
    assert outcome.deaths.keys() == set(VICTIMS)
    assert sum(told.id.startswith("wake:") for told in _all(outcome.kept)) >= CLOCKS
    assert {row.pocket for row in outcome.kept.accounts if row.version} >= {"available", "reserved", "spent"}
    assert any(told.id.startswith("link:") for told in _all(outcome.kept))


def test_an_item_was_renewed_one_was_ended_early_and_a_list_took_the_place_of_another(outcome: Outcome) -> None:
    happened = {row.type for events in outcome.kept.events.values() for row in events}
    assert happened >= LIVED


def _all(kept: Kept) -> list[Told]:
    return [told for commands in kept.commands.values() for told in commands]


def _first(kept: Kept, fits: Callable[[Told], bool]) -> Told:
    return next(told for told in _all(kept) if fits(told))


def _a_callers(told: Told) -> bool:
    return not told.id.startswith(("wake:", "link:")) and bool(told.answer.events)


def _with(kept: Kept, stream: str, *commands: Told) -> Kept:
    return replace(kept, commands={**kept.commands, stream: commands})


def _lost(kept: Kept) -> Kept:
    told = _first(kept, _a_callers)
    return _with(kept, told.stream, *(each for each in kept.commands[told.stream] if each != told))


def _twice(kept: Kept) -> Kept:
    told = _first(kept, _a_callers)
    return _with(kept, told.stream, *kept.commands[told.stream], told)


def _elsewhere_too(kept: Kept) -> Kept:
    told = _first(kept, _a_callers)
    other = _first(kept, lambda each: each.stream != told.stream)
    return _with(kept, other.stream, *kept.commands[other.stream], told)


def _answered_otherwise(kept: Kept) -> Kept:
    told = _first(kept, _a_callers)
    answer = {**told.body["answer"], "version": told.answer.version + 1}
    changed = replace(told, body={**told.body, "answer": answer})
    return _with(kept, told.stream, *(changed if each == told else each for each in kept.commands[told.stream]))


def _a_gap(kept: Kept) -> Kept:
    told = _first(kept, _a_callers)
    events = kept.events[told.stream]
    return replace(kept, events={**kept.events, told.stream: events[:-1]})


def _a_notice_lost(kept: Kept) -> Kept:
    return replace(kept, notices=dict(list(kept.notices.items())[1:]))


def _a_notice_twice(kept: Kept) -> Kept:
    return replace(kept, notices={**kept.notices, "link:again@1.1": next(iter(kept.notices.values()))})


def _a_clock_that_never_rang(kept: Kept) -> Kept:
    last = _first(kept, lambda told: ":escalate-2:" in told.id)
    commands = [each for each in kept.commands[last.stream] if each.number < last.number]
    events = [each for each in kept.events[last.stream] if each.version < last.answer.version]
    return replace(_with(kept, last.stream, *commands), events={**kept.events, last.stream: events})


def _a_list_never_told(kept: Kept) -> Kept:
    noted = _first(kept, lambda told: "SuccessorNoted" in told.answer.events)
    commands = [each for each in kept.commands[noted.stream] if each.number < noted.number]
    events = kept.events[noted.stream][: noted.met_version]
    return replace(_with(kept, noted.stream, *commands), events={**kept.events, noted.stream: events})


TAMPERING: Mapping[str, tuple[Callable[[Kept], Kept], str]] = {
    "a command is lost": (_lost, "is recorded 0 times"),
    "a command is there twice": (_twice, "is recorded 2 times"),
    "a command is in two cases": (_elsewhere_too, "is recorded in 2 cases"),
    "an answer is another one": (_answered_otherwise, "was told"),
    "an event is lost": (_a_gap, "versions are not"),
    "a notice is lost": (_a_notice_lost, "are missing"),
    "a notice is served twice": (_a_notice_twice, "are new"),
    "a list was never told of its successor": (_a_list_never_told, "knows no successor"),
    "a clock never rang": (_a_clock_that_never_rang, "never rang"),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_the_proof_would_have_found_it_when(name: str, outcome: Outcome) -> None:
    tamper, said = TAMPERING[name]
    assert any(said in finding for finding in check(outcome.asked, tamper(outcome.kept), outcome.nows))
