"""How an event names what it rests on."""

from domain.kernel.messages import Code, Record


class EntryCited(Record):
    """An entry of one version of a list."""

    list_name: Code
    version: int
    entry: Code


class EventCited(Record):
    """An event of this case, by its version and type."""

    version: int
    type: Code
