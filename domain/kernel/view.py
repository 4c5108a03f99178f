"""What a case shows to others: the rows a read model is made of."""

from datetime import date

from domain.kernel.messages import Record


class Party(Record):
    """An organisation that holds a role in the case."""

    role: str
    organisation: str


class Link(Record):
    """Another case or register version this one names."""

    relation: str
    target: str


class Work(Record):
    """Something a role must do next; `limit` names the clock it is under, if any."""

    task: str
    role: str
    organisation: str | None = None
    limit: str | None = None
    since: date


class View(Record):
    """A case as others see it. `keys` are index entries: what must be unique or found again across cases."""

    phase: str
    title: str
    parties: tuple[Party, ...] = ()
    links: tuple[Link, ...] = ()
    work: tuple[Work, ...] = ()
    keys: tuple[str, ...] = ()

    def organisation_of(self, role: str) -> str | None:
        """Name the organisation that holds *role* here, if the case has named one."""
        return next((party.organisation for party in self.parties if party.role == role), None)
