"""Who a server runs as, and where its files can lie so that this user reaches them.

PostgreSQL refuses to run as root. Dropped to another user, it cannot pass through a folder that is closed to others,
such as a home of mode 0700; what it needs then lies under `/var/lib/mandate` or `/var/tmp/mandate`, which only root can
write.
"""

import hashlib
import os
import pwd
import shutil
import stat
from pathlib import Path

from adapters.servers.errors import ServerError
from adapters.servers.processes import User

_SYSTEM_FOLDERS = (Path("/var/lib/mandate"), Path("/var/tmp/mandate"))  # noqa: S108 — root's own, checked below
_UNPRIVILEGED = ("postgres", "nobody")


def server_user() -> User | None:
    """Return whom to run PostgreSQL as on a new data folder; nobody else when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return User(name, entry.pw_uid, entry.pw_gid)
    raise ServerError(f"PostgreSQL does not run as root, and there is no user {' or '.join(_UNPRIVILEGED)}: create one")


def owner_of(folder: Path) -> User | None:
    """Return whom to run a server as on a *folder* that an earlier start created, so that it keeps its owner.

    Raises:
        ServerError: the folder belongs to somebody whom we cannot become.
    """
    facts = folder.stat()
    if facts.st_uid == os.geteuid():
        return None
    try:
        owner = User(pwd.getpwuid(facts.st_uid).pw_name, facts.st_uid, facts.st_gid)
    except KeyError:
        owner = User(str(facts.st_uid), facts.st_uid, facts.st_gid)
    if os.geteuid() != 0:
        raise ServerError(f"{folder} belongs to {owner.name}: run as {owner.name} or root, or name another folder")
    return owner


def reaches(user: User | None, path: Path) -> bool:
    """Tell whether *user* can enter *path*, a folder, through every folder above it."""
    if user is None:
        return True
    return all(_may_enter(user, folder) for folder in (path, *path.parents) if folder.exists())


def place_for(folder: Path, user: User | None) -> Path:
    """Return a folder for the files of *user* that belong to *folder*: itself, or one that the user can reach."""
    if reaches(user, folder):
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    place = _system_folder() / digest
    place.mkdir(mode=0o711, exist_ok=True)
    (place / "belongs-to").write_text(f"{folder}\n", encoding="utf-8")
    return place


def reachable_copy(installation: Path, name: str, user: User | None) -> Path:
    """Return *installation*, or a copy of it under *name* where *user* cannot reach the original.

    The copy appears under its name only when it is whole; two processes that copy at once both end with a whole one.
    """
    if reaches(user, installation):
        return installation
    copy = _system_folder() / name
    if copy.is_dir():
        return copy
    draft = copy.with_name(f"{name}.{os.getpid()}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(installation, draft, symlinks=True, ignore=shutil.ignore_patterns("include"))
    _open_to_all(draft)
    try:
        draft.rename(copy)
    except OSError:
        shutil.rmtree(draft)
        if not copy.is_dir():
            raise
    return copy


def _system_folder() -> Path:
    """Return a folder that outlives a restart of the machine and that nobody but root can write."""
    for folder in _SYSTEM_FOLDERS:
        try:
            folder.mkdir(mode=0o755, exist_ok=True)
        except OSError:
            continue
        facts = folder.lstat()
        # In a folder that others may write, somebody could have put a program for us to start.
        ours_alone = stat.S_ISDIR(facts.st_mode) and facts.st_uid == 0 and not facts.st_mode & 0o022
        if ours_alone and os.access(folder, os.W_OK):
            return folder
    tried = " nor ".join(map(str, _SYSTEM_FOLDERS))
    raise ServerError(
        f"PostgreSQL does not run as root, and its user reaches neither this folder nor {tried}: "
        "run as another user than root, or in a folder that others may enter"
    )


def _may_enter(user: User, folder: Path) -> bool:
    facts = folder.stat()
    if facts.st_uid == user.uid:
        return bool(facts.st_mode & stat.S_IXUSR)
    if facts.st_gid == user.gid:
        return bool(facts.st_mode & stat.S_IXGRP)
    return bool(facts.st_mode & stat.S_IXOTH)


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444))
