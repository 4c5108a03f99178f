"""One trace a command, through the workflow that keeps its case for years.

The library's interceptor puts everything a workflow does into the trace of what started it. A case is started once and
answers hundreds of commands, each with a caller of its own. So the context that came with a command's Signal is
remembered, and what the workflow has done for that command is done in it; spans, headers and their way through Temporal
stay the library's. Nothing of this is part of a history's commands, and what is replayed makes no span.
"""

from typing import Any, Final

from opentelemetry import context as current
from opentelemetry.context import Context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from temporalio import workflow
from temporalio.contrib.opentelemetry import TracingInterceptor, TracingWorkflowInboundInterceptor
from temporalio.converter import PayloadConverter
from temporalio.worker import (
    ExecuteWorkflowInput,
    HandleSignalInput,
    StartActivityInput,
    StartLocalActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

from activities.requests import CarryRequest, RecordRequest
from domain.kernel.envelope import Envelope

_HEADER: Final = "_tracer-data"
"""Where the library puts the context of who sends; the name lies in histories."""


class CommandTracing(TracingInterceptor):
    """The library's interceptor with a trace a command."""

    def workflow_interceptor_class(
        self, input: WorkflowInterceptorClassInput
    ) -> type[TracingWorkflowInboundInterceptor]:
        """Give what stands around a workflow."""
        super().workflow_interceptor_class(input)
        return _Workflow


class _Workflow(TracingWorkflowInboundInterceptor):
    """Stands around a workflow, and adds no span of its own to a trace that began years ago."""

    def __init__(self, next: WorkflowInboundInterceptor) -> None:
        super().__init__(_Remembering(next))

    async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:
        """Run it."""
        return await self.next.execute_workflow(input)

    async def handle_signal(self, input: HandleSignalInput) -> None:
        """Let it hear a Signal."""
        await self.next.handle_signal(input)


class _Remembering(WorkflowInboundInterceptor):
    """Remembers by a command's id in which context it came."""

    def __init__(self, next: WorkflowInboundInterceptor) -> None:
        super().__init__(next)
        self._contexts: dict[str, Context] = {}

    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        """Stand before whatever the workflow has done."""
        super().init(_InContext(outbound, self._contexts))

    async def handle_signal(self, input: HandleSignalInput) -> None:
        """Remember, and let the workflow hear it."""
        payload, command = input.headers.get(_HEADER), input.args[0] if input.args else None
        if payload is not None and isinstance(command, Envelope):
            carrier: Any = PayloadConverter.default.from_payloads([payload])[0]
            self._contexts[command.id] = TraceContextTextMapPropagator().extract(carrier)
        await super().handle_signal(input)


class _InContext(WorkflowOutboundInterceptor):
    """Has an activity done in the context of the command that it is done for."""

    def __init__(self, next: WorkflowOutboundInterceptor, contexts: dict[str, Context]) -> None:
        super().__init__(next)
        self._contexts = contexts

    def start_activity(self, input: StartActivityInput) -> workflow.ActivityHandle[Any]:
        """Schedule it."""
        token = current.attach(self._context_of(input.args))
        try:
            return super().start_activity(input)
        finally:
            current.detach(token)

    def start_local_activity(self, input: StartLocalActivityInput) -> workflow.ActivityHandle[Any]:
        """Have it done at once."""
        token = current.attach(self._context_of(input.args))
        try:
            return super().start_local_activity(input)
        finally:
            current.detach(token)

    def _context_of(self, args: Any) -> Context:
        match args:
            case [RecordRequest(envelope=envelope, set_aside_by=by), *_]:
                command_id = (by or envelope).id
            case [CarryRequest(caused_by=command_id), *_]:
                pass
            case _:
                return Context()
        return self._contexts.get(command_id or "", Context())
