"""No file is longer than 300 lines, and no function longer than 40, but for tables (STYLE §1, §8)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PYTHON, ROOMS, ROOT, SQL

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
"""Without its docstring: what a rule says of itself may be as long as it must."""
LONGEST_PREFACE = 10
"""What may stand around the one match of a table."""


def long_functions(source: str) -> Iterator[tuple[str, int]]:
    """Name the functions that are too long, with how long they are."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = _length(node)
            if length > LONGEST_FUNCTION and not _is_table(node):
                yield node.name, length


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    words = _lines(node.body[0]) if ast.get_docstring(node, clean=False) is not None else 0
    return _lines(node) - words


def _lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _is_table(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether a function is one match whose arms hold one statement each, and next to nothing else."""
    tables = [each for each in node.body if isinstance(each, ast.Match)]
    if len(tables) != 1 or _length(node) - _lines(tables[0]) > LONGEST_PREFACE:
        return False
    return all(len(case.body) == 1 and not isinstance(case.body[0], ast.Match | ast.If) for case in tables[0].cases)


def test_no_file_is_longer_than_300_lines():
    lengths = {_shown(file): len(file.read_text(encoding="utf-8").splitlines()) for file in (*PYTHON, *SQL)}
    assert len(lengths) > len(ROOMS)
    assert {file: length for file, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_40_lines_but_a_table():
    found = {_shown(file): [*long_functions(file.read_text(encoding="utf-8"))] for file in PYTHON}
    assert {file: long for file, long in found.items() if long} == {}


def _shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


ARMS = [f"        case {number}:\n            return {number}\n" for number in range(30)]
LINES = ["    x = 1\n"] * 39


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def short():\n" + "".join(LINES), []),
        ("def long():\n" + "".join(LINES) + "    return x\n", [("long", 41)]),
        ('def told():\n    """Says\n    much.\n    """\n' + "".join(LINES), []),
        ("def table(x):\n    match x:\n" + "".join(ARMS), []),
        ("async def no_table(x):\n" + "".join(LINES) + "    match x:\n" + "".join(ARMS), [("no_table", 101)]),
        (
            "def work(x):\n    match x:\n"
            + "".join(ARMS)
            + "        case _:\n            x = 1\n            return x\n",
            [("work", 65)],
        ),
    ],
)
def test_the_measure_lets_tables_and_words_be_long_and_nothing_else(source, found):
    assert [*long_functions(source)] == found
