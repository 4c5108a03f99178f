"""What comes out of a function: which events it gives back, which refusals it raises.

An event that is made and only looked at, as a classification that is compared with the one before, is not given back;
nor is a refusal raised that is only asked whether it is there. Where a call leads out of the domain (`tuple`,
`sorted`), what goes in is taken to come out.
"""

import ast
import builtins
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

from docs.reading.expressions import handed, plain, values
from docs.reading.reachable import holds, reachable
from docs.reading.scopes import GIVES_BACK, FunctionNode, Scope, handed_over, scope_of
from domain.kernel.clock_events import ClockEvent
from domain.kernel.errors import Refused
from domain.kernel.messages import Event

Things = frozenset[Any]
Watched = Callable[[object, ast.Call, Scope], Any]
"""Says whether a call makes what is looked for: the thing, or nothing."""
NONE: Things = frozenset()


def emitted(scope: Scope) -> frozenset[type[Event]]:
    """Give the process's own events that a function can give back, called as the scope says."""
    found = Flow(lambda called, _call, _scope: event_of(called)).out_of(scope, {})
    return frozenset(each for each in found if not issubclass(each, ClockEvent))


def refusals_made(called: object, call: ast.Call, scope: Scope) -> tuple[ast.Call, Scope] | None:
    """Give where a refusal is made, if it is one."""
    return (call, scope) if called is Refused else None


@dataclass
class Flow:
    """What flows out of expressions and functions.

    Attributes:
        watched: What is looked for.
        inside: The functions that are being looked into.
        known: What came out of a function, by what went in.
    """

    watched: Watched
    inside: list[FunctionNode] = field(default_factory=list[FunctionNode])
    known: dict[object, Things] = field(default_factory=dict[object, Things])

    def out_of(self, scope: Scope, given: Mapping[str, Things]) -> Things:
        """Give what a function gives back, with such things among its arguments."""
        if scope.node in self.inside:
            return NONE
        key = (scope, repr(sorted(given.items(), key=str)))
        if key not in self.known:
            self.inside.append(scope.node)
            parts = (each for each in reachable(scope.node.body, scope) if isinstance(each, GIVES_BACK))
            self.known[key] = self._all((each.value for each in parts if each.value), _Inside(scope, given))
            self.inside.pop()
        return self.known[key]

    def out_of_expression(self, expression: ast.expr, scope: Scope) -> Things:
        """Give what an expression can hold in a function of whose arguments nothing is known."""
        return self._in(expression, _Inside(scope, {}))

    def _all(self, expressions: Iterable[ast.expr], at: "_Inside") -> Things:
        return frozenset(event for each in expressions for event in self._in(each, at))

    def _in(self, expression: ast.expr, at: "_Inside") -> Things:
        """Give what the value of an expression can hold."""
        match expression:
            case ast.Name(id=name):
                return self._named(name, at)
            case ast.Call():
                return self._returned(expression, at)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                held = holds(test, at.scope)
                return self._all((body, orelse) if held is None else (body if held else orelse,), at)
            case ast.BoolOp(values=several) | ast.Tuple(elts=several) | ast.List(elts=several) | ast.Set(elts=several):
                return self._all(several, at)
            case ast.BinOp(left=left, right=right):
                return self._all((left, right), at)
            case ast.Starred(value=inner) | ast.NamedExpr(value=inner) | ast.Subscript(value=inner):
                return self._in(inner, at)
            case ast.GeneratorExp(elt=inner) | ast.ListComp(elt=inner) | ast.SetComp(elt=inner):
                return self._in(inner, at)
            case _:
                return NONE

    def _named(self, name: str, at: "_Inside") -> Things:
        if name in at.looked_up:
            return NONE
        return at.given.get(name, NONE) | self._all(at.scope.assigned.get(name, ()), at.after(name))

    def _returned(self, call: ast.Call, at: "_Inside") -> Things:
        found = NONE
        called = values(call.func, at.scope)
        for each in called:
            made, function = self.watched(each, call, at.scope), plain(each)
            if made is not None:
                found |= {made}
            elif function is not None:
                found |= self._through(call, function, at)
            elif not isinstance(each, type) or each.__module__ == builtins.__name__:
                found |= self._all(_arguments(call), at)
        if not called:
            owner = [call.func.value] if isinstance(call.func, ast.Attribute) else []
            found |= self._all([*owner, *_arguments(call)], at)
        return found

    def _through(self, call: ast.Call, function: FunctionType, at: "_Inside") -> Things:
        inside = scope_of(function, handed(call, function, at.scope))
        given = {name: self._all(several, at) for name, several in handed_over(call, function).items()}
        return NONE if inside is None else self.out_of(inside, {name: held for name, held in given.items() if held})


@dataclass(frozen=True)
class _Inside:
    """Where an expression stands.

    Attributes:
        given: Things looked for among the arguments.
        looked_up: Names that are being looked up already: one that is made from itself adds nothing.
    """

    scope: Scope
    given: Mapping[str, Things]
    looked_up: frozenset[str] = frozenset()

    def after(self, name: str) -> "_Inside":
        return _Inside(self.scope, self.given, self.looked_up | {name})


def event_of(called: object) -> type[Event] | None:
    """Give the event class that a call makes a record of, by its name or by `model_validate`."""
    owner: Any = getattr(called, "__self__", None)
    kind: Any = called if isinstance(called, type) else owner
    if not (isinstance(kind, type) and issubclass(kind, Event)):
        return None
    made = called is kind or getattr(called, "__name__", "") in {"model_validate", "model_construct"}
    return kind if made else None


def _arguments(call: ast.Call) -> Iterator[ast.expr]:
    yield from call.args
    yield from (each.value for each in call.keywords)
