"""What a Temporal cluster is started from: programs that were built before, a PostgreSQL that is new enough."""

from pathlib import Path

import pytest

from adapters.servers.build import Recipe, build
from adapters.servers.errors import ServerError
from adapters.servers.production import find_postgres


@pytest.fixture
def recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recipe:
    """A module of one program, which Go could not build."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("go.mod", "go.sum"):
        (tmp_path / name).write_text("first\n")
    return Recipe("thing", "1.0", tmp_path, {"thing": "no.such/package"}, takes="no time")


def test_what_was_built_before_is_taken_as_it_is(recipe: Recipe) -> None:
    recipe.folder.mkdir(parents=True)
    (recipe.folder / "thing").touch()
    said: list[str] = []
    assert build(recipe, said.append) == recipe.folder
    assert said == []


@pytest.mark.parametrize("name", ["go.mod", "go.sum"])
def test_a_lock_that_changed_is_built_anew(recipe: Recipe, name: str) -> None:
    before = recipe.folder
    (recipe.source / name).write_text("second\n")
    assert recipe.folder != before
    with pytest.raises(ServerError, match="Temporal: "):
        build(recipe, lambda _line: None)
    assert not (recipe.folder / "thing").exists()


def test_a_postgresql_that_is_named_is_taken(tmp_path: Path) -> None:
    found = find_postgres(_programs(tmp_path, "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"))
    assert (found.binaries, found.major) == (tmp_path, "15")


@pytest.mark.parametrize("said", ["postgres (PostgreSQL) 11.22", "something else"])
def test_one_that_is_too_old_or_no_server_is_passed_over_and_it_is_said_how_to_get_one(
    tmp_path: Path, said: str
) -> None:
    with pytest.raises(ServerError, match="apt-get install postgresql postgresql-contrib"):
        find_postgres(_programs(tmp_path, said))


def test_a_folder_without_programs_is_no_postgresql(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="no PostgreSQL server"):
        find_postgres(tmp_path)


def _programs(folder: Path, version: str) -> Path:
    for name in ("initdb", "postgres"):
        (folder / name).write_text(f"#!/bin/sh\necho '{version}'\n")
        (folder / name).chmod(0o755)
    return folder
