"""What the law answers, as the JSON of `CLI.md`: shared by `policy eval`, `policy deadline` and `policy test`."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from re import compile as pattern
from typing import Any, Final

from pydantic import JsonValue

from domain.formulas import arguments, catalogue
from domain.formulas.catalogue import Outcome
from domain.kernel.calendar import Calendar
from domain.kernel.errors import BadInput, Refused
from domain.kernel.facts import Days
from domain.kernel.messages import body_of
from domain.kernel.periods import Period, Reckoning, Span, reckon
from domain.kernel.policy import Law, Pack, Parameter, Reading, stack

DEFAULT_PACK: Final = "national"
_NUMBER: Final = pattern(r"DL-[0-9]{2}")
_SPAN: Final = pattern(r"([^.]+)\.\.([^.]+)")


def law_on(packs: Mapping[str, Pack], pack: str, day: date) -> Law:
    """Give the law of a pack and what it stands on, every rule read on one day.

    Raises:
        BadInput: There is no such pack.
    """
    return Law(stack(packs, pack), Days.all_on(day))


def read_day(text: JsonValue, where: str) -> date:
    """Read a date that exists.

    Raises:
        BadInput: It is none.
    """
    try:
        return arguments.day(text)
    except ValueError:
        raise BadInput(where, repr(text)[:80], arguments.DAY.expected) from None


def read_span(text: JsonValue, where: str) -> Span:
    """Read `FROM..TO`, taken out from FROM up to but not including TO.

    Raises:
        BadInput: It is no such span, or ends before it begins.
    """
    parts = _SPAN.fullmatch(text) if isinstance(text, str) else None
    if parts is None:
        raise BadInput(where, repr(text)[:80], "FROM..TO, as 2026-03-09..2026-03-16")
    first_on, until = (read_day(part, where) for part in parts.groups())
    if until < first_on:
        raise BadInput(where, repr(text)[:80], "a span that does not end before it begins")
    return Span(first_on=first_on, until=until)


def rule_answer(name: str, given: Mapping[str, JsonValue], law: Law, calendar: Calendar) -> dict[str, Any]:
    """Answer `policy eval`, all but the sentence.

    Raises:
        BadInput: No such rule, or an argument that does not fit.
    """
    outcome: Outcome = catalogue.answer(name, given, law, calendar)
    return {
        "rule": outcome.rule,
        "outcome": outcome.outcome,
        "value": outcome.value,
        "unit": outcome.unit,
        "code": outcome.code,
        "message": None,
        "pack": outcome.pack,
        "source": outcome.source,
        "details": dict(outcome.details),
    }


def deadline_answer(
    packs: Mapping[str, Pack],
    law: Law,
    calendar: Calendar,
    rule: str,
    started_on: date,
    *,
    back: bool = False,
    suspended: Sequence[Span] = (),
) -> dict[str, Any]:
    """Answer `policy deadline`.

    Raises:
        BadInput: No such rule, or spans that cannot be taken out.
        Refused: `policy.not_set`.
    """
    reading = _deadline(packs, law, rule)
    try:
        found = reckon(
            reading.value,
            started_on,
            calendar,
            suspended=sorted(suspended, key=lambda span: span.first_on),
            back=back,
            revives=reading.kind != "forfeiture",
        )
    except ValueError as error:
        raise BadInput("--suspended", "spans that cannot be taken out", str(error)) from None
    answer = _shown(reading, found, started_on, calendar)
    if reading.value.at_least and found.due_on >= started_on:
        answer["free_on"] = (found.due_on + timedelta(days=1)).isoformat()
    return answer


def _deadline(packs: Mapping[str, Pack], law: Law, rule: str) -> Reading[Period]:
    name = law.named(rule)
    if name is not None:
        return law[Parameter(name, Period)]
    known = {entry.rule: pack.name for pack in packs.values() for entry in pack.entries if entry.rule is not None}
    lettered = sorted(each for each in known if each.startswith(rule) and len(each) == len(rule) + 1)
    if lettered:
        raise BadInput("rule", rule, "one of " + ", ".join(lettered))
    if rule not in known and not _NUMBER.fullmatch(rule):
        raise BadInput("rule", repr(rule)[:80], "one of " + ", ".join(sorted(known)))
    asked = "+".join(pack.name for pack in law.packs)
    set_by: list[JsonValue] = [known[rule]] if rule in known else []
    raise Refused("policy.not_set", "dossier §5", parameter=rule, packs=asked, set_by=set_by)


def _shown(reading: Reading[Period], found: Reckoning, started_on: date, calendar: Calendar) -> dict[str, Any]:
    names_only_a_day = reading.kind == "date"
    return {
        "name": reading.entry.limit or reading.name,
        "due_on": found.due_on.isoformat(),
        "due_at": None if names_only_a_day else found.due_at.isoformat().replace("+00:00", "Z"),
        "rule": reading.rule,
        "kind": reading.kind,
        "provisional": found.provisional,
        "derivation": [body_of(step) for step in found.derivation],
        "source": reading.source,
        "from": started_on.isoformat(),
        "raw_on": found.raw_on.isoformat(),
        "calendar": calendar.version,
        "at_least": reading.value.at_least,
        "free_on": None,
        "grade": reading.grade,
        "pack": reading.pack,
    }
