"""The time limits of a process: what the table says of each, what the deciders do with it, and what the packs say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from docs.reading.behaviour import Behaviour
from docs.reading.calls import ALL_OTHERS, Dated, Doing, family
from domain.kernel.lifecycle import Limit
from domain.kernel.limits import LimitRule
from domain.kernel.packs import Entry, Pack
from domain.kernel.periods import Period

BACKGROUND: Final = ""
"""Stands for every phase, where a limit runs whatever the phase is."""


@dataclass(frozen=True)
class Running:
    """A limit.

    Attributes:
        listed: The phases in whose row of the table it stands, each with what the table says there.
        rule: What a decider sets it by; a `Dated` where the case names the day itself.
        stands_still_in: Phases during which it does not run.
        done: The commands that set it, keep it …
    """

    name: str
    listed: Mapping[str, Limit]
    rule: LimitRule | Dated | None
    stands_still_in: tuple[str, ...]
    done: Mapping[Doing, tuple[str, ...]]

    @property
    def owner(self) -> str:
        """The role that must act."""
        if self.rule is not None:
            return self.rule.owner
        return next((each.owner for each in self.listed.values()), "")

    @property
    def then(self) -> str:
        """What the schedule sends when it passes; empty where it is declared missed."""
        sent = (each.on_the_day or each.then for each in self.listed.values())
        return next((each.__name__ for each in sent if each is not None), "")

    @property
    def held_by(self) -> tuple[str, ...]:
        """What lets it stand still while the case stays in its phase."""
        held = (each.held_by for each in self.listed.values())
        return tuple(dict.fromkeys(each.__name__ for each in held if each is not None))

    @property
    def rings_on_the_day(self) -> bool:
        """Whether that is sent when the day begins, and not when it is over."""
        return any(each.on_the_day is not None for each in self.listed.values())

    @property
    def is_kept_at_once(self) -> bool:
        """Whether every command that sets it keeps it, too: it is only put on record, with how its day was found."""
        return "sets" in self.done and set(self.done["sets"]) <= set(self.done.get("keeps", ()))

    def entries(self, packs: Iterable[Pack]) -> tuple[tuple[str, Entry], ...]:
        """Give what each pack says of it, the packs that stand on nothing first."""
        ordered = sorted(packs, key=lambda each: (len(each.stands_on), each.name))
        said = ((pack.name, entry) for pack in ordered for entry in pack.entries)
        return tuple((pack, entry) for pack, entry in said if self._is_meant(entry))

    def _is_meant(self, entry: Entry) -> bool:
        return entry.name == self.rule.parameter.name if isinstance(self.rule, LimitRule) else entry.limit == self.name


def running(behaviour: Behaviour) -> tuple[Running, ...]:
    """Give every limit that stands in the table or is set by a decider, the table's first."""
    table, rules, done = _listed(behaviour), _rules(behaviour), _done(behaviour)
    still = _still(behaviour, done)
    names = dict.fromkeys([*table, *rules, *(name for name in done if "sets" in done[name])])
    return tuple(
        Running(name, table.get(name, {}), rules.get(name), tuple(still[name]), done.get(name, {})) for name in names
    )


def _still(behaviour: Behaviour, done: Mapping[str, Mapping[Doing, tuple[str, ...]]]) -> Mapping[str, dict[str, None]]:
    """Give the phases in which a limit stands still: those the table names that a command leads to which stops it."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for phase in behaviour.lifecycle.phases:
        for limit in phase.limits:
            stopping = set(done.get(limit.name, {}).get("stops", ()))
            leading = {each.target for each in behaviour.moves if each.command in stopping}
            found[limit.name].update(dict.fromkeys(each for each in phase.stops_for if each in leading))
    return found


def length(entry: Entry) -> str:
    """Write how long a deadline of a pack is: `5 wd`, `at least 15 d`, `30 wd back`."""
    period = Period.model_validate(entry.value, strict=False)
    return ("≥ " if period.at_least else "") + str(period) + (" back" if period.counts_back else "")


def _listed(behaviour: Behaviour) -> dict[str, dict[str, Limit]]:
    found: dict[str, dict[str, Limit]] = defaultdict(dict)
    for phase in behaviour.lifecycle.phases:
        for limit in phase.limits:
            found[limit.name][phase.name] = limit
    for limit in behaviour.lifecycle.background:
        found[limit.name][BACKGROUND] = limit
    return found


def _rules(behaviour: Behaviour) -> dict[str, LimitRule | Dated]:
    held = {rule for found in behaviour.found.values() for _, rule in found.limits if not isinstance(rule, str)}
    return {family(rule): rule for rule in sorted(held, key=lambda each: (each.name, each.owner))}


def _done(behaviour: Behaviour) -> dict[str, dict[Doing, tuple[str, ...]]]:
    found: dict[str, dict[Doing, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for (command, _), heard in behaviour.found.items():
        for doing, limit in heard.limits:
            name = family(limit)
            if name != ALL_OTHERS:
                found[name][doing][command] = None
    # A set has no order that lasts from one run to the next.
    return {
        name: {doing: tuple(sorted(commands)) for doing, commands in sorted(doings.items())}
        for name, doings in found.items()
    }
