"""Every decision can be taken again from what was kept: the command, the state at a version, facts at versions."""

import json
from datetime import datetime
from typing import Any

from adapters.postgres.cases import folded_case
from adapters.postgres.database import Database
from adapters.postgres.facts import FactReader
from domain.kernel.envelope import Envelope
from domain.kernel.messages import body_of
from tests.workflows.house import PROCESSES, READINGS, TENANT, House, Told
from tests.workflows.permit import PERMIT

FAR = "2099-01-01"


async def test_every_answer_of_a_case_is_given_again(house: House) -> None:
    holder, case = house.new_case(), house.new_case()
    async with house.working():
        await house.ask(holder, "OpenPermit", answer_by=FAR)
        await house.ask(holder, "GrantPermit", place="kiosk-1", report_by=FAR)
        await house.ask(case, "OpenPermit", answer_by=FAR, remind_on=["2098-12-01"])
        await house.ask(case, "AddNote", text="one")
        await house.ask(case, "GrantPermit", place="kiosk-1", report_by=FAR)
        await house.ask(holder, "ArchivePermit")
        await house.ask(case, "GrantPermit", place="kiosk-1", report_by=FAR)
        await house.ask(case, "ArchivePermit")
        await house.ask(case, "AddNote", text="too late")
    commands = await house.commands(case)
    assert [each.outcome for each in commands] == [
        "recorded",
        "recorded",
        "refused",
        "recorded",
        "recorded",
        "refused",
    ]
    async with Database(house.dsn) as database:
        for told in commands:
            assert await answer_again(database, case, told) == told["answer"]


async def answer_again(database: Database, case_id: str, told: Told) -> dict[str, Any]:
    """Take a decision again from the stored command, the folded state and the facts as they were."""
    sent = {**told["sent"], "received_at": told["received_at"], "correlation_id": told["correlation_id"]}
    envelope = Envelope.model_validate_json(json.dumps(sent))
    case = await folded_case(database, PERMIT, TENANT, case_id, told["decided_at_version"])
    needs = PERMIT.needs(envelope, case)
    known = await FactReader(database, PROCESSES, READINGS).at(TENANT, case_id, needs, told["facts"])
    decision = PERMIT.decide(envelope, datetime.fromisoformat(told["decided_at"]), case, known)
    return body_of(decision.answer)
