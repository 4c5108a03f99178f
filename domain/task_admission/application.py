"""The application: the form a clerk fills in, and what it is once it is complete."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from domain.kernel.messages import Code, Record, Text
from domain.kernel.money import Fen

Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00\r\n]*\S[^\x00\r\n]*$")]
"""One line that a person wrote: not blank, at most 200 characters."""
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of a document's bytes, in hex."""
Count = Annotated[int, Field(ge=0, le=1_000_000)]
"""A whole number of people, visits, hours; never negative."""

Claim = Literal["own", "delegated", "assist"]
"""What the applicant says the item is: its own duty, delegated, or assistance (dossier S3-09)."""
Channel = Literal["finance_bureau", "delegating_department", "subdistrict_office", "township_government"]
"""Whose hand the community gets the money from; another question than who bears the cost (dossier C04)."""
Threat = Literal["life", "property", "public_safety"]
"""What an emergency threatens."""
DemandKind = Literal[
    "office",
    "plaque",
    "responsibility_letter",
    "target",
    "seal",
    "screenshot",
    "responsible_subject",
    "separate_assessment",
    "veto",
]
"""What an item may ask a community to bear; the prohibited list names those that it may not (`ListEntry.tests`)."""
TO_BE_ARRANGED = "to_be_arranged"
"""What a form says of a fund source that does not exist yet."""


class LegalBasis(Record):
    """The provision an item rests on.

    Attributes:
        instrument: Its number in the law register (`L-RC25`).
        article: Article, with paragraph and item where there are any (`43.2`, `10(5)` is written `10.5`).
    """

    instrument: Code
    article: Code


class Demand(Record):
    """Something the community would have to bear; a new office is lawful only where a law provides for it."""

    what: DemandKind
    law: LegalBasis | None = None


class Tranche(Record):
    """One part of the money and the day it falls due."""

    amount_fen: Fen
    due_on: date


class Funding(Record):
    """The money that goes with the item.

    Attributes:
        source: The fund it comes from (`department_budget`), or `to_be_arranged`.
        purpose: What it is given for; the ledger keeps each purpose apart.
        channel: Whose hand it comes from.
        cost_bearer: The organisation whose money it is.
        schedule: When which part is paid; together they make the amount.
    """

    amount_fen: Fen
    source: Code
    purpose: Code
    channel: Channel
    cost_bearer: Code
    schedule: tuple[Tranche, ...] = ()


class Workload(Record):
    """What the item takes: a number in this place is an estimate, never a target."""

    hours_a_month: Count
    quantity: Count | None = None
    unit: Line | None = None


class DataRequest(Record):
    """Data the community would be asked to collect; `dataset` is its code in the dataset catalogue's words."""

    dataset: Code
    what: Line


class Attachment(Record):
    """A document that came with the form, known by its digest."""

    kind: Code
    title: Line
    sha256: Digest


class Consent(Record):
    """That the government, or its dispatched office, agreed to the community being asked."""

    organisation: Code
    given_on: date
    document: Line


class Emergency(Record):
    """A threat that cannot wait, with the facts that show it."""

    threat: Threat
    facts: Text


def _check_forward(start_on: date, end_on: date) -> None:
    if end_on < start_on:
        message = "the last day (end_on) comes before the first (start_on)"
        raise ValueError(message)


class Term(Record):
    """The first and the last day of the work, both included."""

    start_on: date
    end_on: date

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        _check_forward(self.start_on, self.end_on)
        return self


class ApplicationForm(Record):
    """The form as far as it is filled in; the names of blank fields are what a refusal names.

    Attributes:
        matter: The matter in the words of the lists; an entry of the same matter is about this item.
        description: What is to be done, for whom; numbers of work belong into `workload`.
        authority: What power is handed over.
        people: Who does the work, and from where.
        added_posts: Full-time posts the item would add in the community.
        resident_facing: Residents come for it, or it goes to them.
        routine: It comes up as a matter of course, not once in a while.
        needs_community: It cannot be done without the committee's help.
        accountable_officer: The person in the applying body who answers for all of it.
    """

    title: Line | None = None
    description: Text | None = None
    matter: Code | None = None
    legal_basis: LegalBasis | None = None
    claim: Claim | None = None
    authority: Text | None = None
    people: Text | None = None
    equipment: Text | None = None
    added_posts: Count = 0
    accountable_officer: Code | None = None
    funding: Funding | None = None
    start_on: date | None = None
    end_on: date | None = None
    workload: Workload | None = None
    resident_facing: bool | None = None
    routine: bool | None = None
    needs_community: bool | None = None
    data_requests: tuple[DataRequest, ...] = ()
    demands: tuple[Demand, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    consent: Consent | None = None
    emergency: Emergency | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.start_on is not None and self.end_on is not None:
            _check_forward(self.start_on, self.end_on)
        return self


class Application(Record):
    """A complete form. Money, consent and an emergency are there where the item has them, not where one forgot."""

    title: Line
    description: Text
    matter: Code
    legal_basis: LegalBasis
    claim: Claim
    authority: Text
    people: Text
    equipment: Text | None
    added_posts: Count
    accountable_officer: Code
    funding: Funding | None
    term: Term
    workload: Workload
    resident_facing: bool
    routine: bool
    needs_community: bool
    data_requests: tuple[DataRequest, ...]
    demands: tuple[Demand, ...]
    attachments: tuple[Attachment, ...]
    consent: Consent | None
    emergency: Emergency | None


def traits(item: ApplicationForm | Application) -> frozenset[str]:
    """Name what the community would have to bear, and the kinds of the papers it would have to take."""
    return frozenset({each.what for each in item.demands} | {each.kind for each in item.attachments})
