"""What a worker has counted, read from its page of figures."""

import asyncio
from collections.abc import Sequence
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from adapters.telemetry.gauges import GAUGES, Sample
from adapters.telemetry.settings import Address
from domain.kernel.errors import Unavailable

_PATIENCE_SECONDS: Final = 10.0
_COUNTED: Final = frozenset({"counter", "histogram"})
_LEFT_OUT: Final = ("_bucket", "_created")


async def counted_at(address: Address) -> Sequence[Sample]:
    """Give what the worker at *address* has counted since it started; the gauges are read where they are known.

    Raises:
        Unavailable: No worker serves its figures there.
    """
    from prometheus_client.parser import text_string_to_metric_families  # noqa: PLC0415 — wanted by few calls

    try:
        text = await asyncio.to_thread(_read, address)
    except (URLError, OSError) as error:
        raise Unavailable(f"figures at {address}: {error}") from error
    return [
        Sample(sample.name, sample.value, sample.labels)
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if family.type in _COUNTED and family.name not in GAUGES and not sample.name.endswith(_LEFT_OUT)
    ]


def _read(address: Address) -> str:
    with urlopen(f"http://{address}/metrics", timeout=_PATIENCE_SECONDS) as page:
        return page.read().decode()
