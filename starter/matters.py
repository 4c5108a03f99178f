"""One input for several communities: one case each, under one matter.

Agreement, money, refusal and settlement are bilateral, so no two communities share a case; what ties their cases
together is the correlation id that each event of them carries.

Source:
    ADMISSION §1, §8 item 3.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from pydantic import JsonValue

from domain.kernel.errors import BadInput
from domain.links.admission_to_admission import renewal_of
from domain.links.admission_to_conference import conference_of
from starter.client import Ask, matter_id, new_case_id

COMMUNITY: Final = "community"
"""The field of an opening command."""
SEVERAL: Final = "communities"
"""A field of an opening input that stands for one case each, in place of the command's own."""


def one_community_each(body: Mapping[str, JsonValue]) -> list[dict[str, JsonValue]]:
    """Make of an opening input one body for each community it names.

    Raises:
        BadInput: The communities are no list, or one of them is named twice.
    """
    if SEVERAL not in body:
        return [dict(body)]
    rest = {key: value for key, value in body.items() if key != SEVERAL}
    named = body[SEVERAL]
    if not isinstance(named, list) or not named or COMMUNITY in rest:
        raise BadInput(SEVERAL, repr(named)[:80], f"a list of communities, instead of `{COMMUNITY}`")
    if len({repr(each) for each in named}) < len(named):
        raise BadInput(SEVERAL, "one community twice", "each community once")
    return [{**rest, COMMUNITY: each} for each in named]


def openings(blank: Ask, bodies: Sequence[Mapping[str, JsonValue]]) -> list[Ask]:
    """Give what opens a case for each body, under one command id; several cases belong to one matter."""
    process, tenant, command_id = blank.process, blank.tenant, blank.command_id
    matter = matter_id(process, tenant, command_id) if len(bodies) > 1 else None
    return [
        replace(
            blank,
            case=new_case_id(process, tenant, command_id, body),
            body=body,
            correlation_id=matter,
            opens=True,
        )
        for body in bodies
    ]


def named(name: str, ask: Ask) -> dict[str, str]:
    """Give the ids behind what a script calls a case it opens, the conference of its matter, and its renewal."""
    conference = conference_of(ask.tenant, ask.correlation_id or ask.case)
    return {name: ask.case, f"{name}:conference": conference, f"{name}:renewal": renewal_of(ask.case)}
