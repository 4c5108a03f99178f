"""A limit that passes sends the command named after it; reminders and misses are the kernel's."""

from datetime import date, datetime, timedelta

from activities.requests import ROLLS_PAST
from domain.kernel.messages import shanghai_date, start_of
from tests.workflows.house import House, ids

A_DAY = timedelta(days=1)


def in_days(house: House, case: str, days: int) -> date:
    return shanghai_date(house.now(case)) + timedelta(days=days)


async def test_the_owner_is_reminded_and_then_the_right_is_lost(house: House) -> None:
    case = house.new_case()
    remind_on, answer_by = in_days(house, case, 20), in_days(house, case, 30)
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=str(answer_by), remind_on=[str(remind_on)])
        await house.skip_to(case, start_of(remind_on) + timedelta(minutes=5))
        reminded = await house.answer(case, f"wake:answer:2:remind-1:{remind_on}")
        assert await house.events(case) == ["PermitOpened", "DeadlineSet", "OwnerReminded"]
        await house.skip_to(case, start_of(answer_by + A_DAY) + timedelta(minutes=5))
        await house.handle(case).result()
    lapsed = (await house.commands(case))[-1]
    assert reminded["sent"]["kind"] == "RemindOwner"
    assert lapsed["sent"]["kind"] == "LapsePermit"
    assert datetime.fromisoformat(lapsed["received_at"]) == start_of(answer_by + A_DAY)
    assert (await house.events(case))[-2:] == ["PermitLapsed", "DeadlineLapsed"]
    assert await notices(house) == [("clerk", "deadline_reminder")]


async def test_a_limit_that_was_kept_sends_nothing_and_the_next_one_is_declared_missed(house: House) -> None:
    case = house.new_case()
    answer_by, report_by = in_days(house, case, 10), in_days(house, case, 40)
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=str(answer_by))
        granted = await house.ask(case, "GrantPermit", place="kiosk-1", report_by=str(report_by))
        await house.skip_to(case, start_of(report_by + A_DAY) + timedelta(minutes=5))
        missed = await house.answer(case, f"wake:report:{granted['answer']['version']}:miss:{report_by + A_DAY}")
    assert missed.events == ["DeadlineMissed"]
    assert not [each for each in ids(await house.commands(case)) if each.startswith("wake:answer")]


async def test_one_timer_runs_and_it_is_left_alone_while_the_earliest_limit_stays(house: House) -> None:
    case = house.new_case()
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=str(in_days(house, case, 30)))
        after_opening = await house.history(case)
        await house.ask(case, "AddNote", text="one")
        after_a_note = await house.history(case)
        await house.ask(case, "GrantPermit", place="kiosk-1", report_by=str(in_days(house, case, 60)))
        after_another_limit = await house.history(case)
    assert after_opening.count("timer_started") == 1
    assert len(after_a_note) - len(after_opening) == 5
    assert len(after_another_limit) - len(after_a_note) == 7


async def test_a_limit_that_passed_while_no_worker_lived_is_kept_when_one_comes(house: House) -> None:
    case = house.new_case()
    opened_at = house.now(case) - timedelta(days=9)
    answer_by = shanghai_date(opened_at) + timedelta(days=3)
    await house.send(case, house.envelope(case, "OpenPermit", at=opened_at, answer_by=str(answer_by)))
    async with house.working():
        await house.handle(case).result()
    assert await house.events(case) == ["PermitOpened", "DeadlineSet", "PermitLapsed", "DeadlineLapsed"]


async def test_a_case_that_starts_afresh_keeps_its_limits(house: House) -> None:
    case = house.new_case()
    answer_by = in_days(house, case, 30)
    async with house.working():
        await house.ask(case, "OpenPermit", answer_by=str(answer_by))
        first_run = (await house.handle(case).describe()).run_id
        for number in range(60):
            await house.ask(case, "AddNote", text=f"{number}")
        now = await house.handle(case).describe()
        assert now.run_id != first_run
        assert now.history_length <= ROLLS_PAST
        await house.skip_to(case, start_of(answer_by + A_DAY) + timedelta(minutes=5))
        await house.handle(case).result()
    assert (await house.events(case))[-2:] == ["PermitLapsed", "DeadlineLapsed"]


async def notices(house: House) -> list[tuple[str, str]]:
    rows = await house.rows("SELECT to_role, notice FROM mandate.notice ORDER BY id")
    return [(row["to_role"], row["notice"]) for row in rows]
