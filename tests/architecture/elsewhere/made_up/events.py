from typing import Literal

from domain.kernel.messages import Event, Text, Vocabulary, Warned


class Begun(Event):
    what: Text


class HandedIn(Event):
    warnings: tuple[Warned, ...] = ()


class Sorted(Event):
    kind: Literal["plain", "urgent"]


class MendingAsked(Event):
    defects: tuple[str, ...]


class Mended(Event):
    pass


class MendingLapsed(Event):
    pass


class HearingCalled(Event):
    pass


class OpinionGiven(Event):
    view: str


class SentBack(Event):
    pass


class Noted(Event):
    what: Text


class Granted(Event):
    pass


class Withdrawn(Event):
    pass


MadeUpEvent = (
    Begun
    | HandedIn
    | Sorted
    | MendingAsked
    | Mended
    | MendingLapsed
    | HearingCalled
    | OpinionGiven
    | SentBack
    | Noted
    | Granted
    | Withdrawn
)
EVENTS = Vocabulary[MadeUpEvent](
    Begun,
    HandedIn,
    Sorted,
    MendingAsked,
    Mended,
    MendingLapsed,
    HearingCalled,
    OpinionGiven,
    SentBack,
    Noted,
    Granted,
    Withdrawn,
)
