"""What a function can say and do, told by following its calls through the domain's source.

Followed for one command in one state: where the code matches on either, only the arms are read that can be meant. That
a call stands there does not say that it is always reached, so what is found is what *can* happen.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from docs.reading.expressions import (
    UNKNOWN,
    Clause,
    FunctionNode,
    Of,
    Read,
    Scope,
    Values,
    handed,
    plain,
    scope_of,
    values,
)
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
            for call in _calls(scope.node.body, scope):
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


def _calls(body: list[ast.stmt] | list[ast.expr], scope: Scope) -> Iterator[ast.Call]:
    """Give the calls that can be reached, inner ones too."""
    for node in body:
        yield from _calls_in(node, scope)


def _calls_in(node: ast.AST, scope: Scope) -> Iterator[ast.Call]:
    if isinstance(node, ast.Call):
        yield node
    if isinstance(node, ast.Match):
        yield from _calls_in(node.subject, scope)
        for case in _arms(node, scope):
            yield from _calls([*([case.guard] if case.guard else [])], scope)
            yield from _calls(case.body, scope)
        return
    if isinstance(node, ast.If | ast.IfExp) and (held := _holds(node.test, scope)) is not None:
        taken = node.body if held else node.orelse
        yield from _calls(taken, scope) if isinstance(taken, list) else _calls_in(taken, scope)
        return
    for inner in ast.iter_child_nodes(node):
        yield from _calls_in(inner, scope)


def _arms(node: ast.Match, scope: Scope) -> Iterator[ast.match_case]:
    """Give the arms that can be meant, up to the first that is meant for certain."""
    subject = node.subject.elts if isinstance(node.subject, ast.Tuple) else [node.subject]
    for case in node.cases:
        fits = _fits(case.pattern, subject, scope)
        held = True if case.guard is None else _holds(case.guard, scope)
        if fits is not False and held is not False:
            yield case
        if fits is True and held is True:
            return


def _fits(pattern: ast.pattern, subject: list[ast.expr], scope: Scope) -> bool | None:
    """Say whether a pattern matches: certainly, not at all, or perhaps."""
    match pattern:
        case ast.MatchAs(pattern=None):
            return True
        case ast.MatchAs(pattern=ast.pattern() as inner):
            return _fits(inner, subject, scope)
        case ast.MatchOr(patterns=several):
            answers = [_fits(each, subject, scope) for each in several]
            return True if True in answers else None if None in answers else False
        case ast.MatchSequence(patterns=several) if len(several) == len(subject):
            answers = [_fits(each, [one], scope) for each, one in zip(several, subject, strict=True)]
            return False if False in answers else None if None in answers else True
        case ast.MatchClass(cls=kind, patterns=parts, kwd_patterns=named):
            fits = _is_a(subject[0], kind, scope) if len(subject) == 1 else None
            whole = all(isinstance(each, ast.MatchAs) and each.pattern is None for each in (*parts, *named))
            return fits if whole or fits is False else None
        case _:
            return None


def _holds(test: ast.expr, scope: Scope) -> bool | None:
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            held = _holds(inner, scope)
            return None if held is None else not held
        case ast.Call(func=ast.Name(id="isinstance"), args=[subject, kind]):
            return _is_a(subject, kind, scope)
        case _:
            return None


def _is_a(subject: ast.expr, kind: ast.expr, scope: Scope) -> bool | None:
    """Say whether a record is of a class, where it is known of which class it is."""
    known = [each.kind for each in values(subject, scope) if isinstance(each, Of)]
    wanted = tuple(each for each in values(kind, scope) if isinstance(each, type))
    if len(known) != 1 or not wanted:
        return None
    return issubclass(known[0], wanted)
