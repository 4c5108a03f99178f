"""What shows authority and people, and that it does so no more."""

from typing import Any, assert_never

from domain.kernel.messages import Record
from domain.task_admission.commands.legs import Leg
from domain.task_admission.events import AuthorityGranted, LegLost, PeopleNamed
from domain.task_admission.state.money import Shown


class Legs(Record):
    """What shows authority and people; what shows the money stands in `Money`.

    Attributes:
        people: The last word of each side.
        lost: Legs whose loss was noticed, and that have not been shown again since.
    """

    authority: tuple[Shown[AuthorityGranted], ...] = ()
    people: tuple[Shown[PeopleNamed], ...] = ()
    lost: tuple[LegLost, ...] = ()

    def after(self, event: AuthorityGranted | PeopleNamed | LegLost, version: int) -> "Legs":
        """Let a leg be shown, whereby it is no longer lost, or be lost."""
        match event:
            case AuthorityGranted():
                granted = Shown[AuthorityGranted](version=version, event=event)
                return self._shown_again("authority", authority=(*self.authority, granted))
            case PeopleNamed():
                named = Shown[PeopleNamed](version=version, event=event)
                others = (each for each in self.people if each.event.side != event.side)
                return self._shown_again("people", people=(*others, named))
            case LegLost():
                return self.model_copy(update={"lost": (*self.lost, event)})
            case _:
                assert_never(event)

    def found(self, *legs: Leg) -> "Legs":
        """Let legs no longer be lost, because they stand again."""
        return self.model_copy(update={"lost": tuple(each for each in self.lost if each.leg not in legs)})

    def _shown_again(self, leg: Leg, **shown: Any) -> "Legs":
        return self.found(leg).model_copy(update=shown)

    def offices(self, applicant: str) -> tuple[tuple[str, str], ...]:
        """Give the offices that the people leg rests on, as organisation and person; the applicant's officer too."""
        said = [each.event for each in self.people]
        named = [(each.organisation, each.person) for one in said for each in one.people]
        officers = [(applicant, one.accountable_officer) for one in said if one.accountable_officer is not None]
        return tuple(dict.fromkeys((*named, *officers)))

    def is_lost(self, leg: Leg) -> bool:
        """Say whether it is known that what this leg rested on is no more."""
        return any(each.leg == leg for each in self.lost)
