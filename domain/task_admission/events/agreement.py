"""Who signed what, and that it came to nothing."""

from datetime import date
from typing import Literal

from domain.kernel.messages import Code, Event, Text, Warned
from domain.task_admission.agreement import Agreement, Proxy
from domain.task_admission.application import Digest

Side = Literal["department", "community"]


class _Signature(Event):
    """One side's signature under a text."""

    side: Side
    agreement: Agreement
    text_sha256: Digest
    by: Code
    proxy: Proxy | None = None
    on: date
    warnings: tuple[Warned, ...] = ()


class AgreementSignedBy(_Signature):
    """One side has signed; the other is waited for."""


class AgreementSigned(_Signature):
    """The second side has signed the same text: the agreement holds."""


class AgreementDeclined(Event):
    """The community does not sign."""

    reasons: Text
    by: Code
    on: date


class AgreementLapsed(Event):
    """The period for both signatures is over.

    Attributes:
        missing: The sides that had not signed.
    """

    missing: tuple[Side, ...]
