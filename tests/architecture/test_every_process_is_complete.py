"""A process is the same handful of files everywhere (STYLE §1); what is missing of one is named."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from domain.kernel.messages import Event
from domain.processes import PROCESSES
from worker import WORKFLOWS

ROOT = Path(__file__).parents[2]
SHARED = frozenset({"kernel", "formulas", "links"})
"""Folders of `domain/` that are no process."""
FIVE = ("commands", "events", "state", "decider", "rules")


def folders(root: Path) -> list[str]:
    """Name every process that has a folder in `domain/`."""
    found = (each.name for each in (root / "domain").iterdir() if each.is_dir())
    return sorted(each for each in found if each not in SHARED and not each.startswith("_"))


def own_events(name: str) -> Mapping[str, type[Event]]:
    events = PROCESSES[name].events.by_name.items() if name in PROCESSES else ()
    return {kind: event for kind, event in events if event.__module__.startswith(f"domain.{name}.")}


def missing(name: str, root: Path) -> Iterator[str]:
    """Name everything a process lacks, as a path or as the place where it is to be registered."""
    for file in FIVE:
        room = root / "domain" / name
        if not (room / f"{file}.py").is_file() and not (room / file / "__init__.py").is_file():
            yield f"domain/{name}/{file}.py"
    wanted = (
        (f"workflows/{name}.py", f"workflows/{name}.py"),
        (f"examples/{name}/*.yaml", f"examples/{name}/*.yaml"),
        (f"tests/domain/{name}/test_*.py", f"tests/domain/{name}/"),
        (f"docs/processes/{name}.md", f"docs/processes/{name}.md"),
        (f"docs/processes/{name}.svg", f"docs/processes/{name}.svg"),
    )
    yield from (shown for pattern, shown in wanted if not any(root.glob(pattern)))
    golden = sorted((root / "tests" / "golden" / name).glob("*.json"))
    kept = {json.loads(file.read_text(encoding="utf-8"))["type"] for file in golden}
    yield from (f"tests/golden/{name}/{event}.json" for event in own_events(name) if event not in kept)
    if name not in PROCESSES:
        yield f"{name} in domain/processes.py"
    if name not in WORKFLOWS:
        yield f"{name} in worker.py"
    if name not in _layers(root):
        yield f"{name} in the contracts of pyproject.toml"


def _layers(root: Path) -> frozenset[str]:
    """Name what the contracts of processes side by side list, of the law's and of the workflows'."""
    project = root / "pyproject.toml"
    contracts = (
        tomllib.loads(project.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
        if project.is_file()
        else ()
    )
    layers = [
        {part.strip() for layer in each["layers"] for part in layer.split("|")}
        for each in contracts
        if "containers" in each
    ]
    return frozenset(set.intersection(*layers)) if layers else frozenset()


def test_there_are_processes_and_each_that_is_registered_has_its_folder():
    assert folders(ROOT) == sorted(PROCESSES) == sorted(WORKFLOWS)


@pytest.mark.parametrize("name", folders(ROOT))
def test_nothing_is_missing_of_a_process(name):
    assert [*missing(name, ROOT)] == []


@pytest.mark.parametrize("name", folders(ROOT))
def test_a_process_bears_one_name_everywhere(name):
    assert PROCESSES[name].name == name
    assert WORKFLOWS[name].__module__ == f"workflows.{name}"
    assert own_events(name)


def test_a_process_of_which_there_is_only_a_folder_lacks_everything(tmp_path):
    (tmp_path / "domain" / "mediation" / "rules").mkdir(parents=True)
    (tmp_path / "domain" / "mediation" / "rules" / "__init__.py").touch()
    (tmp_path / "domain" / "kernel").mkdir()
    assert folders(tmp_path) == ["mediation"]
    assert [*missing("mediation", tmp_path)] == [
        "domain/mediation/commands.py",
        "domain/mediation/events.py",
        "domain/mediation/state.py",
        "domain/mediation/decider.py",
        "workflows/mediation.py",
        "examples/mediation/*.yaml",
        "tests/domain/mediation/",
        "docs/processes/mediation.md",
        "docs/processes/mediation.svg",
        "mediation in domain/processes.py",
        "mediation in worker.py",
        "mediation in the contracts of pyproject.toml",
    ]


def test_an_event_that_was_never_kept_is_named(tmp_path):
    lacking = [*missing("register", tmp_path)]
    assert {f"tests/golden/register/{event}.json" for event in own_events("register")} <= set(lacking)
