"""What the documentation says of a process is read from its code, in whatever manner that is written."""

from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field

from adapters.packs import read_packs
from docs.reading.behaviour import Behaviour, by_phase
from docs.reading.calls import Said
from docs.reading.clocks import running
from docs.reading.examples import examples
from docs.reading.expressions import Clause
from domain.kernel.limits import LimitRule
from domain.kernel.messages import Record
from domain.processes import PROCESSES
from tests.architecture.made_up_process import made_up

PACKS = tuple(read_packs(Path(__file__).parents[2] / "policy").values())


@pytest.fixture(scope="module")
def behaviour() -> Behaviour:
    return Behaviour(*made_up(), PACKS)


def _said(behaviour: Behaviour, command: str) -> set[tuple[str, tuple[str | Clause, ...]]]:
    found = [each for (name, _), each in behaviour.found.items() if name == command]
    return {(said.code, said.clauses) for each in found for said in each.said}


def test_a_command_is_asked_in_every_state_to_see_which_of_them_answer_it(behaviour):
    assert {name: by_phase(states) for name, states in behaviour.answered_in.items()} == {
        "Begin": ("new",),
        "HandIn": ("drafting", "checking", "hearing"),
        "AskToMend": ("checking", "hearing"),
        "Mend": ("mending",),
        "LapseMending": ("mending",),
        "Hear": ("checking",),
        "Speak": ("hearing",),
        "Tell": ("hearing",),
        "Grant": ("weighing",),
        "Withdraw": ("drafting", "checking"),
    }


def test_a_command_that_asks_for_a_fact_before_its_phase_is_told_from_the_source(behaviour):
    """Nobody answers a made-up need, so the decider stumbles in every phase; the source says in which it goes on."""
    assert by_phase(behaviour.answered_in["Hear"]) == ("checking",)
    assert _said(behaviour, "Hear") == {("made_up.hall_taken", ("no law §4",))}


def test_a_way_leads_where_the_events_of_the_answer_lead(behaviour):
    """By what an event says, back to the phase that was left, and by a second event that could not have come first."""
    assert {(each.source, each.command, each.target) for each in behaviour.moves} == {
        ("new", "Begin", "drafting"),
        ("drafting", "HandIn", "checking"),
        ("drafting", "HandIn", "hearing"),
        ("drafting", "Withdraw", "dropped"),
        ("checking", "AskToMend", "mending"),
        ("checking", "Hear", "hearing"),
        ("checking", "Withdraw", "dropped"),
        ("mending", "Mend", "checking"),
        ("mending", "Mend", "hearing"),
        ("mending", "LapseMending", "dropped"),
        ("hearing", "AskToMend", "mending"),
        ("hearing", "Tell", "hearing"),
        ("hearing", "Speak", "weighing"),
        ("hearing", "Speak", "checking"),
        ("weighing", "Grant", "given"),
    }


def test_a_phase_in_which_nothing_is_answered_is_only_gone_through(behaviour):
    assert by_phase(behaviour.passed) == ("handed_over",)
    assert {each.through for each in behaviour.moves if each.command == "HandIn"} == {("handed_over",)}


def test_a_limit_is_known_by_what_is_done_with_it(behaviour):
    done = {each.name: dict(each.done) for each in running(behaviour)}
    assert done == {
        "check": {"sets": ("HandIn",), "keeps": ("Hear",), "stops": ("AskToMend",), "resumes": ("Mend",)},
        "mend": {"sets": ("AskToMend",), "keeps": ("Mend",), "lapses": ("LapseMending",)},
    }
    assert all(isinstance(each.rule, LimitRule) for each in running(behaviour))


def test_a_refusal_is_read_through_helpers_texts_put_together_and_values_of_the_law(behaviour):
    assert _said(behaviour, "HandIn") == {("made_up.not_plain", ("no law §1",))}
    assert _said(behaviour, "AskToMend") == {("made_up.too_many_defects", (Clause("defects_allowed"),))}
    assert ("made_up.reasons_missing", ("no law §2",)) in _said(behaviour, "Speak")
    assert _said(behaviour, "Grant") == {("made_up.clerks_do_not_grant", ("no law §3",))}


def test_a_refusal_that_is_only_asked_for_is_not_raised(behaviour):
    assert ("made_up.too_long", ("no law §1",)) in _said(behaviour, "Speak")
    assert _said(behaviour, "Tell") == set()


def test_an_event_that_is_only_compared_is_not_emitted(behaviour):
    (found,) = [each for (name, _), each in behaviour.found.items() if name == "Tell"]
    assert {each.__name__ for each in found.events} == {"Noted"}


def test_a_refusal_stands_where_its_code_is_put_together(behaviour):
    (found,) = [each for (name, _), each in behaviour.found.items() if name == "Grant"]
    assert found.said == [
        Said("made_up.clerks_do_not_grant", ("domain.made_up.rules.weighing", "_grant"), ("no law §3",))
    ]


def test_an_event_that_no_command_emits_is_named(behaviour):
    assert behaviour.unexplained == ()
    commands = {name: kind for name, kind in behaviour.commands.items() if name != "Tell"}
    silent = Behaviour(behaviour.process, behaviour.lifecycle)
    silent.commands = commands
    assert silent.unexplained == ("Noted",)


@pytest.mark.parametrize("name", sorted(PROCESSES))
def test_every_record_of_a_process_can_be_made_up_from_its_type(name):
    process = PROCESSES[name]
    for kind in (
        *process.states.by_name.values(),
        *process.events.by_name.values(),
        *process.commands.by_name.values(),
    ):
        made = examples(kind)
        assert {type(each) for each in made} == {kind}


class Tree(Record):
    height: Annotated[int, Field(ge=1949)]
    above: "Tree | None"
    below: tuple["Tree", ...]
    by_name: dict[str, bool]


def test_a_record_that_may_hold_itself_ends_with_nothing():
    assert examples(Tree) == (
        Tree(height=1949, above=None, below=(), by_name={"x": False}),
        Tree(height=1949, above=None, below=(), by_name={}),
        Tree(height=1949, above=None, below=(), by_name={"x": True}),
    )


class Word(Record):
    said: Literal["yes", "no"]


class Talk(Record):
    words: tuple[Word, ...]


def test_what_one_of_several_records_says_is_no_deeper_than_what_a_single_one_says():
    """So a state that is left by the last of several decisions is left by each outcome."""
    assert {each.words[0].said for each in examples(Talk) if each.words} == {"yes", "no"}


def test_each_choice_in_a_record_is_taken_once(behaviour):
    mending = behaviour.process.states.by_name["Mending"]
    assert {type(each.left).__name__ for each in examples(mending)} == {"Checking", "Hearing"}
