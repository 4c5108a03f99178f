"""How this house speaks to Temporal: one plugin for every client, worker and replayer, and there is no second way.

A worker made from a client that carries the plugin takes it over by itself.
"""

from dataclasses import replace
from typing import Final

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.plugin import SimplePlugin
from temporalio.worker import WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

TASK_QUEUE: Final = "cases"
"""Where cases wait for a worker, unless a caller names another queue."""
PASSED_THROUGH: Final = (
    "domain",
    "activities",
    "workflows",
    "pydantic",
    "pydantic_core",
    "annotated_types",
    "structlog",
)
"""Modules that are loaded once a process. They hold no state that changes, so a case loses nothing by sharing them, and
loading them anew for each case would cost nine times the processor time and four times the memory."""


def wire() -> SimplePlugin:
    """Give the converter (pydantic) and the sandbox that every side must share.

    `Client.connect(…, plugins=[wire()])`, `Replayer(…, plugins=[wire()])`.
    """
    return SimplePlugin("mandate", data_converter=pydantic_data_converter, workflow_runner=_sandboxed)


def _sandboxed(runner: WorkflowRunner | None) -> WorkflowRunner:
    if isinstance(runner, SandboxedWorkflowRunner):
        return replace(runner, restrictions=runner.restrictions.with_passthrough_modules(*PASSED_THROUGH))
    return SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))
