"""The example values for the published chart say what the compose file says."""

from typing import Any

import pytest
import yaml

from tests.deployment.deployed import DOCKER, services

VALUES: Any = yaml.safe_load((DOCKER / "helm-values.yaml").read_text(encoding="utf-8"))
PERSISTENCE: Any = VALUES["server"]["config"]["persistence"]


def test_its_images_are_those_of_the_compose_file():
    parts = ("temporal", "temporal-schema", "temporal-ui")
    tags = {name: services()[name]["image"].rpartition(":")[2] for name in parts}
    assert VALUES["server"]["image"]["tag"] == tags["temporal"]
    assert VALUES["admintools"]["image"]["tag"] == tags["temporal-schema"]
    assert VALUES["web"]["image"]["tag"] == tags["temporal-ui"]


def test_the_server_is_set_up_alike():
    told = services()["temporal"]["environment"]
    assert PERSISTENCE["numHistoryShards"] == int(told["NUM_HISTORY_SHARDS"])
    dynamic = yaml.safe_load((DOCKER / "temporal" / "dynamic.yaml").read_text(encoding="utf-8"))
    assert VALUES["server"]["dynamicConfig"] == dynamic
    assert [each["name"] for each in VALUES["server"]["config"]["namespaces"]["namespace"]] == [
        services()["worker"]["environment"]["TEMPORAL_NAMESPACE"]
    ]


@pytest.mark.parametrize("store", ["default", "visibility"])
def test_a_password_is_a_secret_of_the_cluster(store: str):
    sql = PERSISTENCE["datastores"][store]["sql"]
    assert sql["existingSecret"]
    assert sql["secretKey"] == "password"
    assert "password" not in sql
