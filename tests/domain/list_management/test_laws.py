"""What holds for every command in every state of list management."""

from datetime import date, timedelta

import pytest
from hypothesis import given as drawn_by
from hypothesis import strategies as st

from domain.kernel.clock_events import DeclareMissed, Escalate, RemindOwner
from domain.kernel.errors import CorruptHistory
from domain.list_management.commands import (
    BringIntoForce,
    CloseConsultation,
    NoteSuccessor,
    OpenListReview,
    RejectList,
    RetireList,
    ReviseProposal,
    WithdrawProposal,
)
from domain.list_management.decider import LIST_MANAGEMENT
from domain.list_management.events import ListCameIntoForce, ListEvent
from domain.list_management.state import view
from tests.domain.list_management.proposals import (
    NEW,
    OLD,
    SEATS,
    approval,
    approved,
    closed,
    comment,
    consulted,
    deliberated,
    entry,
    in_force,
    lawful,
    new,
    opening,
    opinion,
    proposed,
    proposing,
    publication,
    report,
    reviewing,
    taken_up,
    text,
    to_be_changed,
    to_come,
)
from tests.laws import Asking, keeps_the_laws
from tests.spec import Given

FIRST = date(2026, 4, 1)
days = st.integers(-5, 60).map(lambda ahead: FIRST + timedelta(days=ahead))
texts = st.builds(
    lambda entries, since: text(*entries, since=since),
    st.sampled_from([(OLD,), (OLD, NEW), (OLD, entry("A-03"))]),
    days,
)
COMMANDS = st.one_of(
    st.builds(proposing, texts, corrects=st.sampled_from([None, 1])),
    st.builds(ReviseProposal, content=texts, reasons=st.just("修改。")),
    st.just(WithdrawProposal(reasons="撤回。")),
    st.builds(opinion, st.sampled_from(["lawful", "objection"])),
    st.builds(opening, days, st.sampled_from([None, "紧急。"])),
    st.builds(comment, st.sampled_from(["一", "二"]), st.sampled_from([None, "居民"])),
    st.just(CloseConsultation()),
    st.builds(report, st.integers(0, 2)),
    st.just(approval()),
    st.just(RejectList(number="1", reasons="不改。")),
    st.builds(publication, st.integers(2, 3), days, repeals=st.booleans()),
    st.just(BringIntoForce()),
    st.builds(NoteSuccessor, version=st.integers(2, 4), valid_from=days, corrects=st.sampled_from([None, 2])),
    st.just(RetireList()),
    st.builds(OpenListReview, because=st.sampled_from(["law_register@2", "law_register@3"])),
    st.builds(reviewing, st.sampled_from(["keep", "amend", "repeal"]), st.sampled_from(["1", "2"])),
    st.builds(DeclareMissed, limit=st.sampled_from(["legal_review", "list_review", "list_publication"])),
    st.builds(RemindOwner, limit=st.just("list_review"), step=st.integers(1, 2)),
    st.builds(Escalate, limit=st.just("list_review"), step=st.integers(1, 2)),
)
STAGES = [
    new(),
    taken_up(),
    proposed(),
    lawful(),
    consulted(),
    closed(),
    deliberated(),
    approved(),
    to_come(),
    in_force(),
    to_be_changed(),
]
BY_ROLE = {role: who for who, (_, role) in SEATS.items()} | {"schedule": "schedule", "linked_case": "linked_case"}
BY_ROLE["legal_reviewer"] = "fa"


@st.composite
def journeys(draw: st.DrawFn) -> list[Asking]:
    day, walk = FIRST, list[Asking]()
    for _ in range(draw(st.integers(1, 7))):
        command = draw(COMMANDS)
        likely = [BY_ROLE[role] for role in sorted(command.asked_by) if role in BY_ROLE]
        day += timedelta(days=draw(st.sampled_from([0, 0, 1, 7, 30])))
        walk.append(Asking(command, by=draw(st.sampled_from([*likely, *likely, "li", "wu"])), on=day))
    return walk


@drawn_by(st.sampled_from(STAGES), journeys())
def test_every_list_keeps_the_laws(stage, walk):
    there = keeps_the_laws(stage, walk)
    shown = view(there.case.state)
    assert not (there.case.state.is_end and (there.case.clocks.lasting() or shown.keys or shown.work))


def superseded() -> Given:
    return in_force().when(NoteSuccessor(version=3, valid_from=FIRST), by="linked_case", on=date(2026, 6, 1)).recorded()


@pytest.mark.parametrize("stage", [new(), proposed(), consulted(), in_force(), deliberated(), superseded()])
def test_a_day_that_begins_before_anything_is_published_cannot_have_happened(stage):
    event: ListEvent = ListCameIntoForce(on=FIRST)
    with pytest.raises(CorruptHistory):
        LIST_MANAGEMENT.fold(stage.case, (event,))
