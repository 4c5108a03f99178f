"""`mandate policy …`: what the law says, asked without a server.

The packs and calendars are those that come with this version; what a district has published is read by its cases.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from domain.kernel.errors import BadInput, Refused
from domain.kernel.messages import SHANGHAI
from domain.kernel.policy import Entry, Law, Pack
from starter.joins import load_calendar, load_packs, read_document
from starter.policy_answers import DEFAULT_PACK, deadline_answer, law_on, read_day, read_span, rule_answer
from starter.policy_tests import Failure, run
from starter.session import Session, command
from starter.words import Words

app: Final = typer.Typer(name="policy", help="What the law says, on which day, by which clause.", no_args_is_help=True)
PackName = Annotated[str, typer.Option("--pack", metavar="PACK", help="With what it stands on.")]
OnDay = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day whose law is read; today.")]
Rule = Annotated[str, typer.Argument(metavar="RULE")]


@command(app, "list")
def list_packs(session: Session) -> None:
    """Name the packs and what they stand on."""
    rows = (_pack_row(pack) for pack in load_packs().values())
    session.screen.rows(("pack", "title", "stands_on", "valid_from", "valid_to", "values", "digest"), rows)


def _pack_row(pack: Pack) -> dict[str, Any]:
    return {
        "pack": pack.name,
        "title": pack.title,
        "stands_on": list(pack.stands_on),
        "valid_from": pack.valid_from.isoformat(),
        "valid_to": pack.valid_to and pack.valid_to.isoformat(),
        "values": len(pack.entries),
        "digest": pack.digest[:12],
        "source": pack.source,
    }


@command(app)
def show(
    session: Session,
    parameter: Annotated[str | None, typer.Argument(metavar="PARAMETER", help="A parameter, or a deadline.")] = None,
    on: OnDay = None,
    pack: PackName = DEFAULT_PACK,
) -> None:
    """Show the values in force on a day, each with its clause."""
    packs = load_packs()
    law = law_on(packs, pack, _day(on))
    rows = list(_in_force(law, parameter))
    if parameter is not None and not rows:
        _refuse_unless_known(packs, parameter, pack)
    session.screen.rows(("parameter", "rule", "value", "unit", "valid_from", "source", "grade", "pack"), rows)


def _in_force(law: Law, parameter: str | None) -> Iterator[dict[str, Any]]:
    wanted = None if parameter is None else law.named(parameter) or parameter
    names = dict.fromkeys(entry.name for pack in law.packs for entry in pack.entries)
    for name in names:
        held = law.find(name) if wanted in {None, name} else None
        if held is not None:
            yield _value_row(*held)


def _value_row(entry: Entry, pack: str) -> dict[str, Any]:
    return {
        "parameter": entry.name,
        "value": entry.value,
        "unit": entry.unit,
        "valid_from": entry.valid_from.isoformat(),
        "valid_to": entry.valid_to and entry.valid_to.isoformat(),
        "source": entry.source,
        "grade": entry.grade,
        "read_on": entry.read_on,
        "pack": pack,
        "rule": entry.rule,
        "limit": entry.limit,
        "kind": entry.kind,
        "owner": entry.owner,
    }


def _refuse_unless_known(packs: Mapping[str, Pack], parameter: str, pack: str) -> None:
    setting = [each.name for each in packs.values() for e in each.entries if parameter in {e.name, e.rule}]
    if not setting:
        names = sorted({entry.name for each in packs.values() for entry in each.entries})
        raise BadInput("PARAMETER", repr(parameter)[:80], "one of " + ", ".join(names))
    raise Refused("policy.not_set", "dossier §0.3", parameter=parameter, packs=pack, set_by=[*dict.fromkeys(setting)])


@command(app, "eval")
def evaluate(
    session: Session,
    rule: Rule,
    given: Annotated[list[str] | None, typer.Argument(metavar="[KEY=VALUE …]")] = None,
    on: OnDay = None,
    pack: PackName = DEFAULT_PACK,
) -> None:
    """Work a rule out: `eval station_staff households=2500 --pack development_zone`."""
    law = law_on(load_packs(), pack, _day(on))
    answer = rule_answer(rule, _arguments(given or ()), law, load_calendar())
    if answer["code"] is not None:
        answer["message"] = session.screen.words.refusal(answer["code"], answer["details"])
    session.screen.one(answer)
    if answer["outcome"] == "refused":
        raise typer.Exit(1)


def _arguments(settings: Sequence[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for setting in settings:
        key, equals, text = setting.partition("=")
        if not key or not equals:
            raise BadInput("argument", repr(setting)[:80], "KEY=VALUE")
        if key in values:
            raise BadInput(key, "twice", "each key once")
        values[key] = text
    return values


@command(app)
def deadline(
    session: Session,
    rule: Rule,
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help="This day itself does not count.")],
    *,
    back: Annotated[bool, typer.Option("--back", help="Count back from the day.")] = False,
    suspended: Annotated[list[str] | None, typer.Option("--suspended", metavar="FROM..TO")] = None,
    pack: PackName = DEFAULT_PACK,
) -> None:
    """Find the day a time limit ends, and show how: `deadline DL-22d --from 2026-03-02`."""
    packs = load_packs()
    started_on = read_day(from_, "--from")
    spans = [read_span(each, "--suspended") for each in suspended or ()]
    law = law_on(packs, pack, started_on)
    answer = deadline_answer(packs, law, load_calendar(), rule, started_on, back=back, suspended=spans)
    session.screen.one(answer if session.screen.is_json else _for_people(answer, session.screen.words))


def _for_people(answer: Mapping[str, Any], words: Words) -> dict[str, Any]:
    steps = answer["derivation"]
    shown = [f"{each['on']}  {words.label('step', each['step'])}: {words.label('why', each['why'])}" for each in steps]
    names = {"name": words.label("deadline", answer["name"]), "kind": words.label("kind", answer["kind"])}
    return {**answer, **names, "derivation": shown}


@command(app)
def test(session: Session, files: Annotated[list[Path], typer.Argument(metavar="FILE …")]) -> None:
    """Check a district's expectations of its pack: each failure, then the counts."""
    checked, failures = 0, list[Failure]()
    for file in files:
        count, found = run(read_document(file), load_packs(), load_calendar(), today=_day(None))
        checked, failures = checked + count, failures + found
    screen = session.screen
    for failure in failures:
        if screen.is_json:
            screen.one(failure.row())
        else:
            screen.line(str(failure))
    failed = len({(each.file, each.line) for each in failures})
    screen.one({"passed": checked - failed, "failed": failed})
    if failures:
        raise typer.Exit(1)


def _day(text: str | None) -> date:
    return datetime.now(SHANGHAI).date() if text is None else read_day(text, "--on")
