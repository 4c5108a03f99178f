"""Building Temporal's programs from source, once a machine and user."""

import hashlib
import os
import platform
import shutil
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adapters.servers.errors import FolderInUseError, ServerError
from adapters.servers.folders import FolderLock
from adapters.servers.processes import Program, Report, spawn, tail


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is built from one Go module, and kept under a digest of its lock.

    Attributes:
        source: The module's folder, with `go.mod` and `go.sum`.
        programs: Go package by the name of the program.
        takes: How long it takes, for whoever waits.
    """

    name: str
    version: str
    source: Path
    programs: Mapping[str, str]
    takes: str
    flags: Sequence[str] = ()

    @property
    def folder(self) -> Path:
        """Where in this user's cache the programs lie."""
        digest = hashlib.sha256()
        for name in ("go.mod", "go.sum"):
            digest.update((self.source / name).read_bytes())
        digest.update(f"{sys.platform} {platform.machine()}".encode())
        return cache_folder() / f"{self.name}-{digest.hexdigest()[:16]}"


_SOURCE: Final = Path(__file__).resolve().parents[2] / "docker" / "temporal"
_VERSION: Final = "1.8.2"
COMMAND: Final = Recipe(
    name="temporal",
    version=_VERSION,
    source=_SOURCE,
    programs={"temporal": "github.com/temporalio/cli/cmd/temporal"},
    takes="4 to 7 minutes on two cores",
    flags=("-ldflags", f"-s -w -X github.com/temporalio/cli/internal/temporalcli.Version={_VERSION}"),
)
"""The `temporal` command, with a development server inside."""
SERVER: Final = Recipe(
    name="temporal-server",
    version="1.32.0",
    source=_SOURCE / "server",
    programs={
        "temporal-server": "go.temporal.io/server/cmd/server",
        "temporal-sql-tool": "go.temporal.io/server/cmd/tools/sql",
    },
    takes="4 to 7 minutes on two cores, less where the command was built",
    flags=("-tags", "disable_grpc_modules", "-ldflags", "-s -w"),
)
"""The server as production has it, and what makes its tables."""
_SAY_EVERY_SECONDS: Final = 15.0
_LIMIT_SECONDS: Final = 3600.0


def cache_folder() -> Path:
    """Return this user's cache, created when missing; what lies there can be downloaded or built again."""
    root = os.environ.get("XDG_CACHE_HOME", "")
    folder = (Path(root) if Path(root).is_absolute() else Path.home() / ".cache") / "mandate"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ServerError(f"the cache {folder} cannot be created ({error.strerror}): set XDG_CACHE_HOME") from error
    return folder


def cached_binary() -> Path | None:
    """Return the `temporal` command that was built or downloaded before; the built one first."""
    built = COMMAND.folder / "temporal"
    if built.is_file():
        return built
    return next(iter(sorted(cache_folder().glob("temporal-sdk-python-*"), reverse=True)), None)


def build(recipe: Recipe, report: Report) -> Path:
    """Build what is missing of *recipe*; a second builder waits for the first and takes its result.

    Returns:
        The folder that holds the programs.

    Raises:
        ServerError: Go is missing or fails; the message says what to install, or holds the end of Go's log.
    """
    folder = recipe.folder
    folder.mkdir(parents=True, exist_ok=True)
    lock = FolderLock(folder)
    try:
        lock.take()
    except FolderInUseError as error:
        report(f"Temporal: process {error.holder} is building it; waiting")
        lock.take(wait=True)
    try:
        for program in recipe.programs:
            if not (folder / program).is_file():
                _build(recipe, program, report)
    finally:
        lock.release()
    return folder


def _build(recipe: Recipe, program: str, report: Report) -> None:
    go = shutil.which("go") or shutil.which("/usr/local/go/bin/go")
    if go is None:
        raise ServerError(
            "Temporal: no server was found, and none can be built without Go. Install Go 1.26.8 or newer, "
            "or put a `temporal` command on the path, or set TEMPORAL_ADDRESS"
        )
    # Interrupted, the build leaves its draft and never something that looks finished.
    built = recipe.folder / program
    draft = built.with_name(f"{program}.draft")
    report(f"Temporal: building {program} {recipe.version} with {go}; once a machine, {recipe.takes}")
    child = spawn(_go(go, recipe, program, draft))
    began = time.monotonic()
    try:
        code = child.wait(_SAY_EVERY_SECONDS)
        while code is None and (elapsed := time.monotonic() - began) < _LIMIT_SECONDS:
            report(f"Temporal: building, {_elapsed(elapsed)}")
            code = child.wait(_SAY_EVERY_SECONDS)
    finally:
        child.stop()
    if code != 0:
        raise ServerError(
            f"Temporal: the build failed after {_elapsed(time.monotonic() - began)}:\n{tail(child.said())}"
        )
    draft.replace(built)
    report(f"Temporal: built in {_elapsed(time.monotonic() - began)}, kept in {built}")


def _go(go: str, recipe: Recipe, program: str, draft: Path) -> Program:
    argv = [go, "build", "-p", "2", "-mod=readonly", "-buildvcs=false", "-trimpath", *recipe.flags]
    argv += ["-o", str(draft), recipe.programs[program]]
    return Program(
        name="go build",
        argv=argv,
        folder=recipe.source,
        log=recipe.folder / "build.log",
        pid_file=recipe.folder / "build.pid",
        farewells=((signal.SIGTERM, 5.0),),
        # No workspace or flag of the user's takes part; an older Go may fetch the one that go.mod names.
        env=os.environ | {"CGO_ENABLED": "0", "GOWORK": "off", "GOFLAGS": ""},
    )


def _elapsed(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
