"""A district changes its law while cases are open: later decisions use it, earlier ones can be taken again (C21)."""

import json
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

from domain.kernel.messages import SHANGHAI
from starter.demo import moved
from starter.scripts import read_script

ROOT = Path(__file__).parents[2]
SHORTER = """
- rule: DL-06
  name: formal_check_period
  limit: formal_check
  length: 3
  unit: wd
  kind: duty
  owner: secretariat
  source: 东开管〔2026〕30号
  grade: default
  valid_from: {since}
  read_on: application
"""


def changed_pack(folder: Path, since: date) -> str:
    """Write the zone's pack with a formal check of three working days instead of the national five."""
    pack = folder / f"pack-{since}"
    shutil.copytree(ROOT / "policy/development_zone", pack)
    (pack / "deadlines.yaml").write_text(SHORTER.format(since=since), encoding="utf-8")
    return str(pack)


async def submitted(line, example: str) -> tuple[str, str]:
    """Hand in the item of an example, under today's days, and give the case with the clause of its formal check."""
    steps = moved(read_script(ROOT / "examples/task_admission" / example), datetime.now(SHANGHAI).date())
    (_, draft), *_ = steps
    opened = await line("case", "start", "task_admission", "-", "--as", draft.person, stdin=json.dumps(draft.body))
    assert opened.code == 0, opened
    case = opened.out.strip()
    answer = await line("case", "send", case, "SubmitApplication", "--as", draft.person, "-o", "json")
    assert answer.code == 0, answer
    [limit] = [each for each in answer.json["deadlines"] if each["name"] == "formal_check"]
    return case, limit["source"]


async def policy_versions(line, case: str) -> list[str]:
    said = await line("case", "events", case, "-o", "json")
    return [each["policy_version"].split("+")[-1] for each in said.lines]


async def test_an_application_is_held_to_the_pack_of_its_day(line, working, tmp_path):
    publish = ("policy", "publish", "development_zone")
    today = datetime.now(SHANGHAI).date()
    pack, late = changed_pack(tmp_path, today), changed_pack(tmp_path, today - timedelta(days=1))
    async with working():
        assert (await line("demo", "register")).code == 0
        before, source = await submitted(line, "6_department_direct.yaml")
        assert source == "dossier §4.1 T2 †"

        assert (await line(*publish, pack, "--as", "li")).code == 1
        past = await line(*publish, late, "--as", "qian", "-o", "json")
        assert (past.code, past.json["refusal"]["code"]) == (1, "register.changes_the_past")
        changed = await line(*publish, pack, "--as", "qian", "-o", "json")
        assert (changed.code, changed.json["events"]) == (0, ["PolicyPackPublished"]), changed
        again = await line(*publish, pack, "--as", "qian", "-o", "json")
        assert (again.code, again.json["outcome"]) == (0, "nothing_new")

        after, source = await submitted(line, "4_listed_assistance.yaml")
        assert source == "东开管〔2026〕30号"
        still = await line("case", "show", before, "-o", "json")
        assert [each["source"] for each in still.json["deadlines"]] == ["dossier §4.1 T2 †"]
        withdrawn = await line("case", "send", before, "WithdrawApplication", "--as", "lin", "-o", "json")
        assert (withdrawn.code, withdrawn.json["phase"]) == (0, "withdrawn")

    old, new = await policy_versions(line, before), await policy_versions(line, after)
    assert set(new) == {old[-1]}
    assert old[0] != old[-1]
    replayed = await line("case", "show", before, "--at-version", "1", "-o", "json")
    assert replayed.json["policy_version"].split("+")[-1] == old[0]
    proof = await line("audit", "verify", "--all", "--decisions", "-o", "json")
    assert (proof.code, proof.json["failures"]) == (0, []), proof
