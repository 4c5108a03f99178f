"""Replay recorded histories with today's code, in a process of its own, so that its hash seed can be chosen.

`python -m tests.replay.again MODULE:CLASS FILE …` names every file that no longer replays, and exits 1 if there is one.
"""

import asyncio
import os
import sys
from importlib import import_module
from pathlib import Path

from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from workflows.wire import wire


async def replay_all(workflow: type, files: list[Path]) -> list[str]:
    """Give a line for each file that does not replay."""
    replayer = Replayer(workflows=[workflow], plugins=[wire()])
    failures: list[str] = []
    for file in files:
        history = WorkflowHistory.from_json(file.stem, await asyncio.to_thread(file.read_text))
        result = await replayer.replay_workflow(history, raise_on_replay_failure=False)
        if result.replay_failure is not None:
            failures.append(f"{file.name}: {result.replay_failure}")
    return failures


def main(workflow: str, *files: str) -> int:
    module, _, name = workflow.partition(":")
    failures = asyncio.run(replay_all(getattr(import_module(module), name), [Path(each) for each in files]))
    sys.stdout.write("".join(f"{each}\n" for each in failures))
    return 1 if failures else 0


if __name__ == "__main__":
    code = main(*sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # the SDK's threads may crash an interpreter that ends in the ordinary way
