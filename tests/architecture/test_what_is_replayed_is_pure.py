"""The law and the runner give the same tomorrow as today: they reach no clock, no lot, no machine.

A case is replayed from its history, and a decision is taken again from its record. No sandbox watches them while they
run; what it would find is found here, before anything runs. That no set is gone through in an order of its own is
another matter, and held by the replay of recorded histories under several hash seeds.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PYTHON, ROOT

ROOMS = ("domain", "workflows")
SAME_FOR_EVER = frozenset(
    {
        "calendar",
        "collections",
        "dataclasses",
        "datetime",
        "fractions",
        "functools",
        "hashlib",
        "itertools",
        "json",
        "operator",
        "re",
        "typing",
        "unicodedata",
        "zoneinfo",
    }
)
"""What of the standard library answers the same whenever and wherever it is asked."""
OF_ASYNCIO = frozenset({"CancelledError", "TimerHandle", "get_running_loop"})
"""The loop of a workflow is the SDK's own: its timers are recorded. Waiting for many in no given order is not."""
READS_A_CLOCK = frozenset({"now", "today", "utcnow"})
REACHES_OUT = frozenset({"open", "input", "print", "exec", "eval", "hash", "id", "__import__"})
REPLAYED = [each for each in PYTHON if each.relative_to(ROOT).parts[0] in ROOMS]


def impure(source: str) -> Iterator[tuple[int, str]]:
    """Give each line that could answer otherwise another time, and what it asks."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, each.name) for each in names if not _may_import(each.name))
            case ast.ImportFrom(module=str(module)) if not _may_import(module) or module.startswith("asyncio"):
                yield node.lineno, module
            case ast.Attribute(value=ast.Name(id="asyncio"), attr=name) if name not in OF_ASYNCIO:
                yield node.lineno, f"asyncio.{name}"
            case ast.Attribute(attr=name) if name in READS_A_CLOCK and ast.unparse(node.value) != "workflow":
                yield node.lineno, ast.unparse(node)
            case ast.Call(func=ast.Name(id=name)) if name in REACHES_OUT:
                yield node.lineno, name
            case _:
                pass


def _may_import(module: str) -> bool:
    room = module.partition(".")[0]
    return room not in sys.stdlib_module_names or room in SAME_FOR_EVER or module == "asyncio"


@pytest.mark.parametrize("file", REPLAYED, ids=lambda each: str(each.relative_to(ROOT)))
def test_nothing_that_is_replayed_asks_what_may_be_answered_otherwise(file: Path) -> None:
    assert list(impure(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("import random", "random"),
        ("import os.path", "os.path"),
        ("from time import time", "time"),
        ("from uuid import uuid4", "uuid"),
        ("from datetime import UTC, datetime\ndatetime.now(UTC)", "datetime.now"),
        ("import datetime\ndatetime.date.today()", "datetime.date.today"),
        ("import asyncio\nasync def wait():\n    await asyncio.wait([])", "asyncio.wait"),
        ("from asyncio import as_completed", "asyncio"),
        ("open('/etc/hostname')", "open"),
        ("hash('Zone')", "hash"),
    ],
)
def test_what_may_be_answered_otherwise_is_seen(source: str, asks: str) -> None:
    assert [found for _, found in impure(source)] == [asks]


def test_the_clock_of_a_workflow_may_be_asked() -> None:
    assert list(impure("from temporalio import workflow\nworkflow.now()")) == []
