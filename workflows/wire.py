"""How this house speaks to Temporal: one plugin for every client, worker and replayer, and there is no second way.

A worker made from a client that carries the plugin takes it over by itself.

Workflows run as what they are, without the SDK's sandbox: it guards only modules that it loads anew for every case, and
these are loaded once. What it would find in them, a clock or a draw of lots, is found before anything runs, by
`tests/architecture/test_what_is_replayed_is_pure.py` (ADR 20).
"""

from typing import Final

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.plugin import SimplePlugin
from temporalio.worker import UnsandboxedWorkflowRunner

TASK_QUEUE: Final = "cases"
"""Where cases wait for a worker, unless a caller names another queue."""


def wire() -> SimplePlugin:
    """Give the converter (pydantic) and the way of running workflows that every side must share.

    `Client.connect(…, plugins=[wire()])`, `Replayer(…, plugins=[wire()])`.
    """
    return SimplePlugin("mandate", data_converter=pydantic_data_converter, workflow_runner=UnsandboxedWorkflowRunner())
