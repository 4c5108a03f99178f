"""The entries a decision leaves: one body a command and one an event, exactly what is made canonical and hashed."""

from datetime import UTC, datetime
from typing import Any

from pydantic import JsonValue

from domain.kernel.decision import Decision
from domain.kernel.envelope import Envelope
from domain.kernel.followups import FollowUp
from domain.kernel.messages import body_of


def instant_text(instant: datetime) -> str:
    """Write an aware instant as RFC 3339 in UTC, always with microseconds, so that text order is time order."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def event_bodies(envelope: Envelope, digest: str, decision: Decision[Any]) -> tuple[dict[str, JsonValue], ...]:
    """Give the body of each event, in order of version.

    Args:
        digest: Hex SHA-256 of the command as sent; ties the event to the very command.
    """
    asked = decision.asked
    common: dict[str, JsonValue] = {
        "tenant": decision.after.tenant,
        "stream": decision.after.id,
        "on": asked.on.isoformat(),
        "received_at": instant_text(asked.received_at),
        "decided_at": instant_text(asked.decided_at),
        "actor": asked.person,
        "role": asked.role,
        "organisation": asked.organisation,
        "on_behalf_of": asked.on_behalf_of,
        "command_id": asked.command_id,
        "command_digest": digest,
        "causation_id": envelope.causation_id,
        "correlation_id": decision.after.correlation_id,
        "policy_version": decision.policy_version,
        "facts": dict(decision.facts),
    }
    return tuple(
        {
            **common,
            "version": decision.before.version + position,
            "type": type(event).__name__,
            "schema_version": event.schema_version,
            "data": body_of(event),
        }
        for position, event in enumerate(decision.events, start=1)
    )


def command_body(
    envelope: Envelope, digest: str, decision: Decision[Any], follow_ups: tuple[FollowUp, ...]
) -> dict[str, JsonValue]:
    """Give the body of the command's own entry: what was asked, what was answered, what it rested on."""
    asked = decision.asked
    return {
        "stream": decision.before.id,
        "sent": envelope.as_sent(),
        "digest": digest,
        "received_at": instant_text(asked.received_at),
        "decided_at": instant_text(asked.decided_at),
        "causation_id": envelope.causation_id,
        "correlation_id": envelope.correlation_id,
        "role": asked.role,
        "organisation": asked.organisation,
        "on": asked.on.isoformat(),
        "decided_at_version": decision.before.version,
        "answer": body_of(decision.answer),
        "facts": dict(decision.facts),
        "policy_version": decision.policy_version,
        "follow_ups": [each.model_dump(mode="json") for each in follow_ups],
    }
