"""What may be proposed: a whole list that changes something, each new entry complete, from a day to come.

Source:
    dossier §4.5 P5; S2-06, S2-07, S4-06, S4-18.
"""

from typing import Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts
from domain.kernel.limits import close_all, set_limit
from domain.kernel.lists import ListContent, ListEntry, ListNamed, ListVersion, kind_of
from domain.list_management.commands import ProposeList, ReviseProposal, WithdrawProposal
from domain.list_management.events import ListProposed, ProposalRevised, ProposalWithdrawn
from domain.list_management.rules.parameters import LEGAL_REVIEW
from domain.list_management.rules.phases import wrong_phase
from domain.list_management.rules.separation import check_proposer
from domain.list_management.state import Approved, ListState, Proposal

LISTS: Final = "dossier §4.5 P5; S2-07"
ENTRIES: Final = "dossier §4.5 P5; S4-06, S4-18"
PAST: Final = "dossier §0.3 item 3"


def propose(command: ProposeList, facts: Facts) -> Events:
    """Let a department or the secretariat propose a list, or a change of one; its lawfulness is reviewed first.

    Source:
        dossier §4.5 P5; S2-06, S4-06.

    Raises:
        Refused: `list_management.no_list`, and the codes of `check_text`.
    """
    register, asked = command.name, facts.asked
    if kind_of(register) != "list":
        raise Refused("list_management.no_list", LISTS, register=register)
    after = check_text(register, command.content, command.corrects, facts)
    proposed = ListProposed(
        name=register,
        content=command.content,
        after=after,
        corrects=command.corrects,
        reasons=command.reasons,
        by=asked.person,
        role=asked.role,
        organisation=asked.organisation or asked.person,
        on=asked.on,
    )
    return proposed, *set_limit(LEGAL_REVIEW, facts, asked.on)


def revise(command: ReviseProposal, state: ListState, facts: Facts) -> Events:
    """Table another text; whatever was said of the one before is void, and so is its approval.

    Source:
        dossier §4.5 P5 (what is published is what was reviewed, consulted on and approved).

    Raises:
        Refused: `list_management.not_the_proposer`, and the codes of `check_text`.
    """
    if not isinstance(state, Proposal):
        raise wrong_phase(command, state)
    check_proposer(state, facts)
    proposed = state.proposed
    after = check_text(proposed.name, command.content, proposed.corrects, facts)
    if command.content == state.content and after == state.tabled.after:
        return NOTHING_NEW
    revised = ProposalRevised(
        content=command.content, after=after, reasons=command.reasons, by=facts.asked.person, on=facts.asked.on
    )
    return revised, *close_all(facts), *set_limit(LEGAL_REVIEW, facts, facts.asked.on)


def withdraw(command: WithdrawProposal, state: ListState, facts: Facts) -> Events:
    """Take back what is not approved yet.

    Raises:
        Refused: `list_management.not_the_proposer`.
    """
    if not isinstance(state, Proposal) or isinstance(state, Approved):
        raise wrong_phase(command, state)
    check_proposer(state, facts)
    withdrawn = ProposalWithdrawn(reasons=command.reasons, by=facts.asked.person, on=facts.asked.on)
    return withdrawn, *close_all(facts)


def check_text(register: str, content: ListContent, corrects: int | None, facts: Facts) -> int:
    """Hold a text against what stands, and give the number of the version that it follows.

    Raises:
        Refused: `list_management.unknown_version`, `list_management.nothing_changes`,
            `list_management.begins_in_the_past`, `list_management.ends_before_it_begins`,
            `list_management.entry_twice`, `list_management.entry_incomplete`.
    """
    published = facts[ListNamed(register)]
    versions = () if published is None else published.versions
    before = _before(corrects, versions)
    if before is not None and _says_the_same(before, content):
        raise Refused("list_management.nothing_changes", LISTS, version=before.number)
    check_days(content, corrects, facts)
    ids = [each.id for each in content.entries]
    standing = () if before is None else before.entries
    for row, entry in enumerate(content.entries, start=1):
        if ids.count(entry.id) > 1:
            raise Refused("list_management.entry_twice", LISTS, entry=entry.id)
        lacking = [] if entry in standing else _lacking(entry)
        if lacking:
            raise Refused("list_management.entry_incomplete", ENTRIES, entry=entry.id, row=row, lacking=[*lacking])
    return len(versions)


def check_days(content: ListContent, corrects: int | None, facts: Facts) -> None:
    """Let a list begin on a day to come, unless it corrects what governed the past; and end after it begins.

    Raises:
        Refused: `list_management.begins_in_the_past`, `list_management.ends_before_it_begins`.
    """
    if corrects is None and content.valid_from < facts.asked.on:
        days = {"valid_from": content.valid_from.isoformat(), "on": facts.asked.on.isoformat()}
        raise Refused("list_management.begins_in_the_past", PAST, **days)
    if content.valid_to is not None and content.valid_to < content.valid_from:
        days = {"valid_from": content.valid_from.isoformat(), "valid_to": content.valid_to.isoformat()}
        raise Refused("list_management.ends_before_it_begins", LISTS, **days)


def _before(corrects: int | None, versions: tuple[ListVersion, ...]) -> ListVersion | None:
    if corrects is None:
        return versions[-1] if versions else None
    for version in versions:
        if version.number == corrects:
            return version
    raise Refused("list_management.unknown_version", PAST, version=corrects, last=len(versions))


def _says_the_same(version: ListVersion, content: ListContent) -> bool:
    said = (version.valid_from, version.valid_to, version.source, version.entries)
    return said == (content.valid_from, content.valid_to, content.source, content.entries)


def _lacking(entry: ListEntry) -> list[str]:
    """Name what a new or changed entry does not say: its class, who answers for it, how it is paid for."""
    said = {"category": entry.category, "owner": entry.owner, "funding": entry.funding}
    return [name for name, value in said.items() if value is None]
