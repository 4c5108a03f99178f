"""Every exit code of the contract, and the keys of its JSON, from processes of their own on the real servers."""

import json

NOWHERE = "127.0.0.1:1"
"""A port on which nothing listens."""
REPLY = {"case", "outcome", "version", "phase", "events", "refusal", "warnings", "deadlines", "command_id"}
DRAFT = ("case", "start", "task_admission", "--set", "community=maple", "--as", "stranger")


async def test_a_command_that_the_rules_refuse_ends_with_1_and_says_why(line, working):
    async with working():
        said = await line(*DRAFT, "-o", "json")
    assert said.code == 1, said
    assert said.json.keys() == REPLY
    assert said.json["outcome"] == "refused"
    assert said.json["refusal"]["code"] == "task_admission.not_your_role"
    assert said.json["refusal"]["message"] == "You hold no role in this case that may ask this."
    assert said.json["refusal"]["source"]


async def test_a_refusal_reads_in_chinese_too(line, working):
    async with working():
        said = await line(*DRAFT, "--lang", "zh")
    assert said.code == 1, said
    assert "不予办理" in said.out
    assert "身份" in said.out


async def test_a_command_is_accepted_while_no_worker_works_and_answered_once_one_does(line, working):
    accepted = await line(*DRAFT, "--command-id", "draft-1", "--patience", "1", "-o", "json")
    assert accepted.code == 4, accepted
    assert accepted.json.keys() == REPLY
    assert accepted.json["outcome"] == "accepted"
    async with working():
        answered = await line(*DRAFT, "--command-id", "draft-1", "-o", "json")
    assert answered.code == 1, answered
    assert answered.json["case"] == accepted.json["case"]


async def test_a_command_is_accepted_while_postgresql_is_away_and_answered_once_it_is_back(line, working):
    away = {"DATABASE_URL": f"postgresql://mandate_app@{NOWHERE}/mandate"}
    accepted = await line(*DRAFT, "--command-id", "draft-1", "--patience", "1", "-o", "json", **away)
    assert accepted.code == 4, accepted
    async with working():
        answered = await line(*DRAFT, "--command-id", "draft-1", "-o", "json")
    assert answered.json["outcome"] == "refused", answered


async def test_a_repeated_id_gets_the_first_answer_in_the_same_words(line, working):
    async with working():
        first = await line(*DRAFT, "--command-id", "draft-1", "-o", "json")
        again = await line(*DRAFT, "--command-id", "draft-1", "-o", "json")
    assert (again.code, again.out) == (first.code, first.out)


async def test_the_same_id_with_another_body_is_refused(line, working):
    async with working():
        await line(*DRAFT, "--command-id", "draft-1")
        other = await line(*DRAFT, "--command-id", "draft-1", "--set", "application.title=x", "-o", "json")
    assert other.code == 1, other
    assert other.json["refusal"]["code"] == "task_admission.id_used_for_another_command"


async def test_temporal_away_ends_with_3_and_says_what_to_do(line):
    said = await line(*DRAFT, TEMPORAL_ADDRESS=NOWHERE)
    assert said.code == 3, said
    assert "mandate doctor" in said.err


async def test_a_store_that_is_away_ends_a_reader_with_3(line):
    said = await line("case", "list", DATABASE_URL=f"postgresql://mandate_app@{NOWHERE}/mandate")
    assert said.code == 3, said
    assert "PostgreSQL" in said.err


async def test_nothing_to_reach_at_all_ends_with_3(bare_line):
    said = await bare_line("case", "list")
    assert said.code == 3, said
    assert "mandate run" in said.err


async def test_a_case_nobody_opened_is_bad_input_and_starts_nothing(line, temporal):
    said = await line("case", "send", "task-0123456789abcdef", "SubmitApplication", "--as", "li")
    assert said.code == 2, said
    assert "task-0123456789abcdef" in said.err
    found = [each async for each in temporal.client.list_workflows("WorkflowId = 'task-0123456789abcdef'")]
    assert found == []


async def test_several_communities_are_a_case_each_and_one_id_a_line(line):
    asked = ("case", "start", "task_admission", "-", "--as", "li", "--patience", "0", "--command-id", "three")
    said = await line(*asked, stdin=json.dumps({"communities": ["maple", "willow", "poplar"]}))
    again = await line(*asked, stdin=json.dumps({"communities": ["maple", "willow", "poplar"]}))
    assert said.code == 4, said
    assert len(set(said.out.split())) == 3
    assert again.out == said.out


async def test_an_empty_store_lists_nothing(line):
    said = await line("case", "list", "-o", "json")
    assert (said.code, said.out) == (0, "")


async def test_help_is_there_for_every_command(bare_line):
    for words in ((), ("case",), ("case", "start"), ("register",), ("rehearse",)):
        said = await bare_line(*words, "--help")
        assert said.code == 0, said
        assert "Usage" in said.out
