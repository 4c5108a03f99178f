"""One link of the hash chain that makes a record provable."""

from hashlib import sha256

GENESIS = bytes(32)
"""What stands before the first link."""


def link(previous: bytes, body: bytes) -> bytes:
    """Hash the canonical *body* (the bytes that are stored) onto the 32 bytes of *previous*."""
    return sha256(previous + body).digest()
