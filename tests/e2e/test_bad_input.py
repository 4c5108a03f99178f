"""Whatever is no command ends with 2, says what and where, shows no stack trace, and leaves nothing behind."""

import json

import asyncpg
import pytest

START = ("case", "start", "task_admission", "-", "--as", "li")


def with_form(**fields) -> str:
    return json.dumps({"community": "maple", "application": fields}, ensure_ascii=False)


BODIES = {
    "a range of months for a date": (with_form(start_on="20191—20196月"), "application.start_on"),
    "the thirtieth of February": (with_form(start_on="2026-02-30"), "application.start_on"),
    "a fractional fen": ('{"community": "maple", "application": {"added_posts": 1.5}}', "application.added_posts"),
    "false as a number": (with_form(added_posts=False), "application.added_posts"),
    "a number as text": (with_form(added_posts="3"), "application.added_posts"),
    "a key in Chinese": ('{"community": "maple", "标题": "x"}', "标题"),
    "an unknown field": ('{"community": "maple", "colour": "red"}', "colour"),
    "a missing field": ("{}", "community"),
    "five megabytes": (with_form(description="字" * 1_700_000), "bytes"),
    "more than one command may hold": (with_form(description="x" * 600_000), "bytes"),
    "NUL in the file": ("community: maple\x00", "NUL"),
    "NUL escaped": ('{"community": "maple\\u0000"}', "NUL"),
    "half a character": ('{"community": "\\ud800"}', "Unicode"),
    "no map": ("- maple\n", "fields"),
    "no YAML": ("{community: [", "line"),
    "a key twice": ("community: maple\ncommunity: willow\n", "twice"),
    "an attachment that is another file": (
        with_form(attachments=[{"kind": "consent", "title": "x", "sha256": "0" * 64, "file": "README.md"}]),
        "README.md",
    ),
    "an attached file that is not there": (with_form(attachments=[{"file": "nowhere.pdf"}]), "nowhere.pdf"),
    "some hundred brackets": ('{"community": ' + "[" * 600 + "]" * 600 + "}", "deep"),
    "a thousand brackets": ("[" * 5000, "deep"),
}


@pytest.mark.parametrize("what", BODIES)
async def test_a_body_that_is_none_is_named_by_its_place(line, what):
    text, named = BODIES[what]
    said = await line(*START, stdin=text)
    assert said.code == 2, said
    assert named in said.err, said.err
    assert "Traceback" not in said.err + said.out
    assert said.out == ""


WORDS = {
    "an unknown process": (("case", "start", "admission", "--as", "li"), "task_admission"),
    "an unknown command": (("case", "send", "task-0123456789abcdef", "Approve", "--as", "li"), "Approve"),
    "an unknown case": (("case", "send", "task-0123456789abcdef", "SubmitApplication", "--as", "li"), "task-0123"),
    "a case to look at that is not there": (("case", "show", "task-0123456789abcdef"), "task-0123"),
    "a case of no process": (("case", "send", "nothing-1", "SubmitApplication", "--as", "li"), "nothing-1"),
    "nobody acts": (("case", "start", "task_admission", "--set", "community=maple"), "--as"),
    "a person in Chinese": (("case", "start", "task_admission", "--set", "community=maple", "--as", "李"), "--as"),
    "a day that is none": ((*START[:3], "--as", "li", "--set", "community=maple", "--on", "2026-02-30"), "--on"),
    "a setting that is none": ((*START[:3], "--as", "li", "--set", "community"), "--set"),
    "a file that is not there": ((*START[:3], "nowhere.yaml", "--as", "li"), "nowhere.yaml"),
    "a folder for a file": ((*START[:3], "tests", "--as", "li"), "tests"),
    "a time limit's own id": (
        (*START[:3], "--as", "li", "--set", "community=maple", "--command-id", "wake:x:1:miss:2026-12-01"),
        "wake:",
    ),
    "an unknown form of answer": (("case", "list", "-o", "xml"), "xml"),
    "an unknown option": (("case", "list", "--colour"), "--colour"),
    "an unknown command of the line": (("case", "close", "x"), "close"),
    "an instant that is none": (("case", "show", "task-0123456789abcdef", "--as-of", "yesterday"), "--as-of"),
    "an inbox of a role the person does not hold": (("inbox", "--as", "li", "--role", "secretary"), "--role"),
    "an inbox of an organisation in Chinese": (("inbox", "--as", "li", "--organisation", "卫健局"), "--organisation"),
    "an inbox of no item": (("inbox", "--as", "li", "--limit", "0"), "--limit"),
    "a register nobody published": (("register", "show", "nothing"), "nothing"),
    "a script that is not there": (("rehearse", "nowhere.yaml"), "nowhere.yaml"),
}


@pytest.mark.parametrize("what", WORDS)
async def test_words_that_make_no_sense_are_named(line, what):
    words, named = WORDS[what]
    said = await line(*words)
    assert said.code == 2, said
    assert named in said.err, said.err
    assert "Traceback" not in said.err + said.out


async def test_nothing_malformed_leaves_anything_behind(line, database, temporal, task_queue):
    for text, _ in BODIES.values():
        await line(*START, stdin=text)
    connection = await asyncpg.connect(database.app)
    rows = await connection.fetchval("SELECT count(*) FROM mandate.command")
    await connection.close()
    assert rows == 0
    started = [each async for each in temporal.client.list_workflows(f"TaskQueue = '{task_queue}'")]
    assert started == []


async def test_bad_input_is_said_in_chinese_where_chinese_is_asked_for(line):
    said = await line(*START, "--lang", "zh", stdin='{"colour": 1}')
    assert said.code == 2
    assert "输入有误——community：无；应为：必填" in said.err


async def test_a_bug_ends_with_70_and_an_id_and_keeps_its_trace_aside(bare_line, tmp_path):
    said = await bare_line("case", "list", DATABASE_URL="nonsense")
    assert said.code == 70, said
    assert "Traceback" not in said.err
    (kept,) = (tmp_path / "mandate" / "bugs").iterdir()
    assert kept.stem in said.err
    assert "Traceback" in kept.read_text()
