"""Scripts of dated steps: who, command, expected answer. `demo` and `rehearse` play the same ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any, Final, Self

from pydantic import Field, JsonValue, model_validator

from domain.kernel.decision import Answer, Case
from domain.kernel.envelope import Who
from domain.kernel.errors import BadInput
from domain.kernel.messages import Code, Record, Text, Vocabulary
from domain.kernel.process import Process
from starter.attachments import with_digests
from starter.balances import LEDGER, accounts_named
from starter.client import Ask
from starter.documents import as_body
from starter.forms import read_fields, read_instant
from starter.matters import COMMUNITY, SEVERAL, named, one_community_each, openings
from starter.streams import REGISTER, opening_command, process_named, process_of


class Step(Record):
    """One step: a command that is sent, or time that passes.

    Attributes:
        at: When the command comes in; without a zone, Shanghai's.
        start: A process, of which a case is opened, called *name* from then on; where `with` names `communities`, one
            for each, called *name*/*community*.
        send: A case, by its name or its id, and a command; *name*:conference is the conference of a case's matter,
            *name*:renewal the case that carries it on.
        document: A file or folder to publish, or a list to propose, in place of `with`.
        until: Let time pass until then; what is due up to and including that instant is sent, in order.
        on: The legal date of the act where it is not the day it comes in.
        held: What follows from it in other cases comes after the next step's command, as when its worker died.
        expect: What is compared; what is not named is not.
    """

    at: Text | None = None
    person: Code | None = Field(default=None, alias="as")
    start: Code | None = None
    command: Code | None = None
    send: tuple[Code, Code] | None = None
    until: Text | None = None
    name: Code | None = None
    body: dict[str, JsonValue] = Field(default={}, alias="with")
    document: Text | None = None
    on: date | None = None
    evidence: Text | None = None
    organisation: Code | None = None
    seen_version: int | None = None
    held: bool = False
    expect: dict[str, JsonValue] = {}

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if sum(each is not None for each in (self.start, self.send, self.until)) != 1:
            message = "exactly one of start, send, until"
            raise ValueError(message)
        if self.until is None and (self.at is None or self.person is None):
            message = "a command needs `at` and `as`"
            raise ValueError(message)
        if self.name == LEDGER:
            message = f"{LEDGER} is no name of a case: it is what `expect` calls the ledger"
            raise ValueError(message)
        return self

    @property
    def opens_several(self) -> bool:
        """Whether it opens a case for each of several communities."""
        return self.start is not None and SEVERAL in self.body

    @property
    def instant(self) -> datetime:
        """When the step happens."""
        return read_instant(self.at or "", "at") if self.until is None else read_instant(self.until, "until")


class Script(Record):
    """A scenario.

    Attributes:
        district: A folder of scripts that are played first: packs, lists, organisations, people.
        tenant: Whose cases; the district folder's name where it is left out.
    """

    scenario: Text
    district: Text | None = None
    tenant: Code | None = None
    steps: tuple[dict[str, JsonValue], ...] = ()


_SCRIPTS: Final = Vocabulary[Script](Script)
_STEPS: Final = Vocabulary[Step](Step)


@dataclass(frozen=True)
class Played:
    """A script as it was read.

    Attributes:
        name: Its file, as it is shown.
        steps: Each with its place, for errors and for ids.
    """

    name: str
    scenario: str
    tenant: str
    district: Path | None
    steps: Sequence[tuple[str, Step]]


@dataclass(frozen=True)
class Sending:
    """A step that sends, with everything looked up."""

    process: Process[Any, Any, Any]
    case: str | None
    kind: str
    opens: bool


@dataclass(frozen=True)
class Mismatch:
    """Something that is not as the script expects."""

    what: str
    expected: JsonValue
    found: JsonValue


def read_script(file: Path) -> Played:
    """Read a script; paths in it are relative to the working directory, or to a folder above the script.

    Raises:
        BadInput: Names the file, the step, the field.
    """
    shown = str(file)
    fields = read_fields(shown)
    try:
        script = _SCRIPTS.read("Script", fields)
        district = None if script.district is None else _beside(file, script.district)
        tenant = script.tenant or (district.name if district is not None else file.stem.replace("_", "-"))
        steps = tuple(_steps(file, tenant, script.steps))
    except BadInput as defect:
        raise defect.under(shown) from None
    return Played(shown, script.scenario, tenant, district, steps)


def read_district(folder: Path) -> tuple[Played, ...]:
    """Read every script of a district's folder, in order of their names.

    Raises:
        BadInput: There is no such folder, or a script in it is wrong.
    """
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise BadInput("district", str(folder), "a folder of scripts (*.yaml)")
    return tuple(read_script(each) for each in files)


def district_steps(script: Played) -> list[tuple[str, Step]]:
    """Give everything a script's district says of itself, in the order of the instants.

    Raises:
        BadInput: There is no such folder, or a script in it is wrong.
    """
    parts = () if script.district is None else read_district(script.district)
    return sorted((each for part in parts for each in part.steps), key=lambda each: each[1].instant)


def sending(step: Step, names: Mapping[str, str]) -> Sending:
    """Look up the process and the case that a step's command is for.

    Raises:
        BadInput: No such process, or no case by that name or id.
    """
    if step.start is not None:
        process = process_named(step.start)
        return Sending(process, None, opening_command(process, step.command), opens=True)
    name, kind = step.send or ("", "")
    case = names.get(name, name)
    process = process_of(case)
    return Sending(process, case, kind, opens=kind in process.opens_with)


def asks_of(step: Step, what: Sending, tenant: str, command_id: str, names: dict[str, str]) -> list[Ask]:
    """Make of a step what its author asks, one opening for each community, and note what the script calls new cases.

    Raises:
        BadInput: The communities are no list, or one of them is named twice.
    """
    blank = Ask(
        tenant=tenant,
        process=what.process,
        case=what.case or "",
        kind=what.kind,
        body=step.body,
        who=Who(person=step.person or "", organisation=step.organisation),
        command_id=command_id,
        on=step.on,
        evidence=step.evidence,
        seen_version=step.seen_version,
        opens=what.opens,
    )
    if what.case is not None:
        return [blank]
    asks = openings(blank, one_community_each(step.body))
    if step.name is not None:
        for ask in asks:
            names.update(named(_called(step.name, step, ask), ask))
    return asks


def _called(name: str, step: Step, ask: Ask) -> str:
    return f"{name}/{ask.body[COMMUNITY]}" if step.opens_several else name


def step_id(tenant: str, place: str, step: Step) -> str:
    """Derive a command's id from where it stands and what it says, so that playing it again changes nothing."""
    said = dumps(step.model_dump(mode="json", exclude={"expect", "held"}), sort_keys=True)
    return f"script-{sha256(f'{tenant}/{place}/{said}'.encode()).hexdigest()[:24]}"


def found_in_answer(answer: Answer) -> dict[str, JsonValue]:
    """Give what a script may expect of an answer."""
    return {
        "outcome": answer.outcome,
        "phase": answer.phase,
        "version": answer.version,
        "refusal": None if answer.refusal is None else answer.refusal.code,
        "events": list(answer.events),
        "warnings": [each.code for each in answer.warnings],
        "deadlines": {each.name: each.due_on.isoformat() for each in answer.deadlines},
    }


def found_in_case(case: Case[Any]) -> dict[str, JsonValue]:
    """Give what a script may expect of a case as it stands."""
    clocks = case.clocks.by_name.values()
    missed: list[JsonValue] = [each.name for each in clocks if each.is_missed]
    stopped: list[JsonValue] = [each.name for each in clocks if each.state == "stopped"]
    guessed: list[JsonValue] = [each.name for each in clocks if each.ended is None and each.deadline.provisional]
    return {
        "phase": case.state.phase,
        "version": case.version,
        "deadlines": {each.name: each.deadline.due_on.isoformat() for each in clocks if each.ended is None},
        "provisional": guessed,
        "missed": missed,
        "stopped": stopped,
        "reminded": {each.name: len(each.reminded) for each in clocks if each.reminded},
        "escalated": {each.name: len(each.escalated) for each in clocks if each.escalated},
        "state": {each.name: each.state for each in clocks},
    }


def compare(expected: Mapping[str, JsonValue], found: Mapping[str, JsonValue], where: str = "") -> Iterator[Mismatch]:
    """Give every difference; a map is compared in the keys that are named, a list whole.

    Raises:
        BadInput: A key is expected that is never found.
    """
    for key, wanted in expected.items():
        place = f"{where}.{key}" if where else key
        if not where and key not in found:
            raise BadInput(f"expect.{place}", "no such thing", "one of " + ", ".join(sorted(found)))
        is_there = found.get(key)
        if isinstance(wanted, dict) and isinstance(is_there, dict):
            yield from compare(wanted, is_there, place)
        elif wanted != is_there:
            yield Mismatch(place, wanted, is_there)


def _steps(file: Path, tenant: str, steps: Sequence[Mapping[str, JsonValue]]) -> Iterator[tuple[str, Step]]:
    for number, raw in enumerate(steps, start=1):
        place = f"steps[{number}]"
        try:
            step = _STEPS.read("Step", raw)
            _ = step.instant, accounts_named(step.expect)
            body = with_digests(step.body, file.parent)
            yield f"{file.name} {place}", _with_document(file, tenant, step.model_copy(update={"body": body}))
        except BadInput as defect:
            raise defect.under(place) from None


def _with_document(file: Path, tenant: str, step: Step) -> Step:
    if step.document is None:
        return step
    case = "" if step.send is None else step.send[0]
    body = as_body(case, f"{REGISTER}-{tenant}-", str(_beside(file, step.document)))
    return step.model_copy(update={"body": {**body, **step.body}, "document": None})


def _beside(file: Path, named: str) -> Path:
    folders = (Path.cwd(), *file.resolve().parents)
    return next((each / named for each in folders if (each / named).exists()), Path(named))
