"""The bare workflow: the same queue and the same roll-over as a case, and nothing of a case.

A Signal is queued; one local activity inserts one row and notifies whoever waits. What a command of a case costs beside
it is the law: who may ask, the facts, the decision, and everything that is recorded and proven.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from temporalio import workflow

INSERT = "bare.insert"
SUBMIT = "submit"
_HISTORY_EVENTS = 250


@dataclass(frozen=True)
class Seed:
    """What a run starts from."""

    case: str
    queue: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])


@workflow.defn(name="bare")
class BareWorkflow:
    """One case of nothing."""

    @workflow.init
    def __init__(self, seed: Seed) -> None:
        self._queue = list(seed.queue)

    @workflow.signal(name=SUBMIT)
    def submit(self, message: dict[str, Any]) -> None:
        """Queue a message."""
        self._queue.append(message)

    @workflow.run
    async def run(self, seed: Seed) -> None:
        """Have one message after another stored."""
        while True:
            await workflow.wait_condition(lambda: bool(self._queue))
            await workflow.execute_local_activity(
                INSERT, args=[seed.case, self._queue[0]], schedule_to_close_timeout=timedelta(seconds=4)
            )
            self._queue.pop(0)
            if workflow.info().get_current_history_length() > _HISTORY_EVENTS:
                workflow.continue_as_new(Seed(seed.case, self._queue))
