"""`mandate case show | events | list | deadlines`: what is on record, read straight from the store."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final, cast

import typer
import yaml
from pydantic import JsonValue

from audit.life import Life, life_of
from audit.replay import end_of, state_of
from domain.kernel.decision import Case
from domain.kernel.errors import BadInput
from domain.kernel.messages import body_of, shanghai_date
from domain.kernel.process import Process
from domain.processes import PROCESSES
from starter.forms import is_day, read_code, read_day, read_instant
from starter.joins import Doors, Queries, open_doors
from starter.lifeline import drawn
from starter.output import Screen
from starter.session import Session, command
from starter.streams import process_named, process_of
from starter.tenants import tenant_of, tenant_of_recorded, tenants_asked
from starter.words import Words

app: Final = typer.Typer()
LOOK_AGAIN_SECONDS: Final = 0.5
CaseId = Annotated[str, typer.Argument(metavar="CASE")]
AnyCase = Annotated[str | None, typer.Argument(metavar="[CASE]")]


@command(app)
async def show(
    case: CaseId,
    session: Session,
    *,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE|INSTANT", help="As it stood then.")] = None,
    at_version: Annotated[int | None, typer.Option("--at-version", metavar="N", min=0, help="After N events.")] = None,
) -> None:
    """Show a case as it stands; as it stood, from its events alone."""
    if as_of is not None and at_version is not None:
        raise BadInput("--as-of", "together with --at-version", "one of the two")
    instant = None if as_of is None else read_as_of(as_of)
    async with open_doors() as doors:
        tenant = await tenant_of_recorded(case, session, doors)
        if instant is None and at_version is None:
            found = await doors.queries(tenant).case(case)
        else:
            found = await _as_it_stood(doors, tenant, case, instant, at_version)
        if found is None:
            raise BadInput("case", case, "the id of a case that is recorded")
        if session.screen.is_json:
            session.screen.one(found)
            return
        async with doors.archive_of(tenant).open() as record:
            life = await life_of(record, PROCESSES, case, as_of=instant, at_version=at_version)
    session.screen.one(_for_people(found, session.screen))
    _show_life(life, process_of(case), instant, session.screen)


@command(app)
async def events(
    case: CaseId,
    session: Session,
    *,
    from_version: Annotated[int, typer.Option("--from", metavar="N", min=1, help="From this version on.")] = 1,
    follow: Annotated[bool, typer.Option("--follow", help="Go on with what happens from now on.")] = False,
) -> None:
    """Print a case's events in order, each with its link of the chain."""
    columns = ("version", "type", "on", "actor", "role", "received_at", "recorded_at")
    async with open_doors() as doors:
        if not follow:
            tenant = await tenant_of_recorded(case, session, doors)
            found = [each async for each in doors.queries(tenant).events(case, from_version=from_version)]
            session.screen.rows(columns, found)
            return
        tenant = await tenant_of(case, process_of(read_code(case, "case")), session, doors)
        async for event in _followed(doors.queries(tenant), case, from_version):
            session.screen.rows(columns, [event])


@command(app, "list")
async def list_cases(
    session: Session,
    *,
    process: Annotated[str | None, typer.Option("--process", metavar="P")] = None,
    phase: Annotated[str | None, typer.Option("--phase", metavar="X")] = None,
    is_open: Annotated[
        bool | None, typer.Option("--open/--closed", help="Those that go on, or those that are over.")
    ] = None,
) -> None:
    """List cases in order of id, one tenant after the other where none is named."""
    if process is not None:
        process_named(process)
    async with open_doors() as doors:
        found = [
            each
            for tenant in await tenants_asked(session, doors)
            async for each in doors.queries(tenant).cases(process=process, phase=phase, is_open=is_open)
        ]
    shown = found if session.screen.is_json else [named(each, session.screen.words) for each in found]
    session.screen.rows(("case", "process", "phase", "version", "tenant", "title"), shown)


@command(app)
async def deadlines(session: Session, case: AnyCase = None) -> None:
    """List time limits, soonest first, each with its derivation: a case's, or all that run."""
    async with open_doors() as doors:
        if case is not None:
            asked: Sequence[str] = (await tenant_of_recorded(case, session, doors),)
        else:
            asked = await tenants_asked(session, doors)
        found = [each for tenant in asked async for each in doors.queries(tenant).deadlines(case_id=case)]
    found.sort(key=lambda each: str(each["due_on"]))
    shown = found if session.screen.is_json else [_deadline_for_people(each, session.screen) for each in found]
    session.screen.rows(("case", "name", "due_on", "state", "owner", "rule", "source", "derivation"), shown)


def _show_life(life: Life, process: Process[Any, Any, Any], as_of: datetime | None, screen: Screen) -> None:
    """Draw the phases and limits up to that day, or up to today."""
    lines = drawn(life, process.name, shanghai_date(as_of or datetime.now(UTC)), screen.words)
    if lines:
        screen.line("")
        screen.rows(("span", "line", "from_on", "until_on", "state"), lines)
        screen.line(screen.words.say("life_legend"))


def read_as_of(text: str) -> datetime:
    """Read an instant; a day stands for its end in Shanghai."""
    return end_of(read_day(text, "--as-of")) if is_day(text) else read_instant(text, "--as-of")


async def _as_it_stood(
    doors: Doors, tenant: str, case: str, as_of: datetime | None, at_version: int | None
) -> dict[str, JsonValue]:
    async with doors.archive_of(tenant).open() as record:
        process, stood = await state_of(record, PROCESSES, case, as_of=as_of, at_version=at_version)
    last = [each async for each in doors.queries(tenant).events(case, from_version=max(stood.version, 1))][:1]
    policy_version = last[0]["policy_version"] if stood.version and last else None
    return {**_fields(process, stood), "policy_version": policy_version}


def _fields(process: Process[Any, Any, Any], case: Case[Any]) -> dict[str, JsonValue]:
    view = process.view(case.state)
    return {
        "case": case.id,
        "tenant": case.tenant,
        "process": process.name,
        "phase": view.phase,
        "title": view.title,
        "version": case.version,
        "policy_version": None,
        "state": body_of(case.state),
        "deadlines": [
            {**body_of(clock.deadline), "case": case.id, "owner": clock.owner, "state": clock.state}
            for clock in sorted(case.clocks.by_name.values(), key=lambda each: (each.deadline.due_on, each.name))
            if clock.ended is None
        ],
        "parties": [body_of(each) for each in view.parties],
        "links": [body_of(each) for each in view.links],
        "correlation_id": case.correlation_id,
    }


async def _followed(queries: Queries, case: str, from_version: int) -> AsyncIterator[dict[str, JsonValue]]:
    while True:
        async for event in queries.events(case, from_version=from_version):
            yield event
            from_version += 1
        await asyncio.sleep(LOOK_AGAIN_SECONDS)


def named(line: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Give a line of a list with process and phase in the reader's words."""
    process = str(line["process"])
    phase = words.label("phase", str(line["phase"]), process)
    return {**line, "process": words.label("process", process), "phase": phase}


def _for_people(found: Mapping[str, Any], screen: Screen) -> dict[str, Any]:
    words = screen.words
    limits = [_deadline_for_people(each, screen) for each in found["deadlines"]]
    return {
        **named(found, words),
        "state": yaml.safe_dump(_without_blanks(found["state"]), allow_unicode=True, sort_keys=False).rstrip(),
        "deadlines": [f"{each['name']} {each['due_on']} {each['state']} ({each['rule']})" for each in limits],
        "parties": [f"{words.label('role', each['role'])}: {each['organisation']}" for each in found["parties"]],
    }


def _without_blanks(value: Any) -> Any:
    """Leave out what nobody filled in."""
    match value:
        case dict():
            kept = cast("dict[str, Any]", value).items()
            return {key: _without_blanks(each) for key, each in kept if each not in (None, [], {})}
        case list():
            return [_without_blanks(each) for each in cast("list[Any]", value)]
        case _:
            return value


def _deadline_for_people(line: Mapping[str, Any], screen: Screen) -> dict[str, Any]:
    words = screen.words
    steps = [
        f"{each['on']} {words.label('step', each['step'])}: {words.label('why', each['why'])}"
        for each in line["derivation"]
    ]
    return {
        **line,
        "name": words.label("deadline", line["name"]),
        "state": words.label("state", line["state"]),
        "owner": words.label("role", line["owner"]),
        "derivation": steps,
    }
