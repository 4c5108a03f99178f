"""A process as its picture shows it, in both languages."""

from collections.abc import Iterable, Mapping
from typing import Final

from docs.reading.behaviour import Behaviour, Move, grouped
from docs.reading.clocks import BACKGROUND, Running, length, running
from docs.writing.diagram import Asking, ClockShown, Diagram, Exit, Name, Passing, Row, Sender
from domain.kernel.envelope import LINKED_CASE, SCHEDULE
from domain.kernel.packs import Pack
from starter.words import Words

ZH: Final = Words("zh")
EN: Final = Words("en")


def name_of(kind: str, code: str, process: str) -> Name:
    """Give what a thing of the domain is called in both languages."""
    return Name(code, ZH.label(kind, code, process), EN.label(kind, code, process))


def diagram(behaviour: Behaviour, packs: Iterable[Pack]) -> Diagram:
    """Make the picture's content, the phases in the order of the table."""
    clocks, packs = running(behaviour), tuple(packs)
    process, table = behaviour.process.name, behaviour.lifecycle
    ways = grouped(behaviour.moves)
    order = [*(each.name for each in table.phases), *table.ends_in]
    return Diagram(
        title=name_of("process", process, process),
        opening=_exits(behaviour, ways.get(behaviour.start, {}), order, behaviour.start),
        rows=tuple(
            Row(
                name_of("phase", phase.name, process),
                tuple(_clock(each, process, packs) for each in clocks if phase.name in each.listed),
                _exits(behaviour, ways.get(phase.name, {}), order, phase.name),
                tuple(_asking(behaviour, each) for each in _staying(behaviour, phase.name)),
            )
            for phase in table.phases
        ),
        ends=tuple(name_of("phase", each, process) for each in table.ends_in),
        background=tuple(_clock(each, process, packs) for each in clocks if BACKGROUND in each.listed),
    )


def _exits(
    behaviour: Behaviour, targets: Mapping[str, tuple[Move, ...]], order: list[str], source: str
) -> tuple[Exit, ...]:
    """Give the ways out of a phase: first to the next one, then to others in the table's order, then to the ends."""
    place = order.index(source) + 1 if source in order else 0
    after = [*order[place:], *order[:place]]
    ends = behaviour.lifecycle.ends_in
    left = [target for target in targets if target != source]
    left.sort(key=lambda each: (each in ends, after.index(each) if each in after else len(after)))
    process = behaviour.process.name
    return tuple(
        Exit(
            name_of("phase", target, process),
            tuple(_asking(behaviour, each) for each in dict.fromkeys(move.command for move in targets[target])),
            tuple(
                name_of("phase", each, process)
                for each in dict.fromkeys(each for move in targets[target] for each in move.through)
            ),
        )
        for target in left
    )


def _staying(behaviour: Behaviour, phase: str) -> tuple[str, ...]:
    """Give the commands that are answered in a phase and leave the case there."""
    return tuple(dict.fromkeys(each.command for each in behaviour.moves if each.source == phase == each.target))


def _asking(behaviour: Behaviour, command: str) -> Asking:
    roles = behaviour.commands[command].asked_by | behaviour.commands[command].asked_by_others
    senders: dict[str, Sender] = {SCHEDULE: "schedule", LINKED_CASE: "linked_case"}
    sender = senders.get(next(iter(roles)), "person") if len(roles) == 1 else "person"
    return Asking(name_of("command", command, behaviour.process.name), sender)


def passing(clock: Running, kinds: Iterable[str | None]) -> Passing:
    """Say what comes when a limit passes; a miss climbs where the packs call the limit a duty."""
    if clock.then:
        return "on_the_day" if clock.rings_on_the_day else "sends"
    if clock.is_kept_at_once:
        return "kept"
    return "climbs" if "duty" in kinds else "missed"


def _clock(clock: Running, process: str, packs: tuple[Pack, ...]) -> ClockShown:
    said = clock.entries(packs)
    first = said[0][1] if said else None
    return ClockShown(
        name=name_of("deadline", clock.name, process),
        rule=(first.rule or "") if first else "",
        length=length(first) if first else "",
        passing=passing(clock, {each.kind for _, each in said}),
        then=clock.then,
        stands_still_in=tuple(name_of("phase", each, process) for each in clock.stands_still_in),
    )
