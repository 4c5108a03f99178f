"""What waits for a person, and what the person was told, by the seats held on a day."""

from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ARRAY, Integer, Select, Text, and_, bindparam, false, func, or_, select, true

from adapters.postgres.canonical import restored
from adapters.postgres.cases import Reader, Row
from adapters.postgres.read_models import NO_LIMIT
from adapters.postgres.statements import PAGE, Line, Written, rows
from adapters.postgres.tables import CASE_ROW, DIRECTORY_ENTRY, HEAD, INBOX, NOTICE
from domain.kernel.directory import Seat
from domain.kernel.entries import instant_text
from domain.kernel.inbox import principals

MOST_URGENT: Final = 50
"""How much an inbox shows where nothing else is said."""


def _seats() -> Select[*tuple[Any, ...]]:
    e = DIRECTORY_ENTRY.c
    of_person = (e.tenant == bindparam("tenant"), e.kind == "seat", e.subject == bindparam("person"))
    return select(e.body).where(*of_person, e.valid_to_version.is_(None))


def _most_urgent() -> Select[*tuple[Any, ...]]:
    """Select what lies in some inboxes: so many of each hold the most urgent of all, in the index's order."""
    asked = func.unnest(bindparam("principals", type_=ARRAY(Text)))
    seer = asked.table_valued("principal").render_derived(name="seer")
    limit = bindparam("limit", type_=Integer)
    order = (INBOX.c.due_on, INBOX.c.stream_id, INBOX.c.task)
    each = (
        select(*order, INBOX.c.owner, INBOX.c.since, INBOX.c.held_by)
        .where(INBOX.c.tenant == bindparam("tenant"), INBOX.c.principal == seer.c.principal)
        .order_by(*order)
        .limit(limit)
        .lateral("each")
    )
    of_all = (each.c.due_on, each.c.stream_id, each.c.task, each.c.owner)
    # Who sees an item in two roles is shown it once.
    joined = select(each).select_from(seer.join(each, true())).distinct()
    item = joined.order_by(*of_all).limit(limit).subquery("item")
    return (
        select(item, CASE_ROW.c.process, CASE_ROW.c.phase, CASE_ROW.c.title, HEAD.c.version)
        .join(CASE_ROW, CASE_ROW.c.stream_id == item.c.stream_id)
        .join(HEAD, HEAD.c.stream_id == item.c.stream_id)
        .order_by(item.c.due_on, item.c.stream_id, item.c.task, item.c.owner)
    )


_SEATS: Final = Written(_seats())
_MOST_URGENT: Final = Written(_most_urgent())


class Inboxes:
    """Reads what waits for one tenant's people; nothing here writes.

    Every method raises `Unavailable` when the store cannot be reached.
    """

    def __init__(self, reader: Reader, tenant: str) -> None:
        self._reader = reader
        self._tenant = tenant

    async def waiting(
        self,
        person: str,
        on: date,
        *,
        role: str | None = None,
        organisation: str | None = None,
        limit: int = MOST_URGENT,
    ) -> AsyncIterator[Line]:
        """Give what waits for a person, most urgent first; what is overdue on the day *on* says so.

        Args:
            on: The legal date on which the person's seats are looked at.
            role: One role alone, of those the person holds.
            organisation: All that waits in an organisation, whoever must do it; with *role*, in that role there.
            limit: How many items at most.
        """
        asked = principals(person, await self.seats(person), on, role=role, organisation=organisation)
        if not asked:
            return
        most_urgent = {"tenant": self._tenant, "principals": asked, "limit": limit}
        for row in await _MOST_URGENT.rows(self._reader, **most_urgent):
            yield _line(row, on)

    async def seats(self, person: str) -> Sequence[Seat]:
        """Give every seat of a person, past and future ones too."""
        found = await _SEATS.rows(self._reader, tenant=self._tenant, person=person)
        return [Seat.model_validate_json(row["body"]) for row in found]

    async def notices(self, person: str, on: date) -> AsyncIterator[Line]:
        """Give what a person was told in the roles held on a day, the newest first."""
        for_them = or_(
            false(),
            *(
                and_(
                    NOTICE.c.to_role == seat.role,
                    or_(NOTICE.c.to_organisation.is_(None), NOTICE.c.to_organisation == seat.organisation),
                )
                for seat in await self.seats(person)
                if seat.spell.covers(on)
            ),
        )
        shown = select(NOTICE).where(NOTICE.c.tenant == self._tenant, for_them).order_by(NOTICE.c.served_at.desc())
        for row in await rows(self._reader, shown, PAGE):
            line: Line = {key: row[key] for key in ("id", "to_role", "to_organisation", "notice")}
            details = restored(row["details"])
            yield {"case": row["stream_id"], **line, "details": details, "served_at": instant_text(row["served_at"])}


def _line(row: Row, on: date) -> Line:
    """Give the keys of `mandate inbox`; a role that no organisation is named for goes by its own name."""
    due_on: date = row["due_on"]
    return {
        "case": row["stream_id"],
        "process": row["process"],
        "title": row["title"],
        "task": row["task"],
        "due_on": None if due_on == NO_LIMIT else due_on.isoformat(),
        "overdue": due_on < on,
        "since": row["since"].isoformat(),
        "owner": row["owner"].removesuffix("@"),
        "held_by": row["held_by"].removesuffix("@"),
        "phase": row["phase"],
        "version": row["version"],
    }
