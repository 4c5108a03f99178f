"""A call of the command line hands its trace over before it ends, and is not held up where nobody takes it."""

from tests.workflows.otlp_inbox import inbox

FORM = ("--set", "community=maple", "--set", "application.title=因病无力缴纳")
DRAFT = ("case", "start", "task_admission", *FORM, "--as", "stranger")


async def test_a_command_begins_its_trace_on_the_line(line, working):
    taken: list[bytes] = []
    with inbox(taken.append) as address:
        async with working():
            said = await line(*DRAFT, OTEL_EXPORTER_OTLP_ENDPOINT=address)
    spans = b"".join(taken)
    assert said.code == 1, said
    for name in (b"mandate.submit", b"SignalWithStartWorkflow:task_admission", b"SELECT mandate.command"):
        assert name in spans
    assert "因病".encode() not in spans


async def test_a_collector_that_is_away_changes_no_answer(line, working):
    async with working():
        said = await line(*DRAFT, OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:1")
    assert said.code == 1, said
