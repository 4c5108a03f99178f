"""A worker's page of figures, as Prometheus reads it."""

import asyncio
from collections.abc import Mapping
from urllib.request import urlopen

from prometheus_client.parser import text_string_to_metric_families

from adapters.telemetry.settings import Address

Series = Mapping[str, float]


async def text_of(address: Address) -> str:
    """Read the page."""
    return await asyncio.to_thread(_read, f"http://{address}/metrics")


def _read(url: str) -> str:
    with urlopen(url, timeout=20) as page:  # noqa: S310 — a page of our own
        return page.read().decode()


def figures(text: str, *names: str) -> Series:
    """Give the series of some names with their values, written `name{label="value"}`."""
    return {
        _series(sample.name, sample.labels): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name in names
    }


def _series(name: str, labels: Mapping[str, str]) -> str:
    said = ",".join(f'{key}="{value}"' for key, value in labels.items())
    return f"{name}{{{said}}}" if said else name
