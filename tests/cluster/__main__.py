"""`make cluster`: the end-to-end tests against what a larger installation has, without a container.

The Temporal server as it is released, many shards, its tables in a PostgreSQL of this machine; the record in another
PostgreSQL; two workers a test, each a process of its own. Two processes run the tests, in a namespace each. Everything
is reached by an address and a password file, and is thrown away at the end.
"""

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from adapters.postgres.database import APPLICATION, READER, TENANT_READER, migrate
from adapters.servers.cluster import SUPERUSER
from adapters.servers.errors import ServerError
from adapters.servers.folders import LOOPBACK
from adapters.servers.postgres import EmbeddedPostgres, PostgresServer
from adapters.servers.production import ProductionServer
from tests.given import namespace_of

ROOT = Path(__file__).parents[2]
NAMESPACE = "mandate"
DATABASE = "mandate"
_PROCESSES = 2
_SUITE = ("tests/e2e", "tests/workflows/test_two_workers.py", "tests/workflows/test_rolling_restart.py")


def _say(line: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {line}\n")
    sys.stdout.flush()


def _passwords(store: PostgresServer, file: Path) -> Path:
    """Write what `docker/secrets.sh` would draw."""
    roles = (SUPERUSER, APPLICATION, READER, TENANT_READER)
    known = [store.role_dsn(role, DATABASE).partition("://")[2].partition("@")[0] for role in roles]
    file.touch(mode=0o600)
    file.write_text("".join(f"*:*:*:{each}\n" for each in known))
    return file


@contextlib.contextmanager
def _started(folder: Path, postgres: Path | None, processes: int) -> Iterator[dict[str, str]]:
    """Start everything in *folder*, and give the variables that say where it is."""
    with contextlib.ExitStack() as running:
        temporal = ProductionServer.start(folder / "temporal", NAMESPACE, _say, postgres)
        running.callback(temporal.stop)
        for number in range(processes):
            temporal.open_namespace(namespace_of(NAMESPACE, f"gw{number}"))
        store = EmbeddedPostgres(folder / "postgres").start(_say)
        running.callback(store.stop)
        store.create_database(DATABASE)
        migrate(store.admin_dsn(DATABASE))
        store.let_in(APPLICATION, READER, TENANT_READER)
        yield {
            "DATABASE_URL": f"postgresql://{SUPERUSER}@{LOOPBACK}:{store.port}/{DATABASE}",
            "PGPASSFILE": str(_passwords(store, folder / "owner.pgpass")),
            "TEMPORAL_ADDRESS": temporal.address,
            "TEMPORAL_NAMESPACE": temporal.namespace,
        }


def main() -> int:
    """Start everything, run the tests, stop everything; give the tests' own exit code."""
    words = argparse.ArgumentParser(prog="python -m tests.cluster", description=__doc__)
    words.add_argument("--postgres", type=Path, metavar="FOLDER", help="the programs of the PostgreSQL for Temporal")
    words.add_argument("-n", "--numprocesses", type=int, default=_PROCESSES, help="how many run tests; 0: this one")
    said, for_pytest = words.parse_known_args()
    folder = Path(tempfile.mkdtemp(prefix="mandate-cluster-"))
    folder.chmod(0o711)  # PostgreSQL runs as another user when we are root
    code = 1
    try:
        with _started(folder, said.postgres, said.numprocesses) as told:
            named = any((ROOT / word.partition("::")[0]).exists() for word in for_pytest)
            beside = ["--numprocesses", str(said.numprocesses), "--dist", "worksteal"]
            argv = [sys.executable, "-m", "pytest", "--given", *beside, *for_pytest, *(() if named else _SUITE)]
            code = subprocess.run(argv, cwd=ROOT, env=os.environ | told, check=False).returncode
    finally:
        if code == 0:
            shutil.rmtree(folder)
        else:
            _say(f"this run did not end well; everything is left in {folder}")
    return code


if __name__ == "__main__":
    try:
        code = main()
    except ServerError as error:
        code = str(error)
    sys.exit(code)
