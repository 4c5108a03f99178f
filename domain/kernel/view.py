"""What a case shows to others: the rows a read model is made of."""

from datetime import date

from domain.kernel.messages import Code, Record


class Party(Record):
    """An organisation that holds a role in the case."""

    role: str
    organisation: str


class Link(Record):
    """Another case or register version this one names."""

    relation: str
    target: str


class Work(Record):
    """Something a role must do next; `limit` names the clock it is under, if any.

    Attributes:
        person: The one person who must do it, where the case's own events name one.
    """

    task: str
    role: str
    organisation: str | None = None
    person: Code | None = None
    limit: str | None = None
    since: date


class View(Record):
    """A case as others see it.

    Attributes:
        unheld: Roles that nobody holds here: the committee of a village, where the case is a residents' committee's.
        burden_hours: Hours a month that the case asks of the organisation in its burden key, if it holds one.
        keys: Index entries by which an open case is found, and what must be unique among open cases.
        used_up: Index entries that stay when the case is closed: what was used once and never again, as a voucher is.
    """

    phase: str
    title: str
    parties: tuple[Party, ...] = ()
    unheld: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    work: tuple[Work, ...] = ()
    keys: tuple[str, ...] = ()
    used_up: tuple[str, ...] = ()
    burden_hours: int = 0

    def held_keys(self, *, is_open: bool) -> tuple[str, ...]:
        """Give every index entry that the case holds."""
        return (*self.keys, *self.used_up) if is_open else self.used_up

    def organisation_of(self, role: str) -> str | None:
        """Name the organisation that holds *role* here, if the case has named one."""
        return next((party.organisation for party in self.parties if party.role == role), None)
