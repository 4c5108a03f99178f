"""What a machine needs to run everything by itself, each with what is missing; nothing is started or changed."""

import importlib.metadata
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from adapters.servers.build import cached_binary
from adapters.servers.cluster import installation
from adapters.servers.errors import ServerError
from adapters.servers.folders import LOOPBACK
from adapters.servers.places import reaches, server_user
from adapters.servers.temporal import Binary, find_external, server_version

OUR_NAMES: Final = ("domain", "workflows", "activities", "adapters", "audit", "starter", "worker")
"""Importable names that only this project may own; another package of the same name would overwrite ours."""
_OLDEST_PYTHON: Final = (3, 11)
_OLDEST_GO: Final = (1, 26, 8)
_BUILD_BYTES: Final = 4_000_000_000
_DATA_BYTES: Final = 1_000_000_000
_QUESTION_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is needed: whether it is there, and the details of the sentence that says so.

    Attributes:
        name: The sentence's: `doctor_<name>_ok`, `doctor_<name>_missing`.
    """

    name: str
    ok: bool
    details: dict[str, str] = field(default_factory=dict[str, str])


def check_machine(folder: Path) -> Iterator[Check]:
    """Look for everything that `mandate run` needs in *folder*, cheap things first."""
    yield _python()
    yield _packages()
    yield _names()
    yield _postgres()
    yield _user(folder)
    yield _folder(folder)
    yield _loopback()
    yield _temporal()


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("python", sys.version_info >= _OLDEST_PYTHON, {"version": version, "path": sys.executable})


def _packages() -> Check:
    wanted = [re.split(r"[\s<>=!~;\[]", each, maxsplit=1)[0] for each in importlib.metadata.requires("mandate") or ()]
    missing = [name for name in wanted if not _is_installed(name)]
    return Check("packages", not missing, {"count": str(len(wanted)), "missing": ", ".join(missing)})


def _names() -> Check:
    owners = importlib.metadata.packages_distributions()
    foreign = {owner for name in OUR_NAMES for owner in owners.get(name, ()) if owner != "mandate"}
    return Check("names", not foreign, {"packages": ", ".join(sorted(foreign))})


def _postgres() -> Check:
    try:
        program = installation() / "bin" / "postgres"
        version = _answer(str(program), "--version")
    except ServerError as error:
        return Check("postgres", ok=False, details={"why": str(error)})
    return Check("postgres", version is not None, {"version": version or "", "why": f"{program} does not run here"})


def _user(folder: Path) -> Check:
    try:
        user = server_user()
    except ServerError as error:
        return Check("user", ok=False, details={"why": str(error)})
    if user is None:
        return Check("user", ok=True, details={"name": str(os.geteuid()), "where": str(folder)})
    where = folder if reaches(user, folder) else Path("/var/lib/mandate")
    return Check("user", ok=True, details={"name": user.name, "where": str(where)})


def _folder(folder: Path) -> Check:
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(nearest).free
    ok = os.access(nearest, os.W_OK | os.X_OK) and free >= _DATA_BYTES
    return Check("folder", ok, {"folder": str(folder), "free": _gigabytes(free), "needed": _gigabytes(_DATA_BYTES)})


def _loopback() -> Check:

    try:
        with socket.create_server((LOOPBACK, 0)):
            return Check("loopback", ok=True, details={"address": LOOPBACK})
    except OSError as error:
        return Check("loopback", ok=False, details={"address": LOOPBACK, "why": str(error)})


def _temporal() -> Check:
    """Tell which of the four ways to a Temporal server is open; the download is not tried, for that would be one."""
    try:
        external = find_external()
    except ServerError as error:
        return Check("temporal", ok=False, details={"why": str(error)})
    if external is not None:
        return Check("temporal", ok=True, details={"found": external.address})
    for candidate in (shutil.which("temporal"), cached_binary()):
        version = server_version(Path(candidate)) if candidate else None
        if candidate and version:
            return Check("temporal", ok=True, details={"found": str(Binary(Path(candidate), version))})
    return _go()


def _go() -> Check:
    go = shutil.which("go") or shutil.which("/usr/local/go/bin/go")
    said = _answer(go, "env", "GOVERSION") if go else None
    numbers = tuple(int(each) for each in re.findall(r"\d+", said or "")[:3])
    free = shutil.disk_usage(Path.home()).free
    oldest = ".".join(map(str, _OLDEST_GO))
    details = {"found": f"{go} ({said})" if go else "–", "oldest": oldest, "free": _gigabytes(free)}
    details |= {"needed": _gigabytes(_BUILD_BYTES)}
    return Check("temporal_build", numbers >= _OLDEST_GO and free >= _BUILD_BYTES, details)


def _is_installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _answer(*words: str) -> str | None:
    try:
        said = subprocess.run(words, capture_output=True, text=True, check=False, timeout=_QUESTION_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return said.stdout.strip() if said.returncode == 0 else None


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
