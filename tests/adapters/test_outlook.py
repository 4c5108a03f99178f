"""What the environment says of figures and traces: nothing is off by mistake, and nothing on."""

import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from adapters.telemetry.gauges import Sample
from adapters.telemetry.logs import Discreet
from adapters.telemetry.settings import METRICS, Address, is_traced
from domain.kernel.errors import BadInput

ROOT = Path(__file__).parents[2]
ASKED = "欧阳娜娜"


@pytest.mark.parametrize(("words", "host", "port"), [("127.0.0.1:9464", "127.0.0.1", 9464), ("[::1]:1", "::1", 1)])
def test_an_address_is_a_host_and_a_port(words: str, host: str, port: int):
    found = Address.named_by(METRICS, {METRICS: words})
    assert found == Address(host, port)
    assert str(found) == words


@pytest.mark.parametrize("words", ["9464", ":9464", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536"])
def test_another_form_is_bad_input_and_names_the_setting(words: str):
    with pytest.raises(BadInput, match=METRICS):
        Address.named_by(METRICS, {METRICS: words})


@pytest.mark.parametrize("environment", [{}, {METRICS: ""}])
def test_what_is_not_named_is_off(environment: Mapping[str, str]):
    assert Address.named_by(METRICS, environment) is None
    assert not is_traced(environment)


def test_a_collector_is_named_as_everywhere():
    assert is_traced({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"})
    assert is_traced({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:4318/v1/traces"})
    assert not is_traced({"OTEL_EXPORTER_OTLP_ENDPOINT": ""})


def test_a_series_is_written_as_prometheus_writes_it():
    assert Sample("mandate_queue_length", 1, {"queue": "workflow"}).series == 'mandate_queue_length{queue="workflow"}'
    assert Sample("mandate_reader_lag_seconds", 0).series == "mandate_reader_lag_seconds"


def test_a_librarys_line_keeps_its_place_and_loses_what_it_was_given():
    try:
        int(ASKED)
    except ValueError:
        failure = sys.exc_info()
    record = logging.LogRecord(
        "temporalio.activity", logging.WARNING, __file__, 1, "Handling failed, original error: %s", (ASKED,), failure
    )
    record.temporal_activity = {"workflow_id": "task-1", "activity_type": "cases.record", "attempt": 2, "other": ASKED}
    written = Discreet().format(record)
    assert ASKED not in written
    line = json.loads(written)
    assert (
        line.items()
        >= {
            "case": "task-1",
            "activity": "cases.record",
            "attempt": 2,
            "event": "Handling failed, original error",
            "error": "ValueError",
            "level": "warning",
        }.items()
    )
    assert line["at"].startswith("test_outlook.py:")


def test_what_is_off_is_not_loaded():
    """Neither a worker nor the command line pays for what nobody asked for."""
    asks = "import sys, worker, starter.cli; print(*{each.partition('.')[0] for each in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert {"worker", "temporalio"} <= {*loaded.split()}
    assert {"prometheus_client", "opentelemetry", "requests"}.isdisjoint(loaded.split())
