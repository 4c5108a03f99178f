"""The error tree. One place where a failure gets its name.

MandateError
├── Refused          the rules say no: an answer, recorded, never retried
├── BadInput         not a command at all: what, where, what was expected; leaves nothing behind
├── StreamConflict   still stale after three fresh decisions: two writers on one stream
├── Unavailable      a server is away or restarting: try again
├── CorruptHistory   an unknown event, a broken chain: the case waits for a person
└── Undeclared       a decision read a fact it had not declared: a bug
"""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import JsonValue


class MandateError(Exception):
    """Something this house has a word for; survives pickling with its arguments."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), self.args, self.__dict__))


def _rebuild(kind: type[MandateError], args: tuple[Any, ...], fields: dict[str, Any]) -> MandateError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(fields)
    return error


class Refused(MandateError):
    """The rules say no. The sentence is rendered on the way out; here stand the code, the clause and the details.

    Attributes:
        code: `<process>.<reason>`, listed in docs/refusals.md.
        source: The clause that says no.
        details: Values the sentence needs (JSON).
    """

    def __init__(self, code: str, source: str, **details: JsonValue) -> None:
        super().__init__(code)
        self.code = code
        self.source = source
        self.details: dict[str, JsonValue] = details


class BadInput(MandateError):
    """Input that is no command: where it is wrong, what stands there, what was expected.

    Attributes:
        defect: The kind of mistake, where it has a name (`missing`, `int_type`): readers have words for it.
        details: Values those words need.
    """

    def __init__(
        self,
        where: str,
        what: str,
        expected: str,
        *,
        defect: str = "",
        details: Mapping[str, JsonValue] | None = None,
    ) -> None:
        super().__init__(f"{where}: {what}; expected {expected}")
        self.where = where
        self.what = what
        self.expected = expected
        self.defect = defect
        self.details: dict[str, JsonValue] = dict(details or {})

    def at(self, where: str) -> Self:
        """Say of the same mistake that it stands at another place."""
        return type(self)(where, self.what, self.expected, defect=self.defect, details=self.details)

    def under(self, prefix: str) -> Self:
        """Say in which larger input this one stood (`steps[3]`, a file's name)."""
        return self.at(f"{prefix}.{self.where}" if self.where else prefix)


class StreamConflict(MandateError):
    """A stream or a fact kept changing under three fresh decisions."""


class Unavailable(MandateError):
    """A server cannot be reached now; nothing is known of what it did."""


class CorruptHistory(MandateError):
    """What is stored cannot be what was written."""


class Undeclared(MandateError):
    """A decision read a fact that `needs` had not named."""
