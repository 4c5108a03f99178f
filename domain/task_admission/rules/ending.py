"""How an end begins and is over: the last day, the periods for decision and settlement, the last part."""

from dataclasses import replace
from datetime import date

from domain.kernel.clock_events import DeadlineClosed, DeadlineKept
from domain.kernel.decision import Events
from domain.kernel.facts import Facts
from domain.kernel.limits import close_all, set_limit
from domain.task_admission.events import TaskCompleted, TaskExited, TaskRenewed
from domain.task_admission.rules.parameters import EXIT_DECISION, SETTLEMENT
from domain.task_admission.rules.proof import folded
from domain.task_admission.state import Active, ExitReview, FundsPending, RenewalReview, Suspended


def last_day(state: FundsPending | Active | Suspended) -> date:
    """Give the last day of the work: that of the term, or an earlier one that a side named."""
    return state.item.term.end_on if isinstance(state, FundsPending) else state.last_on


def exit_decision(facts: Facts) -> Events:
    """Let the period for the decision run, unless it does already.

    Source:
        DL-55.
    """
    return () if EXIT_DECISION.name in facts.clocks else set_limit(EXIT_DECISION, facts, facts.asked.on)


def settlement(state: Active | Suspended | ExitReview, facts: Facts) -> Events:
    """Let the community have its period for the settlement.

    Source:
        DL-56; ADMISSION §8 item 23.
    """
    owned = replace(SETTLEMENT, owner=state.drafted.community_kind)
    return set_limit(owned, facts, facts.asked.on, organisation=state.drafted.community)


def with_completion(state: ExitReview, events: Events, facts: Facts) -> Events:
    """Let the item leave the checklist in the same answer, where a side's yes is the last part.

    What ends as it stands waits for no yes, and has left before.
    """
    if isinstance(state, RenewalReview):
        return with_renewal(state, events, facts)
    if not _is_complete(state, events, facts):
        return events
    return *events, TaskCompleted(on=facts.asked.received_on), *_nothing_runs_on(events, facts)


def with_settlement(state: ExitReview, events: Events, facts: Facts) -> Events:
    """Let it leave where the settlement is the last part."""
    return with_renewal(state, events, facts) if isinstance(state, RenewalReview) else with_exit(state, events, facts)


def with_exit(state: Active | Suspended | ExitReview, events: Events, facts: Facts) -> Events:
    """Let it leave for good: completed, or ended as it stands."""
    after = folded(state, events, facts.version)
    if isinstance(after, RenewalReview) or not (isinstance(after, ExitReview) and after.is_complete):
        return events
    on = facts.asked.received_on
    left = TaskExited(on=on) if after.is_terminated else TaskCompleted(on=on)
    return *events, left, *_nothing_runs_on(events, facts)


def with_renewal(state: RenewalReview, events: Events, facts: Facts) -> Events:
    """Let it leave because it is carried on."""
    if not _is_complete(state, events, facts):
        return events
    return *events, TaskRenewed(on=facts.asked.received_on), *_nothing_runs_on(events, facts)


def _is_complete(state: ExitReview, events: Events, facts: Facts) -> bool:
    after = folded(state, events, facts.version)
    return isinstance(after, ExitReview) and after.is_complete


def _nothing_runs_on(events: Events, facts: Facts) -> Events:
    ended = {each.limit for each in events if isinstance(each, DeadlineKept | DeadlineClosed)}
    return close_all(facts, but=ended)
