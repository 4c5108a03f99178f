"""What STYLE §4 to §7 forbid everywhere: failures caught wholesale, work put off, rules switched off without a word."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.architecture.sources import PYTHON, ROOT, SQL

MAY_CATCH_EVERYTHING = frozenset({"worker.py", "activities/failures.py", "starter/cli.py"})
"""The worker, the activity's one translator, the outermost function of the command line."""
PUT_OFF = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b(?!.*#\d+)")
SWITCHED_OFF = re.compile(r"#\s*(?:noqa|type:\s*ignore|pyright:\s*ignore)\b(?P<rest>.*)")
LINT_OFF = re.compile(r"#\s*noqa\b(?P<rest>.*)")
HAS_A_REASON = re.compile(r"^(?::\s*[A-Z0-9, ]+|\[[A-Za-z-]+\])\s+—\s+\S")
PASSES_OVER = frozenset({"skip", "skipif", "xfail", "importorskip"})
OURS = Path(__file__)


def caught_wholesale(source: str, *, may: bool = False) -> Iterator[int]:
    """Give the lines on which every failure is caught and not passed on.

    Args:
        may: The file is one of those in which `except Exception` may stand; a `KeyboardInterrupt` may be held nowhere.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler):
            kinds = _kinds(node.type)
            passes_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            everything = "BaseException" in kinds and not passes_on
            if everything or ("Exception" in kinds and not may):
                yield node.lineno


def _kinds(caught: ast.expr | None) -> set[str]:
    if caught is None:
        return {"BaseException"}
    return {each.id for each in ast.walk(caught) if isinstance(each, ast.Name)}


def put_off(text: str) -> list[int]:
    """Give the lines that put something off without the number of an issue."""
    return [number for number, line in enumerate(text.splitlines(), start=1) if PUT_OFF.search(line)]


def switched_off(text: str, pattern: re.Pattern[str] = SWITCHED_OFF) -> list[int]:
    """Give the lines that switch a rule off without naming it and saying why."""
    found = [(number, pattern.search(line)) for number, line in enumerate(text.splitlines(), start=1)]
    return [number for number, hit in found if hit and not HAS_A_REASON.match(hit["rest"])]


def passed_over(source: str) -> Iterator[int]:
    """Give the lines on which a test is skipped or allowed to fail."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in PASSES_OVER and _is_pytest(node.value):
            yield node.lineno


def _is_pytest(owner: ast.expr) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "pytest" for each in ast.walk(owner))


def found_by(look: Callable[[str], Iterable[int]], files: Iterable[Path]) -> dict[str, list[int]]:
    """Give the lines that *look* finds, by file; this file, which shows what is not to be, is left out."""
    found = {_shown(file): [*look(file.read_text(encoding="utf-8"))] for file in files if file != OURS}
    return {file: lines for file, lines in found.items() if lines}


def _shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_failures_are_caught_by_name():
    may = [file for file in PYTHON if _shown(file) in MAY_CATCH_EVERYTHING]
    assert len(may) == len(MAY_CATCH_EVERYTHING)
    assert found_by(caught_wholesale, [file for file in PYTHON if file not in may]) == {}
    assert found_by(partial(caught_wholesale, may=True), may) == {}


def test_nothing_is_put_off_without_an_issue():
    assert found_by(put_off, [*PYTHON, *SQL]) == {}


def test_a_rule_is_switched_off_by_name_and_with_its_reason():
    """In tests the linter alone is asked; no type checker holds them."""
    assert found_by(switched_off, [file for file in PYTHON if "tests" not in file.parts]) == {}
    assert found_by(partial(switched_off, pattern=LINT_OFF), PYTHON) == {}


def test_no_test_is_passed_over():
    assert found_by(passed_over, [file for file in PYTHON if "tests" in file.parts]) == {}


@pytest.mark.parametrize(
    ("handler", "lines", "where_it_may"),
    [
        ("except ValueError:\n    pass", [], []),
        ("except Exception:\n    pass", [3], []),
        ("except (OSError, Exception) as error:\n    raise", [3], []),
        ("except:\n    pass", [3], [3]),
        ("except BaseException:\n    pass", [3], [3]),
        ("except BaseException:\n    clean_up()\n    raise", [], []),
    ],
)
def test_what_is_caught_wholesale_is_seen(handler, lines, where_it_may):
    source = f"try:\n    act()\n{handler}\n"
    assert [*caught_wholesale(source)] == lines
    assert [*caught_wholesale(source, may=True)] == where_it_may


def test_what_is_left_lying_is_seen():
    assert put_off("# TODO: later\n# TODO(#12): later\n# FIXME\nTODOS = 1\n") == [1, 3]
    assert switched_off("x = 1  # noqa\ny = 2  # noqa: E501\nz = 3  # noqa: E501 — a table\n") == [1, 2]
    assert switched_off("x = 1  # type: ignore[index]\ny = 1  # type: ignore[index] — read from JSON\n") == [1]
    assert [*passed_over("import pytest\n@pytest.mark.skip\ndef test_x():\n    pytest.skip('no')\n")] == [2, 4]
    assert [*passed_over("house.skip(case)\n")] == []
