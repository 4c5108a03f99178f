"""A district in which health proposes to change the assistance list, and each stage that the proposal can reach."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from adapters.calendars import read_calendar
from adapters.packs import read_packs
from domain.kernel.calendar import Calendar
from domain.kernel.directory import Organisation, Seat, Spell
from domain.kernel.lists import ListContent, ListEntry, ListVersion, PublishedList
from domain.kernel.packs import Pack
from domain.list_management.commands import (
    ApproveList,
    GiveComment,
    GiveLegalOpinion,
    OpenConsultation,
    ProposeList,
    RecordPublication,
    ReportOnComments,
    ReviewList,
    TakeUpList,
)
from domain.list_management.decider import LIST_MANAGEMENT
from tests.spec import Given, World, given

POLICY = Path(__file__).parents[3] / "policy"
LONG_AGO = Spell(first_on=date(2010, 1, 1))
LIST = "assistance_list"
PROPOSED_ON = date(2026, 3, 2)
REVIEWED_ON = date(2026, 3, 4)
OPENED_ON = date(2026, 3, 5)
LEAST = date(2026, 4, 7)
"""Thirty days after the opening is 4 April, a Saturday and a holiday until the 6th (DL-44)."""
CLOSED_ON = date(2026, 4, 8)
APPROVED_ON = date(2026, 4, 10)
PUBLISHED_ON = date(2026, 4, 13)
IN_FORCE_ON = date(2026, 5, 1)
SEATS = {
    "li": ("health", "delegating_department"),
    "song": ("housing", "delegating_department"),
    "wang": ("civil", "secretariat"),
    "fa": ("justice", "legal_reviewer"),
    "zhou": ("authority", "approver"),
    "wu": ("harbour", "residents_committee"),
    "nurse": ("clinic", "legal_reviewer"),
    "doctor": ("clinic", "delegating_department"),
}


@cache
def national() -> Pack:
    return read_packs(POLICY)["national"]


@cache
def calendar() -> Calendar:
    return read_calendar(POLICY / "calendars")


def entry(number: str = "A-01", matter: str = "public_security", **more: Any) -> ListEntry:
    said = {
        "title": matter,
        "category": "security",
        "source": "L-RC25:10",
        "owner": "department",
        "funding": "同级财政",
    }
    return ListEntry.model_validate({"id": number, "matter": matter, **said, **more})


OLD = ListEntry(id="A-01", matter="public_security", title="public_security", category="security", source="S1f-08")
NEW = entry("A-02", "first_aid")


def text(*entries: ListEntry, since: date = IN_FORCE_ON, **more: Any) -> ListContent:
    return ListContent(title="协助政府事项", valid_from=since, source="S2-07", entries=entries or (OLD, NEW), **more)


def version(
    number: int, content: ListContent, on: date = LONG_AGO.first_on, corrects: int | None = None
) -> ListVersion:
    said = {name: getattr(content, name) for name in ("valid_from", "valid_to", "source", "entries")}
    return ListVersion(number=number, published_on=on, corrects=corrects, **said)


STANDING = version(1, text(OLD, since=LONG_AGO.first_on))


def published(*versions: ListVersion) -> PublishedList:
    return PublishedList(name=LIST, title="协助政府事项", versions=versions or (STANDING,))


def district(*versions: ListVersion) -> World:
    bodies = dict.fromkeys(body for body, _ in SEATS.values())
    return World(
        entries=(
            *(
                Organisation(
                    id=each,
                    kind="department",
                    name=each,
                    district="zone",
                    spell=LONG_AGO,
                    controlled_by="health" if each == "clinic" else None,
                )
                for each in bodies
            ),
            *(
                Seat(id=f"{who}-{role}", person=who, organisation=body, role=role, spell=LONG_AGO)
                for who, (body, role) in SEATS.items()
            ),
            Seat(id="li-lawyer", person="li", organisation="justice", role="legal_reviewer", spell=LONG_AGO),
            Seat(id="doctor-lawyer", person="doctor", organisation="justice", role="legal_reviewer", spell=LONG_AGO),
            Seat(id="fa-approver", person="fa", organisation="authority", role="approver", spell=LONG_AGO),
        ),
        lists=(published(*versions),),
        packs=(national(),),
        calendar=calendar(),
    )


def proposing(content: ListContent | None = None, **more: Any) -> ProposeList:
    return ProposeList(name=LIST, content=content or text(), reasons="增加急救培训。", **more)


def opinion(said: str = "lawful") -> GiveLegalOpinion:
    return GiveLegalOpinion.model_validate({"opinion": said, "reasons": "符合规定。", "number": "司审〔2026〕1号"})


def opening(closes_on: date = LEAST, shorter_because: str | None = None) -> OpenConsultation:
    return OpenConsultation(closes_on=closes_on, where="区政府网站", shorter_because=shorter_because)


def comment(said: str = "场地不够。", written_by: str | None = None) -> GiveComment:
    return GiveComment(comment=said, written_by=written_by)


def report(considered: int = 0) -> ReportOnComments:
    return ReportOnComments(considered=considered, report="均已采纳。")


def approval() -> ApproveList:
    return ApproveList(number="东政〔2026〕5号")


def publication(number: int = 2, since: date = IN_FORCE_ON, **more: Any) -> RecordPublication:
    return RecordPublication(name=LIST, title="协助政府事项", version=number, valid_from=since, **more)


def reviewing(outcome: str = "keep", number: str = "评〔2027〕1号") -> ReviewList:
    return ReviewList.model_validate({"outcome": outcome, "reasons": "仍然适用。", "number": number})


def new() -> Given:
    return given(LIST_MANAGEMENT).in_(district())


def proposed(content: ListContent | None = None, **more: Any) -> Given:
    return new().when(proposing(content, **more), on=PROPOSED_ON).recorded()


def lawful() -> Given:
    return proposed().when(opinion(), by="fa", on=REVIEWED_ON).recorded()


def consulted() -> Given:
    return lawful().when(opening(), by="wang", on=OPENED_ON).recorded()


def closed(*comments: str) -> Given:
    there = consulted()
    for each in comments:
        there = there.when(comment(each), by="wu", on=OPENED_ON).recorded()
    command = there.process.commands.by_name["CloseConsultation"]()
    return there.when(command, by="schedule", on=LEAST + timedelta(days=1)).recorded()


def deliberated() -> Given:
    return closed().when(report(), by="wang", on=CLOSED_ON).recorded()


def approved() -> Given:
    return deliberated().when(approval(), by="zhou", on=APPROVED_ON).recorded()


def to_come() -> Given:
    return approved().when(publication(), by="linked_case", on=PUBLISHED_ON).recorded()


def in_force() -> Given:
    """Give a list that came into force on its first day, in a district where it is the second version."""
    command = to_come().process.commands.by_name["BringIntoForce"]()
    there = to_come().when(command, by="schedule", on=IN_FORCE_ON).recorded()
    return replace(there, world=district(STANDING, version(2, text(), PUBLISHED_ON)))


def to_be_changed() -> Given:
    return in_force().when(reviewing("amend"), by="zhou", on=date(2027, 4, 20)).recorded()


def taken_up() -> Given:
    return new().when(TakeUpList(name=LIST), by="wang", on=PROPOSED_ON).recorded()
