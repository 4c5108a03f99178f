"""The fund ledger held against itself: every account is the sum of its lines, and never stood below zero."""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from audit.ports import AccountRow, Finding, PostingRow, Record
from domain.kernel.ledger import Account, may_stand, postings_of
from domain.kernel.messages import Event


async def check_accounts(record: Record) -> list[Finding]:
    """Check every account of the ledger against the lines that were posted to it."""
    findings = [
        Finding(account, 0, f"ledger account: lines were posted in {tenant}, but it has no row")
        for tenant, account in await record.accounts_without_row()
    ]
    for row in map(AccountRow._make, await record.accounts()):
        lines = [PostingRow._make(each) for each in await record.postings_to(row.tenant, row.account)]
        findings += check_account(row, lines)
    return findings


def check_account(row: AccountRow, lines: Sequence[PostingRow]) -> list[Finding]:
    """Check one account: its name, each line's balance in turn, and what it holds now."""
    account = _account(row)
    if account is None or account.id != row.account:
        return [Finding(row.account, row.version, "ledger account: its columns are not what its name says")]
    findings: list[Finding] = []
    balance = 0
    for number, line in enumerate(lines, start=1):
        balance += line.amount_fen
        if (line.account_version, line.balance_fen) != (number, balance):
            claimed = f"{line.account_version}. of its account at {line.balance_fen}"
            findings.append(_line(line, f"says {claimed}, and is {number}. at {balance}"))
        elif not may_stand(account, balance):
            findings.append(_line(line, f"lets {row.account} stand at {balance}"))
    if (row.version, row.balance_fen) != (len(lines), balance):
        what = f"ledger account: holds {row.balance_fen} at {row.version}; its {len(lines)} lines make {balance}"
        findings.append(Finding(row.account, row.version, what))
    return findings


def check_postings(stream: str, events: Mapping[int, Event], rows: Sequence[PostingRow]) -> list[Finding]:
    """Compare a stream's ledger lines with the postings in its events, and see that each event's sum to zero.

    Args:
        events: By version.
    """
    expected = {
        (version, number): (posting.account.id, posting.amount_fen)
        for version, event in events.items()
        for number, posting in enumerate(postings_of(event), start=1)
    }
    stored = {(row.version, row.line): (row.account, row.amount_fen) for row in rows}
    places = sorted(expected.keys() | stored.keys())
    findings = [
        Finding(
            stream,
            version,
            f"ledger line {number}: {_said(stored, version, number)}; the event says "
            f"{_said(expected, version, number)}",
        )
        for version, number in places
        if stored.get((version, number)) != expected.get((version, number))
    ]
    sums: dict[int, int] = {}
    for (version, _), (_, amount_fen) in expected.items():
        sums[version] = sums.get(version, 0) + amount_fen
    unbalanced = [version for version, total in sums.items() if total != 0]
    return findings + [Finding(stream, version, "event: its postings do not sum to zero") for version in unbalanced]


def _account(row: AccountRow) -> Account | None:
    fields = {name: getattr(row, name) for name in ("owner", "source", "purpose", "year", "pocket")}
    try:
        return Account.model_validate(fields)
    except ValidationError:
        return None


def _line(line: PostingRow, what: str) -> Finding:
    return Finding(line.stream, line.version, f"ledger line {line.line}: {what}")


def _said(lines: Mapping[tuple[int, int], tuple[str, int]], version: int, number: int) -> str:
    if (version, number) not in lines:
        return "nothing"
    account, amount_fen = lines[version, number]
    return f"{amount_fen} to {account}"
