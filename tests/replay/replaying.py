"""Starts `again.py` and gives what it says."""

import asyncio
import os
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]


async def failures(workflow: str, files: Iterable[Path], *, hash_seed: int = 0) -> str:
    """Replay *files* with the workflow `module:class` in a process with this hash seed; empty when all replay."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.replay.again",
        workflow,
        *(str(each) for each in files),
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    if process.returncode == 0:
        return ""
    return said.decode() or complained.decode()
