"""Each reading of a silent law that changes an answer can be watched in a script that exists (ADMISSION §8)."""

from pathlib import Path
from re import MULTILINE, findall

import pytest

from starter.scripts import read_script

EXAMPLES = Path(__file__).parents[2] / "examples/task_admission"
DECISIONS = range(1, 31)
ROWS = {
    int(number): shown
    for number, shown in findall(
        r"^\| (\d+) \|.*\| ([^|]+) \|$", (EXAMPLES / "README.md").read_text(encoding="utf-8"), MULTILINE
    )
}
WITHOUT_A_SCRIPT = {13}
"""The first changes no answer, the second is the renewal's."""


def test_the_table_has_a_row_for_each_decision():
    assert list(ROWS) == list(DECISIONS)


@pytest.mark.parametrize("number", [each for each in DECISIONS if each not in WITHOUT_A_SCRIPT])
def test_every_decision_that_changes_an_answer_names_scripts_that_can_be_played(number):
    named = ROWS[number].split(" · ")
    assert [read_script(EXAMPLES / each).steps != () for each in named] == [True] * len(named)
