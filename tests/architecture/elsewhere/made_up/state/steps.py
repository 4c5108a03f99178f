from domain.made_up.events import (
    Begun,
    Granted,
    HandedIn,
    HearingCalled,
    MadeUpEvent,
    Mended,
    MendingAsked,
    MendingLapsed,
    Noted,
    OpinionGiven,
    SentBack,
    Sorted,
    Withdrawn,
)
from domain.made_up.state.kinds import (
    Checking,
    Drafting,
    Dropped,
    Given,
    HandedOver,
    Hearing,
    MadeUpState,
    Mending,
    Nothing,
    Weighing,
)

from domain.kernel.errors import CorruptHistory
from domain.kernel.view import View


def evolve(state: MadeUpState, event: MadeUpEvent, _version: int) -> MadeUpState:
    if isinstance(event, Withdrawn) and isinstance(state, Drafting | Checking):
        return Dropped(begun=state.begun)
    if isinstance(state, Nothing | Drafting | HandedOver | Checking | Mending):
        return _while_asked(state, event)
    return _while_weighed(state, event)


def _while_asked(state: MadeUpState, event: MadeUpEvent) -> MadeUpState:
    match state, event:
        case Nothing(), Begun():
            return Drafting(begun=event)
        case Drafting(begun=begun), HandedIn():
            return HandedOver(begun=begun)
        case HandedOver(begun=begun), Sorted(kind="urgent"):
            return Hearing(begun=begun)
        case HandedOver(begun=begun), Sorted():
            return Checking(begun=begun)
        case Checking(), MendingAsked():
            return Mending(left=state, asked=event)
        case Mending(left=left), Mended():
            return left
        case Mending(left=left), MendingLapsed():
            return Dropped(begun=left.begun)
        case Checking(begun=begun), HearingCalled():
            return Hearing(begun=begun)
        case _:
            raise CorruptHistory(f"{event} in {state}")


def _while_weighed(state: MadeUpState, event: MadeUpEvent) -> MadeUpState:
    match state, event:
        case Hearing() as hearing, MendingAsked():
            return Mending(left=hearing, asked=event)
        case Hearing(notes=notes), Noted(what=what):
            return state.model_copy(update={"notes": (*notes, what)})
        case Hearing(), OpinionGiven():
            return Weighing(heard=state, opinion=event)
        case Weighing(heard=heard), SentBack():
            return Checking(begun=heard.begun)
        case Weighing(), Granted():
            return Given(weighed=state)
        case _:
            raise CorruptHistory(f"{event} in {state}")


def view(state: MadeUpState) -> View:
    return View(phase=state.phase, title="made up")
