"""Building the Temporal development server from source, once a machine and user."""

import hashlib
import os
import platform
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Final

from adapters.servers.errors import FolderInUseError, ServerError
from adapters.servers.folders import FolderLock
from adapters.servers.processes import Program, Report, spawn, tail

_SOURCE: Final = Path(__file__).resolve().parents[2] / "docker" / "temporal"
_PACKAGE: Final = "github.com/temporalio/cli/cmd/temporal"
_VERSION: Final = "1.8.2"
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
    built = _built()
    if built.is_file():
        return built
    return next(iter(sorted(cache_folder().glob("temporal-sdk-python-*"), reverse=True)), None)


def build_temporal(report: Report) -> Path:
    """Build the `temporal` command of `docker/temporal`; a second builder waits for the first and takes its result.

    Raises:
        ServerError: Go is missing or fails; the message says what to install, or holds the end of Go's log.
    """
    built = _built()
    built.parent.mkdir(parents=True, exist_ok=True)
    lock = FolderLock(built.parent)
    try:
        lock.take()
    except FolderInUseError as error:
        report(f"Temporal: process {error.holder} is building it; waiting")
        lock.take(wait=True)
    try:
        if not built.is_file():
            _build(built, report)
    finally:
        lock.release()
    return built


def _built() -> Path:
    digest = hashlib.sha256()
    for name in ("go.mod", "go.sum"):
        digest.update((_SOURCE / name).read_bytes())
    digest.update(f"{sys.platform} {platform.machine()}".encode())
    return cache_folder() / f"temporal-{digest.hexdigest()[:16]}" / "temporal"


def _build(built: Path, report: Report) -> None:
    go = shutil.which("go") or shutil.which("/usr/local/go/bin/go")
    if go is None:
        raise ServerError(
            "Temporal: no server was found, and none can be built without Go. Install Go 1.26.8 or newer, "
            "or put a `temporal` command on the path, or set TEMPORAL_ADDRESS"
        )
    # Interrupted, the build leaves its draft and never something that looks finished.
    draft = built.with_name("temporal.draft")
    report(f"Temporal: building version {_VERSION} with {go}; once a machine, 4 to 7 minutes on two cores")
    child = spawn(_go(go, draft, built.parent))
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


def _go(go: str, draft: Path, folder: Path) -> Program:
    argv = [go, "build", "-p", "2", "-mod=readonly", "-buildvcs=false", "-trimpath"]
    argv += ["-ldflags", f"-s -w -X github.com/temporalio/cli/internal/temporalcli.Version={_VERSION}"]
    argv += ["-o", str(draft), _PACKAGE]
    return Program(
        name="go build",
        argv=argv,
        folder=_SOURCE,
        log=folder / "build.log",
        pid_file=folder / "build.pid",
        farewells=((signal.SIGTERM, 5.0),),
        # No workspace or flag of the user's takes part; an older Go may fetch the one that go.mod names.
        env=os.environ | {"CGO_ENABLED": "0", "GOWORK": "off", "GOFLAGS": ""},
    )


def _elapsed(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
