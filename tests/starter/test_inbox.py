"""An inbox as people read it: overdue work is marked, words are the reader's, columns stand under each other."""

import pytest
from rich.cells import cell_len

from starter.inbox import COLUMNS, _for_people
from starter.output import Screen
from starter.words import Words

LINE = {
    "case": "task-1",
    "process": "task_admission",
    "title": "高龄独居老人助餐",
    "task": "formal_check",
    "due_on": "2026-12-01",
    "overdue": True,
    "since": "2026-11-24",
    "owner": "secretariat",
    "held_by": "supervisor@civil_affairs",
    "phase": "screening",
    "version": 9,
}
LATER = {**LINE, "title": "Flood watch", "due_on": None, "overdue": False, "held_by": "li", "version": 12}


@pytest.mark.parametrize(
    ("language", "due_on", "task", "held_by", "phase"),
    [
        ("zh", "2026-12-01 已逾期", "形式审查", "上级主管@civil_affairs", "形式审查"),
        ("en", "2026-12-01 overdue", "formal check", "supervisor@civil_affairs", "formal check"),
    ],
)
def test_overdue_work_is_marked_and_reads_in_the_readers_words(language, due_on, task, held_by, phase):
    shown = _for_people(LINE, Words(language))
    assert (shown["due_on"], shown["task"], shown["held_by"], shown["phase"]) == (due_on, task, held_by, phase)


def test_a_person_is_named_and_what_has_no_day_shows_none():
    shown = _for_people(LATER, Words("zh"))
    assert (shown["held_by"], shown["due_on"]) == ("li", None)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_column_begins_where_its_heading_does_whatever_the_script(language, capsys):
    words = Words(language)
    Screen("table", language).rows(COLUMNS, [_for_people(each, words) for each in (LINE, LATER)])
    heading, *lines = capsys.readouterr().out.splitlines()
    for column in ("title", "since"):
        begins = cell_len(heading[: heading.rindex(words.label("column", column))])
        for line, cell in zip(lines, (LINE[column], LATER[column]), strict=True):
            assert cell_len(line[: line.rindex(cell)]) == begins
