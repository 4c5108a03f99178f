"""Whoever holds the servers is killed at any moment of a start; the next start needs nobody to clean up (DESIGN §6)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.servers.machine import Machine, Whereabouts
from tests.faults.keeper import STANDS
from tests.faults.servers import ROOT

MOMENTS = ("creating the cluster", "the schema is up to date", STANDS)
"""What is said last before the end; the first one leaves a cluster half made."""


@pytest.mark.usefixtures("temporal_binary")
def test_a_start_that_was_killed_anywhere_is_followed_by_one_that_succeeds(
    server_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("TEMPORAL_")]:
        monkeypatch.delenv(name)
    for moment in MOMENTS:
        kill_when_said(moment, server_folder)
    machine = Machine(server_folder, lambda _line: None)
    where = machine.start()
    assert Whereabouts.read(server_folder) == where
    machine.stop()
    assert Whereabouts.read(server_folder) is None


def kill_when_said(moment: str, folder: Path) -> None:
    """Let somebody hold the machine of a folder, and kill him the moment he says this."""
    words = [sys.executable, "-m", "tests.faults.keeper", str(folder)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as keeper:
        assert keeper.stdout is not None
        last = next((line for line in keeper.stdout if moment in line), None)
        keeper.kill()
    assert last is not None
