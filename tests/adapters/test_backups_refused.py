"""A backup that is damaged, foreign or too new is refused, and so is a folder that holds something or is at work."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from adapters.servers import restore as restoring
from adapters.servers.errors import FolderInUseError
from adapters.servers.folders import FolderLock
from adapters.servers.manifest import read_backup
from adapters.servers.restore import restore
from adapters.servers.temporal import Binary
from domain.kernel.errors import BadInput
from starter.words import Words

FILES = {"store.dump": b"the record", "temporal.db": b"what waits"}


@pytest.fixture(autouse=True)
def _a_server_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restoring, "find_binary", lambda _report: Binary(Path("temporal"), (1, 32)))


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    folder = tmp_path / "backup"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    say(folder)
    return folder


def say(folder: Path, **other: Any) -> None:
    """Write a manifest that fits the files, but for what is said otherwise."""
    files = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in FILES.items()
    }
    counts = {"position": 0, "streams": 0, "events": 0, "commands": 0}
    programs = {"mandate": "0.1.0", "postgresql": "18.4", "temporal": "1.32.0", "schema_revision": "0001"}
    when = {"taken_at": "2026-11-25T12:00:00+00:00", "held_seconds": 0.1}
    manifest = {"format": "mandate-backup", "form": 1, **when, **programs, **counts, "files": files, **other}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def quietly(_line: str) -> None:
    pass


def refusal(backup: Path, into: Path) -> BadInput:
    with pytest.raises(BadInput) as refused:
        restore(backup, into, quietly)
    assert not into.exists() or [each.name for each in into.iterdir()] != ["restoring"]
    return refused.value


def test_what_fits_its_manifest_is_read(backup: Path):
    assert read_backup(backup).postgresql == "18.4"


def test_a_folder_that_is_no_backup_is_refused(tmp_path: Path):
    said = refusal(tmp_path, tmp_path / "new")
    assert "mandate backup" in said.expected
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_which_one_byte_is_another_is_refused_and_named(backup: Path, tmp_path: Path, name: str):
    content = bytearray(FILES[name])
    content[-1] ^= 1
    (backup / name).write_bytes(content)
    said = refusal(backup, tmp_path / "new")
    assert said.where == str(backup / name)
    assert "damaged" in Words("en").bad_input(said)
    assert "损坏" in Words("zh").bad_input(said)


def test_a_file_that_is_missing_is_refused(backup: Path, tmp_path: Path):
    (backup / "temporal.db").unlink()
    assert refusal(backup, tmp_path / "new").where.endswith("temporal.db")


@pytest.mark.parametrize("text", ["", "{}", '{"format": "another program\'s"}'])
def test_a_manifest_that_is_torn_or_foreign_is_refused(backup: Path, tmp_path: Path, text: str):
    (backup / "manifest.json").write_text(text)
    assert refusal(backup, tmp_path / "new").where.endswith("manifest.json")


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({"postgresql": "17.6"}, "17.6"),
        ({"form": 2}, "form 2"),
        ({"schema_revision": "9999"}, "9999"),
        ({"temporal": "1.33.1"}, "1.32"),
        ({"temporal": "2.0.0"}, "1.32"),
    ],
)
def test_programs_of_another_line_are_refused(backup: Path, tmp_path: Path, other: dict[str, Any], found: str):
    say(backup, **other)
    assert found in refusal(backup, tmp_path / "new").what


def test_a_folder_that_holds_something_is_refused_and_left_as_it_is(backup: Path, tmp_path: Path):
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter").write_text("mine")
    assert refusal(backup, full).what == str(full)
    assert [each.name for each in full.iterdir()] == ["letter"]


def test_a_folder_in_which_somebody_works_is_refused(backup: Path, tmp_path: Path):
    folder = tmp_path / "at work"
    folder.mkdir()
    lock = FolderLock(folder)
    lock.take()
    with pytest.raises(FolderInUseError):
        restore(backup, folder, quietly)
    lock.release()
