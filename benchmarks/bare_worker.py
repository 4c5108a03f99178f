"""The worker of the bare workflow, a process of its own as the real one is: `python -m benchmarks.bare_worker`.

`DATABASE_URL` and `TEMPORAL_ADDRESS` name the servers, as for the real one.
"""

import asyncio
import os
from typing import Any

import orjson
from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker

from adapters.postgres.database import Database
from benchmarks.bare import INSERT, BareWorkflow
from workflows.wire import wire

QUEUE = "bare"
CHANNEL = "bare"
TABLE = """
CREATE TABLE public.bare (case_id text NOT NULL, message_id text NOT NULL, body bytea NOT NULL,
    PRIMARY KEY (case_id, message_id));
GRANT SELECT, INSERT ON public.bare TO mandate_app;
"""
_INSERT_AND_NOTIFY = """
WITH stored AS (INSERT INTO public.bare (case_id, message_id, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING)
SELECT pg_notify('bare', $1 || ' ' || $2)
"""


class Rows:
    """The one activity."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name=INSERT)
    async def insert(self, case: str, message: dict[str, Any]) -> int:
        """Insert one row and notify."""
        await self._database.fetch(_INSERT_AND_NOTIFY, case, message["id"], orjson.dumps(message))
        return 1


async def main() -> None:
    """Work until killed."""
    temporal = await Client.connect(os.environ["TEMPORAL_ADDRESS"], plugins=[wire()])
    async with Database(os.environ["DATABASE_URL"]) as database:
        worker = Worker(
            temporal,
            task_queue=QUEUE,
            workflows=[BareWorkflow],
            activities=[Rows(database).insert],
            max_cached_workflows=2000,
        )
        async with worker:
            print("working", flush=True)
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
