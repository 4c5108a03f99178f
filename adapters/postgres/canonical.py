"""Canonical bytes: the one form of a value that is stored, hashed and compared."""

from hashlib import sha256

import orjson
from pydantic import JsonValue

from domain.kernel.envelope import Envelope, check_subset

_OPTIONS = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_STRICT_INTEGER
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)


def canonical(value: JsonValue) -> bytes:
    """Write *value* as RFC 8785 does, which is its only form.

    Inside the subset that the kernel admits (no fractions, integers every reader keeps, keys in ASCII, no NUL) sorted
    keys are all that separates the two; outside of it they differ, so what lies outside is refused first.

    Raises:
        BadInput: Names the place that lies outside.
    """
    check_subset(value)
    return orjson.dumps(value, option=_OPTIONS)


def restored(body: bytes) -> dict[str, JsonValue]:
    """Read canonical bytes back."""
    return orjson.loads(body)


def digest_of(envelope: Envelope) -> bytes:
    """Hash what makes two commands the same command (32 bytes): everything as sent but the instant and the trail."""
    return sha256(canonical(envelope.as_sent())).digest()
