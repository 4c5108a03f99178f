"""The files of `docker/` as a program reads them."""

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DOCKER = ROOT / "docker"
ONE_TAG = re.compile(r"^[a-z./-]+:\d+\.\d+(\.\d+)?[a-z0-9.-]*$")
"""An image with a tag that means one version."""


@cache
def compose() -> dict[str, Any]:
    return yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))


def services() -> dict[str, Any]:
    return compose()["services"]


def is_ours(service: dict[str, Any]) -> bool:
    return "build" in service


def ends(service: dict[str, Any]) -> bool:
    """Tell whether a service does one thing and is gone."""
    return str(service.get("restart", "")).startswith("on-failure") or "profiles" in service


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def image_steps() -> list[tuple[str, str]]:
    """Give the steps of the Dockerfile: instruction, what follows it."""
    lines = (DOCKER / "Dockerfile").read_text(encoding="utf-8").splitlines()
    found = [line.partition(" ") for line in lines if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in found]


def start_command() -> list[str]:
    """Give the words with which a container of our image starts."""
    return json.loads(next(rest for word, rest in image_steps() if word == "CMD"))


def copied() -> list[str]:
    """Give what the image takes from this folder."""
    rests = [rest.split() for word, rest in image_steps() if word == "COPY"]
    return [each for words in rests if not words[0].startswith("--from") for each in words[:-1]]
