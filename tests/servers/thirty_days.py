"""A workflow that only waits. A file of its own: the sandbox loads a workflow's module again, with all it imports."""

from datetime import timedelta

from temporalio import workflow


@workflow.defn(name="thirty_days")
class ThirtyDays:
    @workflow.run
    async def run(self) -> float:
        began = workflow.now()
        await workflow.sleep(timedelta(days=30))
        return (workflow.now() - began).total_seconds()
