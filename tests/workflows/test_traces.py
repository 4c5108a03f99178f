"""One trace a command leads from the way in through workflow and activity to the store, and costs the case nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from temporalio.worker import Replayer

from adapters.postgres.answers import Answers
from adapters.postgres.database import Database
from adapters.servers.folders import remembered_port
from adapters.telemetry.otlp import exported
from adapters.telemetry.outlook import Outlook
from adapters.telemetry.settings import Address
from adapters.telemetry.traces import Traces
from starter.client import Ask, Client
from tests.workflows.house import CLERK, TENANT, House
from tests.workflows.permit import PERMIT, PermitWorkflow
from workflows.wire import wire

FAR = "2099-01-01"
WRITTEN = "CALL mandate.record"


class Collector(InMemorySpanExporter):
    """Keeps every span that leaves the process."""

    def way_to(self, span: ReadableSpan) -> list[str]:
        """Name what a span is part of, from itself to where its trace began."""
        by_id = {each.get_span_context().span_id: each for each in self.get_finished_spans()}
        way = [span]
        while (parent := way[-1].parent) is not None and parent.span_id in by_id:
            way.append(by_id[parent.span_id])
        return [each.name for each in way]

    def named(self, name: str) -> Sequence[ReadableSpan]:
        return [each for each in self.get_finished_spans() if each.name == name]


@pytest.fixture
def collector(house: House) -> Collector:
    """Traces this test's house."""
    found = Collector()
    house.outlook = Outlook(traces=exported(found, SimpleSpanProcessor))
    return found


async def submit(house: House, case: str, kind: str, command_id: str, body: Mapping[str, Any]) -> None:
    """Send a command through the door of every writer, and wait for its answer."""
    traces = house.outlook.traces
    async with traces.database(house.dsn) as database:
        answers = Answers(database, house.dsn)
        client = Client(await house.connect(), answers, house.task_queue, way_in=traces.way_in)
        ask = Ask(TENANT, PERMIT, case, kind, body, CLERK, command_id=command_id, opens=kind == "OpenPermit")
        reply = await client.submit(ask, 30)
        await answers.close()
    assert reply.outcome == "recorded"


async def test_a_trace_leads_from_the_way_in_to_the_store_for_every_command_of_a_case(
    house: House, collector: Collector
):
    case = house.new_case()
    async with house.working():
        await submit(house, case, "OpenPermit", "open", {"answer_by": FAR})
        await submit(house, case, "AddNote", "note", {"text": "one"})
        await house.history(case)
    opened, noted = collector.named(WRITTEN)
    rest = ["RunActivity:cases.record", "StartActivity:cases.record"]
    assert collector.way_to(opened) == [WRITTEN, *rest, "SignalWithStartWorkflow:permit", "mandate.submit"]
    assert collector.way_to(noted) == [WRITTEN, *rest, "SignalWorkflow:submit", "mandate.submit"]
    assert trace_of(opened) != trace_of(noted)
    way_in = next(each for each in collector.named("mandate.submit") if trace_of(each) == trace_of(noted))
    assert way_in.attributes == {
        "mandate.process": "permit",
        "mandate.command": "AddNote",
        "mandate.command_id": "note",
        "mandate.case": case,
        "mandate.tenant": TENANT,
    }


def trace_of(span: ReadableSpan) -> int:
    return span.get_span_context().trace_id


async def test_what_follows_in_another_case_is_of_the_same_trace(house: House, collector: Collector):
    case, partner = house.new_case(), house.new_case()
    async with house.working():
        await submit(house, case, "OpenPermit", "open", {"answer_by": FAR})
        await submit(house, case, "TellPartner", "tell", {"partner": partner, "opens": True})
        await house.answer(partner, f"link:{case}@3.1")
        await house.history(partner)
    told, followed = collector.named(WRITTEN)[1:]
    assert trace_of(told) == trace_of(followed)
    assert collector.way_to(followed)[-4:] == [
        "RunActivity:links.carry",
        "StartActivity:links.carry",
        "SignalWorkflow:submit",
        "mandate.submit",
    ]


async def test_what_is_replayed_makes_no_span(house: House, collector: Collector):
    case = house.new_case()
    async with house.working():
        await submit(house, case, "OpenPermit", "open", {"answer_by": FAR})
        await house.history(case)
    made = len(collector.get_finished_spans())
    replayer = Replayer(workflows=[PermitWorkflow], plugins=[wire()], interceptors=[*house.outlook.traces.interceptors])
    result = await replayer.replay_workflow(await house.handle(case).fetch_history(), raise_on_replay_failure=False)
    assert result.replay_failure is None
    assert len(collector.get_finished_spans()) == made


async def test_what_is_seen_costs_a_case_no_round_trip_and_no_event(house: House, tmp_path: Path):
    unseen = await load(house, Outlook())
    figures = Address("127.0.0.1", remembered_port(tmp_path / "port"))
    seen = await load(house, Outlook(figures=figures, traces=exported(InMemorySpanExporter(), SimpleSpanProcessor)))
    assert seen == unseen
    assert unseen["round trips"] > 0


async def load(house: House, outlook: Outlook) -> Mapping[str, object]:
    """Play a small life of a case, and say what it took in the worker's store and in Temporal's history."""
    opened: list[Database] = []

    def counted(dsn: str, **options: Any) -> Database:
        opened.append(outlook.traces.database(dsn, **options))
        return opened[-1]

    house.outlook = replace(outlook, traces=replace(outlook.traces, database=counted))
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=FAR)
        for text in ("one", "two", "three"):
            await house.ask(case, "AddNote", text=text)
        await house.ask(case, "LapsePermit")
        history = await house.history(case)
    events: defaultdict[str, int] = defaultdict(int)
    for event in history:
        events[event] += 1
    recorded = events["marker_recorded"]
    return {
        "round trips": sum(each.round_trips for each in opened),
        "recorded": recorded,
        "signals": events["workflow_execution_signaled"],
    }


async def test_nothing_is_traced_where_no_collector_is_named():
    assert Outlook.of({}) == Outlook()
    assert Traces().interceptors == ()
    assert isinstance(Traces().database("postgresql://nowhere"), Database)
    assert type(Traces().database("postgresql://nowhere")) is Database
