"""Who did not propose it approves the very text that was consulted on, while it still follows what stands.

Source:
    dossier §3.1, §4.5 P5; S2-07, S4-06.
"""

from typing import Any, Final

from domain.kernel.decision import Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.limits import set_limit
from domain.kernel.lists import ListNamed
from domain.list_management.commands import ApproveList, RejectList
from domain.list_management.events import ListApproved, ListRejected
from domain.list_management.rules.parameters import LIST_PUBLICATION
from domain.list_management.rules.phases import wrong_phase
from domain.list_management.rules.proposing import check_days
from domain.list_management.rules.separation import judge_another, judging_needs
from domain.list_management.state import InDeliberation, ListState, Proposal

STANDING: Final = "dossier §4.5 P5"


def approving_needs(state: ListState) -> tuple[Need[Any], ...]:
    """Name what tells who stands behind the body that proposes, and what stands now."""
    standing = (ListNamed(state.proposed.name),) if isinstance(state, Proposal) else ()
    return (*judging_needs(state), *standing)


def approve(command: ApproveList, state: ListState, facts: Facts) -> Events:
    """Approve the text, for as long as no other version comes between.

    Source:
        dossier §4.5 P5; S2-07, S4-06.

    Raises:
        Refused: `list_management.own_proposal`, `list_management.substitute_needed`,
            `list_management.changed_since_proposed`, `list_management.begins_in_the_past`.
    """
    if not isinstance(state, InDeliberation):
        raise wrong_phase(command, state)
    judge_another(state, facts)
    published = facts[ListNamed(state.proposed.name)]
    last = 0 if published is None else len(published.versions)
    if last != state.tabled.after:
        raise Refused("list_management.changed_since_proposed", STANDING, after=state.tabled.after, last=last)
    check_days(state.content, state.proposed.corrects, facts)
    asked = facts.asked
    approved = ListApproved(number=command.number, text_sha256=state.content.digest, by=asked.person, on=asked.on)
    return approved, *set_limit(LIST_PUBLICATION, facts, asked.on)


def reject(command: RejectList, state: ListState, facts: Facts) -> Events:
    """Decide, with reasons, that the list stays as it is.

    Source:
        dossier §3.4, §4.5 P5.

    Raises:
        Refused: `list_management.own_proposal`, `list_management.substitute_needed`.
    """
    if not isinstance(state, InDeliberation):
        raise wrong_phase(command, state)
    judge_another(state, facts)
    asked = facts.asked
    return (ListRejected(number=command.number, reasons=command.reasons, by=asked.person, on=asked.on),)
