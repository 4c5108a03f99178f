from domain.made_up.state.kinds import STATES, MadeUpState, Nothing
from domain.made_up.state.steps import evolve, view

__all__ = ["STATES", "MadeUpState", "Nothing", "evolve", "view"]
