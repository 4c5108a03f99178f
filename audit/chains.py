"""Bytes and chains: every hash follows from the one before it and the stored bytes, every column from the bytes.

An event's canonical body ends with its members `stream`, `tenant`, `type` and `version`, in this order, because keys
are sorted and all others come before. So the columns are compared with the body without reading it: what stands at
the end of the object, outside of any text (in which a quotation mark would be escaped), is a member of the object.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from audit.ports import CommandRow, Finding, HeadRow, LinkRow, Rows
from domain.kernel.chain import GENESIS, link


@dataclass
class EventChains:
    """Checks events as they come: of one stream in order of version, of several mixed as in the global order.

    Attributes:
        ends: Version and hash of the last event of every stream that came by.
        count: How many events came by.
    """

    ends: dict[str, tuple[int, bytes]] = field(default_factory=dict[str, tuple[int, bytes]])
    findings: list[Finding] = field(default_factory=list[Finding])
    count: int = 0
    _computed: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """Where a row's hash was wrong: what it should be, to tell a changed hash from a changed body."""

    def unknown_before(self, rows: Rows) -> list[tuple[str, int]]:
        """Name the events before the first one of each stream that starts in the middle here."""
        first: dict[str, int] = {}
        for row in rows:
            if row[0] not in self.ends and row[0] not in first:
                first[row[0]] = row[1] - 1
        return [(stream, version) for stream, version in first.items() if version > 0]

    def begin(self, places: Iterable[tuple[str, int]], hashes: Mapping[str, bytes]) -> None:
        """Take up streams in the middle.

        Args:
            places: What `unknown_before` named.
            hashes: The stored hashes there; an event that is not there is a gap.
        """
        for stream, version in places:
            if stream in hashes:
                self.ends[stream] = (version, hashes[stream])

    def follow(self, rows: Rows) -> None:
        """Check bytes and chain of the next rows (`LinkRow`)."""
        ends, nothing = self.ends, (0, GENESIS)
        self.count += len(rows)
        for stream, version, body, stored in rows:
            before, previous = ends.get(stream, nothing)
            if sha256(previous + body).digest() != stored or version != before + 1:
                self._explain(LinkRow(stream, version, body, stored), before, previous)
            ends[stream] = (version, stored)

    def check(self, rows: Rows) -> None:
        """Check bytes, chain and columns of the next rows (`EventRow`)."""
        ends, nothing = self.ends, (0, GENESIS)
        self.count += len(rows)
        for stream, version, kind, tenant, body, stored in rows:
            before, previous = ends.get(stream, nothing)
            if sha256(previous + body).digest() != stored or version != before + 1:
                self._explain(LinkRow(stream, version, body, stored), before, previous)
            if not body.endswith(
                f',"stream":"{stream}","tenant":"{tenant}","type":"{kind}","version":{version}}}'.encode()
            ):
                self._say(stream, version, "event: stream, tenant, type or version is not what the body says")
            ends[stream] = (version, stored)

    def _explain(self, row: LinkRow, before: int, previous: bytes) -> None:
        if row.version != before + 1:
            what = f"event: version {row.version} comes after {before}; versions have no gaps and no repeats"
            self._say(row.stream, row.version, what)
            return
        if link(self._computed.get(row.stream, previous), row.body) == row.hash:
            return  # it still rests on the hash that the row before should have; that row has been named
        self._computed[row.stream] = link(previous, row.body)
        self._say(row.stream, row.version, "event: the hash does not follow from the previous hash and the body")

    def _say(self, stream: str, version: int, what: str) -> None:
        self.findings.append(Finding(stream, version, what))


def check_commands(stream: str, rows: Sequence[CommandRow], head: HeadRow) -> list[Finding]:
    """Check the chain of one stream's commands, refused ones included, up to its head."""
    findings: list[Finding] = []
    previous, original = GENESIS, GENESIS
    for place, row in enumerate(rows, start=1):
        said = f"command {row.command_id}"
        if row.number != place:
            findings.append(Finding(stream, 0, f"{said}: number {row.number} stands in place {place}"))
        computed = link(previous, row.body)
        if row.hash not in {computed, link(original, row.body)}:
            findings.append(Finding(stream, 0, f"{said}: the hash does not follow from the previous hash and the body"))
        previous, original = row.hash, computed
    if head.command_count != len(rows):
        findings.append(
            Finding(stream, head.version, f"head: counts {head.command_count} commands, {len(rows)} are stored")
        )
    elif head.command_hash != previous:
        findings.append(Finding(stream, head.version, "head: its hash of commands is not the last one's"))
    return findings


def check_end(stream: str, end: tuple[int, bytes], head: HeadRow) -> list[Finding]:
    """Compare where a stream's events end with its head."""
    version, stored = end
    if head.version != version:
        what = f"head: says version {head.version}, the last event is {version}"
        return [Finding(stream, min(head.version, version) + 1, what)]
    if head.hash != stored:
        return [Finding(stream, version, "head: its hash is not that of the last event")]
    return []
