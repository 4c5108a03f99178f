"""`make faults`: many cases, many deaths, at most fifteen minutes."""

import argparse
import os
import sys
import time

from adapters.servers.temporal import SKIPS_TIME, find_binary
from tests.faults.fault_run import Settings, play

_SEED = 20260101
_CASES = 200
_CASES_A_DEATH = 4
_LIMIT_SECONDS = 15 * 60.0
_FAILED = 1


def _say(line: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {line}\n")
    sys.stdout.flush()


def main() -> int:
    """Play one run, and say what was killed and what was looked at."""
    words = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    words.add_argument("--seed", type=int, default=_SEED, help="draws who dies when, and how callers behave")
    words.add_argument("--cases", type=int, default=_CASES)
    words.add_argument("--kills", type=int, help="how many deaths; one for every four cases where it is left out")
    said = words.parse_args()
    kills = said.cases // _CASES_A_DEATH if said.kills is None else said.kills
    settings = Settings(seed=said.seed, cases=said.cases, kills=kills, limit_seconds=_LIMIT_SECONDS)
    outcome = play(settings, find_binary(_say, at_least=SKIPS_TIME), _say)
    for line in (*outcome.summary, *(f"NOT SO: {each}" for each in outcome.findings)):
        _say(line)
    return _FAILED if outcome.findings else 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # everything is closed; the SDK's threads may abort an interpreter that ends in the ordinary way
