"""A process: typed inside, names and JSON outside. Here a command meets a case and becomes an answer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from pydantic import JsonValue

from domain.kernel import limits
from domain.kernel.access import role_in_case
from domain.kernel.clock_events import CLOCK_COMMANDS, CLOCK_EVENTS, ClockCommand, ClockEvent
from domain.kernel.clocks import Clocks
from domain.kernel.decision import Answer, Case, Decision, Events, Outcome, Refusal
from domain.kernel.directory import SeatsOf
from domain.kernel.envelope import Envelope
from domain.kernel.errors import CorruptHistory, Refused
from domain.kernel.facts import Days, Facts, Known, Need
from domain.kernel.lists import CalendarInForce, PacksInForce
from domain.kernel.messages import Asked, Command, Event, State, Vocabulary, Warned, body_of, shanghai_date
from domain.kernel.policy import Law, Pack
from domain.kernel.set_aside import SET_ASIDE_SOURCE, SetCommandAside
from domain.kernel.view import View

C = TypeVar("C", bound=Command)
E = TypeVar("E", bound=Event)
S = TypeVar("S", bound=State)


class Process(Generic[C, E, S]):
    """One process of the law, registered once in `domain/processes.py`.

    Args:
        name: Its folder's and its workflow's name.
        prefix: What its stream ids begin with.
        initial: The state before the first event.
        opens_with: The commands that may open a case.
        needs: Which facts a command reads in a state; pure.
        decide: Events, nothing new, or `Refused`; pure.
        evolve: The state after one event, which has that version; never refuses.
        view: What others see of a state.
        days: The days on which the law is read for a command; the day of the act where it is left out.
    """

    def __init__(
        self,
        *,
        name: str,
        prefix: str,
        initial: S,
        opens_with: tuple[type[C], ...],
        commands: Vocabulary[C],
        events: Vocabulary[E],
        states: Vocabulary[S],
        needs: Callable[[C, S], tuple[Need[Any], ...]],
        decide: Callable[[C, S, Facts], Events],
        evolve: Callable[[S, E, int], S],
        view: Callable[[S], View],
        days: Callable[[C, S, Asked], Days] | None = None,
    ) -> None:
        self.name = name
        self.prefix = prefix
        self.initial = initial
        self.opens_with = frozenset(each.__name__ for each in opens_with)
        house = cast("Vocabulary[Command]", CLOCK_COMMANDS) + Vocabulary[Command](SetCommandAside)
        self.commands = cast("Vocabulary[Command]", commands) + house
        self.events = cast("Vocabulary[Event]", events) + cast("Vocabulary[Event]", CLOCK_EVENTS)
        self.states = states
        self.view = view
        self._needs = needs
        self._decide = decide
        self._evolve = evolve
        self._days = days

    @property
    def decider(self) -> Callable[[C, S, Facts], Events]:
        """The process's own rules without the guards that stand before them, for whoever describes them."""
        return self._decide

    def begin(self, tenant: str, case_id: str) -> Case[S]:
        """Give the case before its first event."""
        return Case(tenant, case_id, 0, self.initial, Clocks())

    def only_begins(self, kind: str) -> bool:
        """Say whether a command can be nothing but the first of its case."""
        return kind in self.opens_with and not self.commands.by_name[kind].continues

    def needs(self, envelope: Envelope, case: Case[S]) -> tuple[Need[Any], ...]:
        """Name every fact the decision may read: what every command needs, and what this one does.

        Raises:
            BadInput: The body is no command of this process.
        """
        command = self.commands.read(envelope.kind, envelope.body)
        general: tuple[Need[Any], ...] = (PacksInForce(), CalendarInForce())
        if envelope.who.machine is None:
            general = (*general, SeatsOf(envelope.who.person))
        if isinstance(command, ClockCommand | SetCommandAside):
            return general
        return (*general, *self._needs(cast("C", command), case.state))

    def decide(self, envelope: Envelope, decided_at: datetime, case: Case[S], known: Known) -> Decision[S]:
        """Take the decision: pure, so that it can be taken again from what was kept.

        Raises:
            BadInput: The body is no command of this process.
            Undeclared: The decision read a fact `needs` had not named.
        """
        command = self.commands.read(envelope.kind, envelope.body)
        asked = _asked(envelope, decided_at, case.id)
        try:
            asked = self._general_guards(type(command), envelope, asked, case, known)
            events = self._answer(command, asked, case, known)
        except Refused as refused:
            return self._refusal(case, asked, refused, known)
        after = self.fold(case, events)
        if case.version == 0 and events:
            after = replace(after, correlation_id=envelope.correlation_id or case.id)
        answer = Answer(
            outcome="recorded" if events else "nothing_new",
            version=after.version,
            phase=after.state.phase,
            events=tuple(type(each).__name__ for each in events),
            warnings=tuple(warned for each in events for warned in _warnings(each)),
            deadlines=after.clocks.running(),
        )
        return Decision(
            case, after, asked, answer, events, known.versions, _policy_version(known), self.view(after.state)
        )

    def grant_set_aside(self, by: Envelope, decided_at: datetime, case: Case[S], known: Known) -> Decision[S]:
        """Decide whether who sent *by* may set aside the command this case is stuck on; nothing in the case changes.

        Args:
            known: The facts that `needs` names for *by*.
        """
        asked = _asked(by, decided_at, case.id)
        try:
            asked = self._in_role(SetCommandAside, by, asked, case, known)
        except Refused as refused:
            return self._refusal(case, asked, refused, known)
        return self._unchanged(case, asked, known, "recorded")

    def set_aside(
        self, stuck: Envelope, by: Envelope, decided_at: datetime, case: Case[S], known: Known
    ) -> Decision[S]:
        """Refuse *stuck* without deciding it, because an operator was granted to set it aside."""
        refused = Refused(f"{self.name}.set_aside", SET_ASIDE_SOURCE, by=by.who.person, command_id=by.id)
        return self._refusal(case, _asked(stuck, decided_at, case.id), refused, known)

    def fold(self, case: Case[S], events: Events) -> Case[S]:
        """Let events happen to a case; in parts or at once, the result is the same."""
        for event in events:
            version = case.version + 1
            if isinstance(event, ClockEvent):
                case = replace(case, version=version, clocks=case.clocks.evolve(event, version))
            else:
                state = self._evolve(case.state, cast("E", event), version)
                case = replace(case, version=version, state=state, material_version=version)
        return case

    def to_snapshot(self, case: Case[S]) -> dict[str, JsonValue]:
        """Give the case as JSON, to be read back by `from_snapshot`."""
        return {
            "state": {"type": type(case.state).__name__, "data": body_of(case.state)},
            "clocks": body_of(case.clocks),
            "material_version": case.material_version,
            "correlation_id": case.correlation_id,
        }

    def from_snapshot(self, tenant: str, case_id: str, version: int, snapshot: Mapping[str, Any]) -> Case[S]:
        """Read a case back.

        Raises:
            CorruptHistory: The form is not one this code knows; the caller folds the events instead.
        """
        try:
            state = self.states.restore(snapshot["state"]["type"], snapshot["state"]["data"])
            clocks = Clocks.restore(snapshot["clocks"])
            material, correlation = snapshot["material_version"], snapshot["correlation_id"]
        except KeyError as error:
            raise CorruptHistory(f"{case_id}: a snapshot without {error}") from None
        return Case(tenant, case_id, version, state, clocks, material, correlation)

    def _general_guards(
        self, command: type[Command], envelope: Envelope, asked: Asked, case: Case[S], known: Known
    ) -> Asked:
        source = "DESIGN §2"
        if case.state.is_end:
            raise Refused(f"{self.name}.case_closed", source, phase=case.state.phase)
        if case.version == 0 and command.__name__ not in self.opens_with:
            raise Refused(f"{self.name}.not_opened", source, command=command.__name__)
        if case.version > 0 and self.only_begins(command.__name__):
            raise Refused(f"{self.name}.already_opened", source, command=command.__name__)
        if asked.on > asked.received_on:
            raise Refused(f"{self.name}.act_in_future", source, on=asked.on.isoformat())
        if asked.on < asked.received_on and asked.evidence is None:
            raise Refused(f"{self.name}.earlier_day_without_evidence", source, on=asked.on.isoformat())
        asked = self._in_role(command, envelope, asked, case, known)
        # A reminder or a miss makes nothing void that was prepared before it; a version still to come, nobody has seen.
        if asked.seen_version is not None and not case.material_version <= asked.seen_version <= case.version:
            raise Refused(f"{self.name}.changed_since_seen", source, seen=asked.seen_version, now=case.version)
        return asked

    def _in_role(self, command: type[Command], envelope: Envelope, asked: Asked, case: Case[S], known: Known) -> Asked:
        who, view = envelope.who, self.view(case.state)
        seats = () if who.machine else cast("tuple[Any, ...]", known.values[SeatsOf(who.person)])
        role, organisation = role_in_case(self.name, command, who, seats=seats, view=view, on=asked.on)
        return asked.model_copy(update={"role": role, "organisation": organisation})

    def _answer(self, command: Command, asked: Asked, case: Case[S], known: Known) -> Events:
        if isinstance(command, SetCommandAside):
            raise Refused(f"{self.name}.nothing_to_set_aside", SET_ASIDE_SOURCE, command_id=command.command)
        days = Days.all_on(asked.on)
        if self._days is not None and not isinstance(command, ClockCommand):
            days = self._days(cast("C", command), case.state, asked)
        units = frozenset(party.organisation for party in self.view(case.state).parties)
        packs = (pack for pack in cast("tuple[Pack, ...]", known.values[PacksInForce()]) if pack.governs(units))
        law = Law(packs, days)
        facts = Facts(asked, law, cast("Any", known.values[CalendarInForce()]), case.clocks, known, case.version)
        if isinstance(command, ClockCommand):
            return limits.decide(command, facts)
        return self._decide(cast("C", command), case.state, facts)

    def _refusal(self, case: Case[S], asked: Asked, refused: Refused, known: Known) -> Decision[S]:
        refusal = Refusal(code=refused.code, source=refused.source, details=refused.details)
        return self._unchanged(case, asked, known, "refused", refusal)

    def _unchanged(
        self, case: Case[S], asked: Asked, known: Known, outcome: Outcome, refusal: Refusal | None = None
    ) -> Decision[S]:
        phase, deadlines = case.state.phase, case.clocks.running()
        answer = Answer(outcome=outcome, version=case.version, phase=phase, refusal=refusal, deadlines=deadlines)
        view = self.view(case.state)
        return Decision(case, case, asked, answer, (), known.versions, _policy_version(known), view)


def _policy_version(known: Known) -> str:
    packs = cast("tuple[Any, ...]", known.values[PacksInForce()])
    return "+".join(f"{pack.name}@{pack.digest[:12]}" for pack in packs)


def _asked(envelope: Envelope, decided_at: datetime, case_id: str) -> Asked:
    return Asked(
        tenant=envelope.tenant,
        case=case_id,
        command_id=envelope.id,
        person=envelope.who.person,
        role="",
        on_behalf_of=envelope.who.on_behalf_of,
        on=envelope.on or shanghai_date(envelope.received_at),
        evidence=envelope.evidence,
        received_at=envelope.received_at,
        decided_at=decided_at,
        seen_version=envelope.seen_version,
    )


def _warnings(event: Event) -> tuple[Warned, ...]:
    return cast("tuple[Warned, ...]", getattr(event, "warnings", ()))
