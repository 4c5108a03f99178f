"""`mandate audit verify` on a store in which something happened: the whole proof, and bytes and chains alone."""

KEYS = {"streams", "events", "ok", "failures"}


async def test_the_record_is_proved_whole_or_its_chains_alone(line, working):
    async with working():
        assert (await line("demo", "directory")).code == 0
    whole = await line("audit", "verify", "--all", "-o", "json")
    chains = await line("audit", "verify", "--chains", "-o", "json")
    assert (whole.code, chains.code) == (0, 0), (whole, chains)
    assert whole.json.keys() == KEYS
    assert whole.json["ok"]
    assert whole.json["events"] > 0
    assert chains.json == whole.json


async def test_chains_alone_are_asked_for_alone(line):
    for more in ("--decisions", "task-0123456789abcdef"):
        said = await line("audit", "verify", "--chains", more)
        assert said.code == 2, said
        assert "--chains" in said.err
