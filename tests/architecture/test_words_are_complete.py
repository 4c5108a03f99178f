"""Whatever the domain can say has a word in Chinese and in English; a sentence asks for no detail that is not given."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.kernel.clock_events import CLOCK_COMMANDS
from domain.processes import PROCESSES
from starter.rehearsal import lifecycles
from starter.words import KERNEL, LANGUAGES, Words, catalogue

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "domain").rglob("*.py"))
CODE = re.compile(r"^[a-z_]+\.[a-z_]+$")
NAMED_IN_TEXT = re.compile(r"`([a-z_]+\.[a-z_]+|<process>\.[a-z_]+)`")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
SPEAKS = frozenset({"Refused", "breach", "Warned"})
OF_THE_WAY_IN = frozenset({"id_used_for_another_command", "set_aside"})


def _calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call that says no or warns, with its code; a code for every process begins with `kernel`."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in SPEAKS:
                code = node.args[0] if node.args else next((k.value for k in node.keywords if k.arg == "code"), None)
                for said in _codes(code):
                    yield said, node


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _codes(code: ast.expr | None) -> Iterator[str]:
    match code:
        case ast.Constant(value=str(said)) if CODE.match(said):
            yield said
        case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(rest))]):
            yield KERNEL + rest
        case _:
            return


def _codes_in_prose() -> Iterator[str]:
    """Codes that docstrings promise, which also finds those put together from parts."""
    spoken = {code.partition(".")[0] for code, _ in _calls()} | {"<process>"}
    for source in SOURCES:
        for found in NAMED_IN_TEXT.findall(source.read_text(encoding="utf-8")):
            if found.partition(".")[0] in spoken - {KERNEL} and not found.startswith("facts."):
                yield found.replace("<process>", KERNEL)


REFUSALS = sorted(
    {code for code, _ in _calls()} | {*_codes_in_prose()} | {f"{KERNEL}.{each}" for each in OF_THE_WAY_IN}
)
PHASES = sorted(
    {(name, phase.name) for name, table in lifecycles().items() for phase in table.phases}
    | {(name, phase) for name, table in lifecycles().items() for phase in table.ends_in}
    | {(name, state.phase) for name, process in PROCESSES.items() for state in process.states.by_name.values()}
)
COMMANDS = sorted((name, kind) for name, process in PROCESSES.items() for kind in process.commands.by_name)
LIMITS = sorted(
    (name, limit.name)
    for name, table in lifecycles().items()
    for limit in (*(each for phase in table.phases for each in phase.limits), *table.background)
)
ROLES = sorted(
    {
        role
        for process in PROCESSES.values()
        for command in process.commands.by_name.values()
        for role in command.asked_by
    }
)


def _is_said(words: Words, kind: str, name: str, process: str) -> bool:
    return words.label(kind, name, process) != name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_and_warning_has_a_sentence(language):
    words = Words(language)
    assert REFUSALS
    assert [code for code in REFUSALS if words.refusal(code, {}) == code] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phase_command_limit_and_role_has_a_word(language):
    words = Words(language)
    named = (
        [("phase", name, process) for process, name in PHASES if name]
        + [("command", name, process) for process, name in COMMANDS]
        + [("deadline", name, process) for process, name in LIMITS]
        + [("process", name, "") for name in PROCESSES]
        + [("role", name, "") for name in ROLES]
    )
    silent = [
        each
        for each in named
        if not _is_said(words, each[0], each[1], each[2]) and not _reads_as_itself(language, *each)
    ]
    assert silent == []


def _reads_as_itself(language: str, kind: str, name: str, process: str) -> bool:
    """A word may be the name itself (`draft`), if the catalogue says so."""
    places = (f"{kind}.{process}.{name}", f"{kind}.{KERNEL}.{name}", f"{kind}.{name}")
    return any(catalogue(language).get(place) == name for place in places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_asks_for_no_detail_that_the_domain_does_not_give(language):
    wanting = []
    for code, call in _calls():
        given = {each.arg for each in call.keywords if each.arg is not None}
        if any(each.arg is None for each in call.keywords) or _name(call.func) == "Warned":
            continue
        place = f"refusal.{code}"
        asked = set(PLACEHOLDER.findall(catalogue(language).get(place, "")))
        if not asked <= given:
            wanting.append((code, call.lineno, sorted(asked - given)))
    assert wanting == []


def test_both_languages_say_the_same_things():
    assert catalogue("zh").keys() == catalogue("en").keys()


def test_both_languages_fill_in_the_same_details():
    differing = [
        place
        for place, sentence in catalogue("en").items()
        if set(PLACEHOLDER.findall(sentence)) != set(PLACEHOLDER.findall(catalogue("zh")[place]))
    ]
    assert differing == []


def test_the_shared_commands_are_among_the_words():
    assert {kind for _, kind in COMMANDS} >= CLOCK_COMMANDS.by_name.keys()
