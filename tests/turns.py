"""In which order several processes run the tests: each begins with long ones and has short ones left at the end.

`worksteal` gives each process a stretch of the list, as many tests to each, and lets one that has nothing left take
from the end of another's stretch. What is left at the end is therefore to be short, or all wait for one.
"""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import pytest

LONG = ("e2e", "workflows", "faults", "adapters", "architecture", "contract", "replay", "deployment", "servers")
"""The folders whose tests take long, the longest first; they are dealt to the processes in turn."""
_TESTS = Path(__file__).parent


def dealt(tests: Sequence[pytest.Item], processes: int) -> list[pytest.Item]:
    """Give all tests, a stretch for each process; what belongs to one file stays together, in its order."""
    by_folder: dict[str, list[pytest.Item]] = {name: [] for name in LONG}
    short: list[pytest.Item] = []
    for each in tests:
        by_folder.get(each.path.relative_to(_TESTS).parts[0], short).append(each)
    stretches: list[list[pytest.Item]] = [[] for _ in range(processes)]
    for number, name in enumerate(LONG):
        stretches[number % processes] += by_folder[name]
    short.sort(key=lambda each: not each.path.stem.startswith("test_laws"))  # many made-up cases in each
    even = len(tests) // processes
    for stretch in stretches[:-1]:
        room = max(0, even - len(stretch))
        stretch.extend(short[:room])
        del short[:room]
    return [*chain(*stretches), *short]
