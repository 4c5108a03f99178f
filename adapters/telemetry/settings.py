"""What the environment says of figures and traces; where it says nothing there are none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from domain.kernel.errors import BadInput

METRICS: Final = "MANDATE_METRICS"
"""Where the worker serves its page of figures."""
TEMPORAL_METRICS: Final = "MANDATE_TEMPORAL_METRICS"
"""Where the SDK serves its own."""
_COLLECTORS: Final = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_LAST_PORT: Final = 65535


@dataclass(frozen=True, slots=True)
class Address:
    """Where something listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @classmethod
    def named_by(cls, setting: str, environment: Mapping[str, str]) -> Self | None:
        """Read a setting of the form `127.0.0.1:9464`; an empty one is none.

        Raises:
            BadInput: It has another form.
        """
        words = environment.get(setting) or ""
        if not words:
            return None
        host, _, port = words.rpartition(":")
        if not host or not port.isdecimal() or int(port) > _LAST_PORT:
            raise BadInput(setting, repr(words), "an address and a port, as in 127.0.0.1:9464")
        return cls(host.strip("[]"), int(port))


def is_traced(environment: Mapping[str, str]) -> bool:
    """Say whether the environment names a collector of traces."""
    return any(environment.get(name) for name in _COLLECTORS)
