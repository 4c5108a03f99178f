"""The smallest process that reads what others ask of an organisation, and uses something up for good."""

from typing import Any, ClassVar

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.envelope import SCHEDULE
from domain.kernel.errors import Refused
from domain.kernel.facts import BurdenOf, CasesHolding, Facts, Need, burden_key
from domain.kernel.messages import Code, Command, Event, State, Vocabulary
from domain.kernel.process import Process
from domain.kernel.view import View

CAPACITY = 100
"""Hours a month that all carriers may ask of one organisation together."""


class Carry(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})
    continues: ClassVar[bool] = True
    organisation: Code
    hours: int


class Use(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})
    voucher: Code


class Close(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})


class Carried(Event):
    organisation: Code
    hours: int
    beside: int


class Used(Event):
    voucher: Code


class Closed(Event):
    pass


class Empty(State):
    phase: ClassVar[str] = "empty"


class Carrying(State):
    phase: ClassVar[str] = "carrying"
    organisation: Code
    hours: int
    vouchers: tuple[Code, ...] = ()


class Over(State):
    phase: ClassVar[str] = "over"
    is_end: ClassVar[bool] = True
    vouchers: tuple[Code, ...]


def _voucher(voucher: str) -> CasesHolding:
    return CasesHolding(f"voucher:health:{voucher}")


def _needs(command: Command, _state: State) -> tuple[Need[Any], ...]:
    match command:
        case Carry(organisation=organisation):
            return (BurdenOf(organisation),)
        case Use(voucher=voucher):
            return (_voucher(voucher),)
        case _:
            return ()


def _decide(command: Command, state: State, facts: Facts) -> Events:
    match command, state:
        case Carry(organisation=organisation, hours=hours), _:
            beside = facts[BurdenOf(organisation)]
            if beside.hours_a_month + hours > CAPACITY:
                carried = {"carried": beside.hours_a_month, "cases": [*beside.cases]}
                raise Refused("carrier.over_capacity", "no law", **carried)
            return (Carried(organisation=organisation, hours=hours, beside=beside.hours_a_month),)
        case Use(voucher=voucher), Carrying(vouchers=vouchers):
            if voucher in vouchers:
                return NOTHING_NEW
            if facts[_voucher(voucher)]:
                raise Refused("carrier.voucher_used", "no law", cases=[*facts[_voucher(voucher)]])
            return (Used(voucher=voucher),)
        case _:
            return (Closed(),)


def _evolve(state: State, event: Event, _version: int) -> State:
    match state, event:
        case _, Carried(organisation=organisation, hours=hours):
            return Carrying(organisation=organisation, hours=hours, vouchers=getattr(state, "vouchers", ()))
        case Carrying(vouchers=vouchers), Used(voucher=voucher):
            return state.model_copy(update={"vouchers": (*vouchers, voucher)})
        case _:
            return Over(vouchers=getattr(state, "vouchers", ()))


def _view(state: State) -> View:
    used_up = tuple(_voucher(each).key for each in getattr(state, "vouchers", ()))
    if not isinstance(state, Carrying):
        return View(phase=state.phase, title="carrier", used_up=used_up)
    keys = (burden_key(state.organisation),)
    return View(phase=state.phase, title="carrier", keys=keys, used_up=used_up, burden_hours=state.hours)


CARRIER: Process[Any, Any, Any] = Process(
    name="carrier",
    prefix="carrier",
    initial=Empty(),
    opens_with=(Carry,),
    commands=Vocabulary[Command](Carry, Use, Close),
    events=Vocabulary[Event](Carried, Used, Closed),
    states=Vocabulary[State](Empty, Carrying, Over),
    needs=_needs,
    decide=_decide,
    evolve=_evolve,
    view=_view,
)
