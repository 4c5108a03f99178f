"""Money gets into the ledger by commands of finance, and everybody can see which event moved it (S1e-28)."""

import json
import re

import pytest
from rich.cells import cell_len

ACCOUNT = {"account", "source", "purpose", "year", "available_fen", "reserved_fen"}
LINE = ("--set", "line.payer=health", "--set", "line.source=special_funds", "--set", "line.purpose=vaccination")
GRANT = ("case", "start", "appropriation", *LINE, "--set", "line.year=2099", "--set", "document=财预〔2026〕9号")


SINCE = {"first_on": "2010-01-01"}
FINANCE = {"id": "finance", "kind": "finance_bureau", "name": "财政局", "district": "zone", "spell": SINCE}
HEALTH = {"id": "health", "kind": "department", "name": "卫生健康局", "district": "zone", "spell": SINCE}
QIAN, FENG = {"id": "qian", "name": "钱文清"}, {"id": "feng", "name": "冯雪"}
DISTRICT = (
    (
        "OpenDirectory",
        "operator",
        {
            "name": "开发区",
            "pack_stack": ["national"],
            "organisation": FINANCE,
            "registrar": QIAN,
            "seat": {"id": "1", "person": "qian", "organisation": "finance", "role": "registrar", "spell": SINCE},
        },
    ),
    ("AddOrganisations", "qian", {"organisations": [HEALTH]}),
    ("AddPeople", "qian", {"people": [FENG]}),
    (
        "BeginSeats",
        "qian",
        {"seats": [{"id": "2", "person": "feng", "organisation": "finance", "role": "finance_bureau", "spell": SINCE}]},
    ),
)


async def opened(line):
    """Open a district with a finance bureau and a department, and no more."""
    for kind, person, body in DISTRICT:
        said = await line("case", "send", "directory-zone", kind, "-", "--as", person, stdin=json.dumps(body))
        assert said.code == 0, said


async def shown(line, *words):
    said = await line("ledger", "show", *words, "-o", "json")
    assert said.code == 0, said
    return said.lines


async def test_a_line_is_granted_amended_and_shown_with_the_events_behind_it(line, working):
    async with working():
        await opened(line)
        granted = await line(*GRANT, "--set", "amount_fen=12345", "--as", "feng")
        assert granted.code == 0, granted
        case = granted.out.strip()
        amend = ("case", "send", case, "AmendAppropriation", "--as", "feng", "-o", "json", "--set", "reason=收回余额")
        more = await line(*amend, "--set", "change_fen=-12346", "--set", "document=财预〔2026〕10号")
        assert (more.code, more.json["refusal"]["code"]) == (1, "appropriation.not_available")
        assert more.json["refusal"]["details"] == {"wanted_fen": 12346, "available_fen": 12345}
        less = await line(*amend, "--set", "change_fen=-45", "--set", "document=财预〔2026〕10号")
        assert less.code == 0, less
        second = await line(*GRANT, "--set", "amount_fen=1", "--as", "feng", "-o", "json")
        assert (second.code, second.json["refusal"]["code"]) == (1, "appropriation.line_exists")
        assert second.json["refusal"]["details"]["cases"] == [case]

    [account] = await shown(line, "health", "--year", "2099")
    assert account.keys() >= ACCOUNT
    assert {key: account[key] for key in ("account", "source", "granted_fen", "available_fen", "reserved_fen")} == {
        "account": "health/vaccination/2099",
        "source": "special_funds",
        "granted_fen": 12300,
        "available_fen": 12300,
        "reserved_fen": 0,
    }
    assert [
        (each["case"], each["version"], each["type"], each["pocket"], each["amount_fen"], each["balance_fen"])
        for each in account["movements"]
    ] == [
        (case, 1, "AppropriationGranted", "granted", -12345, -12345),
        (case, 1, "AppropriationGranted", "available", 12345, 12345),
        (case, 2, "AppropriationAmended", "available", -45, 12300),
        (case, 2, "AppropriationAmended", "granted", 45, -12300),
    ]
    assert await shown(line, "health") == [account]
    assert await shown(line, "finance") == []
    proof = await line("audit", "verify", "--all", "--decisions", "-o", "json")
    assert (proof.code, proof.json["failures"]) == (0, []), proof


async def test_a_reader_sees_yuan_to_the_fen_in_columns_that_align(line, working):
    async with working():
        await opened(line)
        assert (await line(*GRANT, "--set", "amount_fen=12345", "--as", "feng")).code == 0
    said = await line("ledger", "show", "health", "--year", "2099", "--lang", "zh")
    assert said.code == 0, said
    name, heading, first = said.out.splitlines()[:3]
    assert name.rstrip() == "卫生健康局 (health)"
    assert first.split() == ["special_funds", "vaccination", "2099", "¥123.45", "¥123.45", "¥0.00"]
    for word, fen in zip(("已下达", "可用", "已预留"), re.finditer(r"¥[\d.]+", first), strict=True):
        assert cell_len(heading[: heading.index(word) + len(word)]) == cell_len(first[: fen.end()])

    for nobody in ("nowhere", "li", "海港"):
        refused = await line("ledger", "show", nobody)
        assert (refused.code, refused.out) == (2, ""), refused
        assert nobody in refused.err


@pytest.mark.parametrize("year", ["1948", "10000", "next", "2026.5"])
async def test_a_year_that_is_none_is_bad_input(line, year):
    said = await line("ledger", "show", "health", "--year", year)
    assert said.code == 2, said
    assert "--year" in said.err
    assert "Traceback" not in said.err
