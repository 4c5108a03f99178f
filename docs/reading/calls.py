"""What a function can say and do, told by following its calls through the domain's source.

That a call can be reached does not say that it always is, so what is found is what *can* happen.
"""

import ast
from collections.abc import Callable, Iterable, Mapping
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
from docs.reading.flow import Flow, emitted, event_of, refusals_made
from docs.reading.reachable import reachable
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
    limits.set_date: "sets",
    limits.keep: "keeps",
    limits.lapse: "lapses",
    limits.close: "closes",
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


@dataclass(frozen=True)
class Dated:
    """A limit whose day the case names itself."""

    name: str
    owner: str


Named = LimitRule | Dated | str
"""A limit: what it is set by, or its name alone."""


def family(limit: Named) -> str:
    """Name a limit; one of which a case has several at once (`funds/2`), by what is before the stroke."""
    return (limit if isinstance(limit, str) else limit.name).partition("/")[0]


@dataclass
class Found:
    """Everything that following found.

    Attributes:
        events: The process's own that can be given back.
        limits: What is done to a limit, and to which: its rule, or its name alone.
        unread: Places that set a limit nobody can name from the source.
    """

    events: frozenset[type[Event]] = frozenset()
    said: list[Said] = field(default_factory=list[Said])
    limits: set[tuple[Doing, Named]] = field(default_factory=set[tuple[Doing, Named]])
    unread: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])


def follow(function: Callable[..., Any], given: Mapping[str, Values]) -> Found:
    """Follow *function*, called with *given*, through everything it calls in the domain."""
    written = plain(function)
    scope = None if written is None else scope_of(written, given)
    if scope is None:
        return Found()
    follower = _Follower(Flow(refusals_made))
    follower.enter(scope)
    follower.found.events = emitted(scope)
    return follower.found


def overhear(scopes: Iterable[Scope]) -> list[Said]:
    """Follow functions that nobody calls here: all that they say, whoever it is said to."""
    follower = _Follower()
    for scope in scopes:
        follower.enter(scope)
    return follower.found.said


class _Follower:
    """Reads functions one after the other.

    Args:
        raised: Where refusals come from that are raised; without it every refusal counts that is made.
    """

    def __init__(self, raised: Flow | None = None) -> None:
        self.found = Found()
        self._raised = raised
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
            for part in reachable(scope.node.body, scope):
                if isinstance(part, ast.Call):
                    self._hear(part, scope)
                elif isinstance(part, ast.Raise) and part.exc is not None and self._raised is not None:
                    for call, where in sorted(self._raised.out_of_expression(part.exc, scope), key=_by_line):
                        self._say(call, where, may_warn=False)
            self._inside.pop()

    def _hear(self, call: ast.Call, scope: Scope) -> None:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "breach":
            self._say(call, scope, may_warn=True)
            return
        for called in values(call.func, scope):
            kind, function = event_of(called), plain(called)
            if called in _SPEAK:
                if called is not Refused or self._raised is None:
                    self._say(call, scope, may_warn=called is Warned)
            elif kind is not None:
                self._happen(kind, call, scope)
            elif function in _BY_FUNCTION:
                self._limit(function, call, scope)
            elif function is not None:
                self.enter(scope_of(function, handed(call, function, scope)))

    def _say(self, call: ast.Call, scope: Scope, *, may_warn: bool) -> None:
        named = {each.arg: each.value for each in call.keywords}
        codes = values(call.args[0] if call.args else named.get("code"), scope)
        source = call.args[1] if len(call.args) > 1 else named.get("source")
        clauses = tuple(each for each in values(source, scope) if isinstance(each, Clause) or _is_whole(each))
        if may_warn and source is None:
            owner = call.func.value if isinstance(call.func, ast.Attribute) else None
            clauses = tuple(Clause(each.parameter) for each in values(owner, scope) if isinstance(each, Read))
        for code in codes:
            if isinstance(code, str) and "." in code and not code.endswith(UNKNOWN):
                self.found.said.append(Said(code, scope.place, clauses or _law_read(scope), may_warn))

    def _limit(self, function: object, call: ast.Call, scope: Scope) -> None:
        doing = _BY_FUNCTION[function]
        named = {each.arg: each.value for each in call.keywords}
        if function is limits.close_all:
            self.found.limits.add((doing, ALL_OTHERS))
            return
        if function is limits.set_date:
            owners = [each for each in values(named.get("owner"), scope) if isinstance(each, str)]
            names = [each for each in values(call.args[0], scope) if isinstance(each, str)]
            self._name(doing, [Dated(name, owner) for name in names for owner in owners], scope)
            return
        handed_over = [named.get("rule"), *call.args[:1]] if doing == "sets" else call.args[1:]
        self._name(doing, [each for one in handed_over for each in values(one, scope)], scope)

    def _happen(self, kind: type[Event], call: ast.Call, scope: Scope) -> None:
        if kind.__name__ in _BY_EVENT and issubclass(kind, ClockEvent):
            limit = next((each.value for each in call.keywords if each.arg == "limit"), None)
            self._name(_BY_EVENT[kind.__name__], [*values(limit, scope)], scope)

    def _name(self, doing: Doing, named: list[Any], scope: Scope) -> None:
        known = {(doing, each) for each in named if isinstance(each, Named)}
        self.found.limits |= known
        if doing == "sets" and not known:
            self.found.unread.add(scope.place)


def _by_line(made: tuple[ast.Call, Scope]) -> tuple[str, int]:
    call, scope = made
    return scope.place[0], call.lineno


def _is_whole(text: object) -> bool:
    return isinstance(text, str) and UNKNOWN not in text


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
