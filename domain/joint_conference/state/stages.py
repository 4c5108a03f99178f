"""Where the conference of a matter can stand, stage by stage.

It is never closed: a case of the matter that comes later, or the same one again, is brought before it as the first was.
"""

from typing import ClassVar, Final

from domain.joint_conference.events import (
    CaseBrought,
    GovernmentAsked,
    GovernmentDecided,
    MemberRecused,
    MembersInvited,
    MinutesDrawn,
    MinutesSigned,
    SessionAdjourned,
    SessionOpened,
    VotesCounted,
)
from domain.kernel.messages import Code, State, Vocabulary


class NotCalled(State):
    """Before the first event."""

    phase: ClassVar[str] = "new"


class Matter(State):
    """A matter that was brought before the conference.

    Attributes:
        opened: The case that was brought first.
        minutes: What was signed so far.
        awaited: Cases that were told a decision, and have not said yet that they have it.
    """

    opened: CaseBrought
    minutes: tuple[MinutesSigned | GovernmentDecided, ...] = ()
    awaited: tuple[Code, ...] = ()


class Waiting(Matter):
    """A matter of which a case waits for a decision.

    Attributes:
        brought: The cases that wait, in the order they came.
    """

    brought: tuple[CaseBrought, ...]


class Called(Waiting):
    """A case waits; nobody is invited yet."""

    phase: ClassVar[str] = "called"


class Invited(Waiting):
    """The members are invited.

    Attributes:
        recused: Who stands aside.
    """

    invited: MembersInvited
    recused: tuple[MemberRecused, ...] = ()


class Convened(Invited):
    """The session is waited for.

    Attributes:
        adjourned: How often it was put off.
    """

    phase: ClassVar[str] = "convened"
    adjourned: tuple[SessionAdjourned, ...] = ()


def stated(state: Called | Convened) -> tuple[MemberRecused, ...]:
    """Give those who stand aside by a word, which no new invitation takes back; other grounds are found again."""
    return tuple(each for each in state.recused if each.ground == "stated") if isinstance(state, Convened) else ()


class InSession(Invited):
    """A quorum was there."""

    session: SessionOpened

    @property
    def decides_on(self) -> tuple[CaseBrought, ...]:
        """The cases this session decides, as far as they still wait."""
        return tuple(each for each in self.brought if each.case in self.session.cases)


class Quorate(InSession):
    """The session is open."""

    phase: ClassVar[str] = "quorate"


class Decided(InSession):
    """A motion was carried; it holds when the minutes are signed.

    Attributes:
        drawn: Drafts of the minutes; the last one counts.
    """

    phase: ClassVar[str] = "decided"
    counted: VotesCounted
    drawn: tuple[MinutesDrawn, ...] = ()


class Undecided(InSession):
    """No motion was carried; the minutes say so, and the conference may be held again."""

    phase: ClassVar[str] = "no_decision"
    counted: VotesCounted
    drawn: tuple[MinutesDrawn, ...] = ()


class BeforeGovernment(Invited):
    """Too few bodies were left to vote; the district government decides."""

    phase: ClassVar[str] = "before_government"
    asked: GovernmentAsked

    @property
    def decides_on(self) -> tuple[CaseBrought, ...]:
        """The cases the government decides, as far as they still wait."""
        return tuple(each for each in self.brought if each.case in self.asked.cases)


class Minuted(Matter):
    """Decided and signed; the cases put it on their own record."""

    phase: ClassVar[str] = "minuted"


class FollowedUp(Matter):
    """Every case that was decided has the decision on record."""

    phase: ClassVar[str] = "followed_up"


class CalledOff(Matter):
    """Every case was taken back before anything was decided."""

    phase: ClassVar[str] = "called_off"


BeforeDecision = Called | Convened | Quorate | Decided | Undecided | BeforeGovernment
"""Where a case waits."""
AtRest = Minuted | FollowedUp | CalledOff
"""Where none does."""
ConferenceState = NotCalled | BeforeDecision | AtRest
STATES: Final = Vocabulary[ConferenceState](
    NotCalled,
    Called,
    Convened,
    Quorate,
    Decided,
    Undecided,
    BeforeGovernment,
    Minuted,
    FollowedUp,
    CalledOff,
)
