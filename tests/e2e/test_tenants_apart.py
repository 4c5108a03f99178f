"""What the command line reads for one district holds nothing of another, and does not say that there is another."""

import asyncpg
import pytest

from tests.e2e.test_a_pack_is_changed import submitted

CASE, THEIRS = "task-00000000000000aa", "task-00000000000000bb"
COPIED = {
    "head": "process, version, hash, command_count, command_hash",
    "event": "version, type, body, hash",
    "snapshot": "version, body",
    "case_row": "process, phase, title, is_open, body",
    "deadline": "name, owner, organisation, state, due_on, body",
}


@pytest.fixture
async def two_districts(line, working, database):
    """An application handed in in the district `zone`, and the same rows under another district's name."""
    async with working():
        assert (await line("demo", "register")).code == 0
        own, _ = await submitted(line, "6_department_direct.yaml")
    admin = await asyncpg.connect(database.admin)
    for table, columns in COPIED.items():
        copy = f"INSERT INTO mandate.{table} (stream_id, tenant, {columns}) SELECT $1, 'babu', {columns} FROM mandate.{table} "  # noqa: S608, E501 — ours
        await admin.execute(copy + "WHERE stream_id = $2", THEIRS, own)
    await admin.close()
    return own


@pytest.mark.timeout(300)
async def test_one_district_neither_lists_nor_shows_a_case_of_another(line, two_districts):
    for words in (("case", "list"), ("case", "deadlines")):
        own = {each["case"] for each in (await line(*words, "-o", "json")).lines}
        every = {each["case"] for each in (await line(*words, "-o", "json", MANDATE_TENANT="")).lines}
        assert two_districts in own
        assert every - own == {THEIRS}
    unknown = await line("case", "show", CASE)
    assert unknown.code == 2, unknown
    for verb, *more in (("show",), ("events",), ("deadlines",), ("show", "--at-version", "1")):
        hidden = await line("case", verb, THEIRS, *more)
        assert (hidden.code, hidden.err) == (2, unknown.err.replace(CASE, THEIRS)), hidden
        assert (await line("case", verb, THEIRS, *more, "--tenant", "babu")).code == 0
