"""A Temporal server: found, downloaded or built; as a development server, started and stopped.

The order is DESIGN §6: an address of somebody's server, a `temporal` command on the path or in the cache, the SDK's own
download, a build from source. Each step says what it does, and why it moved on.
"""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from temporalio.envconfig import ClientConfig

from adapters.servers.build import COMMAND, build, cache_folder, cached_binary
from adapters.servers.errors import ServerError
from adapters.servers.folders import LOOPBACK, FolderLock, remembered_port
from adapters.servers.processes import Child, Identity, Program, Report, command_line, spawn, tail, wait_until

Version = tuple[int, int]
"""Major and minor number of the server inside a `temporal` command."""

SKIPS_TIME: Final[Version] = (1, 32)
"""The first server that can move the clock of one workflow."""
NAMESPACE: Final = "default"
TIME_SKIPPING: Final[Mapping[str, str]] = {
    "frontend.WorkflowTimeSkippingEnabled": "true",
    "system.workflowTimeSkippingEnabled": "true",
}
"""Dynamic configuration that lets clocks be moved; the key was renamed after 1.32; a server ignores the other."""

_SERVER_VERSION: Final = re.compile(r"Server (\d+)\.(\d+)")
_START_SECONDS: Final = 60.0
_QUESTION_SECONDS: Final = 10.0
_DOWNLOAD_SECONDS: Final = 300.0
_BUSY_MILLISECONDS: Final = 8000
_IN_ORDER: Final = ((signal.SIGINT, 3.0),)
"""Killed after that: an acknowledged write is on disk, whatever the end (measured)."""


@dataclass(frozen=True, slots=True)
class External:
    """A server that somebody else runs."""

    address: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Binary:
    """A `temporal` command with a development server inside."""

    path: Path
    server: Version

    def __str__(self) -> str:
        return f"{self.path} (server {self.server[0]}.{self.server[1]})"


def find_external() -> External | None:
    """Return the server that `TEMPORAL_ADDRESS` or a profile of `temporalio.envconfig` names; none when neither does.

    Raises:
        ServerError: the profile that is asked for cannot be read.
    """
    try:
        config = ClientConfig.load_client_connect_config()
    except (RuntimeError, ValueError, OSError) as error:
        raise ServerError(f"the Temporal profile cannot be read: {error}") from error
    address = config.get("target_host")
    return External(address, config.get("namespace", NAMESPACE)) if address else None


def find(report: Report) -> External | Binary:
    """Return the server to use: somebody's, or a command to start our own.

    Raises:
        ServerError: nothing was found, downloaded or built; the message says what to install.
    """
    external = find_external()
    if external is not None:
        report(f"Temporal: using {external.address}, namespace {external.namespace}, as the environment says")
        return external
    report("Temporal: neither TEMPORAL_ADDRESS nor a profile names a server; looking for one to start")
    return find_binary(report)


def find_binary(report: Report, *, at_least: Version | None = None) -> Binary:
    """Return a `temporal` command whose server is *at_least* that old; without it, any.

    Raises:
        ServerError: nothing was found, downloaded or built; the message says what to install.
    """
    for where, candidate in (("on the path", shutil.which("temporal")), ("in the cache", cached_binary())):
        found = _judge(where, candidate, at_least, report)
        if found is not None:
            return found
    downloaded = _download(report)
    found = _judge("from the SDK", downloaded, at_least, report) if downloaded else None
    if found is not None:
        return found
    built = _judge("as built", build(COMMAND, report) / "temporal", at_least, report)
    if built is None:
        raise ServerError(
            "Temporal: the command built from docker/temporal does not serve; remove it from the cache, try again"
        )
    return built


def _judge(where: str, path: str | Path | None, at_least: Version | None, report: Report) -> Binary | None:
    if path is None:
        report(f"Temporal: no command {where}")
        return None
    version = server_version(Path(path))
    if version is None:
        report(f"Temporal: passing over {path} {where}: it does not say which server it holds")
        return None
    binary = Binary(Path(path), version)
    if at_least is not None and version < at_least:
        report(f"Temporal: passing over {binary} {where}: {at_least[0]}.{at_least[1]} is needed")
        return None
    report(f"Temporal: found {binary} {where}")
    return binary


def server_version(path: Path) -> Version | None:
    """Ask a `temporal` command which server it holds."""
    try:
        answer = subprocess.run(
            [str(path), "--version"], capture_output=True, text=True, check=False, timeout=_QUESTION_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    numbers = _SERVER_VERSION.search(answer.stdout)
    return (int(numbers[1]), int(numbers[2])) if numbers else None


def _download(report: Report) -> Path | None:
    """Let the SDK download its development server into the cache; nothing where that is refused."""
    folder = cache_folder()
    report("Temporal: asking the SDK to download its development server")
    began = time.monotonic()
    try:
        asyncio.run(_start_once(folder))
    except (RuntimeError, TimeoutError) as error:
        reason = str(error).partition(" for url")[0] or f"not within {time.monotonic() - began:.0f} s"
        report(f"Temporal: no download ({reason}); building it instead")
        return None
    return next(iter(folder.glob("temporal-sdk-python-*")), None)


async def _start_once(folder: Path) -> None:
    # The SDK has no way to download without starting; what it leaves in the folder is the command. Its tests' half
    # brings the whole worker with it, and a download comes once a machine.
    from temporalio.testing import WorkflowEnvironment  # noqa: PLC0415 — see above

    async with asyncio.timeout(_DOWNLOAD_SECONDS):
        environment = await WorkflowEnvironment.start_local(  # pyright: ignore[reportUnknownMemberType] — the SDK's own
            download_dest_dir=str(folder)
        )
    await environment.shutdown()


class DevServer:
    """A running development server, one namespace, its store in one SQLite file."""

    def __init__(self, child: Child, lock: FolderLock, address: str, ui_address: str | None) -> None:
        self.child = child
        self.address = address
        self.ui_address = ui_address
        self.namespace = NAMESPACE
        self._lock = lock

    @classmethod
    def start(
        cls,
        folder: Path,
        binary: Binary,
        report: Report,
        *,
        ui: bool = True,
        dynamic_config: Mapping[str, str] | None = None,
        search_attributes: Mapping[str, str] | None = None,
    ) -> "DevServer":
        """Start the server in *folder*, and return when its namespace answers.

        Args:
            folder: Holds the store, the ports and the log; created when missing.
            ui: Whether the web pages are served too.
            dynamic_config: Server settings by key, values in JSON; `TIME_SKIPPING` for tests.
            search_attributes: Type (`Keyword`, `Datetime`, …) by name.

        Raises:
            FolderInUseError: another process works in the folder.
            ServerError: it does not start; the message holds the end of its log.
        """
        folder = folder.resolve()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FolderLock(folder)
        lock.take()
        try:
            _clear_away(folder, report)
            port = remembered_port(folder / "port")
            ui_port = remembered_port(folder / "ui-port") if ui else None
            argv = _words(folder, binary, port, ui_port)
            argv += _pairs("--dynamic-config-value", dynamic_config) + _pairs("--search-attribute", search_attributes)
            child = _run(folder, binary, argv, port)
        except BaseException:
            lock.release()
            raise
        report(f"Temporal listens on {LOOPBACK}:{port}, data in {store_file(folder)}")
        return cls(child, lock, f"{LOOPBACK}:{port}", f"http://{LOOPBACK}:{ui_port}" if ui_port else None)

    def stop(self) -> None:
        """Stop the server; may be called twice."""
        self.child.stop()
        self._lock.release()


def store_file(folder: Path) -> Path:
    """Name the one SQLite file in which the server of *folder* keeps everything."""
    return folder / "temporal.db"


def _words(folder: Path, binary: Binary, port: int, ui_port: int | None) -> list[str]:
    words = [str(binary.path), "server", "start-dev", "--db-filename", str(store_file(folder)), "--ip", LOOPBACK]
    words += ["--port", str(port), "--namespace", NAMESPACE, "--log-level", "warn"]
    # A backup holds the file while it copies it: the server waits for it then, and does not fail.
    words += ["--sqlite-pragma", f"busy_timeout={_BUSY_MILLISECONDS}"]
    return words + (["--headless"] if ui_port is None else ["--ui-port", str(ui_port), "--ui-disable-news-fetch"])


def _pairs(option: str, values: Mapping[str, str] | None) -> list[str]:
    return [word for name, value in (values or {}).items() for word in (option, f"{name}={value}")]


def _run(folder: Path, binary: Binary, argv: list[str], port: int) -> Child:
    program = Program(
        name="Temporal",
        argv=argv,
        folder=folder,
        log=folder / "temporal.log",
        pid_file=folder / "temporal.pid",
        farewells=_IN_ORDER,
        env=_environment(folder),
    )
    child = spawn(program)
    answers = wait_until(lambda: child.exit_code is not None or _answers(binary, port, program.env), _START_SECONDS)
    if answers and child.exit_code is None:
        return child
    said = child.said()
    child.stop()
    raise ServerError(f"the Temporal server does not start in {folder}; the end of its log:\n{tail(said)}")


def _answers(binary: Binary, port: int, env: Mapping[str, str]) -> bool:
    question = [
        str(binary.path),
        "operator",
        "namespace",
        "describe",
        "-n",
        NAMESPACE,
        "--address",
        f"{LOOPBACK}:{port}",
    ]
    question += ["--command-timeout", "2s"]
    return subprocess.run(question, env=dict(env), capture_output=True, check=False).returncode == 0


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment in which no profile, address or certificate of the caller is found."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith("TEMPORAL_")}
    return keep | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}


def _clear_away(folder: Path, report: Report) -> None:
    """End a server that outlived the last run. Safe because we hold the folder's lock."""
    file = folder / "temporal.pid"
    left = Identity.recall(file)
    if left is not None and left.alive() and str(store_file(folder)) in " ".join(command_line(left.pid)):
        report(f"Temporal: stopping process {left.pid}, which outlived the last run")
        left.stop((signal.SIGINT, 5.0), (signal.SIGKILL, 5.0))
    file.unlink(missing_ok=True)
