"""The part of a function's source that can be reached when it is known of which class its arguments are.

A function is followed for one command in one state: where it matches on either, or asks `isinstance`, only what can be
meant is read. Everything else is taken to be possible.
"""

import ast
from collections.abc import Iterator, Sequence

from docs.reading.expressions import Of, Scope, values


def reachable(body: Sequence[ast.stmt], scope: Scope) -> Iterator[ast.AST]:
    """Give every part of these statements that can be reached."""
    for statement in body:
        yield from reachable_in(statement, scope)
        if _leaves(statement, scope):
            return


def reachable_in(node: ast.AST, scope: Scope) -> Iterator[ast.AST]:
    """Give a part of a program, and every part of it that can be reached."""
    yield node
    if isinstance(node, ast.Match):
        yield from reachable_in(node.subject, scope)
        for case in _arms(node, scope)[0]:
            yield from reachable_in(case.guard, scope) if case.guard else ()
            yield from reachable(case.body, scope)
        return
    if isinstance(node, ast.If | ast.IfExp) and (held := holds(node.test, scope)) is not None:
        taken = node.body if held else node.orelse
        yield from reachable(taken, scope) if isinstance(taken, list) else reachable_in(taken, scope)
        return
    for inner in ast.iter_child_nodes(node):
        yield from reachable_in(inner, scope)


def _leaves(node: ast.AST, scope: Scope) -> bool:
    """Say whether nothing that stands after a statement can be reached."""
    match node:
        case ast.Return() | ast.Raise():
            return True
        case ast.If(test=test, body=body, orelse=orelse):
            held = holds(test, scope)
            taken = [body, orelse] if held is None else [body if held else orelse]
            return all(_block_leaves(each, scope) for each in taken)
        case ast.Match():
            arms, is_sure = _arms(node, scope)
            return is_sure and all(_block_leaves(each.body, scope) for each in arms)
        case _:
            return False


def _block_leaves(body: list[ast.stmt], scope: Scope) -> bool:
    return any(_leaves(each, scope) for each in body)


def _arms(node: ast.Match, scope: Scope) -> tuple[list[ast.match_case], bool]:
    """Give the arms that can be meant, up to the first that is meant for certain; and whether there is such a one."""
    subject = node.subject.elts if isinstance(node.subject, ast.Tuple) else [node.subject]
    arms: list[ast.match_case] = []
    for case in node.cases:
        fits = _fits(case.pattern, subject, scope)
        held = True if case.guard is None else holds(case.guard, scope)
        if fits is not False and held is not False:
            arms.append(case)
        if fits is True and held is True:
            return arms, True
    return arms, False


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


def holds(test: ast.expr, scope: Scope) -> bool | None:
    """Say whether a test on the class of an argument holds, where that can be told."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            held = holds(inner, scope)
            return None if held is None else not held
        case ast.BoolOp(op=ast.Or(), values=several):
            answers = [holds(each, scope) for each in several]
            return True if True in answers else None if None in answers else False
        case ast.BoolOp(op=ast.And(), values=several):
            answers = [holds(each, scope) for each in several]
            return False if False in answers else None if None in answers else True
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
