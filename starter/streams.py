"""From names to processes and streams, as people write them."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import JsonValue

from domain.kernel.envelope import LINKED_CASE
from domain.kernel.errors import BadInput
from domain.kernel.process import Process
from domain.processes import PROCESSES

DIRECTORY: Final = "directory"
REGISTER: Final = "register"
TENANTS_OWN: Final = frozenset({DIRECTORY, REGISTER})
"""Prefixes of streams a tenant has one of each name of; the tenant stands in the id."""


def process_named(name: str) -> Process[Any, Any, Any]:
    """Find a process by its name.

    Raises:
        BadInput: There is none.
    """
    if name not in PROCESSES:
        raise BadInput("process", repr(name), "one of " + ", ".join(sorted(PROCESSES)))
    return PROCESSES[name]


def process_of(case: str) -> Process[Any, Any, Any]:
    """Find the process of a case by what its id begins with; the longest beginning counts.

    Raises:
        BadInput: No process has cases of that name.
    """
    fitting = [each for each in PROCESSES.values() if case.startswith(f"{each.prefix}-")]
    if not fitting:
        prefixes = ", ".join(sorted(f"{each.prefix}-…" for each in PROCESSES.values()))
        raise BadInput("case", repr(case), f"the id of a case: {prefixes}")
    return max(fitting, key=lambda each: len(each.prefix))


def opening_command(process: Process[Any, Any, Any], named: str | None = None) -> str:
    """Name the command by which somebody opens a case; it needs naming only where several can.

    What only another case can open, nobody is asked to choose.

    Raises:
        BadInput: The one named opens nothing, or one must be named.
    """
    by_links_alone = frozenset({LINKED_CASE})
    choices = [name for name in process.opens_with if process.commands.by_name[name].asked_by != by_links_alone]
    if named is None and len(choices) == 1:
        return choices[0]
    if named not in process.opens_with:
        raise BadInput("command", repr(named), "one of " + ", ".join(sorted(choices)))
    return named


def process_speaking(kind: str) -> str | None:
    """Name a process that knows a command by this name; commands every process knows are nobody's."""
    speaking = [name for name, process in PROCESSES.items() if kind in process.commands]
    return speaking[0] if len(speaking) == 1 else None


def own_stream(process: Process[Any, Any, Any], tenant: str, body: Mapping[str, JsonValue]) -> str | None:
    """Name the one stream a tenant has for what this body opens, where its id is not derived from the command."""
    if process.prefix == DIRECTORY:
        return f"{DIRECTORY}-{tenant}"
    register = body.get("register")
    return f"{REGISTER}-{tenant}-{register}" if process.prefix == REGISTER and isinstance(register, str) else None


def has_fixed_id(process: Process[Any, Any, Any], tenant: str, case: str) -> bool:
    """Say whether the id is one the tenant's streams have by their nature: its directory, its registers."""
    own = f"{process.prefix}-{tenant}"
    return process.prefix in TENANTS_OWN and (case == own or case.startswith(f"{own}-"))
