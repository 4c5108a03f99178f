"""What a function can say and do, told by following its calls through the domain's source.

That a call can be reached does not say that it always is, so what is found is what *can* happen.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from docs.reading.expressions import (
    UNKNOWN,
    Clause,
    FunctionNode,
    Read,
    Scope,
    Values,
    handed,
    plain,
    scope_of,
    values,
)
from docs.reading.reachable import reachable_calls
from domain.kernel import limits
from domain.kernel.clock_events import ClockEvent
from domain.kernel.decision import Refusal
from domain.kernel.errors import Refused
from domain.kernel.limits import LimitRule
from domain.kernel.messages import Event, Warned

Doing = str
"""`sets`, `keeps`, `lapses`, `closes`, `stops` or `resumes` a limit."""
_BY_FUNCTION: Final[Mapping[object, Doing]] = {
    limits.set_limit: "sets",
    limits.keep: "keeps",
    limits.lapse: "lapses",
    limits.close_all: "closes",
    limits.stop: "stops",
    limits.resume: "resumes",
}
_BY_EVENT: Final[Mapping[str, Doing]] = {
    "DeadlineSet": "sets",
    "DeadlineKept": "keeps",
    "DeadlineLapsed": "lapses",
    "DeadlineClosed": "closes",
    "ClockSuspended": "stops",
    "ClockResumed": "resumes",
}
_SPEAK: Final = (Refused, Warned, Refusal)
ALL_OTHERS: Final = "*"
"""Every limit that still runs."""


@dataclass(frozen=True)
class Said:
    """A refusal, or a warning, as it stands in the source.

    Attributes:
        place: Module and function.
        clauses: The clause's text, or a `Clause` of a value of the law; empty where the running program knows it.
        may_warn: It refuses or warns, by how binding the value is.
    """

    code: str
    place: tuple[str, str]
    clauses: tuple[str | Clause, ...]
    may_warn: bool = False


@dataclass
class Found:
    """Everything that following found.

    Attributes:
        limits: What is done to a limit, and to which: its rule, or its name alone.
        unread: Places that set a limit nobody can name from the source.
    """

    events: set[type[Event]] = field(default_factory=set[type[Event]])
    said: list[Said] = field(default_factory=list[Said])
    limits: set[tuple[Doing, LimitRule | str]] = field(default_factory=set[tuple[Doing, LimitRule | str]])
    unread: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])


def follow(function: Callable[..., Any], given: Mapping[str, Values]) -> Found:
    """Follow *function*, called with *given*, through everything it calls in the domain."""
    follower = _Follower()
    follower.enter(scope_of(function, given))
    return follower.found


def overhear(scope: Scope) -> Found:
    """Follow a function that nobody calls here: what it says by itself, and by those it calls."""
    follower = _Follower()
    follower.enter(scope)
    return follower.found


class _Follower:
    def __init__(self) -> None:
        self.found = Found()
        self._entered: set[object] = set()
        self._inside: list[FunctionNode] = []

    def enter(self, scope: Scope | None) -> None:
        """Read one function, once for what it was called with."""
        if scope is None or scope.node in self._inside:
            return  # one that calls itself says nothing more the second time
        key = (scope.node, repr(sorted(scope.given.items(), key=lambda each: each[0])))
        if key not in self._entered:
            self._entered.add(key)
            self._inside.append(scope.node)
            for call in reachable_calls(scope.node.body, scope):
                self._hear(call, scope)
            self._inside.pop()

    def _hear(self, call: ast.Call, scope: Scope) -> None:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "breach":
            self._say(call, scope, may_warn=True)
            return
        for called in values(call.func, scope):
            kind, function = _event(called), plain(called)
            if called in _SPEAK:
                self._say(call, scope, may_warn=called is Warned)
            elif kind is not None:
                self._happen(kind, call, scope)
            elif function in _BY_FUNCTION:
                self._limit(_BY_FUNCTION[function], call.args, call.keywords, scope)
            elif function is not None:
                self.enter(scope_of(function, handed(call, function, scope)))

    def _say(self, call: ast.Call, scope: Scope, *, may_warn: bool) -> None:
        named = {each.arg: each.value for each in call.keywords}
        codes = values(call.args[0] if call.args else named.get("code"), scope)
        source = call.args[1] if len(call.args) > 1 else named.get("source")
        clauses = tuple(each for each in values(source, scope) if isinstance(each, str | Clause))
        if may_warn and source is None:
            owner = call.func.value if isinstance(call.func, ast.Attribute) else None
            clauses = tuple(Clause(each.parameter) for each in values(owner, scope) if isinstance(each, Read))
        for code in codes:
            if isinstance(code, str) and "." in code and not code.endswith(UNKNOWN):
                self.found.said.append(Said(code, scope.place, clauses or _law_read(scope), may_warn))

    def _limit(self, doing: Doing, args: list[ast.expr], keywords: list[ast.keyword], scope: Scope) -> None:
        if doing == "closes":
            self.found.limits.add((doing, ALL_OTHERS))
            return
        rule = next((each.value for each in keywords if each.arg == "rule"), None)
        handed_over = args[:1] if doing == "sets" else args[1:]
        named = [each for one in (rule, *handed_over) for each in values(one, scope)]
        self._name(doing, named, scope)

    def _happen(self, kind: type[Event], call: ast.Call, scope: Scope) -> None:
        if not issubclass(kind, ClockEvent):
            self.found.events.add(kind)
        elif kind.__name__ in _BY_EVENT:
            limit = next((each.value for each in call.keywords if each.arg == "limit"), None)
            self._name(_BY_EVENT[kind.__name__], [*values(limit, scope)], scope)

    def _name(self, doing: Doing, named: list[Any], scope: Scope) -> None:
        known = {(doing, each) for each in named if isinstance(each, str | LimitRule)}
        self.found.limits |= known
        if doing == "sets" and not known:
            self.found.unread.add(scope.place)


def _event(called: object) -> type[Event] | None:
    """Give the event class that a call makes a record of, by its name or by `model_validate`."""
    owner = getattr(called, "__self__", None)
    kind = called if isinstance(called, type) else owner
    if not (isinstance(kind, type) and issubclass(kind, Event)):
        return None
    made = called is kind or getattr(called, "__name__", "") in {"model_validate", "model_construct"}
    return kind if made else None


def _law_read(scope: Scope) -> tuple[Clause, ...]:
    """Give the clauses of every value of the law that a function reads: one of them is meant."""
    read = [
        each
        for node in ast.walk(scope.node)
        if isinstance(node, ast.Subscript)
        for each in values(node, scope)
        if isinstance(each, Read)
    ]
    return tuple(dict.fromkeys(Clause(each.parameter) for each in read))
