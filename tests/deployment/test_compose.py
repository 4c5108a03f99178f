"""The compose file: every part pinned, in order, watched, and reached by two variables and a file."""

import re
from itertools import chain

import pytest
import yaml

from tests.deployment.deployed import DOCKER, ONE_TAG, compose, ends, is_ours, project, services

NAMES = sorted(services())
WHERE = {"DATABASE_URL", "PGPASSFILE", "TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE"}
"""`temporalio.envconfig` reads the last two; asyncpg reads the second."""
TOLD_ELSEWHERE = re.compile(r"password|secret|token", re.IGNORECASE)


@pytest.mark.parametrize("name", NAMES)
def test_every_image_has_one_version(name: str):
    assert ONE_TAG.match(services()[name]["image"])


def test_our_image_has_the_version_of_the_code():
    version = project()["project"]["version"]
    assert {each["image"] for each in services().values() if is_ours(each)} == {f"mandate:{version}"}


def test_the_parts_of_the_temporal_cluster_are_of_one_version():
    images = [each["image"] for each in services().values()]
    tags = {image.rpartition(":")[2] for image in images if image.startswith(("temporalio/server", "temporalio/admin"))}
    pinned = re.search(r"go\.temporal\.io/server v(\S+)", (DOCKER / "temporal" / "go.mod").read_text(encoding="utf-8"))
    assert pinned is not None
    assert tags == {pinned[1]}


@pytest.mark.parametrize("name", NAMES)
def test_what_stays_is_watched_and_what_ends_is_not(name: str):
    service = services()[name]
    assert ("healthcheck" in service) is not ends(service)
    assert ends(service) or service["restart"] == "unless-stopped"


def test_everybody_waits_for_what_he_needs():
    waits = [*chain.from_iterable(each.get("depends_on", {}).items() for each in services().values())]
    assert waits
    for name, how in waits:
        expected = "service_completed_successfully" if ends(services()[name]) else "service_healthy"
        assert how == {"condition": expected}


def test_two_workers_stand_ready():
    assert services()["worker"]["deploy"]["replicas"] == 2


@pytest.mark.parametrize("name", NAMES)
def test_ours_are_told_where_the_servers_are_and_nothing_else(name: str):
    service = services()[name]
    assert not is_ours(service) or set(service["environment"]) <= WHERE


@pytest.mark.parametrize("name", NAMES)
def test_a_password_stands_in_a_file_and_never_in_the_environment(name: str):
    service = services()[name]
    told = {key: str(value) for key, value in service.get("environment", {}).items() if TOLD_ELSEWHERE.search(key)}
    assert {key for key in told if not key.endswith("_FILE")} == set()
    mounted = {f"/run/secrets/{each}" for each in service.get("secrets", ())}
    said = set(re.findall(r"/run/secrets/[\w.]+", yaml.safe_dump(service)))
    assert said == mounted
    assert set(service.get("secrets", ())) <= set(compose()["secrets"])


@pytest.mark.parametrize("name", NAMES)
def test_who_reads_a_secret_owns_it(name: str):
    """PostgreSQL's own image reads its password as root, before it steps down."""
    service = services()[name]
    if "secrets" in service and not service["image"].startswith("postgres:"):
        assert service["user"].startswith("${MANDATE_USER:?")


def test_nothing_is_published_but_on_loopback():
    ports = [*chain.from_iterable(each.get("ports", ()) for each in services().values())]
    assert ports
    assert [each for each in ports if not each.startswith("127.0.0.1:")] == []


def test_what_is_mounted_is_there():
    volumes = [*chain.from_iterable(each.get("volumes", ()) for each in services().values())]
    sources = [each.partition(":")[0] for each in volumes]
    assert [each for each in sources if each.startswith(".") and not (DOCKER / each).is_file()] == []
    assert {each for each in sources if not each.startswith(".")} == set(compose()["volumes"])


def test_a_worker_has_the_time_that_it_takes_to_stop():
    grace = int(services()["worker"]["stop_grace_period"].removesuffix("s"))
    worker = (DOCKER.parent / "worker.py").read_text(encoding="utf-8")
    last_words = re.search(r"_LAST_WORDS: Final = timedelta\(seconds=(\d+)\)", worker)
    assert last_words is not None
    assert grace >= int(last_words[1]) + 10
