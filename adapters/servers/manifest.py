"""What a backup says of itself: when it was taken, of what, by which programs, and the digest of every file."""

import hashlib
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from adapters.postgres.database import MIGRATIONS
from adapters.servers.cluster import MAJOR
from adapters.servers.folders import write_whole
from domain.kernel.errors import BadInput

MANIFEST: Final = "manifest.json"
STORE_DUMP: Final = "store.dump"
TEMPORAL_COPY: Final = "temporal.db"
COUNTS: Final = """
SELECT (SELECT coalesce(max(global_position), 0) FROM mandate.event) AS position,
       (SELECT count(*) FROM mandate.head) AS streams,
       (SELECT count(*) FROM mandate.event) AS events,
       (SELECT count(*) FROM mandate.command) AS commands
"""
"""What a store holds, asked when it is backed up and when it has come back."""
_FORM: Final = 1
_WHERE: Final = "BACKUP"


class KeptFile(BaseModel):
    """One file of a backup."""

    model_config = ConfigDict(frozen=True)

    bytes: int
    sha256: str

    @classmethod
    def of(cls, file: Path) -> "KeptFile":
        """Measure *file*."""
        with file.open("rb") as opened:
            return cls(bytes=file.stat().st_size, sha256=hashlib.file_digest(opened, "sha256").hexdigest())


class Manifest(BaseModel):
    """A backup's own account.

    Attributes:
        taken_at: The moment of both halves, RFC 3339 in UTC.
        schema_revision: The last migration that the store has had.
        position: The last global position.
        held_seconds: For how long Temporal waited.
    """

    model_config = ConfigDict(frozen=True)

    format: Literal["mandate-backup"] = "mandate-backup"
    form: int = _FORM
    taken_at: str
    mandate: str
    postgresql: str
    temporal: str
    schema_revision: str
    position: int
    streams: int
    events: int
    commands: int
    held_seconds: float
    files: dict[Literal["store.dump", "temporal.db"], KeptFile]

    def write(self, folder: Path) -> None:
        """Write it last: a folder without it is no backup."""
        write_whole(folder / MANIFEST, self.model_dump_json(indent=1))


def read_backup(folder: Path) -> Manifest:
    """Read what a backup says of itself, and prove that each of its files is what it was.

    Raises:
        BadInput: It is no backup, a damaged one, or one that this version cannot read.
    """
    file = folder / MANIFEST
    if not file.is_file():
        raise BadInput(_WHERE, str(folder), "a folder that mandate backup has written to its end")
    try:
        manifest = Manifest.model_validate_json(file.read_bytes())
    except ValidationError as error:
        raise BadInput(str(file), str(error.errors()[0]["msg"]), "the manifest as mandate backup wrote it") from error
    _check_versions(file, manifest)
    for name in (STORE_DUMP, TEMPORAL_COPY):
        _check_file(folder / name, manifest.files.get(name))
    return manifest


def _check_versions(file: Path, manifest: Manifest) -> None:
    if manifest.form > _FORM:
        raise BadInput(str(file), f"form {manifest.form}", "a backup that is not newer than this version of Mandate")
    if manifest.schema_revision > _newest_revision():
        what = f"schema {manifest.schema_revision}, Mandate {manifest.mandate}"
        raise BadInput(str(file), what, "a backup that is not newer than this version of Mandate")
    if manifest.postgresql.partition(".")[0] != MAJOR:
        raise BadInput(str(file), f"PostgreSQL {manifest.postgresql}", f"PostgreSQL {MAJOR}")


def _check_file(file: Path, kept: KeptFile | None) -> None:
    if kept is None or not file.is_file():
        raise BadInput(str(file), "nothing", "the file as it was backed up")
    found = KeptFile.of(file)
    if found != kept:
        what = f"{found.bytes} bytes, SHA-256 {found.sha256[:16]}…"
        raise BadInput(str(file), what, "the file as it was backed up")


def _newest_revision() -> str:
    return max(each.name.partition("_")[0] for each in (MIGRATIONS / "versions").glob("[0-9]*.py"))
