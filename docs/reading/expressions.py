"""What an expression can be, told from the source: constants, and what stands for a record or a value of the law.

Nothing is run. A name is looked up in the function, then in what its caller handed over, then in its module; where more
than one thing is possible all of them are given, and none where only a running program could tell.
"""

import ast
import inspect
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import FunctionType, UnionType
from typing import Any, Final, cast, get_args

from docs.reading.scopes import FunctionNode, Scope, Values, handed_over, parameters_of, returns, scope_of
from domain.kernel.messages import Command, State
from domain.kernel.policy import Parameter

UNKNOWN: Final = "*"
"""Stands in a text for the part that is not known before it runs."""


@dataclass(frozen=True)
class Of:
    """Some record of a class."""

    kind: type


@dataclass(frozen=True)
class Read:
    """A value of the law that was read under this name."""

    parameter: str


@dataclass(frozen=True)
class Clause:
    """The clause of a value of the law."""

    parameter: str


_LOOKED_INTO: Final[list[FunctionNode]] = []


def values(expression: ast.expr | None, scope: Scope) -> Values:
    """Give everything the expression may be, each once; nothing where it cannot be told."""
    if expression is None:
        return ()
    if expression not in scope.known:
        scope.known[expression] = ()  # what is made from itself adds nothing
        found: list[Any] = []
        for each in _values(expression, scope):
            if not any(each is other or (type(each) is type(other) and each == other) for other in found):
                found.append(each)
        scope.known[expression] = tuple(found)
    return scope.known[expression]


def _values(expression: ast.expr, scope: Scope) -> Iterator[Any]:  # noqa: C901, PLR0912 — a kind a line
    match expression:
        case ast.Constant(value=value):
            yield value
        case ast.Name(id=name):
            yield from _named(name, scope)
        case ast.Attribute(value=owner, attr=name):
            yield from _attributes(values(owner, scope), name)
        case ast.JoinedStr(values=parts):
            yield from _texts(parts, scope)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from (*values(left, scope), *values(right, scope))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from _added(values(left, scope), values(right, scope))
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*values(body, scope), *values(orelse, scope))
        case ast.BoolOp(values=several) | ast.Tuple(elts=several) | ast.List(elts=several) | ast.Set(elts=several):
            yield from (each for one in several for each in values(one, scope))
        case ast.Starred(value=inner) | ast.NamedExpr(value=inner) | ast.Await(value=inner):
            yield from values(inner, scope)
        case ast.GeneratorExp(elt=inner) | ast.ListComp(elt=inner) | ast.SetComp(elt=inner):
            yield from values(inner, scope)
        case ast.Subscript(value=owner, slice=place):
            yield from _members(values(owner, scope), values(place, scope))
        case ast.Call(func=called):
            yield from _returned(expression, values(called, scope), scope)
        case _:
            return


def _named(name: str, scope: Scope) -> Iterator[Any]:
    if name in scope.given:
        yield from scope.given[name]
    if name in scope.assigned:
        yield from (each for one in scope.assigned[name] for each in values(one, scope))
    elif name in scope.module and name not in scope.given:
        held = scope.module[name]
        several = get_args(held) if isinstance(held, UnionType) else held
        yield from several if isinstance(several, tuple | frozenset) else (held,)


def _attributes(owners: Values, name: str) -> Iterator[Any]:
    for owner in owners:
        if isinstance(owner, Read):
            yield from (Clause(owner.parameter),) if name == "source" else ()
        elif isinstance(owner, Of):
            yield from (vars(owner.kind)[name],) if isinstance(vars(owner.kind).get(name), str | bool) else ()
        elif hasattr(owner, name):
            yield getattr(owner, name)


def _texts(parts: list[ast.expr], scope: Scope) -> Iterator[str]:
    written = [
        [str(part.value)] if isinstance(part, ast.Constant) else _shown(part, scope) or [UNKNOWN] for part in parts
    ]
    yield from ("".join(each) for each in itertools.product(*written))


def _added(left: Values, right: Values) -> Iterator[Any]:
    texts = [[each for each in side if isinstance(each, str)] for side in (left, right)]
    if all(texts):
        yield from ("".join(each) for each in itertools.product(*texts))
    else:
        yield from (*left, *right)


def _shown(part: ast.expr, scope: Scope) -> list[str]:
    held = values(part.value, scope) if isinstance(part, ast.FormattedValue) else ()
    return [each for each in held if isinstance(each, str)]


def _members(owners: Values, places: Values) -> Iterator[Any]:
    parameters = [cast("Parameter[Any]", each) for each in places if isinstance(each, Parameter)]
    yield from (Read(each.name) for each in parameters)
    for owner in () if parameters else owners:
        if isinstance(owner, Mapping):
            held = cast("Mapping[object, object]", owner)
            known = [held[each] for each in places if isinstance(each, str | type) and each in held]
            yield from known or held.values()
        elif not isinstance(owner, Of):
            yield owner  # a tuple's elements stand here one by one


def _returned(call: ast.Call, called: Values, scope: Scope) -> Iterator[Any]:
    """Give what a function of this house returns, or the record that a class makes."""
    for each in called:
        function = plain(each)
        if each is replace:
            yield from values(call.args[0], scope)
        elif isinstance(each, type):
            yield from (Of(each),) if issubclass(each, Command | State) else ()
        elif function is not None:
            yield from _given_back(scope_of(function, handed(call, function, scope)))


def _given_back(scope: Scope | None) -> Iterator[Any]:
    """Give what a function may return; one that is being looked into already adds nothing."""
    if scope is None or scope.node in _LOOKED_INTO:
        return
    _LOOKED_INTO.append(scope.node)
    for expression in returns(scope.node):
        yield from values(expression, scope)
    _LOOKED_INTO.remove(scope.node)


def plain(called: object) -> FunctionType | None:
    """Give the function of the domain that is called, out of what it may be wrapped in (`cache`)."""
    inner = inspect.unwrap(called) if callable(called) else called
    return inner if isinstance(inner, FunctionType) and inner.__module__.startswith("domain.") else None


def handed(call: ast.Call, function: FunctionType, scope: Scope) -> dict[str, Values]:
    """Give what a call hands to each argument, where it can be told; what is left out has its default."""
    given = {
        name: tuple(value for each in several for value in values(each, scope))
        for name, several in handed_over(call, function).items()
    }
    for name, each in parameters_of(function).items():
        if isinstance(each.default, str) and name not in given:
            given[name] = (each.default,)
    return {name: held for name, held in given.items() if held}
