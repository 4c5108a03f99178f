"""`docker/secrets.sh`: passwords that nobody chose, in files that nobody else reads, as PostgreSQL wants them."""

import subprocess
from pathlib import Path

import pytest

from adapters.postgres.schema import ROLES, passwords_in
from tests.deployment.deployed import DOCKER, compose

SCRIPT = DOCKER / "secrets.sh"


def draw(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(SCRIPT), str(folder)], capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "secrets"
    assert draw(folder).returncode == 0
    return folder


def test_every_secret_of_the_compose_file_is_drawn(folder: Path) -> None:
    asked = {Path(each["file"]) for each in compose()["secrets"].values()}
    assert {each.parent.name for each in asked} == {"secrets"}
    assert {each.name for each in asked} == {each.name for each in folder.iterdir()}


def test_only_the_owner_reads_them(folder: Path) -> None:
    assert {each.stat().st_mode & 0o777 for each in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_no_two_passwords_are_alike(folder: Path, tmp_path: Path) -> None:
    assert draw(tmp_path / "others").returncode == 0
    drawn = [each.read_text() for place in (folder, tmp_path / "others") for each in place.glob("*.password")]
    assert len(set(drawn)) == len(drawn) == 10
    assert {len(each) for each in drawn} == {48}


def test_the_worker_knows_its_own_password_alone(folder: Path) -> None:
    own = (folder / "mandate_app.password").read_text()
    assert (folder / "worker.pgpass").read_text() == f"*:*:*:mandate_app:{own}\n"


def test_passwords_in_use_are_not_drawn_again(folder: Path) -> None:
    before = {each: each.read_text() for each in folder.iterdir()}
    again = draw(folder)
    assert again.returncode == 1
    assert "in use" in again.stderr
    assert {each: each.read_text() for each in folder.iterdir()} == before


def test_each_role_is_let_in_with_its_own(folder: Path) -> None:
    words = [word for word in compose()["services"]["migrations"]["command"] if "=" in word]
    found = passwords_in([word.replace("/run/secrets", str(folder)) for word in words])
    assert found == {role: (folder / f"{role}.password").read_text() for role in ROLES}


@pytest.mark.parametrize("word", ["mandate_app", "postgres=/dev/null", "mandate_app=/dev/null"])
def test_what_lets_nobody_in_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        passwords_in([word])
