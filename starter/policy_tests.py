"""The files of `policy test`: what a district expects of its pack, and where the answer differs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import JsonValue

from domain.formulas.catalogue import RULES
from domain.kernel.calendar import Calendar
from domain.kernel.errors import BadInput, Refused
from domain.kernel.exact import exact_number
from domain.kernel.policy import Pack
from starter.joins import Document
from starter.policy_answers import DEFAULT_PACK, deadline_answer, law_on, read_day, read_span, rule_answer

_RULE_KEYS: Final = frozenset({"rule", "pack", "on", "with", "expect"})
_DEADLINE_KEYS: Final = frozenset({"deadline", "pack", "from", "back", "suspended", "expect"})
MALFORMED: Final = "policy.malformed"
"""The code under which an argument that no rule would take appears in a test: there, it is one way to be refused."""


@dataclass(frozen=True)
class Failure:
    """One value that is not what was expected."""

    file: str
    line: int
    asked: str
    key: str
    expected: JsonValue
    found: JsonValue

    def row(self) -> dict[str, JsonValue]:
        """Give it as JSON."""
        return dict(vars(self))

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.asked}: {self.key}: {self.found!r}, expected {self.expected!r}"


def run(document: Document, packs: Mapping[str, Pack], calendar: Calendar, *, today: date) -> tuple[int, list[Failure]]:
    """Ask everything a file asks.

    Returns:
        How many questions there were, and each value that is not what was expected.

    Raises:
        BadInput: The file is no such file; names the line.
    """
    items = document.value if document.value is not None else []
    if not isinstance(items, list):
        raise BadInput(document.where(()), "no list", "a list of questions")
    failures: list[Failure] = []
    for place, item in enumerate(items):
        try:
            failures += _failures(document, place, item, _answer(item, packs, calendar, today))
        except BadInput as error:
            at = (place, error.where) if error.where else (place,)
            raise error.at(document.where(at)) from None
    return len(items), failures


def _answer(item: JsonValue, packs: Mapping[str, Pack], calendar: Calendar, today: date) -> dict[str, Any]:
    if not isinstance(item, dict) or ("rule" in item) == ("deadline" in item):
        raise BadInput("", repr(item)[:80], "a mapping with rule or deadline")
    known = _RULE_KEYS if "rule" in item else _DEADLINE_KEYS
    for key in item:
        if key not in known:
            raise BadInput(key, "unknown", "one of " + ", ".join(sorted(known)))
    if not isinstance(item.get("expect"), dict):
        raise BadInput("expect", repr(item.get("expect")), "a mapping of what is compared")
    pack = item.get("pack", DEFAULT_PACK)
    if not isinstance(pack, str) or pack not in packs:
        raise BadInput("pack", repr(pack), "one of " + ", ".join(sorted(packs)))
    return _rule(item, pack, packs, calendar, today) if "rule" in item else _deadline(item, pack, packs, calendar)


def _rule(
    item: Mapping[str, JsonValue], pack: str, packs: Mapping[str, Pack], calendar: Calendar, today: date
) -> dict[str, Any]:
    name, given = item["rule"], item.get("with", {})
    if not isinstance(name, str) or name not in RULES:
        raise BadInput("rule", repr(name), "one of " + ", ".join(sorted(RULES)))
    if not isinstance(given, dict):
        raise BadInput("with", repr(given)[:80], "a mapping of arguments")
    day = read_day(item["on"], "on") if "on" in item else today
    try:
        return rule_answer(name, given, law_on(packs, pack, day), calendar)
    except BadInput as error:
        return _malformed(error)


def _deadline(
    item: Mapping[str, JsonValue], pack: str, packs: Mapping[str, Pack], calendar: Calendar
) -> dict[str, Any]:
    rule, suspended, back = item["deadline"], item.get("suspended", []), item.get("back", False)
    if not isinstance(rule, str):
        raise BadInput("deadline", repr(rule), "a rule, as DL-06")
    if not isinstance(suspended, list):
        raise BadInput("suspended", repr(suspended), "a list of FROM..TO")
    if not isinstance(back, bool):
        raise BadInput("back", repr(back), "true or false")
    try:
        started_on = read_day(item.get("from"), "from")
        spans = [read_span(each, "suspended") for each in suspended]
        law = law_on(packs, pack, started_on)
        return deadline_answer(packs, law, calendar, rule, started_on, back=back, suspended=spans)
    except BadInput as error:
        if error.where == "rule":
            raise error.at("deadline") from None
        return _malformed(error)
    except Refused as refused:
        return {"outcome": "refused", "code": refused.code, "source": refused.source, "details": refused.details}


def _malformed(error: BadInput) -> dict[str, Any]:
    return {"outcome": "refused", "code": MALFORMED, "value": None, "message": str(error)}


def _failures(document: Document, place: int, item: Any, answer: Mapping[str, Any]) -> list[Failure]:
    asked = str(item.get("rule") or item.get("deadline"))
    line = document.lines[place,]
    return [
        Failure(document.name, line, asked, key, expected, answer.get(key))
        for key, expected in item["expect"].items()
        if not _same(expected, answer.get(key))
    ]


def _same(expected: JsonValue, found: JsonValue) -> bool:
    if expected == found and isinstance(expected, bool) == isinstance(found, bool):
        return True
    try:
        return exact_number(expected) == exact_number(found)
    except ValueError:
        return False
