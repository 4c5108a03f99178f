"""What holds for every command in every state of a conference."""

from datetime import date, timedelta

from hypothesis import given as drawn_by
from hypothesis import strategies as st

from domain.joint_conference.commands import (
    AdjournSession,
    Ballot,
    ConfirmFollowUp,
    LeaveConference,
    OpenSession,
    RecordVotes,
    RecuseMember,
    SignMinutes,
)
from domain.kernel.clock_events import DeclareMissed, Escalate, RemindOwner
from tests.domain.joint_conference.council import (
    MEETS_ON,
    REASONS,
    SITTING,
    TEXT,
    before_government,
    brought,
    called,
    convened,
    decided,
    drawn,
    in_session,
    instead,
    invite,
    minutes,
    new,
    signed,
    votes,
)
from tests.laws import Asking, keeps_the_laws

people = st.sampled_from([*SITTING, "zheng", "nobody"])
motions = st.sampled_from(["admit", "reject", "send_back"])
ways = st.sampled_from([None, None, "off_list", "listed_assistance"])
reasons = st.sampled_from([None, REASONS])
days = st.integers(-1, 20).map(lambda ahead: MEETS_ON + timedelta(days=ahead))
COMMANDS = st.one_of(
    st.builds(
        brought,
        applicant=st.sampled_from(["housing", "health"]),
        acted=st.sampled_from([(), ("ma",)]),
        ways=st.sampled_from([(), ("off_list",)]),
    ),
    st.just(LeaveConference()),
    st.just(ConfirmFollowUp()),
    st.builds(lambda left_out, day: invite(*left_out, meets_on=day), st.sampled_from([(), ("ma",)]), days),
    st.builds(RecuseMember, person=people, reason=st.just(REASONS)),
    st.builds(OpenSession, present=st.lists(people, min_size=1, max_size=5).map(tuple)),
    st.builds(AdjournSession, reason=st.just(REASONS), meets_on=days),
    st.builds(
        RecordVotes,
        motion=motions,
        way=ways,
        reasons=reasons,
        ballots=st.sets(people, min_size=1).map(
            lambda them: tuple(Ballot(person=each, choice="for") for each in sorted(them))
        ),
    ),
    st.builds(votes, motion=motions, way=ways, reasons=reasons),
    st.builds(minutes, number=st.sampled_from(["1号", "2号"]), text=st.sampled_from([TEXT, "b" * 64])),
    st.builds(SignMinutes, text_sha256=st.sampled_from([TEXT, "b" * 64])),
    st.builds(instead, motion=motions, way=ways, reasons=reasons, number=st.sampled_from(["1号", "9号"])),
    st.builds(DeclareMissed, limit=st.just("conference")),
    st.builds(RemindOwner, limit=st.just("conference"), step=st.integers(1, 2)),
    st.builds(Escalate, limit=st.just("conference"), step=st.integers(1, 3)),
)
STAGES = (new(), called(), convened(), in_session(), decided(), drawn(), signed(), before_government())
BY_ROLE = {"linked_case": "linked_case", "schedule": "schedule", "convenor": "zheng", "district_government": "lu"}


@st.composite
def journeys(draw: st.DrawFn) -> list[Asking]:
    day, walk = date(2026, 3, 12), list[Asking]()
    for _ in range(draw(st.integers(1, 7))):
        command = draw(COMMANDS)
        likely = [BY_ROLE[role] for role in sorted(command.asked_by) if role in BY_ROLE]
        by = draw(st.sampled_from([*likely, *likely, *likely, "wang", "ma"]))
        day += timedelta(days=draw(st.sampled_from([0, 0, 1, 10])))
        walk.append(Asking(command, by=by, on=day))
    return walk


@drawn_by(st.sampled_from(STAGES), journeys())
def test_every_conference_keeps_the_laws(stage, walk):
    there = keeps_the_laws(stage, walk)
    assert not (
        "conference" in there.case.clocks and there.case.state.phase in {"minuted", "followed_up", "called_off"}
    )
