"""The ledger's rows: an event's postings as lines, in the order in which accounts are locked."""

from collections.abc import Sequence

from domain.kernel.ledger import check, postings_of
from domain.kernel.messages import Event

Line = tuple[int, int, str, str, str, str, int, str, int]
"""version, line, account, owner, source, purpose, year, pocket, amount in fen"""


def lines_of(before_version: int, events: Sequence[Event]) -> list[Line]:
    """Give the lines of the events that follow *before_version*, sorted by account.

    Within one account the order of the events stays, so that its balance after each line is the one the case saw.

    Raises:
        Refused: Postings the kernel does not admit; a decider that lets them through has a defect.
    """
    lines: list[Line] = []
    for version, event in enumerate(events, start=before_version + 1):
        postings = postings_of(event)
        if postings:
            check(postings)
        for number, posting in enumerate(postings, start=1):
            a = posting.account
            lines.append((version, number, a.id, a.owner, a.source, a.purpose, a.year, a.pocket, posting.amount_fen))
    lines.sort(key=lambda line: line[2])
    return lines
