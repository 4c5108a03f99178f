"""What the image holds, installed from the same wheel and started with the same words, without a container.

The migrations, a worker, its health check and the command line reach real servers by `DATABASE_URL`,
`temporalio.envconfig` and a password file, as `docker/compose.yaml` has it.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.postgres.database import APPLICATION
from adapters.servers.postgres import EmbeddedPostgres, PostgresServer
from adapters.servers.temporal import DevServer
from tests.deployment.deployed import DOCKER, ROOT, services, start_command

DATABASE = "mandate"


@dataclass(frozen=True)
class Container:
    """Something like a container of our image: what is installed, and what it is told."""

    environment: dict[str, str]
    folder: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False, timeout=60
        )

    def start(self, *words: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(words, env=self.environment, cwd=self.folder, stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the image installs, from the wheel that its first stage makes."""
    folder = tmp_path_factory.mktemp("image")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index", "--quiet"]
    wheel = ["wheel", *offline, "--no-build-isolation", "--wheel-dir", str(folder / "wheel"), str(ROOT)]
    subprocess.run([*pip, *wheel], check=True)
    (made,) = (folder / "wheel").glob("*.whl")
    subprocess.run([*pip, "install", *offline, "--target", str(folder / "site"), str(made)], check=True)
    return folder / "site"


@pytest.fixture
def store(server_folder: Path) -> Iterator[PostgresServer]:
    """A server of one's own, for the migrations give its roles other passwords."""
    server = EmbeddedPostgres(server_folder / "postgres", fsync=False).start(lambda _line: None)
    server.create_database(DATABASE)
    yield server
    server.stop()


@pytest.fixture
def secrets(store: PostgresServer, tmp_path: Path) -> Path:
    """The drawn passwords, but that of the superuser, whom this server knows by another."""
    folder = tmp_path / "secrets"
    subprocess.run([str(DOCKER / "secrets.sh"), str(folder)], check=True)
    owner = store.admin_dsn().partition("://")[2].partition("@")[0]
    (folder / "owner.pgpass").write_text(f"*:*:*:{owner}\n")
    return folder


@pytest.fixture
def contained(installed: Path, store: PostgresServer, secrets: Path, temporal_server: DevServer, task_queue: str):
    """How a service of the compose file is told where things are, by its name."""

    def contain(name: str) -> Container:
        places = {"@store:5432": f"@127.0.0.1:{store.port}", "temporal:7233": temporal_server.address}
        places |= {"/run/secrets": str(secrets)}
        told = {key: _moved(value, places) for key, value in services()[name]["environment"].items()}
        if "TEMPORAL_NAMESPACE" in told:
            told |= {"TEMPORAL_NAMESPACE": temporal_server.namespace, "MANDATE_TASK_QUEUE": task_queue}
        path = os.pathsep.join([str(installed / "bin"), str(Path(sys.executable).parent), os.defpath])
        kept = {"PATH": path, "HOME": str(secrets.parent), "PYTHONPATH": str(installed), "PYTHONUNBUFFERED": "1"}
        return Container(kept | told, secrets.parent)

    return contain


def _moved(value: str, places: dict[str, str]) -> str:
    for old, new in places.items():
        value = value.replace(old, new)
    return value


def _words(name: str, secrets: Path) -> Sequence[str]:
    return [word.replace("/run/secrets", str(secrets)) for word in services()[name].get("command", start_command())]


@pytest.mark.timeout(240)
def test_the_start_commands_of_the_compose_file_start(contained, secrets: Path) -> None:
    migrations, worker, line = contained("migrations"), contained("worker"), contained("mandate")
    kind, check = services()["worker"]["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    healthy = ("sh", "-c", check.replace("$$", "$"))

    assert _lets_in(worker) is False
    for _ in range(2):
        done = migrations.run(*_words("migrations", secrets))
        assert done.returncode == 0, done.stderr
    assert _lets_in(worker) is True
    assert worker.run(*healthy).returncode != 0

    process = worker.start(*_words("worker", secrets))
    try:
        assert process.stdout is not None
        assert '"event": "working"' in process.stdout.readline()
        assert worker.run(*healthy).returncode == 0
        said = line.run(*services()["mandate"]["entrypoint"], "status", "-o", "json")
        assert said.returncode == 0, said.stdout + said.stderr
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 0


def _lets_in(container: Container) -> bool:
    """Tell whether the password file opens the store, with the driver that the worker has."""
    asks = "import asyncio, asyncpg, os; asyncio.run(asyncpg.connect(os.environ['DATABASE_URL'], timeout=10))"
    return container.run(sys.executable, "-c", asks).returncode == 0


def test_the_migrations_say_what_is_missing(contained) -> None:
    nowhere = contained("migrations").environment
    del nowhere["DATABASE_URL"]
    done = Container(nowhere, Path.cwd()).run(sys.executable, "-m", "adapters.postgres.schema")
    assert done.returncode == 1
    assert "DATABASE_URL is not set: expected postgresql://" in done.stderr


def test_the_migrations_say_who_may_not_come_in(contained, secrets: Path) -> None:
    (secrets / "owner.pgpass").write_text("*:*:*:postgres:wrong\n")
    done = contained("migrations").run(*_words("migrations", secrets))
    assert done.returncode == 1
    assert "password authentication failed" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_role_of_the_address_is_the_applications() -> None:
    assert f"//{APPLICATION}@" in services()["worker"]["environment"]["DATABASE_URL"]
