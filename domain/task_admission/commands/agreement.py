"""What the two sides of a service agreement (服务协议) ask."""

from typing import ClassVar

from domain.kernel.envelope import SCHEDULE
from domain.kernel.messages import Command, Text
from domain.task_admission.agreement import AgreementForm, Proxy
from domain.task_admission.application import Digest
from domain.task_admission.commands.roles import COMMITTEE, DEPARTMENT


class SignAgreement(Command):
    """Sign for one side: as its legal representative, or by written proxy.

    Attributes:
        text_sha256: The digest of the paper that is signed; both sides sign the same.
    """

    asked_by: ClassVar[frozenset[str]] = COMMITTEE | DEPARTMENT
    agreement: AgreementForm
    text_sha256: Digest
    proxy: Proxy | None = None


class DeclineAgreement(Command):
    """Say no, as the community, with reasons: an off-list item is never an order."""

    asked_by: ClassVar[frozenset[str]] = COMMITTEE
    reasons: Text | None = None


class LapseAgreement(Command):
    """Let an agreement lapse that both sides have not signed in time."""

    asked_by: ClassVar[frozenset[str]] = frozenset({SCHEDULE})
