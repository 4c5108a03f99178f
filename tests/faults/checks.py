"""What must be true after a run, by the store and by what callers were told. Each check gives what is not so."""

from collections import Counter
from collections.abc import Iterator, Mapping

from audit.ports import EventRow
from audit.replay import body_from, folded
from domain.kernel.ledger import Account, may_stand
from domain.list_management.state.stages import InForce, Published, Standing, ToBeChanged
from domain.processes import PROCESSES
from starter.client import ENGINE_PREFIX
from starter.demo import COMPARED
from starter.scripts import compare, found_in_answer
from tests.faults.kept import LINK_PREFIX, Kept, Told
from tests.faults.notes import Asked


def check_answers(asked: Mapping[str, Asked], kept: Kept) -> Iterator[str]:
    """What was acknowledged is recorded, once; everybody was told the same, and what the script expects."""
    for command_id, each in asked.items():
        case = each.ask.case
        recorded = [told for told in kept.commands.get(case, ()) if told.id == command_id]
        if len(recorded) != 1:
            yield f"{case}: {command_id} was acknowledged and is recorded {len(recorded)} times"
            continue
        answer = recorded[0].answer
        for told in each.answers:
            if told != answer:
                said = f"{told.outcome}@{told.version}"
                yield f"{case}: {command_id} was told {said}, and is {answer.outcome}@{answer.version}"
        if not each.answers:
            yield f"{case}: {command_id} was accepted, and nobody was told the answer"
        expected = {key: value for key, value in each.expect.items() if key in COMPARED}
        for differing in compare(expected, found_in_answer(answer)):
            yield f"{case}: {command_id}: {differing.what} is {differing.found}, not {differing.expected}"


def check_once(asked: Mapping[str, Asked], kept: Kept) -> Iterator[str]:
    """Each id is in one place, and nobody's command is there but a caller's, a limit's, or another case's."""
    places = Counter(told.id for commands in kept.commands.values() for told in commands if _is_a_callers(told))
    for command_id, times in places.items():
        if times != 1:
            yield f"{command_id} is recorded in {times} cases"
        if command_id not in asked:
            yield f"{command_id} is recorded, and nobody sent it"


def check_numbers(kept: Kept) -> Iterator[str]:
    """Versions and commands are counted without gaps, and every event is one that an answer names."""
    for head in kept.heads:
        events, commands = kept.events.get(head.stream, ()), kept.commands.get(head.stream, ())
        if [each.version for each in events] != list(range(1, head.version + 1)):
            yield f"{head.stream}: versions are not 1 to {head.version}"
        if [each.number for each in commands] != list(range(1, head.command_count + 1)):
            yield f"{head.stream}: commands are not counted 1 to {head.command_count}"
        named = [name for told in commands for name in told.answer.events]
        if [each.type for each in events] != named:
            yield f"{head.stream}: holds {len(events)} events, and its answers name {len(named)}"


def check_follow_ups(kept: Kept) -> Iterator[str]:
    """What an event asks of others is done, once: a notice is served, another case has its command."""
    ids = {(stream, told.id) for stream, commands in kept.commands.items() for told in commands}
    served: dict[str, str] = {}
    sent: set[str] = set()
    for stream, commands in kept.commands.items():
        for told in commands:
            for name, follow_up in told.asks:
                sent.add(name)
                match follow_up["kind"]:
                    case "serve_notice":
                        served[name] = stream
                    case "open_case" | "tell_case" if (follow_up["case"], name) not in ids:
                        yield f"{stream}: {name} was never sent to {follow_up['case']}"
    if served != kept.notices:
        missing, new = sorted(served.keys() - kept.notices), sorted(kept.notices.keys() - served)
        yield f"notices: {missing} are missing, {new} are new"
    for stream, command_id in sorted(ids):
        if command_id.startswith(LINK_PREFIX) and command_id.removesuffix(f":{stream}") not in sent:
            yield f"{stream}: {command_id} follows from nothing"


def check_announced(kept: Kept) -> Iterator[str]:
    """No running limit still rests on a guess of a year that has been announced: whom it concerned was told."""
    announced = {year for events in kept.events.values() for row in events for year in _announced_by(row)}
    for head in kept.heads:
        process = PROCESSES[head.process]
        case = folded(process, head.tenant, head.stream, kept.events.get(head.stream, ()))
        for clock in () if case.state.is_end else case.clocks.by_name.values():
            is_guessed = clock.ended is None and not clock.is_missed and clock.deadline.provisional
            due_on = clock.deadline.due_on
            if is_guessed and due_on.year in announced and due_on < due_on.replace(month=12, day=24):
                yield f"{head.stream}: {clock.name} rests on a guess of {due_on.year}, which is announced"


def check_succeeded(kept: Kept) -> Iterator[str]:
    """No list still stands as before another was published in its place: the one that stood was told."""
    states = [
        (head.stream, folded(PROCESSES[head.process], head.tenant, head.stream, kept.events.get(head.stream, ())).state)
        for head in kept.heads
    ]
    last: Counter[str] = Counter()
    for _, state in states:
        if isinstance(state, Standing):
            last[state.name] = max(last[state.name], state.published.version)
    for stream, state in states:
        if isinstance(state, Published | InForce | ToBeChanged) and state.published.version < last[state.name]:
            yield f"{stream}: version {state.published.version} of {state.name} knows no successor"


def _announced_by(row: EventRow) -> Iterator[int]:
    if row.type == "CalendarYearPublished":
        year = body_from(row.body, row.stream)["data"]["version"]["year"]
        if year["announced"]:
            yield year["year"]


def check_balance(kept: Kept) -> Iterator[str]:
    """The ledger's accounts sum to zero in each tenant, and none stands where it may not."""
    sums: Counter[str] = Counter()
    for row in kept.accounts:
        sums[row.tenant] += row.balance_fen
        fields = {name: getattr(row, name) for name in ("owner", "source", "purpose", "year", "pocket")}
        if not may_stand(Account.model_validate(fields), row.balance_fen):
            yield f"account {row.account} of {row.tenant} stands at {row.balance_fen}"
    for tenant, total in sums.items():
        if total:
            yield f"the accounts of {tenant} sum to {total}"


def _is_a_callers(told: Told) -> bool:
    return not told.id.startswith((ENGINE_PREFIX, LINK_PREFIX))
