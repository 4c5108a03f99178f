from typing import ClassVar

from domain.made_up.events import Begun, MendingAsked, OpinionGiven

from domain.kernel.messages import State, Vocabulary


class Nothing(State):
    phase: ClassVar[str] = "new"


class Drafting(State):
    phase: ClassVar[str] = "drafting"
    begun: Begun


class HandedOver(State):
    phase: ClassVar[str] = "handed_over"
    begun: Begun


class Checking(State):
    phase: ClassVar[str] = "checking"
    begun: Begun


class Hearing(State):
    phase: ClassVar[str] = "hearing"
    begun: Begun
    notes: tuple[str, ...] = ()


class Mending(State):
    phase: ClassVar[str] = "mending"
    left: Checking | Hearing
    asked: MendingAsked


class Weighing(State):
    phase: ClassVar[str] = "weighing"
    heard: Hearing
    opinion: OpinionGiven


class Given(State):
    phase: ClassVar[str] = "given"
    is_end: ClassVar[bool] = True
    weighed: Weighing


class Dropped(State):
    phase: ClassVar[str] = "dropped"
    is_end: ClassVar[bool] = True
    begun: Begun


MadeUpState = Nothing | Drafting | HandedOver | Checking | Hearing | Mending | Weighing | Given | Dropped
STATES = Vocabulary[MadeUpState](Nothing, Drafting, HandedOver, Checking, Hearing, Mending, Weighing, Given, Dropped)
