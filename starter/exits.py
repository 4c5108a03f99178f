"""How a command of the line ends; other programs are written against these numbers."""

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of the contract."""

    DONE = 0
    """Done, or already so."""
    REFUSED = 1
    """The rules say no: code, a sentence, the clause."""
    BAD_INPUT = 2
    """What, where, what was expected."""
    UNAVAILABLE = 3
    """Something needed is not running or cannot be reached, and nothing was accepted."""
    ACCEPTED = 4
    """Accepted and durable, not yet decided."""
    PROOF_FAILED = 5
    """The record is not what it was."""
    BUG = 70
    """A bug: an id to quote."""
