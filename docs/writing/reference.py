"""The part of a process's page that is written from the code: phases, commands, refusals, limits."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from docs.reading.behaviour import WRONG_PHASE, Behaviour, StateClass, by_phase, grouped
from docs.reading.calls import ALL_OTHERS, Found, Named, Said, family
from docs.reading.clocks import BACKGROUND, Running, length, running
from docs.reading.refusals import Refusal, general, joined, written
from docs.writing.markdown import NOTHING, coded, lines, table
from docs.writing.shown import EN, ZH, name_of, passing
from domain.kernel.limits import LADDER_REMINDERS, LADDER_ROLES, LADDER_STEPS, SUPERVISOR
from domain.kernel.messages import Command
from domain.kernel.packs import Entry, Pack

_MANY: Final = 3
_DOINGS: Final = ("sets", "keeps", "lapses", "closes", "stops", "resumes")
_COMMANDS: Final = f"""\
A command is answered in the phases named here, and refused in every other (`{WRONG_PHASE}`, where no general guard
comes first); an arrow says where it can lead. What it can refuse stands beside what every command can meet:
{{guards}}."""
_REFUSALS: Final = """\
A code in italics warns where the value of the law that it rests on does not bind. The sentences stand on the page
of [refusals](../refusals.md)."""
_SILENT: Final = "No command was found that lets these events happen any more: {events}."
_LADDER: Final = """\
The owner of a limit is reminded {reminders} working days before the last day. A duty that is missed is declared missed
on the day after, and the owner's `{supervisor}` is told; it climbs {steps}. No phase changes by it."""


class Reference:
    """What the page of one process says of it."""

    def __init__(self, behaviour: Behaviour, packs: Iterable[Pack]) -> None:
        self._behaviour = behaviour
        self._packs = tuple(packs)
        self._name = behaviour.process.name
        self._clocks = running(behaviour)

    def whole(self) -> str:
        """Write everything, one table after the other."""
        guards = coded(each.reason for each in general())
        parts = {
            "Phases": self.phases(),
            "Commands": "\n\n".join((_COMMANDS.format(guards=guards), self.commands(), self._shared())),
            "Refusals by code": f"{_REFUSALS}\n\n{self.refusals()}",
            "Limits": f"{self.limits()}\n\n{self._ladder()}" if self._clocks else "No limit runs here.",
        }
        return "\n\n".join(f"## {title}\n\n{body}" for title, body in parts.items())

    def phases(self) -> str:
        """Write each phase: what it is called, its limits, where it leads."""
        behaviour, table_ = self._behaviour, self._behaviour.lifecycle
        ways = grouped(behaviour.moves)
        opening = lines(_way(target, ways[behaviour.start][target]) for target in ways.get(behaviour.start, {}))
        rows: list[tuple[str, ...]] = [("*before the first event*", NOTHING, NOTHING, opening)]
        for phase in table_.phases:
            leads = {target: moves for target, moves in ways.get(phase.name, {}).items() if target != phase.name}
            limits = coded(each.name for each in phase.limits)
            rows.append(
                (f"`{phase.name}`", self._called(phase.name), limits, lines(_way(*each) for each in leads.items()))
            )
        passed = by_phase(each for each in behaviour.states if each in behaviour.passed)
        rows += [(f"`{each}`", self._called(each), NOTHING, "*no case rests here*") for each in passed]
        rows += [(f"`{each}`", self._called(each), NOTHING, "**end**") for each in table_.ends_in]
        return table(("phase", "called", "limits", "leads to, by"), rows)

    def commands(self) -> str:
        """Write the guard table."""
        rows = [
            (
                lines((f"`{name}`", *self._words("command", name))),
                self._askers(kind),
                lines(self._where(name)),
                lines(self._does(name)),
                lines(self._refuses(name)),
            )
            for name, kind in self._behaviour.commands.items()
        ]
        return table(("command", "who may ask", "in", "what can follow", "refuses, by which clause"), rows)

    def refusals(self) -> str:
        """Write each refusal of the process, with the commands that meet it."""
        asked: dict[str, dict[str, None]] = defaultdict(dict)
        for (name, _), found in self._behaviour.found.items():
            for said in found.said:
                asked[said.code][name] = None
        met = [said for found in self._behaviour.found.values() for said in found.said]
        rows = [(self._code(each), written(each.clauses, self._packs), coded(asked[each.code])) for each in joined(met)]
        return table(("code", "clause", "met by"), rows) if rows else "None of its own."

    def limits(self) -> str:
        """Write each limit: its rule and length, who owns it, what is done with it, what comes when it passes."""
        rows = [
            (
                lines((f"`{clock.name}`", *self._words("deadline", clock.name))),
                lines(dict.fromkeys(entry.rule or "" for _, entry in clock.entries(self._packs))),
                lines(_in_pack(pack, entry) for pack, entry in clock.entries(self._packs)),
                f"`{clock.owner}`" if clock.owner else NOTHING,
                self._runs(clock),
                lines(f"{doing} {coded(commands)}" for doing, commands in _in_order(clock.done)),
                self._passes(clock),
            )
            for clock in self._clocks
        ]
        return table(("limit", "rule", "length, kind, clause", "owner", "runs in", "by", "when it passes"), rows)

    def _called(self, phase: str) -> str:
        return " ".join(self._words("phase", phase)) or NOTHING

    def _words(self, kind: str, code: str) -> tuple[str, ...]:
        name = name_of(kind, code, self._name)
        return tuple(dict.fromkeys(each for each in (name.zh, name.en) if each != code))

    def _askers(self, kind: type[Command]) -> str:
        asked = [f"`{role}` {ZH.label('role', role)}" for role in sorted(kind.asked_by)]
        others = [f"`{role}` {ZH.label('role', role)} *of another body*" for role in sorted(kind.asked_by_others)]
        return lines([*asked, *others])

    def _where(self, name: str) -> list[str]:
        """Say in which phases a command is answered, and where it can lead from each."""
        states = [each for each in self._behaviour.answered_in[name] if each not in self._behaviour.passed]
        lively = by_phase(each for each in states if self._does_something(name, each))
        quiet = [each for each in by_phase(states) if each not in lively]
        said = self._leads(name, lively)
        if {*lively, *quiet} < {each.name for each in self._behaviour.lifecycle.phases}:
            return [*said, *(f"`{each}` (nothing new)" for each in quiet)]
        if len(lively) > _MANY and not quiet and not any("→" in each for each in said):
            said = ["*every phase*"]
        return [*said, *(["*in any other, nothing new*"] if quiet else [])]

    def _does_something(self, name: str, state: StateClass) -> bool:
        found = self._found(name, state)
        return bool(found.events or found.limits)

    def _leads(self, name: str, phases: Iterable[str]) -> list[str]:
        """Write phases with where a command can lead from them; those that lead to the same stand together."""
        together: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for phase in phases:
            targets = [each.target for each in self._behaviour.moves if (each.source, each.command) == (phase, name)]
            left = tuple(each for each in dict.fromkeys(targets) if each != phase)
            together[left].append(f"`{phase}`" if phase and phase != self._behaviour.start else "*opens*")
        return [" · ".join(here) + (f" → {coded(left)}" if left else "") for left, here in together.items()]

    def _does(self, name: str) -> list[str]:
        """Say which events a command can emit, and what it does with limits."""
        found = [self._found(name, each) for each in self._behaviour.answered_in[name]]
        emitted = {event for each in found for event in each.events}
        said = [coded(event for event, kind in self._behaviour.events.items() if kind in emitted)] if emitted else []
        for doing in _DOINGS:
            limits = {_limit(limit) for each in found for done, limit in each.limits if done == doing}
            if limits:
                said.append(f"{doing} {', '.join(sorted(limits))}")
        return said

    def _refuses(self, name: str) -> list[str]:
        said = [each for state in self._behaviour.answered_in[name] for each in self._found(name, state).said]
        own = [each for each in _in_first_order(said) if each.code != f"{self._name}.{WRONG_PHASE}"]
        return [f"{self._code(each)} {written(each.clauses, self._packs, by_name=False)}" for each in own]

    def _found(self, name: str, state: StateClass) -> Found:
        return self._behaviour.found[name, state]

    def _code(self, refusal: Refusal) -> str:
        shown = refusal.reason if refusal.process == self._name else refusal.code
        return f"*`{shown}`*" if refusal.may_warn else f"`{shown}`"

    def _shared(self) -> str:
        every = self._behaviour.process.commands.by_name
        shared = [each for name, each in every.items() if name not in self._behaviour.commands]
        said = ", ".join(f"`{each.__name__}` (from {coded(sorted(each.asked_by))})" for each in shared)
        silent = _SILENT.format(events=coded(self._behaviour.unexplained)) if self._behaviour.unexplained else ""
        return f"Every process takes these, too: {said}. {silent}".strip()

    def _runs(self, clock: Running) -> str:
        where = ["*every phase*" if each == BACKGROUND else f"`{each}`" for each in clock.listed]
        still = [f"stands still in {coded(clock.stands_still_in)}"] if clock.stands_still_in else []
        still += [f"held by {coded(clock.held_by)}"] if clock.held_by else []
        return lines([*where, *still])

    def _passes(self, clock: Running) -> str:
        return {
            "sends": f"`{clock.then}`",
            "on_the_day": f"`{clock.then}`, on the day itself",
            "climbs": "`DeadlineMissed`, then the ladder",
            "missed": "`DeadlineMissed`",
            "kept": "kept in the answer that sets it",
        }[passing(clock, {entry.kind for _, entry in clock.entries(self._packs)})]

    def _ladder(self) -> str:
        """Say what reminders and ladder are, in the packs' own numbers."""
        held = {entry.name: entry.value for pack in self._packs for entry in pack.entries}
        steps = zip(LADDER_ROLES, _numbers(held.get(LADDER_STEPS.name)), strict=False)
        return _LADDER.format(
            reminders=" and ".join(str(each) for each in _numbers(held.get(LADDER_REMINDERS.name))),
            supervisor=SUPERVISOR,
            steps=" and ".join(f"to the `{role}` {days} working days after the last day" for role, days in steps),
        )


def _way(target: str, moves: Sequence[Any]) -> str:
    through = dict.fromkeys(each for move in moves for each in move.through)
    by = coded(dict.fromkeys(move.command for move in moves))
    return f"`{target}`{f' (through {coded(through)})' if through else ''}: {by}"


def _in_first_order(said: Iterable[Said]) -> list[Refusal]:
    """Join what is said of each code, in the order in which the rules stand."""
    listed = list(said)
    by_code = {each.code: each for each in joined(listed)}
    return [by_code[code] for code in dict.fromkeys(each.code for each in listed)]


def _in_order(done: Mapping[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    said = {
        "sets": "set by",
        "keeps": "kept by",
        "lapses": "lost by",
        "closes": "closed by",
        "stops": "stopped by",
        "resumes": "resumed by",
    }
    return [(said[doing], done[doing]) for doing in _DOINGS if doing in done]


def _limit(limit: Named) -> str:
    return "whatever else runs" if limit == ALL_OTHERS else f"`{family(limit)}`"


def _in_pack(pack: str, entry: Entry) -> str:
    days = f"from {entry.valid_from.isoformat()}" + (f" to {entry.valid_to.isoformat()}" if entry.valid_to else "")
    kind = EN.label("kind", entry.kind or "")
    return f"{length(entry)}, {kind}, {entry.source} (`{pack}`, {entry.grade}, {days})"


def _numbers(value: object) -> list[Any]:
    return [*value] if isinstance(value, list) else []
